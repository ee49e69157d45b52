"""A project: where it has what is written for its resources, and how its API describes itself."""

import sys
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from trigger_pattern.definition.resource import AnyResource
from trigger_pattern_authoring.names import module_of
from trigger_pattern_authoring.openapi.document import openapi_document, written
from trigger_pattern_authoring.openapi.stack import Stack
from trigger_pattern_authoring.template.naming import stack_of


@dataclass(frozen=True)
class Project:
    """A folder with resources. Without a `stack` of its own, the API is described in the template's words."""

    root: Path
    resources: tuple[AnyResource, ...]
    stack: Stack | None = None
    tests: str = "tests"

    @property
    def template(self) -> Path:
        """The file with the stack."""
        return self.root / "template.yaml"

    @property
    def description(self) -> Path:
        """The file with the API's description, which query_api serves."""
        return self.root / "functions" / "query_api" / "openapi.json"

    @property
    def registry(self) -> Path:
        """The file with RESOURCES, beside the resources' modules."""
        return self.root / "layers" / "resources" / "resources" / "__init__.py"

    def module(self, resource: AnyResource) -> Path:
        """Return the place of a resource's module."""
        return self.registry.with_name(f"{module_of(resource)}.py")

    def test(self, resource: AnyResource) -> Path:
        """Return the place of a resource's test."""
        return self.root / self.tests / f"test_{module_of(resource)}.py"

    def plus(self, resource: AnyResource) -> "Project":
        """Return the same with one more resource."""
        return replace(self, resources=(*self.resources, resource))

    def described(self, template: str) -> str:
        """Return the text of the API's description. Raises ValueError if two resources cannot be told apart in it."""
        return written(openapi_document(self.resources, self.stack or stack_of(template)))


def project_in(root: Path) -> Project:
    """Return the project in a folder. It has no resources if it has not begun."""
    project = Project(root, ())
    if not project.template.exists():
        return project
    sys.path.insert(0, str(project.registry.parents[1]))
    return replace(project, resources=tuple(import_module("resources").RESOURCES))
