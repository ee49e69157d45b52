"""Invariants of the end, when faults have stopped and everything has drained; each name is the promise."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from tests.simulation.run.harness import Harness
from tests.simulation.run.histories import Commit, Histories, plain_value
from tests.simulation.run.ledger import Ledger, Request
from tests.simulation.run.reading import FINAL
from tests.simulation.run.view_states import ViewStates
from tests.simulation.run.violation import Violations
from tests.simulation.subject.subject import GONE, Fields, Subject
from tests.simulation.world import settings
from tests.simulation.world.aws import World
from tests.simulation.world.queue import Message, Queue
from tests.support.http import Answer
from trigger_pattern.aws.messaging.command_batch import UNTRACED

CLOCKS = 60.0
"""Seconds by which two clocks may differ."""


def nothing_accepted_is_lost(
    harness: Harness, command_id: str, commit: Commit | None, answer: Answer | None
) -> Violations:
    """Each command that was answered with 202 is committed, unchanged, refused, or dead-lettered with a reason."""
    dead_letters = [
        dead_letter
        for dead_letter in harness.world.commands_dlq.messages
        if f'"commandId":"{command_id}"' in dead_letter.body
    ]
    decided = harness.ledger.decided.get(command_id)
    if not commit and decided not in FINAL and not dead_letters:
        yield f"{command_id} left no trace"
    if dead_letters and not any("Reason" in dead_letter.attributes for dead_letter in dead_letters):
        yield f"{command_id} was dead-lettered without a reason"
    answered = answer.body["status"] if answer and answer.status == 200 else None
    expected = "succeeded" if commit else decided
    if answered is not None and answered != expected:
        yield f"{command_id} is reported as {answered}, but is {expected}"


def no_aggregate_waits_for_one_that_has_a_fault(world: World, stuck: Collection[str]) -> Violations:
    """While one aggregate is stuck, all commands of the others are processed."""
    for queue in world.queues.values():
        waiting = queue.messages if queue.max_receives else []
        left = [message.body for message in waiting if _aggregate_of(message, world) not in stuck]
        if left:
            yield f"{left} wait, though only {stuck} are stuck"


def no_record_holds_up_its_shard(harness: Harness) -> Violations:
    """Unreadable items are dead-lettered; everything else is published and projected."""
    for reader in (harness.world.broadcaster, harness.world.projector):
        if reader.lag():
            yield f"{reader.name} has {reader.lag()} records before it, though nothing goes wrong"
    for queue in (harness.world.broadcast_dlq, harness.world.projector_dlq):
        dead_lettered = _dead_lettered_aggregates(queue, harness.world)
        if dead_lettered is not None and not harness.histories.unreadable <= dead_lettered:
            yield f"{queue.name} has {dead_lettered}, and not {harness.histories.unreadable}"


def requests_with_one_key_are_one_request(request: Request, histories: Histories) -> Violations:
    """One command, one aggregate and one effect, however often the request was sent."""
    if not request.has_key:
        return
    answered = [answer.body for answer in request.answers if answer and answer.status == 202]
    if len({(body[histories.subject.resource.id], body["commandId"]) for body in answered}) > 1:
        yield f"{request} was answered {answered}"
    commits = [commit for history in histories.by_id.values() for commit in history.commits]
    effects = [commit for commit in commits if commit.correlation_id == request.correlation_id]
    if len(effects) > 1:
        yield f"{request} had the effects {effects}"


def poison_is_dead_lettered_as_it_came(world: World, ledger: Ledger) -> Violations:
    """A message that is no command ends in the dead-dead_letter queue, byte for byte and with a reason."""
    dead_letters = {dead_letter.body: dead_letter.attributes for dead_letter in world.commands_dlq.messages}
    for body in ledger.poison:
        if "Reason" not in dead_letters.get(body, {}):
            yield f"{body} is not, or without a reason, among {dead_letters}"


def the_view_never_goes_back_and_shows_whole_commits(view_states: ViewStates, histories: Histories) -> Violations:
    """Each item of the view is an aggregate after one of its commits, never older than before."""
    newest: dict[str, int] = {}
    for item in view_states.items:
        aggregate_id, version = str(item[histories.subject.resource.id]), int(item["version"])
        history = histories.by_id[aggregate_id]
        if version < newest.get(aggregate_id, 0) or version not in history.versions(since=1):
            yield f"{item} after version {newest.get(aggregate_id, 0)}, of {history.versions()}"
        elif not _shows(item, history.states[version], histories.subject):
            yield f"{item}, but version {version} is {history.states[version]}"
        newest[aggregate_id] = version


def the_view_ends_equal_to_the_fold(world: World, histories: Histories) -> Violations:
    """In the end the view has each aggregate's newest state."""
    dead_lettered = _dead_lettered_aggregates(world.projector_dlq, world)
    view = {item[world.resource.id]["S"]: item for item in world.tables[world.own("ViewTable")].items()}
    for aggregate_id, history in histories.by_id.items():
        if not history.commits or dead_lettered is None or aggregate_id in dead_lettered:
            continue
        item = {name: plain_value(value) for name, value in view.get(aggregate_id, {}).items()}
        if item.get("version") != history.version or not _shows(item, history.states[-1], histories.subject):
            yield f"{item}, but {aggregate_id} is {history.states[-1]} in version {history.version}"


