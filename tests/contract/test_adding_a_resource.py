"""What an author does to add a resource, in a copy of the project, and what the contract checks say on the way."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.project_copy import ProjectCopy
from tools.paths import ROOT

CHECKS = "tests/contract/test_resources.py"
COMMANDS = {
    "views": "tools.views",
    "openapi": "tools.openapi",
    "schemas": "tools.contract",
    "generated": "tools.generate",
}
"""What `make` runs."""
REGISTRY = "layers/resources/resources/__init__.py"
GENERATED = ("template.yaml", "functions/query_api/openapi.json")
MODULE = "layers/resources/resources/specimens.py"
TEST = "tests/resources/test_specimens.py"


@pytest.fixture
def project(tmp_path: Path) -> ProjectCopy:
    return ProjectCopy.of(tmp_path, CHECKS, "tests/support/template.py", "tests/conftest.py")


def check(project: ProjectCopy, tests: str = CHECKS) -> subprocess.CompletedProcess[str]:
    return project.attempt("pytest", "-q", "--tb=line", "-p", "no:cacheprovider", tests)


def advice(project: ProjectCopy) -> set[str]:
    """Return the commands that the failing checks say to run. Each of them must say so."""
    said = check(project).stdout
    commands = re.findall(r": AssertionError: run `make (\w+)`$", said, re.MULTILINE)
    assert len(commands) == len(re.findall("^FAILED ", said, re.MULTILINE)), said
    return set(commands)


def list_only(project: ProjectCopy) -> None:
    """Add a module and its place in RESOURCES, and nothing else."""
    before = project.files()
    project.run("tools.new", "specimen")
    for name in GENERATED:
        (project.folder / name).write_bytes(before[name])


def test_whoever_only_lists_a_resource_reads_which_commands_to_run(project: ProjectCopy) -> None:
    list_only(project)
    left = set(COMMANDS)
    for command, module in COMMANDS.items():
        assert advice(project) == left
        project.run(module)
        left.remove(command)
    assert advice(project) == left == set()
    assert check(project).returncode == 0


def test_lists_that_change_ask_for_another_table(project: ProjectCopy) -> None:
    project.run("tools.new", "specimen")
    for module in COMMANDS.values():
        project.run(module)
    text = project.read(MODULE)
    (project.folder / MODULE).write_text(text.replace('By(("status",))', 'By(("status",), index="byState")'))
    assert advice(project) == {"views"}
    project.run("tools.views")
    assert advice(project) == set()


def test_a_resource_that_is_gone_is_removed_from_the_template_by_hand(project: ProjectCopy) -> None:
    registry = project.read(REGISTRY)
    project.run("tools.new", "specimen")
    (project.folder / REGISTRY).write_text(registry)
    assert "remove these kinds from template.yaml by hand" in check(project).stdout


def test_a_new_resource_works_as_it_is(project: ProjectCopy) -> None:
    said = project.run("tools.new", "specimen")
    assert all(file in said for file in (MODULE, REGISTRY, TEST, *GENERATED))
    done = check(project, TEST)
    assert done.returncode == 0, done.stdout


def test_a_new_resource_is_simulated_as_its_template_has_it(tmp_path: Path) -> None:
    project = ProjectCopy.of(tmp_path, "tests/simulation", "tests/support", "tests/laws/carts.py", "examples")
    project.run("tools.new", "specimen")
    said = project.run("tools.simulate", "--resource", "specimen", "--seeds", "30")
    assert all(f"  {event}\n" in said for event in ("Created", "NameChanged", "StatusChanged", "Deleted"))
    assert "\n0 of 30 seeds failed." in said


def test_what_is_written_for_a_new_resource_needs_no_mending(project: ProjectCopy) -> None:
    project.run("tools.new", "specimen")
    project.run("tools.new", "a-name-as-long-as-names-can-be", "names-as-long-as-names-can-be")
    project.run("tools.new", "class", "classes")
    folders = ("layers/resources", "tests/resources")
    project.run("ruff", "check", "--no-cache", *folders)
    project.run("ruff", "format", "--no-cache", "--check", *folders)
    project.run("mypy", "--cache-dir", str(project.folder / "cache"), *folders)


def test_the_schemas_of_a_new_resource_have_folders_of_their_own_and_those_of_cars_stay(project: ProjectCopy) -> None:
    before = project.files()
    project.run("tools.new", "specimen")
    project.run("tools.contract")
    after = project.files()
    new = {name for name in after.keys() - before.keys() if name.endswith(".json")}
    events = ("Created", "NameChanged", "StatusChanged", "Deleted")
    folders = ("functions/query_api/schemas/specimens", "tests/contract/published_schemas/specimens")
    assert new == {f"{folder}/{event}.1.json" for folder in folders for event in events}
    assert {name for name in before if before[name] != after[name]} == {REGISTRY, *GENERATED}


def test_a_resource_that_cannot_be_added_changes_nothing(project: ProjectCopy) -> None:
    before = project.files()
    shutil.copy(ROOT / REGISTRY, project.folder / MODULE)
    with_module = project.files()
    for names in (["specimen"], ["Specimen"], ["car"], ["event"]):
        assert project.attempt("tools.new", *names).returncode == 1
        assert project.files() == with_module
    assert with_module.keys() - before.keys() == {MODULE}
