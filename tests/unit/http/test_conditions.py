"""`If-Match` and `Idempotency-Key`."""

from typing import Any, ClassVar
from urllib.parse import urljoin

import pytest

from tests.support.cars import CAR_ID, representation
from tests.support.system import System

KEY = "4f1c7f1e-9a53-4f0e-8d9a-2f6f3b1f0c11"


class TestIfMatch:
    @pytest.mark.parametrize("tag", ['"2"', 'W/"1"', '"01"', '""', '"one"', '"99999999999"', '"0"'])
    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
    def test_any_other_tag_does_not(self, method: str, tag: str) -> None:
        system = System()
        body = {"PUT": representation(color="red"), "PATCH": {"color": "red"}, "DELETE": None}[method]
        answer = system.request(method, system.create(), body, if_match=tag, prefer="wait=5")
        assert answer.status == 412

    @pytest.mark.parametrize(
        "header", ["", ",", "1", "'1'", '"1', 'w/"1"', '"1" "2"', '"1", 2', "*, *", '*, "1"', '"a b"']
    )
    @pytest.mark.parametrize("name", ["If-Match", "If-None-Match"])
    def test_what_is_no_list_of_tags_is_named(self, name: str, header: str) -> None:
        system = System()
        answer = system.request_with("PATCH", system.create(), {"color": "red"}, {name: header})
        assert (answer.status, answer.fields()) == (422, [name])

    @pytest.mark.parametrize("tags", ['"1"', "*", '"7", "1"', '"1","7"', ', "1" ,, "7",', 'W/"7", "1"', '"x,y", "1"'])
    def test_one_strong_tag_of_the_current_version_lets_the_change_through(self, tags: str) -> None:
        system = System()
        answer = system.request("PATCH", system.create(), {"color": "red"}, if_match=tags, prefer="wait=5")
        assert answer.status == 200

    @pytest.mark.parametrize("tags", ['"7", "8"', 'W/"1", "7", "8"', 'W/"1", W/"7"', '"01", "one"'])
    def test_a_list_without_the_current_version_is_a_412_at_once(self, tags: str) -> None:
        system = System()
        answer = system.request("PATCH", system.create(), {"color": "red"}, if_match=tags)
        assert (answer.status, len(system.sent)) == (412, 1)

    def test_of_a_list_the_command_expects_the_version_that_was_current(self) -> None:
        system = System()
        car = system.create()
        system.request("PATCH", car, {"color": "blue"})  # not handled yet
        answer = system.request("PATCH", car, {"color": "red"}, if_match='"1", "9"', prefer="wait=5")
        assert answer.status == 412

    @pytest.mark.parametrize(("tags", "reads"), [('"1"', 0), ('W/"7", "1"', 0), ("*", 0), ('"1", "2"', 1)])
    def test_the_car_is_read_only_for_a_list_of_versions(self, tags: str, reads: int) -> None:
        system = System()
        car = system.create()
        system.log.calls.clear()
        assert system.request("PATCH", car, {"color": "red"}, if_match=tags).status == 202
        assert len(system.log.calls) == reads

    def test_a_deleted_car_has_no_version_to_match(self) -> None:
        system = System()
        car = system.create()
        system.request("DELETE", car, prefer="wait=5")
        assert system.request("PATCH", car, {"color": "red"}, if_match='"1", "2"').status == 412

    def test_a_retry_of_a_list_gets_the_outcome_of_the_first(self) -> None:
        system = System()
        car, headers = system.create(), {"If-Match": '"1", "9"', "Idempotency-Key": KEY, "Prefer": "wait=5"}
        first = system.request_with("PATCH", car, {"color": "red"}, headers)
        again = system.request_with("PATCH", car, {"color": "red"}, headers)
        assert (first.status, again.status, again.body) == (200, 200, first.body)

    def test_another_list_under_the_same_key_is_another_request(self) -> None:
        system = System()
        car = system.create()
        system.request("PATCH", car, {"color": "red"}, if_match='"1", "9"', idempotency_key=KEY)
        answer = system.request("PATCH", car, {"color": "red"}, if_match='"1", "8"', idempotency_key=KEY)
        assert answer.problem()["type"] == "urn:cars:problem:idempotency-key-reused"

    def test_who_does_not_wait_hears_of_the_conflict_from_the_outcome(self) -> None:
        system = System()
        car = system.create()
        accepted = system.request("PATCH", car, {"color": "red"}, if_match='"7"')
        system.pause(1)
        outcome = system.request("GET", urljoin(car, accepted.body["command"])).body
        assert (outcome["status"], outcome["errors"][0]["code"]) == ("refused", "version-conflict")

    def test_a_creation_is_about_no_car_that_is_there(self) -> None:
        headers = {"If-Match": '"7"', "If-None-Match": "*", "Prefer": "wait=5"}
        assert System().request_with("POST", "/cars", representation(), headers).status == 201


