"""The commands of the till that are about what is shown beside the sale, and never sold by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pos.domain.display_prices import Surface
from pos.domain.errors import Refusal
from pos.till import code_table, partners, price_notes, printing, surfaces
from pos.till.commands import command, query
from pos.till.facade import Facade
from pos.till.surface_views import ShownPriceView, SuggestionView
from pos.till.views import TillView


class SurfaceCommands(Facade):
    """Shown prices, goods that go with others, and what codes mean."""

    @query
    def shown_price(
        self, product: str, surface: str = "cashier", language: str = ""
    ) -> ShownPriceView:
        """The price a surface shows of an article: "cashier", "display" or "print"."""
        if surface not in list(Surface):
            raise Refusal("no_such_surface", surface=surface)
        return surfaces.shown(self._desk, product, Surface(surface), language)

    @query
    def suggestions(self, product: str) -> tuple[SuggestionView, ...]:
        """What goes with a product and isn't in the sale yet."""
        return surfaces.suggestions(self._desk, product)

    @command
    def print_price_note(self, product: str, variant: str = "") -> TillView:
        """Print what an article costs today: for the shelf, or to take along."""
        printing.print_out(self._desk, price_notes.price_note(self._desk, product, variant))
        return self._changed()

    @query
    def code_table(self) -> code_table.CodeTableView:
        """The rules for the shop's own codes, in the order they are tried."""
        return code_table.table(self._desk)

    @command
    def use_code_set(self, name: str) -> TillView:
        """Let a set of rules count here: "shop", "austria", "germany" or "gs1"."""
        code_table.use_set(self._desk, name)
        return self._changed()

    @command
    def set_code_rules(self, rules: Sequence[Mapping[str, Any]]) -> TillView:
        """Let a table of this till's own count: name, pattern, meaning, decimals of each rule."""
        code_table.set_rules(self._desk, rules)
        return self._changed()

    @query
    def partners(self) -> partners.PartnersView:
        """What makers and this shop agreed to show, and what the surfaces are set to."""
        return partners.view(self._desk)

    @command
    def receive_prices(self, supplier: str, type: str, on: bool) -> TillView:
        """Take a kind of shown prices of a maker, or take it no longer."""
        partners.receive(self._desk, supplier, type, on)
        return self._changed()

    @command
    def export_partners(self, file: str) -> TillView:
        """Write the table of partnerships to a CSV or XLSX file."""
        partners.export(self._desk, file)
        return self._changed()

    @command
    def import_partners(self, file: str) -> TillView:
        """Take over from a file which prices of makers this shop receives."""
        partners.take(self._desk, file)
        return self._changed()
