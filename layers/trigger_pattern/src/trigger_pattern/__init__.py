"""The trigger pattern, for any REST resource on AWS serverless: implicit intent in, explicit triggers, events out.

After Matt Hawkins, "ReST vs CQRS: The Trigger Pattern" (2015). An author of a resource needs only these names.
"""

from trigger_pattern.definition.fields import (
    IMMUTABLE,
    NOT_ON_CREATION,
    Between,
    Doc,
    Length,
    Named,
    Parsed,
    Pattern,
    Places,
)
from trigger_pattern.definition.life import Creation, Deletion
from trigger_pattern.definition.money import Money
from trigger_pattern.definition.reasons import InvalidDefinition
from trigger_pattern.definition.resource import By, Resource, Words, when_changed
from trigger_pattern.kernel import Context, Refusal, Refused

__all__ = [
    "IMMUTABLE",
    "NOT_ON_CREATION",
    "Between",
    "By",
    "Context",
    "Creation",
    "Deletion",
    "Doc",
    "InvalidDefinition",
    "Length",
    "Money",
    "Named",
    "Parsed",
    "Pattern",
    "Places",
    "Refusal",
    "Refused",
    "Resource",
    "Words",
    "when_changed",
]
