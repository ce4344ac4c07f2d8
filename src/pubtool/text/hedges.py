"""Hedges: words without which a sentence says more than its author does.

*Perhaps*, *wrongly*, *the former*, *it is said that*: they deny nothing, and yet what they stand
before does not hold without them. Adverbs and adjectives that do so are no closed class; here are
the commonest of English, German, French, Spanish, Portuguese, Italian, Dutch, Polish and Latin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pubtool.text.contraries import quantities
from pubtool.text.meaning import APPROXIMATIONS
from pubtool.text.patterns import late
from pubtool.text.words import read_folds

HEDGES = APPROXIMATIONS | frozenset(
    "perhaps maybe possibly probably presumably supposedly reportedly apparently seemingly "
    "ostensibly arguably conceivably theoretically nominally wrongly falsely erroneously "
    "mistakenly "
    "incorrectly unjustly unjustifiably ironically jokingly formerly former "
    "mere merely pretended reputed professed putative fictitious imaginary attempted partly "
    "partially mainly chiefly largely commonly normally potentially tentatively "
    "vielleicht möglicherweise wahrscheinlich vermutlich scheinbar anscheinend sogenannte "
    "sogenannten sogenannter ehemalige ehemaligen ehemaliger vermeintlich vermeintliche "
    "vermeintlichen fälschlich fälschlicherweise irrtümlich teilweise grösstenteils hauptsächlich "
    "überwiegend blosse blossen blosser blosses blossem gewöhnlich üblicherweise selten "
    "probablement possiblement apparemment faussement partiellement "
    "généralement principalement rarement ordinairement habituellement "
    "quizá quizás acaso probablemente posiblemente presuntamente supuestamente aparentemente "
    "falsamente parcialmente generalmente principalmente raramente "
    "mero mera meros meras habitualmente talvez possivelmente provavelmente supostamente "
    "alegadamente aparentemente "
    "forse probabilmente apparentemente parzialmente cosiddetto cosiddetta "
    "misschien wellicht waarschijnlijk vermoedelijk schijnbaar vermeende voormalige gedeeltelijk "
    "voornamelijk hoofdzakelijk loutere gewoonlijk zelden "
    "prawdopodobnie zapewne podobno ponoć pozornie częściowo przeważnie zwykle rzadko "
    "fortasse forsitan paene fere".split()
)
"""Words that take back a part of what they stand beside."""

_DOUBTFUL = "afraid doubtful rumoured rumored false untrue"
_THOUGHT = (
    "believe believes believed think thinks thought suppose supposes supposed claim claims "
    "claimed assert asserts asserted contend contends contended "
    "allege alleges alleged pretend pretends pretended imagine imagines imagined doubt "
    "doubts doubted hope hopes hoped fear fears feared suspect suspects suspected fancy fancies "
    "fancied dream dreams dreamt dreamed deny denies denied"
)
_HEARD = "possible probable likely said told reported hear hears heard rumour rumor report"
_ATTITUDES = frozenset(f"{_DOUBTFUL} {_THOUGHT} {_HEARD}".split())


def _any_of(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


_ENDING = late(
    r"(?:\b(?:so-called|would-be|soi-disant|peut-être|tal vez|à tort|as if|as though|"
    r"with difficulty|in vain|in theory|in part|at times|for the most part|"
    r"in (?:my|our|his|her|their) (?:opinion|view|judge?ment)|"
    r"(?:seem|appear|pretend|claim|tr[yi]|attempt|intend|hope|tend)(?:e?s|e?d)?\s+to|"
    rf"{_any_of(_DOUBTFUL)}(?:\s+that)?|(?:{_any_of(_THOUGHT)}|{_any_of(_HEARD)})\s+(?:to|that)|"
    r"(?:I|we|you|he|she|they|one|some|many|most|others|people|men)\s+(?:\w+ly\s+)?"
    rf"{_any_of(_THOUGHT)}|as\s+(?:[\w']+\s+){{1,3}}{_any_of(_THOUGHT)}))\W*\Z",
    re.IGNORECASE,
)
"""Words at the end of what is left out, under which what goes on stands."""

_ELSEWHERE = late(
    r"\b(?:(?:cr(?:oi|oy|u)|pens|soupçonn|prétend|suppos|imagin|dout|craign|espér|di(?:t|sen|sai))"
    r"\w*\s+qu(?:e|['’].*)|"
    r"(?:glaub|mein|vermut|behaupt|fürcht|hoff|dacht|denk)\w*,?\s+da(?:ss|ß)|"
    r"(?:cre[eíy]|piens|pens|supon|sospech|tem[eí]|esper|dic)\w*\s+que|"
    r"(?:cred|pens|suppon|sospett|tem|sper|dic)\w*\s+che|"
    r"(?:meen|geloof|denk|dacht|vrees|hoop|zeg|zei)\w*,?\s+dat|(?:put|cred|dici|fer)tur)\W*\Z|"
    r"\b(?:(?:par(?:aî|ai)|sembl)(?:t|e|ent|ait|aient)|schein(?:t|en)|schien(?:en)?|"
    r"parec(?:e|en|ía|ían)|sembra(?:no|va|vano)?|schijnt?|scheen|lijkt?|leek|vide[nt]*tur)\s*\Z",
    re.IGNORECASE,
)
"""The same in French, German, Spanish, Italian, Dutch and Latin; what seems, where no mark parts it
from what goes on."""

_HEARSAY = late(
    r"\b(?:it is said|they say|we are told|men say|so they say|(?:wie|so) (?:(?:man|es) )?"
    r"(?:sagt|heißt|hört|erzählt)(?: (?:man|es))?|"
    r"à (?:en croire|ce qu['’]on dit)|dit-on|paraît-il|según (?:dicen|se dice|cuentan)|dizque|"
    r"a (?:quanto|quel che) (?:pare|si dice)|a detta d\w+|ao que (?:dizem|parece)|diz-se|"
    r"naar (?:men|het) (?:zegt|heet)|jak (?:mówią|twierdzą)|podobno)\b[^,;:]*",
    re.IGNORECASE,
)
"""What is put between commas to say that something is only said."""

_MOSTLY = late(
    r"\b(?:as a rule|in general|in most cases|by and large|now and then|"
    r"in der Regel|im Allgemeinen|zum Teil|zumeist|zum größten Teil|"
    r"en général|le plus souvent|d['’](?:ordinaire|habitude)|en partie|de temps en temps|"
    r"por lo (?:común|general|regular)|en general|de ordinario|a menudo|en parte|a veces|"
    r"di solito|per lo più|in genere|di regola|in parte|a volte|"
    r"em geral|por via de regra|em parte|às vezes|de costume|"
    r"in de regel|over het algemeen|doorgaans|ten dele|af en toe|na ogół|z reguły|zazwyczaj)\W*\Z",
    re.IGNORECASE,
)
"""Phrases that say that something holds mostly, partly or at times."""

_ABOUT = late(
    r"\b(?:about|around|roughly|approximately|some|at least|at most|at the most|up to|over|under|"
    r"(?:more|less|fewer) than|upwards of|"
    r"etwa|ungefähr|circa|zirka|rund|mindestens|höchstens|wohl|kaum|"
    r"environ|à peu près|au moins|au plus|plus de|moins de|près de|"
    r"cerca de|unos|unas|al menos|más de|menos de|almeno|più di|meno di|"
    r"ongeveer|omtrent|minstens|hoogstens|meer dan|minder dan|fere|circiter)\W*\Z",
    re.IGNORECASE,
)
"""Words before a number without which it is exact."""

_ACCORDING = late(
    r"\b(?:[Aa]ccording\s+to\s+(?:[A-Z]\w|him|her|them|some|others|legend|tradition|rumou?r)|"
    r"(?:[Ss]elon|[Dd]['’]après|[Ll]aut|[Ss]egún|[Ss]econdo|[Vv]olgens)\s+[A-ZÀ-Þ]\w)[\w ]*"
)
"""Words that give somebody else's view."""

