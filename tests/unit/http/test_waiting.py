"""`Prefer: wait`: the answer waits for the outcome."""

import pytest

from tests.support.cars import representation
from tests.support.system import System
from trigger_pattern.application.waiting import LONGEST_PAUSE, SHORTEST_PAUSE


def test_who_waits_for_a_creation_gets_the_car() -> None:
    answer = System().request("POST", "/cars", representation(), prefer="wait=5")
    assert answer.status == 201
    assert answer.body == {"carId": answer.body["carId"], **representation()}
    assert answer.headers["Location"] == f"cars/{answer.body['carId']}"
    assert (answer.headers["ETag"], answer.headers["Preference-Applied"]) == ('"1"', "wait=5")


@pytest.mark.parametrize(("method", "body"), [("PUT", representation(color="red")), ("PATCH", {"color": "red"})])
def test_who_waits_for_a_change_gets_the_car_as_it_left_it(method: str, body: dict[str, object]) -> None:
    system = System()
    answer = system.request(method, system.create(), body, prefer="wait=5")
    assert (answer.status, answer.body["color"], answer.headers["ETag"]) == (200, "red", '"2"')


def test_who_waits_for_a_change_that_is_none_gets_the_car_as_it_is() -> None:
    system = System()
    answer = system.request("PATCH", system.create(), {"color": "black"}, prefer="wait=5")
    assert (answer.status, answer.headers["ETag"]) == (200, '"1"')


def test_who_waits_for_a_delete_gets_nothing() -> None:
    system = System()
    answer = system.request("DELETE", system.create(), prefer="wait=5")
    assert (answer.status, answer.body, answer.headers["Preference-Applied"]) == (204, None, "wait=5")


def test_who_waits_for_a_refusal_gets_every_reason() -> None:
    system = System()
    answer = system.request("PATCH", system.create(), {"mileage": 1}, prefer="wait=5")
    assert answer.status == 409
    assert answer.problem()["type"] == "urn:cars:problem:mileage-not-greater"
    assert [error["code"] for error in answer.problem()["errors"]] == ["mileage-not-greater"]


def test_a_refusal_has_every_reason_in_the_answer_and_in_the_outcome() -> None:
    system = System()
    refused = representation(year=2010, vin="1FMYU02Z97KA58812")
    answer = system.request("PUT", system.create(), refused, prefer="wait=5")
    assert answer.status == 409
    [outcome] = system.outcomes.kept.values()
    status = system.request("GET", f"/cars/{outcome.aggregate_id}/commands/{outcome.command_id}").body
    for errors in (answer.problem()["errors"], status["errors"]):
        assert [error["pointer"] for error in errors] == ["/year", "/vin"]


def test_who_waits_with_a_stale_version_gets_a_412() -> None:
    system = System()
    answer = system.request("PATCH", system.create(), {"color": "red"}, prefer="wait=5", if_match='"7"')
    assert answer.status == 412
    assert "current version is 1" in answer.problem()["detail"]


def test_where_time_runs_out_the_answer_is_a_202() -> None:
    system = System(delay=60)
    answer = system.request("POST", "/cars", representation(), prefer="wait=2")
    assert (answer.status, answer.headers["Preference-Applied"]) == (202, "wait=2")
    assert system.seconds <= 2


@pytest.mark.parametrize(
    ("prefer", "seconds"),
    [
        ("wait=3", 3),
        ("WAIT = 3", 3),
        ('wait="3"', 3),
        ("respond-async, wait=3", 3),
        ("wait=3; foo", 3),
        ("wait=999", 20),
        ("wait=20", 20),
    ],
)
def test_a_wait_is_at_most_20_seconds(prefer: str, seconds: int) -> None:
    system = System(delay=60)
    answer = system.request("POST", "/cars", representation(), prefer=prefer)
    assert answer.headers["Preference-Applied"] == f"wait={seconds}"
    assert seconds - 0.1 <= system.seconds <= seconds


@pytest.mark.parametrize("prefer", ["", "wait", "wait=", "wait=-1", "wait=1.5", "wait=x", "return=minimal", "wait=0"])
def test_a_preference_that_is_not_understood_is_passed_over(prefer: str) -> None:
    system = System()
    answer = system.request("POST", "/cars", representation(), prefer=prefer)
    assert (answer.status, system.pauses) == (202, [])
    assert "Preference-Applied" not in answer.headers


@pytest.mark.parametrize(("seconds", "requests"), [(1, 14), (2, 26), (5, 33), (20, 48)])
def test_a_wait_that_ends_in_nothing_makes_so_many_requests(seconds: int, requests: int) -> None:
    system = System(delay=60)
    system.request("POST", "/cars", representation(), prefer=f"wait={seconds}")
    assert (len(system.traces.asked), round(system.seconds, 6)) == (requests, seconds)


