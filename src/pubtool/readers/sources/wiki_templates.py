"""MediaWiki's templates: the words in them, for what a template prints stands on another page."""

from __future__ import annotations

import re

_PRINTING = frozenset(
    "nowrap sc small-caps smallcaps lang transl abbr small big larger smaller center c "
    "uc lc tooltip "
    "nobr nobold italic bold underline hi sic rh di dropinitial".split()
)
"""Templates that print a word or two of theirs in the running text."""
_QUIET = re.compile(
    r"cit|sfn|harv|refn?\b|note|see|main|further|about|redirect|infobox|navbox|short desc|default",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\s*([\w-]+)\s*=(.*)", re.DOTALL)
_TEXTUAL = frozenset({"text", "quote", "1"})
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]")
_MARKUP = re.compile(r"'{2,}|<[^<>]*>|\{\{[^{}]*\}\}")
_FEWEST = 4
"""Words of a parameter that is taken for prose whatever the template."""


def words_of(template: str) -> str:
    """Return the words that ``{{name|words|...}}`` prints in all likelihood; empty if none."""
    if not (template.startswith("{{") and template.endswith("}}")):
        return ""
    linked = _MARKUP.sub("", _LINK.sub(r"\1", template[2:-2]))
    name, *parameters = linked.split("|")
    if _QUIET.match(name.strip()):
        return ""
    prose = []
    for parameter in parameters:
        found = _NAMED.fullmatch(parameter)
        if found is None:
            prose.append(" ".join(parameter.split()))
        elif found[1] in _TEXTUAL:
            prose.append(" ".join(found[2].split()))
    longest = max(prose, key=len, default="")
    known = name.strip().lower() in _PRINTING
    return longest if known or len(longest.split()) >= _FEWEST else ""
