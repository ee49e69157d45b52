"""What a body must be before its fields are looked at."""

import json

import pytest

from resources.cars import CARS
from tests.support.cars import CAR_ID, representation
from tests.support.http import Answer, request
from tests.support.system import System
from trigger_pattern.aws.messaging.command_message import write_command
from trigger_pattern.definition.reasons import MAX_REASONS
from trigger_pattern.http.bodies import SMALLEST_LIMIT, most_of

EXAMPLE = json.dumps(representation())
MAX_BODY = most_of(CARS)
every_write = pytest.mark.parametrize(
    ("method", "path"), [("POST", "/cars"), ("PUT", f"/cars/{CAR_ID}"), ("PATCH", f"/cars/{CAR_ID}")]
)


def post(body: str | bytes | None) -> Answer:
    return System().request("POST", "/cars", body)


@every_write
@pytest.mark.parametrize(
    "body",
    [
        "", " ", "{", "{'year': 2009}", "year=2009", EXAMPLE + "x", "\ufeff" + EXAMPLE, '{"mileage": NaN}',
        '{"mileage": Infinity}', '{"mileage": -Infinity}', '{"mileage": 0x10}', '{"color": "bla\nck"}',
        '{"color": "\\x"}', "[" * MAX_BODY, '{"a":' * 800, b"\xff\xfe{}", b"\x80", EXAMPLE.encode("utf-16"),
        '{"color": "ü"}'.encode("latin-1"),
    ],
)  # fmt: skip
def test_a_body_that_is_not_json_in_utf_8_is_malformed(body: str | bytes, method: str, path: str) -> None:
    answer = System().request(method, path, body)
    assert (answer.status, answer.problem()["type"]) == (400, "urn:cars:problem:malformed-body")


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (None, "There is no body."),
        ('{"color": "red", "color": "blue"}', "An object in the body has two members of one name."),
        ('{"color": {"a": 1, "a": 2}}', "An object in the body has two members of one name."),
    ],
)
def test_why_a_body_is_malformed_is_said(body: str | None, detail: str) -> None:
    answer = System().request("POST", "/cars", body, content_type="application/json")
    assert (answer.status, answer.problem()["detail"]) == (400, detail)


def test_a_lone_surrogate_that_was_not_escaped_is_malformed() -> None:
    assert post('{"color": "\ud800"}').status in {400, 422}


@pytest.mark.parametrize("body", ["null", "[]", "[1]", "0", "1.5", "true", "false", '""', '"car"', f"[{EXAMPLE}]"])
def test_a_body_that_is_no_object_is_invalid_as_a_whole(body: str) -> None:
    answer = post(body)
    assert answer.status == 422
    assert answer.problem()["errors"] == [{"code": "invalid-value", "detail": "Expected a JSON object.", "pointer": ""}]


def test_an_empty_object_lacks_every_field() -> None:
    assert sorted(post("{}").fields()) == sorted(f"/{name}" for name in representation())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("year", "[" * 800 + "]" * 800),
        *(
            ("mileage", number)
            for number in ("1e400", "-1e400", "1e-400", "1" * 3_000, "14320.5", "1e999999999999999999999")
        ),
        ("color", '"\\ud800"'),
        ("color", '"black\\u0000"'),
    ],
)
def test_whatever_json_a_field_has_it_is_invalid_as_that_field(field: str, value: str) -> None:
    fields = {**representation(), field: "?"}
    answer = post(json.dumps(fields).replace('"?"', value))
    assert (answer.status, answer.fields()) == (422, [f"/{field}"])


@pytest.mark.parametrize("number", ["14320.0", "1432e1", "1.432e4", "14320.000"])
def test_a_whole_number_may_be_written_in_any_way(number: str) -> None:
    system = System()
    assert system.request("POST", "/cars", EXAMPLE.replace("14320", number)).status == 202
    [(_, sent)] = system.sent
    assert json.loads(write_command(CARS, sent))["representation"] == representation()


