"""A text that nobody is to see."""

from __future__ import annotations

from typing import NoReturn


class Secret:
    """A password or token, which no message, log or traceback shows.

    Only `reveal` gives it; it is compared with nothing and stored nowhere.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text, for the one place that sends it."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)"

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written down")
