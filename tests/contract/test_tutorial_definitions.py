"""docs/new-resource.md: what a definition refuses, and what a resource does."""

import pytest

from tests.support import tutorial
from tests.support.system import System
from trigger_pattern import InvalidDefinition

MODULE = tutorial.module()
K01 = {"code": "K01", "title": "Events as truth", "minutes": 45}
CONFERENCE = {"name": "EventConf", "city": "Ghent", "day": "2027-05-20", "sessions": [K01]}
HALL = {"name": "Town Hall", "seats": 300}

FAULTS = {
    "`class Venue:` without `frozen=True`": ("@dataclass(frozen=True)\nclass Venue:", "@dataclass\nclass Venue:"),
    "`minutes: float = 45`": ("minutes: Minutes = 45", None),
    "`name: str`": ('name: Annotated[str, Length(1, 80), Doc("The building")]', None),
    "`minutes: Annotated[int, Length(5, 240)] = 45`": ("minutes: Minutes = 45", None),
    '`Length(0, 500), Doc("In the order of the day")`': ('Length(0, 20), Doc("In the order of the day")', None),
    "`minutes: Minutes = 0`": ("minutes: Minutes = 45", None),
    '`venue: Place = Venue("Town Hall")`': ("venue: Place = None", None),
    "`venue: Venue | str | None = None`": ("venue: Place = None", None),
    "`code: Annotated[Code, IMMUTABLE]`": ("code: Code\n    title", "code: Annotated[Code, IMMUTABLE]\n    title"),
    "`sessions: Annotated[tuple[Annotated[Session, IMMUTABLE], ...], Length(0, 20)] = ()`": (
        'sessions: Annotated[tuple[Session, ...], Length(0, 20), Doc("In the order of the day")] = ()',
        None,
    ),
    "`name: Annotated[Name, NOT_ON_CREATION]`": (
        "name: Name\n    city",
        "name: Annotated[Name, NOT_ON_CREATION]\n    city",
    ),
    "`version: Minutes = 45`": ("venue: Place = None", "venue: Place = None\n    version: Minutes = 45"),
    '`authority="eventconf.org"`': (
        'plural="conferences",',
        'plural="conferences",\n    authority="eventconf.org",',
    ),
    '`lists=(By(("town",)),)`': ('lists=(By(("city",), then="day"),)', None),
    '`lists=(By(("sessions",)),)`': ('lists=(By(("city",), then="day"),)', None),
    '`filters=("status",)`': ('filters=("city",)', None),
    '`"/state"` in a refusal': ('never a draft again.", "/status"', 'never a draft again.", "/state"'),
    "`event) -> Conference` without a type": ("event: Event) -> Conference", "event) -> Conference"),
}
"""By what the table shows: what the module has in its place, and what it gets if that is not what the table shows."""


def test_every_refused_definition_of_the_table_is_tried() -> None:
    assert [row for row, _ in tutorial.refused_definitions()] == list(FAULTS)


@pytest.mark.parametrize(("written", "said"), tutorial.refused_definitions(), ids=list(FAULTS))
def test_a_definition_is_refused_with_the_message_of_the_table(written: str, said: str) -> None:
    before, after = FAULTS[written]
    assert MODULE.count(before) == 1
    with pytest.raises(InvalidDefinition) as refused:
        tutorial.defined(MODULE.replace(before, written.strip("`") if after is None else after))
    assert str(refused.value) == said


@pytest.fixture
def api() -> System:
    return System.of(tutorial.resource(MODULE))


def status(api: System, method: str, path: str, body: object = None) -> int:
    return api.request(method, path, body, prefer="wait=10").status


@pytest.mark.parametrize(
    ("method", "body", "expected"),
    [
        ("PUT", {**CONFERENCE, "status": "draft", "sessions": [K01, K01]}, 422),
        ("PATCH", {"sessions": [K01, K01]}, 422),
        ("PATCH", {"name": None}, 422),
        ("DELETE", None, 409),
    ],
    ids=["check, of a PUT", "check, of a PATCH", "null of a field that is not optional", "closing"],
)
def test_a_refusal_has_the_status_of_the_table(api: System, method: str, body: object, expected: int) -> None:
    created = api.request("POST", "/conferences", {**CONFERENCE, "venue": HALL}, prefer="wait=10")
    assert created.status == 201
    assert status(api, method, f"/conferences/{created.body['conferenceId']}", body) == expected


def test_a_refused_opening_has_the_status_of_the_table(api: System) -> None:
    assert status(api, "POST", "/conferences", {**CONFERENCE, "day": "2026-11-01"}) == 409
