"""The operator's command line for a stack of two resources: each has the same commands, in its own words."""

import re
from collections.abc import Iterator
from dataclasses import replace

import click
import pytest
from click.testing import CliRunner, Result

from resources.cars import CARS
from tests.support.accounts import ACCOUNTS
from tools.ops.__main__ import command_line

BY_BANK = replace(ACCOUNTS, filters=("bank",))
LINE = command_line((CARS, BY_BANK))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(LINE, arguments)


def commands(group: click.Command, *path: str) -> Iterator[tuple[str, ...]]:
    """Name every command below a group."""
    yield path
    if isinstance(group, click.Group):
        for name, command in group.commands.items():
            yield from commands(command, *path, name)


OF_ACCOUNTS = list(commands(LINE.commands["accounts"], "accounts"))


def test_each_resource_has_the_same_commands() -> None:
    of_cars = commands(LINE.commands["cars"], "accounts")
    assert list(of_cars) == OF_ACCOUNTS
    assert ("accounts", "dlq", "redrive") in OF_ACCOUNTS


def test_the_help_names_the_resources() -> None:
    text = run("--help").stdout
    assert re.search(r"^  accounts +Operate the accounts of a stack\.$", text, re.MULTILINE)
    assert re.search(r"^  cars +Operate the cars of a stack\.$", text, re.MULTILINE)


@pytest.mark.parametrize("path", OF_ACCOUNTS, ids=" ".join)
def test_the_help_of_a_resource_speaks_of_no_other(path: tuple[str, ...]) -> None:
    text = run(*path, "--help").stdout
    assert text
    assert not re.search(r"\bcars?\b|carId|\$", text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("history --help", "history [OPTIONS] ACCOUNT"),
        ("history --help", "Show the history of an account, by its id"),
        ("verify --help", "Prove that the events table and the view of accounts are sound."),
        ("dlq --help", "events that could not be published: {accountId, version, reason}"),
        ("tail --help", "--type TYPE Only events of this type (Opened, StatusChanged, Closed);"),
        ("tail --help", "--bank BANK Only events of accounts of this bank."),
        ("replay --help", "--account UUID Send the events of this account alone."),
    ],
)
def test_the_help_is_in_the_words_of_the_resource(arguments: str, words: str) -> None:
    assert words in " ".join(run("accounts", *arguments.split()).stdout.split())


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        ("cars tail --bank N26", "No such option '--bank'"),
        ("accounts tail --make BMW", "No such option '--make'"),
        ("accounts tail --car 1", "No such option '--car'"),
        ("accounts tail --type ColorChanged", "'colorchanged' is not one of 'opened', 'statuschanged', 'closed'"),
        ("boats tail", "No such command 'boats'"),
    ],
)
def test_the_options_of_another_resource_are_errors(arguments: str, wrong: str) -> None:
    done = run(*arguments.split())
    assert done.exit_code == 2
    assert wrong.lower() in done.stderr.lower()


def test_a_filter_with_the_name_of_another_option_has_the_resource_before_it() -> None:
    """Here the option that names one by its id; `--region` and `--type` are others."""
    makes = replace(CARS, filters=("make",), name="make", plural="makes")
    text = CliRunner().invoke(command_line([makes]), ["makes", "tail", "--help"]).stdout
    assert "--make UUID " in text
    assert "--make-make MAKE " in text
