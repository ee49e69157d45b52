"""Free ports on this machine's own address."""

import socket

HOST = "127.0.0.1"
USUAL = 4566


def usual_or_free() -> int:
    """Give the usual port, or any free one when something else has it."""
    return USUAL if is_free(USUAL) else _any_free()


def is_free(port: int) -> bool:
    """Say whether a server could listen on `port` just now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def _any_free() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
