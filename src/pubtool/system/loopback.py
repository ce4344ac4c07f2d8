"""The machine's own address: the only module that waits for connections.

The socket is bound to 127.0.0.1, so that no other machine can reach it whatever a firewall says.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from typing import Any

from pubtool.errors import PortTaken

ADDRESS = "127.0.0.1"


Ending = Callable[[], bool]
"""Says whether the server is about to end: whoever keeps an answer open must close it then."""


def serve_on(
    port: int, make_app: Callable[[int, Ending], Any], ready: Callable[[int], None]
) -> None:
    """Serve an ASGI application until the user interrupts, on any free port where `port` is 0.

    `make_app` is given the port, and so is `ready`, which is called once before the first request.
    Raises `PortTaken`.
    """
    import uvicorn

    listening = _listen(port)
    number = int(listening.getsockname()[1])
    servers: list[uvicorn.Server] = []
    config = uvicorn.Config(
        make_app(number, lambda: any(server.should_exit for server in servers)),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=3,
        ws="none",
    )
    ready(number)
    try:
        servers.append(uvicorn.Server(config))
        servers[0].run(sockets=[listening])
    except KeyboardInterrupt:  # the usual end
        return
    finally:
        listening.close()


def show_in_browser(address: str) -> None:
    """Ask the user's browser to show an address of this machine; nothing happens where none is."""
    import webbrowser

    webbrowser.open_new(address)


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((ADDRESS, port))
        listening.listen()
    except OSError as error:
        listening.close()
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            raise PortTaken(port) from None
        raise
    return listening
