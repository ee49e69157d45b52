"""What is promised for the end, when faults have ceased and everything has drained; each name is the promise."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from tests.simulation.run.books import Books, Request
from tests.simulation.run.broken import Faults
from tests.simulation.run.reading import FINAL
from tests.simulation.run.shown import Shown
from tests.simulation.run.stage import Stage
from tests.simulation.run.truth import Commit, Truth, plain_value
from tests.simulation.subject.subject import GONE, Fields, Subject
from tests.simulation.world import settings
from tests.simulation.world.aws import World
from tests.simulation.world.queue import Message, Queue
from tests.support.http import Answer
from trigger_pattern.aws.messaging.command_batch import UNTRACED

CLOCKS = 60.0
"""Seconds by which two clocks may differ."""


def nothing_accepted_is_lost(stage: Stage, command_id: str, commit: Commit | None, answer: Answer | None) -> Faults:
    """Each command that was answered with 202 is committed, unchanged, refused, or set aside with a reason."""
    letters = [letter for letter in stage.world.commands_dlq.messages if f'"commandId":"{command_id}"' in letter.body]
    decided = stage.books.decided.get(command_id)
    if not commit and decided not in FINAL and not letters:
        yield f"{command_id} left no trace"
    if letters and not any("Reason" in letter.attributes for letter in letters):
        yield f"{command_id} was set aside without a reason"
    told = answer.body["status"] if answer and answer.status == 200 else None
    expected = "succeeded" if commit else decided
    if told is not None and told != expected:
        yield f"{command_id} is told to be {told}, but is {expected}"


def a_car_never_waits_for_one_that_has_a_fault(world: World, stuck: Collection[str]) -> Faults:
    """While nothing can be done for one car, all commands of the others are done."""
    for queue in world.queues.values():
        waiting = queue.messages if queue.max_receives else []
        left = [message.body for message in waiting if _car_of(message, world) not in stuck]
        if left:
            yield f"{left} wait, though only {stuck} are stuck"


def no_record_holds_up_its_shard(stage: Stage) -> Faults:
    """Whatever this code cannot read or fold, all else is published and projected, and what is no commit is known."""
    for reader in (stage.world.broadcaster, stage.world.projector):
        if reader.lag():
            yield f"{reader.name} has {reader.lag()} records before it, though nothing goes wrong"
    for queue in (stage.world.broadcast_dlq, stage.world.projector_dlq):
        aside = _cars_set_aside(queue, stage.world)
        if aside is not None and not stage.truth.unreadable <= aside:
            yield f"{queue.name} has {aside}, and not {stage.truth.unreadable}"


def requests_with_one_key_are_one_request(request: Request, truth: Truth) -> Faults:
    """One command, one car and one effect, however often the request was sent."""
    if not request.has_key:
        return
    told = [answer.body for answer in request.answers if answer and answer.status == 202]
    if len({(body[truth.subject.resource.id], body["commandId"]) for body in told}) > 1:
        yield f"{request} was answered {told}"
    commits = [commit for car in truth.cars.values() for commit in car.commits]
    effects = [commit for commit in commits if commit.correlation_id == request.correlation_id]
    if len(effects) > 1:
        yield f"{request} had the effects {effects}"


def poison_is_set_aside_as_it_came(world: World, books: Books) -> Faults:
    """What is no command ends in the dead-letter queue, byte for byte and with a reason."""
    letters = {letter.body: letter.attributes for letter in world.commands_dlq.messages}
    for body in books.poison:
        if "Reason" not in letters.get(body, {}):
            yield f"{body} is not, or without a reason, among {letters}"


def the_view_never_goes_back_and_shows_whole_commits(shown: Shown, truth: Truth) -> Faults:
    """Each car is shown as one of its commits left it, and never older than before; a deleted one as no more."""
    newest: dict[str, int] = {}
    for item in shown.items:
        car_id, version = str(item[truth.subject.resource.id]), int(item["version"])
        car = truth.cars[car_id]
        if version < newest.get(car_id, 0) or version not in car.versions(since=1):
            yield f"{item} after version {newest.get(car_id, 0)}, of {car.versions()}"
        elif not _shows(item, car.cars[version], truth.subject):
            yield f"{item}, but version {version} is {car.cars[version]}"
        newest[car_id] = version


def the_view_ends_equal_to_the_fold(world: World, truth: Truth) -> Faults:
    """Each car is shown as it is in the end."""
    aside = _cars_set_aside(world.projector_dlq, world)
    view = {item[world.resource.id]["S"]: item for item in world.tables[world.own("ViewTable")].items()}
    for car_id, car in truth.cars.items():
        if not car.commits or aside is None or car_id in aside:
            continue
        item = {name: plain_value(value) for name, value in view.get(car_id, {}).items()}
        if item.get("version") != car.version or not _shows(item, car.cars[-1], truth.subject):
            yield f"{item}, but {car_id} is {car.cars[-1]} in version {car.version}"


def a_follower_ends_with_the_history(stage: Stage) -> Faults:
    """Who follows the contract ends with the table's history; what could not be sent is known to be so."""
    aside = _cars_set_aside(stage.world.broadcast_dlq, stage.world)
    for car_id, car in stage.truth.cars.items():
        if car.commits and (aside is None or car_id in aside):
            stage.follower.catch_up(car_id)
        taken = stage.follower.taken(car_id)
        if taken != car.events():
            yield f"{taken}, but {car_id} has {car.events()}"


