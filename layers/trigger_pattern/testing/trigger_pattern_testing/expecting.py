"""Expectations whose failures name both sides: pytest explains no `assert` of an installed package."""


def expect_equal(actual: object, wanted: object, what: str) -> None:
    """Raise AssertionError unless both are equal."""
    if actual != wanted:
        raise AssertionError(f"{what}\n  wanted: {wanted!r}\n  actual: {actual!r}")
