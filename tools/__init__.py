"""The tools, in three houses, and the modules that they share.

- `local`: the stack on this machine
- `ops`: the operator's command line
- `contract`, `generate`, `new`, `openapi`, `views`: generators of checked-in files
"""

import sys

from tools.paths import LAYERS

# a layer is not installed; what it needs is in this environment
sys.path += [str(layer) for layer in LAYERS if str(layer) not in sys.path]