@pytest.mark.parametrize(("delay", "requests"), [(0, 1), (0.05, 2), (0.15, 3)])
def test_a_wait_ends_at_the_first_request_that_finds_the_outcome(delay: float, requests: int) -> None:
    system = System()
    car, system.delay = system.create(), delay
    system.traces.asked.clear()
    assert system.request("PATCH", car, {"color": "red"}, prefer="wait=20").status == 200
    assert system.traces.asked == [2] * requests


def test_pauses_are_short_for_two_seconds_and_then_grow_to_one() -> None:
    system = System(delay=60)
    system.request("POST", "/cars", representation(), prefer="wait=20")
    quick, growing, last = system.pauses[:25], system.pauses[25:31], system.pauses[31:-1]
    assert set(quick) == {SHORTEST_PAUSE}
    assert [round(pause, 2) for pause in growing] == [0.12, 0.18, 0.27, 0.41, 0.61, 0.91]
    assert set(last) == {LONGEST_PAUSE}


def test_the_answer_comes_within_a_tenth_of_a_second_of_the_commit() -> None:
    system = System(delay=1.0)
    assert system.request("POST", "/cars", representation(), prefer="wait=5").status == 201
    assert system.seconds < 1.1


def test_only_commits_above_the_version_seen_before_are_looked_at() -> None:
    system = System()
    car = system.create()
    system.log.calls.clear()
    system.request("PATCH", car, {"color": "red"}, prefer="wait=5")
    assert system.log.calls[0] == "recorded"  # before the command is sent
    assert system.log.calls.count("recorded") == 1
    assert system.log.calls.count("head") == 1  # the handler's own


def test_who_does_not_wait_reads_nothing() -> None:
    system = System()
    system.request("POST", "/cars", representation())
    assert system.log.calls == []


def test_behind_another_commands_commit_the_search_goes_on_at_once() -> None:
    system = System()
    car = system.create()
    for mileage in range(15_000, 15_030):
        system.request("PATCH", car, {"mileage": mileage})
    system.traces.asked.clear()
    system.pauses.clear()
    answer = system.request("PATCH", car, {"color": "red"}, prefer="wait=10")
    assert (answer.status, answer.headers["ETag"]) == (200, '"32"')
    assert system.traces.asked == [2, 2, *range(2, 33)]
    assert len(system.pauses) == 2


def test_no_request_waits_longer_than_the_stack_allows() -> None:
    system = System(delay=60, longest_wait=3)
    answer = system.request("POST", "/cars", representation(), prefer="wait=20")
    assert (answer.headers["Preference-Applied"], round(system.seconds, 6)) == ("wait=3", 3)


def test_a_stack_that_allows_no_wait_answers_at_once_and_reads_nothing() -> None:
    system = System(longest_wait=0)
    answer = system.request("POST", "/cars", representation(), prefer="wait=20")
    assert (answer.status, "Preference-Applied" in answer.headers) == (202, False)
    assert (system.traces.asked, system.log.calls, system.pauses) == ([], [], [])


def test_what_was_accepted_is_never_answered_as_a_fault() -> None:
    system = System()
    system.traces.fault = RuntimeError("throttled")
    answer = system.request("POST", "/cars", representation(), prefer="wait=5")
    assert (answer.status, len(system.sent)) == (202, 1)


def test_where_the_car_cannot_be_read_nobody_waits() -> None:
    system = System()
    car = system.create()
    system.log.fault = RuntimeError("throttled")
    answer = system.request("PATCH", car, {"color": "red"}, prefer="wait=5")
    assert (answer.status, "Preference-Applied" in answer.headers) == (202, False)


def test_a_wait_leaves_the_function_time_to_answer() -> None:
    system = System(delay=60)
    system.milliseconds = 10_000
    assert system.request("POST", "/cars", representation(), prefer="wait=20").status == 202
    assert system.seconds <= 4


def test_what_changed_nothing_is_answered_with_the_car_as_it_found_it() -> None:
    system = System()
    car, key = system.create(), "key"
    first = system.request("PATCH", car, {"color": "black"}, prefer="wait=5", idempotency_key=key)
    system.request("PATCH", car, {"color": "red"}, prefer="wait=5")
    system.request("DELETE", car, prefer="wait=5")
    again = system.request("PATCH", car, {"color": "black"}, prefer="wait=5", idempotency_key=key)
    assert (again.status, again.body, again.headers["ETag"]) == (200, first.body, '"1"')
