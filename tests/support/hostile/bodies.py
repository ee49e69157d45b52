"""Bodies: representations with something wrong, and what is not JSON at all."""

import json
from collections.abc import Callable, Mapping

from tests.support.cars import representation
from tests.support.hostile.chance import Chance
from tests.support.hostile.values import TEXTS, VALUES

FIELDS = tuple(representation())
LONGEST = 200_000


def representation_text(chance: Chance) -> str:
    """Write a representation with some values that are wrong, some missing, and some that no car has."""
    fields = {name: json.dumps(value) for name, value in representation(mileage=15_000).items()}
    for name in chance.sample(FIELDS, chance.choice((0, 0, 1, 1, 2, 8))):
        fields[name] = chance.choice(VALUES)
    for name in chance.sample(FIELDS, chance.choice((0, 0, 0, 1, 4, 8))):
        del fields[name]
    for _ in range(chance.choice((0, 0, 0, 0, 1, 3, 200))):
        fields[chance.choice(TEXTS) + str(chance.random())[: chance.randint(0, 9)]] = "1"
    return object_text(chance, fields)


def object_text(chance: Chance, fields: Mapping[str, str]) -> str:
    """Write an object of values that are texts already; rarely cut short, or with a name twice."""
    text = "{" + ",".join(f"{json.dumps(name)}:{value}" for name, value in fields.items()) + "}"
    if chance.rarely():
        return text[: chance.randint(0, len(text))]
    return text.replace("{", '{"year":1,', 1) if chance.rarely() else text


def garbage(chance: Chance) -> bytes:
    """Make what is no representation of anything, or one in an encoding that JSON does not have (RFC 8259, 8.1)."""
    size = chance.choice((0, 1, 10, 100, 4096, 4097, 100_000))
    kinds: tuple[Callable[[], bytes], ...] = (
        lambda: chance.randbytes(size),
        lambda: b"[" * size,
        lambda: b'{"a":' * size,
        lambda: b"1" * size,
        lambda: b'"' + b"\\ud800" * (size // 6) + b'"',
        lambda: json.dumps(representation()).encode("utf-16"),
        lambda: b"\xef\xbb\xbf" + json.dumps(representation()).encode(),
        lambda: b"\xed\xa0\x80\xc0\xaf" * size,
        lambda: chance.choice(VALUES).encode(),
        lambda: json.dumps({str(number): number for number in range(size // 10)}).encode(),
    )
    return chance.choice(kinds)()[:LONGEST]
