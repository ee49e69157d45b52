"""The names of a resource: of `account`, accountId, accountversion and CreateAccount follow.

With the authority `example.com,2026`, so do `com.example.account.Opened` and
`tag:example.com,2026:schemas/accounts/Opened/1`.
"""

from dataclasses import dataclass
from typing import Final

UNCLAIMED: Final = "example.com,2026"
"""An authority that is nobody's: RFC 2606 reserves the domain."""


@dataclass(frozen=True, kw_only=True)
class Names:
    """A resource's name and plural in kebab-case, and all names that follow from them.

    `authority` is a domain of its publisher's, and a date at which it was theirs (RFC 4151): `example.com,2026`.
    """

    name: str
    plural: str
    authority: str = UNCLAIMED

    @property
    def id(self) -> str:
        """The id's name in JSON and in tables: `accountId`."""
        first, *rest = self.name.split("-")
        return f"{first}{''.join(map(str.title, rest))}Id"

    @property
    def kind(self) -> str:
        """The name in types of commands, `Account` in `CreateAccount`, and in the stack's logical ids."""
        return "".join(map(str.title, self.name.split("-")))

    @property
    def version(self) -> str:
        """The version's name among a CloudEvent's attributes, which have lower case only: `accountversion`."""
        return f"{self.name.replace('-', '')}version"

    @property
    def words_of_name(self) -> str:
        """The name in sentences: `shopping cart`."""
        return self.name.replace("-", " ")

    @property
    def article(self) -> str:
        """The indefinite article before the name."""
        return "an" if self.name[0] in "aeiou" else "a"

    @property
    def plural_name(self) -> str:
        """The name of a list of them in JSON: `accounts`."""
        first, *rest = self.plural.split("-")
        return first + "".join(map(str.title, rest))

    @property
    def source(self) -> str:
        """The prefix of its events' sources: `tag:example.com,2026:accounts/`. The stack's name follows."""
        return f"{self._tag}{self.plural}/"

    def event_type(self, event: str) -> str:
        """Return an event's type, unique among all publishers: `com.example.account.Opened`."""
        domain = self.authority.partition(",")[0]
        return ".".join([*reversed(domain.split(".")), self.name, event])

    def schema_uri(self, event: str, version: int) -> str:
        """Return the URI of the schema of an event's data: `tag:example.com,2026:schemas/accounts/Opened/1`.

        After the second colon, it is the path under which the API serves the schema.
        """
        return f"{self._tag}schemas/{self.plural}/{event}/{version}"

    @property
    def _tag(self) -> str:
        return f"tag:{self.authority}:"
