"""docs/new-resource.md: the changes of its last step, and what `make schemas` says of others."""

import re
from typing import Any, ClassVar

import pytest

from tests.support import tutorial
from tools.contract.comparing import incompatibilities
from tools.contract.schemas import undescribed_of
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.schemas import event_schema
from trigger_pattern.definition.stored import read_event, write_event
from trigger_pattern_testing.laws import Laws

FIRST = tutorial.module()
SECOND = tutorial.changed(FIRST, tutorial.blocks("diff")[0])
THIRD = tutorial.changed(SECOND, tutorial.blocks("diff")[1])
READERS = tutorial.changed(THIRD, tutorial.blocks("diff")[2])


def schemas(resource: AnyResource) -> dict[str, dict[str, Any]]:
    return {name: event_schema(resource, name) for name in resource.events}


def broken(before: str, after: str) -> list[str]:
    """Return what `make schemas` says of a change."""
    pinned, generated = schemas(tutorial.resource(before)), schemas(tutorial.resource(after))
    return [
        f"{generated[name]['$id']}: {reason}"
        for name in pinned
        if pinned[name]["$id"] == generated[name]["$id"]
        for reason in incompatibilities(pinned[name], generated[name])
    ]


@pytest.mark.parametrize("text", [FIRST, SECOND, THIRD], ids=["first", "an optional field", "version 2"])
def test_every_field_of_every_event_is_described(text: str) -> None:
    assert undescribed_of(tutorial.resource(text)) == []


def test_an_optional_field_breaks_no_published_schema() -> None:
    assert broken(FIRST, SECOND) == []


def test_longer_names_break_published_schemas_as_shown_unless_there_is_a_version_2() -> None:
    assert broken(SECOND, THIRD) == []
    same_version = re.sub(r"    upcasters=.*\n", "", THIRD)
    reasons = "\n".join(broken(SECOND, same_version))
    assert f"```\n{reasons}\n```" in tutorial.PAGE


def test_so_does_one_of_a_nested_value() -> None:
    wider = FIRST.replace("minutes: Minutes = 45", "minutes: Minutes = 45\n    room: Code | None = None")
    assert broken(FIRST, wider) == []


def test_a_field_that_is_not_optional_breaks_published_schemas() -> None:
    assert broken(FIRST, FIRST.replace("venue: Place = None", "venue: Place = None\n    online: bool = False"))


@pytest.mark.parametrize("text", [SECOND, THIRD], ids=["an optional field", "version 2"])
def test_changed_code_reads_what_was_stored_before(text: str) -> None:
    old, new = tutorial.defined(FIRST), tutorial.resource(text)
    planned = old.Planned(old.Conference("EventConf", "Ghent", old.date(2027, 5, 20)))
    stored = write_event(old.CONFERENCES, planned)
    read = write_event(new, read_event(new, stored))
    assert read["data"] == stored["data"]


def test_the_first_of_two_deployments_reads_version_2_and_writes_version_1() -> None:
    readers, writers = tutorial.defined(READERS), tutorial.defined(THIRD)
    renamed = [write_event(each.CONFERENCES, each.Renamed("EventConf 2027")) for each in (readers, writers)]
    assert [stored["schemaVersion"] for stored in renamed] == [1, 2]
    assert [read_event(readers.CONFERENCES, stored) for stored in renamed] == [readers.Renamed("EventConf 2027")] * 2
    assert read_event(tutorial.resource(FIRST), renamed[0])


class TestTheLawsOfTheChangedResource(Laws):
    resource: ClassVar[AnyResource] = tutorial.resource(THIRD)
    examples = 5
