"""Names the system libraries that Qt needs and this machine lacks; installs them in a CI container.

Runs before the virtual environment exists, so it uses the standard library only.
The lists were proved in a bare Debian 12 and hold for Ubuntu too.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys

NEEDED = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
}
"""File name → Debian package, for anything that imports Qt."""

FOR_A_WINDOW = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""File name → Debian package, only for a window on an X11 display."""


def is_missing(library: str) -> bool:
    """Whether the dynamic linker cannot load this library, which is how Qt would look for it."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return True
    return False


def missing_packages(libraries: dict[str, str]) -> list[str]:
    """The Debian packages that would bring the libraries this machine lacks."""
    return [package for library, package in libraries.items() if is_missing(library)]


def missing_for_setup() -> list[str]:
    """What has to be there before anything works: Qt's libraries, and pip for the environment."""
    missing = missing_packages(NEEDED)
    # Debian ships venv without the pip that it copies, and calls the rest python3-venv.
    return missing if importlib.util.find_spec("ensurepip") else [*missing, "python3-venv"]


def may_install() -> bool:
    """Whether this is a throw-away machine: root in continuous integration, with apt-get."""
    in_ci = os.environ.get("CI") == "true" and os.geteuid() == 0
    return in_ci and shutil.which("apt-get") is not None


def install(packages: list[str]) -> None:
    """Installs packages with apt-get; raises CalledProcessError if that fails."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages],
    ):
        subprocess.run(command, check=True, env=environment)


def tell(consequence: str, packages: list[str]) -> None:
    """Says on stderr what is missing, what follows from it, and the command that mends it."""
    sudo = "" if os.geteuid() == 0 else "sudo "
    print(f"Missing system packages: {', '.join(packages)}. {consequence}", file=sys.stderr)
    print(f"  On Debian or Ubuntu: {sudo}apt-get install {' '.join(packages)}", file=sys.stderr)


def main(arguments: list[str]) -> int:
    """Exit status 1 if something is missing; `--window` asks for a window's libraries too."""
    if not sys.platform.startswith("linux"):
        return 0
    needed, for_a_window = missing_for_setup(), missing_packages(FOR_A_WINDOW)
    if (needed or for_a_window) and may_install():
        install(needed + for_a_window)
        return 0
    if needed:
        tell("Without them the till cannot start.", needed + for_a_window)
        return 1
    if for_a_window and "--window" in arguments and os.environ.get("DISPLAY"):
        tell("Without them no window opens on this display.", for_a_window)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
