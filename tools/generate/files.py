"""All generated files of a project, and their texts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tools.generate.asyncapi.document import asyncapi
from tools.generate.events.files import event_files
from tools.generate.fold_corpus import changed, corpus_of, file_of, read, written
from trigger_pattern.definition.resource import AnyResource

ASYNCAPI: Final = Path("functions", "query_api", "asyncapi.yaml")
EVENTS: Final = Path("events")
CORPORA: Final = Path("tests", "contract", "fold_corpora")


def changed_states(resources: Sequence[AnyResource], root: Path) -> list[str]:
    """Return a line for each history whose state changed although the fold version did not."""
    return [line for each in resources for line in changed(each, read(file_of(each, root / CORPORA)))]


def generated(resources: Sequence[AnyResource], root: Path) -> dict[Path, str]:
    """Return the files and their texts. Raises NotGenerated."""
    kept = [(each, file_of(each, root / CORPORA)) for each in resources]
    corpora = [(each, file, corpus_of(each, read(file))) for each, file in kept]
    events = [event_files(resource, root / EVENTS) for resource in resources]
    return {
        **{file: written(corpus) for _, file, corpus in corpora},
        root / ASYNCAPI: asyncapi([(resource, corpus) for resource, _, corpus in corpora]),
        **{file: text for files in events for file, text in files.items()},
    }
