"""Say what is wrong with data from outside, without repeating the data."""

from pydantic import ValidationError


def explain(error: ValidationError) -> str:
    """Name each field at fault, and the kind of its fault."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(f"{'.'.join(map(str, fault['loc']))} {fault['type']}".strip() for fault in faults)
