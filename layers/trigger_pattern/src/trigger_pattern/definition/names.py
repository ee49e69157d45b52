"""The names of a resource: of `account`, accountId, accountversion, urn:accounts and CreateAccount follow."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Names:
    """A resource's name and plural in kebab-case, and all names that follow from them."""

    name: str
    plural: str

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
    def urn(self) -> str:
        """The prefix of the URNs of its events, schemas and problems: `urn:accounts`."""
        return f"urn:{self.plural}"
