import ast
from pathlib import Path

import pytest

from resources import RESOURCES
from tools.new import main
from tools.paths import ROOT, TEMPLATE
from tools.project import PROJECT
from trigger_pattern_authoring.adding import addition
from trigger_pattern_authoring.names import NotAdded, named
from trigger_pattern_authoring.project import Project, project_in
from trigger_pattern_authoring.registering import with_registration, with_the_only_registration
from trigger_pattern_authoring.starter import filled, registered
from trigger_pattern_authoring.template.naming import begun, stack_of
from trigger_pattern_authoring.writing import write_all


def test_a_resource_is_a_module_its_place_in_the_list_a_test_and_its_places_in_the_template() -> None:
    texts = addition(PROJECT, "specimen", "specimens")
    modules, tests = ROOT / "layers" / "resources" / "resources", ROOT / "tests" / "resources"
    files = (modules / "specimens.py", tests / "test_specimens.py", modules / "__init__.py", TEMPLATE)
    assert tuple(texts) == (*files, PROJECT.description)
    module, _, registry, template = (texts[file] for file in files)
    assert 'SPECIMENS: Resource[Specimen, Trigger, Event] = Resource(\n    name="specimen",\n' in module
    assert "from resources.specimens import SPECIMENS\n" in registry
    assert "SPECIMENS)" in registry
    names = 'Name: specimen, Plural: specimens, Id: specimenId, Source: "tag:example.com,2026:specimens/"'
    assert f"    Specimen: {{{names}}}\n" in template
    assert "\n  SpecimenViewTable:\n" in template
    assert '"/specimens/{specimenId}"' in texts[PROJECT.description]


@pytest.mark.parametrize(
    ("name", "plural", "declared", "sentence"),
    [
        ("account", "accounts", "class Account:", "Return the account after an event."),
        ("savings-plan", "savings-plans", "class SavingsPlan:", "Return the savings plan after an event."),
        ("class", "classes", "def apply(class_: Class, event: Event)", "Return the class after an event."),
        ("list", "lists", "def apply(list_: List, event: Event)", "Return the list after an event."),
    ],
)
def test_names_are_spelled_as_python_and_english_want_them(
    name: str, plural: str, declared: str, sentence: str
) -> None:
    text = filled("module.txt", named(name, plural))
    assert declared in text
    assert sentence in text


def test_the_starter_defines_a_resource_with_a_name_and_a_status() -> None:
    names = named("savings-plan", "savings-plans")
    plans = registered(filled("module.txt", names), names)
    assert (plans.name, plans.plural, plans.kind) == ("savings-plan", "savings-plans", "SavingsPlan")
    assert list(plans.members) == ["name", "status"]
    assert list(plans.events) == ["Created", "NameChanged", "StatusChanged", "Deleted"]


@pytest.mark.parametrize("name", ["account", "savings-plan"])
def test_a_test_of_the_starter_speaks_of_one_with_its_article(name: str) -> None:
    tests = ast.parse(filled("test.txt", named(name, f"{name}s")))
    article = "an" if name == "account" else "a"
    assert f"test_{article}_{name.replace('-', '_')}_is_created" in [
        each.name for each in tests.body if isinstance(each, ast.FunctionDef)
    ]


