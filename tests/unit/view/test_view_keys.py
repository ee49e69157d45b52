"""The keys of the view's indexes: which there are, what is in no list, and that no two lists are ever one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.cars import CARS
from tests.support.accounts import ACCOUNTS, Status, account
from tests.support.cars import CAR_ID, EXAMPLE
from trigger_pattern.application.listing import question_of
from trigger_pattern.application.projecting import Viewed
from trigger_pattern.aws.dynamodb.index import DynamoDbIndex
from trigger_pattern.aws.dynamodb.view import view_item
from trigger_pattern.aws.dynamodb.view_keys import ViewKeys, joined, key_attributes, sort_key
from trigger_pattern.definition.representation import represent

ID = CAR_ID
values = st.text("#%235a", max_size=5)


def keys(**changes: Any) -> dict[str, str]:
    return key_attributes(ACCOUNTS, represent(ACCOUNTS, account(**changes)), ID)


def test_the_lists_of_cars_have_the_indexes_of_the_template() -> None:
    assert [ViewKeys.of(CARS, by) for by in CARS.lists] == [
        ViewKeys("byOwner", "owner", "carId"),
        ViewKeys("byVin", "vin", "carId"),
        ViewKeys("byModelColor", "makeModel", "colorCarId"),
        ViewKeys("byModelCondition", "makeModel", "conditionCarId"),
    ]


def test_an_index_without_a_name_is_named_after_its_lists_fields() -> None:
    assert [ViewKeys.of(ACCOUNTS, by) for by in ACCOUNTS.lists] == [
        ViewKeys("byHolder", "holder", "accountId"),
        ViewKeys("byBankCurrencyStatus", "bankCurrency", "statusAccountId"),
        ViewKeys("byBranchStatus", "branch", "statusAccountId"),
    ]


def test_a_car_has_the_keys_that_its_representation_does_not_have() -> None:
    assert key_attributes(CARS, represent(CARS, EXAMPLE), ID) == {
        "makeModel": "BMW#M3",
        "colorCarId": f"black#{ID}",
        "conditionCarId": f"good#{ID}",
    }


@pytest.mark.parametrize(
    ("bank", "currency", "partition"),
    [
        ("N26", "EUR", "N26#EUR"),
        ("N#26", "EUR", "N%2326#EUR"),
        ("N26", "#EUR", "N26#%23EUR"),
        ("100%", "EUR", "100%25#EUR"),
        ("N%2326", "EUR", "N%252326#EUR"),
        ("%#", "#%", "%25%23#%23%25"),
    ],
)
def test_what_separates_values_is_escaped_in_them(bank: str, currency: str, partition: str) -> None:
    assert keys(bank=bank, currency=currency)["bankCurrency"] == partition


@given(st.tuples(values, values), st.tuples(values, values))
def test_two_partitions_are_one_only_if_all_their_values_are(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert (joined(one) == joined(other)) == (one == other)


@given(values, values)
def test_a_place_begins_with_its_own_value_and_with_no_other(value: str, other: str) -> None:
    assert sort_key(value, ID).startswith(sort_key(other)) == (value == other)


def test_what_lacks_an_optional_field_is_in_none_of_the_fields_lists() -> None:
    there = view_item(ACCOUNTS, Viewed(ID, 1, account(branch="Main Street")))
    absent = view_item(ACCOUNTS, Viewed(ID, 1, account()))
    assert there.keys() - absent.keys() == {"branch"}


def test_what_is_in_no_other_list_by_a_field_has_no_key_of_its_order() -> None:
    representation = represent(ACCOUNTS, account())
    del representation["bank"]
    assert key_attributes(ACCOUNTS, representation, ID) == {}


def test_what_was_deleted_is_in_no_list() -> None:
    assert view_item(ACCOUNTS, Viewed(ID, 7, None)) == {
        "accountId": {"S": ID},
        "version": {"N": "7"},
        "deleted": {"BOOL": True},
    }


class Asked:
    """A client that notes the one query that it is asked, and finds nothing."""

    def query(self, **asked: Any) -> dict[str, Any]:
        self.names, self.values = asked["ExpressionAttributeNames"], asked["ExpressionAttributeValues"]
        return {"Items": []}


@pytest.mark.parametrize("value", ["plain", "C# and 100%", "%23", "#"])
@pytest.mark.parametrize(
    "names", [("holder",), ("bank", "currency"), ("bank", "currency", "status"), ("branch",), ("branch", "status")]
)
def test_what_is_asked_for_is_what_is_kept(names: tuple[str, ...], value: str) -> None:
    texts = dict.fromkeys(set(names) - {"status"}, value)
    kept = view_item(ACCOUNTS, Viewed(ID, 1, account(**texts)))
    client: Any = Asked()
    question = question_of(ACCOUNTS, {name: texts.get(name, Status.OPEN) for name in names})
    assert question
    DynamoDbIndex(ACCOUNTS, client, "view").page(question, 5, None)
    assert client.values[":partition"] == kept[client.names["#partition"]]
    if "status" in names:
        assert kept[client.names["#sort"]]["S"].startswith(client.values[":prefix"]["S"])
