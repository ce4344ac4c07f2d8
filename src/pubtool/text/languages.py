"""Languages: which one some words are in, as far as their script and function words tell.

A script is told by Unicode's character names. Within a script, languages are told by words that
every text in them is full of (articles, pronouns, prepositions, conjunctions, auxiliaries): closed
classes, so that a short list holds for any subject. No guess is made from few words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pubtool.text.words import read_folds

FUNCTION_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "English": "the of and to in that is was for it with as his her he she they on be at by "
        "have had has are were not this but from or which an we you all their there been who "
        "would will shall should may must can could such any its if when what so these those "
        "than other into no only upon every each do did does our your my a i",
        "German": "der die das und ist nicht von zu den dem des ein eine einer eines einem einen "
        "mit auf für sich auch als wird sind oder im zum zur bei nach aus wie aber hat haben war "
        "werden kann soll muss es sie er wir ich ihr sein seine seiner wenn nur noch so über "
        "durch dass um an am in vor kein keine jeder jede jedes",
        "French": "le la les de des du et est un une que qui dans en pour pas ne sur au aux par "
        "plus avec il elle ils elles nous vous je ce cette ces son sa ses leur leurs ou mais "
        "sont être été avoir dont où si comme tout toute tous sans doit à se y",
        "Spanish": "el la los las de del y es un una que en por para con no se su sus al lo como "
        "más pero o este esta estos estas ese esa son fue ser ha han muy sin sobre también cuando "
        "donde quien cada debe todo toda todos a le les yo él ella ellos nos",
        "Italian": "il lo la gli le di del della dei delle degli e è un una che in per con non si "
        "su da dal dalla nel nella al alla sono come più ma o questo questa era essere ha hanno "
        "anche suo sua loro cui ogni deve i a ai ed se",
        "Dutch": "de het een en van is dat niet in te op voor met zijn die aan er om ook als maar "
        "bij of door uit naar dan nog wordt worden hij zij wij ik ze heeft hebben was werd deze "
        "dit kan moet over tot je geen wel",
        "Polish": "i w na z do że nie się jest to o a od po za jak ale dla przez lub oraz są był "
        "była było być który która które tego tym jego jej ich co gdy czy każdy każda tak ten ta "
        "te przy pod nad ze we",
        "Swedish": "och att det en ett som är av för på i den med till inte de har om var han hon "
        "vi jag men sig från så kan ska skall eller vid när under efter ut över där sin sitt sina "
        "också varje blir hade vara må då alla detta denna",
        "Portuguese": "o a os as de do da dos das e é um uma que em no na nos nas por para com não "
        "se ao à sua seu suas seus mais como mas ou são foi ser tem pelo pela também quando quem "
        "cada deve este esta isso ele ela eles",
        "Russian": "и в не на что он она они оно я мы вы с со как а то все так его ее её их но да "
        "к у же за бы по от из о об до или для при когда если был была было были быть который "
        "которая каждый ни это этот эта только под над во",
    }.items()
}
"""The commonest words of a few languages, as `pubtool.text.folding.fold` has them."""

_EVERY: frozenset[str] = frozenset().union(*FUNCTION_WORDS.values())
_LEAST_WORDS = 4
"""Function words that a language must show before anything is said of it."""

_LEAST_LETTERS = 8
_MOST_READ = 8000
_ENOUGH_LETTERS = re.compile(rf"(?:[^A-Za-z]*[A-Za-z]){{{_LEAST_LETTERS}}}")
_LEAST_SHARE = 0.7
"""The share of the letters that must be of one script for a text to be in it."""

_LEAST_KANA = 0.1
_SCRIPTS = {
    "LATIN": "Latin script",
    "CYRILLIC": "Cyrillic script",
    "GREEK": "Greek",
    "ARABIC": "Arabic script",
    "HEBREW": "Hebrew",
    "THAI": "Thai",
    "DEVANAGARI": "Devanagari script",
    "HANGUL": "Korean",
    "HAN": "Chinese",
    "KANA": "Japanese",
}
_OF_SCRIPT = {"Russian": "Cyrillic script"}
"""The scripts of the languages above that are not written in Latin letters."""


def is_function_word(folded: str) -> bool:
    """Whether a folded word is a function word of any of the languages known here."""
    return folded in _EVERY


def script_of(text: str) -> str | None:
    """Return the script that most letters of a text are in, by the name shown to people.

    Kana among ideographs make them Japanese. None where there are too few letters, or no script
    clearly leads. At most 8,000 characters are looked at.
    """
    head = text[:_MOST_READ]
    if head.isascii():
        return _SCRIPTS["LATIN"] if _ENOUGH_LETTERS.match(head) else None
    counts = Counter[str]()
    for character, count in Counter(head).items():
        if character.isalpha():
            counts[_script(character)] += count
    total = sum(counts.values())
    if total < _LEAST_LETTERS:
        return None
    if counts["KANA"] >= _LEAST_KANA * (counts["KANA"] + counts["HAN"]):
        counts["KANA"] += counts.pop("HAN", 0)
    script, count = max(counts.items(), key=lambda item: (item[1], item[0]))
    return _SCRIPTS.get(script) if count >= _LEAST_SHARE * total else None


@dataclass(frozen=True)
class Tongue:
    """What a text is written in."""

    script: str | None
    """See `script_of`."""
    language: str | None
    """See `language_of`."""


def other_language(quoted: str, words: Iterable[str], source: Tongue) -> tuple[str, str] | None:
    """Return the languages of a quotation and of a source, where they clearly differ.

    `words` are the quotation's folded words. The quotation must show four function words that the
    source's language has not, and at most a quarter as many of those that only it has.
    """
    here, there, own = script_of(quoted), source.script, source.language
    if here is None or there is None:
        return None
    counts = Counter(words)
    if here != there:
        return _known(language_of(counts.__getitem__), here), _known(own, there)
    if own is None:
        return None
    hits = {
        language: _hits(counts.__getitem__, FUNCTION_WORDS[language])
        for language in FUNCTION_WORDS
        if language != own and _differs(counts, language, own)
    }
    return (max(hits, key=lambda language: (hits[language], language)), own) if hits else None


def language_of(frequency: Callable[[str], int]) -> str | None:
    """Return the language whose function words a text has most of; None where that is unsure."""
    hits = {name: _hits(frequency, words) for name, words in FUNCTION_WORDS.items()}
    first, second = sorted(hits, key=lambda name: (-hits[name], name))[:2]
    if hits[first] < _LEAST_WORDS or 4 * hits[first] < 5 * hits[second]:
        return None
    return first


def foreign_tag(text: str, lang: str) -> str:
    """Return the tag (BCP 47) of the language that a passage is in, where it is clearly not `lang`.

    That is told as for a quotation in another language than its source. Of a script that several
    languages write, which the words do not tell apart, the tag names the script (``und-Arab``).
    Empty where nothing is sure, as beside a language whose words are not known here.
    """
    main = lang.replace("_", "-").partition("-")[0].lower()
    counts = Counter(read_folds(text))
    script = script_of(text)
    named = language_of(counts.__getitem__)
    tag = _TAGS[named] if named else _TAGS_OF_SCRIPTS.get(script or "", "")
    if not tag or tag == main:
        return ""
    own = next((name for name, each in _TAGS.items() if each == main), None)
    if named is None:
        return "" if main in _WRITTEN_IN.get(tag, ()) else tag
    return tag if own and _differs(counts, named, own) else ""


_TAGS = {
    "English": "en",
    "German": "de",
    "French": "fr",
    "Spanish": "es",
    "Italian": "it",
    "Dutch": "nl",
    "Polish": "pl",
    "Swedish": "sv",
    "Portuguese": "pt",
    "Russian": "ru",
}
_TAGS_OF_SCRIPTS = {
    "Cyrillic script": "und-Cyrl",
    "Greek": "el",
    "Arabic script": "und-Arab",
    "Hebrew": "he",
    "Thai": "th",
    "Devanagari script": "und-Deva",
    "Korean": "ko",
    "Chinese": "zh",
    "Japanese": "ja",
}
_WRITTEN_IN = {
    "und-Cyrl": frozenset("ru uk be bg sr mk kk ky mn tg".split()),
    "und-Arab": frozenset("ar fa ur ps ku sd ug".split()),
    "und-Deva": frozenset("hi mr ne sa kok".split()),
    "he": frozenset({"yi", "iw"}),
}
"""Languages whose own texts are in a script: there nothing is foreign."""


def _differs(counts: Mapping[str, int], language: str, own: str) -> bool:
    one, other = FUNCTION_WORDS[language], FUNCTION_WORDS[own]
    foreign = sum(n for word, n in counts.items() if word in one and word not in other)
    native = sum(n for word, n in counts.items() if word in other and word not in one)
    return foreign >= _LEAST_WORDS and 4 * native <= foreign


def _hits(frequency: Callable[[str], int], words: frozenset[str]) -> int:
    return sum(map(frequency, words))


def _known(language: str | None, script: str) -> str:
    """Return the language where it is written in the script, else the script."""
    if language is None or _OF_SCRIPT.get(language, "Latin script") != script:
        return script
    return language


def _script(character: str) -> str:
    if character.isascii():
        return "LATIN"
    name = unicodedata.name(character, "").partition(" ")[0]
    if name in ("HIRAGANA", "KATAKANA"):
        return "KANA"
    return "HAN" if name == "CJK" else name
