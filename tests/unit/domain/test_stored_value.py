from __future__ import annotations

import secrets
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.codes import (
    Alphabet,
    CodeGroup,
    CodeKey,
    check_foreign,
    check_symbol,
    digest,
    masked,
)
from pos.domain.stored_value.guard import PAUSE, WRONG_CODES, GuessGuard
from pos.domain.stored_value.ledger import Account, By, EntryKind
from pos.domain.stored_value.offline import OfflinePolicy, OfflineRule
from pos.domain.stored_value.paying import share
from pos.domain.stored_value.programme import Medium, Place, Programme, owner_of_code

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
BY = By(AT, "1", "anna")
GROUPS = [CodeGroup(), CodeGroup("", 16), CodeGroup("2116", 20, Alphabet.DIGITS)]
SECRET = bytes(range(32))


def card_with(minor: int) -> Account:
    return Account("c").issue(Money(minor), BY)


@pytest.mark.parametrize("group", GROUPS)
@given(number=st.integers(0, 2**256), data=st.data())
def test_a_wrong_symbol_is_found(group: CodeGroup, number: int, data: st.DataObject) -> None:
    """A group has its own prefix and length (T-133)."""
    code = group.write(number)
    assert group.matches(code) and len(code) == group.length
    place = data.draw(st.integers(len(group.prefix), len(code) - 1))
    other = data.draw(st.sampled_from(group.alphabet.symbols))
    typed = code[:place] + other + code[place + 1 :]
    assert group.matches(typed) is (typed == code)


@pytest.mark.parametrize(("alphabet", "missed"), [(Alphabet.DIGITS, 2), (Alphabet.LETTERS, 2)])
def test_nearly_every_swapped_pair_is_found(alphabet: Alphabet, missed: int) -> None:
    symbols = alphabet.symbols
    pairs = [(one, two) for one in symbols for two in symbols if one < two]
    same = [
        one + two
        for one, two in pairs
        if check_symbol(one + two, symbols) == check_symbol(two + one, symbols)
    ]
    assert len(same) <= missed, same


@pytest.mark.parametrize(
    ("prefix", "length", "alphabet"),
    [
        ("2116", 10, Alphabet.LETTERS),
        ("2116", 16, Alphabet.DIGITS),
        ("", 41, Alphabet.LETTERS),
        ("ä", 20, Alphabet.LETTERS),
        ("2116", 3, Alphabet.DIGITS),
    ],
)
def test_a_group_that_can_be_guessed_is_refused(
    prefix: str, length: int, alphabet: Alphabet
) -> None:
    with pytest.raises(Refusal, match="code_group"):
        CodeGroup(prefix, length, alphabet)


def test_codes_come_from_key_and_salt_and_never_alike() -> None:
    group, key = CodeGroup(), CodeKey(SECRET, secrets.token_bytes)
    salts = [key.new_salt() for _ in range(5_000)]
    codes = [key.code(salt, group) for salt in salts]
    assert len(set(codes)) == len(codes)
    assert codes[0] == CodeKey(SECRET, secrets.token_bytes).code(salts[0], group)
    assert codes[0] != CodeKey(bytes(32), secrets.token_bytes).code(salts[0], group)
    symbols = Counter(code[5] for code in codes)
    assert len(symbols) == 30 and max(symbols.values()) < 2 * 5_000 / 30


def test_a_code_reads_the_same_however_it_is_typed() -> None:
    assert digest("2116-abcd efgh") == digest("2116ABCDEFGH") != digest("2116ABCDEFGJ")
    assert masked("2116-abcd-2345-wxyz") == "****WXYZ"
    assert masked("AB12") == "****2"
    assert check_foreign(" gut-123 ") == "GUT123"
    for text in ("", "abc", "x" * 65, "Gutschein für Anna ü"):
        with pytest.raises(Refusal, match="code_shape"):
            check_foreign(text)


def test_a_code_names_its_programme() -> None:
    """A group has its own prefix, and a scanned code decides by itself (T-133, W-18)."""
    one = Programme("1", "A", "9", group=CodeGroup("2116"))
    two = Programme("2", "B", "9", group=CodeGroup("2117"))
    code = two.group.write(4711**9)
    assert owner_of_code(f" {code.lower()} ", [one, two]) is two
    assert owner_of_code("4006381333931", [one, two]) is None


