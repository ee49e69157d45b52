"""Events and states of two versions of the code in one table: nothing is lost, whichever code meets them."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from moto import mock_aws

from resources.cars import CARS, Color, ColorChanged, Deleted, MileageChanged
from tests.contract.newer_cars import NEWER_CARS
from tests.contract.newer_code import NEWER, NEWER_READERS
from tests.contract.stored_commits import CHANGING, DELETED, STANDING, STORIES, Story
from tests.support.aws import Aws
from tests.support.cars import ROOT, representation
from tests.support.commits import another_car
from tests.support.deployed import Deployed, load
from tests.support.functions import Functions
from tests.support.messages import message, message_id
from trigger_pattern.definition.life import root_of
from trigger_pattern.definition.requests import CreateRequest, DeleteRequest, PatchRequest
from trigger_pattern.definition.stored import write_event, write_state
from trigger_pattern.kernel import rehydrate

CAR, OTHER, NEW_CAR = CHANGING.car_id, STANDING.car_id, another_car(9)


def written(event: object) -> tuple[str, int]:
    """Return the type and the schema version with which today's code writes an event."""
    stored = write_event(CARS, event)
    return stored["type"], stored["schemaVersion"]


COLOR, MILEAGE, DELETION = written(ColorChanged(Color.RED)), written(MileageChanged(1)), written(Deleted())
NEWER_CREATION, NEWER_COLOR, PLATE = NEWER.items()


def patch(number: int, **changes: Any) -> dict[str, Any]:
    """Make the message of a PATCH of the car; numbers order it after all that is stored."""
    return message(100 + number, PatchRequest(CAR, changes))


@dataclass(frozen=True)
class Versions:
    """The functions of each version of the code."""

    todays: Functions
    readers: Functions
    newer: Functions


@pytest.fixture(scope="module")
def versions(clients: Aws) -> Versions:
    with mock_aws():
        names = clients.create_stack()
        return Versions(load(names), load(names, NEWER_READERS), load(names, NEWER_CARS))


@pytest.fixture
def deployed(aws: Aws, versions: Versions) -> Deployed:
    """The system, with the commits that version 1 stored."""
    deployed = Deployed.on(aws, versions.todays)
    for story in STORIES:
        deployed.put(*story.items)
    return deployed


@pytest.fixture
def newer_code(deployed: Deployed, versions: Versions) -> Deployed:
    """The same system, run by the newer code."""
    return deployed.run_by(versions.newer, NEWER_CARS)


@pytest.fixture
def newer_readers(deployed: Deployed, versions: Versions) -> Deployed:
    """The same system, run by the first of the newer code's two deployments."""
    return deployed.run_by(versions.readers, NEWER_READERS)


# What version 1 stored.


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.story)
def test_what_version_1_stored_is_loaded(deployed: Deployed, story: Story) -> None:
    loaded = rehydrate(ROOT, deployed.store, story.car_id)
    assert loaded.version == story.version
    assert write_state(CARS, loaded.state) == story.state


# Newer code, and a history of both versions.


def test_newer_code_goes_on_from_what_older_code_stored(deployed: Deployed, newer_code: Deployed) -> None:
    assert newer_code.handle(patch(1, color="yellow", plate="B-MW 3")) == []
    assert newer_code.handle(patch(2, color="red")) == []
    assert newer_code.handle(patch(3, mileage=15_002)) == []
    stored, added = deployed.event_types(CAR)[: CHANGING.version], deployed.event_types(CAR)[CHANGING.version :]
    assert {version for _, version in stored} == {1}
    assert added == [NEWER_COLOR, PLATE, NEWER_COLOR, MILEAGE]


def test_an_old_event_has_the_newer_field_by_its_upcaster(deployed: Deployed, newer_code: Deployed) -> None:
    newer_code.handle(patch(1, mileage=15_002))
    assert deployed.newest(CAR)["state"] == {**CHANGING.state, "mileage": 15_002, "plate": "unknown"}


def test_the_state_beside_the_newest_commit_is_what_events_of_both_versions_fold_to(newer_code: Deployed) -> None:
    newer_code.handle(patch(1, color="yellow", plate="B-MW 3"), patch(2, condition="good"))
    commits = list(newer_code.store.history(CAR))
    folded = root_of(NEWER_CARS).fold(event for commit in commits for event in commit.events)
    assert commits[-1].state == folded
    assert write_state(NEWER_CARS, folded) == {
        **CHANGING.state,
        "color": "yellow",
        "plate": "B-MW 3",
        "condition": "good",
    }


def test_a_car_that_newer_code_creates_lives_by_newer_events(deployed: Deployed, newer_code: Deployed) -> None:
    created = message(1, CreateRequest(NEW_CAR, representation(color="yellow", plate="B-MW 5")))
    assert newer_code.handle(created, message(2, DeleteRequest(NEW_CAR))) == []
    assert deployed.event_types(NEW_CAR) == [NEWER_CREATION, DELETION]


