"""till.toml is changed as a careful person would: what isn't meant stays, letter by letter."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from pos.domain.errors import Refusal
from pos.settings.editing import drop_table, put_table
from pos.settings.till_toml import DeviceSetting, read_settings

OWNERS = """\
# Till at the door. Ask Maria before changing anything.
till = "1"
backup = "../copies"   # second disk

[[printer]]  # the counter
name = "Bon"
plugin = "printer_escpos"
address = "tcp://192.168.1.50:9100"  # fixed in the router
# columns = 32 for the old one
columns = 48

# The office prints reports.
[[printer]]
name = 'Büro'
plugin = "printer_file"

[[scanner]]
name = "Theke"
plugin = "scanner_serial"
address = "serial:/dev/ttyACM0?baud=9600"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "till.toml"
    path.write_text(OWNERS, encoding="utf-8")
    return path


def bon(**more: str | int | bool) -> dict[str, str | int | bool]:
    return {"name": "Bon", "plugin": "printer_escpos"} | more


def test_a_change_touches_its_own_lines_only(file: Path) -> None:
    put_table(file, "printer", bon(address="tcp://10.0.0.9", columns=32), 0)
    expected = OWNERS.replace("tcp://192.168.1.50:9100", "tcp://10.0.0.9")
    assert file.read_text(encoding="utf-8") == expected.replace("columns = 48", "columns = 32")


def test_a_new_setting_stands_below_and_an_old_one_goes(file: Path) -> None:
    put_table(file, "printer", bon(address="usb://04b8:0e28", cuts=False), 0)
    settings = read_settings(file)
    options: dict[str, str | int | bool] = {"address": "usb://04b8:0e28", "cuts": False}
    assert settings.printer[0] == DeviceSetting("Bon", "printer_escpos", options)
    text = file.read_text(encoding="utf-8")
    assert "# fixed in the router" in text and "# columns = 32 for the old one" in text
    assert text.index("cuts = false") < text.index("# The office prints reports.")


def test_a_new_device_is_the_last_of_its_kind(file: Path) -> None:
    put_table(file, "printer", {"name": 'Küche "2"', "plugin": "printer_file"}, None)
    assert file.read_text(encoding="utf-8").startswith(OWNERS)
    assert [one.name for one in read_settings(file).printer] == ["Bon", "Büro", 'Küche "2"']


def test_a_device_goes_and_the_words_above_the_next_one_stay(file: Path) -> None:
    drop_table(file, "printer", 0)
    assert [one.name for one in read_settings(file).printer] == ["Büro"]
    assert "# The office prints reports.\n[[printer]]\nname = 'Büro'" in file.read_text("utf-8")
    drop_table(file, "scanner", 0)
    drop_table(file, "printer", 0)
    assert read_settings(file).backup == "../copies"
    assert read_settings(file).printer == read_settings(file).scanner == ()


def test_a_file_is_begun_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "till.toml"
    put_table(path, "scanner", {"name": "Theke", "plugin": "scanner_serial"}, None)
    assert path.read_text() == '[[scanner]]\nname = "Theke"\nplugin = "scanner_serial"\n'


@pytest.mark.parametrize(
    "odd",
    [
        'printer = [{ name = "Bon", plugin = "printer_file" }]\n',
        '[[printer]]\nname = """\nBon"""\nplugin = "printer_file"\n',
        '[["printer"]]\nname = "Bon"\nplugin = "printer_file"\n',
    ],
)
def test_what_it_does_not_understand_it_leaves(tmp_path: Path, odd: str) -> None:
    path = tmp_path / "till.toml"
    path.write_text(odd)
    with pytest.raises(Refusal, match="settings_not_ours"):
        put_table(path, "printer", {"name": "Theke", "plugin": "printer_file"}, 0)
    assert path.read_text() == odd
    assert [each.name for each in tmp_path.iterdir()] == ["till.toml"]


def test_a_folder_that_takes_nothing_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Refusal, match="settings_not_kept"):
        put_table(file, "printer", bon(), 0)
    assert file.read_text(encoding="utf-8") == OWNERS
    assert [each.name for each in file.parent.iterdir()] == ["till.toml"]


def test_rights_and_links_stay(file: Path, tmp_path: Path) -> None:
    file.chmod(0o640)
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    drop_table(link, "scanner", 0)
    assert link.is_symlink()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert read_settings(file).scanner == ()