def test_a_redemption_is_reserved_then_booked_once() -> None:
    account = card_with(5000).reserve("s-1", Money(3000), BY)
    assert (account.balance, account.available) == (Money(5000), Money(2000))
    assert account.reserve("s-1", Money(3000), BY) is account
    booked = account.redeem("s-1", BY)
    assert booked.balance == booked.available == Money(2000)
    assert booked.redeem("s-1", BY) is booked
    for wrong in (booked.release, booked.redeem):
        with pytest.raises(Refusal, match="voucher_no_hold"):
            wrong("s-2", BY)
    with pytest.raises(Refusal, match="voucher_no_hold"):
        booked.release("s-1", BY)
    with pytest.raises(Refusal, match="voucher_hold_used"):
        booked.reserve("s-1", Money(3000), BY)


def test_two_sales_never_get_more_than_there_is() -> None:
    account = card_with(5000).reserve("a-1", Money(3000), BY)
    with pytest.raises(Refusal, match="voucher_balance") as refused:
        account.reserve("b-1", Money(2001), BY)
    assert refused.value.values["available"] == Money(2000)
    released = account.release("a-1", BY)
    assert released.release("a-1", BY) is released
    assert released.reserve("b-1", Money(5000), BY).available == Money(0)


def test_taking_back_reverses_exactly_what_was_touched() -> None:
    account = card_with(5000).reserve("a-1", Money(3000), BY).redeem("a-1", BY)
    with pytest.raises(Refusal, match="voucher_spent"):
        account.cancel(1, BY)
    part = account.cancel(3, BY, Money(-1000))
    assert part.balance == Money(3000)
    whole = part.cancel(3, BY)
    assert whole.balance == Money(5000)
    with pytest.raises(Refusal, match="voucher_nothing_to_cancel"):
        whole.cancel(3, BY)
    gone = whole.cancel(1, BY)
    assert gone.balance == Money(0)
    assert [entry.kind for entry in gone.entries][-3:] == [EntryKind.CANCEL] * 3


@pytest.mark.parametrize("amount", [Money(-1001), Money(1000), Money(-3001)])
def test_no_more_is_given_back_than_was_taken(amount: Money) -> None:
    account = card_with(5000).reserve("a-1", Money(3000), BY).redeem("a-1", BY)
    account = account.cancel(3, BY, Money(-2000))
    with pytest.raises(Refusal, match="voucher_nothing_to_cancel"):
        account.cancel(3, BY, amount)


@pytest.mark.parametrize("minor", [0, -1])
def test_nothing_and_less_than_nothing_is_refused(minor: int) -> None:
    with pytest.raises(Refusal, match="voucher_amount"):
        Account("c").issue(Money(minor), BY)
    with pytest.raises(Refusal, match="voucher_amount"):
        card_with(100).reserve("s-1", Money(minor), BY)
    with pytest.raises(Refusal, match="voucher_amount"):
        card_with(100).top_up(Money(minor), BY)


def test_expiry_and_corrections_leave_what_is_reserved() -> None:
    account = card_with(5000).reserve("a-1", Money(3000), BY)
    assert account.expire(BY).balance == Money(3000)
    with pytest.raises(Refusal, match="voucher_reason"):
        account.correct(Money(-100), BY)
    manager = By(AT, "1", "maria", reason="typed wrong")
    with pytest.raises(Refusal, match="voucher_balance"):
        account.correct(Money(-2001), manager)
    assert account.correct(Money(-2000), manager).available == Money(0)


def test_the_last_day_counts_to_its_end() -> None:
    card = Card("c", "1", "EUR", "d", "****", AT, expires=date(2026, 11, 23))
    card.check_day(date(2026, 11, 23))
    with pytest.raises(Refusal, match="voucher_expired"):
        card.check_day(date(2026, 11, 24))
    assert Programme("1", "A", "9", valid_days=30).expiry(date(2026, 11, 23)) == date(2026, 12, 23)
    assert Programme("1", "A", "9").expiry(date(2026, 11, 23)) is None


