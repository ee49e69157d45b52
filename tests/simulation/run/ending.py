"""The end of a run: faults stop, everything drains, and the final invariants are checked."""

from tests.simulation.run.answering import (
    a_command_is_what_was_asked,
    a_write_is_accepted_or_can_be_retried,
    every_read_is_answered_when_nothing_fails,
)
from tests.simulation.run.clients import Clients
from tests.simulation.run.harness import Harness
from tests.simulation.run.outcome import (
    a_follower_ends_with_the_history,
    a_write_that_waited_got_a_true_answer,
    events_are_first_published_in_order,
    no_aggregate_waits_for_one_that_has_a_fault,
    no_command_is_untraced,
    no_record_holds_up_its_shard,
    nothing_accepted_is_lost,
    nothing_is_dead_lettered_that_could_be_handled,
    poison_is_dead_lettered_as_it_came,
    requests_with_one_key_are_one_request,
    the_view_ends_equal_to_the_fold,
    the_view_never_goes_back_and_shows_whole_commits,
)
from tests.simulation.run.reading import commit_of
from tests.simulation.run.violation import Violation, check
from tests.simulation.world.stream import RETENTION_SECONDS

PATIENCE = 3600.0
"""Seconds within which every aggregate that is not stuck must be done."""
MOST_ROUNDS = 2000


def end(harness: Harness, clients: Clients) -> None:
    """Stop the faults, drain everything, and check the final invariants. Raises Violation."""
    harness.note("from here on nothing goes wrong")
    harness.world.quiet()
    if (harness.instances.is_mixed or harness.histories.unreadable) and not harness.faults.stuck:
        _drain(harness, harness.world.clock.now + PATIENCE)
        check(no_record_holds_up_its_shard, harness)
    if harness.instances.is_mixed:
        harness.instances.deploy(harness.world, 1.0)
    if harness.faults.stuck:
        _drain(harness, harness.world.clock.now + PATIENCE)
        check(no_aggregate_waits_for_one_that_has_a_fault, harness.world, harness.faults.stuck)
        harness.faults.stuck.clear()
    harness.instances.send_to_next_queue(entirely=len(harness.mappings) > 1)
    _drain(harness, harness.world.clock.now + RETENTION_SECONDS)
    _check(harness, clients)
    if harness.world.commands_dlq.messages:
        harness.note("dead letters are redriven at last")
        harness.world.commands_dlq.redrive_to(harness.world.commands)
        _drain(harness, harness.world.clock.now + RETENTION_SECONDS)
        _check(harness, clients)


def _drain(harness: Harness, until: float) -> None:
    """Go on until nothing is left to do, or until a moment."""
    for _ in range(MOST_ROUNDS):
        if harness.work():
            continue
        change = harness.world.next_change()
        if change is None or change > until:
            return
        harness.world.clock.advance_to(change)
    raise Violation("everything comes to its end", f"not after {MOST_ROUNDS} rounds")


def _check(harness: Harness, clients: Clients) -> None:
    harness.look()
    for command_id, aggregate_id in harness.ledger.accepted.items():
        answer = clients.look_up(command_id)
        check(every_read_is_answered_when_nothing_fails, command_id, answer)
        check(
            nothing_accepted_is_lost,
            harness,
            command_id,
            commit_of(harness.histories, aggregate_id, command_id),
            answer,
        )
    for aggregate_id in harness.aggregate_ids:
        check(every_read_is_answered_when_nothing_fails, aggregate_id, clients.read(aggregate_id))
    for request in harness.ledger.requests:
        check(a_write_is_accepted_or_can_be_retried, request)
        check(requests_with_one_key_are_one_request, request, harness.histories)
        check(a_write_that_waited_got_a_true_answer, request, harness)
    requests = {request.correlation_id: request for request in harness.ledger.requests}
    for command in harness.ledger.commands.values():
        if command.correlation_id in requests:
            check(a_command_is_what_was_asked, command, requests[command.correlation_id], harness.subject.resource)
    check(poison_is_dead_lettered_as_it_came, harness.world, harness.ledger)
    check(the_view_never_goes_back_and_shows_whole_commits, harness.view_states, harness.histories)
    check(no_command_is_untraced, harness.world)
    check(nothing_is_dead_lettered_that_could_be_handled, harness)
    check(events_are_first_published_in_order, harness)
    check(the_view_ends_equal_to_the_fold, harness.world, harness.histories)
    check(a_follower_ends_with_the_history, harness)