def a_cars_events_are_first_published_in_order(stage: Stage) -> Faults:
    """Who deletes nothing finds each car's events in the order of their versions; repetitions come after."""
    newest: dict[str, int] = {}
    aside = _cars_set_aside(stage.world.broadcast_dlq, stage.world)
    for message in stage.witness.messages:
        event = json.loads(message.body)
        car_id, version = event["subject"], event[stage.subject.resource.version]
        if aside is not None and car_id not in aside and version > newest.get(car_id, 0) + 1:
            yield f"version {version} of {car_id} was published after {newest.get(car_id, 0)}"
        newest[car_id] = max(version, newest.get(car_id, 0))


def nothing_is_set_aside_that_could_be_dealt_with(stage: Stage) -> Faults:
    """Only what is overdue is given up: everything else may still be tried."""
    id_name = stage.subject.resource.id
    for queue in (stage.world.broadcast_dlq, stage.world.projector_dlq):
        for message in queue.messages:
            letter = json.loads(message.body)
            commits = stage.truth.cars[letter[id_name]].commits if id_name in letter else []
            written = [commit.occurred_at.timestamp() for commit in commits if commit.version == letter["version"]]
            if written and message.sent_at - written[0] < settings.PATIENCE - CLOCKS:
                yield f"{letter} after {message.sent_at - written[0]} s"


def no_command_is_untraced(world: World) -> Faults:
    """Where no queue's numbers begin anew, each message behind later ones is of a command that was processed."""
    for letter in world.commands_dlq.messages:
        if letter.attributes.get("Reason", {}).get("StringValue") == UNTRACED:
            yield f"{letter.body} left no trace"


def a_write_that_waited_was_answered_truly(request: Request, stage: Stage) -> Faults:
    """Who waited is given the car as the command left it, or hears that it was refused, for it was."""
    commands = [
        command for command in stage.books.commands.values() if command.correlation_id == request.correlation_id
    ]
    decided = {stage.books.decided.get(command.command_id) for command in commands}
    cars = [(stage.truth.cars[command.car_id], command.command_id) for command in commands]
    commits = [commit for car, command_id in cars for commit in car.commits if commit.command_id == command_id]
    for answer in filter(None, request.answers):
        if answer.status in (409, 412, 422) and "refused" not in decided:
            yield f"{request} was answered {answer}, but is {decided}"
        if answer.status in (200, 201):
            version = int(answer.headers["ETag"].strip('"'))
            body = {name: value for name, value in answer.body.items() if name != stage.subject.resource.id}
            written = [commit.last_version for commit in commits]
            if not any(version <= car.version and car.cars[version] == body for car, _ in cars):
                yield f"{request} was answered {answer}"
            elif written and "unchanged" not in decided and version not in written:
                yield f"{request} was answered {answer}, but its versions are {written}"
        if answer.status == 204 and not any(car.cars[-1] is GONE for car, _ in cars):
            yield f"{request} was answered {answer}, but the car is there"


def _shows(item: Mapping[str, Any], car: Fields | None, subject: Subject) -> bool:
    """Return whether an item of the view is this car; a deleted one has nothing but its version."""
    if car is GONE:
        return set(item) == {subject.resource.id, "version", "deleted"}
    return car is not None and all(item.get(name) == value for name, value in car.items())


def _car_of(message: Message, world: World) -> str:
    """Return the car of a message; one of a standard queue names it in its body."""
    return message.group or str(json.loads(message.body)[world.resource.id])


def _cars_set_aside(queue: Queue, world: World) -> set[str] | None:
    """Return the cars of which something was dead-lettered; None if Lambda gave up on a place in the stream."""
    letters, id_name = [json.loads(message.body) for message in queue.messages], world.resource.id
    return None if any(id_name not in letter for letter in letters) else {letter[id_name] for letter in letters}
