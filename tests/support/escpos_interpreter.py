"""Our own reader of ESC/POS: what a printer would make of the bytes.

Written from Epson's command reference, not from the renderer: text grid with styles, code page,
codes, pictures, cuts, drawer pulses. A command it doesn't know raises, so that nothing goes to a
printer that no test has looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import segno
from barcode import get as bars_of
from PIL import Image, ImageDraw, ImageFont

from pos.runtime.resources import resource

CODE_PAGES = {0: "cp437", 2: "cp850", 16: "cp1252", 19: "cp858"}
CELL, LINE = 12, 30


class UnknownCommand(Exception):
    """Bytes that are no command this printer knows."""


@dataclass(frozen=True)
class Style:
    """How characters are set."""

    bold: bool = False
    width: int = 1
    height: int = 1
    align: int = 0


@dataclass(frozen=True)
class Line:
    """A printed line of text."""

    text: str
    style: Style


@dataclass(frozen=True)
class Code:
    """A QR or bar code: its data, and how wide a module is in dots."""

    kind: str
    data: bytes
    module: int
    align: int


@dataclass(frozen=True)
class Raster:
    """A picture: dark dots are 1."""

    width: int
    height: int
    bits: bytes
    align: int


@dataclass(frozen=True)
class Feed:
    """Paper moved without text, in dots."""

    dots: int


Item = Line | Code | Raster | Feed


@dataclass
class Paper:
    """All that came out, in order."""

    items: list[Item] = field(default_factory=list)
    cuts: int = 0
    pulses: list[tuple[int, int, int]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    overflows: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        """The lines of text."""
        return [item for item in self.items if isinstance(item, Line)]

    @property
    def codes(self) -> list[Code]:
        """The codes."""
        return [item for item in self.items if isinstance(item, Code)]

    @property
    def rasters(self) -> list[Raster]:
        """The pictures."""
        return [item for item in self.items if isinstance(item, Raster)]

    @property
    def text(self) -> str:
        """The text without its styles."""
        return "\n".join(line.text for line in self.lines)


class Interpreter:
    """A printer of so many columns. It keeps its state between jobs, as a real one does."""

    def __init__(self, columns: int = 48) -> None:
        self.columns = columns
        self.paper = Paper()
        self._reset()

    def run(self, data: bytes) -> Paper:
        """Carry out the bytes; what is on paper after them."""
        self._data, self._at = data, 0
        while self._at < len(data):
            self._step()
        if self._text:
            raise UnknownCommand(f"text left in the buffer: {self._text!r}")
        return self.paper

    def _reset(self) -> None:
        self._style = Style()
        self._page = 0
        self._text = ""
        self._module = 3
        self._qr_module, self._qr_data = 3, b""

    def _step(self) -> None:
        byte = self._take()
        if byte in _PREFIXES:
            name = bytes([byte, self._take()])
            command = _COMMANDS.get(name)
            if command is None:
                raise UnknownCommand(f"{name.hex(' ')} at {self._at - 2}")
            command(self)
        elif byte == 0x0A:
            self._end_line()
        elif byte < 0x20:
            raise UnknownCommand(f"{byte:02x} at {self._at - 1}")
        else:
            self._text += bytes([byte]).decode(CODE_PAGES[self._page])

    def _take(self) -> int:
        if self._at >= len(self._data):
            raise UnknownCommand("the bytes end in the middle of a command")
        self._at += 1
        return self._data[self._at - 1]

    def _take_many(self, count: int) -> bytes:
        return bytes(self._take() for _ in range(count))

    def _end_line(self) -> None:
        if len(self._text) * self._style.width > self.columns:
            self.paper.overflows.append(self._text)
        self.paper.items.append(Line(self._text, self._style))
        self._text = ""

    def _set(self, **changes: object) -> None:
        values = {name: getattr(self._style, name) for name in Style.__dataclass_fields__}
        self._style = Style(**{**values, **changes})

    def _code_page(self) -> None:
        self._page = self._take()
        if self._page not in CODE_PAGES:
            raise UnknownCommand(f"code page {self._page}")

    def _size(self) -> None:
        size = self._take()
        self._set(width=(size >> 4) + 1, height=(size & 0x0F) + 1)

    def _bold(self) -> None:
        self._set(bold=bool(self._take() & 1))

    def _align(self) -> None:
        self._set(align=self._take())

    def _feed_lines(self) -> None:
        self.paper.items.append(Feed(self._take() * LINE))

    def _feed_dots(self) -> None:
        self.paper.items.append(Feed(self._take()))

    def _cut(self) -> None:
        if self._take() >= 65:
            self._take()
        self.paper.cuts += 1

    def _pulse(self) -> None:
        pin, on, off = self._take_many(3)
        self.paper.pulses.append(({0: 2, 1: 5}[pin], on * 2, off * 2))

    def _bar_height(self) -> None:
        self._take()

    def _bar_module(self) -> None:
        self._module = self._take()

    def _bar_text(self) -> None:
        if self._take() != 0:
            raise UnknownCommand("the text under a bar code is ours to set")

    def _bars(self) -> None:
        kind, length = self._take_many(2)
        data = self._take_many(length)
        names = {67: "ean13", 68: "ean8", 73: "code128"}
        self._add_code(names[kind], data, self._module)

    def _two_dimensional(self) -> None:
        low, high = self._take_many(2)
        kind, function, *rest = self._take_many(low + 256 * high)
        if kind != 49:
            raise UnknownCommand(f"two-dimensional code {kind}")
        match function:
            case 67:
                self._qr_module = rest[0]
            case 80:
                self._qr_data = bytes(rest[1:])
            case 81:
                self._add_code("qr", self._qr_data, self._qr_module)
            case 65 | 69:
                pass
            case _:
                raise UnknownCommand(f"QR function {function}")

    def _add_code(self, kind: str, data: bytes, module: int) -> None:
        self.paper.items.append(Code(kind, data, module, self._style.align))

    def _raster(self) -> None:
        if self._take_many(2) != b"0\x00":
            raise UnknownCommand("raster mode")
        across, across_high, down, down_high = self._take_many(4)
        width, height = across + 256 * across_high, down + 256 * down_high
        bits = self._take_many(width * height)
        self.paper.items.append(Raster(width * 8, height, bits, self._style.align))

    def _ask_paper(self) -> None:
        self.paper.asked.append(f"GS r {self._take()}")

    def _ask_status(self) -> None:
        if self._take() != 4:
            raise UnknownCommand("real-time command")
        self.paper.asked.append(f"DLE EOT {self._take()}")


_PREFIXES = {0x1B, 0x1D}
_COMMANDS: dict[bytes, Callable[[Interpreter], None]] = {
    b"\x1b@": Interpreter._reset,
    b"\x1bt": Interpreter._code_page,
    b"\x1bE": Interpreter._bold,
    b"\x1ba": Interpreter._align,
    b"\x1bd": Interpreter._feed_lines,
    b"\x1bJ": Interpreter._feed_dots,
    b"\x1bp": Interpreter._pulse,
    b"\x1d!": Interpreter._size,
    b"\x1dV": Interpreter._cut,
    b"\x1dh": Interpreter._bar_height,
    b"\x1dw": Interpreter._bar_module,
    b"\x1dH": Interpreter._bar_text,
    b"\x1dk": Interpreter._bars,
    b"\x1d(": lambda self: _after_bracket(self),
    b"\x1dv": Interpreter._raster,
    b"\x1dr": Interpreter._ask_paper,
}


def _after_bracket(interpreter: Interpreter) -> None:
    if interpreter._take() != ord("k"):
        raise UnknownCommand("GS ( …")
    interpreter._two_dimensional()


def picture(paper: Paper, columns: int = 48) -> Image.Image:
    """The paper as a printer's dots: to look at, and for a code reader to read."""
    image = Image.new("L", (columns * CELL, sum(_height(item) for item in paper.items) + LINE), 255)
    y = 0
    for item in paper.items:
        _draw(image, item, y)
        y += _height(item)
    return image


