"""What a body must be before anybody looks at its fields."""

import json
from collections.abc import Mapping

import pytest

from resources.cars import CARS
from tests.support.cars import CAR_ID, representation
from tests.support.http import Answer, MemoryQueue, commands, request, send
from trigger_pattern.aws.messaging.command_message import write_command
from trigger_pattern.definition.reasons import MAX_REASONS
from trigger_pattern.http.bodies import SMALLEST_LIMIT, most_of

EXAMPLE = json.dumps(representation())
MAX_BODY = most_of(CARS)

REQUESTS = [("POST", "/cars"), ("PUT", f"/cars/{CAR_ID}")]


def post(body: str | bytes | None, headers: Mapping[str, str] | None = None) -> Answer:
    return send(commands(MemoryQueue()), request("POST", "/cars", body=body, headers=headers))


@pytest.mark.parametrize("method_and_path", REQUESTS)
@pytest.mark.parametrize(
    "body",
    [
        "",
        " ",
        "{",
        "{'year': 2009}",
        "year=2009",
        EXAMPLE + "x",
        "\ufeff" + EXAMPLE,
        '{"mileage": NaN}',
        '{"mileage": Infinity}',
        '{"mileage": -Infinity}',
        '{"mileage": 0x10}',
        '{"color": "bla\nck"}',
        '{"color": "\\x"}',
        "[" * MAX_BODY,
        '{"a":' * 800,
    ],
)
def test_a_body_that_is_not_json_is_malformed(body: str, method_and_path: tuple[str, str]) -> None:
    answer = send(commands(MemoryQueue()), request(*method_and_path, body=body))
    assert answer.status == 400
    assert answer.problem()["type"] == "urn:cars:problem:malformed-body"


@pytest.mark.parametrize("body", [b"\xff\xfe{}", b"\x80", EXAMPLE.encode("utf-16"), '{"color": "ü"}'.encode("latin-1")])
def test_a_body_that_is_not_utf_8_is_malformed(body: bytes) -> None:
    answer = post(body)
    assert answer.status == 400
    assert answer.problem()["type"] == "urn:cars:problem:malformed-body"


def test_a_lone_surrogate_that_was_not_escaped_is_malformed() -> None:
    assert post('{"color": "\ud800"}').status in {400, 422}


def test_a_body_in_base64_is_decoded() -> None:
    assert post(EXAMPLE.encode()).status == 202


@pytest.mark.parametrize("body", ["null", "[]", "[1]", "0", "1.5", "true", "false", '""', '"car"', f"[{EXAMPLE}]"])
def test_a_body_that_is_no_object_is_invalid_as_a_whole(body: str) -> None:
    answer = post(body)
    assert answer.status == 422
    assert answer.problem()["errors"] == [{"code": "invalid-value", "detail": "Expected a JSON object.", "pointer": ""}]


def test_an_empty_object_lacks_every_field() -> None:
    assert sorted(post("{}").fields()) == sorted(f"/{name}" for name in representation())


def test_a_field_nested_deeply_is_invalid_as_that_field() -> None:
    body = json.dumps(representation()).replace("2009", "[" * 800 + "]" * 800)
    answer = post(body)
    assert answer.status == 422
    assert answer.fields() == ["/year"]


@pytest.mark.parametrize("number", ["1e400", "-1e400", "1e-400", "1" * 3_000, "14320.5", "1e999999999999999999999"])
def test_a_number_without_bounds_is_invalid_as_that_field(number: str) -> None:
    answer = post(EXAMPLE.replace("14320", number))
    assert answer.status == 422
    assert answer.fields() == ["/mileage"]


@pytest.mark.parametrize("number", ["14320.0", "1432e1", "1.432e4", "14320.000"])
def test_a_whole_number_may_be_written_in_any_way(number: str) -> None:
    queue = MemoryQueue()
    answer = send(commands(queue), request("POST", "/cars", body=EXAMPLE.replace("14320", number)))
    assert answer.status == 202
    [sent] = queue.sent
    assert json.loads(write_command(CARS, sent))["representation"] == representation()


@pytest.mark.parametrize("body", ['{"color": "red", "color": "blue"}', '{"color": {"a": 1, "a": 2}}'])
def test_a_body_with_two_members_of_one_name_is_malformed(body: str) -> None:
    answer = post(body)
    assert answer.status == 400
    assert answer.problem()["detail"] == "An object in the body has two members of one name."


