"""Where a recorded step is plainly at fault: rules, so that cases never seen are judged as well.

Each rule looks at a step, at our accounts before it, and at what was recorded. It says why the
record can't be right and what we do instead; or nothing, and then the difference is ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pos.domain.errors import Refusal
from pos.domain.money import Money
from tests.vectors.case import Case
from tests.vectors.loyalty.compare import differences
from tests.vectors.loyalty.shop import ShopOfCards
from tests.vectors.loyalty.words import HERE, TODAY, identity, order_day, wallet_of

Rule = Callable[[Case, ShopOfCards, ShopOfCards], str]

SETTLING = ("check_and_settle", "settle_without_check", "confirm_quotation")
TAKING = ("check", "order", "quotation")
A_UNIT = Money(100)


KEPT = "a reversed order that keeps the balance; here exactly its entries are taken back"


def judged(step: Case, before: ShopOfCards, after: ShopOfCards) -> tuple[str, ShopOfCards]:
    """The fault of a recorded step, and the shop to go on with; no fault: the difference is ours.

    An order may have gone back whose cards the record doesn't name. Only a later step shows then
    that they kept what they had.
    """
    told = fault_of(step, before, after)
    if told or not before.untold:
        return told, after
    before = before.copy()
    before.keep_untold()
    after = before.copy()
    if not list(differences(step, after.do(step))):
        return KEPT, after
    told = fault_of(step, before, after)
    return f"{KEPT}; and {told}" if told else "", after


def fault_of(step: Case, before: ShopOfCards, after: ShopOfCards) -> str:
    """Why the recorded step is at fault, and what we do instead; empty if it isn't."""
    return next((told for rule in RULES if (told := rule(step, before, after))), "")


def below_zero(step: Case, before: ShopOfCards, after: ShopOfCards) -> str:
    """Money that isn't there was given out: one card overspent, by one till or by two."""
    for name, text in recorded_balances(step):
        balance, owed = Money.parse(text), before.owed.get(name, Money(0))
        known = name in before.accounts and (owed or balance < Money(0))
        if known and balance in (_left(step, before, name), after.accounts[name].balance + owed):
            return "a balance below zero; here the settlement is refused and the balance stays"
    return ""


def settled_twice(step: Case, before: ShopOfCards, after: ShopOfCards) -> str:
    """The same settlement, told again, takes the money again."""
    if step["do"] != "settle_without_check":
        return ""
    hold = identity(step)
    account = before.accounts.get(step["card"])
    if account is None or all(entry.hold != hold for entry in account.entries):
        return ""
    if not _left_is_recorded(step, before):
        return ""
    return "a settlement taken twice; here the second changes nothing"


def stuck_rest(step: Case, before: ShopOfCards, after: ShopOfCards) -> str:
    """A card that holds less than 1.00 isn't taken. All else of the step must be as recorded."""
    if step["do"] not in TAKING:
        return ""
    names = [*step.get("cards", ()), *([step["card"]] if "card" in step else [])]
    if step.get("pay_with_wallet"):
        names.append(wallet_of(step))
    stuck = [name for name in names if _small(before, name)]
    if not stuck or not _recorded_refusal(step, stuck):
        return ""
    if step["do"] == "order":
        as_recorded = _as_recorded_without(step, before, stuck)
    else:
        as_recorded = _left_is_recorded(step, before)
    if not as_recorded:
        return ""
    return "a rest under 1.00 that is stuck; here it pays"


def promised_twice(step: Case, before: ShopOfCards, after: ShopOfCards) -> str:
    """A quotation promises money, and the same money is promised or taken again."""
    told = "one card promised twice; here the second gets what the first has left"
    if step["do"] == "confirm_quotation":
        card = step["card"]
        waiting, balance = before.waiting(card), before.accounts[card].balance
        left = [str(balance - each.promised) for each in waiting if len(waiting) > 1]
        return told if step["expect"].get("balance") in left else ""
    if not any(account.reserved for account in before.accounts.values()):
        return ""
    free = before.copy()
    free.release_all()
    if not list(differences(step, free.copy().do(step))):
        return told
    stuck = stuck_rest(step, free, after)
    return f"{told}; and {stuck}" if stuck else ""


