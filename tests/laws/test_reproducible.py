"""Laws try the same examples whatever else the process has loaded and drawn."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture.providers import CONSTANTS_CACHE

from trigger_pattern_testing.laws import given_examples

DRAWN = st.tuples(st.integers(), st.text())


def examples() -> list[tuple[int, str]]:
    found = list[tuple[int, str]]()

    def find(value: tuple[int, str]) -> None:
        found.append(value)

    given_examples(find, DRAWN, max_examples=200)
    return found


def take(_: object) -> None:
    """Take an example."""


def test_examples_do_not_depend_on_what_hypothesis_itself_drew_before() -> None:
    expected = examples()
    CONSTANTS_CACHE.cache.clear()
    settings(database=None, max_examples=200)(given(DRAWN)(take))()
    assert examples() == expected
