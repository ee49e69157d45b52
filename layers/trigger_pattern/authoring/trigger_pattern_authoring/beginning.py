"""What a project begins with: the template, the functions and the package itself, for a first resource."""

from pathlib import Path

import trigger_pattern
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern_authoring.names import NotAdded, constant_of, module_of
from trigger_pattern_authoring.project import Project
from trigger_pattern_authoring.registering import with_the_only_registration
from trigger_pattern_authoring.starter import filled
from trigger_pattern_authoring.template.naming import begun, service_of

SHIPPED = Path(__file__).parent / "shipped"
"""The files of the repository that the package is built from. The wheel has them, a checkout does not."""
_PACKAGE = Path(trigger_pattern.__file__).parent


def beginning(project: Project, first: AnyResource) -> dict[Path, str]:
    """Return the files of a project that has none yet. Raises NotAdded."""
    if not SHIPPED.exists():
        raise NotAdded("a project begins with files that only the installed package has: pip install its wheel")
    template, settings = project.template, project.root / "samconfig.toml"
    texts = _below(SHIPPED, project.root)
    package = _below(_PACKAGE, project.root / "layers" / "trigger_pattern" / "src" / "trigger_pattern")
    own = {
        template: begun(texts[template], first),
        settings: _settings(texts[settings], service_of(texts[template]), first.plural),
        project.registry: with_the_only_registration(texts[project.registry], module_of(first), constant_of(first)),
        project.root / "pyproject.toml": filled("pyproject.txt", first),
        project.root / "README.md": filled("readme.txt", first),
    }
    return texts | package | own


def _below(folder: Path, target: Path) -> dict[Path, str]:
    """Return the texts of a folder's files, by their places in another folder."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and file.suffix != ".pyc"]
    return {target / file.relative_to(folder): file.read_text(encoding="utf-8") for file in files}


def _settings(text: str, before: str, service: str) -> str:
    """Return sam's settings with another stack's names, and without those of a stack that `make run` keeps running."""
    paragraphs = text.replace(f'"{before}-', f'"{service}-').split("\n\n")
    return "\n\n".join(each for each in paragraphs if "make run" not in each)
