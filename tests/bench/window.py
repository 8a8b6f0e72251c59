"""`pos run` with a watcher at its window. A program of its own.

`python -m tests.bench.window DATA STARTED [WORK]` prints as JSON: seconds from STARTED to the
sign-in and to the selling screen, milliseconds of each scan and keystroke of WORK until they were
painted, and the peak memory.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from pos.cli.main import run
from pos.runtime.memory import start_lasting

RESULTS = ("window", "selling", "scans", "keystrokes", "memory")


def main() -> int:
    """Run the window and print what was seen."""
    data, started = sys.argv[1], float(sys.argv[2])
    work = json.loads(sys.argv[3]) if len(sys.argv) > 3 else {"codes": [], "words": []}
    told: dict[str, Any] = {"started": started, "scan_count": 0, "scans": [], "keystrokes": []}
    told |= work
    # The watcher imports the window, which `pos run` would do only after this.
    start_lasting()
    from tests.bench.watching import watch

    watch(told)
    code = run(["run", "--data", data])
    print(json.dumps({key: told.get(key) for key in RESULTS}))
    return code


if __name__ == "__main__":
    sys.exit(main())
