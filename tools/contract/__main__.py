"""Publish the schemas of the events that the resources write today, to functions/query_api/schemas: make schemas."""

import sys
from pathlib import Path

from tools.contract.publishing import FOLDER, PINS, broken, publish
from tools.contract.schemas import generated, undescribed

ADVICE = """Nothing was written: a published schema is a promise. Give the event a new schema version instead: add to
its resource's `upcasters` what lifts the old fields (docs/schema-evolution.md)."""


def main(folder: Path, pins: Path) -> int:
    """Write every schema; or none, with the reasons, if a field lacks a description or a promise would be broken."""
    schemas = generated()
    if reasons := undescribed():
        print(*reasons, "Nothing was written: subscribers read the descriptions.", sep="\n", file=sys.stderr)
        return 1
    if reasons := broken(schemas, pins):
        print(*reasons, ADVICE, sep="\n", file=sys.stderr)
        return 1
    publish(schemas, folder, pins)
    print(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(FOLDER, PINS))
