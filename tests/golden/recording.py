"""What a story's steps leave, by area, and how that differs from the recorded files."""

import json
from collections.abc import Mapping
from difflib import unified_diff
from itertools import islice
from pathlib import Path
from typing import Any

AREAS = ("answers", "messages", "commits", "outcomes", "tickets", "view", "events", "dead_letters", "names")
FOLDER = Path(__file__).parent
"""In its folder `first_form` are the events of the same story as they were published before they had prefixes."""
SHOWN = 60
"""Lines of differences in a test's message."""

Steps = dict[str, Any]


class Recording:
    """The areas, each with what the steps left there, in the order of the steps."""

    def __init__(self) -> None:
        self.areas: dict[str, Steps] = {area: {} for area in AREAS}

    def keep(self, area: str, step: str, left: Any) -> None:
        """Keep what a step left, unless that is nothing. Raises ValueError if the name of the step is taken."""
        if not left:
            return
        if step in self.areas[area]:
            raise ValueError(f"two steps have one name in {area}: {step}")
        self.areas[area][step] = left


def path_of(area: str) -> Path:
    """Return the file of an area."""
    return FOLDER / f"{area}.json"


def text_of(steps: Any) -> str:
    """Return what a file has."""
    return json.dumps(steps, indent=2, ensure_ascii=False) + "\n"


def differences(area: str, now: Steps) -> str:
    """Return how an area differs from its file, step by step; nothing if it does not, byte for byte."""
    text = path_of(area).read_text(encoding="utf-8") if path_of(area).exists() else "{}\n"
    if text == text_of(now):
        return ""
    recorded: Steps = json.loads(text)
    lines = [line for step in {**recorded, **now} for line in _differences(step, recorded, now)]
    shown = lines or ["the same steps, in another order or layout"]
    more = [f"... and {len(shown) - SHOWN} more lines"] if len(shown) > SHOWN else []
    return "\n".join([f"{path_of(area).name} differs:", *islice(shown, SHOWN), *more])


def _differences(step: str, recorded: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    if step not in now:
        return [f"the step {step!r} is gone"]
    if step not in recorded:
        return [f"the step {step!r} is new: {json.dumps(now[step], ensure_ascii=False)}"]
    before, after = (text_of(steps[step]).splitlines() for steps in (recorded, now))
    changed = list(unified_diff(before, after, "recorded", "now", n=1, lineterm=""))
    return [f"the step {step!r}:", *changed] if changed else []
