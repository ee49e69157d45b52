"""No line of any function's log holds a value of a car: not its owner, nor its VIN, whatever goes wrong."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from traceback import format_exception
from typing import Any

import pytest
from moto import mock_aws

from tests.contract.stored_commits import CHANGING
from tests.support.aws import Aws, sqs_event
from tests.support.cars import representation
from tests.support.commits import another_car
from tests.support.deployed import Deployed, load, retry_record
from tests.support.functions import Functions
from tests.support.http import JsonBody, request
from tests.support.logs import log_of_functions
from tests.support.messages import message, sqs_record
from trigger_pattern.definition.requests import CreateRequest, PatchRequest

CAR, NEW = CHANGING.car_id, another_car(3)
OWNER, VIN, MILEAGE = "9d3a6c3e-7a57-4a8e-8f2c-0b5d5f1c7e11", "WBSWD93569P000001", 7_654_321
PRIVATE = (OWNER, OWNER[:-1], VIN, VIN[:-1], str(MILEAGE))
STATE: dict[str, Any] = {
    **CHANGING.items[0]["state"]["M"],
    "owner": {"S": OWNER},
    "vin": {"S": VIN},
    "mileage": {"N": str(MILEAGE)},
}


def events(*changes: dict[str, Any], name: str = "Created") -> dict[str, Any]:
    """Events that hold the owner, the VIN and the mileage, and so many changes."""
    event = {"type": {"S": name}, "schemaVersion": {"N": "1"}}
    return {"events": {"L": [{"M": {**event, "data": {"M": {**STATE, **change}}}} for change in changes]}}


def change(name: str, **data: Any) -> dict[str, Any]:
    """One event that changes a field."""
    return {"events": {"L": [{"M": {"type": {"S": name}, "schemaVersion": {"N": "1"}, "data": {"M": data}}}]}}


ITEMS: dict[str, dict[str, Any]] = {
    "sound": events({}),
    "a new owner that is none": change("OwnerChanged", owner={"S": OWNER[:-1]}),
    "a new mileage that is none": change("MileageChanged", mileage={"S": str(MILEAGE)}),
    "an owner that is none": events({"owner": {"S": OWNER[:-1]}}),
    "an owner of another type": events({"owner": {"L": [{"S": OWNER}]}}),
    "a VIN that is none": events({"vin": {"S": VIN[:-1]}}),
    "a mileage that is not whole": events({"mileage": {"N": f"{MILEAGE}.5"}}),
    "a mileage of too many digits": events({"mileage": {"N": str(MILEAGE) * 6}}),
    "a mileage that is none": events({"mileage": {"S": str(MILEAGE)}}),
    "a set": events({"owner": {"SS": [OWNER]}}),
    "an event of newer code": events({}, name="Imported"),
    "a field of newer code": events({"keeper": {"S": OWNER}}),
    "a history that cannot have been": events({}, {}),
    "a state that cannot be read": {**events({}), "state": {"M": {**STATE, "vin": {"L": [{"S": VIN}]}}}},
    "a state of another fold": {**events({}, {}), "foldVersion": {"N": "0"}},
    "a time that is none": {**events({}), "occurredAt": {"S": VIN}},
    "a text in the place of events": {"events": {"S": OWNER}},
}
BODIES: dict[str, JsonBody] = {
    "a car": representation(owner=OWNER, vin=VIN, mileage=MILEAGE),
    "an owner that is none": representation(owner=[OWNER], vin=VIN),
    "a VIN that is none": representation(owner=OWNER, vin=VIN[:-1], mileage=str(MILEAGE)),
    "a field that is none": {**representation(owner=OWNER, vin=VIN), OWNER: VIN},
}


@dataclass(frozen=True)
class Watched:
    """The functions, and all that Lambda would write of them into their logs."""

    deployed: Deployed
    log: StringIO

    def invoke(self, function: str, event: dict[str, Any]) -> None:
        try:
            self.deployed.functions.invoke(function, event)
        except Exception as fault:  # noqa: BLE001 - Lambda logs it with its traceback
            self.log.writelines(format_exception(fault))

    def ask_everything(self) -> None:
        for path in (f"/cars/{CAR}", f"/cars/{CAR}/events", f"/cars/{CAR}/commands/{COMMAND}"):
            self.invoke("QueryApi", request("GET", path))
        for query in ("version=1", "at=2026-11-01T12:00:00Z"):
            self.invoke("QueryApi", request("GET", f"/cars/{CAR}", query=query))
        self.invoke("QueryApi", request("GET", "/cars", query=f"owner={OWNER}&vin={VIN}"))

    def write(self, body: JsonBody) -> None:
        """Send every kind of write with a body, once more with its key, and past the API."""
        writes = {"POST": "/cars", "PUT": f"/cars/{CAR}", "PATCH": f"/cars/{CAR}"}
        for method, path in (*writes.items(), *writes.items()):
            self.invoke("CommandApi", request(method, path, body=body, headers={"Idempotency-Key": method}))
        self.invoke("CommandApi", request("POST", "/cars", body=f"{json.dumps(body)},"))
        commands = [
            message(1, CreateRequest(NEW, body)),
            message(2, PatchRequest(CAR, body)),
            message(3, PatchRequest(NEW, body)),
        ]
        poison = sqs_record(commands[0]["body"].replace('"representation":', '"representation":"",'), 4)
        strange = sqs_record(json.dumps({"commandId": VIN, "carId": OWNER, "representation": [body]}), 5)
        self.invoke("CarCommandHandler", sqs_event(*commands, poison, strange))

    def stream(self, *items: dict[str, Any]) -> None:
        """Have the functions of the stream given items, and the projector once more by its queue."""
        for function in ("CarEventBroadcaster", "CarProjector"):
            try:
                self.deployed.stream(function, *items)
            except Exception as fault:  # noqa: BLE001 - as above
                self.log.writelines(format_exception(fault))
        body = {"carId": CAR, "version": 1, "reason": ""}
        self.invoke("CarProjector", sqs_event(retry_record(0, body)))


COMMAND = CHANGING.items[0]["commandId"]["S"]


@pytest.fixture(scope="module")
def functions(clients: Aws) -> Functions:
    with mock_aws():
        return load(clients.create_stack())


@pytest.fixture
def watched(aws: Aws, functions: Functions) -> Iterator[Watched]:
    with log_of_functions() as log:
        yield Watched(Deployed.on(aws, functions), log)


def assert_private(watched: Watched) -> None:
    log = watched.log.getvalue()
    assert "function_name" in log, "nothing was logged"
    assert [value for value in PRIVATE if value in log] == [], log


@pytest.mark.parametrize("changes", ITEMS.values(), ids=list(ITEMS))
def test_no_item_of_the_events_table_reaches_the_log(watched: Watched, changes: dict[str, Any]) -> None:
    item = {**CHANGING.items[0], "state": {"M": STATE}, **changes}
    watched.deployed.put(item)
    watched.stream(item)
    watched.ask_everything()
    watched.write({"color": "red"})
    assert_private(watched)


@pytest.mark.parametrize("body", BODIES.values(), ids=list(BODIES))
def test_no_representation_reaches_the_log(watched: Watched, body: JsonBody) -> None:
    watched.write(body)
    watched.ask_everything()
    assert_private(watched)


def without_events(deployed: Deployed) -> None:
    deployed.aws.dynamodb.delete_table(TableName=deployed.resources["CarEventsTable"])


def without_view(deployed: Deployed) -> None:
    deployed.aws.dynamodb.delete_table(TableName=deployed.resources["CarViewTable"])


def without_topic(deployed: Deployed) -> None:
    deployed.aws.sns.delete_topic(TopicArn=deployed.resources["CarEventsTopic"])


def without_queue(deployed: Deployed) -> None:
    deployed.aws.sqs.delete_queue(QueueUrl=deployed.resources["CarCommandsQueue"])


@pytest.mark.parametrize("missing", [without_events, without_view, without_topic, without_queue])
def test_no_fault_of_the_infrastructure_has_a_value_reach_the_log(
    watched: Watched, missing: Callable[[Deployed], None]
) -> None:
    item = {**CHANGING.items[0], "state": {"M": STATE}, **events({})}
    watched.deployed.put(item)
    missing(watched.deployed)
    watched.stream(item)
    watched.ask_everything()
    watched.write(BODIES["a car"])
    assert_private(watched)
