"""The description in the forms from which common generators make clients that work."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from resources.cars import CARS
from tests.support.notes import WALL_NOTES
from tests.support.system import System
from trigger_pattern.application.outcomes import Status
from trigger_pattern_authoring.openapi.document import openapi_document
from trigger_pattern_authoring.openapi.stack import Stack

SHOP = Stack("Shop", "A shop", "1.0.0", "shop")
DOCUMENT = openapi_document((CARS, WALL_NOTES), SHOP)
SCHEMAS: Mapping[str, Any] = DOCUMENT["components"]["schemas"]
EVENTS = [
    pytest.param(resource.kind, name, id=f"{resource.kind}{name}")
    for resource in (CARS, WALL_NOTES)
    for name in resource.events
]
STATUSES = ["pending", "succeeded", *(status.value for status in Status)]


def errors(name: str, value: Any) -> list[str]:
    referred = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
    return [error.message for error in Draft202012Validator(referred).iter_errors(value)]


def parts(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return every object in a document."""
    found: list[dict[str, Any]] = []

    def keep(part: dict[str, Any]) -> dict[str, Any]:
        found.append(part)
        return part

    json.loads(json.dumps(document), object_hook=keep)
    return found


def test_an_object_is_plain() -> None:
    objects = [part for part in parts(DOCUMENT) if "properties" in part]
    assert objects
    assert [part for part in objects if {"oneOf", "allOf", "anyOf"} & part.keys()] == []


def test_nothing_is_read_only() -> None:
    assert [part for part in parts(DOCUMENT) if "readOnly" in part] == []


def test_every_integer_has_its_size() -> None:
    integers = [part for part in parts(DOCUMENT) if part.get("type") in ("integer", ["integer", "null"])]
    assert [part for part in integers if part.get("format") not in ("int32", "int64")] == []
    assert SCHEMAS["Car"]["properties"]["year"]["format"] == "int32"
    assert SCHEMAS["CarCreatedEvent"]["properties"]["version"]["format"] == "int64"


@pytest.mark.parametrize(("kind", "name"), EVENTS)
def test_a_type_of_event_is_a_schema_of_its_own(kind: str, name: str) -> None:
    event = f"{kind}{name}Event"
    assert SCHEMAS[event]["properties"]["type"] == {"type": "string", "const": name}
    assert [*SCHEMAS[event]["properties"]] == SCHEMAS[event]["required"]
    assert SCHEMAS[f"{kind}Event"]["discriminator"]["mapping"][name] == f"#/components/schemas/{event}"
    assert {"$ref": f"#/components/schemas/{event}"} in SCHEMAS[f"{kind}Event"]["oneOf"]


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_of_a_command_is_a_schema_of_its_own(status: str) -> None:
    outcome = f"Car{status.capitalize()}Command"
    assert SCHEMAS[outcome]["properties"]["status"] == {"type": "string", "const": status}
    assert "status" in SCHEMAS[outcome]["required"]
    assert SCHEMAS["CarCommandOutcome"]["discriminator"]["mapping"][status] == f"#/components/schemas/{outcome}"


def test_events_and_outcomes_are_as_they_are_described() -> None:
    system = System()
    car = system.create()
    commands = [
        system.request("PATCH", car, {"color": "red"}),
        system.request("PATCH", car, {"color": "red"}),
        system.request("PATCH", car, {"mileage": 1}),
        system.request("DELETE", car),
    ]
    system.pause(1)
    ids = [command.body["commandId"] for command in (*commands, system.request("PATCH", car, {"color": "blue"}))]
    outcomes = [system.request("GET", f"{car}/commands/{command_id}").body for command_id in ids]
    expected = ["succeeded", "unchanged", "refused", "succeeded", "pending"]
    assert [outcome["status"] for outcome in outcomes] == expected
    assert [errors("CarCommandOutcome", outcome) for outcome in outcomes] == [[]] * 5
    page = system.request("GET", f"{car}/events").body
    assert [event["type"] for event in page["events"]] == ["Created", "ColorChanged", "Deleted"]
    assert errors("CarEventPage", page) == []
    other = {**page["events"][1], "type": "MileageChanged"}
    assert errors("CarEvent", other)
