"""Requests to some cars, and to everything around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode
from uuid import UUID

from tests.support.hostile.bodies import garbage, representation_text
from tests.support.hostile.chance import Chance
from tests.support.hostile.values import CONTENT_TYPES, HEADERS, IDS, NUMBERS, TEXTS, TIMES, WIDE

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE")
PARAMETERS: dict[str, Sequence[str]] = {
    "after": ("0", "9999999999"), "limit": (), "version": (), "at": TIMES, "cursor": (), "owner": (), "vin": (),
    "make": ("BMW",), "model": ("M3",), "color": (), "condition": (), "x": (), "": (),
}  # fmt: skip
"""The names of parameters, and what is sent for each beside what is sent for any."""


@dataclass(frozen=True)
class HostileRequest:
    """A request; the path is not quoted yet, the query is."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes | None

    @property
    def target(self) -> str:
        """The path and the query as they go over the wire."""
        return quote(self.path) + f"?{self.query}" * bool(self.query)


def hostile_request(chance: Chance, car_ids: Sequence[str]) -> HostileRequest:
    """Make a request that deletes none of these cars; most ask for what its path has."""
    path, methods = chance.choices(_places(chance, car_ids), (60, 10, 10, 20, 5))[0]
    method = chance.choice(methods if chance.often() else METHODS)
    if method == "DELETE":
        path = f"/cars/{UUID(int=chance.getrandbits(128))}"
    query = _query(chance) if method == "GET" or chance.rarely() else ""
    body = _body(chance) if method in ("POST", "PUT", "PATCH") or chance.rarely() else None
    return HostileRequest(method, path, query, _headers(chance), body)


def _places(chance: Chance, car_ids: Sequence[str]) -> Sequence[tuple[str, Sequence[str]]]:
    """Return the paths that there are, with their methods."""
    car = f"/cars/{chance.choice(car_ids if chance.often() else IDS)}"
    command = f"{car}/commands/{chance.choice((*IDS, *car_ids))}"
    other = chance.choice(("/", "/cars/", "//cars", f"{car}/", f"{car}/x/y", "/openapi.json/x", "/" + WIDE))
    return (
        (car, ("GET", "PUT", "PUT", "PATCH", "PATCH", "DELETE")),
        (f"{car}/events", ("GET",)),
        (command, ("GET",)),
        ("/cars", ("GET", "POST", "POST")),
        (other, METHODS),
    )


def _query(chance: Chance) -> str:
    names = chance.choices(tuple(PARAMETERS), k=chance.randint(0, 3))
    return urlencode([(name, chance.choice((*PARAMETERS[name], *TEXTS, *NUMBERS[:4]))) for name in names])


def _headers(chance: Chance) -> dict[str, str]:
    names = chance.sample(tuple(HEADERS), chance.choice((0, 0, 1, 1, 2, 4)))
    headers = {name: chance.choice(HEADERS[name]) for name in names}
    return headers if chance.rarely() else headers | {"content-type": chance.choice(CONTENT_TYPES)}


def _body(chance: Chance) -> bytes:
    return representation_text(chance).encode() if chance.often() else garbage(chance)
