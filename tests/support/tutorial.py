"""The tutorial, docs/new-resource.md, taken apart: its code, its changes of it, its requests with their answers."""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from tools.paths import ROOT
from trigger_pattern.definition.resource import AnyResource

PAGE = (ROOT / "docs" / "new-resource.md").read_text()
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_ANSWER = re.compile(r"(?:HTTP/1\.1 (?P<status>\d+) .*?\n(?P<headers>.*?)\n\n)?(?P<body>\{.*)", re.DOTALL)


@dataclass(frozen=True)
class Shown:
    """A request of the page, and the answer below it; `status` and `headers` are empty if only the body is shown."""

    method: str
    path: str
    body: Any
    waits: bool
    status: str
    headers: dict[str, str]
    answer: Any


def blocks(language: str) -> list[str]:
    """Return the code blocks of a language, in order; without a language, those of a terminal."""
    return [text for found, text in _BLOCK.findall(PAGE) if found == language]


def module() -> str:
    """Return the module that an author has after steps 2 to 6."""
    *parts, _ = blocks("python")
    return "\n\n".join(parts)


def tests() -> str:
    """Return the test of step 7."""
    return blocks("python")[-1]


def changed(text: str, diff: str) -> str:
    """Return a module with each place of a diff changed. Raises AssertionError if one is not there exactly once."""
    for hunk in re.split(r"^@@\n", diff, flags=re.MULTILINE):
        lines = hunk.splitlines(keepends=True)
        before, after = ("".join(line[1:] for line in lines if line[0] in kept) for kept in (" -", " +"))
        assert text.count(before) == 1, f"{text.count(before)} times in the module:\n{before}"
        text = text.replace(before, after)
    return text


def defined(text: str) -> ModuleType:
    """Return a module made of a text."""
    made = ModuleType("tutorial")
    exec(compile(text, "docs/new-resource.md", "exec"), vars(made))  # noqa: S102 - it is a page of this project
    return made


def resource(text: str) -> AnyResource:
    """Return the resource that a module defines."""
    found: AnyResource = defined(text).CONFERENCES
    return found


def requests() -> Iterator[Shown]:
    """Yield the page's requests that change something, in order."""
    terminal = "".join(f"{block}$ " for block in blocks(""))
    for command, answer in re.findall(r"\$ (curl .*?)\n((?:HTTP|\{).*?)\n(?=\$ )", terminal, re.DOTALL):
        yield _shown(shlex.split(command), answer)


def _shown(words: list[str], answer: str) -> Shown:
    found = _ANSWER.fullmatch(answer)
    assert found, answer
    url = next(word for word in words if word.startswith("$API"))
    headers = dict(line.split(": ", 1) for line in (found["headers"] or "").splitlines())
    return Shown(
        method=words[words.index("-X") + 1],
        path=url.removeprefix("$API"),
        body=json.loads(words[words.index("-d") + 1]),
        waits="$W" in words,
        status=found["status"] or "",
        headers=headers,
        answer=json.loads(found["body"]),
    )


def own_project() -> str:
    """Return the terminal of an author who begins a project."""
    found = _BLOCK.search(PAGE.partition("## In a project of your own")[2])
    assert found
    return found[2]


def refused_definitions() -> list[tuple[str, str]]:
    """Return the rows of the page's table of messages: what an author writes, and what is said."""
    section = PAGE.partition("## What does a definition refuse?")[2].partition("\n## ")[0]
    rows = [re.split(r" (?<!\\)\| ", line.strip("| ")) for line in section.splitlines() if line.startswith("| ")]
    return [(row[0].replace(r"\|", "|"), row[1].replace(r"\|", "|")) for row in rows[2:]]