_OF_MANY = late(r"\A\W*(\w+)\s+(?:of|de|des|van|von)(?:\s+\w{1,5})?\W*\Z")
_MOST_READ = 400
"""Characters at the end of a part left out that are looked at."""
_FEW_WORDS = 3
"""So few words left out have nothing else to bear on than what stands beside them."""

_ALL_OF_THEM = frozenset(quantities("all little both either any enough".split()))
"""Groups of words of quantity that say no less than the sentence without them, or no quantity."""


def hedge_in(omitted: str) -> str:
    """Return the words of a part left out under which what goes on behind it stands; empty if none.

    The part is given with the mark behind it. A hedge further in is about something that is left
    out with it, and a word of quantity before a mark stands for itself.
    """
    omitted = omitted[-_MOST_READ:]
    patterns = (_ENDING, _ACCORDING, _ELSEWHERE, _MOSTLY, _HEARSAY)
    found = next((found for one in patterns if (found := one.search(omitted))), None)
    if found:
        return found.group().strip(" ,;:—–-")
    folds = read_folds(omitted)
    near = folds if len(folds) <= _FEW_WORDS else folds[-1:]
    hedge = next((fold for fold in near if fold in HEDGES), "")
    of_many = _OF_MANY.match(omitted)
    last = folds[-1:] if _goes_on(omitted) else []
    counting = [of_many[1].casefold()] if of_many else last
    return hedge or next((fold for fold in counting if _is_some(fold)), "")


def _goes_on(omitted: str) -> bool:
    """Whether no mark ends a part."""
    return omitted.rstrip()[-1:].isalpha()


def about_in(omitted: str) -> str:
    """Return the words of a part left out that make a number behind it a rough one; else empty."""
    found = _ABOUT.search(omitted)
    return found.group().strip() if found else ""


def _is_some(folded: str) -> bool:
    """Whether a folded word says that something holds of a part, or at times."""
    return any(group not in _ALL_OF_THEM for group in quantities([folded]))


def reported(folds: Sequence[str]) -> bool:
    """Whether a clause that ends with *that* gives what others think or say, and not its author."""
    near = folds[-_NEAR:]
    first_person = {"i", "we"} & set(folds[-_NEAR - 1 :])
    return near[-1:] == ["that"] and not first_person and not _ATTITUDES.isdisjoint(near)


_NEAR = 4
