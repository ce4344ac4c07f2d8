"""Persons: for whom English pronouns stand, and which of them may stand for one another.

Whoever reports another's words turns the first and second person into the third (*I*, *[he]*); no
report turns the third into another person or another sex. *They* may be one person or more, of any
sex; a ship is *she* and *it*.
"""

from __future__ import annotations

_ROWS = {
    "speaker": "i me my mine myself we us our ours ourselves",
    "hearer": "you your yours yourself yourselves thou thee thy thine thyself ye",
    "he": "he him his himself",
    "she": "she her hers herself",
    "it": "it its itself",
    "they": "they them their theirs themselves",
}
_PERSONS = {word: person for person, words in _ROWS.items() for word in words.split()}
_REPORTED = frozenset({"speaker", "hearer"})
"""Persons for whom any other may stand in a report."""


_ELSEWHERE = frozenset(
    "er sie es ihn ihm ihr ihnen ihre ihren ihrem ihrer ihres sein seine seinen seinem seiner "
    "seines mein meine meinen meinem meiner dein deine unser unsere unseren euer eure mich mir "
    "dich dir uns euch sich dieser diese dieses diesem diesen jener jene jenes jenem jenen "
    "dessen deren denen welcher welche welches man je tu il elle on nous vous ils elles me te "
    "se lui leur eux moi toi soi mon ma mes ton ta tes son sa ses notre nos votre vos leurs "
    "celui celle ceux celles ceci cela ça ce cet cette ces dont lequel laquelle lesquels "
    "lesquelles yo tú él ella ello nosotros vosotros ellos ellas usted ustedes nos os le les lo "
    "la los las mi mis mí ti sí su sus tus nuestro nuestra nuestros nuestras vuestro vuestra "
    "suyo suya este esta esto estos estas ese esa eso esos esas aquel aquella aquello aquellos "
    "aquellas quien cuyo cuya io egli ei esso essa noi voi essi esse loro lei sé ci vi ne li "
    "gli mio mia miei mie tuo tua tuoi tue suo sua suoi sue nostro nostra nostri nostre vostro "
    "vostra costui costei colui colei coloro questo questa questi queste quello quella quelli "
    "quelle quel quei cui ik jij gij u hij zij ze wij we jullie hem haar hen hun mij ons onze "
    "mijn zijn uw jouw zich dit dat deze die wier wiens men "
    "ele eles elas lhe lhes seu seus meu meus minha minhas nossa nossos nossas isto isso aquilo "
    "esse essa esses essas estes aquele aquela aqueles aquelas quem "
    "on ona ono oni one jego jej ich nim niego niej nich mu go ją jemu ten ta te tego tej tych "
    "temu tym ów ową która który które którzy którego której których którym swój swoja swoje swego "
    "swej swych mój moja moje nas nam nami kto co".split()
)
"""Words that only point at persons and things in German, French, Spanish, Italian, Dutch,
Portuguese and Polish."""

_OWNERS = frozenset(
    "my your his her its our their thy sein seine seinen seinem seiner seines ihr ihre ihren ihrem "
    "ihrer mein meine unser unsere son sa ses leur leurs mon ma mes notre nos votre su sus mi mis "
    "nuestro nuestra suo sua suoi sue mio mia nostro nostra zijn haar hun mijn onze seu sua seus "
    "suas meu minha nosso nossa jego jej ich swój swoja swoje swego swej mój moja moje".split()
)
_DEMONSTRATIVES = frozenset(
    "dieser diese dieses diesem diesen jener jene jenes jenem jenen solche solcher ce cet cette "
    "ces este esta estos estas ese esa esos esas aquel aquella aquellos aquellas questo questa "
    "questi queste quel quello quella quelle quei quegli deze dit dat die esse essa esses essas "
    "estes aquele aquela aqueles aquelas ten ta te tego tej tych temu tym ów owa owe".split()
)


def is_owner(folded: str) -> bool:
    """Whether a folded word is a possessive that may stand before a noun."""
    return folded in _OWNERS


def is_demonstrative(folded: str) -> bool:
    """Whether a folded word is a demonstrative of a language other than English."""
    return folded in _DEMONSTRATIVES


def points_elsewhere(folded: str) -> bool:
    """Whether a folded word of one of these languages only points at what it speaks of."""
    return folded in _ELSEWHERE


def persons(folds: list[str]) -> frozenset[str]:
    """Return the persons for whom the pronouns among some folds stand."""
    return frozenset(_PERSONS[fold] for fold in folds if fold in _PERSONS)


def is_pronoun(folded: str) -> bool:
    """Whether a folded word is a personal or possessive pronoun."""
    return folded in _PERSONS


def are_other_persons(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether pronouns put for others stand for somebody else."""
    return bool(mine and theirs) and not any(_agree(a, b) for a in mine for b in theirs)


def _agree(one: str, other: str) -> bool:
    """Whether a pronoun may be put for another."""
    if one == other or other in _REPORTED:
        return True
    return one not in _REPORTED and ("they" in (one, other) or {one, other} == {"she", "it"})
