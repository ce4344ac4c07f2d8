"""Every guard on every path: no mark that an author may make hides a false word, and none fails.

A faithful quotation gets at most one falsification and any number of harmless dressings. The
falsified one never passes, the others always do. A full stop more has switched a checker's guards
off before: so the dressings are drawn in any combination.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.quoting import KEY, library, verdict

from pubtool.checker.evidence import Library
from pubtool.model import (
    SourceText,
    VerdictKind,
)
from pubtool.text.meaning import is_negation, is_number

SOURCE = """\
Article 4 of the Charter binds the keepers of the northern harbours. Each keeper shall light the
lamp at dusk, and shall not, without the leave of the board, quit the tower before the morning
bell. Only the elder of the two keepers may sell oil or rope to the pilots, and he recieves no
more than nine shillings for a cask. In thick weather the younger keeper sounds the horn every
twelve minutes until the fog lifts; he must never leave it to a child, unless the board has sent
one who is trained for the work.

The log is written up at noon by whoever has the watch. It names every vessel that enters, her
flag and her cargo, the pilot who brought her in, and the depth of water on the bar. Nobody but
the inspector may take it from the tower. The inspector comes in March and in October, reads the
log from the first page to the last, and counts the casks in the cellar; what he finds he
reports to the office in Penhallow, which has to answer him within thirty days. In the winter of
1831 the office did not answer at all, and the keepers were without oil for the greater part of
a month. The pilots lent them some, as old Rowse remembers, though they could hardly spare it,
and the lamp was kept burning every night but one.

