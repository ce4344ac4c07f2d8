"""Making a quotation of a passage: what a maker gets and gives, and the words that it changes.

Each maker gets a passage (clean words with their places) and returns the quotation, or None where
the passage does not lend itself to the treatment. Words are taken from closed lists or from the
same text, so that a false quotation is one that a careless author could have written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Made:
    """A quotation made of a passage."""

    text: str
    remark: str = ""
    joints: tuple[int, ...] = ()
    extends: int = 0
    """How many of the words behind the passage it covers as well."""


@dataclass(frozen=True)
class Stuff:
    """What a maker works with."""

    words: tuple[str, ...]
    """The passage, clean, as the source has it."""
    following: tuple[str, ...]
    """The words behind it in the same paragraph."""
    vocabulary: Sequence[str]
    """Words of the same text, letters only, five or more of them."""
    names: Sequence[str]
    lang: str
    random: Random


Maker = Callable[[Stuff], Made | None]


FUNCTION = "the a an of in on to for with by from and or this that these those at as".split()
MODALS = "shall may must will should can could would might".split()
NEGATIONS = {"en": ("not", "no", "never"), "de": ("nicht", "kein", "keine"), "fr": ("pas",)}
AUXILIARIES = {
    "en": "is are was were shall may must will should can could would be have has had".split(),
    "de": "ist sind war wird werden kann können soll muss müssen".split(),
    "fr": "est sont était peut doit".split(),
}
NUMBERS = "one two three four five six seven eight nine ten twelve twenty thirty forty".split()
MONTHS = (
    "January February March April May June July August September October November December".split()
)
SPELLINGS = {
    a: b
    for pair in (
        "honour honor|favour favor|neighbour neighbor|labour labor|colour color|savour savor|"
        "behaviour behavior|license licence|defense defence|judgment judgement|center centre|"
        "organization organisation|recognize recognise|authorized authorised|"
        "organized organised|recognized recognised|modeling modelling|fulfil fulfill|"
        "program programme|licensed licenced|plough plow|saviour savior|honourable honorable|"
        "customize customise|customized customised|initialize initialise|analyze analyse|"
        "summarize summarise|minimize minimise|gray grey|counselor counsellor"
    ).split("|")
    for a, b in [pair.split(), pair.split()[::-1]]
    if a != b
}
_CORE = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)


def core(word: str) -> str:
    """Return a word without the punctuation round it."""
    return _CORE.match(word).group(2)  # type: ignore[union-attr]


def dress(word: str, new: str) -> str:
    """Return `new` with the punctuation of `word`, and its capital."""
    lead, old, tail = _CORE.match(word).groups()  # type: ignore[union-attr]
    if old[:1].isupper() and old.lower() not in ("i",):
        new = new[:1].upper() + new[1:]
    return f"{lead}{new}{tail}"


def join(words: Sequence[str]) -> str:
    """Return words as a quotation: no comma, colon, semicolon or dash at its end."""
    return " ".join(words).rstrip(",;:—–- ")


def inner(stuff: Stuff) -> range:
    """Return the numbers of the words that are neither first nor last."""
    return range(1, len(stuff.words) - 1)


def pick(stuff: Stuff, test: Callable[[str], bool], *, ends: bool = False) -> int | None:
    """Return the number of some word that passes a test, None if there is none."""
    numbers = range(len(stuff.words)) if ends else inner(stuff)
    found = [n for n in numbers if test(stuff.words[n])]
    return stuff.random.choice(found) if found else None


def changed(stuff: Stuff, number: int, *new: str) -> Made:
    """Return the passage with other words in the place of one."""
    return Made(join([*stuff.words[:number], *new, *stuff.words[number + 1 :]]))


def put(stuff: Stuff, number: int | None, new: str) -> Made | None:
    """Return the passage with another word, in the dress of the old one; None if it is the same."""
    if number is None or core(stuff.words[number]).lower() == new.lower():
        return None
    return changed(stuff, number, dress(stuff.words[number], new))


def is_content(word: str) -> bool:
    """Whether a word is a long one in small letters, so no name and no function word."""
    return core(word).isalpha() and len(core(word)) >= 5 and core(word).islower()
