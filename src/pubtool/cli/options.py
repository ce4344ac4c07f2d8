"""What the options before the command's name ask for. Imports nothing that takes time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """The options before the command's name."""

    project: Path | None = None
    """Where to look for the project; None is the current folder."""
    colour: str = "auto"
    """auto, always or never."""
    verbosity: int = 1
    """0 (-q), 1, 2 (-v)."""

    @property
    def quiet(self) -> bool:
        """Whether -q was given."""
        return self.verbosity == 0
