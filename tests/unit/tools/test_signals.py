"""What ends the tools, and what does not."""

import signal
from collections.abc import Iterator

import pytest

from tools.signals import end_on_sigterm, undisturbed

ENDINGS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
every_ending = pytest.mark.parametrize("ending", ENDINGS)


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """Put back what these signals do."""
    before = {number: signal.getsignal(number) for number in ENDINGS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@every_ending
def test_every_ending_is_as_ctrl_c_even_where_it_was_ignored(ending: signal.Signals) -> None:
    signal.signal(ending, signal.SIG_IGN)
    end_on_sigterm()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(ending)


def test_a_command_under_nohup_goes_on_when_its_terminal_closes() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    end_on_sigterm(nohup=True)
    signal.raise_signal(signal.SIGHUP)


@every_ending
def test_nothing_else_is_different_for_it(ending: signal.Signals) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_on_sigterm(nohup=True)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(ending)


@every_ending
def test_who_tidies_up_is_not_disturbed_and_everybody_is_afterwards(ending: signal.Signals) -> None:
    end_on_sigterm()
    with undisturbed():
        signal.raise_signal(ending)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(ending)


def test_afterwards_is_also_after_a_fault() -> None:
    end_on_sigterm()
    with pytest.raises(ValueError, match="fault"), undisturbed():
        raise ValueError("fault")
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
