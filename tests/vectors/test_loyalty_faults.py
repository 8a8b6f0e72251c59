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


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told(name: str) -> None:
    faults = found(*FAULTS[name])
    assert faults and all(name in fault for fault in faults)


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
