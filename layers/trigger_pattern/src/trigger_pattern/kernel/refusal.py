"""What the domain says no to. A refusal is an answer, so it is a value; only misuse and faults raise."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """One reason for a no.

    `code` is a stable identifier in kebab-case, `detail` a sentence for a person, `pointer` a JSON Pointer (RFC 6901)
    to the field of the representation at fault, empty where the reason is not about one field.
    """

    code: str
    detail: str
    pointer: str = ""


@dataclass(frozen=True)
class Refused:
    """A no, with every reason for it (at least one)."""

    reasons: tuple[Refusal, ...]

    @classmethod
    def because(cls, *reasons: Refusal) -> "Refused":
        """Refuse for these reasons."""
        return cls(reasons)
