"""What planning an export needs to know of a post's verdicts: small, and kept between runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from pubtool.model import Key, Verdict
from pubtool.system.files import sha256
from pubtool.writers.annotate import is_checked, source_key


@dataclass(frozen=True, slots=True)
class VerdictFacts:
    """What was found out about a post's quotations, in short."""

    digest: str
    """Of all of it."""
    sources: tuple[Key, ...]
    """The keys of the sources that the verdicts are about, ascending."""
    evidence: tuple[Key, ...]
    """Those, and the keys that the quotations cite; terms do not count. Ascending."""
    kinds: Mapping[str, int]
    """How many quotations have a verdict, by its name, ascending; terms do not count."""


def verdict_facts(verdicts: Sequence[Verdict]) -> VerdictFacts:
    """Return the facts of a post's verdicts."""
    kinds = Counter(verdict.kind.value for verdict in filter(is_checked, verdicts))
    about = {source_key(verdict) for verdict in verdicts} - {""}
    return VerdictFacts(
        _digest(verdicts),
        tuple(sorted(map(Key, about))),
        evidence_keys(verdicts),
        dict(sorted(kinds.items())),
    )


def _digest(verdicts: Sequence[Verdict]) -> str:
    try:
        told = msgspec.json.encode(verdicts)
    except UnicodeEncodeError:  # half a character, out of a damaged source
        told = repr(verdicts).encode("utf-8", "surrogatepass")
    return sha256(told)


def evidence_keys(verdicts: Iterable[Verdict]) -> tuple[Key, ...]:
    """Return the keys of the sources that verdicts are about or that their quotations cite."""
    found = set[Key]()
    for verdict in filter(is_checked, verdicts):
        found.update(cited.key for cited in verdict.quotation.cited)
        if verdict.match is not None:
            found.add(verdict.match.key)
    return tuple(sorted(found))
