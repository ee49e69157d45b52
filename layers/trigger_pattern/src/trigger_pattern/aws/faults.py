"""Descriptions of faults that repeat none of the data."""

from traceback import extract_tb


def where(fault: BaseException) -> dict[str, object]:
    """Return a fault's type and its stack for the log, without its text, which may contain data."""
    places = [f"{place.filename}:{place.lineno} {place.name}" for place in extract_tb(fault.__traceback__)]
    return {"fault": type(fault).__name__, "places": places}
