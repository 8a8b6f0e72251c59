"""An import is one step for a till that reads meanwhile, and harmless to repeat or to end."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pos.domain.errors import Refusal
from pos.runtime.pins import pin_matches
from pos.storage.catalogue.database import FILE, catalogue_file
from pos.storage.catalogue.importing import import_folder
from pos.storage.catalogue.reader import CatalogueReader
from pos.storage.catalogue.report import Progress
from tests.storage.catalogue.folder import FILES, NOW, Folder, content

PICTURE = b"\x89PNG\r\n\x1a\n not looked into"


def test_repeated_import_gives_the_same_content(folder: Folder) -> None:
    folder.imported()
    first = content(folder.data)
    report = folder.imported()
    assert content(folder.data) == first
    assert report.generation == 2
    with folder.reader() as reader:
        assert reader.state().generation == 2
        assert reader.state().imported_at == NOW


@pytest.mark.parametrize("name", ["Kassa #1", "100 %", "a?mode=ro", "x%20y", ";x"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    folder = Folder(tmp_path / name)
    folder.imported()
    with folder.reader() as reader:
        assert reader.product("100") is not None
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_rows_missing_in_a_whole_file_are_gone(folder: Folder) -> None:
    folder.imported()
    for name in ("barcodes.csv", "products.csv"):
        lines = FILES[name].splitlines(keepends=True)
        folder.write(name, "".join(line for line in lines if "103" not in line))
    folder.write("packagings.csv", "product,name,content\n")
    folder.write("price_rules.csv", "number,list,compute\n")
    assert not folder.imported().problems
    with folder.reader() as reader:
        assert reader.product("103") is None
        assert reader.find_code("9000331604275") is None
        assert reader.search("Manner", 0, 10) == ()


def test_open_reader_sees_the_old_or_the_new_catalogue_at_every_moment(folder: Folder) -> None:
    folder.imported()
    folder.add("products.csv", *(f"{number},Neu,1,N,Stk,,,,," for number in range(1000, 6000)))
    folder.write("products.csv", folder.source.joinpath("products.csv").read_text().replace(
        "Manner Schnitten,1.49", "Manner Schnitten,1.99"))  # fmt: skip
    seen: list[tuple[int, str, int]] = []
    with folder.reader() as reader:

        def look(_progress: Progress) -> None:
            match = reader.find_code("9000331604275")
            assert match is not None
            state = reader.state()
            seen.append((state.generation, str(match.product.price), state.products))

        import_folder(folder.source, folder.data, NOW, look)
        look(Progress("after", 1, 1))
    assert set(seen) == {(1, "1.49", 5), (2, "1.99", 5005)}
    assert seen == sorted(seen)
    assert seen[-1][0] == 2


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from pos.storage.catalogue.importing import import_folder

count = 0
def die(progress):
    global count
    count += 1
    if count == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

import_folder(Path(sys.argv[1]), Path(sys.argv[2]), datetime.now(UTC), die)
print(count)
"""


