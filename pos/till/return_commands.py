"""The commands of the till that take goods back, give money back, and void receipts."""

from __future__ import annotations

from collections.abc import Mapping

from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.till import blind_returns, receipt_codes, reselling, returning, tendering, voiding
from pos.till.approving import Approval
from pos.till.commands import command, query
from pos.till.facade import Facade
from pos.till.return_views import ReturnableView, returnable_view
from pos.till.views import TillView
from pos.till.wish import Wish


class ReturnCommands(Facade):
    """Returns with and without receipt, refunds, voids, and selling a receipt again."""

    @command
    def start_return(
        self,
        receipt: int,
        lines: Mapping[str, str] | None = None,
        reason: str = "",
        approver: str = "",
        pin: str = "",
    ) -> TillView:
        """Take goods of a receipt back: quantities by line, packagings where there are any.
        Without lines all that is left.
        """
        returning.start(self._desk, receipt, lines, Approval(reason, approver, pin))
        return self._changed()

    @command
    def return_product(
        self,
        product: str,
        reason: str,
        quantity: Quantity | None = None,
        options: Mapping[str, str] | None = None,
        variant: str = "",
        approver: str = "",
        pin: str = "",
    ) -> TillView:
        """Take goods back without a receipt, at the price of today."""
        wish = Wish(options or {}, variant=variant)
        approval = Approval(reason, approver, pin)
        blind_returns.take_back(self._desk, product, quantity, wish, approval)
        return self._changed()

    @command
    def set_return_amount(
        self, line: int, amount: Money, reason: str = "", approver: str = "", pin: str = ""
    ) -> TillView:
        """Give less back for a line of a receipt than was paid for it, never more."""
        returning.set_amount(self._desk, line, amount, Approval(reason, approver, pin))
        return self._changed()

    @command
    def refund(
        self, method: str = "", amount: Money | None = None, approver: str = "", pin: str = ""
    ) -> TillView:
        """Give back what the customer is owed: by one method, or each part as it was paid."""
        tendering.refund(self._desk, method, amount, Approval("", approver, pin))
        return self._changed()

    @command
    def void_receipt(
        self, receipt: int, reason: str, approver: str = "", pin: str = ""
    ) -> TillView:
        """Take a whole receipt of this session back, by a receipt of its own."""
        voiding.void(self._desk, receipt, Approval(reason, approver, pin))
        return self._changed()

    @command
    def resell(self, receipt: int) -> TillView:
        """Load a receipt's goods into the cart again, at the prices of today."""
        reselling.resell(self._desk, receipt)
        return self._changed()

    @query
    def receipt_of(self, code: str) -> int:
        """The number of the receipt a scanned code stands for; 0 for other codes."""
        return receipt_codes.receipt_of(self._desk, code)

    @query
    def quote_return(self, receipt: int, lines: Mapping[str, str]) -> dict[int, Money]:
        """What so much of each line brings, by line, its deposit included."""
        return returning.quote(self._desk, receipt, lines)

    @query
    def returnable(self, receipt: int) -> ReturnableView:
        """What can come back of a receipt."""
        session = self._desk.open_session()
        return returnable_view(returning.sold_here(self._desk, receipt), session.number)
