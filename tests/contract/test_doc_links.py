"""The README and docs/*.md: every relative link leads to a file, and every anchor to a heading."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.paths import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "examples").rglob("*.md"))]
CODE = re.compile(r"^```.*?^```|`[^`]+`", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def broken(page: Path) -> Iterator[str]:
    """Find the links of a page that lead nowhere; addresses on the web are not tried."""
    for link in LINK.findall(CODE.sub("", page.read_text())):
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        leads_out = re.match(r"[a-z]+:", link)
        if not leads_out and not (target.exists() and (not anchor or anchor in anchors(target))):
            yield link


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    if page.suffix != ".md":
        return set()
    headings = HEADING.findall(re.sub(r"^```.*?^```", "", page.read_text(), flags=re.DOTALL | re.MULTILINE))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    assert list(broken(page)) == []


def test_every_page_of_the_docs_is_linked_from_the_readme() -> None:
    linked = {link.partition("#")[0] for link in LINK.findall(PAGES[0].read_text())}
    assert {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")} <= linked


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[one](one.md#what-is-it)", []),
        ("[itself](#here-it-is)\n\n## Here: it `is`!", []),
        ("[the folder](.)", []),
        ("[the web](https://example.com/none.md)", []),
        ("`[code](none.md)`\n```\n[code](none.md)\n```", []),
        ("[two](two.md)", ["two.md"]),
        ("![picture](two.png)", ["two.png"]),
        ("[one](one.md#what-is-that)", ["one.md#what-is-that"]),
        ("[itself](#there)\n```\n# there\n```", ["#there"]),
    ],
)
def test_a_link_that_leads_nowhere_is_found(text: str, found: list[str], tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("# One\n\n## What is it?\n")
    page = tmp_path / "page.md"
    page.write_text(text)
    assert list(broken(page)) == found
