"""What version 1 of this code stored is readable for ever.

Where the fold changes, its new states are written into `stored_commits.v1.json`; the commits there never change.
"""

from dataclasses import replace
from functools import reduce
from typing import Any

import pytest

from resources.cars import CARS
from tests.contract.schemas import load, validator
from tests.contract.stored_commits import STORIES, Story
from tests.support.cars import ROOT
from tools.contract.publishing import FOLDER
from trigger_pattern.aws.dynamodb.attributes import read_item
from trigger_pattern.aws.dynamodb.commit_item import read_commit
from trigger_pattern.definition.life import State
from trigger_pattern.definition.stored import write_state

every_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.story)


def events_of(story: Story) -> list[dict[str, Any]]:
    """Return a story's events as they are stored."""
    return [event for item in story.items for event in read_item(item)["events"]]


@every_story
def test_stored_commits_fold_to_the_state_they_always_folded_to(story: Story) -> None:
    commits = [read_commit(CARS, item) for item in story.items]
    assert write_state(CARS, ROOT.fold(event for commit in commits for event in commit.events)) == story.state


@every_story
def test_versions_have_no_gaps(story: Story) -> None:
    commits = [read_commit(CARS, item) for item in story.items]
    assert [commit.version for commit in commits] == [1, *(commit.last_version + 1 for commit in commits[:-1])]
    assert commits[-1].last_version == story.version


@every_story
def test_a_state_among_them_is_what_the_events_so_far_fold_to(story: Story) -> None:
    state: State = ROOT.zero
    for commit in (read_commit(CARS, item) for item in story.items):
        state = reduce(ROOT.apply, commit.events, state)
        assert commit.state in (None, state)


@every_story
def test_a_state_among_them_is_not_read_by_another_fold(story: Story) -> None:
    another = replace(CARS, fold_version=CARS.fold_version + 1)
    assert [read_commit(another, item).state for item in story.items] == [None] * len(story.items)


@every_story
def test_stored_events_are_what_the_schema_of_their_version_says(story: Story) -> None:
    for event in events_of(story):
        schema = load(FOLDER / "cars" / f"{event['type']}.{event['schemaVersion']}.json")
        validator(schema).validate(event["data"])


def test_every_event_of_version_1_is_among_them() -> None:
    stored = {(event["type"], event["schemaVersion"]) for story in STORIES for event in events_of(story)}
    names = ("Created", "ColorChanged", "MileageChanged", "OwnerChanged", "ConditionChanged", "Deleted")
    assert stored == {(name, 1) for name in names}
