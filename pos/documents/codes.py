"""Bar codes and QR codes as modules: what a picture or a page draws."""

from __future__ import annotations

from functools import lru_cache

from pos.ports.document import Barcode

QR_DOTS = 264
"""How large a QR code may get, in printer dots (33 mm); its modules take whole dots."""
QR_LEVEL = "M"
"""Error correction: 15 %, as the annex of the RKSV advises for receipts."""


@lru_cache(maxsize=16)
def qr_modules(data: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of a QR code, dark modules True, without its quiet zone."""
    import segno

    code = segno.make(data, error=QR_LEVEL, micro=False, boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def qr_module_size(modules: int) -> int:
    """Dots a module is wide, from 3 to 8: small codes stay readable, large ones fit."""
    return max(3, min(8, QR_DOTS // modules))


def bar_modules(block: Barcode) -> tuple[bool, ...]:
    """The modules of a linear code, dark ones True, without its quiet zone.

    Raises ValueError where the data can't be coded (letters in an EAN, a wrong check digit).
    """
    import barcode
    from barcode.errors import BarcodeError

    try:
        code = barcode.get(block.kind, block.data)
    except BarcodeError as error:
        raise ValueError(f"{block.kind} can't hold {block.data!r}") from error
    if block.kind != "code128" and code.get_fullcode() != block.data:
        raise ValueError(f"{block.data!r} has a wrong check digit")
    return tuple(module == "1" for module in code.build()[0])
