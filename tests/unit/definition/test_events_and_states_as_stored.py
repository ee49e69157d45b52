"""Events and states as they are stored: every schema that there ever was is read, and none that there is not."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support.accounts import ACCOUNTS, Closed, Opened, Status, StatusChanged, account
from trigger_pattern.definition.life import Gone, NotCreated
from trigger_pattern.definition.schemas import event_schema
from trigger_pattern.definition.stored import (
    CorruptEvent,
    StoredEvent,
    UnknownEvent,
    lift_event,
    read_event,
    read_state,
    schema_version,
    write_event,
    write_state,
)

REPRESENTED = {"bank": "N26", "currency": "EUR", "holder": "Ann", "status": "open"}


def renamed(data: dict[str, Any]) -> dict[str, Any]:
    return {"holder" if name == "name" else name: value for name, value in data.items()}


def upper(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "currency": data["currency"].upper()}


EVOLVED = replace(ACCOUNTS, upcasters={"Opened": (renamed, upper)}, fold_version=2)


def event(name: str, version: int = 1, /, **data: Any) -> StoredEvent:
    return {"type": name, "schemaVersion": version, "data": data}


@pytest.mark.parametrize(
    ("happened", "stored"),
    [
        (Opened(account()), event("Opened", **REPRESENTED)),
        (Opened(account(branch="Main")), event("Opened", **REPRESENTED, branch="Main")),
        (StatusChanged(Status.FROZEN), event("StatusChanged", status="frozen")),
        (Closed(), event("Closed")),
    ],
)
def test_an_event_is_stored_by_its_name_with_what_it_holds(happened: object, stored: StoredEvent) -> None:
    assert write_event(ACCOUNTS, happened) == stored
    assert read_event(ACCOUNTS, stored) == happened


@pytest.mark.parametrize(
    "stored",
    [
        event("Renamed"),
        event("StatusChanged", 2, status="open"),
        event("Closed", 99),
        event("Closed", reason="unpaid"),
        event("Opened", **REPRESENTED, rating="AAA"),
    ],
)
def test_what_only_newer_code_can_have_written_is_unknown_and_published_as_it_is(stored: StoredEvent) -> None:
    with pytest.raises(UnknownEvent):
        read_event(ACCOUNTS, stored)
    assert lift_event(ACCOUNTS, stored) is stored


@pytest.mark.parametrize(
    ("stored", "says"),
    [
        (event("StatusChanged", 0, status="open"), "StatusChanged: a schema version below 1"),
        (event("StatusChanged"), "StatusChanged: /status: A value is required."),
        (event("StatusChanged", status="thawed"), "StatusChanged: /status: Expected one of open, frozen."),
        (event("Opened", **{**REPRESENTED, "bank": ""}), "/bank: Expected 1 to 40 characters"),
    ],
)
def test_a_corrupt_event_is_named_without_its_values(stored: StoredEvent, says: str) -> None:
    with pytest.raises(CorruptEvent) as corrupt:
        lift_event(ACCOUNTS, stored)
    assert str(corrupt.value).startswith(says)
    assert "thawed" not in str(corrupt.value)


@pytest.mark.parametrize(
    ("version", "data"),
    [
        (1, {"bank": "N26", "currency": "eur", "name": "Ann", "status": "open"}),
        (2, {**REPRESENTED, "currency": "eur"}),
        (3, REPRESENTED),
    ],
)
def test_an_event_of_an_older_schema_is_lifted_step_by_step(version: int, data: dict[str, Any]) -> None:
    stored = event("Opened", version, **data)
    assert read_event(EVOLVED, stored) == Opened(account())
    assert lift_event(EVOLVED, stored) == event("Opened", 3, **REPRESENTED)


def test_an_event_that_cannot_be_lifted_is_corrupt() -> None:
    with pytest.raises(CorruptEvent, match="Opened: cannot be lifted to schema version 3: KeyError"):
        read_event(EVOLVED, event("Opened", 2, bank="N26"))


def test_the_schema_has_the_version_that_is_written() -> None:
    assert [schema_version(EVOLVED, name) for name in EVOLVED.events] == [3, 1, 1]
    assert event_schema(EVOLVED, "Opened")["$id"] == "urn:accounts:schemas:Opened:3"
    assert event_schema(EVOLVED, "Closed")["description"] == "The account was closed."


@pytest.mark.parametrize(
    ("state", "stored"),
    [(account(), REPRESENTED), (Gone(account()), {**REPRESENTED, "deleted": True})],
)
def test_a_state_is_its_representation_with_a_mark_if_it_is_gone(state: object, stored: dict[str, Any]) -> None:
    assert write_state(ACCOUNTS, state) == stored
    assert read_state(ACCOUNTS, stored) == state


def test_there_is_no_state_to_store_before_the_first_event() -> None:
    with pytest.raises(ValueError, match="at least one event"):
        write_state(ACCOUNTS, NotCreated())


@pytest.mark.parametrize("stored", [{}, {**REPRESENTED, "deleted": "yes"}, {**REPRESENTED, "rating": "AAA"}])
def test_a_state_of_other_fields_is_corrupt(stored: dict[str, Any]) -> None:
    with pytest.raises(CorruptEvent):
        read_state(ACCOUNTS, stored)
