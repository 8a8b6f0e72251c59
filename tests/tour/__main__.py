"""`python -m tests.tour`: a folder of pictures for each look, and one of the papers."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from pos.documents.picture import document_png
from pos.ports.document import Document
from tests.tour.looks import LOOKS
from tests.tour.till import TourTill

OUT = Path("build/tour")


def main(names: list[str]) -> int:
    """Make the pictures of all looks, or of those whose names hold one of `names`."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.tour.walk import walk

    shutil.rmtree(OUT, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        shop = TourTill.make_shop(Path(folder) / "shop")
        for look in LOOKS:
            if names and not any(name in look.name for name in names):
                continue
            data = Path(shutil.copytree(shop, Path(folder) / look.name))
            pictures = OUT / look.name
            pictures.mkdir(parents=True)
            with TourTill(data, look.language) as till:
                count = walk(till, look, pictures)
                _save_papers(till, OUT / f"papers-{look.language}")
            print(f"{pictures}: {count} pictures", flush=True)
    return 0


def _save_papers(till: TourTill, folder: Path) -> None:
    """Every paper of the day on both widths, once a language."""
    if folder.exists():
        return
    folder.mkdir(parents=True)
    for number, paper in enumerate(till.papers, 1):
        for millimetres, columns in ((80, 48), (57, 32)):
            _save(paper, folder / f"{number:02}-{paper.kind}-{millimetres}mm.png", columns, till)


def _save(paper: Document, path: Path, columns: int, till: TourTill) -> None:
    path.write_bytes(document_png(paper, columns, till.pictures, scale=2))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
