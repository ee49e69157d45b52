from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.cars import Color, ColorChanged, Deleted, MileageChanged
from tests.support.cars import CAR_ID, EXAMPLE, ROOT, car_created
from tests.support.commits import another_car, commits_of
from tests.support.rejects import MemoryRejects
from tests.support.view import MemoryView
from trigger_pattern.application.commits import CannotFold, DecodedCommit
from trigger_pattern.application.projecting import Projector, Viewed, newest_of_each
from trigger_pattern.definition.life import State
from trigger_pattern.definition.stored import UnknownEvent

CREATION, CHANGES, PAINTING, DELETION = commits_of(
    [car_created()], [ColorChanged(Color.RED), MileageChanged(15_000)], [ColorChanged(Color.BLUE)], [Deleted()]
)
HISTORY = (CREATION, CHANGES, PAINTING, DELETION)


def never(commit: DecodedCommit) -> State:
    raise AssertionError(f"{commit} was folded")


def cannot(commit: DecodedCommit) -> State:
    raise CannotFold(f"version {commit.version} is corrupt")


def folded(commit: DecodedCommit) -> State:
    events = chain.from_iterable(earlier.events for earlier in HISTORY if earlier.version <= commit.version)
    return ROOT.fold(events)


def of_car(number: int) -> list[DecodedCommit]:
    car_id = another_car(number)
    return commits_of([car_created()], [ColorChanged(Color.RED)], car_id=car_id)


def test_a_commit_puts_the_car_as_it_left_it() -> None:
    view = MemoryView()
    assert Projector(view, never).project(CHANGES)
    assert view.puts == [Viewed(CAR_ID, 3, replace(EXAMPLE, color=Color.RED, mileage=15_000))]


def test_a_deletion_puts_a_mark_without_a_car() -> None:
    view = MemoryView()
    assert Projector(view, never).project(DELETION)
    assert view.puts == [Viewed(CAR_ID, 5, None)]


def test_an_older_commit_is_told_to_be_late() -> None:
    view = MemoryView()
    projector = Projector(view, never)
    projector.project(DELETION)
    assert not projector.project(CHANGES)


def test_of_a_batch_only_the_newest_commit_of_each_car_is_put() -> None:
    view = MemoryView()
    cars = Projector(view, never).project_all([*of_car(1), *HISTORY, *of_car(2)], MemoryRejects(), MemoryRejects())
    assert cars == len(view.puts) == 3
    assert {put.aggregate_id: put.version for put in view.puts} == {
        CAR_ID: 5,
        another_car(1): 2,
        another_car(2): 2,
    }


@given(st.permutations([*HISTORY, *HISTORY]))
def test_the_newest_is_found_in_any_order(commits: list[DecodedCommit]) -> None:
    assert newest_of_each(commits) == [DELETION]


def test_no_commits_put_nothing() -> None:
    view = MemoryView()
    assert Projector(view, never).project_all([], MemoryRejects(), MemoryRejects()) == 0
    assert view.puts == []


def test_a_state_of_another_fold_is_folded_again_up_to_its_commit() -> None:
    view = MemoryView()
    Projector(view, folded).project(replace(CHANGES, state=None))
    assert view.kept[CAR_ID].value == CHANGES.state


def test_what_cannot_be_folded_is_set_aside_and_the_rest_goes_on() -> None:
    view, rejects = MemoryView(), MemoryRejects()
    Projector(view, cannot).project_all([replace(CHANGES, state=None), *of_car(1)], rejects, MemoryRejects())
    assert rejects.kept == [(CAR_ID, 2, "version 2 is corrupt")]
    assert list(view.kept) == [another_car(1)]


def test_what_only_newer_code_can_fold_is_left_for_later_and_the_rest_goes_on() -> None:
    def newer(_: DecodedCommit) -> State:
        raise UnknownEvent("Repainted, schema version 1")

    view, rejects, later = MemoryView(), MemoryRejects(), MemoryRejects()
    Projector(view, newer).project_all([replace(CHANGES, state=None), *of_car(1)], rejects, later)
    assert later.kept == [(CAR_ID, 2, "Repainted, schema version 1")]
    assert rejects.kept == []
    assert list(view.kept) == [another_car(1)]


def test_a_fault_of_the_view_is_raised_and_nothing_is_set_aside() -> None:
    class Broken(MemoryView):
        def put(self, viewed: Viewed) -> bool:
            raise ConnectionError(viewed.aggregate_id)

    rejects = MemoryRejects()
    with pytest.raises(ConnectionError):
        Projector(Broken(), never).project_all(HISTORY, rejects, rejects)
    assert rejects.kept == []
