"""A project: where it has what is written for its resources, and how its API describes itself."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path

from trigger_pattern.definition.resource import AnyResource
from trigger_pattern_authoring.metadata import described
from trigger_pattern_authoring.names import module_of
from trigger_pattern_authoring.openapi.document import openapi_document, written
from trigger_pattern_authoring.openapi.examples import Example
from trigger_pattern_authoring.openapi.stack import Stack
from trigger_pattern_authoring.template.naming import stack_of


@dataclass(frozen=True)
class Project:
    """A folder with resources. `examples` are those that the API's description has of them, by their names."""

    root: Path
    resources: tuple[AnyResource, ...]
    examples: Mapping[str, Example] = field(default_factory=dict[str, Example])
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

    def stack(self, template: str) -> Stack:
        """Return the stack in the words of its template and of pyproject.toml. Raises ValueError for a bad one."""
        pyproject = self.root / "pyproject.toml"
        words = pyproject.read_text(encoding="utf-8") if pyproject.exists() else ""
        return replace(described(stack_of(template), words), examples=self.examples)

    def described(self, template: str) -> str:
        """Return the text of the API's description. Raises ValueError if two resources cannot be told apart in it."""
        return written(openapi_document(self.resources, self.stack(template)))


def project_in(root: Path) -> Project:
    """Return the project in a folder. It has no resources if it has not begun."""
    project = Project(root, ())
    if not project.template.exists():
        return project
    sys.path.insert(0, str(project.registry.parents[1]))
    return replace(project, resources=tuple(import_module("resources").RESOURCES))
