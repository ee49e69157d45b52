"""How a project's own pyproject.toml describes its API. An author edits it there, and nowhere else."""

import tomllib
from dataclasses import replace
from typing import Any

from trigger_pattern_authoring.openapi.stack import Stack
from trigger_pattern_authoring.template.naming import title_of


def described(stack: Stack, pyproject: str) -> Stack:
    """Return a stack with what `[project]` has: name, version, description, license, authors and urls.

    The first author is the contact, `urls.Documentation` the documentation. What is missing stays as the stack has it.
    Raises ValueError for a text that is not TOML, or a license that is not an SPDX expression.
    """
    project: dict[str, Any] = tomllib.loads(pyproject).get("project", {})
    licensed = project.get("license", stack.license)
    if not isinstance(licensed, str):
        raise ValueError('pyproject.toml: write the license as an SPDX expression: license = "MIT"')  # noqa: TRY004
    return replace(
        stack,
        title=title_of(project["name"]) if "name" in project else stack.title,
        version=project.get("version", stack.version),
        summary=project.get("description", stack.summary),
        license=licensed,
        contact=next(iter(project.get("authors", ())), stack.contact),
        documentation=project.get("urls", {}).get("Documentation", stack.documentation),
    )
