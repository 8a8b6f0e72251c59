"""How much memory a process has held at its most."""

from __future__ import annotations

import resource
from pathlib import Path


def peak_megabytes() -> float:
    """The peak resident memory of this program alone, in megabytes.

    Linux starts `ru_maxrss` with what the parent held before the program was loaded; the figure in
    `/proc` begins anew.
    """
    status = Path("/proc/self/status")
    if status.exists():
        text = status.read_text(encoding="utf-8")
        kilobytes = next(line for line in text.splitlines() if line.startswith("VmHWM")).split()[1]
        return int(kilobytes) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
