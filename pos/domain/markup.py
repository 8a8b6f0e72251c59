"""HTML of descriptions, cleaned: what writing needs stays, whatever could act goes (ETRON-13).

An allow-list over the standard library's parser: tags that aren't named here are dropped with
their attributes, their text stays; scripts and styles go with their content. Only a link keeps an
attribute, and only an address on the web or of mail.
"""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

_WRITING = "p br b strong i em u s sub sup ul ol li h1 h2 h3 h4 blockquote table tr td th a"
KEPT = frozenset(_WRITING.split())
VOID = frozenset({"br"})
SILENT = frozenset({"script", "style", "iframe", "object", "embed", "template", "svg", "math"})
BREAKS = frozenset({"p", "br", "li", "h1", "h2", "h3", "h4", "blockquote", "tr", "ul", "ol"})
SAFE_ADDRESSES = ("https://", "http://", "mailto:")


def clean_html(text: str) -> str:
    """The text with nothing but harmless tags, each closed."""
    parser = _Cleaner()
    parser.feed(text)
    parser.close()
    return parser.result()


def plain_text(text: str) -> str:
    """The words alone, a blank where a block ends: for search, screen readers and receipts."""
    parser = _Words()
    parser.feed(text)
    parser.close()
    return " ".join("".join(parser.parts).split())


class _Words(HTMLParser):
    """Collects text outside of silent elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in SILENT:
            self._silent += 1
        elif tag in BREAKS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in BREAKS:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


class _Cleaner(_Words):
    """Writes what is allowed anew, so that nothing of the source's own form gets through."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent += 1
        elif tag in KEPT and not self._silent:
            self.parts.append(f"<{tag}{_link(attrs) if tag == 'a' else ''}>")
            if tag not in VOID:
                self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in self._open and not self._silent:
            while self._open:
                last = self._open.pop()
                self.parts.append(f"</{last}>")
                if last == tag:
                    break

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(escape(data, quote=False))

    def result(self) -> str:
        """All that was written, with what is still open closed."""
        ends = (f"</{tag}>" for tag in reversed(self._open))
        return "".join((*self.parts, *ends)).strip()


def _link(attrs: list[tuple[str, str | None]]) -> str:
    address = next((value for name, value in attrs if name == "href" and value), "")
    plain = "".join(address.split())
    if not plain.lower().startswith(SAFE_ADDRESSES):
        return ""
    return f' href="{escape(plain)}"'
