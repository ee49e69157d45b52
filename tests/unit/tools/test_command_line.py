"""What the operator's command line refuses before it does anything."""

import pytest
from click.testing import CliRunner

from resources import RESOURCES
from tools.ops.__main__ import OPERATIONS, command_line

LINE = command_line(RESOURCES)


@pytest.mark.parametrize("empty", ["", " "])
@pytest.mark.parametrize("option", ["--stack-name", "--region", "--profile", "--stack-file"])
@pytest.mark.parametrize("command", [operation(RESOURCES[0]).name for operation in OPERATIONS])
def test_an_option_that_is_given_but_empty_is_an_error(command: str, option: str, empty: str) -> None:
    """As `--stack-name "$STACK"` is where no STACK is set: it must not mean the stack on this machine."""
    for arguments in ([option, empty], [f"{option}={empty}"]):
        done = CliRunner().invoke(LINE, ["cars", command, *arguments])
        assert (done.exit_code, done.stdout) == (2, "")
        assert f"An empty value is given after {option}" in done.stderr


@pytest.mark.parametrize("arguments", ["replay --to", "dlq redrive commands --message", "history", "dlq show"])
def test_so_is_every_other_empty_value(arguments: str) -> None:
    done = CliRunner().invoke(LINE, ["cars", *arguments.split(), ""])
    assert done.exit_code == 2
    assert "An empty value is given after" in done.stderr


@pytest.mark.parametrize("number", ["nan", "NaN", "inf", "-inf", "infinity", "-1", "1e999"])
@pytest.mark.parametrize("option", ["replay --topic --rate", "verify --patience"])
def test_a_number_is_finite_and_in_its_range(option: str, number: str) -> None:
    done = CliRunner().invoke(LINE, ["cars", *option.split(), number])
    assert done.exit_code == 2
    assert f"Invalid value for '{option.rpartition(' ')[2]}'" in done.stderr


def test_no_event_a_second_is_no_rate() -> None:
    assert CliRunner().invoke(LINE, ["cars", "replay", "--topic", "--rate", "0"]).exit_code == 2
