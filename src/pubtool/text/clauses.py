"""Clauses: the closed classes of words by which some languages join them, each in its own words.

One language's conjunction is another one's pronoun (*si*, *se*, *om*), so that these words are only
read where the language is known. The classes are those of any grammar: conjunctions of condition,
relative pronouns, articles, and the finite forms of auxiliaries.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pubtool.text.patterns import late


def _sets(words: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    return {language: frozenset(each.split()) for language, each in words.items()}


_CONDITIONS: Mapping[str, str] = {
    "English": r"if(?!\s+(?:any|ever|not|only|anything|at\s+all|need\s+be|possible|so)\b)|"
    r"supposing|assuming|in\s+case|in\s+the\s+event",
    "German": r"wenn(?!\s+auch)|falls|im\s+Falle?|angenommen|gesetzt",
    "French": r"si(?!\s+(?:bien|ce)\b)|s['’]ils?\b|au\s+cas\s+où|en\s+cas\s+d",
    "Spanish": r"si(?!\s+bien\b)|en\s+caso|con\s+tal\s+que",
    "Italian": r"se(?!\s+(?:ne\b|stess|medesim))|qualora|ove|a\s+patto\s+che|nel\s+caso|in\s+caso",
    "Portuguese": r"se(?!\s+bem\b)|caso|contanto\s+que|desde\s+que|a\s+não\s+ser\s+que|em\s+caso",
    "Dutch": r"indien|wanneer|ingeval|in\s+geval",
    "Polish": r"jeżeli|jeśli|gdyby|w\s+razie|w\s+przypadku",
    "Swedish": r"om|ifall",
    "Russian": r"если|в\s+случае",
}
"""Conjunctions of condition that are not already limits whatever the language
(`pubtool.text.meaning`)."""

_ASKED = {
    "English": late(
        r"\b(?:ask|see|know|knew|known|wonder|doubt|tell|told|try|tried|inquir|enquir|sure|certain|"
        r"matter|care|learn|consider|decid|mind|as|even)\w*(?:\s+[\w'’]+){0,3}\s*\Z",
        re.IGNORECASE,
    ),
    "Italian": late(
        r"\b(?:s[ao]|sai|sann\w+|sap\w+|sepp\w+|chied\w+|chies\w+|domand\w+|ved\w+|vid\w+|dubit\w+|"
        r"ignor\w+|dire|dic\w+|diss\w+|come|anche|neppure)(?:\s+[\w'’]+){0,3}\s*\Z",
        re.IGNORECASE,
    ),
    "Spanish": late(
        r"\b(?:sab\w+|sé|sup\w+|pregunt\w+|ver?|vea|vio|vieron|dud\w+|ignor\w+|dec\w+|dic\w+|"
        r"dij\w+|como|aun|mir\w+)(?:\s+[\w'’]+){0,3}\s*\Z",
        re.IGNORECASE,
    ),
}
"""Words behind which *if* is *whether*, or belongs to *as if* and *even if*."""

_RELATIVES = _sets(
    {
        "English": "who whom whose which where",
        "French": "qui que qu dont où lequel laquelle lesquels lesquelles",
        "Spanish": "que quien quienes cuyo cuya cuyos cuyas donde",
        "Italian": "che cui dove",
        "Portuguese": "que quem cujo cuja cujos cujas onde",
        "Dutch": "die dat wie wiens waarvan waarin",
    }
)
"""Relative pronouns of the languages that set commas round a relative clause where the sentence
holds without it, and only there. German, Polish and Russian set them round every one."""

_DEFINITE = _sets(
    {
        "English": "the",
        "German": "der die das den dem des",
        "French": "le la les du des au aux",
        "Spanish": "el la los las del al",
        "Italian": "il lo la i gli le del dello della dei degli delle al allo alla ai agli alle "
        "nel nella nei nelle dal dalla dai dalle sul sulla sui sulle",
        "Portuguese": "o a os as do da dos das ao à aos às no na nos nas pelo pela pelos pelas",
        "Dutch": "de het den der",
    }
)
_INDEFINITE = _sets(
    {
        "English": "a an",
        "German": "ein eine einen einem einer eines",
        "French": "un une",
        "Spanish": "un una",
        "Italian": "un uno una",
        "Portuguese": "um uma",
        "Dutch": "een",
    }
)
_PLURAL = frozenset("les los las i gli os as".split())
_PLURAL_ENDINGS = {"English": ("s", "men"), "Dutch": ("s", "en")}
WITHOUT_ARTICLES = frozenset({"Polish"})
NOUN_FIRST = frozenset({"French", "Spanish", "Italian", "Portuguese"})
"""Languages in which most adjectives stand behind their noun."""

_SUBJECTS = _sets(
    {
        "English": "this that these those every each all some many most few no another my our",
        "German": "dieser diese dieses jener jene jenes jeder jede jedes alle einige viele manche "
        "kein keine wer mein meine unser unsere",
        "French": "ce cet cette ces chaque tout tous toutes quelques plusieurs mon ma mes notre "
        "celui celle ceux celles quiconque l",
        "Spanish": "este esta estos estas ese esa esos esas aquel aquella quien cada todo todos "
        "todas algunos algunas muchos muchas mi nuestro nuestra",
        "Italian": "questo questa questi queste quel quello quella quei quelle chi ogni tutti "
        "tutte alcuni alcune molti molte mio mia nostro nostra l",
        "Portuguese": "este esta estes estas esse essa aquele aquela quem cada todo todos todas "
        "alguns algumas muitos muitas meu minha nosso nossa",
        "Dutch": "deze dit dat die elk elke ieder iedere alle sommige vele wie mijn onze ons",
    }
)
"""Words besides articles with which the subject of a sentence begins that is no mere pronoun."""

_FINITE = _sets(
    {
        "English": "is was are were has had have does did do will would shall should can could may "
        "might must",
        "German": "ist war sind waren wird wurde werden wurden hat hatte haben hatten kann konnte "
        "können konnten muss musste soll sollte sollen darf durfte will wollte",
        "French": "est était sont étaient fut furent sera seront a avait ont avaient eut aura peut "
        "pouvait peuvent doit devait doivent n ne se lui",
        "Spanish": "es era son eran fue fueron será serán está estaba están estaban ha había han "
        "habían puede podía pueden debe debía deben no se",
        "Italian": "è era sono erano fu furono sarà saranno ha aveva hanno avevano può poteva "
        "possono deve doveva devono non si",
        "Portuguese": "é era são eram foi foram será serão está estava estão estavam tem tinha têm "
        "tinham há havia pode podia podem deve devia devem não lhe lhes se",
        "Dutch": "is was zijn waren wordt werd worden werden heeft had hebben hadden kan kon moet "
        "moest zal zou mag mocht",
        "Polish": "jest był była było są byli były będzie ma miał miała mają może mógł mogą nie "
        "został została zostało",
    }
)
"""Finite forms of auxiliaries, and the negation and pronouns that stand before a verb."""


_SUBORDINATING = _sets(
    {
        "English": "that because when while although though since before after until as where if",
        "French": "que parce quand lorsque puisque comme car où si quoique",
        "Spanish": "que porque cuando mientras aunque pues como si donde",
        "Italian": "che perché quando mentre benché poiché come se dove",
        "Portuguese": "que porque quando enquanto embora pois como se onde",
    }
)
"""Conjunctions behind which a subject stands next to its verb; German and Dutch set it last."""
_SPEAKERS = _sets(
    {
        "English": "i we",
        "German": "ich wir",
        "French": "je nous j",
        "Spanish": "yo nosotros",
        "Italian": "io noi",
        "Portuguese": "eu nós",
        "Dutch": "ik wij we",
        "Polish": "ja my",
    }
)
"""The pronouns of the first person."""
_OBJECTS = _sets(
    {
        "French": "le la les en y l",
        "Spanish": "lo la los las le les",
        "Italian": "lo la li le gli ne ci",
        "Portuguese": "o a os as",
    }
)
"""Pronouns that stand before a verb, and are articles or prepositions before a noun."""
_FALSE_FRIENDS = _sets(
    {
        "English": "sin non mai pas ne nul minime se",
        "French": "né mai but sin no minime",
        "Italian": "ne minime sin",
        "Portuguese": "no ne",
        "Dutch": "pas",
        "Spanish": "ne mai",
    }
)
"""Words that deny or limit in another language, and mean something else in this one."""


@cache
def _conditional(language: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:\A|[,;:(—–-])\s*(?:(?:and|or|und|oder|et|ou|y|o|e|en|of|lub|i)\s+)?"
        rf"({_CONDITIONS[language]})(?!\w)",
        re.IGNORECASE,
    )


def condition_in(text: str, before: str, language: str | None) -> str:
    """Return the conjunction by which a clause of a text begins that gives a condition, else "".

    `before` is what stands before the text: at the text's own beginning a clause begins where a
    mark parts the two; English, Italian and Spanish need none, unless somebody asks *if*.
    """
    if language not in _CONDITIONS:
        return ""
    parted = before.rstrip()[-1:] in tuple(",;:(—–")
    begins = parted or _needs_no_mark(before, language)
    for found in _conditional(language).finditer(text):
        if begins or found.start(1) > len(text) - len(text.lstrip()):
            return found.group(1)
    return ""


def condition_after(text: str, before: str, language: str | None) -> str:
    """Return the conjunction if what follows some words (`before`) begins with a condition.

    Behind a semicolon or a colon a condition is that of the next clause, and behind a word that
    joins unless it goes on with one that was there.
    """
    if language is None or language not in _CONDITIONS:
        return ""
    marks = len(text) - len(text.lstrip(" \n,;:—–-()\"'“”‘’«»„"))
    found = _conditional(language).match(text[marks:])
    if not found or any(mark in text[:marks] for mark in ";:"):
        return ""
    if found.start(1) and not re.search(rf"(?<!\w)(?:{_CONDITIONS[language]})(?!\w)", before, re.I):
        return ""
    parted = any(mark in text[:marks] for mark in ",—–(")
    return found.group(1) if parted or _needs_no_mark(before, language) else ""


def _needs_no_mark(before: str, language: str | None) -> bool:
    """Whether a condition may follow some words without a mark: where nobody asks *if*."""
    asked = _ASKED.get(language or "")
    return asked is not None and not asked.search(before)


def is_relative(folded: str, language: str | None) -> bool:
    """Whether a folded word begins a relative clause that commas mark as dispensable."""
    return folded in _RELATIVES.get(language or "", ())


def is_false_friend(folded: str, language: str | None) -> bool:
    """Whether a word that denies or limits in some language does not in this one."""
    return folded in _FALSE_FRIENDS.get(language or "", ())


def is_definite(folded: str, language: str | None) -> bool:
    """Whether a folded word is a definite article, also run together with a preposition."""
    return folded in _DEFINITE.get(language or "", ())


def is_indefinite(folded: str, language: str | None) -> bool:
    """Whether a folded word is an indefinite article."""
    return folded in _INDEFINITE.get(language or "", ())


def is_article(folded: str, language: str | None) -> bool:
    """Whether a folded word is an article."""
    return is_definite(folded, language) or is_indefinite(folded, language)


def is_of_all(article: str, noun: str, language: str | None) -> bool:
    """Whether an article and its noun, as the subject of a sentence, may mean all of a kind."""
    if is_indefinite(article, language) or article in _PLURAL:
        return True
    return language in _PLURAL_ENDINGS and noun.endswith(_PLURAL_ENDINGS[language])


def begins_subject(folded: str, language: str | None) -> bool:
    """Whether a folded word may begin a subject that is no mere pronoun."""
    return (
        is_definite(folded, language)
        or is_indefinite(folded, language)
        or folded in _SUBJECTS.get(language or "", ())
    )


def is_subordinating(folded: str, language: str | None) -> bool:
    """Whether a folded word begins a subordinate clause."""
    return folded in _SUBORDINATING.get(language or "", ())


def is_speaker(folded: str, language: str | None) -> bool:
    """Whether a folded word is a pronoun of the first person, also run together with a verb."""
    return folded.partition("'")[0] in _SPEAKERS.get(language or "", ())


def is_object(folded: str, language: str | None) -> bool:
    """Whether a folded word is a pronoun if a verb stands behind it."""
    return folded in _OBJECTS.get(language or "", ())


def is_finite(folded: str, language: str | None) -> bool:
    """Whether a folded word is the finite verb of a sentence by its form alone."""
    return folded.rpartition("'")[2] in _FINITE.get(language or "", ())