def test_a_body_full_of_unknown_fields_has_a_short_answer() -> None:
    many = json.dumps({f"field-{number}": 0 for number in range(250)})
    assert 3500 < len(many) <= MAX_BODY
    answer = post(many)
    assert len(answer.body["errors"]) == MAX_REASONS
    assert answer.body["errors"][-1] == {"code": "and-more", "detail": "239 more values are not valid."}
    assert len(json.dumps(answer.body)) < MAX_BODY


@every_write
@pytest.mark.parametrize("character", ["\U0001f600", "\u4e00", "\xff", "\x7f", "\x01", "\n", '"', "~", "/"])
def test_the_answer_is_short_whatever_the_fields_names_are_of(character: str, method: str, path: str) -> None:
    members = [f"{json.dumps(f'{number:02}{character * 28}', ensure_ascii=False)}:0" for number in range(22)]
    body = f"{{{','.join(members)}}}"
    assert len(body.encode()) <= MAX_BODY
    answer = System().request(method, path, body)
    assert (answer.status, len(answer.body["errors"])) == (422, MAX_REASONS)
    assert len(json.dumps(answer.body)) < MAX_BODY


@pytest.mark.parametrize(
    ("name", "pointer"),
    [("doors", "/doors"), ("Color", "/Color"), ("carId", "/carId"), ("", "/"), ("a/b~c", "/a~1b~0c"),
     ("x" * 500, "/" + "x" * 40), ("~" * 60, "/" + "~0" * 40), ("größe", "/größe")],
)  # fmt: skip
def test_an_unknown_field_is_named_in_short_and_never_cut_within_an_escape(name: str, pointer: str) -> None:
    [error] = post(json.dumps({**representation(), name: 1})).problem()["errors"]
    assert (error["pointer"], error["code"]) == (pointer, "unknown-field")


def test_a_field_whose_name_is_a_lone_surrogate_is_invalid() -> None:
    answer = post('{"\\ud800": 1}')
    assert answer.status == 422
    assert answer.problem()


def test_the_body_of_a_car_may_have_ten_times_the_bytes_of_the_articles_example() -> None:
    assert MAX_BODY == SMALLEST_LIMIT == 4096


@pytest.mark.parametrize("body", [EXAMPLE.ljust(MAX_BODY), EXAMPLE.encode(), EXAMPLE.ljust(MAX_BODY).encode()])
def test_a_body_may_be_as_large_as_the_limit_as_text_or_in_base64(body: str | bytes) -> None:
    assert post(body).status == 202


@every_write
@pytest.mark.parametrize("body", [EXAMPLE.ljust(MAX_BODY + 1), "x" * 6_000_000, "ü" * (MAX_BODY // 2 + 1)])
def test_a_larger_body_is_too_large(body: str, method: str, path: str) -> None:
    answer = System().request(method, path, body)
    assert (answer.status, answer.problem()["type"]) == (413, "urn:cars:problem:body-too-large")


@pytest.mark.parametrize(
    "media_type",
    ["application/json", "application/json; charset=utf-8", "application/json ;charset=UTF-8", "APPLICATION/JSON"],
)
def test_json_is_taken_under_every_spelling_of_its_media_type(media_type: str) -> None:
    assert System().request("POST", "/cars", EXAMPLE, content_type=media_type).status == 202


@every_write
@pytest.mark.parametrize(
    "media_type",
    ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "text/json", "", "json",
     "*/*", "application/json-patch+json"],
)  # fmt: skip
def test_any_other_media_type_is_not_supported(media_type: str, method: str, path: str) -> None:
    answer = System().request(method, path, EXAMPLE, content_type=media_type)
    assert (answer.status, answer.problem()["type"]) == (415, "urn:cars:problem:unsupported-media-type")


def test_a_body_without_a_media_type_is_not_supported() -> None:
    event = request("POST", "/cars", body=EXAMPLE)
    del event["headers"]["content-type"]
    assert System().answer(event).status == 415