Of the wreck on that night the log says little. A brig from Bergen with timber struck the outer
rocks at about four in the morning, in snow and with the wind in the north. Her master and seven
men were saved by the boat of the younger keeper, who went out three times alone. The board gave
him a watch, and his elder a reprimand; both can still be seen in the custom house, where they
hang side by side.
"""
SLIP = "recieves"
NEW = ("lantern", "gladly", "must", "eleven", "without", "Jonas", "upon", "colder")
STEADY = settings(max_examples=400, deadline=None, derandomize=True)


@dataclass(frozen=True)
class Draft:
    """A quotation in the making: its words, each with the marks that stand beside it."""

    words: tuple[str, ...]
    false: frozenset[int] = frozenset()
    """Numbers of the words at a falsification, which no ellipsis may leave out."""
    apart: bool = False
    """Whether a mark beside the falsification would make it good: dots where a word is gone."""
    ends: tuple[str, str] = ("", "")

    @property
    def text(self) -> str:
        return self.ends[0] + " ".join(word for word in self.words if word) + self.ends[1]


def core(word: str) -> str:
    return word.strip(".,;:()[]…’“” ").lower()


# --- Falsifications -------------------------------------------------------------------------------


def change(draft: Draft, at: int, new: str) -> Draft | None:
    if core(draft.words[at]) == core(new):
        return None
    return _with(draft, at, new)


def add(draft: Draft, at: int, new: str) -> Draft | None:
    words = (*draft.words[:at], new, *draft.words[at:])
    return replace(draft, words=words, false=frozenset({at}))


def leave_out(draft: Draft, at: int, _: str) -> Draft | None:
    """Leave a word out that another like it beside it does not make good."""
    near = {core(word) for word in draft.words[max(at - 1, 0) : at + 2 : 2]}
    if core(draft.words[at]) in near:
        return None
    words = draft.words[:at] + draft.words[at + 1 :]
    return replace(draft, words=words, false=frozenset({at - 1, at}), apart=True)


def deny(draft: Draft, at: int, _: str) -> Draft | None:
    """Leave out the negation nearest to a place."""
    places = [n for n in range(1, len(draft.words) - 1) if is_negation(core(draft.words[n]))]
    return leave_out(draft, min(places, key=lambda n: abs(n - at)), "") if places else None


def count(draft: Draft, at: int, _: str) -> Draft | None:
    """Change the number nearest to a place."""
    places = [n for n, word in enumerate(draft.words) if is_number(core(word))]
    return _with(draft, min(places, key=lambda n: abs(n - at)), "sixty") if places else None


def swap(draft: Draft, at: int, _: str) -> Draft | None:
    one, other = draft.words[at : at + 2]
    if core(one) == core(other):
        return None
    words = (*draft.words[:at], other, one, *draft.words[at + 2 :])
    return replace(draft, words=words, false=frozenset({at, at + 1}), apart=True)


def _with(draft: Draft, number: int, new: str) -> Draft:
    words = (*draft.words[:number], new, *draft.words[number + 1 :])
    return replace(draft, words=words, false=frozenset({number}))


FALSIFICATIONS = [change, add, leave_out, deny, count, swap]

# --- Dressings ------------------------------------------------------------------------------------


def stop(draft: Draft, _: int) -> Draft:
    return replace(draft, ends=(draft.ends[0], draft.ends[1] + "."))


def dots_before(draft: Draft, _: int) -> Draft:
    return replace(draft, ends=("… ", draft.ends[1]))


def dots_behind(draft: Draft, at: int) -> Draft:
    return replace(draft, ends=(draft.ends[0], f"{draft.ends[1]} {('…', '....', '[...]')[at % 3]}"))


def remark(draft: Draft, _: int) -> Draft:
    return replace(draft, ends=(draft.ends[0], draft.ends[1] + " [emphasis added]"))


def soft_hyphen(draft: Draft, at: int) -> Draft:
    word = draft.words[at]
    if len(word) < 5 or not word.isalpha():
        return draft
    return _dressed(draft, at, f"{word[:2]}\u00ad{word[2:]}")


def wrap(draft: Draft, at: int) -> Draft:
    return _dressed(draft, at, f"{draft.words[at]}\n")


def capital(draft: Draft, _: int) -> Draft:
    word = draft.words[0]
    if not word.isalpha() or len(word) < 2:
        return draft
    return _dressed(draft, 0, f"[{word[0].swapcase()}]{word[1:]}")


def sic(draft: Draft, _: int) -> Draft:
    if SLIP not in draft.words:
        return draft
    return _dressed(draft, draft.words.index(SLIP), f"{SLIP} [sic]")


def insertion(draft: Draft, at: int) -> Draft:
    """Put a bracket behind a word, apart from other marks."""
    near = {at, at + 1} if draft.apart else set()
    if near & draft.false or not _is_bare(draft, range(at - 1, at + 3)):
        return draft
    said = ("[the author]", "[that is, the tower]", "[Rowse]", "[the man […] of the harbour]")[
        at % 4
    ]
    return _dressed(draft, at, f"{draft.words[at]} {said}")


def ellipsis(draft: Draft, at: int) -> Draft:
    """Leave out one to three words, far enough from other marks for what stays to be telling."""
    end = at + 1 + at % 3
    if at < 4 or end > len(draft.words) - 5 or not _is_bare(draft, range(at - 4, end + 4)):
        return draft
    if draft.false & set(range(at - draft.apart, end + draft.apart)):
        return draft
    mark = ("…", "...", ". . .", "[…]", "* * *")[at % 5]
    words = (*draft.words[:at], mark, *draft.words[end:])
    moved = frozenset(n if n < at else n + 1 - (end - at) for n in draft.false)
    return replace(draft, words=words, false=moved)


def _is_bare(draft: Draft, numbers: range) -> bool:
    """Whether no mark of the author's stands at some words."""
    marks = "[…*\n\u00ad"
    near = draft.words[max(numbers.start, 0) : numbers.stop]
    return not any(c in word for word in near for c in marks) and not {"...", ". . ."} & set(near)


def _dressed(draft: Draft, at: int, word: str) -> Draft:
    return replace(draft, words=(*draft.words[:at], word, *draft.words[at + 1 :]))


DRESSINGS: list[Callable[[Draft, int], Draft]] = [
    stop, dots_before, dots_behind, remark, soft_hyphen, wrap, capital, sic, insertion, ellipsis,
]  # fmt: skip

Dressings = list[tuple[Callable[[Draft, int], Draft], int]]

# --- The properties -------------------------------------------------------------------------------


