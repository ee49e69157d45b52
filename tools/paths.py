"""Where things are in a checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "template.yaml"
LOCAL = ROOT / ".local"
"""What the tools make: environments, logs, the running stack's addresses. Never committed."""

SAM = LOCAL / "sam" / "bin" / "sam"
MINISTACK = LOCAL / "ministack" / "bin" / "ministack"
WHEELS = LOCAL / "wheels"
"""The packages of the dependencies' layer, for this machine and for Lambda."""
STACK_FILE = LOCAL / "stack.json"
LAYERS = (ROOT / "layers" / "trigger_pattern" / "src", ROOT / "layers" / "resources")
"""Where the functions' own code is."""
