"""The exit status of a check: what it counts up to, whatever form it is written in."""

from __future__ import annotations

from pubtool.model import Severity, VerdictKind
from pubtool.pipeline import Tally


def status(counts: Tally, *, fail_on: Severity, strict: bool) -> int:
    """Return the exit status of a check: 2 where a part of the work could not be done.

    What is suppressed does not count, nor does, where strictness is asked for, a quotation that the
    baseline knows to be unchecked.
    """
    if counts.unread:
        return 2
    least = min(fail_on, Severity.WARNING) if strict else fail_on
    unchecked = counts.verdicts.get(VerdictKind.UNCHECKED, 0)
    unknown = strict and unchecked > counts.known.get(VerdictKind.UNCHECKED, 0)
    found = any(count and severity >= least for severity, count in counts.findings.items())
    return 1 if unknown or found else 0
