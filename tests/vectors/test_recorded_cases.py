"""Every recorded case comes out of our code as it was recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.vectors.__main__ import KINDS, main
from tests.vectors.case import Case, read_cases

DATA = Path(__file__).parent / "data"
CASES = [
    pytest.param(kind, case, id=case["id"])
    for kind in KINDS
    for case in read_cases(DATA / f"{kind}.json")
]


@pytest.mark.parametrize(("kind", "case"), CASES)
def test_case_agrees_with_the_record(kind: str, case: Case) -> None:
    assert [each for each in KINDS[kind](case) if not each.fault] == []


@pytest.mark.parametrize("kind", KINDS)
def test_runner_reports_a_changed_figure(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (DATA / f"{kind}.json").read_text(encoding="utf-8")
    changed = tmp_path / "changed.json"
    for figure, other in (('"4.00"', '"4.01"'), ('"2.88"', '"2.89"'), ('"7.50"', '"7.51"')):
        text = text.replace(figure, other)
    changed.write_text(text)
    assert main([kind, str(changed)]) == 1
    assert "differ" in capsys.readouterr().out


@pytest.mark.parametrize("kind", KINDS)
def test_runner_counts_and_succeeds(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = DATA / f"{kind}.json"
    assert main([kind, str(path)]) == 0
    assert capsys.readouterr().out.endswith(f"{len(read_cases(path))} checked, 0 differ\n")


def test_runner_refuses_an_unknown_kind_and_a_file_without_cases(tmp_path: Path) -> None:
    assert main(["stars", "x.json"]) == 2
    assert main(["taxes", str(tmp_path / "none.json")]) == 2
    (tmp_path / "other.json").write_text('{"stars": []}')
    assert main(["taxes", str(tmp_path / "other.json")]) == 2
