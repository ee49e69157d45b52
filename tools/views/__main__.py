"""Write what follows from the resources' definitions into template.yaml: make views."""

import sys
from pathlib import Path

from resources import RESOURCES
from tools.paths import TEMPLATE
from tools.views.placing import TemplateNotUnderstood, with_resources


def main(template: Path) -> int:
    """Run the command line. Nothing is written if the template lacks a line that is needed."""
    try:
        template.write_text(with_resources(template.read_text(), RESOURCES))
    except TemplateNotUnderstood as failed:
        print(failed, file=sys.stderr)
        return 1
    print(template)
    return 0


if __name__ == "__main__":
    sys.exit(main(TEMPLATE))
