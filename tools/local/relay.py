"""A way from Docker's containers, where `sam local invoke` runs functions, to the emulator.

The emulator listens on 127.0.0.1 alone, which inside a container is the container. Where a Docker engine runs, this
listens on the bridge's own interface, which only this machine's containers reach, and passes everything on.
"""

import asyncio
import fcntl
import socket
import struct
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress

from tools.local.machine import HOST

_BRIDGE = "docker0"
_GET_ADDRESS = 0x8915
"""SIOCGIFADDR: see netdevice(7)."""

_CHUNK = 65536


@contextmanager
def relay(port: int) -> Generator[None]:
    """Let containers reach the emulator on `port`; does nothing where there is no bridge."""
    address = _bridge_address()
    if address is None:
        yield
        return
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(_listen(address, port))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.close()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def _bridge_address() -> str | None:
    """Return this machine's address on the bridge; None without a bridge, as with Docker Desktop."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        request = struct.pack("256s", _BRIDGE.encode())
        return socket.inet_ntoa(fcntl.ioctl(probe, _GET_ADDRESS, request)[20:24])
    return None


async def _listen(address: str, port: int) -> asyncio.Server:
    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(HOST, port)
        await asyncio.gather(_pass_on(reader, back), _pass_on(there, writer))

    listener = socket.create_server((address, port))
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, _BRIDGE.encode())
    return await asyncio.start_server(connect, sock=listener)


async def _pass_on(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while chunk := await source.read(_CHUNK):
            target.write(chunk)
            await target.drain()
    target.close()
