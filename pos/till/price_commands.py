"""The commands of the till that are about customers, prices, discounts and tax freedom."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pos.domain.money import Money
from pos.till import buying, discounting, explaining, selling, visibility
from pos.till.approving import Approval
from pos.till.commands import command, query
from pos.till.facade import Facade
from pos.till.price_views import PriceChangeView, PriceExplanationView
from pos.till.price_words import WhyRow, why_rows
from pos.till.views import TillView


class PriceCommands(Facade):
    """Who buys, by which list, and what comes off."""

    @command
    def set_price(self, line: int, price: Money) -> TillView:
        """Change a line's unit price by hand."""
        selling.set_price(self._desk, line, price)
        return self._changed()

    @command
    def reset_price(self, line: int) -> TillView:
        """Take a manual price back."""
        selling.reset_price(self._desk, line)
        return self._changed()

    @command
    def choose_price_list(self, price_list: str) -> TillView:
        """Sell this sale by another list; empty is the till's own."""
        buying.choose_price_list(self._desk, price_list)
        return self._changed()

    @command
    def enter_price_code(self, code: str) -> TillView:
        """Switch this sale to the list behind a code."""
        buying.enter_code(self._desk, code)
        return self._changed()

    @command
    def preview_prices(
        self, customer: str | None = None, price_list: str | None = None, code: str = ""
    ) -> TillView:
        """Show what another customer ("" is nobody), list or code would change; changes nothing."""
        buying.preview(self._desk, customer, price_list, code)
        return self._changed()

    @command
    def apply_preview(self) -> TillView:
        """Make what was previewed real."""
        buying.apply_preview(self._desk)
        return self._changed()

    @command
    def drop_preview(self) -> TillView:
        """Leave the prices as they are."""
        buying.drop_preview(self._desk)
        return self._changed()

    @command
    def discount_line(
        self,
        line: int,
        percent: Decimal | None = None,
        amount: Money | None = None,
        instead: Money | None = None,
        reason: str = "",
        approver: str = "",
        pin: str = "",
    ) -> TillView:
        """Take a percentage or an amount off a line, or sell each unit at a price instead."""
        wanted = discounting.read_discount(percent, amount, instead)
        approval = Approval(reason, approver, pin)
        discounting.discount_line(self._desk, line, wanted, approval)
        return self._changed()

    @command
    def discount_sale(
        self,
        percent: Decimal | None = None,
        amount: Money | None = None,
        reason: str = "",
        approver: str = "",
        pin: str = "",
    ) -> TillView:
        """Take a percentage or an amount off the whole sale."""
        wanted = discounting.read_discount(percent, amount)
        discounting.discount_sale(self._desk, wanted, Approval(reason, approver, pin))
        return self._changed()

    @command
    def remove_discount(self, line: int | None = None) -> TillView:
        """Take a line's discount back; without a line the sale's."""
        discounting.remove_discount(self._desk, line)
        return self._changed()

    @command
    def set_tax_free(self, proof: str, approver: str = "", pin: str = "") -> TillView:
        """Charge no tax on goods that leave the country; `proof` is what was seen."""
        buying.set_tax_free(self._desk, Approval(proof, approver, pin))
        return self._changed()

    @query
    def tax_free_change(self) -> PriceChangeView:
        """What selling without tax would do to this sale."""
        return buying.tax_free_change(self._desk)

    @command
    def clear_tax_free(self) -> TillView:
        """Charge tax again."""
        buying.clear_tax_free(self._desk)
        return self._changed()

    @command
    def show_net(self, on: bool) -> TillView:
        """Show amounts without tax, where the customer may see them so."""
        visibility.show_net(self._desk, on)
        return self._changed()

    @query
    def explain(self, line: int) -> PriceExplanationView:
        """Why a line costs what it costs, step by step."""
        return explaining.explain(self._desk, line)

    @query
    def explain_in_words(self, line: int) -> Sequence[WhyRow]:
        """The same in words, row by row."""
        return why_rows(self.explain(line), self._desk.texts)
