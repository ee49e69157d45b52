"""Commits as version 1 of every event was stored: whole items of the events table. None of them ever changes."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Story:
    """A car's items, its version after them, and the state that they fold to today."""

    story: str
    car_id: str
    items: tuple[dict[str, Any], ...]
    version: int
    state: dict[str, Any]


def _story(stored: dict[str, Any]) -> Story:
    car_id = str(UUID(stored["carId"]))
    return Story(stored["story"], car_id, tuple(stored["commits"]), stored["version"], stored["state"])


STORIES = [_story(stored) for stored in json.loads(Path(__file__).with_name("stored_commits.v1.json").read_text())]
CHANGING, STANDING, DELETED = STORIES
