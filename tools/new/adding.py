"""Everything that a new resource adds to the project."""

from pathlib import Path

from resources import RESOURCES
from tools.new.layout import laid_out
from tools.new.names import NotAdded, constant_of, faults_of, module_of, named
from tools.new.registering import with_registration
from tools.new.starter import filled, registered
from tools.openapi.document import openapi_document
from tools.paths import ROOT, TEMPLATE
from tools.views.placing import TemplateNotUnderstood, with_resources
from trigger_pattern.definition.reasons import InvalidDefinition
from trigger_pattern.definition.resource import AnyResource

MODULES = ROOT / "layers" / "resources" / "resources"
TESTS = ROOT / "tests" / "resources"


def addition(name: str, plural: str) -> dict[Path, str]:
    """Return the files that are new or different with a resource, and their texts. Raises NotAdded."""
    names = _checked(name, plural)
    module, test, registry = (
        MODULES / f"{module_of(names)}.py",
        TESTS / f"test_{module_of(names)}.py",
        MODULES / "__init__.py",
    )
    for file in (module, test):
        if file.exists():
            raise NotAdded(f"there is a file {file.relative_to(ROOT)} already")
    texts = {
        module: filled("module.txt", names),
        registry: with_registration(registry.read_text(), module_of(names), constant_of(names)),
        test: filled("test.txt", names),
    }
    template = _template(registered(texts[module], names))
    return {**{file: laid_out(file, text) for file, text in texts.items()}, TEMPLATE: template}


def _checked(name: str, plural: str) -> AnyResource:
    try:
        names = named(name, plural)
    except InvalidDefinition as invalid:
        raise NotAdded(str(invalid)) from None
    for fault in faults_of(names, RESOURCES):
        raise NotAdded(fault)
    return names


def _template(resource: AnyResource) -> str:
    """Return the template with the resource. Raises NotAdded, also if the API cannot be described with it."""
    try:
        openapi_document((*RESOURCES, resource))
        return with_resources(TEMPLATE.read_text(), (*RESOURCES, resource))
    except (ValueError, TemplateNotUnderstood) as fault:
        raise NotAdded(str(fault)) from None