BODIES: dict[str, Any] = {"PUT": representation(color="red"), "PATCH": {"color": "red"}, "DELETE": None}


@pytest.mark.parametrize("method", BODIES)
class TestIfNoneMatch:
    @pytest.mark.parametrize("tags", ["*", '"1"', 'W/"1"', '"7", "1"'])
    def test_a_write_to_a_car_that_matches_is_not_done(self, method: str, tags: str) -> None:
        system = System()
        answer = system.request(method, system.create(), BODIES[method], if_none_match=tags)
        assert (answer.status, len(system.sent)) == (412, 1)
        assert answer.problem()["type"] == "urn:cars:problem:version-conflict"

    @pytest.mark.parametrize("tags", ['"7"', 'W/"7", "01"', '"x"'])
    def test_a_write_to_a_car_that_does_not_match_goes_on(self, method: str, tags: str) -> None:
        system = System()
        answer = system.request(method, system.create(), BODIES[method], if_none_match=tags, prefer="wait=5")
        assert answer.status in (200, 204)

    def test_a_car_that_is_not_there_matches_nothing(self, method: str) -> None:
        answer = System().request(method, f"/cars/{CAR_ID}", BODIES[method], if_none_match="*", prefer="wait=5")
        assert answer.problem()["type"] == "urn:cars:problem:car-not-found"

    def test_both_conditions_must_hold(self, method: str) -> None:
        system = System()
        answer = system.request(method, system.create(), BODIES[method], if_match='"1"', if_none_match='"1"')
        assert answer.status == 412


class TestMalformedHeaders:
    MALFORMED: ClassVar = {"If-Match": "1", "If-None-Match": "1", "Idempotency-Key": ""}

    @pytest.mark.parametrize("method", ["PUT", "PATCH"])
    def test_all_are_named_at_once_and_with_the_bodys_faults(self, method: str) -> None:
        body = representation(color="pink") if method == "PUT" else {"color": "pink"}
        answer = System().request_with(method, f"/cars/{CAR_ID}", body, self.MALFORMED)
        assert (answer.status, answer.fields()) == (422, ["/color", *self.MALFORMED])

    @pytest.mark.parametrize("method", ["PUT", "PATCH"])
    def test_they_are_named_with_a_body_that_is_no_object(self, method: str) -> None:
        answer = System().request_with(method, f"/cars/{CAR_ID}", "[]", self.MALFORMED)
        assert (answer.status, answer.fields()) == (422, ["", *self.MALFORMED])

    def test_they_are_named_with_an_id_that_is_none(self) -> None:
        answer = System().request_with("DELETE", "/cars/x", None, self.MALFORMED)
        assert (answer.status, answer.fields()) == (422, ["carId", *self.MALFORMED])

    def test_a_creation_has_no_precondition_that_could_be_malformed(self) -> None:
        answer = System().request_with("POST", "/cars", representation(color="pink"), self.MALFORMED)
        assert (answer.status, answer.fields()) == (422, ["/color", "Idempotency-Key"])

    def test_that_of_a_read_is_named_with_its_parameters(self) -> None:
        answer = System().request_with("GET", f"/cars/{CAR_ID}", None, self.MALFORMED, query="limit=1&version=x")
        assert (answer.status, answer.fields()) == (422, ["version", "limit", "If-Match"])


