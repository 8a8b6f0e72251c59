"""The till: one method a command. Windows, stories and devices all come in here."""

from __future__ import annotations

from pos.domain.errors import Refusal
from pos.runtime.texts import LANGUAGES, Texts
from pos.till import keys, recovery
from pos.till.card_commands import CardCommands
from pos.till.commands import command
from pos.till.customer_commands import CustomerCommands
from pos.till.device_commands import DeviceCommands
from pos.till.info_commands import InfoCommands
from pos.till.order_commands import OrderCommands
from pos.till.paper_commands import PaperCommands
from pos.till.paying_commands import PayingCommands
from pos.till.points_commands import PointsCommands
from pos.till.price_commands import PriceCommands
from pos.till.return_commands import ReturnCommands
from pos.till.selling_commands import SellingCommands
from pos.till.session_commands import SessionCommands
from pos.till.surface_commands import SurfaceCommands
from pos.till.views import TillView
from pos.till.voucher_commands import VoucherCommands


class Till(
    SessionCommands,
    SellingCommands,
    OrderCommands,
    CustomerCommands,
    PriceCommands,
    PointsCommands,
    PayingCommands,
    ReturnCommands,
    PaperCommands,
    InfoCommands,
    DeviceCommands,
    VoucherCommands,
    CardCommands,
    SurfaceCommands,
):
    """Commands of one till. Each answers with the new snapshot, or raises Refusal and nothing
    has changed. What a command did is durable when it answers.

    A subject's commands stand in a module of their own; this class puts them together.
    """

    def recover(self) -> TillView:
        """Take the till up as it was left; the first thing after a start."""
        recovery.recover(self._desk)
        return self.view()

    def prices_made(self) -> TillView:
        """The price book of a new catalogue is ready."""
        return self._changed()

    def damage_found(self, database: str) -> TillView:
        """A check beside the sale found a database damaged: "till" or "catalogue"."""
        self._desk.damaged.add(database)
        return self._changed()

    @command
    def set_key(self, action: str, key: str) -> TillView:
        """Give something another key of the keyboard; `key` is such as "F8"."""
        keys.set_key(self._desk, action, key)
        return self._changed()

    @command
    def reset_keys(self) -> TillView:
        """Give everything its usual key again."""
        keys.reset(self._desk)
        return self._changed()

    @command
    def set_language(self, language: str) -> TillView:
        """Speak another language, on screen and paper."""
        if language not in LANGUAGES:
            raise Refusal("no_such_language", language=language)
        with self._desk.store.begin() as work:
            work.set_setting("language", language)
        self._desk.texts = Texts(language, self._desk.texts.zone.key)
        self._desk.paper_texts = self._desk.texts
        return self._changed()
