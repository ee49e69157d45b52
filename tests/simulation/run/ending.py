"""The end of a run: faults cease, everything drains, and what was promised for the end is looked at."""

from tests.simulation.run.asking import (
    a_command_is_what_was_asked,
    a_write_is_accepted_or_may_be_tried_again,
    every_question_is_answered_when_nothing_fails,
)
from tests.simulation.run.broken import Broken, hold
from tests.simulation.run.clients import Clients
from tests.simulation.run.outcome import (
    a_car_never_waits_for_one_that_has_a_fault,
    a_cars_events_are_first_published_in_order,
    a_follower_ends_with_the_history,
    a_write_that_waited_was_answered_truly,
    no_command_is_untraced,
    no_record_holds_up_its_shard,
    nothing_accepted_is_lost,
    nothing_is_set_aside_that_could_be_dealt_with,
    poison_is_set_aside_as_it_came,
    requests_with_one_key_are_one_request,
    the_view_ends_equal_to_the_fold,
    the_view_never_goes_back_and_shows_whole_commits,
)
from tests.simulation.run.reading import commit_of
from tests.simulation.run.stage import Stage
from tests.simulation.world.stream import RETENTION_SECONDS

PATIENCE = 3600.0
"""Seconds in which every car that is not stuck is to be done."""
MOST_ROUNDS = 2000


def end(stage: Stage, clients: Clients) -> None:
    """Bring a run to its end. Raises Broken."""
    stage.note("from here on nothing goes wrong")
    stage.world.quiet()
    if (stage.fleet.is_mixed or stage.truth.unreadable) and not stage.faults.stuck:
        _drain(stage, stage.world.clock.now + PATIENCE)
        hold(no_record_holds_up_its_shard, stage)
    if stage.fleet.is_mixed:
        stage.fleet.deploy(stage.world, 1.0)
    if stage.faults.stuck:
        _drain(stage, stage.world.clock.now + PATIENCE)
        hold(a_car_never_waits_for_one_that_has_a_fault, stage.world, stage.faults.stuck)
        stage.faults.stuck.clear()
    stage.fleet.send_to_next_queue(entirely=len(stage.mappings) > 1)
    _drain(stage, stage.world.clock.now + RETENTION_SECONDS)
    _check(stage, clients)
    if stage.world.commands_dlq.messages:
        stage.note("dead letters are redriven at last")
        stage.world.commands_dlq.redrive_to(stage.world.commands)
        _drain(stage, stage.world.clock.now + RETENTION_SECONDS)
        _check(stage, clients)


def _drain(stage: Stage, until: float) -> None:
    """Go on until nothing is left to do, or until a moment."""
    for _ in range(MOST_ROUNDS):
        if stage.work():
            continue
        change = stage.world.next_change()
        if change is None or change > until:
            return
        stage.world.clock.advance_to(change)
    raise Broken("everything comes to its end", f"not after {MOST_ROUNDS} rounds")


def _check(stage: Stage, clients: Clients) -> None:
    stage.look()
    for command_id, car_id in stage.books.accepted.items():
        answer = clients.look_up(command_id)
        hold(every_question_is_answered_when_nothing_fails, command_id, answer)
        hold(nothing_accepted_is_lost, stage, command_id, commit_of(stage.truth, car_id, command_id), answer)
    for car_id in stage.car_ids:
        hold(every_question_is_answered_when_nothing_fails, car_id, clients.read(car_id))
    for request in stage.books.requests:
        hold(a_write_is_accepted_or_may_be_tried_again, request)
        hold(requests_with_one_key_are_one_request, request, stage.truth)
        hold(a_write_that_waited_was_answered_truly, request, stage)
    requests = {request.correlation_id: request for request in stage.books.requests}
    for command in stage.books.commands.values():
        if command.correlation_id in requests:
            hold(a_command_is_what_was_asked, command, requests[command.correlation_id], stage.subject.resource)
    hold(poison_is_set_aside_as_it_came, stage.world, stage.books)
    hold(the_view_never_goes_back_and_shows_whole_commits, stage.shown, stage.truth)
    hold(no_command_is_untraced, stage.world)
    hold(nothing_is_set_aside_that_could_be_dealt_with, stage)
    hold(a_cars_events_are_first_published_in_order, stage)
    hold(the_view_ends_equal_to_the_fold, stage.world, stage.truth)
    hold(a_follower_ends_with_the_history, stage)
