"""For everyone: sizes, names, contrast, the way of the Tab key, nothing cut off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from pos.ui import second_press, tokens
from pos.ui.panes import checkout
from pos.ui.tokens import PALETTES, Palette
from pos.ui.widgets.button import Key
from pos.ui.widgets.keypad import Entry
from tests.support.catalogue import COFFEE, COLA, MILK
from tests.ui.driver import Driver

PAGES = (
    "sale",
    "history",
    "close_session",
    "x_report",
    "jobs",
    "vouchers",
    "cash_in",
    "cash_out",
    "settings",
    "codes",
    "shown_prices",
    "help",
    "notices",
)
PANES = (
    "menu",
    "quantity",
    "price",
    "discount",
    "voucher",
    "list_vouchers",
    "customer",
    "new_customer",
    "one_off",
    "why",
    "note",
    "park",
    "order",
    "orders",
    "drawer",
    "cancel_sale",
    "pay",
)
WRITING = ("text", "soft", "good", "warn", "danger", "discount", "strong")
GROUNDS = ("ground", "surface", "raised", "accent_soft")


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21."""
    dark, light = sorted((luminance(QColor(one)), luminance(QColor(other))))
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(params=PALETTES)
def palette(request: pytest.FixtureRequest) -> Palette:
    """Each theme."""
    return PALETTES[request.param]


