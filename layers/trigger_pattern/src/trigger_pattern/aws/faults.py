"""Descriptions of faults that repeat none of the data."""

from traceback import extract_tb

from pydantic import ValidationError


def explain(error: ValidationError) -> str:
    """Return the fields at fault, each with the kind of its fault."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(f"{'.'.join(map(str, fault['loc']))} {fault['type']}".strip() for fault in faults)


def where(fault: BaseException) -> dict[str, object]:
    """Return a fault's type and its stack for the log, without its text, which may contain data."""
    places = [f"{place.filename}:{place.lineno} {place.name}" for place in extract_tb(fault.__traceback__)]
    return {"fault": type(fault).__name__, "places": places}
