"""Reports: words under which what follows is somebody's view, and not the source's own.

*They believe that*, *he denies that*, *in their opinion*: by language, the third persons of the
commonest verbs. What *I* believe is the source's view. What the verbs of English are, see
`pubtool.text.hedges`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pubtool.text.patterns import late

_BELIEFS: Mapping[str, str] = {
    "German": r"(?:versicher|beteuer)(?:t|n|te|ten)|"
    r"(?:glaub|behaupt|vermut|fürcht|hoff|mein)(?:t|en|te|ten)|(?:dachte|denken|denkt)n?|"
    r"(?:bestreit|leugn)\w*|(?:wähnt|wähnen)\w*",
    "French": r"cro(?:it|ient|yait|yaient)|cru(?:t|rent)|pens(?:e|ent|ait|aient|a|èrent)|"
    r"préten(?:d|dent|dait|daient|dit)|soutien(?:t|nent)|soutenai(?:t|ent)|"
    r"suppos(?:e|ent|ait|aient)|craign(?:ent|ait|aient)|craint|espèrent?|espérai(?:t|ent)|"
    r"ni(?:e|ent|ait|aient)|assur(?:e|ent|ait|aient)|on\s+dit",
    "Spanish": r"cre(?:e|en|ía|ían|yó|yeron)|piensan?|pensaban?|pretend(?:e|en|ía|ían)|"
    r"sost(?:iene|ienen|enía|enían|uvo)|supon(?:e|en|ía|ían)|sospechan?|temen?|esperan?|"
    r"nieg(?:a|an)|negó|negaban?|aseguran?|opinan?|dicen|se\s+dice",
    "Italian": r"cred(?:e|ono|eva|evano|ette)|pensan?o?|pensava(?:no)?|sost(?:iene|engono|eneva)|"
    r"suppon(?:e|gono)|sospetta(?:no)?|tem(?:e|ono)|spera(?:no)?|nega(?:no|va)?|pretend(?:e|ono)|"
    r"assicura(?:no)?|dicono|si\s+dice",
    "Portuguese": r"cr(?:ê|eem|ia|iam)|acreditam?|pensam?|sustentam?|sup(?:õe|õem|unha)|temem?|"
    r"esperam?|nega(?:m|va)?|julgam?|pretendem?|asseguram?|dizem|"
    r"diz-se",
    "Dutch": r"(?:meen|geloof|denk|vrees|hoop|beweer|ontken)t|(?:men|gelov|denk|vrez|hop|bewer|"
    r"ontkenn)en|dachten?|meenden?|beweerden?|geloofden?",
    "Polish": r"(?:twierdz|sądz|wierz|mów)(?:i|ą)|twierdzil\w*|twierdził\w*|sądził\w*|wierzył\w*|"
    r"myśl[ią]\w*|uważał\w*|uważają|uważa|zaprzecza\w*|"
    r"zapewnia\w*",
}
_THAT: Mapping[str, str] = {
    "German": "dass|daß",
    "French": "que|qu['’]",
    "Spanish": "que",
    "Italian": "che|ch['’]",
    "Portuguese": "que",
    "Dutch": "dat",
    "Polish": "że|iż",
}
_SOMEBODY = r"(?:(?-i:[A-ZÀ-Þ])\w|him\b|her\b|them\b|some\b|others\b|lui\b|elle\b|eux\b|certain)"
_OPINIONS = (
    r"in\s+(?:the\s+(?:opinion|view)\s+of|(?:his|her|their)\s+(?:opinion|view|judge?ment))|"
    r"(?:nach|in)\s+(?:der\s+)?(?:Ansicht|Meinung|Auffassung)|(?:seiner|ihrer)\s+"
    r"(?:Ansicht|Meinung|Auffassung)\s+nach|"
    r"à\s+(?:son|leur)\s+avis|de\s+l['’]avis\s+d|"
    r"a\s+su\s+juicio|a\s+juicio\s+de|en\s+su\s+opinión|en\s+opinión\s+de|"
    r"a\s+(?:suo|loro)\s+(?:avviso|parere|giudizio)|(?:na|em)\s+(?:sua\s+)?opinião|"
    r"naar\s+(?:zijn|haar|hun)\s+mening|naar\s+de\s+mening\s+van|"
    r"(?:jego|jej|ich)\s+zdaniem|zdaniem|"
    r"(?:according\s+to|selon|d['’]après|laut|según|segundo|secondo|volgens|według)\s+"
    rf"{_SOMEBODY}"
)
_OPINION = late(rf"(?:\A|[,;:(—–])\s*((?:{_OPINIONS})[^,;:]*),?\s*\Z", re.IGNORECASE)
"""A phrase by which a clause begins, that runs to the end of what stands before the quotation."""

_BELIEF = {
    language: late(rf"\b(?:{verbs})\b,?(?:\s+\w+){{0,4}},?\s+(?:{_THAT[language]})\s*\Z", re.I)
    for language, verbs in _BELIEFS.items()
}
_SAID = late(
    rf"\b(?:{'|'.join(_BELIEFS.values())}|{_OPINIONS}|"
    r"according to|selon|d['’]après|según|secondo|segundo|volgens|według|"
    r"believ|claim|think|thought|suppos|alleg|deni|deny|maintain|argu|opinion|view|suspect|"
    r"meint|laut|zufolge|sagt|schreib|afferm|afirm|affirm)",
    re.IGNORECASE,
)
"""What shows, in an author's own words, that a view is somebody's: in any language, for a post need
not be in its source's."""


def view_before(sentence: str, said: str, language: str | None) -> str:
    """Return the words at the end of a source's sentence that make what follows a view; else "".

    Empty too where the author's own words before the quotation, `said`, tell whose view it is.
    """
    pattern = _BELIEF.get(language or "")
    found = pattern.search(sentence) if pattern else None
    words = found.group() if found else ""
    if not words:
        opinion = _OPINION.search(sentence)
        words = opinion.group(1) if opinion else ""
    return "" if words and _SAID.search(said) else words


def said_before(sentence: str, said: str, quoted: Iterable[str]) -> str:
    """Return the German verb of saying at a sentence's end whose report the quotation is; else "".

    They are where they are in the subjunctive, with no *dass* before them.
    """
    found = _SAYING.search(sentence)
    reported = found and not _SUBJUNCTIVE.isdisjoint(quoted) and not _SAID.search(said)
    return found.group().strip(" ,") if found and reported else ""


_SAYING = late(
    r"\b(?:(?:nach)?(?:ge)?sag|behaupt|erzähl|versicher|mein|glaub|bericht|erklär)\w*,\s*\Z",
    re.IGNORECASE,
)
_SUBJUNCTIVE = frozenset(
    "sei seien habe hätte hätten wäre wären werde würde würden könne könnte müsse müsste solle "
    "dürfe wolle gebe komme".split()
)
