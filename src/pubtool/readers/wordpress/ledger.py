"""What a post loses on its way to Markdown, gathered while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from pubtool.model import Fallback

RAW = "raw HTML"
TEXT = "text"
NOTHING = "nothing"


@dataclass
class Ledger:
    """Lines of one post, those that say the same thing counted together."""

    _lines: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)
    """Construct, what it became, why -> a piece of the Markdown where each stands."""

    def add(self, construct: str, became: str, reason: str, sample: str = "") -> None:
        """Note a loss; `sample` is a piece of what stands for it in the Markdown."""
        self._lines.setdefault((construct, became, reason), []).append(sample)

    def lines(self, markdown: str) -> tuple[Fallback, ...]:
        """Return the lines in the order of the post; one that stands nowhere comes first."""
        found = []
        for (construct, became, reason), samples in self._lines.items():
            often = f" ({len(samples)} times)" if len(samples) > 1 else ""
            line = next((at for s in samples if (at := _line(s, markdown))), 0)
            said = f"{reason}{often}"
            found.append(Fallback(line, construct, became, said, len(samples)))
        return tuple(sorted(found, key=lambda one: one.line))


def _line(sample: str, markdown: str) -> int:
    first = sample.strip().partition("\n")[0]
    at = markdown.find(first) if first else -1
    return markdown.count("\n", 0, at) + 1 if at >= 0 else 0