@st.composite
def faithful(draw: st.DrawFn) -> Draft:
    """Return eight to thirty words of one paragraph."""
    words = draw(st.sampled_from(SOURCE.split("\n\n"))).split()
    size = draw(st.integers(8, 30))
    first = draw(st.integers(0, len(words) - size))
    some = words[first : first + size]
    return Draft((*some[:-1], some[-1].rstrip(".,;:")))


dressed = st.lists(st.tuples(st.sampled_from(DRESSINGS), st.integers(0, 40)), max_size=6)


def dress(draft: Draft, dressings: Dressings) -> Draft:
    for apply, at in dressings:
        draft = apply(draft, at % len(draft.words))
    return draft


def judged(text: str) -> VerdictKind:
    return verdict(text, _library()).kind


@cache
def _library() -> Library:
    return library(SourceText(KEY, SOURCE))


@STEADY
@given(faithful(), dressed)
def test_dressings_alone_never_fail(draft: Draft, dressings: Dressings) -> None:
    text = dress(draft, dressings).text
    assert judged(text).passes, text


@pytest.mark.parametrize("falsify", FALSIFICATIONS, ids=lambda function: function.__name__)
@STEADY
@given(faithful(), st.integers(0, 40), st.sampled_from(NEW), dressed)
def test_no_dressing_hides_a_falsification(
    falsify: Callable[[Draft, int, str], Draft | None],
    draft: Draft,
    at: int,
    new: str,
    dressings: Dressings,
) -> None:
    false = falsify(draft, 1 + at % (len(draft.words) - 2), new)
    assume(false is not None)
    assert false is not None
    assume(" ".join(false.words) not in " ".join(SOURCE.split()))
    text = dress(false, dressings).text
    assert judged(text).fails, text


SWALLOWED = {word for word in map(core, SOURCE.split()) if is_negation(word) or is_number(word)}
SWALLOWED |= {"shall", "may", "must", "could", "only", "unless"}


@STEADY
@given(faithful(), st.integers(0, 40), dressed)
def test_no_bracket_swallows_what_the_sense_turns_on(
    draft: Draft, at: int, dressings: Dressings
) -> None:
    places = [n for n in range(1, len(draft.words) - 1) if core(draft.words[n]) in SWALLOWED]
    assume(places)
    number = places[at % len(places)]
    false = replace(
        draft, words=_dressed(draft, number, "[the man]").words, false=frozenset({number})
    )
    assert judged(dress(false, dressings).text).fails


@STEADY
@given(
    faithful(), st.integers(0, 40), st.sampled_from(["not", "never", "two", "[not]", "[nine]"]),
    dressed,
)  # fmt: skip
def test_no_dots_bring_a_word_in_on_which_the_sense_turns(
    draft: Draft, at: int, new: str, dressings: Dressings
) -> None:
    number = 2 + at % (len(draft.words) - 4)
    words = (*draft.words[:number], "…", new, "…", *draft.words[number:])
    false = replace(draft, words=words, false=frozenset({number, number + 1, number + 2}))
    assert judged(dress(false, dressings).text).fails


@STEADY
@given(faithful(), st.integers(0, 40), dressed)
def test_a_quotation_of_brackets_and_one_word_never_passes(
    draft: Draft, at: int, dressings: Dressings
) -> None:
    words = ["[the author]", "…", "[said]"]
    words.insert(at % 4, core(draft.words[at % len(draft.words)]))
    assume(core(words[at % 4]).isalpha())
    text = dress(Draft(tuple(words)), [d for d in dressings if d[0] in (stop, remark, wrap)]).text
    assert judged(text).fails, text


@STEADY
@given(faithful(), st.integers(0, 40), dressed)
def test_a_common_letter_makes_no_word_of_another(
    draft: Draft, at: int, dressings: Dressings
) -> None:
    words = [n for n, word in enumerate(draft.words) if word.isalpha() and len(word) > 5]
    assume(words)
    number = words[at % len(words)]
    false = replace(
        _dressed(draft, number, f"{draft.words[number][0]}[oves]"), false=frozenset({number})
    )
    assume(not draft.words[number].endswith("ing"))
    assert judged(dress(false, dressings).text).fails
