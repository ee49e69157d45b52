import pytest

from resources.cars import Color, ColorChanged, Deleted, MileageChanged
from tests.support.cars import CAR_ID, car_created, representation
from tests.support.commits import another_car, commits_of
from tests.support.http import Answer
from tests.support.memory import MemoryLog, log_of
from tests.support.system import System
from trigger_pattern.application.commits import DecodedCommit

AT_VERSION_3 = commits_of([car_created()], [ColorChanged(Color.RED), MileageChanged(15_000)])
DELETED = commits_of([car_created()], [Deleted()])


def get(
    log: MemoryLog, car_id: object = CAR_ID, if_none_match: str | None = None, if_match: str | None = None
) -> Answer:
    given = {"If-None-Match": if_none_match, "If-Match": if_match}
    headers = {name: value for name, value in given.items() if value is not None}
    return System(log=log).request_with("GET", f"/cars/{car_id}", headers=headers)


def test_a_car_is_given_as_it_is_now() -> None:
    answer = get(log_of(AT_VERSION_3))
    assert answer.status == 200
    assert answer.body == {"carId": CAR_ID, **representation(color="red", mileage=15_000)}


def test_its_entity_tag_is_its_version_and_it_is_asked_for_again_each_time() -> None:
    headers = get(log_of(AT_VERSION_3)).headers
    assert (headers["ETag"], headers["Cache-Control"]) == ('"3"', "no-cache")


def test_a_car_stored_by_another_fold_is_folded_again() -> None:
    log = log_of(AT_VERSION_3)
    log.stale_states = True
    assert get(log).body["color"] == "red"


@pytest.mark.parametrize("tags", ['"3"', 'W/"3"', '"1", "3"', '"1","2",W/"3"', "*", ' "3" ', " * ", '"x" , "3"'])
def test_who_has_this_version_is_told_so(tags: str) -> None:
    answer = get(log_of(AT_VERSION_3), if_none_match=tags)
    assert answer.status == 304
    assert answer.body is None


@pytest.mark.parametrize(
    "tags", ['"2"', 'W/"2"', '"1", "2"', '"33"', '"03"', "", "3", "'3'", '"3', '3"', '"', "W/", '""']
)
def test_who_has_another_version_or_none_gets_the_car(tags: str) -> None:
    assert get(log_of(AT_VERSION_3), if_none_match=tags).status == 200


@pytest.mark.parametrize("tags", ['"3"', '"1", "3"', "*"])
def test_a_read_of_a_version_that_the_car_has_is_answered(tags: str) -> None:
    assert get(log_of(AT_VERSION_3), if_match=tags).status == 200


@pytest.mark.parametrize("tags", ['"2"', 'W/"3"', '"1", "2"', '"x"'])
@pytest.mark.parametrize("if_none_match", [None, '"3"'])
def test_a_read_of_another_version_fails_before_anything_else(tags: str, if_none_match: str | None) -> None:
    """RFC 9110, section 13.2.2."""
    answer = get(log_of(AT_VERSION_3), if_match=tags, if_none_match=if_none_match)
    assert (answer.status, answer.problem()["type"]) == (412, "urn:cars:problem:version-conflict")


def test_a_malformed_if_match_is_named() -> None:
    answer = get(log_of(AT_VERSION_3), if_match="3")
    assert (answer.status, answer.fields()) == (422, ["If-Match"])


@pytest.mark.parametrize(("commits", "status"), [([], 404), (DELETED, 410)])
def test_no_condition_hides_that_a_car_is_not_there(commits: list[DecodedCommit], status: int) -> None:
    assert get(log_of(commits), if_match='"7"').status == status


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", f"/cars/{CAR_ID}", 410), ("GET", "/nowhere", 404), ("PUT", "/cars", 405)]
)
def test_no_cache_answers_with_an_error_unasked(method: str, path: str, status: int) -> None:
    answer = System(log=log_of(DELETED)).request(method, path)
    assert (answer.status, answer.headers["Cache-Control"]) == (status, "no-cache")


@pytest.mark.parametrize("header", ["ETag", "Cache-Control"])
def test_not_modified_has_the_headers_that_the_car_would_have_had(header: str) -> None:
    given = get(log_of(AT_VERSION_3)).headers[header]
    assert get(log_of(AT_VERSION_3), if_none_match="*").headers.get(header) == given  # RFC 9110, section 15.4.5


def test_a_car_that_never_was_is_not_found() -> None:
    answer = get(log_of(AT_VERSION_3), another_car(1))
    assert answer.status == 404
    assert answer.problem()["type"] == "urn:cars:problem:car-not-found"


def test_a_deleted_car_is_gone() -> None:
    answer = get(log_of(DELETED))
    assert answer.status == 410
    assert answer.problem()["type"] == "urn:cars:problem:car-deleted"


@pytest.mark.parametrize("tags", ['"2"', "*"])
def test_a_deleted_car_is_gone_for_who_knows_it_too(tags: str) -> None:
    assert get(log_of(DELETED), if_none_match=tags).status == 410
