"""The local stack, the real template in an emulator on this machine, and the other tools for people and for tests."""

import sys

from tools.paths import LAYERS

# a layer is not installed; what it needs is in this environment
sys.path += [str(layer) for layer in LAYERS if str(layer) not in sys.path]
