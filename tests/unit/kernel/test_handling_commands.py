"""The command handler's three steps, its four decisions before them, and its races, on an aggregate that is no car."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.library import BOOK, Book, BookEvent, BookTrigger, Borrowed, HolderShouldBe, Returned, build
from trigger_pattern.kernel import (
    Command,
    CommandHandler,
    Commit,
    Delivery,
    Duplicate,
    Outcome,
    Position,
    RaceLost,
    Refused,
    Succeeded,
    Unchanged,
    Untraced,
)
from trigger_pattern.kernel.searching import CLOCK_SKEW, WIDEST_CLOCK_SKEW
from trigger_pattern_testing import MemoryEventStore

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@dataclass
class Contended(MemoryEventStore[Book, BookEvent]):
    """A store where others commit first, a number of times."""

    losses: int = 0

    def try_append(self, commit: Commit[Book, BookEvent]) -> bool:
        if self.losses:
            self.losses -= 1
            borrowed = replace(commit, events=(Borrowed("eve"),), state=Book("eve", 9), command_id=f"eve-{self.losses}")
            super().try_append(replace(borrowed, position=Position("operator", 1)))
        return super().try_append(commit)


@dataclass
class LosingAnswers(MemoryEventStore[Book, BookEvent]):
    """A store that writes, and says that it did not, perhaps after others have committed, from another queue."""

    followers: int = 0

    def try_append(self, commit: Commit[Book, BookEvent]) -> bool:
        super().try_append(commit)
        for number in range(1, self.followers + 1):
            version, position = commit.last_version + number, Position("replacement", number)
            super().try_append(replace(commit, version=version, command_id=f"eve-{number}", position=position))
        return False


@dataclass
class Library:
    store: MemoryEventStore[Book, BookEvent] = field(default_factory=MemoryEventStore[Book, BookEvent])
    now: datetime = NOW
    pauses: list[int] = field(default_factory=list[int])
    decided: set[str] = field(default_factory=set[str])
    failed: set[str] = field(default_factory=set[str])

    def handle(  # noqa: PLR0913 - what a test does not name is as usual
        self,
        reader: str | None,
        sequence: int,
        *,
        queue: str = "queue",
        command_id: str | None = None,
        issued_at: datetime = NOW,
        sent_at: datetime | None = None,
        expected_version: int | None = None,
        keyed: bool = False,
        again: bool = False,
    ) -> Outcome:
        handler = CommandHandler[Book, BookEvent, BookTrigger, HolderShouldBe](
            BOOK, build, self.store, self, lambda: self.now, self.pauses.append
        )
        command = Command(
            command_id or f"command-{queue}-{sequence}",
            "book",
            HolderShouldBe(reader),
            issued_at,
            "librarian",
            "correlation",
            expected_version,
            keyed,
        )
        return handler.handle(command, Delivery(Position(queue, sequence), sent_at or issued_at, again))

    def has_decided(self, command_id: str) -> bool:
        return command_id in self.decided

    def has_any(self, command_id: str) -> bool:
        return command_id in self.decided | self.failed

    @property
    def events(self) -> list[BookEvent]:
        return self.store.events("book")


@pytest.fixture
def library() -> Library:
    return Library()


def codes(outcome: Outcome) -> list[str]:
    assert isinstance(outcome, Refused)
    return [reason.code for reason in outcome.reasons]


def test_a_request_becomes_the_events_that_it_meant(library: Library) -> None:
    library.handle("ann", 1)
    assert library.handle("bob", 2) == Succeeded(version=3)
    assert library.events == [Borrowed("ann"), Returned(), Borrowed("bob")]


def test_the_events_of_one_command_are_one_commit_keyed_by_its_first_version(library: Library) -> None:
    library.handle("ann", 1)
    library.handle("bob", 2)
    assert [(commit.version, commit.last_version) for commit in library.store.commits["book"]] == [(1, 1), (2, 3)]


def test_a_commit_keeps_who_when_and_why(library: Library) -> None:
    library.handle("ann", 7, command_id="c")
    commit = library.store.commits["book"][0]
    assert commit == Commit(
        aggregate_id="book",
        version=1,
        events=(Borrowed("ann"),),
        state=Book("ann", 1),
        command_id="c",
        position=Position("queue", 7),
        issued_at=NOW,
        occurred_at=NOW,
        actor="librarian",
        correlation_id="correlation",
    )


def test_a_request_for_what_already_is_changes_nothing(library: Library) -> None:
    library.handle("ann", 1)
    assert library.handle("ann", 2) == Unchanged(version=1)
    assert library.events == [Borrowed("ann")]


def test_an_invalid_request_is_refused_before_any_trigger(library: Library) -> None:
    assert codes(library.handle("", 1)) == ["invalid-value"]


def test_a_refused_trigger_leaves_no_event_of_the_command(library: Library) -> None:
    library.handle("ann", 1)
    assert codes(library.handle("banned", 2)) == ["reader-banned"]
    assert library.events == [Borrowed("ann")]


def test_a_success_costs_one_read_and_one_write(library: Library) -> None:
    library.handle("ann", 1)
    library.store.calls.clear()
    library.handle(None, 2)
    assert library.store.calls == ["head", "try_append"]


def test_a_state_of_another_fold_is_folded_from_the_whole_history(library: Library) -> None:
    library.handle("ann", 1)
    library.handle(None, 2)
    library.store.stale_states = True
    library.handle("bob", 3)
    assert library.store.commits["book"][-1].state == Book("bob", 2)


def test_time_never_goes_back_from_commit_to_commit(library: Library) -> None:
    library.handle("ann", 1)
    library.now = NOW - timedelta(hours=1)
    library.handle(None, 2)
    assert [commit.occurred_at for commit in library.store.commits["book"]] == [NOW, NOW]


class TestDuplicates:
    def test_a_second_delivery_of_the_last_command_is_skipped(self, library: Library) -> None:
        library.handle("ann", 1)
        assert library.handle("ann", 1) == Duplicate()

    def test_a_redelivered_old_command_does_not_revert_a_newer_one(self, library: Library) -> None:
        library.handle("ann", 1)
        library.handle("bob", 2)
        assert library.handle("ann", 1) == Duplicate()
        assert library.events[-1] == Borrowed("bob")

    @pytest.mark.parametrize("again", [True, False], ids=["counted", "not counted"])
    def test_a_command_takes_effect_once_while_two_queues_take_turns(self, library: Library, *, again: bool) -> None:
        library.handle("ann", 8)
        library.handle("bob", 1, queue="replacement")
        assert library.handle("ann", 8, again=again) == Duplicate()
        assert library.events[-1] == Borrowed("bob")

    def test_a_command_with_a_key_takes_effect_once_though_each_queue_has_a_message_of_it(
        self, library: Library
    ) -> None:
        library.handle("ann", 8, command_id="c", keyed=True)
        library.handle("bob", 1, queue="replacement")
        assert library.handle("ann", 2, queue="replacement", command_id="c", keyed=True) == Duplicate()
        assert library.events[-1] == Borrowed("bob")

    def test_a_command_of_which_this_is_the_only_message_is_looked_for_nowhere(self, library: Library) -> None:
        library.handle("ann", 1)
        library.handle("bob", 2)
        assert "recorded" not in library.store.calls

    def test_a_command_is_looked_for_no_further_back_than_it_can_be(self, library: Library) -> None:
        library.handle("ann", 1)
        library.now = NOW + timedelta(hours=1)
        library.handle("bob", 2, issued_at=library.now, keyed=True)
        assert "recorded" not in library.store.calls

    def test_a_command_that_claims_to_be_of_the_future_is_found_all_the_same(self, library: Library) -> None:
        future = NOW + timedelta(days=1)
        library.handle("ann", 1, command_id="c", issued_at=future, sent_at=NOW)
        library.handle("bob", 2)
        assert library.handle("ann", 3, command_id="c", issued_at=future, sent_at=NOW, again=True) == Duplicate()

    def test_a_command_whose_sender_had_a_fast_clock_is_found_when_it_is_redelivered(self, library: Library) -> None:
        fast = NOW + timedelta(minutes=15)
        library.now = NOW + timedelta(hours=1)
        library.handle("ann", 1, command_id="c", issued_at=fast, sent_at=NOW)
        library.handle("bob", 2, issued_at=fast)
        assert library.handle("ann", 1, command_id="c", issued_at=fast, sent_at=NOW, again=True) == Duplicate()

    def test_the_numbers_of_another_queue_say_nothing(self, library: Library) -> None:
        library.handle("ann", 5)
        assert library.handle("bob", 1, queue="replacement") == Succeeded(version=3)

    def test_a_copy_in_another_queue_is_found_though_this_queue_made_the_last_commit(self, library: Library) -> None:
        library.handle("ann", 1, queue="replacement", command_id="copied")
        library.handle("bob", 4)
        assert library.handle("ann", 5, command_id="copied") == Duplicate()
        assert library.events[-1] == Borrowed("bob")

    def test_once_one_queue_alone_was_used_for_long_nothing_is_looked_for(self, library: Library) -> None:
        library.handle("ann", 1, queue="replaced")
        library.handle("bob", 4)
        library.now = later = NOW + WIDEST_CLOCK_SKEW + timedelta(seconds=1)
        library.store.calls.clear()
        library.handle("ann", 5, issued_at=later)
        assert library.store.calls == ["head", "try_append"]

    def test_a_number_from_before_the_last_is_untraced_if_its_command_was_never_applied(self, library: Library) -> None:
        library.handle("ann", 5)
        assert library.handle("bob", 3) == Untraced()
        assert library.events == [Borrowed("ann")]

    def test_a_number_from_before_the_last_is_a_duplicate_if_its_command_failed(self, library: Library) -> None:
        library.handle("ann", 5)
        library.failed.add("c")
        assert library.handle("bob", 3, command_id="c") == Duplicate()

    @pytest.mark.parametrize("again", [{"again": True}, {"keyed": True}, {"sent_at": NOW + timedelta(minutes=1)}])
    def test_what_was_decided_stands_whenever_the_command_may_have_more_messages(
        self, library: Library, again: dict[str, Any]
    ) -> None:
        library.decided.add("c")
        assert library.handle("ann", 5, command_id="c", **again) == Duplicate()

    def test_what_one_queues_message_decided_stands_for_its_copy_in_another(self, library: Library) -> None:
        library.handle("ann", 5)
        library.decided.add("c")
        assert library.handle("bob", 1, queue="replacement", command_id="c") == Duplicate()

    def test_a_command_that_failed_takes_effect_when_it_is_redriven(self, library: Library) -> None:
        library.failed.add("c")
        assert library.handle("ann", 5, command_id="c", again=True) == Succeeded(version=1)

    def test_the_same_command_under_another_number_is_skipped(self, library: Library) -> None:
        library.handle("ann", 1, command_id="c")
        assert library.handle("ann", 9, queue="replacement", command_id="c") == Duplicate()

    def test_numbers_are_compared_as_numbers(self, library: Library) -> None:
        library.handle("ann", 9)
        assert library.handle("bob", 10) == Succeeded(version=3)


class TestSuperseded:
    def test_a_command_that_comes_back_late_does_not_revert_a_newer_one(self, library: Library) -> None:
        library.handle("bob", 1, issued_at=NOW)
        late = library.handle("ann", 2, issued_at=NOW - CLOCK_SKEW - timedelta(milliseconds=1))
        assert codes(late) == ["superseded"]

    def test_the_clocks_of_two_senders_may_differ_by_the_margin(self, library: Library) -> None:
        library.handle("bob", 1, issued_at=NOW)
        assert library.handle("ann", 2, issued_at=NOW - CLOCK_SKEW) == Succeeded(version=3)

    def test_commands_within_the_margin_do_not_move_it_back(self, library: Library) -> None:
        library.handle("bob", 1, issued_at=NOW)
        library.handle("ann", 2, issued_at=NOW - CLOCK_SKEW)
        assert codes(library.handle("eve", 3, issued_at=NOW - 2 * CLOCK_SKEW)) == ["superseded"]

    @pytest.mark.parametrize("seconds", [1, 10, 29])
    def test_a_command_that_came_back_is_not_older_than_the_last_at_all(self, library: Library, seconds: int) -> None:
        library.handle("bob", 1, issued_at=NOW)
        issued_at = NOW - timedelta(seconds=seconds)
        late = library.handle("ann", 2, issued_at=issued_at, sent_at=issued_at + timedelta(days=1))
        assert codes(late) == ["superseded"]

    def test_a_command_that_came_back_is_not_as_old_as_the_last_either(self, library: Library) -> None:
        library.handle("bob", 1, issued_at=NOW)
        late = library.handle("ann", 2, issued_at=NOW, sent_at=NOW + timedelta(days=1))
        assert codes(late) == ["superseded"]

    def test_a_command_sent_again_takes_no_second_effect(self, library: Library) -> None:
        before = NOW - timedelta(seconds=5)
        library.handle("ann", 1, command_id="c", issued_at=before)
        library.handle("bob", 2, issued_at=NOW)
        again = library.handle("ann", 3, command_id="c", issued_at=before, sent_at=NOW + timedelta(minutes=6))
        assert again == Duplicate()

    def test_a_command_that_came_back_and_is_the_newest_is_applied(self, library: Library) -> None:
        library.handle("ann", 1, issued_at=NOW - timedelta(hours=1))
        assert library.handle("bob", 2, issued_at=NOW, sent_at=NOW + timedelta(days=1)) == Succeeded(version=3)

    @pytest.mark.parametrize("ahead", [timedelta(seconds=5), CLOCK_SKEW])
    def test_a_command_that_came_back_is_older_than_one_of_a_clock_ahead(
        self, library: Library, ahead: timedelta
    ) -> None:
        library.handle("bob", 1, issued_at=NOW + ahead)
        late = library.handle("ann", 2, issued_at=NOW + timedelta(seconds=1), sent_at=NOW + timedelta(minutes=1))
        assert codes(late) == ["superseded"]

    def test_a_clock_far_ahead_locks_nobody_out(self, library: Library) -> None:
        library.handle("ann", 1, issued_at=datetime.max.replace(tzinfo=UTC))
        assert library.handle("bob", 2) == Succeeded(version=3)

    def test_a_clock_far_behind_locks_nobody_out(self, library: Library) -> None:
        library.handle("ann", 1, issued_at=datetime.min.replace(tzinfo=UTC))
        assert library.handle("bob", 2) == Succeeded(version=3)

    def test_a_redelivered_command_of_a_replaced_queue_is_not_older_than_the_last_at_all(
        self, library: Library
    ) -> None:
        library.handle("bob", 1, queue="replacement", issued_at=NOW)
        late = library.handle("ann", 9, issued_at=NOW - timedelta(seconds=1), again=True)
        assert codes(late) == ["superseded"]

    def test_a_redelivered_command_of_the_same_queue_has_the_tolerance_of_clocks(self, library: Library) -> None:
        library.handle("bob", 1, issued_at=NOW)
        late = library.handle("ann", 2, issued_at=NOW - timedelta(seconds=1), again=True)
        assert late == Succeeded(version=3)

    def test_a_duplicate_is_never_reported_as_superseded(self, library: Library) -> None:
        library.handle("ann", 1, issued_at=NOW - timedelta(hours=1))
        library.handle("bob", 2, issued_at=NOW)
        assert library.handle("ann", 1, issued_at=NOW - timedelta(hours=1)) == Duplicate()


class TestExpectedVersion:
    def test_the_current_version_is_accepted(self, library: Library) -> None:
        library.handle("ann", 1)
        assert library.handle(None, 2, expected_version=1) == Succeeded(version=2)

    @pytest.mark.parametrize("expected", [0, 2])
    def test_any_other_version_is_refused(self, library: Library, expected: int) -> None:
        library.handle("ann", 1)
        assert codes(library.handle(None, 2, expected_version=expected)) == ["version-conflict"]

    def test_before_the_first_event_the_version_is_0(self, library: Library) -> None:
        assert library.handle("ann", 1, expected_version=0) == Succeeded(version=1)
        assert codes(Library().handle("ann", 1, expected_version=1)) == ["version-conflict"]


class TestRaces:
    def test_a_lost_race_is_tried_again_on_what_the_winner_left(self) -> None:
        library = Library(Contended(losses=1))
        assert library.handle("ann", 1) == Succeeded(version=3)
        assert library.events == [Borrowed("eve"), Returned(), Borrowed("ann")]
        assert library.pauses == [1]

    def test_after_the_last_attempt_the_command_is_left_to_the_queue(self) -> None:
        library = Library(Contended(losses=4))
        with pytest.raises(RaceLost):
            library.handle("ann", 1)
        assert library.pauses == [1, 2, 3]

    @pytest.mark.parametrize("followers", [0, 1, 2])
    def test_an_attempt_whose_answer_was_lost_is_known_again(self, followers: int) -> None:
        library = Library(LosingAnswers(followers=followers))
        assert library.handle("ann", 1) == Duplicate()
        assert library.events == [Borrowed("ann")] * (1 + followers)
