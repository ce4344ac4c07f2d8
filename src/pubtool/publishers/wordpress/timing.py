"""Dates: what WordPress makes of one that lies before or behind us. No clock is read here."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pubtool.publishers.wordpress.wanted import Wanted


def why_not_then(wanted: Wanted, now: str, offset: float) -> tuple[str, tuple[str, ...]]:
    """Return why a post cannot be sent with its status and date, or an empty string, and notes.

    WordPress publishes a ``future`` post at once where its date is past, and schedules a
    ``publish`` one where it is not. `now` is GMT; `offset` are the hours that the site is ahead.
    """
    when = as_gmt(wanted.date, offset)
    ahead = bool(when) and when > now.rstrip("Z")
    if wanted.status == "future" and not when:
        return "its status is future and it has no date; give it one, or another status", ()
    if wanted.status == "future" and not ahead:
        why = "its status is future and its date is past, so WordPress would publish it at once"
        return f"{why}; write the status publish, or a date to come", ()
    if wanted.status == "publish" and ahead:
        return "", ("its date is to come, so WordPress will schedule it",)
    return "", ()


def as_gmt(date: str, offset: float) -> str:
    """Return a date of `Wanted` as GMT without a zone; empty for an empty one."""
    if not date or date.endswith("Z"):
        return date.rstrip("Z")
    moment = datetime.fromisoformat(date).replace(tzinfo=UTC) - timedelta(hours=offset)
    return moment.strftime("%Y-%m-%dT%H:%M:%S")
