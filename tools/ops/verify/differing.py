"""How two sets of fields differ, in words."""

import json
from collections.abc import Mapping


def differences(found: Mapping[str, object], expected: Mapping[str, object]) -> str:
    """Name each field that differs: `color "blue" instead of "red"`."""
    return ", ".join(
        f"{name} {_shown(found, name)} instead of {_shown(expected, name)}"
        for name in {**expected, **found}
        if _shown(found, name) != _shown(expected, name)
    )


def _shown(fields: Mapping[str, object], name: str) -> str:
    return json.dumps(fields[name], default=str) if name in fields else "none"
