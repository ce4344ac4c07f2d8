"""What can go wrong with a citation: its key, and its style."""

from __future__ import annotations

import re

from pubtool.errors.family import PubtoolError

_NOT_IN_A_KEY = re.compile(r"[^\w:.+/-]+")
"""What is in a file's name and ends a key in a bibliography, or in a post."""


class UnknownStyle(PubtoolError):
    """A citation style is neither in the official repository nor in the project."""

    def __init__(self, name: str, near: tuple[str, ...], where: str = "csl") -> None:
        hint = f"did you mean {' or '.join(near)}? " if near else ""
        super().__init__(
            f"{where}: no citation style {name!r}; {hint}`pubtool styles WORDS` searches them all, "
            "and a .csl file in the project will do as well"
        )
        self._told = name, near

    def at(self, where: str) -> UnknownStyle:
        """Return the same, told of the file that names the style, and of the line if known."""
        return UnknownStyle(*self._told, where)


class BadStyle(PubtoolError):
    """A file is no citation style that can be used."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"{name}: cannot be used as a citation style: {why}; mend the file, or name a style "
            "that `pubtool styles` lists"
        )


class UnknownKey(PubtoolError):
    """A command was given a citation key that the bibliography lacks."""

    def __init__(self, key: str, near: str) -> None:
        super().__init__(f"{key}: not in references.bib; {self._mend(key, near)}")

    def _mend(self, key: str, near: str) -> str:
        hint = f"did you mean {near}? " if near else ""
        return f"{hint}`pubtool sources list` names every key"


class NoEntry(UnknownKey):
    """A source was to be added under a key that the bibliography lacks."""

    def _mend(self, key: str, near: str) -> str:
        hint = f"did you mean {near}? If not, " if near else ""
        possible = _NOT_IN_A_KEY.sub("-", key).strip("-")
        entry = f"@misc{{{possible}, author = {{…}}, title = {{…}}, date = {{…}}}}"
        own = f"and name that with `--key {possible}`, " if possible != key else ""
        return (
            f"{hint}write its entry there first, such as {entry}, {own}or name another with --key: "
            "`pubtool sources list` has every key"
        )


class EntryNotRead(PubtoolError):
    """A command was given the key of an entry that is there and cannot be used."""

    def __init__(self, why: str) -> None:
        """Take what was found of the entry: its place, what is wrong and the mend."""
        super().__init__(why)
