"""What this machine is, in Lambda's terms."""

import platform
import sys

_ARCHITECTURES = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}


def runtime() -> str:
    """Name the Lambda runtime of the Python that runs this."""
    return f"python{sys.version_info.major}.{sys.version_info.minor}"


def architecture() -> str:
    """Name this machine's processor as Lambda does."""
    return _ARCHITECTURES[platform.machine().lower()]


def parameters() -> dict[str, str]:
    """Give the template's parameters that make a build run on this machine."""
    return {"Runtime": runtime(), "Architecture": architecture()}