def kept_balance(step: Case, before: ShopOfCards, after: ShopOfCards) -> str:
    """An order goes back, but not the money of its cards."""
    if step["do"] != "reverse_order":
        return ""
    recorded = dict(step["expect"].get("balances", {}))
    order = before.orders[int(step["order"])]
    touched = {name for name, _ in order.touched}
    if "wallet" in step["expect"]:
        recorded |= {
            name: step["expect"]["wallet"] for name in touched if name.startswith("wallet")
        }
    unchanged = all(
        Money.parse(text) == before.accounts[name].balance
        for name, text in recorded.items()
        if name in before.accounts
    )
    paid_back = Money.parse(step["expect"].get("reversal_total", str(-order.paid)))
    if not touched or not unchanged or paid_back != -order.paid:
        return ""
    return KEPT


def settled_out_of_place(step: Case, before: ShopOfCards, after: ShopOfCards) -> str:
    """A card pays though it has expired, or doesn't count at this till."""
    if step["do"] not in SETTLING or step["expect"].get("accepted") is False:
        return ""
    if "amount" in step and not _left_is_recorded(step, before):
        return ""
    try:
        before.check(step["card"], order_day(step))
    except Refusal as refusal:
        what = "an expired card" if refusal.code == "voucher_expired" else "a card of elsewhere"
        return f"{what} that settles; here it is refused ({refusal.code})"
    return ""


def money_from_nothing(step: Case, before: ShopOfCards, after: ShopOfCards) -> str:
    """A settlement, card or top-up of nothing or less was taken."""
    amounts = [step[name] for name in ("amount", "top_up") if name in step]
    amounts += step.get("sell_cards", ())
    if step["do"] == "generate":
        amounts.append(step["balance"])
    taken = step["expect"].get("accepted") is not False
    if not taken or all(Money.parse(text).minor > 0 for text in amounts):
        return ""
    return "an amount of nothing or less is taken; here it is refused"


def paid_for_nothing(step: Case, before: ShopOfCards, after: ShopOfCards) -> str:
    """A programme that isn't in force takes money and puts it on no card."""
    if not step.get("sell_cards") and "top_up" not in step:
        return ""
    expect, wallet = step["expect"], before.accounts.get(wallet_of(step))
    empty = expect.get("wallet") in (None, str(wallet.balance if wallet else Money(0)))
    made = bool(expect.get("new_cards")) or not empty
    if made or before.programme.counts_at(HERE, TODAY):
        return ""
    return "money taken for no card at all; here nothing is sold"


RULES: tuple[Rule, ...] = (
    below_zero,
    settled_twice,
    stuck_rest,
    promised_twice,
    kept_balance,
    settled_out_of_place,
    money_from_nothing,
    paid_for_nothing,
)


def recorded_balances(step: Case) -> Iterator[tuple[str, str]]:
    """Every balance that was recorded after a step, by card."""
    expect: dict[str, Any] = step["expect"]
    yield from expect.get("balances", {}).items()
    if "balance" in expect:
        yield step["card"], expect["balance"]
    if expect.get("wallet") is not None:
        yield wallet_of(step), expect["wallet"]


def _left(step: Case, before: ShopOfCards, name: str) -> Money:
    """What a card holds after a settlement that nobody checks; after any other step, the same."""
    taken = step.get("amount", "0") if step.get("card") == name else "0"
    owed = before.owed.get(name, Money(0))
    return before.accounts[name].balance + owed - Money.parse(taken)


def _left_is_recorded(step: Case, before: ShopOfCards) -> bool:
    told = step["expect"].get("balance")
    return told is None or Money.parse(told) == _left(step, before, step["card"])


def _small(shop: ShopOfCards, name: str) -> bool:
    return name in shop.accounts and Money(0) < shop.accounts[name].available < A_UNIT


def _recorded_refusal(step: Case, names: list[str]) -> bool:
    expect = step["expect"]
    if step["do"] == "order":
        redeemed = expect.get("redeemed", {})
        return any(
            ("wallet" if name.startswith("wallet") else name) not in redeemed for name in names
        )
    return expect.get("accepted") is False


def _as_recorded_without(step: Case, before: ShopOfCards, stuck: list[str]) -> bool:
    """Whether the order comes out as recorded where the stuck cards aren't shown at all."""
    redeemed = step["expect"].get("redeemed", {})
    left_out = {name for name in stuck if name not in redeemed}
    shown = {
        **step,
        "cards": [name for name in step.get("cards", ()) if name not in left_out],
        "pay_with_wallet": step.get("pay_with_wallet") and wallet_of(step) not in left_out,
    }
    shop = before.copy()
    ours, expect = shop.do(shown), step["expect"]
    names = ("total_before", "redeemed", "to_pay", "wallet", "accepted")
    balances = expect.get("balances", {}).items()
    return all(ours[name] == expect[name] for name in names if name in expect) and all(
        str(shop.accounts[name].balance) == text for name, text in balances if name in shop.accounts
    )