def test_what_is_deleted_stays_deleted(deployed: Deployed, newer_code: Deployed) -> None:
    before = deployed.items(DELETED.car_id)
    assert newer_code.handle(message(1, CreateRequest(DELETED.car_id, representation(plate="F-1 50")))) == []
    assert deployed.items(DELETED.car_id) == before


# States of another fold.


def test_a_state_of_another_fold_is_folded_again_and_the_next_commit_is_of_this_one(deployed: Deployed) -> None:
    *_, newest = deployed.items(CAR)
    deployed.put({**newest, "foldVersion": {"N": "0"}, "state": {"M": {"wheels": {"N": "4"}}}})
    assert deployed.handle(patch(1, mileage=15_002)) == []
    commit = deployed.newest(CAR)
    assert (commit["version"], commit["foldVersion"]) == (CHANGING.version + 1, CARS.fold_version)
    assert commit["state"] == {**CHANGING.state, "mileage": 15_002}


def test_a_car_is_folded_again_once(deployed: Deployed, newer_code: Deployed) -> None:
    first, *_ = deployed.items(CAR)
    newer_code.handle(patch(1, color="yellow"))
    assert newer_code.newest(CAR)["foldVersion"] == NEWER_CARS.fold_version
    newer_code.put({**first, "events": {"S": "nobody reads this any more"}})
    assert newer_code.handle(patch(2, color="red")) == []


def test_code_of_two_folds_can_take_turns(deployed: Deployed, newer_code: Deployed) -> None:
    newer_code.handle(patch(1, mileage=15_002))
    deployed.handle(patch(2, condition="good"))
    newer_code.handle(patch(3, color="yellow"))
    folds = [item["foldVersion"]["N"] for item in deployed.items(CAR)[-3:]]
    assert folds == [str(NEWER_CARS.fold_version), str(CARS.fold_version), str(NEWER_CARS.fold_version)]
    changes = {"mileage": 15_002, "condition": "good", "color": "yellow", "plate": "unknown"}
    assert deployed.newest(CAR)["state"] == {**CHANGING.state, **changes}


# Two deploys: readers, then writers.


def test_where_readers_come_before_writers_nobody_waits(
    deployed: Deployed, newer_code: Deployed, newer_readers: Deployed
) -> None:
    assert newer_readers.handle(patch(1, color="red")) == []
    assert deployed.handle(patch(2, color="white")) == []
    assert newer_code.handle(patch(3, color="yellow")) == []
    assert newer_readers.handle(patch(4, color="red")) == []
    added = [COLOR, COLOR, NEWER_COLOR, COLOR]
    assert deployed.event_types(CAR)[CHANGING.version :] == added


@pytest.mark.parametrize("function", ["CarEventBroadcaster", "CarProjector"])
def test_what_the_readers_write_is_read_by_todays_code(
    deployed: Deployed, newer_readers: Deployed, function: str
) -> None:
    newer_readers.handle(message(1, CreateRequest(NEW_CAR, representation(plate="B-MW 3"))))
    deployed.stream(function, *deployed.items(NEW_CAR))
    assert deployed.published() or deployed.viewed() == {NEW_CAR: 1}
    assert deployed.set_aside() == []


# Today's code, and what newer code wrote: the car waits where it has to be folded, and nobody else.


NEWS = {
    "a new event": [{"plate": "B-MW 3"}],
    "a new schema version": [{"color": "red"}],
    "a known event behind a newer one": [{"color": "red"}, {"condition": "good"}],
}


@pytest.fixture(params=NEWS.values(), ids=list(NEWS))
def newer(deployed: Deployed, newer_code: Deployed, request: pytest.FixtureRequest) -> dict[str, Any]:
    """The item of a commit that only newer code can read, or fold."""
    for number, changes in enumerate(request.param):
        assert newer_code.handle(patch(number, **changes)) == []
    return deployed.items(CAR)[-1]


def test_the_command_handler_hands_back_the_commands_of_this_car_and_no_other(
    deployed: Deployed, newer: dict[str, Any]
) -> None:
    again = deployed.handle(patch(2, mileage=15_002), message(103, DeleteRequest(OTHER)), patch(4, mileage=15_003))
    assert again == [message_id(102), message_id(104)]
    assert deployed.items(CAR)[-1] == newer
    assert deployed.event_types(OTHER)[-1] == DELETION
    assert deployed.set_aside() == []


def test_the_command_handler_takes_them_up_with_newer_code(
    deployed: Deployed, newer_code: Deployed, newer: dict[str, Any]
) -> None:
    waiting = [patch(2, mileage=15_002), patch(3, mileage=15_003)]
    assert deployed.handle(*waiting) == [message_id(102), message_id(103)]
    assert newer_code.handle(*waiting) == []
    assert deployed.event_types(CAR)[-2:] == [MILEAGE, MILEAGE]
    assert deployed.newest(CAR)["state"]["mileage"] == 15_003


def test_the_broadcaster_publishes_at_once_what_newer_code_would_have_published(
    deployed: Deployed, newer_code: Deployed, newer: dict[str, Any]
) -> None:
    deployed.stream("CarEventBroadcaster", newer)
    todays = deployed.envelopes()
    newer_code.republish(newer)
    assert todays == deployed.envelopes() != []
    assert deployed.set_aside() == []


