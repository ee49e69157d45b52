"""What an author runs: each command writes files, and says which, or says why it wrote none."""

import sys
from collections.abc import Callable
from pathlib import Path

from trigger_pattern_authoring.adding import addition
from trigger_pattern_authoring.names import NotAdded
from trigger_pattern_authoring.project import Project
from trigger_pattern_authoring.template.placing import TemplateNotUnderstood, with_resources
from trigger_pattern_authoring.writing import write_all

_SHOWN_AS_ONE = ("layers/make/", "layers/trigger_pattern/")


def new(project: Project, name: str, plural: str | None, following: str) -> int:
    """Write a resource, and show what follows, a text with the places of the module and of the test."""
    try:
        texts = addition(project, name, plural or f"{name}s")
        write_all(texts)
    except (NotAdded, OSError) as failed:
        print(f"Nothing was added: {failed}", file=sys.stderr)
        return 1
    files = [str(file.relative_to(project.root)) for file in texts]
    module, test, *_ = files
    print("Written:", *dict.fromkeys(f"  {_shown(file)}" for file in files), sep="\n")
    print(following.format(module=module, test=test), end="")
    return 0


def views(project: Project) -> int:
    """Write the template. It stays as it is if it lacks a line that is needed."""
    return _write(project, project.template, lambda template: with_resources(template, project.resources))


def openapi(project: Project) -> int:
    """Write the API's description."""
    return _write(project, project.description, project.described)


def _shown(file: str) -> str:
    """Return a file, or the folder that says all about it."""
    return next((folder for folder in _SHOWN_AS_ONE if file.startswith(folder)), file)


def _write(project: Project, file: Path, made_from: Callable[[str], str]) -> int:
    """Write what is made from the template, or show why it cannot be."""
    try:
        file.write_text(made_from(project.template.read_text(encoding="utf-8")), encoding="utf-8")
    except (OSError, ValueError, TemplateNotUnderstood) as failed:
        print(failed, file=sys.stderr)
        return 1
    print(file)
    return 0
