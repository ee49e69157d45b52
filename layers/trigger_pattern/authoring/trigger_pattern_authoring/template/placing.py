"""Where the template names the resources. What is not about them stays as it is, byte for byte."""

import re
from collections.abc import Iterable
from typing import Final

from trigger_pattern.definition.resource import AnyResource
from trigger_pattern_authoring.template.table import quoted, view_table

_NAMES: Final = re.compile(r"^  Kinds:\n(?:    .*\n)*", re.MULTILINE)
_KINDS: Final = re.compile(r"&Kinds \[(.*?)\]")
_OUTPUTS: Final = re.compile(r"^\nOutputs:\n", re.MULTILINE)
_BODY: Final = r":\n(?:    .*\n|\n(?=    ))*"
"""The lines of a part of the template, and blank ones between them."""


class TemplateNotUnderstood(Exception):
    """The template lacks a line that is needed. The text says which."""


def with_resources(template: str, resources: Iterable[AnyResource]) -> str:
    """Return a template that has these resources: their names, their kinds in the loops, and their views' tables.

    What it has of them already is replaced. Raises TemplateNotUnderstood.
    """
    for resource in resources:
        template = _with_names(template, resource)
        template = _with_kind(template, resource.kind)
        template = _with_view(template, resource)
    return template


def emptied(template: str) -> str:
    """Return a template without its resources: their names, kinds, and views' tables with the comments over them."""
    names = the_only(_NAMES, template, "the mapping `Kinds:`")
    for kind in re.findall(r"^    (\w+):", names[0], re.MULTILINE):
        template = re.sub(rf"^\n(?:  #.*\n)*  {kind}ViewTable{_BODY}", "", template, flags=re.MULTILINE)
    return _KINDS.sub("&Kinds []", template.replace(names[0], "  Kinds:\n"))


def _with_names(template: str, resource: AnyResource) -> str:
    names = ", ".join(f"{name}: {quoted(value)}" for name, value in names_of(resource).items())
    line = f"    {resource.kind}: {{{names}}}\n"
    found = the_only(_NAMES, template, "the mapping `Kinds:`")
    block, replaced = re.subn(rf"^    {resource.kind}:.*\n", line, found[0], flags=re.MULTILINE)
    return _replaced(template, found, block if replaced else block + line)


def names_of(resource: AnyResource) -> dict[str, str]:
    """Return what the template's mapping `Kinds` has of a resource."""
    return {"Name": resource.name, "Plural": resource.plural, "Id": resource.id, "Source": resource.source}


def _with_kind(template: str, kind: str) -> str:
    found = the_only(_KINDS, template, "the list of kinds, `&Kinds [Account]`")
    kinds = [each.strip() for each in found[1].split(",") if each.strip()]
    return template if kind in kinds else _replaced(template, found, f"&Kinds [{', '.join([*kinds, kind])}]")


def _with_view(template: str, resource: AnyResource) -> str:
    table = re.compile(rf"^  {resource.kind}ViewTable{_BODY}", re.MULTILINE)
    if table.search(template):
        return _replaced(template, the_only(table, template, f"{resource.kind}ViewTable"), view_table(resource))
    comment = f"  # Each {resource.words_of_name} as it is now, with an index for each of its lists.\n"
    found = the_only(_OUTPUTS, template, "an empty line and `Outputs:` behind the views' tables")
    return _replaced(template, found, f"\n{comment}{view_table(resource)}{found[0]}")


def the_only(pattern: re.Pattern[str], template: str, what: str) -> re.Match[str]:
    """Return what a pattern matches once. Raises TemplateNotUnderstood, with what that is."""
    found = list(pattern.finditer(template))
    if len(found) != 1:
        raise TemplateNotUnderstood(f"template.yaml must have this once, and has it {len(found)} times: {what}")
    return found[0]


def _replaced(template: str, found: re.Match[str], text: str) -> str:
    return template[: found.start()] + text + template[found.end() :]
