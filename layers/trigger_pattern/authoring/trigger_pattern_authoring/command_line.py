"""The command line of a project of one's own."""

import argparse
from pathlib import Path

from trigger_pattern_authoring import commands
from trigger_pattern_authoring.project import project_in

_FOLLOWING = """
It works as it is. Next:
  1. Make {module} your own, and {test} with it.
  2. python -m trigger_pattern views     whenever its `lists` have changed
     python -m trigger_pattern openapi   whenever its fields, events or refusals have changed
  3. python -m pytest
     sam build --config-env dev && sam deploy --config-env dev
"""


def main(arguments: list[str]) -> int:
    """Run a command on the project in this folder."""
    given = _parser().parse_args(arguments)
    project = project_in(Path.cwd())
    match given.command:
        case "new":
            return commands.new(project, given.name, given.plural, _FOLLOWING)
        case "views":
            return commands.views(project)
        case _:
            return commands.openapi(project)


def add_names(parser: argparse.ArgumentParser) -> None:
    """Add the names of a new resource to what a command takes."""
    parser.add_argument("name", help="what one of them is called: account, shopping-cart")
    parser.add_argument("plural", nargs="?", help="what several are called, and the path; the name and an s by default")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m trigger_pattern", description="Writes a project of your own.")
    found = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    add_names(found.add_parser("new", help="start a resource, and the project too if the folder is empty"))
    found.add_parser("views", help="write what template.yaml has of the resources, such as the tables for their lists")
    found.add_parser("openapi", help="write the API's description, functions/query_api/openapi.json")
    return parser
