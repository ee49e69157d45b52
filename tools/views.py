"""Write what follows from the resources' definitions into template.yaml: make views."""

import sys

from tools.project import PROJECT
from trigger_pattern_authoring.commands import views

if __name__ == "__main__":
    sys.exit(views(PROJECT))
