"""The parts of the product information page, each a card; a part with nothing to tell is none.

A new part is a function here and a place in `PARTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from pos.domain.facts import FactKind
from pos.domain.quantity import Quantity
from pos.till.info_views import FactView, PaperView, ProductInfo, StockView
from pos.ui.face import Face
from pos.ui.models.line_text import unit_price
from pos.ui.widgets.basics import column, frame, label, row
from pos.ui.widgets.button import Key
from pos.ui.widgets.picture import QrCode

QR_SIDE = 148
HOURS_A_DAY = 24
TARGET = "target"
"""Property of a key that opens something: a path, an address, or "product:41001"."""

MAILED = "mail:"
"""Before the file of a document that is to be mailed."""

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class Showing(Struct, frozen=True):
    """What a part is made of: the face, the goods, and who opens what is touched."""

    face: Face
    info: ProductInfo
    opened: Callable[[], None]
    linked: Callable[[str], None]

    def text(self, key: str, **values: object) -> str:
        """A text of the page."""
        return self.face.text(f"info.{key}", **values)


Row = tuple[str, QWidget]
Part = Callable[[Showing], QWidget | None]


def card(title: str, *content: QWidget) -> QWidget:
    """A titled card."""
    made = frame("card")
    made.setLayout(column(label(title, "lead"), *content, gap=8, margin=16))
    return made


def table(rows: Iterable[Row]) -> QWidget:
    """What it is at the left, what is told of it at the right."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3)
    for line, (name, told) in enumerate(rows):
        words = label(name, "soft", wrap=True)
        words.setAlignment(MIDDLE if isinstance(told, Key) else TOP)
        grid.addWidget(words, line, 0)
        grid.addWidget(told, line, 1)
    return made


def figure(text: str, role: str = "body", tone: str = "") -> QLabel:
    """A figure at the right edge."""
    made = label(text, role, tone=tone)
    made.setAlignment(RIGHT)
    return made


def words(text: str) -> QLabel:
    """A text that wraps, at the right edge."""
    made = label(text, wrap=True)
    made.setAlignment(RIGHT)
    return made


def tiers(showing: Showing) -> QWidget | None:
    """From how many on one unit costs how much (SRT-22)."""
    info = showing.info
    if not info.tiers:
        return None
    rows = [
        (
            showing.text("tier", quantity=tier.quantity, unit=info.unit),
            figure(unit_price(showing.face, tier.unit_price), "strong"),
        )
        for tier in info.tiers
    ]
    return card(showing.text("tiers"), table(rows))


def stock(showing: Showing) -> QWidget | None:
    """How much is where, and how old that knowledge is."""
    info = showing.info
    if not info.stock:
        return None
    rows: list[Row] = [(_place(showing, each), _level(showing, each)) for each in info.stock]
    if len(info.stock) > 1 and info.total is not None:
        total = _amount(showing, info.total)
        rows.append((showing.text("total"), figure(total, "strong")))
    return card(showing.text("stock"), table(rows))


def description(showing: Showing) -> QWidget | None:
    """What the shop writes about it; HTML, cleaned before it came here."""
    if not showing.info.long_text:
        return None
    return card(showing.text("description"), markup(showing, showing.info.long_text))


def facts(showing: Showing) -> QWidget | None:
    """Facts of all ten kinds, each in its own way (ETRON-13)."""
    told = showing.info.facts
    if not told:
        return None
    return card(showing.text("facts"), table((each.name, _fact(showing, each)) for each in told))


def parts(showing: Showing) -> QWidget | None:
    """What a kit is made of (SRT-2)."""
    info, texts = showing.info, showing.face.texts
    if not info.parts:
        return None
    keys = [
        opener(
            showing,
            each.name,
            f"product:{each.product}",
            detail=f"{texts.quantity(each.quantity)} {each.unit}",
        )
        for each in info.parts
    ]
    return card(showing.text("parts"), *keys)


def documents(showing: Showing) -> QWidget | None:
    """Papers to open from this machine's copies (SRT-6)."""
    if not showing.info.documents:
        return None
    keys: list[QWidget] = []
    for each in showing.info.documents:
        caption = each.file if each.path else showing.text("away")
        key = opener(showing, each.name, each.path, icon="file-text", caption=caption)
        key.setEnabled(bool(each.path))
        both = QWidget()
        content = row(key, _mail_key(showing, each), gap=8)
        content.setStretch(0, 1)
        both.setLayout(content)
        keys.append(both)
    return card(showing.text("documents"), *keys)


def suppliers(showing: Showing) -> QWidget | None:
    """Who delivers it, and what they call it (ETRON-27)."""
    told = showing.info.suppliers
    if not told:
        return None
    return card(showing.text("suppliers"), table((each.name, figure(each.code)) for each in told))


def article(showing: Showing) -> QWidget | None:
    """What the back office keeps of every article (SRT-20)."""
    info, face = showing.info, showing.face
    weight = face.texts.quantity(info.weight) if info.weight else ""
    told = {
        "kind": face.texts.get(f"info.kind.{info.kind}"),
        "category": info.category_number,
        "codes": ", ".join(info.codes),
        "maker": info.maker,
        "weight": showing.text("kilograms", weight=weight) if weight else "",
        "keywords": info.keywords,
        "web": ", ".join(info.web_categories),
        "put_away": info.put_away,
    }
    rows = [(showing.text(key), words(text)) for key, text in told.items() if text]
    return card(showing.text("article"), table(rows))


