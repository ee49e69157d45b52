"""Name what is wrong without repeating the data that it is wrong with."""

from traceback import extract_tb

from pydantic import ValidationError


def explain(error: ValidationError) -> str:
    """Return each field at fault, and the kind of its fault."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(f"{'.'.join(map(str, fault['loc']))} {fault['type']}".strip() for fault in faults)


def where(fault: BaseException) -> dict[str, object]:
    """Return, for the log, a fault's type and the places that it passed; its text may hold anything."""
    places = [f"{place.filename}:{place.lineno} {place.name}" for place in extract_tb(fault.__traceback__)]
    return {"fault": type(fault).__name__, "places": places}
