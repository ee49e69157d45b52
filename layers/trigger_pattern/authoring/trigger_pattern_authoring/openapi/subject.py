"""A resource under the names that the description has for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trigger_pattern.definition.resource import AnyResource
from trigger_pattern_authoring.openapi.examples import Example, example_of
from trigger_pattern_authoring.openapi.schemas import Json, ref
from trigger_pattern_authoring.openapi.stack import Stack


@dataclass(frozen=True)
class Subject:
    """A resource, the service whose problems it has, and an example of it, if there is one."""

    resource: AnyResource
    service: str
    example: Example | None

    @classmethod
    def of(cls, resource: AnyResource, stack: Stack) -> "Subject":
        """Return a stack's resource, with the stack's example of it or one that is drawn."""
        return cls(resource, stack.service, stack.examples.get(resource.name) or example_of(resource))

    @property
    def id(self) -> str:
        """The id's name: `accountId`."""
        return self.resource.id

    @property
    def name(self) -> str:
        """The name in a sentence: `savings account`."""
        return self.resource.name.replace("-", " ")

    @property
    def one(self) -> str:
        """The name with its article: `a savings account`."""
        return f"{self.resource.article} {self.name}"

    @property
    def plural(self) -> str:
        """The plural in a sentence: `savings accounts`."""
        return self.resource.plural.replace("-", " ")

    @property
    def tag(self) -> str:
        """The tag of the operations that read: `Savings accounts`."""
        return self.plural.capitalize()

    @property
    def whole(self) -> Mapping[str, Any] | None:
        """The example as a PUT has it."""
        return self.example.whole if self.example else None

    @property
    def patch(self) -> Mapping[str, Any] | None:
        """The example of a patch."""
        return self.example.patch if self.example else None

    def operation(self, verb: str, part: str = "") -> str:
        """Return an operation's id: `getAccount`, `listAccountEvents`."""
        return f"{verb}{self.resource.kind}{part}"

    @property
    def listing(self) -> str:
        """The id of the operation that lists: `listAccounts`."""
        return "list" + "".join(map(str.title, self.resource.plural.split("-")))

    def schema_name(self, part: str = "") -> str:
        """Return the name of one of its schemas: `Account`, `AccountPage`."""
        return f"{self.resource.kind}{part}"

    def schema(self, part: str = "") -> Json:
        """Refer to one of its schemas."""
        return ref("schemas", self.schema_name(part))


def listed(names: list[str]) -> str:
    """Return fields' names in a sentence: "`street`, `city` and `country`"."""
    quoted = [f"`{name}`" for name in names]
    return " and ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
