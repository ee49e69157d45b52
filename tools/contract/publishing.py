"""The published schemas, one file for each event type and schema version: they are for ever, but for what is added.

Each is pinned by a copy that tests compare it with, also when its version is an old one that no code makes any more.
So whoever breaks a promise has to change it in two places, by hand: nothing here changes what is pinned.
"""

import json
from pathlib import Path

from tools.contract.comparing import Json, incompatibilities
from tools.paths import ROOT

FOLDER = ROOT / "functions" / "query_api" / "schemas"
"""Where the API serves them from."""
PINS = ROOT / "tests" / "contract" / "published_schemas"
"""The copies: every schema as it was when it was first published, and every field as it was when it was added."""


def file_of(schema: Json, folder: Path) -> Path:
    """Return where a schema is kept: `accounts/Opened.1.json` for `tag:example.com,2026:schemas/accounts/Opened/1`."""
    _, plural, name, version = str(schema["$id"]).split("/")
    return folder / plural / f"{name}.{version}.json"


def written(schema: Json) -> str:
    """Write a schema as its file has it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def pinned(schema: Json, pins: Path) -> Json:
    """Return a schema as it is pinned; the current one if it is not pinned yet."""
    file = file_of(schema, pins)
    return dict(json.loads(file.read_text())) if file.exists() else schema


def broken(schemas: list[Json], pins: Path) -> list[str]:
    """Return how these schemas would break pinned ones, each reason with its schema's id."""
    return [
        f"{schema['$id']}: {reason}" for schema in schemas for reason in incompatibilities(pinned(schema, pins), schema)
    ]


def publish(schemas: list[Json], folder: Path, pins: Path) -> None:
    """Write every schema's file, and pin what is new."""
    for schema in schemas:
        _write(file_of(schema, folder), schema)
        _write(file_of(schema, pins), _with_what_is_new(schema, pins))


def _write(file: Path, schema: Json) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(written(schema))


def _with_what_is_new(schema: Json, pins: Path) -> Json:
    """Return a schema as it is pinned, with the fields that were added since; what is pinned already stays as it is."""
    return _extended(pinned(schema, pins), schema)


def _extended(before: Json, after: Json) -> Json:
    extended = dict(before)
    if "properties" in before and "properties" in after:
        kept = {name: _extended(of, after["properties"][name]) for name, of in before["properties"].items()}
        extended["properties"] = {**after["properties"], **kept}
    if "items" in before and "items" in after:
        extended["items"] = _extended(before["items"], after["items"])
    return extended
