"""The published schemas, one file for each event type and schema version: they are for ever, but for what is added."""

import json
from pathlib import Path

from cars.adapters.http.openapi.schemas import Json
from tools.contract.comparing import incompatibilities
from tools.paths import ROOT

FOLDER = ROOT / "docs" / "schemas"


def file_of(schema: Json, folder: Path) -> Path:
    """Say where a schema is kept: `ColorChanged.1.json` for `urn:cars:schemas:ColorChanged:1`."""
    _, _, name, version = schema["$id"].rsplit(":", 3)
    return folder / f"{name}.{version}.json"


def written(schema: Json) -> str:
    """Write a schema as its file has it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def broken(schemas: list[Json], folder: Path) -> list[str]:
    """Say what these schemas would break of those that are published already, each reason with its schema's id."""
    published = [(schema, file_of(schema, folder)) for schema in schemas if file_of(schema, folder).exists()]
    return [
        f"{schema['$id']}: {reason}"
        for schema, file in published
        for reason in incompatibilities(json.loads(file.read_text()), schema)
    ]


def publish(schemas: list[Json], folder: Path) -> None:
    """Write every schema's file."""
    for schema in schemas:
        file_of(schema, folder).write_text(written(schema))
