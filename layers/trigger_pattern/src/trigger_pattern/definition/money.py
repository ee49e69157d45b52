"""Money, as a nested value of any resource."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from trigger_pattern.definition.fields import Between, Doc, Length, Pattern, Places


@dataclass(frozen=True)
class Money:
    """An amount of a currency with two decimal places: a price, a fee or a limit, so never below zero."""

    amount: Annotated[Decimal, Between(0, 1_000_000_000), Places(2), Doc("In the currency's main unit, such as euros")]
    currency: Annotated[str, Pattern("[A-Z]{3}", "a currency such as EUR"), Length(3, 3), Doc("By ISO 4217")]
