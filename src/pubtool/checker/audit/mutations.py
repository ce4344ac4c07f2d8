"""The ways in which quotations go wrong, each made of a quotation that is right."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pubtool.model import Cited, Key, Locator, Verdict
from pubtool.text.meaning import MODALS, is_negation, is_number

_AUXILIARIES = frozenset(
    "is are was were shall may must will should can could would have has had did does do "
    "ist sind war waren wird werden kann können soll sollen muss müssen hat haben hatte "
    "est sont était peut doit es son era puede debe".split()
)
"""Words that a negation may follow or precede."""
_NOT = {"en": "not", "de": "nicht", "fr": "pas", "es": "no"}
WRONG_PLACE = "wrong page or article cited"
"""The one kind in which every word stands in the source."""
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d{1,4}")
_LEAST = 4
"""Letters of a word of content."""
_CLAUSE = 3
"""Words of the clause that is left out."""


@dataclass(frozen=True, slots=True)
class Stock:
    """What a project has to make misquotations of."""

    words: tuple[str, ...]
    """Words of the sources' own, beside the quotations; sorted."""
    names: tuple[str, ...]
    """Words among them that are capitalised within a sentence; sorted."""
    others: Mapping[Key, str]
    """For some sources, a quotation of each that passed; by key."""
    lang: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """A quotation gone wrong."""

    text: str
    change: str
    """What was done, in words."""
    cited: tuple[Cited, ...] | None = None
    """What it cites, where that is what is wrong."""


Maker = Callable[[Verdict, Sequence[str], Stock], Mutant | None]
"""Makes a mutant of a quotation with its words; None where it does not lend itself to that."""


def make_mutants(verdict: Verdict, stock: Stock) -> Iterator[tuple[str, Mutant]]:
    """Yield each kind of misquotation that a quotation lends itself to, with the kind's name."""
    words = verdict.quotation.text.split()
    for kind, make in KINDS.items():
        mutant = make(verdict, words, stock) if len(words) >= _LEAST else None
        if mutant is not None and (mutant.cited or mutant.text.split() != words):
            yield kind, mutant