@pytest.mark.parametrize(
    ("name", "plural", "reason"),
    [
        ("Specimen", "specimens", "must be words of lower-case letters"),
        ("specimen", "Specimens", "must be words of lower-case letters"),
        ("specimen_x", "specimens", "must be words of lower-case letters"),
        ("", "specimens", "must be words of lower-case letters"),
        ("../specimen", "specimens", "must be words of lower-case letters"),
        ("s" * 31, "specimens", "must be words of lower-case letters"),
        ("specimen", "specimen", "must differ"),
        ("specimen", "docs", "is a path of the API's own"),
        ("specimen", "class", "no module can be called class"),
        ("specimen", "resources", "no module can be called resources"),
        ("event", "events", "the starter needs the name Event"),
        ("status", "statuses", "the starter needs the name Status"),
        ("problem", "problems", "two of the document's parts are called Problem"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_the_reason(name: str, plural: str, reason: str) -> None:
    with pytest.raises(NotAdded, match=reason):
        addition(PROJECT, name, plural)


@pytest.mark.parametrize("other", RESOURCES, ids=lambda resource: resource.name)
def test_a_resource_that_is_there_is_refused(other: object) -> None:
    there = next(each for each in RESOURCES if each is other)
    for names in ((there.name, "specimens"), ("specimen", there.plural), (there.plural, "specimens")):
        with pytest.raises(NotAdded, match=f"there is a resource {there.name}"):
            addition(PROJECT, *names)


def test_a_module_that_is_there_is_never_overwritten() -> None:
    unlisted = Project(ROOT, (), tests="tests/resources")
    with pytest.raises(NotAdded, match=r"there is a file layers/resources/resources/cars\.py already"):
        addition(unlisted, "car", "cars")


def test_a_project_begins_with_what_the_wheel_has_alone(tmp_path: Path) -> None:
    with pytest.raises(NotAdded, match="only the installed package has"):
        addition(project_in(tmp_path), "specimen", "specimens")


def test_a_stack_is_described_in_its_templates_words() -> None:
    stack = stack_of(begun(TEMPLATE.read_text(), named("shopping-cart", "shopping-carts")))
    assert (stack.title, stack.service) == ("Shopping carts", "shopping-carts")
    assert stack.summary == "Shopping carts. REST in, events out, after the trigger pattern."


def test_the_command_says_why_it_adds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([RESOURCES[0].name]) == 1
    assert capsys.readouterr().err.startswith("Nothing was added: there is a resource ")


@pytest.mark.parametrize("listed", ["(CARS,)", "(CARS, VANS)", "(\n    CARS,\n    VANS,  # and theirs\n)"])
def test_a_registration_goes_behind_those_that_are_there(listed: str) -> None:
    before = f"from resources.cars import CARS\n\nRESOURCES: Final[tuple[AnyResource, ...]] = {listed}\n"
    after = with_registration(before, "accounts", "ACCOUNTS")
    assigned = ast.parse(after).body[-1]
    assert isinstance(assigned, ast.AnnAssign)
    assert isinstance(assigned.value, ast.Tuple)
    names = [each.id for each in assigned.value.elts if isinstance(each, ast.Name)]
    assert names == (["CARS", "VANS", "ACCOUNTS"] if "VANS" in listed else ["CARS", "ACCOUNTS"])


def test_one_registration_takes_the_place_of_those_that_are_there() -> None:
    before = "from resources.cars import CARS\nfrom resources.vans import VANS\n\nRESOURCES: Final = (CARS, VANS)\n"
    after = "from resources.accounts import ACCOUNTS\n\nRESOURCES: Final = (ACCOUNTS,)\n"
    assert with_the_only_registration(before, "accounts", "ACCOUNTS") == after


@pytest.mark.parametrize(
    "text", ["from resources.cars import CARS\n\nRESOURCES = [CARS]\n", "RESOURCES: X = (CARS,)\n"]
)
def test_a_list_of_resources_that_is_not_understood_is_left_alone(text: str) -> None:
    with pytest.raises(NotAdded, match="needs a line such as"):
        with_registration(text, "accounts", "ACCOUNTS")


def test_files_are_written_all_together_or_not_at_all(tmp_path: Path) -> None:
    kept, new, folder = tmp_path / "kept", tmp_path / "new", tmp_path / "folder"
    kept.write_text("before")
    folder.mkdir()
    with pytest.raises(OSError, match="folder"):
        write_all({kept: "after", new: "after", folder: "after"})
    assert (kept.read_text(), new.exists()) == ("before", False)
