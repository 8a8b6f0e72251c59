"""Takes pictures of the window while a story plays, and of every paper that comes out."""

from __future__ import annotations

from pathlib import Path

from pos.app.build import OpenTill
from pos.app.printing import DirectPrinting
from pos.documents.picture import document_png
from pos.till.views import TillView
from pos.ui.stage import Stage
from pos.ui.window import WindowParts


class Camera:
    """A window off screen that follows a story, step by step."""

    def __init__(self, opened: OpenTill, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._opened, self._folder = opened, folder
        self._papers = 0
        shelves = opened.open_shelves()
        self._close_shelves = shelves.close
        self._stage = Stage(
            lambda lane, bus: WindowParts(
                till=opened.till,
                till_lane=lane,
                search_lane=lane,
                side_lane=lane,
                open_shelves=lambda: shelves,
                bus=bus,
                texts=opened.desk.texts,
                folder=opened.path,
                pictures=opened.path / "pictures",
            )
        )

    def take(self, name: str, view: TillView) -> None:
        """A picture of the window as of this snapshot, and of papers that are new."""
        self._stage.picture(view).save(str(self._folder / f"{name}.png"))
        printing = self._opened.printing
        assert isinstance(printing, DirectPrinting)
        for job in printing.papers[self._papers :]:
            self._papers += 1
            png = document_png(job.document, pictures=self._opened.path / "pictures")
            (self._folder / f"{name}-paper-{self._papers:02}.png").write_bytes(png)

    def close(self) -> None:
        """Take the window down."""
        self._stage.close()
        self._close_shelves()
