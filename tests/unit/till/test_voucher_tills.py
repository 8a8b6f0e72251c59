"""Cards at two tills that share an office: owners and take-backs are the same at both."""

from __future__ import annotations

import pytest

from pos.domain.errors import Refusal
from pos.domain.money import Money
from tests.support.catalogue import COFFEE
from tests.unit.till.test_voucher_offline import CODE, TwoTills
from tests.unit.till.test_voucher_offline import tills as tills

WALLET = "WALLET-0001"


def wallet_known_at_both(tills: TwoTills) -> str:
    """A wallet of 101 with 20.00, sold at till 1 and seen at till 2; its id."""
    tills.one.till.issue_voucher("wallet", amount=Money(2000), customer="101", code=WALLET)
    tills.one.till.tender("cash")
    view = tills.two.till.check_voucher(WALLET)
    tills.two.till.hide_voucher()
    assert view.voucher is not None and view.voucher.customer == "101"
    return view.voucher.card


def test_a_wallet_made_at_one_till_is_filled_at_the_other(tills: TwoTills) -> None:
    """No second one comes about while the office answers (ETRON-42)."""
    tills.one.till.issue_voucher("wallet", amount=Money(2000), customer="101")
    tills.one.till.tender("cash")
    two = tills.two.till
    with pytest.raises(Refusal, match="wallet_exists"):
        two.issue_voucher("wallet", amount=Money(1000), customer="101")
    two.scan(COFFEE)
    two.set_customer("101")
    two.sell_voucher("wallet", Money(1000))
    two.tender("cash")
    assert [account.balance for account in tills.office.accounts.values()] == [Money(3000)]


def test_two_wallets_made_without_a_line_are_a_manager_s_task(tills: TwoTills) -> None:
    """The money of the second is on no card until somebody puts it on the first."""
    for desk, line in zip((tills.one, tills.two), tills.lines, strict=True):
        line.cut = True
        desk.till.issue_voucher("wallet", amount=Money(2000), customer="101")
        desk.till.tender("cash")
        line.cut = False
        desk.till.settle_cards()
    (card,) = tills.office.accounts
    assert tills.one.till.view().tasks == ()
    assert [task.kind for task in tills.two.till.view().tasks] == ["wallet_twice"]
    assert tills.two.desk.balances.wallet_of("101", "wallet") == tills.office.card(card)
    tills.two.till.correct_voucher(card, Money(2000), "Beleg 1 von Kassa 2")
    assert tills.balance(card) == Money(4000)


def test_who_owned_a_wallet_before_pays_with_it_nowhere(tills: TwoTills) -> None:
    """Another till learns of the new owner before it takes money."""
    card = wallet_known_at_both(tills)
    tills.one.till.give_voucher(card, "102")
    two = tills.two.till
    two.scan(COFFEE)
    two.set_customer("101")
    with pytest.raises(Refusal, match="voucher_code_needed"):
        two.redeem(card=card)
    assert tills.two.store.cards.card(card).customer == "102"
    with pytest.raises(Refusal, match="wallet_of_other"):
        two.redeem(WALLET)
    assert tills.balance(card) == Money(2000)


def test_an_owner_is_changed_only_where_everybody_learns_of_it(tills: TwoTills) -> None:
    card = wallet_known_at_both(tills)
    tills.lines[0].cut = True
    with pytest.raises(Refusal, match="voucher_offline"):
        tills.one.till.give_voucher(card, "102")
    assert tills.one.store.cards.card(card).customer == "101"


def test_a_card_of_another_till_is_paid_out_by_right_and_with_a_reason(tills: TwoTills) -> None:
    """Its receipt isn't here, so nothing says how it was paid."""
    card = tills.sell()
    two = tills.two.till
    two.sign_in("anna", "1111")
    with pytest.raises(Refusal, match="right_missing"):
        two.take_back_voucher(CODE, reason="doppelt")
    with pytest.raises(Refusal, match="return_reason"):
        two.take_back_voucher(CODE, approver="maria", pin="9999")
    view = two.take_back_voucher(CODE, reason="doppelt", approver="maria", pin="9999")
    assert view.sale is not None and view.sale.total == Money(-5000)
    two.refund()
    assert tills.balance(card) == Money(0)
    assert two.expected_cash() == Money(5000)
