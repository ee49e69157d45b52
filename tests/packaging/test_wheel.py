"""The package as a wheel: typed, with extras, and with nothing that its users do not need."""

import ast
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.support.own_project import OwnProject, metadata, requirements
from tools import commands, environment
from tools.paths import ROOT
from tools.wheel import SHIPPED, build

SOURCES = ROOT / "layers" / "trigger_pattern"
PACKAGES = ("trigger_pattern", "trigger_pattern_authoring", "trigger_pattern_testing")
BEGINNING = "trigger_pattern_authoring/shipped/"
"""Where the wheel has what a project begins with."""
EXTRAS = {
    "": (*(f"src/trigger_pattern/{part}" for part in ("kernel", "definition", "application")), "authoring"),
    "aws": ("src/trigger_pattern/aws",),
    "http": ("src/trigger_pattern/http",),
    "testing": ("testing",),
}
"""By an extra, the folders whose imports it serves."""
NOT_IMPORTED = {"pytest"}
"""It runs the tests that are written with the kit."""
NOT_DECLARED = ("mypy_boto3",)
"""For type checkers alone."""

USE = """
from trigger_pattern import Length, Refusal

reveal_type(Refusal("no", "No.").detail)
Length("1", 2)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> OwnProject:
    """Return a folder whose environment has the wheel without extras."""
    return OwnProject.with_wheel(tmp_path_factory.mktemp("own"), wheel)


@pytest.fixture
def project(installed: OwnProject, tmp_path: Path) -> OwnProject:
    """Return a project with a first resource, written without an extra."""
    project = replace(installed, folder=tmp_path)
    project.run("-m", "trigger_pattern", "new", "account")
    return project


def files(wheel: Path) -> dict[str, bytes]:
    """Return the files of a wheel, by their names."""
    with ZipFile(wheel) as content:
        return {name: content.read(name) for name in content.namelist()}


def imported(folder: Path) -> Iterator[str]:
    """Yield the packages of others that the modules of a folder import."""
    for statement in (each for file in folder.rglob("*.py") for each in ast.walk(ast.parse(file.read_text()))):
        match statement:
            case ast.ImportFrom(module=str(module), level=0):
                names = [module]
            case ast.Import(names=aliases):
                names = [alias.name for alias in aliases]
            case _:
                continue
        tops = {name.split(".")[0] for name in names} - sys.stdlib_module_names - {*PACKAGES}
        yield from (top for top in tops if not top.startswith(NOT_DECLARED))


def test_it_has_the_packages_and_says_that_they_are_typed(wheel: Path) -> None:
    names = files(wheel).keys()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {*PACKAGES}
    assert {f"{package}/py.typed" for package in PACKAGES} < names


def test_it_has_every_module_and_no_test(wheel: Path) -> None:
    folders = [folder for folder in SOURCES.iterdir() if folder.is_dir()]
    modules = {str(file.relative_to(folder)) for folder in folders for file in folder.rglob("*.py")}
    assert {name for name in files(wheel) if name.endswith(".py") and BEGINNING not in name} == modules


def test_a_project_begins_with_this_projects_own_files(wheel: Path) -> None:
    begins = {name.partition(BEGINNING)[2]: text for name, text in files(wheel).items() if BEGINNING in name}
    assert begins == {name: (ROOT / name).read_bytes() for name in SHIPPED}


def test_it_has_its_license_and_so_has_the_copy_in_a_project(wheel: Path) -> None:
    license_text = (ROOT / "LICENSE").read_bytes()
    assert metadata(wheel).metadata["License-Expression"] == "MIT"
    copies = [text for name, text in files(wheel).items() if name.endswith("/LICENSE")]
    assert copies == [license_text, license_text]


def test_it_has_these_extras_and_no_other(wheel: Path) -> None:
    assert {*EXTRAS} - {""} == {*(metadata(wheel).metadata.get_all("Provides-Extra") or [])}


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_is_what_its_part_imports(wheel: Path, extra: str) -> None:
    declared = {name.replace("-", "_") for name in requirements(wheel, extra)}
    assert declared - NOT_IMPORTED == {name for folder in EXTRAS[extra] for name in imported(SOURCES / folder)}


@pytest.mark.parametrize("part", ["kernel", "definition.resource", "application.querying"])
def test_the_pattern_itself_needs_nothing(installed: OwnProject, part: str) -> None:
    installed.run("-c", f"import trigger_pattern.{part}")


def test_a_project_is_as_its_commands_write_it(project: OwnProject) -> None:
    before = project.files()
    project.run("-m", "trigger_pattern", "views")
    project.run("-m", "trigger_pattern", "openapi")
    assert project.files() == before


def test_a_project_has_no_license_until_its_author_gives_it_one(project: OwnProject) -> None:
    description = project.folder / "functions" / "query_api" / "openapi.json"
    info = json.loads(description.read_text())["info"]
    assert (info["title"], info["version"]) == ("Accounts", "0.1.0")
    assert not {"license", "contact"} & info.keys()
    pyproject = project.folder / "pyproject.toml"
    pyproject.write_text(pyproject.read_text().replace("[tool", 'license = "0BSD"\n\n[tool', 1))
    project.run("-m", "trigger_pattern", "openapi")
    assert json.loads(description.read_text())["info"]["license"] == {"name": "0BSD", "identifier": "0BSD"}


def test_a_second_resource_stands_beside_the_first(project: OwnProject) -> None:
    project.run("-m", "trigger_pattern", "new", "shopping-cart")
    assert "&Kinds [Account, ShoppingCart]" in (project.folder / "template.yaml").read_text()
    paths = json.loads((project.folder / "functions" / "query_api" / "openapi.json").read_text())["paths"]
    assert {path.split("/")[1] for path in paths} == {"accounts", "shopping-carts"}
    before = project.files()
    assert project.attempt("-m", "trigger_pattern", "new", "account").returncode == 1
    assert project.files() == before


def test_nothing_that_is_there_is_overwritten(project: OwnProject) -> None:
    (project.folder / "template.yaml").unlink()
    refused = project.attempt("-m", "trigger_pattern", "new", "loan")
    assert refused.stderr.startswith("Nothing was added: there is a file ")
    assert project.attempt("-m", "trigger_pattern", "views").stderr.count("\n") == 1


def test_a_type_checker_reads_its_types(installed: OwnProject, tmp_path: Path) -> None:
    (tmp_path / "use.py").write_text(USE)
    mypy = [sys.executable, "-m", "mypy", "--strict", "--config-file", "", "--cache-dir", str(tmp_path / "cache")]
    mypy += ["--python-executable", str(installed.python)]
    with pytest.raises(commands.CommandFailed) as failed:
        commands.run([*mypy, str(tmp_path / "use.py")], environment.made())
    assert re.findall(r"use\.py:(\d+): (.*)", failed.value.output) == [
        ("4", 'note: Revealed type is "str"'),
        ("5", 'error: Argument 1 to "Length" has incompatible type "str"; expected "int"  [arg-type]'),
    ]
