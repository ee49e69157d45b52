"""YAML with texts to fill in, and YAML as a person would write it."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from string import Template
from typing import Any

_yaml: Any = import_module("yaml")  # PyYAML has no types


class _Text(Template):
    """A text with places such as `%name`, since AsyncAPI has names that begin with `$`."""

    delimiter = "%"


class _Dumper(_yaml.SafeDumper):  # type: ignore[misc]  # as above
    """Writes texts of several lines as blocks, and everything in full where it is needed again."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401, ARG002 - as PyYAML has it
        return True


def _text(dumper: Any, text: str) -> Any:  # noqa: ANN401 - as PyYAML has it
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def filled(file: Path, **places: str) -> dict[str, Any]:
    """Return a YAML file's content with its places filled. Raises KeyError for a place that is not given."""
    content: dict[str, Any] = _yaml.safe_load(_Text(file.read_text(encoding="utf-8")).substitute(places))
    return content


def yaml_of(content: dict[str, Any]) -> str:
    """Return YAML in the order of the content."""
    text: str = _yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)
    return text


def alternatives(phrases: Sequence[str]) -> str:
    """Return phrases in a sentence: "`a`, `b` or `c`"."""
    return " or ".join(filter(None, [", ".join(phrases[:-1]), phrases[-1]]))