def test_the_broadcaster_keeps_a_cars_order_and_holds_up_nobody(deployed: Deployed, newer: dict[str, Any]) -> None:
    deployed.stream("CarEventBroadcaster", *deployed.items(CAR), *deployed.items(OTHER))
    published = deployed.envelopes()
    of_car = [envelope["carversion"] for envelope in published if envelope["subject"] == CAR]
    assert of_car == list(range(1, int(newer["version"]["N"]) + len(newer["events"]["L"])))
    assert {envelope["subject"] for envelope in published} == {CAR, OTHER}


def test_a_filter_policy_asks_for_newer_events_by_make_too(deployed: Deployed, newer: dict[str, Any]) -> None:
    bmws = deployed.aws.subscribe_queue(
        deployed.resources["CarEventsTopic"], "bmws", FilterPolicy=json.dumps({"make": [CHANGING.state["make"]]})
    )
    deployed.stream("CarEventBroadcaster", newer)
    assert deployed.aws.receive_bodies(bmws)


def test_the_projector_leaves_the_car_for_later_and_views_the_others(deployed: Deployed, newer: dict[str, Any]) -> None:
    deployed.stream("CarProjector", newer, *deployed.items(OTHER))
    assert deployed.viewed() == {OTHER: STANDING.version}
    (waiting,) = deployed.waiting()
    assert (waiting["carId"], waiting["version"]) == (CAR, int(newer["version"]["N"]))
    assert deployed.set_aside() == []


def test_the_projector_views_the_car_by_itself_once_it_has_newer_code(
    deployed: Deployed, newer_code: Deployed, newer: dict[str, Any]
) -> None:
    deployed.stream("CarProjector", newer)
    waiting = deployed.waiting()
    assert deployed.retry(*waiting) == [0]
    assert deployed.viewed() == {}
    assert newer_code.retry(*waiting) == []
    assert deployed.viewed() == {CAR: int(newer["version"]["N"])}
    assert deployed.set_aside() == []


def test_one_retry_that_fails_has_no_other_come_again(deployed: Deployed, newer: dict[str, Any]) -> None:
    other = {"carId": OTHER, "version": 1, "reason": ""}
    unknown = {"carId": another_car(77), "version": 1, "reason": ""}
    newest = {"carId": CAR, "version": int(newer["version"]["N"]), "reason": ""}
    assert deployed.retry(newest, other, unknown, {"no": "key"}) == [0, 3]
    assert deployed.viewed() == {OTHER: STANDING.version}


def test_a_retry_of_a_car_that_is_corrupt_is_dead_lettered(deployed: Deployed, newer: dict[str, Any]) -> None:
    deployed.put({**newer, "events": {"S": "?"}})
    assert deployed.retry({"carId": CAR, "version": int(newer["version"]["N"]), "reason": ""}) == []
    (letter,) = deployed.set_aside()
    assert json.loads(letter["Body"]) == {
        "carId": CAR,
        "version": int(newer["version"]["N"]),
        "reason": "/events: Expected one or more events.",
    }


def test_the_api_has_no_state_until_there_is_newer_code(
    deployed: Deployed, newer_code: Deployed, newer: dict[str, Any]
) -> None:
    assert deployed.get(f"/cars/{CAR}").status == 500
    assert newer_code.get(f"/cars/{CAR}").status == 200


def test_the_api_tells_newer_events_as_they_are_stored(
    deployed: Deployed, newer_code: Deployed, newer: dict[str, Any]
) -> None:
    path, query = f"/cars/{CAR}/events", f"after={int(newer['version']['N']) - 1}"
    todays = deployed.get(path, query)
    assert todays.body == newer_code.get(path, query).body
    assert todays.status == 200


def test_the_past_before_newer_code_can_be_read(deployed: Deployed, newer: dict[str, Any]) -> None:
    before = deployed.get(f"/cars/{CAR}", f"version={CHANGING.version}")
    assert (before.status, before.body["mileage"]) == (200, CHANGING.state["mileage"])
    then = deployed.items(CAR)[0]["occurredAt"]["S"]
    assert deployed.get(f"/cars/{CAR}", f"at={then}").status == 200


@pytest.mark.parametrize(("path", "query"), [("", ""), ("/events", ""), ("", f"version={CHANGING.version}")])
def test_a_state_that_cannot_be_read_is_folded_anew(deployed: Deployed, path: str, query: str) -> None:
    sound = deployed.get(f"/cars/{CAR}{path}", query)
    deployed.put({**deployed.items(CAR)[-1], "state": {"M": {"wheels": {"N": "0.5"}}}})
    again = deployed.get(f"/cars/{CAR}{path}", query)
    assert (again.status, again.body) == (sound.status, sound.body)
    assert sound.status == 200


def test_the_api_tells_old_events_in_their_newest_schema(newer_code: Deployed) -> None:
    created, *_ = newer_code.get(f"/cars/{CAR}/events").body["events"]
    assert (created["schemaVersion"], created["data"]["plate"]) == (NEWER["Created"], "unknown")