def test_every_wrong_field_is_named_at_once() -> None:
    answer = post(json.dumps(representation(color="pink", make="BMW", model="F150", wheels=4)))
    assert sorted(answer.fields()) == ["/color", "/model", "/wheels"]


def test_a_body_full_of_unknown_fields_has_a_short_answer() -> None:
    many = json.dumps({f"field-{number}": 0 for number in range(250)})
    assert 3500 < len(many) <= MAX_BODY
    answer = post(many)
    assert len(answer.body["errors"]) == MAX_REASONS
    assert answer.body["errors"][-1] == {"code": "and-more", "detail": "239 more values are not valid."}
    assert len(json.dumps(answer.body)) < MAX_BODY


@pytest.mark.parametrize("character", ["\U0001f600", "\u4e00", "\xff", "\x7f", "\x01", "\n", '"', "~", "/"])
@pytest.mark.parametrize("method_and_path", [*REQUESTS, ("PATCH", f"/cars/{CAR_ID}")])
def test_the_answer_is_short_whatever_the_fields_names_are_of(character: str, method_and_path: tuple[str, str]) -> None:
    members = [f"{json.dumps(f'{number:02}{character * 28}', ensure_ascii=False)}:0" for number in range(22)]
    body = f"{{{','.join(members)}}}"
    assert len(body.encode()) <= MAX_BODY
    answer = send(commands(MemoryQueue()), request(*method_and_path, body=body))
    assert (answer.status, len(answer.body["errors"])) == (422, MAX_REASONS)
    assert len(json.dumps(answer.body)) < MAX_BODY


def test_a_name_is_never_cut_within_an_escape() -> None:
    [pointer] = [name for name in post(json.dumps({"~" * 60: 0})).fields() if name.startswith("/~")]
    assert pointer == "/" + "~0" * 40


def test_a_field_whose_name_is_a_lone_surrogate_is_invalid() -> None:
    answer = post('{"\\ud800": 1}')
    assert answer.status == 422
    assert answer.problem()


def test_the_body_of_a_car_may_have_ten_times_the_bytes_of_the_articles_example() -> None:
    assert MAX_BODY == SMALLEST_LIMIT == 4096


def test_a_body_may_be_as_large_as_the_limit() -> None:
    assert post(EXAMPLE.ljust(MAX_BODY)).status == 202


@pytest.mark.parametrize("body", [EXAMPLE.ljust(MAX_BODY + 1), "x" * 6_000_000, "ü" * (MAX_BODY // 2 + 1)])
@pytest.mark.parametrize("method_and_path", REQUESTS)
def test_a_larger_body_is_too_large(body: str, method_and_path: tuple[str, str]) -> None:
    answer = send(commands(MemoryQueue()), request(*method_and_path, body=body))
    assert answer.status == 413
    assert answer.problem()["type"] == "urn:cars:problem:body-too-large"


def test_a_body_in_base64_may_be_as_large_too() -> None:
    assert post(EXAMPLE.ljust(MAX_BODY).encode()).status == 202


@pytest.mark.parametrize(
    "media_type",
    ["application/json", "application/json; charset=utf-8", "application/json ;charset=UTF-8", "APPLICATION/JSON"],
)
def test_json_is_taken_under_every_spelling_of_its_media_type(media_type: str) -> None:
    assert post(EXAMPLE, {"Content-Type": media_type}).status == 202


@pytest.mark.parametrize(
    "media_type",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "text/json",
        "",
        "json",
        "*/*",
    ],
)
@pytest.mark.parametrize("method_and_path", REQUESTS)
def test_any_other_media_type_is_not_supported(media_type: str, method_and_path: tuple[str, str]) -> None:
    event = request(*method_and_path, body=EXAMPLE, headers={"Content-Type": media_type})
    answer = send(commands(MemoryQueue()), event)
    assert answer.status == 415
    assert answer.problem()["type"] == "urn:cars:problem:unsupported-media-type"


def test_a_body_without_a_media_type_is_not_supported() -> None:
    event = request("POST", "/cars", body=EXAMPLE)
    del event["headers"]["content-type"]
    assert send(commands(MemoryQueue()), event).status == 415


@pytest.mark.parametrize("method_and_path", REQUESTS)
def test_no_body_at_all_is_malformed(method_and_path: tuple[str, str]) -> None:
    event = request(*method_and_path, headers={"Content-Type": "application/json"})
    answer = send(commands(MemoryQueue()), event)
    assert answer.status == 400
    assert answer.problem()["detail"] == "There is no body."