@pytest.fixture(autouse=True)
def slow_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is pressed here is pressed long after the page has come."""
    monkeypatch.setattr(second_press, "SECOND_MS", -1)
    monkeypatch.setattr(checkout, "SECOND_MS", -1)


def test_black_on_white_is_twenty_one() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0


@pytest.mark.parametrize("role", WRITING)
@pytest.mark.parametrize("ground", GROUNDS)
def test_writing_stands_out(palette: Palette, role: str, ground: str) -> None:
    assert contrast(getattr(palette, role), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("ground", [*GROUNDS, "warn_soft"])
def test_totals_stand_out_most(palette: Palette, ground: str) -> None:
    assert contrast(palette.strong, getattr(palette, ground)) >= 7


def test_the_primary_action_stands_out(palette: Palette) -> None:
    assert contrast(palette.on_accent, palette.accent) >= 7
    assert contrast(palette.on_accent, palette.accent_pressed) >= 4.5
    assert contrast(palette.accent, palette.surface) >= 3


@pytest.mark.parametrize("ground", ["ground", "surface"])
@pytest.mark.parametrize("role", ["edge", "focus"])
def test_borders_and_focus_are_seen(palette: Palette, role: str, ground: str) -> None:
    assert contrast(getattr(palette, role), getattr(palette, ground)) >= 3


@pytest.mark.parametrize("tone", ["good", "warn", "danger"])
def test_notices_are_readable(palette: Palette, tone: str) -> None:
    assert contrast(getattr(palette, tone), getattr(palette, f"{tone}_soft")) >= 4.5


def test_names_on_tiles_are_readable(palette: Palette) -> None:
    for tint in palette.tints:
        assert contrast(palette.text, tint) >= 7
        assert contrast(palette.soft, tint) >= 4.5


def every_place(driver: Driver) -> list[str]:
    """Walk through every page and pane; returns where something is wrong."""
    found = _faults(driver, "sign_in")
    driver.desk.till.sign_in("maria", "9999")
    driver.window.work.do(lambda till: till.view())
    driver.settle()
    found += _faults(driver, "open_session")
    driver.window.work.do(lambda till: till.open_session(None))
    driver.settle()
    found += _faults(driver, "empty sale")
    for code in (COFFEE, COLA, MILK, "12345678"):
        driver.scan(code)
    for page in PAGES:
        driver.shell.open("" if page == "sale" else page)
        driver.settle()
        assert driver.shell.page == page
        found += _faults(driver, page)
    driver.shell.open("")
    driver.settle()
    for pane in PANES:
        driver.selling.act(pane)
        driver.settle()
        found += _faults(driver, pane)
        if pane != "pay":
            driver.selling.show_catalogue()
    driver.write("5")
    driver.key(Qt.Key.Key_Return)
    found += _faults(driver, "part paid")
    driver.key(Qt.Key.Key_Return)
    assert driver.shell.page == "change"
    return found + _faults(driver, "change")


def _faults(driver: Driver, place: str) -> list[str]:
    return [
        f"{place}: {fault}"
        for control in driver.visible(QWidget)
        for fault in _faults_of(driver, control)
    ]


def _faults_of(driver: Driver, control: QWidget) -> list[str]:
    name = control.accessibleName() or type(control).__name__
    faults = []
    if isinstance(control, Key | QLineEdit | Entry):
        if not control.accessibleName():
            faults.append(f"{name} has no accessible name")
        if control.height() < tokens.TARGET or control.width() < _narrowest(control):
            faults.append(f"{name} is only {control.width()}×{control.height()}")
    if isinstance(control, QLabel) and _is_cut(control):
        hint, size = control.sizeHint(), control.size()
        faults.append(f"cut off: {control.text()!r} wants {hint.toTuple()}, has {size.toTuple()}")
    squeezed = isinstance(control, Key) and control.width() < control.sizeHint().width()
    if squeezed and not control.property("sign") and not control.property("action"):
        faults.append(f"cut off: {name} has {control.width()} of {control.sizeHint().width()}")
    edge = control.mapTo(driver.shell, control.rect().topRight()).x()
    if edge > driver.shell.width() and not isinstance(control.parent(), QLineEdit):
        faults.append(f"{name} goes over the right edge")
    return faults


def _narrowest(control: QWidget) -> int:
    """Letters stand as close as on any keyboard of glass."""
    return 40 if control.property("sign") else tokens.TARGET


def _is_cut(text: QLabel) -> bool:
    if text.wordWrap():
        return text.height() < text.heightForWidth(text.width())
    return bool(text.text()) and (
        text.width() < text.sizeHint().width() or text.height() < text.minimumSizeHint().height()
    )


def test_nothing_is_cut_small_or_nameless(driver: Driver) -> None:
    assert every_place(driver) == []


def test_nothing_is_cut_in_english(driver: Driver) -> None:
    driver.window.work.do(lambda till: till.set_language("en"))
    driver.settle()
    assert every_place(driver) == []


@pytest.mark.parametrize("scale", [150, 200])
def test_nothing_goes_over_the_edge_in_large_writing(driver: Driver, scale: int) -> None:
    driver.shell.preferences.scale = scale
    driver.shell.rebuild()
    driver.settle()
    assert [fault for fault in every_place(driver) if "edge" in fault] == []


def test_stacked_keys_show_all_their_words(selling: Driver) -> None:
    selling.scan(MILK)
    for key in selling.visible(Key):
        if key.stacked:
            words = key.fontMetrics().horizontalAdvance(key.text())
            assert words <= key.width() - 2 * 8, key.text()


def test_tab_visits_every_control_and_comes_back(selling: Driver) -> None:
    selling.scan(MILK)
    start = selling.focus
    seen = [start]
    for _ in range(200):
        selling.key(Qt.Key.Key_Tab)
        if selling.focus is start:
            break
        seen.append(selling.focus)
    wanted = {
        key
        for key in selling.visible(Key)
        if key.isEnabled() and key.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    assert selling.focus is start
    assert wanted <= set(seen)
    assert selling.selling.cart.lines in seen
    assert selling.selling.catalogue.grid in seen


def test_space_presses_the_key_that_tab_reached(selling: Driver) -> None:
    selling.scan(MILK)
    selling.selling.cart.pay.setFocus()
    selling.key(Qt.Key.Key_Space)
    assert selling.selling.pane is selling.selling.checkout


def test_every_action_of_the_function_block_has_words_for_a_reader(selling: Driver) -> None:
    for action, key in selling.selling.cart.keys.items():
        assert key.accessibleName(), action
