"""Everything that a new resource adds to a project."""

from pathlib import Path

from trigger_pattern.definition.reasons import InvalidDefinition
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern_authoring.beginning import beginning
from trigger_pattern_authoring.layout import laid_out
from trigger_pattern_authoring.names import NotAdded, constant_of, faults_of, module_of, named
from trigger_pattern_authoring.project import Project
from trigger_pattern_authoring.registering import with_registration
from trigger_pattern_authoring.starter import filled, registered
from trigger_pattern_authoring.template.placing import TemplateNotUnderstood, with_resources


def addition(project: Project, name: str, plural: str) -> dict[Path, str]:
    """Return the files that are new or different with a resource, and their texts. Raises NotAdded.

    With a project's first resource these are all of its files.
    """
    names = _checked(project, name, plural)
    new = {project.module(names): filled("module.txt", names), project.test(names): filled("test.txt", names)}
    has_begun = project.template.exists()
    before = _begun(project, names) if has_begun else beginning(project, names)
    for file in new if has_begun else (*new, *before):
        if file.exists():
            raise NotAdded(f"there is a file {file.relative_to(project.root)} already")
    grown = project.plus(registered(new[project.module(names)], names))
    code = {**new, project.registry: before[project.registry]}
    written = {file: laid_out(file, text, project.root) for file, text in code.items()}
    return {**written, **before, **written, **_generated(grown, before[project.template])}


def _checked(project: Project, name: str, plural: str) -> AnyResource:
    try:
        names = named(name, plural)
    except InvalidDefinition as invalid:
        raise NotAdded(str(invalid)) from None
    for fault in faults_of(names, project.resources):
        raise NotAdded(fault)
    return names


def _begun(project: Project, names: AnyResource) -> dict[Path, str]:
    """Return the files that any resource has a place in."""
    registry = project.registry.read_text(encoding="utf-8")
    return {
        project.registry: with_registration(registry, module_of(names), constant_of(names)),
        project.template: project.template.read_text(encoding="utf-8"),
    }


def _generated(project: Project, template: str) -> dict[Path, str]:
    """Return what follows from the resources. Raises NotAdded, also if the API cannot be described with them."""
    try:
        description = project.described(template)
        return {project.template: with_resources(template, project.resources), project.description: description}
    except (ValueError, TemplateNotUnderstood) as fault:
        raise NotAdded(str(fault)) from None
