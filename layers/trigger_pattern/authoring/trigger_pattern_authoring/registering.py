"""The list of the stack's resources, with one more."""

import ast
import re

from trigger_pattern_authoring.names import NotAdded

_FILE = "layers/resources/resources/__init__.py"


def with_registration(text: str, module: str, constant: str) -> str:
    """Return the text of `resources/__init__.py` with a registration at the list's end, for ruff to lay out.

    Raises NotAdded if there is no such list.
    """
    lines = text.splitlines(keepends=True)
    last = _last_registration(text)
    line, place = (last.end_lineno or 0) - 1, last.end_col_offset or 0
    rest = lines[line][place:]
    lines[line] = f"{lines[line][:place]}, {constant}{rest[1:] if rest.startswith(',)') else rest}"
    return "".join(_with_import(lines, f"from resources.{module} import {constant}\n"))


def with_the_only_registration(text: str, module: str, constant: str) -> str:
    """Return the text of `resources/__init__.py` with one registration in the place of those that are there."""
    imported = re.sub(r"(?:from resources\..+\n)+", f"from resources.{module} import {constant}\n", text)
    return re.sub(r"^(RESOURCES:.* = )\(.*\)$", rf"\1({constant},)", imported, flags=re.MULTILINE)


def _last_registration(text: str) -> ast.expr:
    """Return where the last of `RESOURCES: ... = (ACCOUNTS, LOANS)` is."""
    for statement in ast.parse(text).body:
        match statement:
            case ast.AnnAssign(target=ast.Name("RESOURCES"), value=ast.Tuple(elts=[*_, last])):
                return last
            case _:
                continue
    raise NotAdded(f"{_FILE} needs a line such as `RESOURCES: ... = (ACCOUNTS,)`")


def _with_import(lines: list[str], line: str) -> list[str]:
    """Return lines with an import behind those of the other resources. Raises NotAdded if there are none."""
    for number in reversed(range(len(lines))):
        if lines[number].startswith("from resources."):
            return [*lines[: number + 1], line, *lines[number + 1 :]]
    raise NotAdded(
        "layers/resources/resources/__init__.py needs a line such as `from resources.accounts import ACCOUNTS`"
    )
