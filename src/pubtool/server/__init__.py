"""`serve`: a live preview in the author's browser, on this machine alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

HOME = "/-/"
"""The preview's own pages; no post's folder has such a name."""


def serve(root: Path, port: int, ready: Callable[[str], None]) -> None:
    """Serve a project until the user interrupts; `ready` is told the address to open.

    Raises `PortTaken`.
    """
    from pubtool.server.app import make_app
    from pubtool.system.loopback import ADDRESS, serve_on

    serve_on(
        port,
        lambda number, ending: make_app(root, number, ending),
        lambda number: ready(f"http://{ADDRESS}:{number}{HOME}"),
    )
