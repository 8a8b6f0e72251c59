"""Write the golden files anew."""

from __future__ import annotations

from tests.golden.papers import FOLDER, golden_files

FOLDER.mkdir(exist_ok=True)
for name, content in golden_files():
    (FOLDER / name).write_bytes(content)