@pytest.mark.parametrize(
    ("programme", "code"),
    [
        (Programme("1", "A", "9", active=False), "voucher_inactive"),
        (Programme("1", "A", "9", media=frozenset({Medium.WEBSITE})), "voucher_medium"),
        (Programme("1", "A", "9", tills=frozenset({"2"})), "voucher_other_till"),
        (Programme("1", "A", "9", currency="CHF"), "voucher_currency"),
        (Programme("1", "A", "9", first_day=date(2026, 11, 24)), "voucher_not_yet"),
        (Programme("1", "A", "9", last_day=date(2026, 11, 22)), "voucher_expired"),
    ],
)
def test_a_programme_says_where_it_does_not_count(programme: Programme, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        programme.check_place(Place("1"), AT.date())


def test_a_programme_counts_where_it_should() -> None:
    everywhere = Programme("1", "A", "9")
    here = Programme(
        "2", "B", "9", media=frozenset({Medium.TILL}), tills=frozenset({"1"}),
        first_day=AT.date(), last_day=AT.date(),
    )  # fmt: skip
    for programme in (everywhere, here):
        programme.check_place(Place("1"), AT.date())


def test_a_fixed_price_is_the_amount() -> None:
    programme = Programme("1", "A", "9", minimum=500, maximum=20000)
    assert programme.amount(Decimal("20.00"), None) == Money(2000)
    assert programme.amount(Decimal("20.00"), Money(2000)) == Money(2000)
    assert programme.amount(Decimal("0.00"), Money(3550)) == Money(3550)
    for price, asked, code in (
        ("20.00", Money(2001), "voucher_amount_fixed"),
        ("0", None, "voucher_amount_missing"),
        ("0", Money(499), "voucher_amount_range"),
        ("0", Money(20001), "voucher_amount_range"),
        ("0", Money(-500), "voucher_amount_range"),
        ("0", Money(5000, "CHF"), "voucher_currency"),
    ):
        with pytest.raises(Refusal, match=code):
            programme.amount(Decimal(price), asked)


def test_what_a_card_pays() -> None:
    def pays(available: int, due: int, payable: int, asked: int | None = None) -> Money:
        wanted = None if asked is None else Money(asked)
        return share(Money(available), Money(due), Money(payable), wanted)

    assert pays(5000, 3000, 3000) == Money(3000)
    assert pays(2000, 3000, 3000) == Money(2000)
    assert pays(5000, 3000, 1000) == Money(1000)
    assert pays(50, 3000, 3000) == Money(50)
    assert pays(5000, 3000, 3000, 1200) == Money(1200)
    for figures, code in (
        ((0, 3000, 3000, None), "voucher_empty"),
        ((5000, 3000, 0, None), "voucher_pays_nothing"),
        ((5000, 3000, 3000, 0), "voucher_amount"),
        ((5000, 3000, 3000, -100), "voucher_amount"),
        ((1000, 3000, 3000, 1001), "voucher_balance"),
        ((5000, 3000, 3000, 3001), "tender_exceeds_due"),
    ):
        with pytest.raises(Refusal, match=code):
            pays(*figures)


@pytest.mark.parametrize(
    ("policy", "known", "taken", "allowance", "left"),
    [
        (OfflinePolicy(OfflineRule.CAPPED, 2000), 5000, 0, 0, 2000),
        (OfflinePolicy(OfflineRule.CAPPED, 2000), 1500, 0, 0, 1500),
        (OfflinePolicy(OfflineRule.CAPPED, 2000), 5000, 1200, 0, 800),
        (OfflinePolicy(OfflineRule.CAPPED, 2000), 5000, 2000, 0, None),
        (OfflinePolicy(OfflineRule.ALLOWANCE, 2000), 5000, 0, 2000, 2000),
        (OfflinePolicy(OfflineRule.ALLOWANCE, 2000), 5000, 500, 2000, 1500),
        (OfflinePolicy(OfflineRule.ALLOWANCE, 2000), 5000, 0, 0, None),
        (OfflinePolicy(), 5000, 0, 5000, None),
    ],
)
def test_what_may_be_taken_without_a_connection(
    policy: OfflinePolicy, known: int, taken: int, allowance: int, left: int | None
) -> None:
    figures = Money(known), Money(taken), Money(allowance)
    if left is not None:
        assert policy.limit(*figures) == Money(left)
        return
    with pytest.raises(Refusal, match="voucher_offline"):
        policy.limit(*figures)


def test_guessing_stops_after_a_few_wrong_codes() -> None:
    guard, now = GuessGuard(), AT
    for _ in range(WRONG_CODES):
        guard.check(now)
        guard = guard.missed(now)
        now += timedelta(seconds=20)
    with pytest.raises(Refusal, match="voucher_locked") as refused:
        guard.check(now)
    assert refused.value.values["minutes"] == 5
    now += PAUSE
    guard.check(now)
    guard = guard.missed(now)
    guard.check(now)


def test_honest_mistakes_over_a_day_never_lock() -> None:
    guard, now = GuessGuard(), AT
    for _ in range(30):
        guard.check(now)
        guard = guard.missed(now)
        now += timedelta(minutes=4)
