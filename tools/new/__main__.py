"""Start a new resource: make new RESOURCE=account."""

import argparse
import sys

from tools.new.adding import MODULES, TESTS, addition
from tools.new.names import NotAdded
from tools.new.writing import write_all
from tools.paths import ROOT

NEXT = """
It works as it is. Next:
  1. Make {module} your own, and {test} with it.
  2. make views     whenever its `lists` have changed
     make openapi   whenever its fields, events or refusals have changed
     make schemas   once its events are right: a published schema is a promise
  3. make test
     make run
"""


def main(arguments: list[str]) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.new", description=__doc__)
    parser.add_argument("name", help="what one of them is called: account, shopping-cart")
    parser.add_argument("plural", nargs="?", help="what several are called, and the path; the name and an s by default")
    given = parser.parse_args(arguments)
    try:
        texts = addition(given.name, given.plural or f"{given.name}s")
        write_all(texts)
    except (NotAdded, OSError) as failed:
        print(f"Nothing was added: {failed}", file=sys.stderr)
        return 1
    print("Written:", *(f"  {file.relative_to(ROOT)}" for file in texts), sep="\n")
    files = {file.parent: file.relative_to(ROOT) for file in texts if file.name != "__init__.py"}
    print(NEXT.format(module=files[MODULES], test=files[TESTS]), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
