"""The names of a resource that is to be, and why one may not have them."""

import builtins
import keyword
from collections.abc import Iterator
from dataclasses import dataclass

from trigger_pattern.definition.life import Creation, Deletion
from trigger_pattern.definition.resource import AnyResource, Resource
from trigger_pattern.http.routes import ROUTES
from trigger_pattern.kernel import Context
from trigger_pattern_authoring.template.naming import title_of


class NotAdded(Exception):
    """The resource cannot be added. The text says why."""


@dataclass(frozen=True)
class _Value:
    """It has no fields."""


@dataclass(frozen=True)
class _Changed:
    """The event that any resource needs."""


def named(name: str, plural: str) -> AnyResource:
    """Return a resource with these names, and nothing else. Raises InvalidDefinition if no resource can have them."""

    def compare(_: _Value, __: _Value) -> Iterator[object]:
        yield from ()

    def fire(_: _Value, __: object, ___: Context) -> _Changed:
        return _Changed()

    def apply(value: _Value, _: _Changed) -> _Value:
        return value

    return Resource(
        name=name, plural=plural, of=_Value, created=Creation[_Value], deleted=Deletion,
        compare=compare, fire=fire, apply=apply,
    )  # fmt: skip


def faults_of(resource: AnyResource, others: tuple[AnyResource, ...]) -> Iterator[str]:
    """Yield why a resource of this name and plural cannot be beside others."""
    for other in others:
        if {resource.name, resource.plural} & {other.name, other.plural} or resource.kind == other.kind:
            yield f"there is a resource {other.name} (plural: {other.plural}) already"
    if f"/{resource.plural}" in ROUTES:
        yield f"/{resource.plural} is a path of the API's own: choose another plural"
    if keyword.iskeyword(module_of(resource)) or constant_of(resource) == "RESOURCES":
        yield f"no module can be called {module_of(resource)}: choose another plural"


def placeholders(resource: AnyResource) -> dict[str, str]:
    """Return what stands for the placeholders of the starter's files."""
    identifier, one = resource.name.replace("-", "_"), f"{resource.article} {resource.words_of_name}"
    is_taken = keyword.iskeyword(identifier) or hasattr(builtins, identifier)
    return {
        "name": resource.name,
        "plural": resource.plural,
        "Plural": title_of(resource.plural),
        "Kind": resource.kind,
        "CONSTANT": constant_of(resource),
        "module": module_of(resource),
        "identifier": identifier,
        "variable": f"{identifier}_" if is_taken else identifier,
        "article": resource.article,
        "words": resource.words_of_name,
        "one": one,
        "One": one.capitalize(),
    }


def module_of(resource: AnyResource) -> str:
    """Return the name of a resource's module: `shopping_carts`."""
    return resource.plural.replace("-", "_")


def constant_of(resource: AnyResource) -> str:
    """Return the name of its registration: `SHOPPING_CARTS`."""
    return module_of(resource).upper()
