"""Dates as machines read them: moments with a time zone, from front matter alone, never a clock."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

_EARLIEST = datetime.min.replace(tzinfo=UTC)
_MANY = 4096
"""Dates that are kept: a post's is asked for in every list that it is on."""


@lru_cache(_MANY)
def moment(date: str) -> datetime | None:
    """Return an ISO 8601 date as a moment; None where it is none.

    A day without a time is its first moment, and what names no time zone is UTC.
    """
    try:
        found = datetime.fromisoformat(date)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@lru_cache(_MANY)
def order(date: str) -> datetime:
    """Return what dates are sorted by; no date comes before all others."""
    found = moment(date) or _EARLIEST
    try:
        return found.astimezone(UTC)
    except OverflowError:  # a zone at the very ends of the calendar
        return found.replace(tzinfo=UTC)


def timestamp(date: str) -> str:
    """Return an ISO 8601 date by the rules of RFC 3339; empty where it is none."""
    found = moment(date)
    if found is None:
        return ""
    offset = found.utcoffset()
    if not offset or offset.seconds % 60:  # RFC 3339 has no seconds in an offset
        return order(date).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
    return found.replace(microsecond=0).isoformat()


def year_of(date: str) -> str:
    """Return the year that a date was written in; empty where it is no date."""
    found = moment(date)
    return f"{found.year:04}" if found else ""


def day_of(date: str) -> str:
    """Return the day that a date was written in, ``2026-05-03``; empty where it is no date."""
    found = moment(date)
    return found.date().isoformat() if found else ""
