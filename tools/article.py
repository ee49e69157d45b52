"""The article's example of a car."""

from typing import Any

EXAMPLE_CAR: dict[str, Any] = {
    "year": 2009, "make": "BMW", "model": "M3", "color": "black", "mileage": 14320,
    "vin": "2G4GM5ER4E9225618", "condition": "good", "owner": "ad4181f8-c33f-4e81-9d9e-0896188d73f0",
}  # fmt: skip
"""Its representation, as a request has it."""
