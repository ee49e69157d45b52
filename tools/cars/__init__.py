"""The operator's command line, for a stack on AWS or the one on this machine: `python -m tools.cars --help`."""

import sys

from tools.paths import LAYERS

sys.path += map(str, LAYERS)  # a layer is not installed; what it needs is in this environment