def _number(verdict: Verdict, kind: str, size: int) -> int:
    """Return a number below `size` that follows from the quotation's id and the kind."""
    digest = hashlib.sha256(f"{verdict.quotation.id} {kind}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % size


def _core(word: str) -> str:
    """Return a word without the marks round it."""
    found = _LETTERS.search(word)
    return found[0] if found else ""


def _places(words: Sequence[str], fits: Callable[[str], bool]) -> list[int]:
    return [number for number, word in enumerate(words) if fits(word)]


def _pick(verdict: Verdict, kind: str, places: Sequence[int]) -> int | None:
    return places[_number(verdict, kind, len(places))] if places else None


def _replaced(
    verdict: Verdict, words: Sequence[str], kind: str, places: Sequence[int], new: Sequence[str]
) -> Mutant | None:
    """Put a word of a stock in one of the places; none that the quotation has already."""
    there = {_core(word).casefold() for word in words}
    fresh = [word for word in new if word.casefold() not in there]
    at = _pick(verdict, kind, places)
    if at is None or not fresh:
        return None
    word, other = _core(words[at]), fresh[_number(verdict, kind, len(fresh))]
    changed = words[at].replace(word, other, 1)
    return _with(words, at, at + 1, [changed], f"“{word}” became “{other}”")


def _with(words: Sequence[str], start: int, end: int, new: Sequence[str], change: str) -> Mutant:
    return Mutant(" ".join([*words[:start], *new, *words[end:]]), change)


def _is_content(word: str) -> bool:
    core = _core(word)
    return len(core) >= _LEAST and core.islower() and word.strip(".,;:!?") == core


def _word_changed(verdict: Verdict, words: Sequence[str], stock: Stock) -> Mutant | None:
    places = _places(words, lambda w: _is_content(w) and not is_negation(w))
    return _replaced(verdict, words, "word changed", places, stock.words)


def _word_added(verdict: Verdict, words: Sequence[str], stock: Stock) -> Mutant | None:
    if not stock.words:
        return None
    at = 1 + _number(verdict, "word added", len(words) - 1)
    new = stock.words[_number(verdict, "added word", len(stock.words))]
    return _with(words, at, at, [new], f"“{new}” was added")


def _negation_dropped(verdict: Verdict, words: Sequence[str], stock: Stock) -> Mutant | None:
    inner = [at for at in _places(words, _denies) if 0 < at < len(words) - 1]  # else only shorter
    at = _pick(verdict, "negation dropped", inner)
    return None if at is None else _with(words, at, at + 1, [], f"“{words[at]}” was dropped")


def _denies(word: str) -> bool:
    return is_negation(word.casefold())


def _negation_added(verdict: Verdict, words: Sequence[str], stock: Stock) -> Mutant | None:
    new = _NOT.get(stock.lang.partition("-")[0])
    places = _places(words, lambda w: w.casefold() in _AUXILIARIES)
    at = _pick(verdict, "negation added", places)
    if at is None or new is None:
        return None
    return _with(words, at + 1, at + 1, [new], f"“{new}” was added behind “{words[at]}”")


def _modal_changed(verdict: Verdict, words: Sequence[str], stock: Stock) -> Mutant | None:
    others = {"may": "must", "must": "may", "shall": "may", "will": "might", "should": "may"}
    at = _pick(verdict, "modal changed", _places(words, lambda w: w in others and w in MODALS))
    if at is None:
        return None
    new = others[words[at]]
    return _with(words, at, at + 1, [new], f"“{words[at]}” became “{new}”")


def _number_changed(verdict: Verdict, words: Sequence[str], stock: Stock) -> Mutant | None:
    at = _pick(verdict, "number changed", _places(words, lambda w: bool(_DIGITS.search(w))))
    if at is not None:
        new = _DIGITS.sub(lambda found: str(int(found[0]) + 1), words[at], count=1)
        return _with(words, at, at + 1, [new], f"“{words[at]}” became “{new}”")
    places = _places(words, lambda w: is_number(_core(w).casefold()) and _core(w).islower())
    return _replaced(verdict, words, "number changed", places, ("seven", "eleven", "forty"))


def _name_changed(verdict: Verdict, words: Sequence[str], stock: Stock) -> Mutant | None:
    places = [at for at in _places(words, _is_name) if at and words[at - 1][-1:] not in ".?!:"]
    return _replaced(verdict, words, "name changed", places, stock.names)


def _is_name(word: str) -> bool:
    return len(_core(word)) >= _LEAST and _core(word).istitle() and word[:1].isupper()


def _swapped(verdict: Verdict, words: Sequence[str], stock: Stock) -> Mutant | None:
    places = [at for at in range(len(words) - 1) if _differ(words[at], words[at + 1])]
    at = _pick(verdict, "words swapped", places)
    if at is None:
        return None
    one, two = words[at : at + 2]
    return _with(words, at, at + 2, [two, one], f"“{one} {two}” became “{two} {one}”")


def _differ(one: str, two: str) -> bool:
    return one.isalpha() and two.isalpha() and one.casefold() != two.casefold()


def _clause_left_out(verdict: Verdict, words: Sequence[str], stock: Stock) -> Mutant | None:
    room = len(words) - _CLAUSE - 2
    if room < 1:
        return None
    at = 1 + _number(verdict, "clause left out", room)
    gone = " ".join(words[at : at + _CLAUSE])
    return _with(words, at, at + _CLAUSE, [], f"“{gone}” was left out without a mark")


def _ellipsis_hides(verdict: Verdict, words: Sequence[str], stock: Stock) -> Mutant | None:
    places = [at for at in _places(words, _denies) if 2 <= at <= len(words) - 3]
    at = _pick(verdict, "ellipsis hides", places)
    if at is None:
        return None
    return _with(words, at, at + 1, ["…"], f"an ellipsis took the place of “{words[at]}”")


def _joined(verdict: Verdict, words: Sequence[str], stock: Stock) -> Mutant | None:
    own = verdict.match.key if verdict.match else None
    others = [key for key in stock.others if key != own]
    if not others:
        return None
    key = others[_number(verdict, "sources joined", len(others))]
    tail = stock.others[key].split()
    text = " ".join([*words[: (len(words) + 1) // 2], *tail[len(tail) // 2 :]])
    return Mutant(text, f"its second half became that of a quotation of @{key}")


def _source_changed(verdict: Verdict, words: Sequence[str], stock: Stock) -> Mutant | None:
    quotation = verdict.quotation
    cited = {one.key for one in quotation.cited}
    others = [key for key in stock.others if key not in cited]
    if not others or not any(one.firm for one in quotation.cited):
        return None
    key = others[_number(verdict, "wrong source", len(others))]
    wrong = Cited(key, None, quotation.cited[0].how)
    return Mutant(quotation.text, f"@{key} was cited instead", (wrong,))


def _place_changed(verdict: Verdict, words: Sequence[str], stock: Stock) -> Mutant | None:
    match, cited = verdict.match, verdict.quotation.cited
    if match is None or not cited or match.locator is None or not match.locator.value.isdigit():
        return None
    right = match.locator
    wrong = Locator(right.label, str(int(right.value) + 3))
    change = f"{wrong.label} {wrong.value} was cited instead of {right.value}"
    return Mutant(verdict.quotation.text, change, (Cited(match.key, wrong, cited[0].how),))


KINDS: Mapping[str, Maker] = {
    "word changed": _word_changed,
    "word added": _word_added,
    "clause left out without a mark": _clause_left_out,
    "two words swapped": _swapped,
    "negation dropped": _negation_dropped,
    "negation added": _negation_added,
    "modal verb changed": _modal_changed,
    "number changed": _number_changed,
    "name changed": _name_changed,
    "ellipsis in place of a negation": _ellipsis_hides,
    "two sources joined": _joined,
    "wrong source cited": _source_changed,
    WRONG_PLACE: _place_changed,
}
"""How quotations go wrong, and what makes one go so."""
