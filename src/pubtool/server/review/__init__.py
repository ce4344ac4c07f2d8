"""`review`: the editor's desk in a browser, on this machine alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def review(
    root: Path,
    port: int,
    today: Callable[[], str],
    ready: Callable[[str], None],
    *,
    opening: bool = False,
) -> None:
    """Serve a project's desk until the user interrupts; `ready` is told the address to open.

    `today` gives the date that decisions bear. Where the desk is `opening`, the user's browser is
    told to show it. Raises `PortTaken`.
    """
    from pubtool.server.review.app import make_app
    from pubtool.server.review.entry import Entry
    from pubtool.system.loopback import ADDRESS, Ending, serve_on, show_in_browser

    entries: list[Entry] = []

    def make(number: int, ending: Ending) -> object:
        entries.append(Entry(number))
        return make_app(root, number, entries[0], today, ending)

    def tell(number: int) -> None:
        home = f"http://{ADDRESS}:{number}/?key="
        ready(f"{home}{entries[0].key}")
        if opening:
            show_in_browser(f"{home}{entries[0].once}")

    serve_on(port, make, tell)
