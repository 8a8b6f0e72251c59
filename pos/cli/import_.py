"""`pos import`: a catalogue in the exchange format."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from pos.cli.main import Exit, texts
from pos.cli.output import say, tell
from pos.runtime.clock import SystemClock
from pos.storage.catalogue.importing import import_folder
from pos.storage.catalogue.report import ImportReport, Progress


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("path", type=Path, metavar="PATH", help=texts().get("cli.import_path"))
    parser.add_argument("--fewer", action="store_true", help=texts().get("cli.import_fewer"))
    parser.add_argument("--json", action="store_true", help=texts().get("cli.json"))


def run(given: Namespace) -> int:
    """Import; 1 if rows were faulty (the good ones are in all the same)."""
    report = import_folder(
        given.path, given.data, SystemClock().now(), show_progress, fewer=given.fewer
    )
    if given.json:
        _tell(report)
    else:
        _say(report)
    return Exit.FAILED if report.problem_count else Exit.DONE


def show_progress(progress: Progress) -> None:
    """A line that rewrites itself, on terminals only."""
    if sys.stderr.isatty():
        share = f"{progress.done * 100 // progress.total:3} %" if progress.total else "     "
        sys.stderr.write(f"\r{share} {progress.step:<24} {progress.done:>9}")
        sys.stderr.flush()


def _say(report: ImportReport) -> None:
    words = texts()
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    for problem in report.problems:
        where = f"{problem.file}:{problem.line}" + (f" {problem.field}" if problem.field else "")
        what = words.get(f"catalogue.problem.{problem.reason}", **problem.values)
        after = f" {words.get('catalogue.row_stays')}" if problem.stays else ""
        say(f"{where}: {what}{after}")
    for file, count in report.files.items():
        bad = count.read - count.taken
        key = "cli.import_file_kept" if count.carried else "cli.import_file"
        say(words.get(key, file=file, good=count.taken, bad=bad, kept=count.carried))
    if report.problem_count:
        say(words.get("cli.import_problems", count=report.problem_count))


def _tell(report: ImportReport) -> None:
    for problem in report.problems:
        facts = {"file": problem.file, "row": problem.line, "field": problem.field}
        tell(
            facts
            | {"reason": problem.reason, "values": dict(problem.values)}
            | {"stays": problem.stays}
        )
    for file, count in report.files.items():
        tell({"file": file, "read": count.read, "taken": count.taken, "carried": count.carried})
