"""What a published schema allows is read, and what the domain writes is what the schema allows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.cars import CARS, MILES, CarType, Color, Condition
from tests.contract.schemas import Json, load, validator, values
from tests.support.cars import CAR_ID, CONTEXT, ROOT
from tools.contract.publishing import FOLDER
from trigger_pattern.definition.life import State
from trigger_pattern.definition.requests import CreateRequest, DeleteRequest, PatchRequest, Request, build_triggers
from trigger_pattern.definition.stored import StoredEvent, read_event, write_event
from trigger_pattern.kernel import Executed, Refused, execute

FILES = sorted(FOLDER.glob("cars/*.json"))
NEXT_YEAR = 2027


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_whatever_a_schema_of_any_version_allows_is_read(file: Path) -> None:
    name, version = file.stem.split(".")

    @given(values(load(file)))
    def is_read(data: Json) -> None:
        stored: StoredEvent = {"type": name, "schemaVersion": int(version), "data": data}
        written = write_event(CARS, read_event(CARS, stored))
        assert written["type"] == name
        assert written == stored or written["schemaVersion"] != int(version), "the schema allows what is not canonical"

    is_read()


def spelled(*texts: str) -> st.SearchStrategy[str]:
    """Spell one of these texts as somebody might: in any case, with blanks around it."""
    spellings: list[Callable[[str], str]] = [str, str.lower, str.upper, str.swapcase, lambda text: f"  {text} "]
    return st.sampled_from([spell(text) for text in texts for spell in spellings])


CHANGES: dict[str, st.SearchStrategy[Any]] = {
    "color": spelled(*Color),
    "mileage": st.integers(-1, 3) | st.integers(0, int(MILES.most) + 1),
    "owner": st.uuids(allow_nil=True).flatmap(lambda owner: spelled(str(owner))),
    "condition": spelled(*Condition),
}


def of_type(car_type: CarType) -> st.SearchStrategy[Json]:
    """Represent any car of this type, and some that cannot be."""
    years = st.integers(car_type.first_year - 1, NEXT_YEAR + 1)
    vins = st.from_regex("[A-HJ-NPR-Za-hj-npr-z0-9]{17}", fullmatch=True)
    makes = {"make": spelled(car_type.make), "model": spelled(car_type.model)}
    return st.fixed_dictionaries({"year": years, "vin": vins, **makes, **CHANGES})


def events_of(created: Json, patches: list[Json]) -> list[object]:
    """Send a car, its changes and its deletion; return the events of what was not refused."""
    state: State = ROOT.zero
    events: list[object] = []
    changes = [PatchRequest(CAR_ID, patch) for patch in patches]
    commands: list[Request] = [CreateRequest(CAR_ID, created), *changes, DeleteRequest(CAR_ID)]
    for command in commands:
        triggers = build_triggers(CARS, command, state)
        result = triggers if isinstance(triggers, Refused) else execute(ROOT, state, triggers, CONTEXT)
        if isinstance(result, Executed):
            state, events = result.state, [*events, *result.events]
    return events


def test_whatever_clients_send_events_are_written_as_their_schemas_say() -> None:
    schemas = {file.stem: validator(load(file)) for file in FILES}
    seen = set[str]()

    @given(st.sampled_from(CarType).flatmap(of_type), st.lists(st.fixed_dictionaries({}, optional=CHANGES)))
    def are_valid(created: Json, patches: list[Json]) -> None:
        for event in events_of(created, patches):
            stored = write_event(CARS, event)
            schemas[f"{stored['type']}.{stored['schemaVersion']}"].validate(stored["data"])
            seen.add(stored["type"])

    are_valid()
    assert seen == CARS.events.keys()
