"""Plots as SVG: stacked bars in the page's own colours. The table below each says the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from pubtool.reporters.overview.counts import Row, Standing

_WIDTH, _HEIGHT = 720, 220
_LEFT, _FOOT, _HEAD = 44, 28, 10
_LABEL = 56
"""Units that a label below a column needs."""
_BAR, _GAP, _NAMES = 18, 10, 200
_CHARACTERS = 26
"""Characters of a name that have room beside a bar."""


def columns_of(rows: Sequence[Row], title: str) -> Iterator[str]:
    """Yield a plot of columns, one a row, in their order."""
    top = _ceiling(max((row.quotations for row in rows), default=0))
    inner = _HEIGHT - _FOOT - _HEAD
    step = (_WIDTH - _LEFT) / max(len(rows), 1)
    yield from _opening(_HEIGHT, title)
    for tick in dict.fromkeys((0, top // 2, top)):
        y = _HEAD + inner - inner * tick / top
        yield f'<path class="grid" d="M{_LEFT} {y:.1f}H{_WIDTH}"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" class="end">{tick:,}</text>'
    every = max(1, round(_LABEL / step + 0.499))
    for place, row in enumerate(rows):
        x, wide = _LEFT + step * (place + 0.15), step * 0.7
        y = float(_HEAD + inner)
        for standing in Standing:
            high = inner * row.count(standing) / top
            if high:
                y -= high
                yield _bar(standing, x, y, wide, high)
        if place % every == 0:
            middle = x + wide / 2
            yield f'<text x="{middle:.1f}" y="{_HEIGHT - 8}" class="mid">{escape(row.name)}</text>'
    yield "</svg>"


def bars_of(rows: Sequence[Row], title: str) -> Iterator[str]:
    """Yield a plot of bars, one a row, from the top down."""
    most = max((row.quotations for row in rows), default=0) or 1
    yield from _opening(len(rows) * (_BAR + _GAP) + _GAP, title)
    for place, row in enumerate(rows):
        y = _GAP + place * (_BAR + _GAP)
        name = row.name if len(row.name) <= _CHARACTERS else row.name[: _CHARACTERS - 1] + "…"
        yield f'<text x="{_NAMES - 8}" y="{y + 13}" class="end">{escape(name)}</text>'
        x = float(_NAMES)
        for standing in Standing:
            wide = (_WIDTH - _NAMES - _LEFT) * row.count(standing) / most
            if wide:
                yield _bar(standing, x, y, wide, _BAR)
                x += wide
        yield f'<text x="{x + 6:.1f}" y="{y + 13}">{row.quotations:,}</text>'
    yield "</svg>"


def _opening(height: int, title: str) -> Iterator[str]:
    yield f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(title)}">'


def _bar(standing: Standing, x: float, y: float, wide: float, high: float) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}"'
    return f'<rect class="{standing.value}" {place}/>'


def _ceiling(most: int) -> int:
    """Return the round number at which an axis ends, one that can be halved."""
    power = 1
    while True:
        for factor in (2, 4, 6, 8, 10, 12, 16):
            if most <= factor * power:
                return factor * power
        power *= 10
