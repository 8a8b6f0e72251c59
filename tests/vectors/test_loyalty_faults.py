"""Recorded steps at fault are told and don't count; whatever else differs does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vectors.loyalty import check

STEP = dict[str, Any]


def generated(balance: str, **more: object) -> STEP:
    expect = {"accepted": True, "cards": {"c1": balance}}
    return {"do": "generate", "count": 1, "balance": balance, "expect": expect} | more


def ordered(lines: list[str], redeemed: str, to_pay: str, balance: str, **more: object) -> STEP:
    expect = {
        "redeemed": {"c1": redeemed} if redeemed else {},
        "to_pay": to_pay,
        "balances": {"c1": balance},
    }
    return {"do": "order", "lines": lines, "cards": ["c1"], "expect": expect | more}


def settled(amount: str, balance: str, do: str = "settle_without_check", **more: object) -> STEP:
    expect = {"accepted": True, "balance": balance}
    return {"do": do, "card": "c1", "amount": amount, "expect": expect} | more


def quoted(total: str, to_pay: str, balance: str) -> STEP:
    expect = {"accepted": True, "to_pay": to_pay, "balance": balance}
    return {"do": "quotation", "card": "c1", "total": total, "expect": expect}


def reversed_(balance: str, total: str = "0.00") -> STEP:
    expect = {"reversal_total": total, "balances": {"c1": balance}}
    return {"do": "reverse_order", "order": 0, "expect": expect}


def found(*steps: STEP, kind: str = "gift_card", **program: object) -> list[str]:
    case = {"id": "X", "program": {"kind": kind} | program, "steps": list(steps)}
    return [difference.fault for difference in check(case)]


STUCK = ordered(["3.00"], "", "3.00", "0.50", refused={"c1": "balance too low"})
FAULTS = {
    "below zero": [generated("20.00"), settled("15.00", "5.00"), settled("16.00", "-11.00")],
    "taken twice": [generated("20.00"), settled("8.00", "12.00"), settled("8.00", "4.00")],
    "stuck": [generated("0.50"), STUCK],
    "keeps the balance": [
        generated("20.00"),
        ordered(["8.00"], "8.00", "0.00", "12.00"),
        reversed_("12.00"),
    ],
    "expired card that settles": [
        generated("20.00", expires_in_days=-1),
        settled("8.00", "12.00", "check_and_settle"),
    ],
    "promised twice": [
        generated("20.00"),
        quoted("15.00", "0.00", "20.00"),
        quoted("15.00", "0.00", "20.00"),
    ],
    "nothing or less": [generated("20.00"), settled("-5.00", "25.00")],
}
SOLD: STEP = {"do": "order", "lines": [], "sell_cards": ["20.00"]}
SOLD |= {"expect": {"to_pay": "20.00", "new_cards": {"c1": "20.00"}}}
LATER_FAULTS = {
    "stuck": [
        generated("0.50"),
        STUCK,
        reversed_("0.50", "-3.00"),
        settled("0.50", "0.00"),
    ],
    "below zero": [
        generated("20.00"),
        quoted("15.00", "0.00", "20.00"),
        {"do": "confirm_quotation", "card": "c1", "expect": {"balance": "5.00"}},
        settled("8.00", "-3.00"),
        {"do": "cancel_quotation", "card": "c1", "expect": {"balance": "12.00"}},
    ],
    "keeps the balance": [
        SOLD,
        {"do": "reverse_order", "order": 0, "expect": {"reversal_total": "-20.00", "balances": {}}},
        quoted("8.00", "0.00", "20.00"),
        {"do": "confirm_quotation", "card": "c1", "expect": {"balance": "12.00"}},
    ],
    "promised twice": [
        generated("20.00"),
        quoted("15.00", "0.00", "20.00"),
        quoted("12.00", "0.00", "20.00"),
        {"do": "confirm_quotation", "card": "c1", "expect": {"balance": "8.00"}},
        {"do": "confirm_quotation", "card": "c1", "expect": {"accepted": False, "reason": "no"}},
    ],
    "rest under 1.00": [
        generated("9.00"),
        quoted("8.50", "0.00", "9.00"),
        {"do": "confirm_quotation", "card": "c1", "expect": {"balance": "0.50"}},
        quoted("3.00", "3.00", "0.50") | {"expect": {"accepted": False, "reason": "used up"}},
        {"do": "cancel_quotation", "card": "c1", "expect": {"state": "cancel", "balance": "9.00"}},
    ],
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told(name: str) -> None:
    faults = found(*FAULTS[name])
    assert faults and all(name in fault for fault in faults)


@pytest.mark.parametrize("name", LATER_FAULTS)
def test_what_a_fault_leads_to_is_no_other_difference(name: str) -> None:
    faults = found(*LATER_FAULTS[name])
    assert faults and all(name in fault for fault in faults)


def test_money_for_no_card_is_told() -> None:
    """A refused order counts as one, so that a later one is known by its place."""
    lost: STEP = WALLET | {"expect": {"to_pay": "28.00", "wallet": "0.00"}}
    paid: STEP = {"do": "order", "customer": "k1", "lines": ["5.00"], "expect": {"to_pay": "5.00"}}
    back: STEP = {"do": "reverse_order", "order": 1, "expect": {"reversal_total": "-5.00"}}
    faults = found(lost, paid, back, kind="ewallet", first_day=2)
    assert faults and all("no card at all" in fault for fault in faults)
    assert "" in found(lost, kind="ewallet", first_day=0)


def test_a_card_of_elsewhere_that_settles_is_told() -> None:
    steps = generated("20.00"), settled("8.00", "12.00")
    faults = found(*steps, tills="another till only")
    assert faults and all("elsewhere" in fault for fault in faults)


def test_after_a_fault_the_rest_is_compared() -> None:
    spent = generated("20.00"), settled("8.00", "12.00"), settled("8.00", "4.00")
    told = "a settlement taken twice; here the second changes nothing"
    assert found(*spent, ordered(["9.00"], "4.00", "5.00", "0.00")) == [told]
    assert found(*spent, ordered(["9.00"], "5.00", "4.00", "0.00"))[1:] == ["", ""]


@pytest.mark.parametrize(
    "steps",
    [
        [generated("20.00"), ordered(["8.00"], "7.00", "1.00", "13.00")],
        [generated("20.00"), settled("8.00", "13.00", "check_and_settle")],
        [generated("0.50"), ordered(["3.00"], "", "2.00", "0.50", refused={"c1": "too low"})],
        [generated("20.00"), {"do": "sing", "expect": {"balance": "3.00"}}],
        [generated("20.00"), {"do": "sing", "expect": {}}],
        [generated("20.00"), settled("15.00", "5.00"), settled("16.00", "-12.00")],
        [generated("20.00"), settled("8.00", "12.00"), settled("8.00", "5.00")],
        [SOLD, {"do": "reverse_order", "order": 0, "expect": {"reversal_total": "-19.00"}}],
        [generated("20.00", expires_in_days=-1), settled("8.00", "13.00", "check_and_settle")],
        [generated("20.00"), quoted("15.00", "0.00", "20.00"), quoted("15.00", "3.00", "20.00")],
        [
            generated("20.00"),
            ordered(["8.00"], "8.00", "0.00", "12.00"),
            reversed_("16.00"),
        ],
    ],
)
def test_what_is_no_fault_of_the_record_counts(steps: list[STEP]) -> None:
    assert "" in found(*steps)


def refused_at(reason: str, do: str = "check", **more: object) -> STEP:
    return {"do": do, "card": "c1", "expect": {"accepted": False, "reason": reason}} | more


WALLET: STEP = {"do": "order", "customer": "k1", "lines": [], "top_up": "28.00"}
TOPPED_UP: STEP = WALLET | {"expect": {"to_pay": "28.00", "wallet": "28.00"}}
CHANGES: dict[str, tuple[dict[str, object], list[STEP]]] = {
    "an order goes by its own day, a programme by today's": (
        {"last_day": -1},
        [generated("20.00", expires_in_days=-1), refused_at("expired", order_day=-3)],
    ),
    "a card counts on the day of its order": (
        {},
        [
            generated("20.00", expires_in_days=-2),
            ordered(["8.00"], "8.00", "0.00", "12.00") | {"order_day": -2},
            refused_at("expired", order_day=-1),
        ],
    ),
    "what has expired is told before what isn't valid yet": (
        {"first_day": 1},
        [generated("20.00", expires_in_days=-1), refused_at("expired")],
    ),
    "what isn't there is told before what isn't allowed": (
        {},
        [
            generated("20.00", expires_in_days=-1),
            refused_at("not enough balance", "check_and_settle", amount="20.01"),
        ],
    ),
    "a card nothing is put on is a card": (
        {},
        [generated("0.00"), refused_at("balance too low")],
    ),
    "a quotation that is taken back before it was confirmed": (
        {},
        [
            generated("20.00"),
            quoted("8.00", "0.00", "20.00"),
            {"do": "cancel_quotation", "card": "c1", "expect": {"state": "cancel"}},
            ordered(["20.00"], "20.00", "0.00", "0.00"),
        ],
    ),
    "an order of a customer goes back, and the wallet wasn't in it": (
        {"kind": "ewallet"},
        [
            TOPPED_UP,
            {"do": "order", "customer": "k1", "lines": ["5.00"], "expect": {"wallet": "28.00"}},
            {"do": "reverse_order", "order": 1, "expect": {"wallet": "28.00", "balances": {}}},
        ],
    ),
}


def office(*steps: STEP) -> tuple[dict[str, object], list[STEP]]:
    return {"tills": "another till only"}, [generated("20.00"), *steps]


EMPTY_WALLET: STEP = {"do": "order", "customer": "k2", "lines": ["5.00"], "pay_with_wallet": True}
RETURNED: STEP = {"do": "order", "customer": "k1", "lines": ["-5.00"], "pay_with_wallet": True}
CHANGES |= {
    "a quotation isn't written at a till": office(
        refused_at("unknown card or not valid here"), quoted("8.00", "0.00", "20.00")
    ),
    "a wallet with nothing on it is told": (
        {"kind": "ewallet"},
        [
            EMPTY_WALLET
            | {
                "expect": {
                    "redeemed": {"wallet": "0.00"},
                    "to_pay": "5.00",
                    "warnings": ["No valid eWallet found"],
                    "refused": {"wallet": "empty"},
                    "wallet": None,
                }
            }
        ],
    ),
    "what is given back may go on the wallet": (
        {"kind": "ewallet"},
        [TOPPED_UP, RETURNED | {"expect": {"to_pay": "0.00", "wallet": "33.00"}}],
    ),
    "no card at all is generated": (
        {},
        [{"do": "generate", "count": 0, "balance": "5.00", "expect": {"accepted": False}}],
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_variations_come_out_as_recorded(name: str) -> None:
    program, steps = CHANGES[name]
    found_ = [
        (each.what, each.expected, each.got)
        for each in check({"id": "X", "program": {"kind": "gift_card"} | program, "steps": steps})
    ]
    assert found_ == []


def test_money_given_out_twice_does_not_end_the_replay() -> None:
    """What a quotation keeps and the record gives away is given up; the rest is compared."""
    steps = (
        generated("20.00"),
        quoted("15.00", "0.00", "20.00"),
        ordered(["20.00"], "20.00", "0.00", "0.00"),
        {"do": "cancel_quotation", "card": "c1", "expect": {"state": "cancel", "balance": "0.00"}},
        refused_at("balance too low"),
    )
    faults = found(*steps)
    assert faults and all("promised twice" in fault for fault in faults)


def test_two_faults_in_one_step_are_both_told() -> None:
    steps = (
        {"do": "generate", "count": 1, "balance": "1.50", "expect": {"accepted": True}},
        {"do": "generate", "count": 1, "balance": "0.60", "expect": {"accepted": True}},
        quoted("1.00", "0.00", "1.50"),
        {
            "do": "order",
            "lines": ["5.00"],
            "cards": ["c1", "c2"],
            "expect": {
                "redeemed": {"c1": "1.50"},
                "to_pay": "3.50",
                "refused": {"c2": "balance too low"},
                "balances": {"c1": "0.00", "c2": "0.60"},
            },
        },
    )
    faults = found(*steps)
    assert faults and all("promised twice" in each and "stuck" in each for each in faults)


def test_a_wallet_that_was_given_back_twice_goes_on_as_recorded() -> None:
    kept: STEP = {"do": "reverse_order", "order": 0, "expect": {"wallet": "28.00"}}
    paid: STEP = {"do": "order", "customer": "k1", "lines": ["30.00"], "pay_with_wallet": True}
    then = paid | {"expect": {"redeemed": {"wallet": "28.00"}, "to_pay": "2.00"}}
    faults = found(TOPPED_UP, kept, kept, then, kind="ewallet")
    assert faults and all("keeps the balance" in fault for fault in faults)


def test_what_is_right_is_silent() -> None:
    own_sale = {"do": "order", "lines": [], "sell_cards": ["20.00"]}
    expect = {"total_before": "20.00", "to_pay": "20.00", "new_cards": {"c1": "20.00"}}
    steps: list[STEP] = [
        own_sale | {"expect": expect},
        ordered(["8.00"], "8.00", "0.00", "12.00", warnings=[]),
        {"do": "check", "card": "c1", "expect": {"accepted": True, "balance": "12.00"}},
        quoted("8.00", "0.00", "12.00"),
        {"do": "cancel_quotation", "card": "c1", "expect": {"balance": "12.00"}},
    ]
    assert found(*steps) == []


def test_tills_nobody_knows_are_told() -> None:
    with pytest.raises(ValueError, match="the one on the left"):
        found(generated("20.00"), tills="the one on the left")
