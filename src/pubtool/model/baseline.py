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
        """How many entries there are: quotations, and findings about none."""
        return sum(len(entries) for entries in self.entries.values())
