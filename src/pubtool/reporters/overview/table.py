"""The overview in a terminal, and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from pubtool import __version__
from pubtool.reporters.columns import columns, pad, printable, shorten
from pubtool.reporters.overview.counts import Overview, Row, Standing

SCHEMA = 1
NO_DATE, NO_SOURCE = "without a date", "of no source"
_NAME = 34
"""Columns that a name takes at most."""


def render_overview(overview: Overview, width: int = 80) -> str:
    """Return two tables, by time and by source, no wider than `width` columns."""
    lines = [
        *_table(f"By {overview.unit}", overview.times, NO_DATE, width),
        "",
        *_table("By source", overview.sources, NO_SOURCE, width),
    ]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _table(heading: str, rows: Sequence[Row], nameless: str, width: int) -> Iterator[str]:
    heads = ["quotations", *(standing.value for standing in Standing)]
    figures = [[row.quotations, *(row.count(standing) for standing in Standing)] for row in rows]
    room = min(_NAME, width - sum(len(head) + 2 for head in heads))
    names = [shorten(printable(row.name or nameless), room) for row in rows]
    room = max(columns(name) for name in [*names, heading])
    yield pad(heading, room) + "".join(f"  {head}" for head in heads)
    for name, counts in zip(names, figures, strict=True):
        told = (
            f"  {f'{n:,}' if n else '-':>{len(head)}}"
            for n, head in zip(counts, heads, strict=True)
        )
        yield pad(name, room) + "".join(told)


def render_overview_json(overview: Overview) -> str:
    """Return the same as indented JSON, with a line end behind it."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "tool": {"name": "pubtool", "version": __version__},
        "total": _row(overview.total),
        "unit": overview.unit,
        "times": [{"time": row.name or None, **_row(row)} for row in overview.times],
        "sources": [
            {"key": row.name or None, "title": row.title, **_row(row)} for row in overview.sources
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _row(row: Row) -> dict[str, Any]:
    return {
        "posts": row.posts,
        "quotations": row.quotations,
        "verdicts": {kind.value: count for kind, count in row.verdicts.items()},
    }
