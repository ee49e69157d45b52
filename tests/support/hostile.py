"""Requests and messages that nobody should send: of every wrong shape and size, chosen by a seed."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from tests.support.cars import representation

WIDE = "٣\u202e\U0001f697ÿ'\"\\<>&;%00{{7*7}}${x}"
"""Text in several scripts, and with everything that anybody ever forgot to escape."""

DEEP = 1000
"""Deeper than Python's parser goes, and within what a body may have."""

TEXTS = ("", " ", "null", "0", "-1", "1e999", "NaN", "true", "[]", "..", "../..", "a" * 3000, "0" * 60, WIDE, "\t", "*")
NUMBERS = ("-0", "1e999", "-1E+400", "9" * 400, "9" * 3900, "0.1", "2009.0", "NaN", "-Infinity", "18446744073709551616")
VALUES = (
    *map(json.dumps, TEXTS), *NUMBERS, "null", "true", "[]", "{}", '"\\ud800"', '"\\udfff\\ud800"', '"\\u0000"',
    "[" * DEEP + "]" * DEEP, '{"a":' * 300 + "1" + "}" * 300, json.dumps(list(range(500))), '[{"year":2009}]',
)  # fmt: skip
"""JSON values, and what only looks like one, as they stand in a text."""

IDS = (
    *TEXTS[1:], "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "ffffffff-ffff-7fff-bfff-ffffffffffff", "00000000-0000-7000-8000-000000000000",
    "01A206E7-D420-7708-B4E8-81BBFC74DE67", "{01a206e7-d420-7708-b4e8-81bbfc74de67}",
    "urn:uuid:01a206e7-d420-7708-b4e8-81bbfc74de67", "01a206e7d4207708b4e881bbfc74de67",
)  # fmt: skip
TIMES = (
    "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z",
    "2026-11-01", "2026-11-01T00:00:00", "2026-02-30T00:00:00Z", "2026-11-01T24:00:00Z", "2026-11-01T00:00:60Z",
    "2026-11-01T00:00:00+99:99", "٢٠٢٦-11-01T00:00:00Z", "0", "-62135596800", "1e18", "9" * 30,
)  # fmt: skip
CONTENT_TYPES = (
    *["application/json"] * 12, "application/merge-patch+json", "APPLICATION/JSON ; charset=utf-16", "text/plain", "",
    "application/json, text/html", "multipart/form-data; boundary=x", "/", ";", "application/" + "x" * 2000,
)  # fmt: skip
HEADERS = {
    "if-match": ("*", '"1"', '"0"', 'W/"1"', '"1", "2"', '"99999999999999999999"', "1", '"', '""', '"ÿ"', "x" * 3000),
    "if-none-match": ("*", '"1"', "W/", '"1",,"2"', '"' * 99, "ÿ", ", " * 500),
    "prefer": ("wait=0", "wait", "wait=-1", "wait=1e3", "wait=Ù£", "wait=" + "9" * 300, ";;,,=", "x" * 3000),
    "idempotency-key": ("", " ", "k", "k", "ÿ", "a b", "x" * 255, "x" * 256, "x" * 3000),
    "x-correlation-id": ("", "ÿ", "x" * 65, "x" * 3000, "a\tb", "{}"),
    "authorization": ("", "Bearer", "Basic Og==", "AWS4-HMAC-SHA256 x"),
    "accept": ("text/html", "", "*/*;q=9"),
    "x-http-method-override": ("DELETE",),
}  # fmt: skip
PARAMETERS = (
    "after",
    "limit",
    "version",
    "at",
    "owner",
    "vin",
    "make",
    "model",
    "color",
    "condition",
    "cursor",
    "x",
    "",
)
FIELDS = tuple(representation())
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "GET", "POST", "PUT", "PATCH", "PUT", "HEAD", "OPTIONS", "TRACE")
COMMAND_FIELDS = ("commandId", "carId", "issuedAt", "actor", "correlationId", "expectedVersion", "representation")
TYPES = ("CreateCar", "UpdateCar", "PatchCar", "UpdateCar", "PatchCar")


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


@dataclass(frozen=True)
class HostileMessage:
    """A message on the queue of commands, past the API."""

    group: str
    body: str


