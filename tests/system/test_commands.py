"""Every command from outside: what it prints, and with which code it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pos.cli.main import COMMANDS, run
from pos.storage.catalogue.database import catalogue_file, make_if_missing
from tests.support.catalogue import COFFEE, MILK
from tests.support.shop import write_shop
from tests.system.program import OPEN, SIGN_IN, facts, play, pos

SALE = [{"do": "scan", "code": COFFEE}, {"do": "tender", "method": "cash", "amount": "10.00"}]


@pytest.fixture
def sold(data: Path) -> Path:
    """A folder with a closed session of one sale, and an open one."""
    close = {"do": "close_session", "counted": "107.99", "leave": "100.00"}
    assert play(data, SIGN_IN, OPEN, *SALE, close, {"do": "open_session"}).returncode == 0
    return data


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_helps(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit) as ended:
        run([name, "--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert told.startswith("usage: pos")
    assert f" {name} " in told.splitlines()[0] + " "
    assert "--data DIR" in told


def test_help_names_all_commands_in_the_language_of_the_terminal() -> None:
    english, german = pos("--help"), pos("--help", LANG="de_AT.UTF-8")
    assert english.returncode == german.returncode == 0
    assert all(name in english.stdout for name in COMMANDS)
    assert "opens the till" in english.stdout
    assert "öffnet" in german.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("sell",),
        ("play", "--no-such-option"),
        ("report",),
        ("report", "y"),
        ("report", "x", "--format", "html"),
        ("import",),
        ("backup",),
        ("restore",),
        ("tree",),
        ("play",),
        ("report", "x", "--format", "csv"),
        ("report", "z", "--json", "--format", "pdf"),
        ("report", "accounts", "--format", "pdf"),
        ("report", "accounts", "--format", "text"),
        ("demo", "--products", "-5"),
        ("report", "z", "--session", "one"),
        ("report", "z", "--session", "99999999999999999999"),
        ("report", "x", "--session", "1"),
    ],
)
def test_wrong_usage_is_2(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(arguments)
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert "usage: pos" in told.err
    assert not told.out


def test_the_code_reaches_the_terminal() -> None:
    assert pos("sell").returncode == 2


def test_play_tells_each_step_and_ends_with_0(data: Path) -> None:
    done = play(data, SIGN_IN, OPEN, *SALE)
    assert done.returncode == 0
    assert [(fact["step"], fact["do"], fact["ok"]) for fact in facts(done)] == [
        (1, "sign_in", True),
        (2, "open_session", True),
        (3, "scan", True),
        (4, "tender", True),
    ]


def test_an_expectation_that_fails_is_1_and_named(data: Path) -> None:
    done = play(data, SIGN_IN, OPEN, *SALE, {"do": "expect", "last_sale": {"change": "2.00"}})
    assert done.returncode == 1
    assert facts(done)[-1]["differs"] == ["last_sale.change: expected '2.00', got '2.01'"]


def test_a_refusal_nobody_expected_is_1_and_its_text_is_told(data: Path) -> None:
    done = play(data, {"do": "scan", "code": MILK})
    assert done.returncode == 1
    assert facts(done)[0]["refused"] == "not_signed_in"
    assert facts(done)[0]["text"] == "Niemand ist angemeldet. Bitte zuerst anmelden."


def test_an_expected_refusal_is_fine_and_a_missing_one_is_not(data: Path) -> None:
    refused = {"do": "scan", "code": MILK, "refused": "not_signed_in"}
    assert play(data, refused).returncode == 0
    assert play(data, SIGN_IN | {"refused": "pin_wrong"}).returncode == 1


def test_steps_that_cannot_be_are_refused(data: Path) -> None:
    steps: list[dict[str, Any]] = [
        {"do": "fly", "refused": "no_such_command"},
        {"do": "_changed", "refused": "no_such_command"},
        {"do": "scan", "refused": "field_missing"},
        {"do": "scan", "code": "1", "colour": "red", "refused": "field_unknown"},
        {"do": "open_session", "float": "viel", "refused": "field_unreadable"},
        {"do": "open_session", "float": "--5", "refused": "field_unreadable"},
        {"do": "open_session", "float": 150, "refused": "field_unreadable"},
        {"do": "open_session", "counts": {"2000": "x"}, "refused": "field_unreadable"},
        {"do": "open_session", "counts": {"²": 1}, "refused": "no_such_denomination"},
        {"do": "remove_line", "line": True, "refused": "field_unreadable"},
        {"do": "reprint", "receipt": 2**63, "refused": "field_unreadable"},
        {"do": "wait", "years": 1, "refused": "field_unknown"},
        {"do": "wait", "days": 1.5, "refused": "field_unreadable"},
    ]
    done = play(data, SIGN_IN, *steps)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_play_prints_nothing_but_json(data: Path, tmp_path: Path, more: tuple[str, ...]) -> None:
    story = tmp_path / "story.json"
    story.write_text(json.dumps({"title": "day", "till": "1", "steps": [SIGN_IN]}))
    done = pos("play", story, *more, "--data", data)
    assert [json.loads(line)["do"] for line in done.stdout.splitlines()] == ["sign_in"]
    assert ("all as expected" in done.stderr) is not bool(more)


@pytest.mark.parametrize(
    "told",
    [
        "{",
        "[]",
        '{"steps": [1]}',
        "[" * 100_000,
        '{"clock": "2026-11-23T09:00:00", "steps": []}',
        r'{"steps": [{"do": "scan", "code": "\ud800"}]}',
    ],
)
def test_what_is_no_story_is_refused(
    told: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "story.json").write_text(told)
    assert run(["play", str(tmp_path / "story.json"), "--data", str(data)]) == 3
    assert "story.json" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [("demo", "--no-window"), ("restore", "kassa-1"), ("play", "STORY", "--screenshots", "FILE")],
)
def test_a_file_where_a_folder_is_wanted_is_no_bug(
    arguments: tuple[str, ...], data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (file := tmp_path / "file").touch()
    (story := tmp_path / "story.json").write_text('{"steps": []}')
    paths = {"STORY": str(story), "FILE": str(file)}
    given = [paths.get(one, one) for one in arguments]
    assert run([*given, "--data", str(data if "STORY" in arguments else file)]) == 3
    assert f"{file} can't be used" in capsys.readouterr().err


def test_a_crash_that_cannot_be_or_does_not_come_is_no_success(data: Path) -> None:
    nowhere = play(data, {"do": "crash", "at": "nowhere"}, SIGN_IN)
    assert nowhere.returncode == 1
    assert facts(nowhere)[0]["refused"] == "field_unreadable"
    missed = play(data, SIGN_IN, {"do": "crash", "at": "after_seal"})
    assert missed.returncode == 1
    assert facts(missed)[-1]["differs"] == ["never came to the crash after_seal"]


@pytest.mark.parametrize("text", ["", "[]", '{"steps": [{"do": 1}]}'])
def test_a_story_that_cannot_be_read_is_3(data: Path, tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text)
    done = pos("play", path, "--data", data)
    assert done.returncode == 3
    assert "bad.json" in done.stderr


def test_play_lists_its_steps() -> None:
    done = pos("play", "--list")
    assert done.returncode == 0
    steps = {fact["do"]: fact["fields"] for fact in facts(done)}
    assert "code: str" in steps["scan"]
    assert {"expect", "wait", "crash", "tender", "close_session"} <= steps.keys()
    asked = {fact["question"]: fact["fields"] for fact in facts(done) if "question" in fact}
    assert "code: str" in asked["read_test"]


def test_reports_in_every_format(sold: Path) -> None:
    text = pos("report", "z", "--data", sold)
    assert text.returncode == 0
    assert "7,99" in text.stdout
    figures = facts(pos("report", "z", "--format", "json", "--data", sold))[0]
    assert (figures["turnover"], figures["counted"]) == ("7.99", "107.99")
    assert facts(pos("report", "session", "--session", 1, "--format", "json", "--data", sold)) == [
        figures
    ]
    assert facts(pos("report", "x", "--json", "--data", sold))[0]["session"] == 2


def test_the_demo_shop_told_as_json(tmp_path: Path) -> None:
    done = pos("demo", "--no-window", "--json", "--data", tmp_path / "shop")
    assert done.returncode == 0
    (told,) = facts(done)
    assert told["folder"] == str(tmp_path / "shop")
    assert told["products"] > 200
    for command in (("report", "x"), ("backup", tmp_path / "to")):
        refused = pos(*command, "--data", tmp_path / "shop")
        assert refused.returncode == 3
        assert "No till has been opened on this data folder yet" in refused.stderr
    checked = pos("verify", "--data", tmp_path / "shop")
    assert checked.returncode == 0
    assert "no records yet" in checked.stdout


def test_the_books_get_sums_by_category_with_their_accounts(sold: Path) -> None:
    """As a table and as facts, and it adds up to the receipts (ETRON-7)."""
    table = pos("report", "accounts", "--session", 1, "--format", "csv", "--data", sold)
    head, *rows = table.stdout.splitlines()
    assert head.startswith("category,path,tax_code,tax_rate,net,tax,gross,income,expense")
    view = facts(pos("report", "accounts", "--session", 1, "--format", "json", "--data", sold))[0]
    assert (view["session"], view["total"]) == (1, "7.99")
    assert len(view["rows"]) == len(rows) == 1
    assert rows[0].split(",")[6] == view["rows"][0]["gross"] == "7.99"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("z", "--session", 2), "still open"),
        (("z", "--session", 9), "no session 9"),
    ],
)
def test_a_report_there_is_none_of_is_3(
    sold: Path, arguments: tuple[object, ...], said: str
) -> None:
    done = pos("report", *arguments, "--data", sold)
    assert done.returncode == 3
    assert said in done.stderr


def test_verify_in_lines_and_json(sold: Path) -> None:
    lines = pos("verify", "--data", sold)
    assert lines.returncode == 0
    assert all(line.startswith("ok") for line in lines.stdout.splitlines())
    told = facts(pos("verify", "--json", "--data", sold))
    assert len(told) == len(lines.stdout.splitlines())
    assert {"check": "sales", "ok": True, "count": 1} in told


def test_backup_and_restore(sold: Path, tmp_path: Path) -> None:
    told = facts(pos("backup", tmp_path / "as-json", "--data", sold, "--json"))
    assert [Path(each["folder"]).parent for each in told] == [tmp_path / "as-json"]
    backed_up = pos("backup", tmp_path / "to", "--data", sold)
    assert backed_up.returncode == 0
    (folder,) = (tmp_path / "to").iterdir()
    assert str(folder) in backed_up.stdout
    restored = pos("restore", folder, "--data", tmp_path / "new")
    assert restored.returncode == 0
    assert pos("verify", "--data", tmp_path / "new").returncode == 0
    play(sold, SIGN_IN, *SALE)
    refused = pos("restore", folder, "--data", sold)
    assert refused.returncode == 3
    assert "newer (receipt 2) than the backup (receipt 1)" in refused.stderr


def test_import_reports_bad_rows_and_keeps_the_good_ones(tmp_path: Path) -> None:
    exchange = write_shop(tmp_path / "exchange")
    with (exchange / "products.csv").open("a", encoding="utf-8") as file:
        file.write("77,Tee,teuer,N,Stk,W,1,0,,1\n")
    done = pos("import", exchange, "--data", tmp_path / "data", "--json")
    assert done.returncode == 1
    told = facts(done)
    bad = [fact for fact in told if fact.get("reason")]
    assert [(fact["file"], fact["row"], fact["field"]) for fact in bad] == [
        ("products.csv", 9, "price")
    ]
    lines = pos("import", exchange, "--data", tmp_path / "data")
    assert lines.returncode == 1
    assert "products.csv:9 price" in lines.stdout
    assert play(tmp_path / "data", SIGN_IN, OPEN, *SALE).returncode == 0


def test_the_tree_told_as_json(tmp_path: Path) -> None:
    exchange = write_shop(tmp_path / "exchange")
    (exchange / "pos_categories.csv").unlink()
    (told,) = facts(pos("tree", exchange, "--json"))
    assert set(told) == {"categories", "products"}


def test_import_of_nothing_is_3(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for source in ("empty", "missing"):
        done = pos("import", tmp_path / source, "--data", tmp_path / "data")
        assert done.returncode == 3
        assert done.stderr


def test_a_folder_that_is_not_there_is_3(tmp_path: Path) -> None:
    for arguments in (("verify",), ("backup", tmp_path / "to"), ("report", "x")):
        done = pos(*arguments, "--data", tmp_path / "missing")
        assert done.returncode == 3
        assert "missing" in done.stderr


def test_the_demo_shop_is_made_and_sells(tmp_path: Path) -> None:
    """Also where its making was cut short before."""
    (tmp_path / "demo" / "fill-cut-short").mkdir(parents=True)
    make_if_missing(catalogue_file(tmp_path / "demo"))
    done = pos("demo", "--no-window", "--data", tmp_path / "demo")
    assert done.returncode == 0
    assert "Anna 1111" in done.stdout
    story = tmp_path / "story.json"
    story.write_text(json.dumps({"title": "x", "steps": [SIGN_IN, OPEN]}))
    assert pos("play", story, "--data", tmp_path / "demo").returncode == 0
    assert not (tmp_path / "demo" / "fill-cut-short").exists()
