"""The command `pos`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; returns the exit code (0 done, 1 failed, 2 usage, 3 refused, 4 bug)."""
    from pos.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
