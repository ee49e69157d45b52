"""The options by which `ops … tail` asks for the values of a resource's filters."""

from dataclasses import replace

import click
import pytest
from click.testing import CliRunner, Result

from resources.cars import CARS
from tools.ops.options import filter_options, filters_in

BY_MAKE_AND_VIN = replace(CARS, filters=("make", "vin"))


@click.command()
@filter_options(BY_MAKE_AND_VIN)
def shown(**filters: str | None) -> None:
    click.echo(", ".join(f"{name} {value}" for name, value in filters_in(filters).items()))


def show(*arguments: str) -> Result:
    return CliRunner().invoke(shown, arguments)


def test_each_filter_is_an_option() -> None:
    assert show("--make", "BMW", "--vin", "2G4GM5ER4E9225618").stdout == "make BMW, vin 2G4GM5ER4E9225618\n"
    assert show().stdout == "make None, vin None\n"


@pytest.mark.parametrize("make", ["BMW", "bmw", "Bmw"])
def test_one_of_a_few_values_is_named_in_any_case(make: str) -> None:
    assert show("--make", make).stdout == "make BMW, vin None\n"


def test_and_another_value_is_an_error() -> None:
    assert show("--make", "Opel").exit_code == 2


def test_the_help_names_the_values() -> None:
    text = show("--help").stdout
    assert "--make MAKE  Only events of cars of this make (Ford, BMW)." in text
    assert "--vin VIN    Only events of cars of this vin." in text