@dataclass
class Hostile:
    """Sends to some cars, and to everything around them; none of it deletes one of these cars.

    What is no fault is left out: `Prefer: wait=n`, which only takes time; and a message that is right but for a type of
    command that nobody knows, whose car would wait, by design, for newer code that knows it.
    """

    seed: int
    car_ids: Sequence[str]
    random: Random = field(init=False)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)  # noqa: S311 - no secret

    def request(self) -> HostileRequest:
        """Make the next request."""
        method = self.random.choice(METHODS)
        path = "/cars" if method == "POST" and self._often() else self._path(deletes=method == "DELETE")
        body = self._body() if method in ("POST", "PUT", "PATCH") or self._rarely() else None
        return HostileRequest(
            method, path, self._query() if method == "GET" or self._rarely() else "", self._headers(), body
        )

    def message(self, new_id: Callable[[], UUID], now: str) -> HostileMessage:
        """Make the next message; where nothing is wrong with it by chance, it has a new id and is issued now."""
        car_id = self.random.choice(self.car_ids)
        fields = {
            "commandId": json.dumps(str(new_id())), "type": json.dumps(self.random.choice(TYPES)),
            "carId": json.dumps(car_id), "issuedAt": json.dumps(now), "representation": self._representation(),
            "actor": '"hostile"', "correlationId": '"hostile"',
        }  # fmt: skip
        for name in self.random.sample(COMMAND_FIELDS, self.random.randint(0, 2)):
            fields[name] = self._command_value(name)
        body = self._text(fields) if self._often() else self._garbage().decode(errors="replace")
        allowed = "".join(letter for letter in body if letter in "\t\n\r" or letter >= " ")[:100_000]
        return HostileMessage(car_id if self._often() else f"group-{self.random.randint(1, 9)}", allowed or "{")

    def _often(self) -> bool:
        return self.random.random() < 0.8

    def _rarely(self) -> bool:
        return self.random.random() < 0.05

    def _car_id(self) -> str:
        return self.random.choice(self.car_ids) if self._often() else self.random.choice(IDS)

    def _path(self, *, deletes: bool) -> str:
        car_id = str(UUID(int=self.random.getrandbits(128))) if deletes else self._car_id()
        car = f"/cars/{car_id}"
        command = f"{car}/commands/{self.random.choice((*IDS, *self.car_ids))}"
        other = self.random.choice(("/", "/cars/", "//cars", f"{car}/", f"{car}/x/y", "/openapi.json/x", "/" + WIDE))
        return self.random.choices((car, f"{car}/events", command, "/cars", other), (50, 15, 15, 15, 5))[0]

    def _query(self) -> str:
        names = self.random.choices(PARAMETERS, k=self.random.randint(0, 3))
        return urlencode([(name, self._parameter(name)) for name in names])

    def _parameter(self, name: str) -> str:
        usual: dict[str, Sequence[str]] = {
            "at": TIMES,
            "make": ("BMW",),
            "model": ("M3",),
            "after": ("0", "9999999999"),
        }
        return self.random.choice((*usual.get(name, ()), *TEXTS, *NUMBERS[:4]))

    def _headers(self) -> dict[str, str]:
        names = self.random.sample(list(HEADERS), self.random.choice((0, 0, 1, 1, 2, 4)))
        headers = {name: self.random.choice(HEADERS[name]) for name in names}
        return headers | ({"content-type": self.random.choice(CONTENT_TYPES)} if self._often() else {})

    def _body(self) -> bytes:
        return self._representation().encode() if self._often() else self._garbage()

    def _representation(self) -> str:
        """Write a representation with some values that are wrong, some missing, and some that no car has."""
        fields = {name: json.dumps(value) for name, value in representation(mileage=15_000).items()}
        for name in self.random.sample(FIELDS, self.random.choice((0, 0, 1, 1, 2, 8))):
            fields[name] = self.random.choice(VALUES)
        for name in self.random.sample(FIELDS, self.random.choice((0, 0, 0, 1, 4, 8))):
            del fields[name]
        for _ in range(self.random.choice((0, 0, 0, 0, 1, 3, 200))):
            fields[self.random.choice(TEXTS) + str(self.random.random())[: self.random.randint(0, 9)]] = "1"
        return self._text(fields)

    def _command_value(self, name: str) -> str:
        usual = {"issuedAt": TIMES, "commandId": IDS, "carId": IDS, "actor": ("x" * 193,), "correlationId": ("x" * 65,)}
        return self.random.choice((*map(json.dumps, usual.get(name, ())), *VALUES))

    def _text(self, fields: dict[str, str]) -> str:
        text = "{" + ",".join(f"{json.dumps(name)}:{value}" for name, value in fields.items()) + "}"
        if self._rarely():
            return text[: self.random.randint(0, len(text))]
        return text.replace("{", '{"year":1,', 1) if self._rarely() else text  # the same name twice

    def _garbage(self) -> bytes:
        size = self.random.choice((0, 1, 10, 100, 4096, 4097, 100_000))
        kinds: tuple[Callable[[], Any], ...] = (
            lambda: self.random.randbytes(size),
            lambda: b"[" * size,
            lambda: b'{"a":' * size,
            lambda: b"1" * size,
            lambda: b'"' + b"\\ud800" * (size // 6) + b'"',
            lambda: json.dumps(representation()).encode("utf-16"),
            lambda: b"\xef\xbb\xbf" + json.dumps(representation()).encode(),
            lambda: b"\xed\xa0\x80\xc0\xaf" * size,
            lambda: self.random.choice(VALUES).encode(),
            lambda: json.dumps({str(number): number for number in range(size // 10)}).encode(),
        )
        return bytes(self.random.choice(kinds)())[:200_000]
