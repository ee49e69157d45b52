"""Query parameters that are at fault, as entries of a problem's `errors`."""

from collections.abc import Collection, Iterable

from cars.adapters.http.problems import json_pointer


def fault(parameter: str, detail: str, code: str = "invalid-value") -> dict[str, str]:
    """Write an entry."""
    return {"code": code, "detail": detail, "parameter": parameter}


def unknown_parameters(given: Iterable[str], known: Collection[str]) -> list[dict[str, str]]:
    """Name the parameters that a resource does not have: a misspelt one would be taken for none."""
    unknown = (json_pointer([name])[1:] for name in sorted(set(given) - set(known)))
    return [fault(name, "There is no such parameter here.", "unknown-parameter") for name in unknown]