def run_import(folder: Folder, data: Path, die_at: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", KILLED, str(folder.source), str(data), str(die_at)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_killed_import_leaves_the_old_catalogue_or_the_new_one(folder: Folder) -> None:
    """Killed at steps spread over loading, checking, indexing and copying the pages."""
    folder.imported()
    old = content(folder.data)
    folder.add("products.csv", *(f"{number},Neu,1,N,Stk,,11,,," for number in range(1000, 9000)))
    whole = folder.data.with_name("whole")
    steps = int(run_import(folder, whole, 0).stdout)
    assert steps > 20
    for die_at in (1, steps // 3, steps // 2, *range(steps - 5, steps)):
        ended = run_import(folder, folder.data, die_at)
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        assert content(folder.data) == old, f"killed at step {die_at} of {steps}"
    run_import(folder, folder.data, steps)
    numbers = {row[0] for row in content(folder.data)["products"]}
    assert len(numbers) in (5, 8005)
    assert folder.imported().files["products.csv"].taken == 8005
    assert not (folder.data / "catalogue.new.db").exists()


def test_full_disk_leaves_the_old_catalogue(folder: Folder) -> None:
    folder.imported()
    old = content(folder.data)
    folder.add("products.csv", *(f"{number},Neu,1,N,Stk,,11,,," for number in range(1000, 9000)))
    limited = (
        "import resource, signal, sys\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from pos.domain.errors import Refusal\n"
        "from pos.storage.catalogue.importing import import_folder\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))\n"
        "try:\n"
        "    import_folder(Path(sys.argv[1]), Path(sys.argv[2]), datetime.now(UTC))\n"
        "except Refusal as refusal:\n"
        "    print(refusal.code)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", limited, str(folder.source), str(folder.data)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.stdout.strip() in ("disk_full", "disk_error"), ended.stderr
    assert content(folder.data) == old


def test_second_import_at_the_same_time_is_refused(folder: Folder) -> None:
    codes = []

    def import_again(progress: Progress) -> None:
        if progress.step == "check":
            with pytest.raises(Refusal) as refused:
                folder.imported()
            codes.append(refused.value.code)

    import_folder(folder.source, folder.data, NOW, import_again)
    assert codes == ["import_running"]
    with folder.reader() as reader:
        assert reader.state().generation == 1


@pytest.mark.parametrize("damage", [b"", b"this is no database, but it is long enough" * 40])
def test_damaged_catalogue_is_made_anew(folder: Folder, damage: bytes) -> None:
    folder.imported()
    catalogue_file(folder.data).write_bytes(damage)
    folder.imported()
    with folder.reader() as reader:
        assert reader.find_code("9000331604275") is not None


def test_catalogue_damaged_inside_is_made_anew(folder: Folder) -> None:
    folder.imported()
    path = catalogue_file(folder.data)
    pages = bytearray(path.read_bytes())
    pages[4096:] = b"\xff" * (len(pages) - 4096)
    path.write_bytes(pages)
    (folder.source / "customers.csv").unlink()
    folder.imported()
    with folder.reader() as reader:
        assert reader.state().products == 5


def test_pin_is_stored_as_a_hash_that_stays(folder: Folder) -> None:
    folder.imported()
    with folder.reader() as reader:
        first = reader.pin_hash("anna")
        assert pin_matches(first, "1111")
        assert not pin_matches(first, "1112")
        assert not reader.operators()[1].has_pin
        assert pin_matches(reader.pin_hash("bo"), "")
    assert b"1111" not in catalogue_file(folder.data).read_bytes()
    folder.write("operators.csv", FILES["operators.csv"].replace("1111", "3333"))
    folder.imported()
    with folder.reader() as reader:
        second = reader.pin_hash("anna")
        assert pin_matches(second, "3333")
        assert not pin_matches(second, "1111")


def test_pin_hash_is_taken_as_it_is(folder: Folder) -> None:
    folder.imported()
    with folder.reader() as reader:
        known = reader.pin_hash("anna")
    folder.write(
        "operators.csv",
        f'number,name,pin_hash\nanna,Anna,"{known}"\nbo,Bo,$argon2id$v=19$nonsense\n',
    )
    report = folder.imported()
    assert [(one.line, one.field, one.reason) for one in report.problems] == [
        (3, "pin_hash", "pin_hash")
    ]
    with folder.reader() as reader:
        assert pin_matches(reader.pin_hash("anna"), "1111")


def with_pictures(folder: Folder, *names: str) -> None:
    folder.write(
        "pos_categories.csv",
        "number,name,picture\n11,Milch,milk.png\n1,Alles,{}\n".format(*names or ["milk.png"]),
    )


def test_pictures_are_copied_and_missing_ones_told(folder: Folder) -> None:
    (folder.source / "pictures").mkdir()
    (folder.source / "pictures" / "milk.png").write_bytes(PICTURE)
    (folder.source / "pictures" / "huge.png").write_bytes(bytes(8_000_001))
    (folder.source / "pictures" / "nobodys.png").write_bytes(PICTURE)
    with_pictures(folder, "huge.png")
    report = folder.imported()
    assert [(one.line, one.field, one.reason, one.kept) for one in report.problems] == [
        (3, "picture", "picture_missing", True)
    ]
    pictures = folder.data / "pictures"
    assert {path.name for path in pictures.iterdir()} == {"milk.png"}
    changed = PICTURE + b" and more"
    (folder.source / "pictures" / "milk.png").write_bytes(changed)
    folder.imported()
    assert (pictures / "milk.png").read_bytes() == changed
    (folder.source / "pictures" / "milk.png").unlink()
    assert "milk.png" not in str(folder.imported().problems)


def test_picture_folder_in_the_way_costs_the_pictures_only(folder: Folder) -> None:
    (folder.source / "pictures").mkdir()
    (folder.source / "pictures" / "milk.png").write_bytes(PICTURE)
    with_pictures(folder, "milk.png")
    folder.data.mkdir()
    (folder.data / "pictures").write_text("a file", encoding="utf-8")
    assert folder.imported().found == {"picture_missing": 1}


def test_data_folder_that_cannot_be_is_refused(folder: Folder) -> None:
    folder.data.write_text("a file", encoding="utf-8")
    with pytest.raises(Refusal, match="cannot_open"):
        folder.imported()


@pytest.mark.parametrize("name", ["../secret.png", "/etc/passwd", "a b.png", "run.sh", ".."])
def test_picture_is_a_plain_file_name(folder: Folder, name: str) -> None:
    with_pictures(folder, name)
    (problem,) = (one for one in folder.imported().problems if one.reason == "picture_name")
    assert (problem.line, problem.field) == (3, "picture")


def test_progress_tells_each_step_and_ends_whole(folder: Folder) -> None:
    told: list[Progress] = []
    import_folder(folder.source, folder.data, NOW, told.append)
    steps = list(dict.fromkeys(one.step for one in told))
    assert steps[0] == "units.csv"
    assert steps[-3:] == ["check", "index", "publish"]
    assert all(0 <= one.done <= one.total for one in told)
    assert (told[-1].done, told[-1].step) == (told[-1].total, "publish")


def test_reader_of_an_empty_folder_finds_nothing(tmp_path: Path) -> None:
    reader = CatalogueReader(tmp_path)
    try:
        assert reader.state().generation == 0
        assert reader.state().imported_at is None
        assert reader.shop() is None
        assert reader.find_code("9000331604275") is None
        assert reader.search("milch", 0, 10) == ()
        assert reader.price_book().selectable("AT") == []
    finally:
        reader.close()
    assert (tmp_path / FILE).exists()
