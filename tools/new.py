"""Start a new resource: make new RESOURCE=account."""

import argparse
import sys

from tools.project import PROJECT
from trigger_pattern_authoring import commands
from trigger_pattern_authoring.command_line import add_names

NEXT = """
It works as it is. Next:
  1. Make {module} your own, and {test} with it.
  2. make views      whenever its `lists` have changed
     make openapi    whenever its fields, events or refusals have changed
     make schemas    once its events are right: a published schema is a promise
     make generated  after that: the description of its events, and examples
  3. make test
     make run
"""


def main(arguments: list[str]) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.new", description=__doc__)
    add_names(parser)
    given = parser.parse_args(arguments)
    return commands.new(PROJECT, given.name, given.plural, NEXT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