def a_follower_ends_with_the_history(harness: Harness) -> Violations:
    """A subscriber that follows the contract ends with the table's history; unsent events are dead-lettered."""
    dead_lettered = _dead_lettered_aggregates(harness.world.broadcast_dlq, harness.world)
    for aggregate_id, history in harness.histories.by_id.items():
        if history.commits and (dead_lettered is None or aggregate_id in dead_lettered):
            harness.follower.catch_up(aggregate_id)
        taken = harness.follower.taken(aggregate_id)
        if taken != history.events():
            yield f"{taken}, but {aggregate_id} has {history.events()}"


def events_are_first_published_in_order(harness: Harness) -> Violations:
    """A queue that keeps everything has each aggregate's events in order; repetitions come later."""
    newest: dict[str, int] = {}
    dead_lettered = _dead_lettered_aggregates(harness.world.broadcast_dlq, harness.world)
    for message in harness.witness.messages:
        event = json.loads(message.body)
        aggregate_id, version = event["subject"], event[harness.subject.resource.version]
        if (
            dead_lettered is not None
            and aggregate_id not in dead_lettered
            and version > newest.get(aggregate_id, 0) + 1
        ):
            yield f"version {version} of {aggregate_id} was published after {newest.get(aggregate_id, 0)}"
        newest[aggregate_id] = max(version, newest.get(aggregate_id, 0))


def nothing_is_dead_lettered_that_could_be_handled(harness: Harness) -> Violations:
    """Only overdue records are dead-lettered; all others are retried."""
    id_name = harness.subject.resource.id
    for queue in (harness.world.broadcast_dlq, harness.world.projector_dlq):
        for message in queue.messages:
            dead_letter = json.loads(message.body)
            commits = harness.histories.by_id[dead_letter[id_name]].commits if id_name in dead_letter else []
            written = [commit.occurred_at.timestamp() for commit in commits if commit.version == dead_letter["version"]]
            if written and message.sent_at - written[0] < settings.PATIENCE - CLOCKS:
                yield f"{dead_letter} after {message.sent_at - written[0]} s"


def no_command_is_untraced(world: World) -> Violations:
    """As long as a queue's numbers do not restart, a message behind later ones has been processed."""
    for dead_letter in world.commands_dlq.messages:
        if dead_letter.attributes.get("Reason", {}).get("StringValue") == UNTRACED:
            yield f"{dead_letter.body} left no trace"


def a_write_that_waited_got_a_true_answer(request: Request, harness: Harness) -> Violations:
    """An answer to `Prefer: wait` has the state after the command, or a refusal that was recorded."""
    commands = [
        command for command in harness.ledger.commands.values() if command.correlation_id == request.correlation_id
    ]
    decided = {harness.ledger.decided.get(command.command_id) for command in commands}
    asked = [(harness.histories.by_id[command.aggregate_id], command.command_id) for command in commands]
    commits = [commit for history, command_id in asked for commit in history.commits if commit.command_id == command_id]
    for answer in filter(None, request.answers):
        if answer.status in (409, 412, 422) and "refused" not in decided:
            yield f"{request} was answered {answer}, but is {decided}"
        if answer.status in (200, 201):
            version = int(answer.headers["ETag"].strip('"'))
            body = {name: value for name, value in answer.body.items() if name != harness.subject.resource.id}
            written = [commit.last_version for commit in commits]
            if not any(version <= history.version and history.states[version] == body for history, _ in asked):
                yield f"{request} was answered {answer}"
            elif written and "unchanged" not in decided and version not in written:
                yield f"{request} was answered {answer}, but its versions are {written}"
        if answer.status == 204 and not any(history.states[-1] is GONE for history, _ in asked):
            yield f"{request} was answered {answer}, but the car is there"


def _shows(item: Mapping[str, Any], state: Fields | None, subject: Subject) -> bool:
    """Return whether an item of the view is this state; a deleted one has nothing but its version."""
    if state is GONE:
        return set(item) == {subject.resource.id, "version", "deleted"}
    return state is not None and all(item.get(name) == value for name, value in state.items())


def _aggregate_of(message: Message, world: World) -> str:
    """Return the aggregate id of a message; one of a standard queue names it in its body."""
    return message.group or str(json.loads(message.body)[world.resource.id])


def _dead_lettered_aggregates(queue: Queue, world: World) -> set[str] | None:
    """Return the ids of dead-lettered aggregates; None if Lambda gave up on a place in the stream."""
    dead_letters, id_name = [json.loads(message.body) for message in queue.messages], world.resource.id
    return (
        None
        if any(id_name not in dead_letter for dead_letter in dead_letters)
        else {dead_letter[id_name] for dead_letter in dead_letters}
    )
