"""Denials: verbs that say that what depends on them is not so, or was not done.

*Deny*, *refuse*, *fail to*, *doubt*, by language: an open class, of which these are the commonest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_VERBS: Mapping[str, str] = {
    "English": r"den(?:y|ies|ied|ying)|(?:refus|declin)(?:e|es|ed|ing)|neglect(?:s|ed|ing)?|"
    r"fail(?:s|ed|ing)?\s+to|forg[eo]t(?:s|ting)?\s+to|forgotten\s+to|disput(?:e|es|ed|ing)|"
    r"reject(?:s|ed|ing)?|doubt(?:s|ed|ing)?",
    "German": r"(?:ge)?leugne\w*|bestreite\w*|bestritt\w*|(?:ge|ver)?weiger\w*|verneint\w*|"
    r"unterließ\w*|unterlassen|versäum\w*|bezweifel\w*|abgelehnt|lehnt\w*",
    "French": r"ni(?:e|é|er|ait|ent|aient|a|èrent|ant)|dément\w*|démenti\w*|refus\w+|contest\w+|"
    r"dout\w+|néglig\w+",
    "Spanish": r"neg(?:ó|ar|ado|aba|aban|aron|ando)|nieg\w+|rehus\w+|rechaz\w+|desm[ie]nt\w+|"
    r"dud[aóe]\w*",
    "Italian": r"neg(?:a|ò|ato|ava|avano|arono|are|ano|ando)|rifiut\w+|smenti\w+|smentì|"
    r"contest\w+|dubit\w+",
    "Portuguese": r"neg(?:a|ou|ado|ava|avam|aram|ar|am|ando)|recus\w+|desment\w+|rejeit\w+|"
    r"duvid\w+",
    "Dutch": r"ontken\w*|(?:ge)?weiger\w*|betwist\w*|betwijfel\w*|verzuim\w*",
    "Polish": r"zaprzecz\w+|odm[oó]wi\w*|odmawia\w*|wątpi\w*|zaniecha\w+",
}
_MOST_BEHIND = 3
"""Words between such a verb and what depends on it."""


@cache
def _pattern(language: str) -> re.Pattern[str]:
    between = r"(?:,?\s+[\w'’]+)"
    return re.compile(
        rf"\b(?:{_VERBS[language]})\b{between}{{0,{_MOST_BEHIND}}}\W*\Z", re.IGNORECASE
    )


def denial_in(text: str, language: str | None) -> str:
    """Return the words at the end of a text by which it denies what follows; empty if none."""
    found = _pattern(language).search(text) if language in _VERBS else None
    return found.group().rstrip(" ,;:") if found else ""
