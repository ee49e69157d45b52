"""The faults of a representation, a reason for each. The codes are part of the API: clients decide by them."""

import json

from trigger_pattern.kernel import Refusal, Refused

MAX_REASONS = 20
"""More would not help a client, and thousands could not be kept."""

MAX_NAME = 40
"""In characters of a name that a client made up, and twice as many bytes of JSON: some characters take twelve."""


class InvalidDefinition(TypeError):
    """A definition that cannot work; the text tells the author what to do."""


class Invalid(ValueError):
    """A value is not of its type. `faults` has a reason for each fault, its pointer relative to the value."""

    def __init__(self, *faults: Refusal) -> None:
        super().__init__(", ".join(f"{fault.pointer}: {fault.detail}" for fault in faults))
        self.faults = faults


def expected(what: str) -> Invalid:
    """Return the exception for an unexpected value."""
    return Invalid(Refusal("invalid-value", f"Expected {what}."))


def missing_value(name: str) -> Refusal:
    """Return the fault of a required field that is missing."""
    return Refusal("missing-value", "A value is required.", f"/{name}")


def unknown_field(name: str, detail: str) -> Refusal:
    """Return the fault of a field that does not exist."""
    return Refusal("unknown-field", detail, pointer_to(name))


def not_on_creation(name: str) -> Refusal:
    """Return the fault of a field that a POST cannot have."""
    return Refusal("not-on-creation", "It cannot be given on creation.", f"/{name}")


def within(name: str | int, faults: tuple[Refusal, ...]) -> list[Refusal]:
    """Return the faults of a member as those of the object, or of an item as those of the list."""
    return [Refusal(fault.code, fault.detail, f"/{name}{fault.pointer}") for fault in faults]


def refused(faults: list[Refusal]) -> Refused:
    """Refuse an invalid value for as many faults as help a client; the last entry counts the others."""
    if len(faults) <= MAX_REASONS:
        return Refused(tuple(faults), invalid=True)
    shown = MAX_REASONS - 1
    more = Refusal("and-more", f"{len(faults) - shown} more values are not valid.")
    return Refused((*faults[:shown], more), invalid=True)


def pointer_to(name: str) -> str:
    """Return a JSON Pointer (RFC 6901) to a member; its name is cut to MAX_NAME, since a client may send any name."""
    shown = name[:MAX_NAME]
    while len(json.dumps(_escaped(shown))) > 2 * MAX_NAME + len('""'):
        shown = shown[:-1]
    return f"/{_escaped(shown)}"


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
