"""What keeps a preview from being shown."""

from __future__ import annotations

from pubtool.errors.family import PubtoolError


class PortTaken(PubtoolError):
    """Another program listens there, or this user may not."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"port {port} of this machine cannot be used, another program may have it (a second "
            "`pubtool serve`?); name another with --port, or 0 for any that is free"
        )
