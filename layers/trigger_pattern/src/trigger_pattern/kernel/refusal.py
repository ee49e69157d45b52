"""Refusals. A refusal is an answer, so it is a value; only misuse and faults raise."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """One reason for a refusal.

    `code` is a stable identifier in kebab-case, `detail` a sentence for a person, `pointer` a JSON Pointer (RFC 6901)
    to the field of the representation at fault, empty if the reason is not about one field.
    """

    code: str
    detail: str
    pointer: str = ""


@dataclass(frozen=True)
class Refused:
    """A refused command, with every reason (at least one).

    `invalid` if the proposed value is no valid one, whatever the domain's rules.
    """

    reasons: tuple[Refusal, ...]
    invalid: bool = False

    @classmethod
    def because(cls, *reasons: Refusal) -> "Refused":
        """Return a refusal for these reasons, which are the domain's."""
        return cls(reasons)
