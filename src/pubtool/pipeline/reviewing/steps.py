"""Steps: what an editor has written to files, each of which can be taken back.

A step replaces one file, if that is still what the editor was shown, and remembers both contents
to the byte. Taking it back is a step too: the old bytes return, if the file is still as the step
left it. Steps are remembered while the program runs; the files are what lasts.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pubtool.pipeline.deciding import LOCK
from pubtool.system.files import read_bytes, swap

_MOST = 500
"""Steps that can be taken back."""


@dataclass(frozen=True)
class Step:
    """One file replaced."""

    number: int
    """Counts the steps from 1."""
    said: str
    """What it did, as a sentence without a full stop: ``Accepted “…”``."""
    name: str
    """The file, relative to the project."""
    before: bytes | None
    after: bytes | None
    post: str
    """The post that it is about."""
    quotation: str
    """The id of the quotation that it is about, as it was before."""
    became: str
    """The quotation's id afterwards."""


class Steps:
    """The steps taken at one desk."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._taken: dict[int, Step] = {}
        self._told: list[str] = [""]

    @property
    def last(self) -> Step | None:
        """The last step that was taken and not taken back."""
        return next(reversed(self._taken.values()), None)

    def read(self, name: str) -> bytes | None:
        """Return a file's content; None where there is no file. Raises CannotRead."""
        path = self._root / name
        return read_bytes(path) if path.exists() else None

    def swap(self, name: str, before: bytes | None, after: bytes | None) -> bool:
        """Replace a file that is still what was shown; say whether it was.

        Raises CannotWrite and CannotRead.
        """
        return swap(self._root / LOCK, self._root / name, before, after)

    def note(  # noqa: PLR0913 - a step is all of this
        self,
        name: str,
        before: bytes | None,
        after: bytes | None,
        *,
        said: str,
        post: str,
        quotation: str,
        became: str = "",
    ) -> int:
        """Note that a file was replaced; return the step's number. What changed nothing is told."""
        told = self._tell(said)
        if before != after:
            self._taken[told] = Step(
                told, said, name, before, after, post, quotation, became or quotation
            )
        while len(self._taken) > _MOST:
            self._taken.pop(next(iter(self._taken)))
        return told

    def find(self, number: int) -> Step | None:
        """Return a step that can be taken back."""
        return self._taken.get(number)

    def told(self, number: int) -> str:
        """Return what is said of a step, or of its being taken back; nothing for no such number."""
        return self._told[number] if 0 <= number < len(self._told) else ""

    def take_back(self, step: Step) -> int | None:
        """Bring back what stood there before a step; return the number of this as a step.

        None where the file is not as the step left it. Raises CannotWrite and CannotRead.
        """
        if not self.swap(step.name, step.after, step.before):
            return None
        self._taken.pop(step.number, None)
        return self._tell(f"Undone: {step.said}")

    def _tell(self, said: str) -> int:
        self._told.append(said)
        return len(self._told) - 1
