"""Documents as JSON: how a print job keeps its finished paper."""

from __future__ import annotations

import json
from typing import Any

from msgspec.structs import asdict

from pos.ports.document import (
    Align,
    Barcode,
    Block,
    Cell,
    Document,
    Picture,
    QrCode,
    Row,
    Rule,
    Size,
    Space,
    Text,
)

_KINDS: dict[str, type[Block]] = {
    "text": Text,
    "row": Row,
    "rule": Rule,
    "space": Space,
    "picture": Picture,
    "barcode": Barcode,
    "qr": QrCode,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def document_to_json(document: Document) -> str:
    """The document as compact JSON; equal documents give equal texts."""
    plain = asdict(document)
    plain["blocks"] = [{"block": _NAMES[type(block)], **asdict(block)} for block in document.blocks]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"), default=asdict)


def document_from_json(text: str) -> Document:
    """The document again. Raises ValueError on anything `document_to_json` did not write."""
    try:
        plain = json.loads(text)
        blocks = tuple(_block(block) for block in plain.pop("blocks"))
        return Document(blocks=blocks, **plain)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a stored document: {error}") from error


def _block(plain: dict[str, Any]) -> Block:
    kind = _KINDS[plain.pop("block")]
    if "cells" in plain:
        plain["cells"] = tuple(
            Cell(**{**cell, "align": Align(cell["align"])}) for cell in plain["cells"]
        )
    if "align" in plain:
        plain["align"] = Align(plain["align"])
    if "size" in plain and kind in (Text, Row):
        plain["size"] = Size(plain["size"])
    return kind(**plain)
