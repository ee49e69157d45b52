"""docs/new-resource.md: every step works as it is written, and every message and answer is what really comes."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.simulation.run.simulation import Case, simulate
from tests.simulation.subject.known import KNOWN
from tests.support import tutorial
from tests.support.project_copy import ProjectCopy
from tests.support.system import System
from tools.new import main
from trigger_pattern.definition.stored import write_event

MODULE = "layers/resources/resources/conferences.py"
TEST = "tests/resources/test_conferences.py"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FIRST = tutorial.module()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> ProjectCopy:
    """Return a copy of the project after steps 1 to 7."""
    copy = ProjectCopy.of(tmp_path_factory.mktemp("project"))
    copy.run("tools.new", "conference")
    (copy.folder / MODULE).write_text(FIRST)
    (copy.folder / TEST).write_text(tutorial.tests())
    return copy


def write_nothing(_: Mapping[Path, str]) -> None:
    """Stand for what writes files."""


def test_a_new_resource_begins_as_shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("trigger_pattern_authoring.commands.write_all", write_nothing)
    assert main(["conference"]) == 0
    assert f"$ make new RESOURCE=conference\n{capsys.readouterr().out}```" in tutorial.PAGE


def test_its_tests_and_laws_pass_as_shown(project: ProjectCopy) -> None:
    done = project.attempt("pytest", "-q", "-p", "no:cacheprovider", TEST)
    assert done.returncode == 0, done.stdout
    passed = re.search(r"\d+ passed", done.stdout)
    assert passed
    assert f"{passed[0]} in " in tutorial.PAGE


def test_it_is_simulated_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "make simulate RESOURCE=conference" in tutorial.PAGE
    monkeypatch.setitem(KNOWN, "conference", tutorial.resource(FIRST))
    results = [simulate(Case(seed, resource="conference")) for seed in range(40)]
    assert [result.detail for result in results if result.violation] == []
    assert {"Planned", "SessionPut", "Cancelled"} <= set[str]().union(*(result.reached for result in results))


def test_its_code_passes_the_linters(project: ProjectCopy) -> None:
    project.run("ruff", "check", "--no-cache", MODULE, TEST)
    project.run("ruff", "format", "--no-cache", "--check", MODULE, TEST)
    project.run("mypy", "--cache-dir", str(project.folder / "cache"), MODULE, TEST)


def test_its_table_descriptions_schemas_and_examples_are_made(project: ProjectCopy) -> None:
    for command in ("tools.views", "tools.openapi", "tools.contract", "tools.generate"):
        project.run(command)
    assert "\n  ConferenceViewTable:\n" in project.read("template.yaml")
    assert '"/conferences/{conferenceId}"' in project.read("functions/query_api/openapi.json")
    schemas = project.folder / "functions" / "query_api" / "schemas"
    published = {file.name for file in (schemas / "conferences").iterdir()}
    assert published == {f"{name}.1.json" for name in tutorial.resource(FIRST).events}
    assert "\n  conferenceEvents:\n" in project.read("functions/query_api/asyncapi.yaml")
    assert '"foldVersion": 1' in project.read("tests/contract/fold_corpora/conferences.json")
    assert "CreateConference" in project.read("events/ConferenceCommandHandler/create-conference.json")


def test_every_answer_is_as_shown() -> None:
    api, conference = System.of(tutorial.resource(FIRST)), ""
    shown = list(tutorial.requests())
    assert len(shown) == tutorial.PAGE.count("$ curl ")
    for each in shown:
        path = each.path.replace("$ID", conference)
        headers = {"content-type": "application/json", **({"Prefer": "wait=10"} if each.waits else {})}
        answer = api.request(each.method, path, each.body, **headers)
        conference = conference or answer.body["conferenceId"]
        assert without_ids(answer.body) == without_ids(each.answer)
        assert each.status in ("", str(answer.status))
        assert without_ids(each.headers) == {name: without_ids(answer.headers[name]) for name in each.headers}


def without_ids(shown: Any) -> Any:
    """Return JSON with a word for each id."""
    return json.loads(UUID.sub("an id", json.dumps(shown)))


def test_every_event_and_the_operators_count_are_as_shown() -> None:
    conferences = tutorial.resource(FIRST)
    api = System.of(conferences)
    conference = ""
    for each in tutorial.requests():
        answer = api.request(each.method, each.path.replace("$ID", conference), each.body, prefer="wait=10")
        conference = conference or answer.body["conferenceId"]
    commits = [commit for commits in api.log.commits.values() for commit in commits]
    events = [write_event(conferences, event) for commit in commits for event in commit.events]
    told = re.findall(r"^  \S+Z  \S+/(\d+)  (\w+)  ({.*})$", tutorial.PAGE, re.MULTILINE)
    assert told == [
        (str(version), event["type"], written(event["data"])) for version, event in enumerate(events, start=1)
    ]
    assert f"\n1 conference, {len(commits)} commits, {len(events)} events, {len(commits)} states" in tutorial.PAGE


def written(data: dict[str, Any]) -> str:
    """Return an event's fields as `make run` prints them."""
    return json.dumps(data, ensure_ascii=False)
