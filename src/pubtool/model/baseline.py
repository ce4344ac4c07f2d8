"""The baseline: what was found in a project on the day that it began to be checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Baseline:
    """Findings that are known, and do not count until they are mended."""

    entries: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """For each file, by its path in the project: for each quotation's id, or for ``f-`` and a
    digest of what a finding about no quotation says, the codes of the findings, ascending, one as
    often as it was found. A quotation that did not pass has its verdict before them."""

    @property
    def count(self) -> int:
        """How many findings and verdicts there are in it."""
        return sum(self.by_file().values())

    def by_file(self) -> dict[str, int]:
        """Return how many there are of each file."""
        return {
            path: sum(len(said) for said in entries.values())
            for path, entries in self.entries.items()
        }
