"""How the till looks, speaks and sounds: theme, text size, language, warnings."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.runtime.texts import LANGUAGES
from pos.till.views import TillView
from pos.ui.face import Face
from pos.ui.look import SCALES, THEMES
from pos.ui.preferences import RIBBONS, SIDES, SOUNDS, TILE_SIZES, Preferences
from pos.ui.screens.screen import Page
from pos.ui.widgets.basics import column, frame, label, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing
from pos.ui.work import Work

ICONS = {"system": "monitor-cog", "light": "sun", "dark": "moon", "contrast": "contrast"}


class SettingsPage(Page):
    """Each choice shows at once; the page stays where it was.

    Signals:
        look_changed(): theme or text scale are new; the window is built anew.
    """

    look_changed = Signal()

    def __init__(self, face: Face, work: Work, preferences: Preferences) -> None:
        super().__init__(face, work, face.text("settings.title"))
        self._preferences = preferences
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 8, 0)
        inner.setSpacing(8)
        inner.addWidget(self._card("language", self._languages()))
        inner.addWidget(self._card("theme", self._themes()))
        inner.addWidget(self._card("scale", self._scales()))
        inner.addWidget(self._card("devices", [self._page("devices", "printer")]))
        inner.addWidget(self._card("keys", [self._page("keys", "keyboard")]))
        inner.addWidget(self._card("tiles", self._tiles()))
        inner.addWidget(self._card("ribbons", self._ribbons()))
        inner.addWidget(self._card("side", self._sides()))
        inner.addWidget(self._card("lines", self._lines()))
        inner.addWidget(self._card("sounds", self._sounds()))
        inner.addStretch(1)
        self.body.addWidget(scrolling(content), 1)

    def _card(self, name: str, keys: list[Key]) -> QWidget:
        """What is set at the left, its keys at the right; under each other where it is narrow."""
        card = frame("card")
        head = label(self.face.text(f"settings.{name}"), "lead")
        explain = label(self.face.text(f"settings.{name}_explain"), "soft", wrap=True)
        choices = flowing(*keys)
        if self.face.narrow:
            card.setLayout(column(head, explain, choices, gap=8, margin=16))
            return card
        words = QWidget()
        words.setLayout(column(None, head, explain, None, gap=2))
        layout = row(words, choices, gap=16)
        layout.setContentsMargins(20, 10, 12, 10)
        layout.setStretch(0, 2)
        layout.setStretch(1, 3)
        card.setLayout(layout)
        return card

    def _page(self, page: str, icon: str) -> Key:
        key = Key(self.face.look, self.face.text(f"settings.open_{page}"), icon=icon, height=56)
        key.setProperty("page", page)
        key.clicked.connect(self._on_page)
        return key

    def _on_page(self) -> None:
        self.wanted.emit(str(self.sender().property("page")))

    def _themes(self) -> list[Key]:
        return [
            self._choice(
                self.face.text(f"settings.themes.{theme}"),
                "theme",
                theme,
                theme == self._preferences.theme,
                ICONS[theme],
            )
            for theme in THEMES
        ]

    def _scales(self) -> list[Key]:
        texts = self.face.texts
        return [
            self._choice(
                texts.percent(scale * 100), "scale", scale, scale == self._preferences.scale, ""
            )
            for scale in SCALES
        ]

    def _languages(self) -> list[Key]:
        return [
            self._choice(
                self.face.text(f"settings.languages.{language}"),
                "language",
                language,
                language == self.face.texts.language,
                "languages",
            )
            for language in LANGUAGES
        ]

    def _tiles(self) -> list[Key]:
        return [
            self._choice(
                self.face.text(f"settings.tile_sizes.{size}"),
                "tiles",
                size,
                size == self._preferences.tiles,
                "layout-grid",
            )
            for size in TILE_SIZES
        ]

    def _sides(self) -> list[Key]:
        return [
            self._choice(
                self.face.text(f"settings.sides.{side}"),
                "side",
                side,
                side == self._preferences.side,
                f"panel-{side}",
            )
            for side in SIDES
        ]

    def _ribbons(self) -> list[Key]:
        return [
            self._choice(
                self.face.text(f"settings.ribbon_choices.{ribbons}"),
                "ribbons",
                ribbons,
                ribbons == self._preferences.ribbons,
                "tag",
            )
            for ribbons in RIBBONS
        ]

    def _lines(self) -> list[Key]:
        """Whether equal goods share a line (T-049): it counts for the till, not for the window."""
        self._merging = [
            self._choice(self.face.text(f"settings.line_choices.{words}"), "lines", on, False, "")
            for words, on in (("together", True), ("apart", False))
        ]
        if self.work.view is not None:
            self.show_view(self.work.view)
        return self._merging

    def show_view(self, view: TillView) -> None:
        """Mark what counts at this till."""
        for key in self._merging:
            key.setChecked(bool(key.property("value")) is view.merges)

    def _sounds(self) -> list[Key]:
        return [
            self._choice(
                self.face.text(f"settings.sound_choices.{sounds}"),
                "sounds",
                sounds,
                sounds == self._preferences.sounds,
                "bell-off" if sounds == "off" else "bell",
            )
            for sounds in SOUNDS
        ]

    def _choice(self, words: str, what: str, value: object, chosen: bool, icon: str) -> Key:
        key = Key(self.face.look, words, icon=icon, height=56)
        key.setCheckable(True)
        key.setChecked(chosen)
        key.setProperty("what", what)
        key.setProperty("value", value)
        key.clicked.connect(self._on_choice)
        return key

    def _on_choice(self) -> None:
        key = self.sender()
        what, value = str(key.property("what")), key.property("value")
        match what:
            case "language":
                language = str(value)
                self.work.do(lambda till: till.set_language(language))
                return
            case "lines":
                together = bool(value)
                self.work.do(lambda till: till.set_merging(together))
                return
            case "scale":
                self._preferences.scale = int(value)
            case _:
                setattr(self._preferences, what, str(value))
        self.look_changed.emit()
