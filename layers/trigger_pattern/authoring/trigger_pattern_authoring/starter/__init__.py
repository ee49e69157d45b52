"""The starter's files: templates with placeholders such as `$Kind`."""

import ast
from pathlib import Path
from string import Template
from types import ModuleType

from trigger_pattern.definition.resource import AnyResource
from trigger_pattern_authoring.names import NotAdded, constant_of, placeholders

_FOLDER = Path(__file__).parent
_CODE = ("module.txt", "test.txt")


def filled(file: str, names: AnyResource) -> str:
    """Return a file of the starter for a resource of these names. Raises NotAdded if its code needs a name twice."""
    text = Template((_FOLDER / file).read_text()).substitute(placeholders(names))
    if file in _CODE and (twice := _bound_twice(text)):
        raise NotAdded(f"the starter needs the name {twice[0]} for something else: choose another name")
    return text


def registered(module: str, names: AnyResource) -> AnyResource:
    """Return the resource that the text of a starter's module defines."""
    made = ModuleType(f"resources.{names.name}")
    exec(compile(module, made.__name__, "exec"), vars(made))  # noqa: S102 - it is the starter's own
    resource: AnyResource = vars(made)[constant_of(names)]
    return resource


def _bound_twice(text: str) -> list[str]:
    names = [name for statement in ast.parse(text).body for name in _bound(statement)]
    return sorted({name for name in names if names.count(name) > 1})


def _bound(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return [each.asname or each.name for each in names]
        case ast.Assign(targets=targets):
            return [target.id for target in targets if isinstance(target, ast.Name)]
        case _:
            return []
