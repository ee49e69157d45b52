from dataclasses import replace

from tests.support.cars import CONTEXT
from tests.support.library import BOOK, Book, BookEvent, BookTrigger, Borrow, Borrowed, Return, Returned
from trigger_pattern.kernel import Context, Executed, Refusal, Refused, execute


def fire(state: Book, *triggers: BookTrigger) -> Executed[Book, BookEvent] | Refused:
    return execute(BOOK, state, triggers, CONTEXT)


def test_each_trigger_is_fired_on_the_state_that_the_events_before_it_left() -> None:
    assert fire(Book("ann", 1), Return(), Borrow("bob")) == Executed((Returned(), Borrowed("bob")), Book("bob", 2))


def test_no_trigger_makes_no_event_and_leaves_the_state() -> None:
    assert fire(Book("ann", 1)) == Executed((), Book("ann", 1))


def test_one_refusal_means_no_event_at_all() -> None:
    assert isinstance(fire(Book(), Borrow("ann"), Borrow("bob")), Refused)


def test_every_refusal_is_reported_once_in_the_order_of_firing() -> None:
    refused = fire(Book(), Return(), Borrow("banned"), Return())
    assert isinstance(refused, Refused)
    assert [reason.code for reason in refused.reasons] == ["not-lent", "reader-banned"]


def test_all_reasons_of_one_trigger_are_kept() -> None:
    two = Refused((Refusal("a", "A."), Refusal("b", "B.")))

    def refuse_twice(_state: Book, _trigger: BookTrigger, _context: Context) -> BookEvent | Refused:
        return two

    assert execute(replace(BOOK, fire=refuse_twice), Book(), [Return()], CONTEXT) == two


def test_folding_a_history_rehydrates_the_state() -> None:
    assert BOOK.fold([Borrowed("ann"), Returned(), Borrowed("bob")]) == Book("bob", 2)


def test_folding_nothing_gives_the_zero_state() -> None:
    assert BOOK.fold([]) == Book()