def _height(item: Item) -> int:
    match item:
        case Line(style=style):
            return LINE * style.height
        case Feed(dots=dots):
            return dots
        case Raster(height=height):
            return height
        case Code(kind="qr"):
            return _qr(item).height
        case Code():
            return 72


def _draw(image: Image.Image, item: Item, y: int) -> None:
    match item:
        case Line(text=text, style=style):
            font = ImageFont.truetype(
                resource("fonts", "JetBrainsMono-Regular.ttf"), 20 * style.height
            )
            pen = ImageDraw.Draw(image)
            for index, char in enumerate(text):
                pen.text((index * CELL * style.width, y), char, 0, font)
        case Raster():
            bits = Image.frombytes("1", (item.width, item.height), item.bits)
            image.paste(
                bits.point(lambda dot: 0 if dot else 255).convert("L"), _place(image, bits, y)
            )
        case Code(kind="qr"):
            code = _qr(item)
            image.paste(code, _place(image, code, y))
        case Code():
            code = _bar_picture(item)
            image.paste(code, _place(image, code, y))
        case Feed():
            pass


def _place(image: Image.Image, part: Image.Image, y: int) -> tuple[int, int]:
    return ((image.width - part.width) // 2, y)


def _qr(code: Code) -> Image.Image:
    """A printer draws a native code without a quiet zone: the layout has to leave one."""
    matrix = segno.make(code.data.decode(), error="M", micro=False, boost_error=False).matrix
    small = Image.new("L", (len(matrix), len(matrix)), 255)
    small.putdata([0 if dark else 255 for row in matrix for dark in row])
    size = len(matrix) * code.module
    return small.resize((size, size), Image.Resampling.NEAREST)


def _bar_picture(code: Code) -> Image.Image:
    data = code.data.decode()
    if code.kind == "code128":
        if not data.startswith("{B"):
            raise UnknownCommand("Code 128 wants its code set first")
        data = data[2:].replace("{{", "{")
    modules = bars_of(code.kind, data).build()[0]
    small = Image.new("L", (len(modules), 1))
    small.putdata([0 if module == "1" else 255 for module in modules])
    return small.resize((len(modules) * code.module, 72), Image.Resampling.NEAREST)
