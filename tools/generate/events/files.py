"""The files of events/, by function and case."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.generate.events.life import life_of
from tools.generate.events.messages import messages_of
from tools.generate.events.requests import reads_of, writes_of
from tools.generate.events.stream import projected_of, published_of
from trigger_pattern.definition.resource import AnyResource


def event_files(resource: AnyResource, folder: Path) -> dict[Path, str]:
    """Return a resource's files and their texts. Raises NotGenerated."""
    life, kind = life_of(resource), resource.kind
    cases: Mapping[str, Mapping[str, Any]] = {
        "CommandApi": writes_of(life),
        "QueryApi": reads_of(life),
        f"{kind}CommandHandler": messages_of(life),
        f"{kind}EventBroadcaster": published_of(life),
        f"{kind}Projector": projected_of(life),
    }
    return {
        folder / function / f"{case}.json": json.dumps(event, indent=2, ensure_ascii=False) + "\n"
        for function, events in cases.items()
        for case, event in events.items()
    }
