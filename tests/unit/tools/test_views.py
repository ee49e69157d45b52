import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from examples.accounts.accounts import ACCOUNTS
from resources.cars import CARS
from tools.paths import TEMPLATE
from trigger_pattern import By
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern_authoring.commands import views
from trigger_pattern_authoring.project import Project
from trigger_pattern_authoring.template.placing import TemplateNotUnderstood, emptied, with_resources
from trigger_pattern_authoring.template.table import quoted, view_table

TEXT = TEMPLATE.read_text()
NAMES = '    Specimen: {Name: specimen, Plural: specimens, Id: specimenId, Source: "tag:example.com,2026:specimens/"}'
[KINDS] = re.findall(r"&Kinds \[(.*)\]", TEXT)


def specimens(lists: Sequence[By] = ACCOUNTS.lists) -> AnyResource:
    """Return a resource that the template does not have."""
    return replace(ACCOUNTS, name="specimen", plural="specimens", lists=lists)


def test_cars_are_in_the_template_as_they_are_written() -> None:
    assert with_resources(TEXT, [CARS]) == TEXT


def test_another_resource_adds_its_names_its_kind_and_its_table_and_changes_nothing_else() -> None:
    before, after = TEXT.splitlines(), with_resources(TEXT, [CARS, specimens()]).splitlines()
    table = view_table(specimens()).splitlines()
    new = [line for line in after if line not in before]
    assert set(new) - set(table) == {
        NAMES,
        f"            - &Kinds [{KINDS}, Specimen]",
        "  # Each specimen as it is now, with an index for each of its lists.",
    }
    comment = after.index("  # Each specimen as it is now, with an index for each of its lists.")
    assert after[comment + 1 : comment + 1 + len(table)] == table
    rest = [*after[: comment - 1], *after[comment + 1 + len(table) :]]
    rest.remove(NAMES)
    assert [line.replace(f"[{KINDS}, Specimen]", f"[{KINDS}]") for line in rest] == before


def test_what_is_written_twice_is_as_if_it_was_written_once() -> None:
    once = with_resources(TEXT, [CARS, specimens()])
    assert with_resources(once, [CARS, specimens()]) == once


def test_a_template_without_its_resources_is_the_same_whichever_they_were() -> None:
    both = with_resources(TEXT, [CARS, specimens()])
    assert emptied(both) == emptied(TEXT)
    assert not re.search(r"ViewTable:$|^  # Each (car|specimen) as", emptied(both), re.MULTILINE)
    assert emptied(with_resources(emptied(TEXT), [specimens()])) == emptied(TEXT)


def test_other_lists_change_the_table_alone() -> None:
    before, changed = (with_resources(TEXT, [CARS, specimens(lists)]) for lists in ((), (By(("owner",)),)))
    assert changed == before.replace(view_table(specimens(())), view_table(specimens((By(("owner",)),))))
    assert changed != before


def test_comments_and_what_follows_the_table_stay() -> None:
    text = TEXT.replace("\nOutputs:\n", "\n  # Mine.\n  Mine:\n    Type: AWS::SNS::Topic\n\nOutputs:\n")
    assert with_resources(text, [replace(CARS, lists=())]) == text.replace(
        view_table(CARS), view_table(replace(CARS, lists=()))
    )


def test_a_resource_without_lists_has_a_table_without_indexes() -> None:
    table = view_table(specimens(()))
    assert "GlobalSecondaryIndexes" not in table
    assert table.count("AttributeName") == 2


def test_an_attribute_is_defined_once_however_many_indexes_it_is_in() -> None:
    lists = (By(("owner",)), By(("owner",), then="status"), By(("owner", "currency"), then="status"))
    defined, _ = view_table(specimens(lists)).split("KeySchema:", 1)
    assert defined.count("AttributeName: owner,") == defined.count("AttributeName: statusSpecimenId,") == 1


@pytest.mark.parametrize("name", ["on", "No", "true", "null", "@type", "1st", "y"])
def test_a_name_that_yaml_takes_for_something_else_is_quoted(name: str) -> None:
    assert quoted(name) == f'"{name}"'


@pytest.mark.parametrize("name", ["owner", "note", "online", "account-number", "snake_case"])
def test_any_other_name_is_not(name: str) -> None:
    assert quoted(name) == name


@pytest.mark.parametrize("line", ["  Kinds:\n", f"            - &Kinds [{KINDS}]\n", "\nOutputs:\n"])
def test_a_template_without_a_line_that_is_needed_is_left_as_it_is(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, text = tmp_path / "template.yaml", TEXT.replace(line, "\n# It is gone.\n")
    file.write_text(text)
    with pytest.raises(TemplateNotUnderstood):
        with_resources(text, [CARS, specimens()])
    assert views(Project(tmp_path, (CARS, specimens()))) == 1
    assert line.strip().split(" [")[0].lstrip("- ") in capsys.readouterr().err
    assert file.read_text() == text


def test_the_command_says_which_file_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "template.yaml"
    file.write_text(TEXT)
    assert views(Project(tmp_path, (CARS,))) == 0
    assert (capsys.readouterr().out, file.read_text()) == (f"{file}\n", TEXT)