def cost(showing: Showing) -> QWidget | None:
    """What it costs the shop; the till answers only those who may know (ETRON-6)."""
    info, face = showing.info, showing.face
    told = info.cost
    if told is None:
        return None
    kind = "cost_group" if told.group else "cost_unit"
    method = face.texts.get(f"info.method.{told.method}")
    rows: list[Row] = [
        (
            f"{showing.text(kind, unit=info.unit)} ({method})",
            figure(unit_price(face, told.cost), "strong"),
        ),
        (showing.text("margin"), figure(unit_price(face, told.margin), "strong")),
        (showing.text("share"), figure(face.texts.percent(told.share))),
    ]
    return card(showing.text("cost"), table(rows))


def page(showing: Showing) -> QWidget | None:
    """Its page on the web, for the customer's own telephone (ETRON-12)."""
    url = showing.info.url
    if not url:
        return None
    hint = label(showing.text("page_hint", url=url), "soft", wrap=True)
    both = QWidget()
    content = row(QrCode(showing.face, url, QR_SIDE), hint, gap=16)
    content.setStretch(1, 1)
    both.setLayout(content)
    return card(showing.text("page"), both)


def opener(
    showing: Showing, text: str, target: str, *, icon: str = "", detail: str = "", caption: str = ""
) -> Key:
    """A key that opens what it names."""
    key = Key(
        showing.face.look,
        text,
        icon=icon or "chevron-right",
        detail=detail,
        caption=caption,
        height=56,
    )
    key.setProperty(TARGET, target)
    key.clicked.connect(showing.opened)
    return key


def markup(showing: Showing, html: str) -> QLabel:
    """Cleaned HTML as text; a link is handed on, nothing else in it can act."""
    made = label(wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setText(html)
    made.setOpenExternalLinks(False)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
    made.linkActivated.connect(showing.linked)
    return made


def age_words(showing: Showing, hours: int) -> str:
    """ "Stand vor 5 Stunden"; from two days on in days."""
    if hours >= 2 * HOURS_A_DAY:
        return showing.text("days", count=hours // HOURS_A_DAY)
    return showing.text("age", count=hours)


def _mail_key(showing: Showing, paper: PaperView) -> Key:
    """A document goes to the customer by mail."""
    face = showing.face
    name = face.text("document.mail", name=paper.name)
    key = Key(face.look, icon="mail", height=56, name=name)
    key.setProperty(TARGET, f"{MAILED}{paper.file}")
    key.setEnabled(bool(paper.path))
    key.clicked.connect(showing.opened)
    return key


def _place(showing: Showing, each: StockView) -> str:
    return showing.text("here", place=each.name) if each.here else each.name


def _level(showing: Showing, each: StockView) -> QWidget:
    made = QWidget()
    amount = figure(_amount(showing, each.quantity), "strong")
    told = age_words(showing, each.hours)
    words = showing.text("stale", age=told) if each.stale else told
    age = figure(words, "caption", "warn" if each.stale else "")
    made.setLayout(column(amount, age, gap=0))
    return made


def _amount(showing: Showing, quantity: Quantity) -> str:
    return f"{showing.face.texts.quantity(quantity)} {showing.info.unit}"


def _fact(showing: Showing, each: FactView) -> QWidget:
    if each.kind == FactKind.HTML.value:
        return markup(showing, each.html)
    if each.target:
        icon = "file-text" if each.kind == FactKind.FILE.value else ""
        return opener(showing, each.text, each.target, icon=icon)
    return words(each.text)


def shown_price(showing: Showing) -> QWidget | None:
    """A price to look at, never charged; who may set it is told why there is none (OXOMI-11)."""
    shown, face = showing.info.shown, showing.face
    if shown is None or (shown.price is None and not shown.failed):
        return None
    if shown.price is None:
        reasons = [face.texts.get(f"display_price.failed.{each}") for each in shown.failed]
        lines = [label(each, "soft", wrap=True) for each in reasons]
        return card(showing.text("no_shown_price"), *lines)
    price = table([(shown.title, figure(unit_price(face, shown.price), "strong"))])
    if shown.live_at is None:
        return card(showing.text("shown_price"), price)
    live = showing.text("live", at=face.texts.moment(shown.live_at))
    return card(showing.text("shown_price"), price, label(live, "strong", tone="good", wrap=True))


def related(showing: Showing) -> QWidget | None:
    """Goods that go with it; a touch shows them (SRT-8, SRT-15, SRT-23)."""
    face, keys = showing.face, []
    for each in showing.info.suggestions:
        kind = face.texts.get(f"related.{each.kind}")
        price = unit_price(face, each.price)
        amount = showing.text("least", price=price) if each.is_from else price
        told = f"{kind} · {amount}"
        keys.append(opener(showing, each.name, f"product:{each.product}", caption=told))
    return card(showing.text("related"), *keys) if keys else None


PARTS: tuple[Part, ...] = (
    tiers,
    shown_price,
    stock,
    description,
    facts,
    parts,
    related,
    documents,
    article,
    suppliers,
    cost,
    page,
)
"""In the order they stand on the page."""