class TestIdempotencyKey:
    def test_a_retry_gets_the_same_answer_and_takes_effect_once(self) -> None:
        system = System()
        answers = [system.request("POST", "/cars", representation(), idempotency_key=KEY) for _ in range(3)]
        system.pause(1)
        assert answers[0].status == 202
        assert [answer.body for answer in answers] == [answers[0].body] * 3
        assert [len(commits) for commits in system.log.commits.values()] == [1]

    def test_a_retry_after_the_outcome_is_not_sent_again(self) -> None:
        system = System()
        first = system.request("POST", "/cars", representation(), idempotency_key=KEY)
        system.pause(600)
        again = system.request("POST", "/cars", representation(), idempotency_key=KEY)
        assert (again.body, len(system.sent)) == (first.body, 1)

    def test_a_retry_after_a_send_that_failed_is_sent_with_the_same_identity(self) -> None:
        system = System(lost_sends=1)
        assert system.request("POST", "/cars", representation(), idempotency_key=KEY).status == 503
        system.seconds += 3
        [(_, ticket)] = system.tickets.kept.values()
        assert system.request("POST", "/cars", representation(), idempotency_key=KEY).status == 202
        [(_, command)] = system.sent
        assert (command.command_id, command.issued_at) == (str(ticket.command_id), ticket.issued_at)
        assert command.request.id == ticket.aggregate_id

    def test_a_retry_is_sent_where_what_became_of_the_first_cannot_be_read(self) -> None:
        system = System()
        first = system.request("POST", "/cars", representation(), idempotency_key=KEY)
        system.log.fault = RuntimeError("corrupt")
        again = system.request("POST", "/cars", representation(), idempotency_key=KEY)
        system.log.fault = None
        system.pause(1)
        assert (again.status, again.body, len(system.sent)) == (202, first.body, 2)
        assert [len(commits) for commits in system.log.commits.values()] == [1]

    def test_a_retry_that_waits_gets_what_came_of_the_first(self) -> None:
        system = System()
        car = system.create()
        first = system.request("PATCH", car, {"mileage": 1}, idempotency_key=KEY, prefer="wait=5")
        again = system.request("PATCH", car, {"mileage": 1}, idempotency_key=KEY, prefer="wait=5")
        assert (again.status, again.body) == (first.status, first.body) == (409, first.body)

    def test_a_retry_sees_the_car_as_its_own_command_left_it(self) -> None:
        system = System()
        car = system.create()
        first = system.request("PATCH", car, {"color": "red"}, idempotency_key=KEY, prefer="wait=5")
        system.request("PATCH", car, {"color": "blue"}, prefer="wait=5")
        again = system.request("PATCH", car, {"color": "red"}, idempotency_key=KEY, prefer="wait=5")
        assert (again.body, again.headers["ETag"]) == (first.body, first.headers["ETag"])
        assert system.request("GET", car).body["color"] == "blue"

    @pytest.mark.parametrize(
        ("body", "headers"),
        [({"color": "blue"}, {}), ({"color": "red", "mileage": 20_000}, {}), ({"color": "red"}, {"If-Match": '"1"'})],
    )
    def test_another_request_under_the_same_key_is_refused(self, body: Any, headers: dict[str, str]) -> None:
        system = System()
        car = system.create()
        assert system.request("PATCH", car, {"color": "red"}, idempotency_key=KEY).status == 202
        answer = system.request_with("PATCH", car, body, {"Idempotency-Key": KEY, **headers})
        assert answer.status == 422
        assert answer.problem()["type"] == "urn:cars:problem:idempotency-key-reused"

    def test_the_same_representation_in_another_order_is_the_same_request(self) -> None:
        system = System()
        backwards = dict(reversed(representation(color=" BLACK ").items()))
        first = system.request("POST", "/cars", representation(), idempotency_key=KEY)
        assert system.request("POST", "/cars", backwards, idempotency_key=KEY).body == first.body

    def test_keys_of_different_cars_and_methods_never_meet(self) -> None:
        system = System()
        cars = [system.create(), system.create()]
        answers = [system.request("PATCH", car, {"color": "red"}, idempotency_key=KEY) for car in cars]
        answers += [system.request("DELETE", car, idempotency_key=KEY) for car in cars]
        assert len({answer.body["commandId"] for answer in answers}) == 4

    @pytest.mark.parametrize("prefix", ["", "x" * 200], ids=["short names", "long names"])
    def test_keys_of_different_callers_never_meet(self, prefix: str) -> None:
        system = System()
        callers = [
            {"jwt": {"claims": {"iss": "https://id.example.com", "sub": prefix + name}}} for name in ("ann", "bob")
        ]
        headers = {"Idempotency-Key": KEY}
        answers = [
            system.request_with("POST", "/cars", representation(), headers, authorizer=caller) for caller in callers
        ]
        assert len({answer.body["carId"] for answer in answers}) == 2

    def test_an_invalid_request_uses_no_key_up(self) -> None:
        system = System()
        system.request("POST", "/cars", representation(color="pink"), idempotency_key=KEY)
        assert system.request("POST", "/cars", representation(), idempotency_key=KEY).status == 202

    @pytest.mark.parametrize("key", ["", "x" * 256, "ü", "a b"])
    def test_a_key_is_of_visible_ascii(self, key: str) -> None:
        answer = System().request("POST", "/cars", representation(), idempotency_key=key)
        assert (answer.status, answer.fields()) == (422, ["Idempotency-Key"])

    def test_a_request_without_a_key_keeps_no_ticket(self) -> None:
        system = System()
        system.create()
        assert system.tickets.kept == {}
