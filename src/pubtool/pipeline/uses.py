"""Uses: which quotations rest on which source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pubtool.model import Key, PostReport
from pubtool.text.lines import Lines


def uses_of(reports: Iterable[PostReport]) -> Mapping[Key, tuple[str, ...]]:
    """Return, by source, the places (``posts/a.md:12``) of the quotations that rest on it.

    A quotation rests on the sources that it is firmly given to, and on the one where it was found.
    """
    found: dict[Key, list[str]] = {}
    for report in reports:
        if not report.verdicts:
            continue
        lines = Lines(report.text)
        for verdict in report.verdicts:
            keys = {cited.key for cited in verdict.quotation.cited if cited.firm}
            keys |= {verdict.match.key} if verdict.match else set()
            place = f"{report.path}:{lines.position(verdict.quotation.span.start).line}"
            for key in keys:
                found.setdefault(key, []).append(place)
    return {key: tuple(places) for key, places in found.items()}
