"""A value whose fields do not fit each other is a 422, when the request is read or when the command is handled."""

from tests.support.http import Answer
from tests.support.notes import Note, notes_with
from tests.support.system import System
from trigger_pattern import Context, Refusal

TOO_MANY = Refusal("too-many-tags", "An urgent note has one tag at most.", "/tags")

NOTE = {"author": "Ada", "text": "Buy milk", "priority": 3, "tags": ["shop", "today"]}
WAIT = {"prefer": "wait=1"}


def check(note: Note) -> list[Refusal]:
    return [TOO_MANY] if note.priority == 1 and len(note.tags) > 1 else []


def never(_: Note, __: Context) -> list[Refusal]:
    return [TOO_MANY]


def changed(method: str, body: dict[str, object]) -> Answer:
    api = System.of(notes_with(check=check))
    created = api.request("POST", "/notes", NOTE, **WAIT)
    return api.request(method, f"/notes/{created.body['noteId']}", body, **WAIT)


def test_a_patch_that_waits_is_answered_as_a_put() -> None:
    put = changed("PUT", {**NOTE, "pinned": False, "priority": 1})
    patch = changed("PATCH", {"priority": 1})
    assert (patch.status, patch.body) == (put.status, put.body)
    assert put.status == 422
    assert put.body["type"] == "urn:cars:problem:invalid-request"
    assert put.body["errors"] == [{"code": TOO_MANY.code, "detail": TOO_MANY.detail, "pointer": TOO_MANY.pointer}]


def test_a_nested_value_that_a_patch_creates_needs_its_fields() -> None:
    patch = changed("PATCH", {"place": {"height": 100}})
    assert (patch.status, patch.fields()) == (422, ["/place/wall"])


def test_what_the_domain_refuses_is_still_a_conflict() -> None:
    refused = System.of(notes_with(opening=never)).request("POST", "/notes", NOTE, **WAIT)
    assert (refused.status, refused.fields()) == (409, ["/tags"])
