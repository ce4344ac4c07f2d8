"""Stems: whether two words of a language other than English may be forms of one word.

Inflection keeps the beginning of a word, but for the vowels that sound changes turn, for German and
Dutch participles and for a few verbs made of several stems; those are a closed class and listed.
Two words that begin with the same consonants, or with vowels and then the same consonant, are taken
for forms, so that what is called another word is one; a few others are missed by that.
"""

from __future__ import annotations

from functools import cache

from pubtool.text.folding import without_diacritics

_ONE_VERB = {
    "German": "ist sind war waren wäre wären sei seien sein bin bist seid gewesen|"
    "geht ging gingen gegangen gehen|isst ißt aß aßen gegessen essen|tut tat taten getan tun|"
    "gut besser besten wohl|viel mehr meisten|ich mich mir wir uns|er ihn ihm|dies jener jene",
    "French": "est es suis sommes êtes sont était étaient sera seront serait seraient fut furent "
    "soit soient été être étant|a ai as avons avez ont avait avaient aura auront aurait eut eurent "
    "ait aient eu avoir ayant|va vais vas allons allez vont allait allaient ira iront irait alla "
    "allé aller aille|œil yeux oeil|bon bonne bien meilleur mieux|mal pire pis",
    "Spanish": "es son soy eres somos era eran fue fueron será serán sería sea sean fuese sido ser "
    "siendo|ha han he hemos había habían hubo habrá haya hayan haber|va van voy vas vamos iba iban "
    "irá irán ido ir vaya yendo|bueno buena bien mejor|malo mala mal peor|oye oyó oír huele oler",
    "Italian": "è sono sei siamo siete era erano fu furono sarà saranno sarebbe sia siano stato "
    "stata stati essere|ha ho hai hanno abbiamo aveva avevano ebbe ebbero avrà abbia avere avuto|"
    "va vado vai vanno andava andò andrà vada andare andato|esce escono uscì usciva uscire uscito|"
    "ode odono udì udiva udire|deve devono debbe debba dovere doveva dovrà|buono buona bene meglio|"
    "male peggio",
    "Dutch": "is ben bent zijn was waren wees geweest|goed beter best|veel meer meest|"
    "hij hem zij haar|ik mij me wij ons",
    "Portuguese": "é são era eram foi foram ser será serão seja sido sendo fosse|está estão estava "
    "estavam estar esteve|tem têm tinha tinham teve ter terá tido|há havia houve haver haja|"
    "vai vão ia iam ir irá ido|bom boa bons boas bem melhor|mau má maus mal pior",
    "Polish": "jest są był była było byli były być będzie będą bywa|ma mają miał miała mieli mieć|"
    "idzie iść szedł szła szli pójdzie|dobry dobra dobre dobrze lepszy lepsza lepiej najlepszy|"
    "zły zła złe źle gorszy gorzej|człowiek ludzie ludzi ludziom|rok roku lata lat|"
    "dziecko dzieci|wziąć brać bierze wziął",
}
_WITH_PARTICIPLES = frozenset({"German", "Dutch"})
_PARTICIPLE = "ge"
_LEAST_PARTICIPLE = 6
"""Letters: shorter words (*geben*, *geven*) are no participles, but begin so."""

_LIKE_LETTERS = str.maketrans("jyvckzqs", "iiukkkkk")
"""Letters that older spelling uses for one another at a word's beginning."""

_LEAST_COMMON = 4
"""Letters in a row by which a word is in another one: *auf·steh·en*, *steht*."""


@cache
def _verbs(language: str) -> dict[str, int]:
    rows = enumerate(_ONE_VERB[language].split("|"))
    return {without_diacritics(form): number for number, row in rows for form in row.split()}


def is_of_many_stems(folded: str, language: str) -> bool:
    """Whether a folded word is of a verb or an adjective that no beginning tells."""
    return without_diacritics(folded) in _verbs(language)


def may_be_forms(one: str, other: str, language: str) -> bool:
    """Whether two folded words may be forms of one word, or one be made of the other."""
    one, other = without_diacritics(one), without_diacritics(other)
    known = _verbs(language)
    if one in known and known[one] == known.get(other):
        return True
    shared = next((p for p in _PREFIXES.get(language, ()) if _both_have(p, one, other)), "")
    if shared:
        one, other = one.removeprefix(shared), other.removeprefix(shared)
    mine, theirs = _beginnings(one, language), _beginnings(other, language)
    if not mine.isdisjoint(theirs):
        return True
    runs = (one[n : n + _LEAST_COMMON] for n in range(max(len(one) - _LEAST_COMMON + 1, 0)))
    return any(run in other and not _ends_both(run, one, other) for run in runs)


def _both_have(prefix: str, one: str, other: str) -> bool:
    """Whether two words begin with a prefix and go on with letters enough for a stem."""
    least = len(prefix) + _LEAST_STEM
    return all(word.startswith(prefix) and len(word) >= least for word in (one, other))


_PREFIXES = {
    "German": ("ver", "zer", "ent", "emp", "unter", "uber", "be", "er"),
    "Dutch": ("ver", "ont", "onder", "over", "her", "be"),
}
"""Prefixes that tell nothing of the stem behind them."""
_LEAST_STEM = 4


def _ends_both(run: str, one: str, other: str) -> bool:
    """Whether letters that two words have in common are only in the ending of both."""
    mine, theirs = one[one.rindex(run) :], other[other.rindex(run) :]
    return mine == theirs and mine not in (one, other)


def _beginnings(word: str, language: str) -> set[str]:
    """Return how a word may begin, older spellings and a silent *h* let pass."""
    words = {word}
    if language in _WITH_PARTICIPLES:
        if len(word) >= _LEAST_PARTICIPLE:
            words = {word.removeprefix(_PARTICIPLE)}
    else:
        words.add(word.removeprefix("h"))
    return {_beginning(each) for each in words if each}


def _beginning(word: str) -> str:
    """Return a word's first consonants; where it has none, a mark and those behind its vowels.

    Of a word that begins with a letter that older spelling uses for a vowel and a consonant, the
    first letter alone tells.
    """
    plain = word.replace("ph", "f").replace("th", "t").translate(_LIKE_LETTERS)
    if plain[0] in _EITHER:
        return plain[0]
    bare = plain.lstrip(_VOWELS)
    consonants = bare[: len(bare) - len(bare.lstrip(_CONSONANTS))]
    return consonants if bare == plain else f"-{consonants[:1]}"


_EITHER = frozenset("iu")
_VOWELS = "aeiou"
_CONSONANTS = "bcdfghklmnpqrstvwxyzjñç"


LANGUAGES = frozenset(_ONE_VERB)
"""Those of which this can be told."""
