from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from examples.accounts.accounts import (
    ACCOUNTS,
    Account,
    Closed,
    Currency,
    Frozen,
    LimitChanged,
    NicknameChanged,
    Opened,
    OwnerChanged,
    Unfrozen,
)
from trigger_pattern.definition.schemas import body_schema, event_schema
from trigger_pattern_testing import Requests
from trigger_pattern_testing import given as given_of

ANOTHER_OWNER = UUID("5f0c5bd4-9d1e-4a3c-8c53-9c4c9d1f4c11")
EXAMPLE = Account(owner=UUID("ad4181f8-c33f-4e81-9d9e-0896188d73f0"), currency=Currency.EUR, limit=50_000)

_requests = Requests(ACCOUNTS, EXAMPLE)
post, put, patch, delete = _requests.post, _requests.put, _requests.patch, _requests.delete


def opened(**changes: Any) -> Opened:
    return Opened(replace(EXAMPLE, **changes))


def given(*events: object) -> Any:
    return given_of(ACCOUNTS, *events)


def test_an_account_is_opened() -> None:
    given().when(post()).then(opened())


def test_a_new_account_is_active_and_has_neither_limit_nor_nickname_unless_they_are_given() -> None:
    given().when(post(limit=None)).then(opened(limit=0))
    given().when(post(nickname="Holidays")).then(opened(nickname="Holidays"))


@pytest.mark.parametrize("status", ["active", "frozen"])
def test_an_account_cannot_be_opened_with_a_status(status: str) -> None:
    given().when(post(status=status)).refuses("not-on-creation")
    given().when(post(status=status)).refuses_fields("/status")


@pytest.mark.parametrize("field", ["owner", "currency"])
def test_an_account_has_an_owner_and_a_currency(field: str) -> None:
    given().when(post(**{field: None})).refuses("missing-value")


@pytest.mark.parametrize("currency", ["EUR", "USD", "GBP"])
def test_an_account_is_in_one_of_three_currencies(currency: str) -> None:
    given().when(post(currency=currency)).then(opened(currency=Currency(currency)))
    given().when(post(currency="CHF")).refuses_fields("/currency")


def test_a_limit_is_never_negative() -> None:
    given().when(post(limit=-1)).refuses("negative-limit")
    given(opened()).when(put(limit=-1)).refuses("negative-limit")
    given(opened()).when(patch(limit=-9_999_999)).refuses_fields("/limit")


def test_a_limit_that_is_no_such_number_is_not_read() -> None:
    given(opened()).when(put(limit=10_000_000)).refuses("invalid-value")
    given(opened()).when(put(limit=-10_000_000)).refuses("invalid-value")
    given(opened()).when(put(limit=9_999_999)).then(LimitChanged(9_999_999))


def test_a_limit_is_changed() -> None:
    given(opened()).when(put(limit=0)).then(LimitChanged(0))
    given(opened(), LimitChanged(0)).when(put(limit=0)).nothing_happens()


def test_an_account_is_handed_over() -> None:
    given(opened()).when(put(owner=str(ANOTHER_OWNER))).then(OwnerChanged(ANOTHER_OWNER))
    given(opened(), OwnerChanged(ANOTHER_OWNER)).when(put(owner=str(ANOTHER_OWNER))).nothing_happens()


def test_an_account_is_renamed() -> None:
    given(opened()).when(put(nickname="Holidays")).then(NicknameChanged("Holidays"))
    given(opened(), NicknameChanged("Holidays")).when(put(nickname="Holidays")).nothing_happens()


def test_a_nickname_has_1_to_40_characters() -> None:
    given(opened()).when(put(nickname="ä" * 40)).then(NicknameChanged("ä" * 40))
    given(opened()).when(put(nickname="ä" * 41)).refuses_fields("/nickname")
    given(opened()).when(put(nickname=" ")).refuses_fields("/nickname")


def test_a_nickname_is_removed_by_leaving_it_out_or_by_null() -> None:
    given(opened(nickname="Holidays")).when(put()).then(NicknameChanged(None))
    given(opened(nickname="Holidays")).when(patch(nickname=None)).then(NicknameChanged(None))


def test_a_currency_never_changes() -> None:
    given(opened()).when(put(currency="USD")).refuses("immutable-field")
    given(opened()).when(patch(currency="USD")).refuses("immutable-field")


def test_an_account_is_frozen_and_unfrozen() -> None:
    given(opened()).when(put(status="frozen")).then(Frozen())
    given(opened(), Frozen()).when(put(status="frozen")).nothing_happens()
    given(opened(), Frozen()).when(put()).then(Unfrozen())
    given(opened(), Frozen(), Unfrozen()).when(put()).nothing_happens()


@pytest.mark.parametrize("change", [{"owner": str(ANOTHER_OWNER)}, {"limit": 0}, {"nickname": "Holidays"}])
def test_a_frozen_account_refuses_every_change(change: dict[str, Any]) -> None:
    given(opened(), Frozen()).when(patch(**change)).refuses("account-frozen")
    given(opened(), Frozen()).when(patch(**change)).refuses_fields("/status")


def test_a_frozen_account_cannot_be_closed() -> None:
    given(opened(limit=0), Frozen()).when(delete()).refuses("account-frozen")


def test_what_comes_with_unfreezing_happens_after_it() -> None:
    given(opened(), Frozen()).when(put(limit=0)).then(Unfrozen(), LimitChanged(0))


def test_what_comes_with_freezing_happens_before_it_in_the_order_of_the_fields() -> None:
    everything = put(owner=str(ANOTHER_OWNER), limit=0, nickname="Holidays", status="frozen")
    given(opened()).when(everything).then(
        OwnerChanged(ANOTHER_OWNER), LimitChanged(0), NicknameChanged("Holidays"), Frozen()
    )


def test_an_account_without_a_limit_is_closed() -> None:
    given(opened(limit=0)).when(delete()).then(Closed())
    given(opened(), LimitChanged(0)).when(delete()).then(Closed())


def test_an_account_with_a_limit_is_not_closed() -> None:
    given(opened(limit=1)).when(delete()).refuses("limit-not-zero")
    given(opened(limit=1)).when(delete()).refuses_fields("/limit")


def test_a_closed_account_stays_closed() -> None:
    given(opened(limit=0), Closed()).when(put()).refuses("account-deleted")
    assert ACCOUNTS.was_deleted.detail == "This account was closed, and its id is never used again."


def test_every_event_is_described() -> None:
    names = ["Opened", "OwnerChanged", "LimitChanged", "NicknameChanged", "Frozen", "Unfrozen", "Closed"]
    assert [*ACCOUNTS.events] == names
    descriptions = [event_schema(ACCOUNTS, name)["description"] for name in names]
    assert all(each.startswith(("The account ", "The limit ", "The owner ")) for each in descriptions)


def test_every_field_is_described() -> None:
    assert all("description" in field for field in body_schema(ACCOUNTS, "PUT")["properties"].values())


def test_the_published_range_of_limits_is_that_of_the_domain() -> None:
    limit = event_schema(ACCOUNTS, "LimitChanged")["properties"]["limit"]
    assert (limit["minimum"], limit["maximum"]) == (0, 9_999_999)


def test_accounts_are_listed_by_owner_and_by_currency_then_status() -> None:
    assert [(by.fields, by.then) for by in ACCOUNTS.lists] == [(("owner",), None), (("currency",), "status")]
    assert list(ACCOUNTS.filters) == ["currency"]
