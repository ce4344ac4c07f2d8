"""What must hold of every source and every quotation, whatever their words are.

The texts are made of a small vocabulary, so that words recur, places are alike and chance likeness
is common: harder than prose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.quoting import CHICAGO, KEY, library, quotation, verdict

from pubtool.checker.check import check_post
from pubtool.checker.differences import find_differences
from pubtool.checker.differences.compared import Compared
from pubtool.checker.elements import take_apart, take_text_apart
from pubtool.checker.evidence import Library
from pubtool.checker.index import index_source
from pubtool.checker.place import find_alignments
from pubtool.checker.place.align import lay_fragment
from pubtool.checker.place.candidates import exact_places
from pubtool.checker.place.likeness import substitution_cost
from pubtool.checker.verdict import Judgement
from pubtool.model import (
    Difference,
    Key,
    SourceText,
    Span,
    VerdictKind,
)
from pubtool.readers.post import read_post
from pubtool.system.pandoc import Pandoc
from pubtool.text.words import find_words

VOCABULARY = (
    "the the the a of of and and to in lamp horn keeper keeper’s tower harbour vessel pilot log "
    "oil dusk dawn shall may not no never only unless two twelve fifty night winter fog lights "
    "burns enters leaves reads finds first final office board custom officer file affluent flow "
    "coast point sailor weather master quay rope signal watch storm island channel current "
    "anchor north"
).split()
OTHER_VOCABULARY = "maple fiddle cousin garden velvet pepper museum tractor puzzle banjo".split()
NEW_WORDS = ["lighthouse", "seven", "without", "must", "Rowse", "gladly"]

STEADY = settings(max_examples=60, deadline=None, derandomize=True)
OTHER = Key("hale")


def texts_of(vocabulary: Sequence[str]) -> st.SearchStrategy[str]:
    """Return texts of three to eight sentences in some paragraphs."""
    words = st.lists(st.sampled_from(list(vocabulary)), min_size=5, max_size=14)
    joints = st.sampled_from([" ", " ", " ", ", ", " — ", "; "])
    sentence = st.builds(write_sentence, words, st.lists(joints, min_size=14, max_size=14))
    breaks = st.lists(st.sampled_from([" ", "\n", "\n\n"]), min_size=8, max_size=8)
    return st.builds(write_text, st.lists(sentence, min_size=3, max_size=8), breaks)


def write_sentence(words: list[str], joints: list[str]) -> str:
    text = words[0]
    for joint, word in zip(joints, words[1:], strict=False):
        text += joint + word
    return f"{text[0].upper()}{text[1:]}."


def write_text(sentences: list[str], breaks: list[str]) -> str:
    text = sentences[0]
    for gap, sentence in zip(breaks, sentences[1:], strict=False):
        text += gap + sentence
    return text


@st.composite
def passages(draw: st.DrawFn, least: int = 6, most: int = 16) -> tuple[str, Span]:
    """Return a text and the range of some whole words of it."""
    text = draw(texts_of(VOCABULARY))
    spans = [word.span for word in find_words(text)]
    count = draw(st.integers(least, min(most, len(spans))))
    first = draw(st.integers(0, len(spans) - count))
    return text, Span(spans[first].start, spans[first + count - 1].end)


def folds(text: str) -> list[str]:
    return [word.folded for word in find_words(text)]


def stands_in(words: list[str], text: str) -> bool:
    """Whether a run of words stands in a text: the slow, obvious search."""
    return _count(words, text) > 0


# --- What stands there ----------------------------------------------------------------------------


@STEADY
@given(passages())
def test_a_planted_slice_is_verbatim_at_its_range(planted: tuple[str, Span]) -> None:
    text, span = planted
    quoted = text[span.start : span.end]
    found = verdict(quoted, library(SourceText(KEY, text)))
    assert found.kind is VerdictKind.VERBATIM
    assert found.place is not None
    place = found.place.alignment.span
    places = [place, *(other.span for other in found.place.equals)]
    assert span in places
    assert folds(text[place.start : place.end]) == folds(quoted)


@STEADY
@given(passages(least=1, most=8))
def test_exact_places_are_those_of_the_slow_search(planted: tuple[str, Span]) -> None:
    text, span = planted
    words = folds(text[span.start : span.end])
    every = folds(text)
    obvious = [at for at in range(len(every)) if every[at : at + len(words)] == words]
    assert list(exact_places(words, index_source(SourceText(KEY, text)))) == obvious


# --- What does not --------------------------------------------------------------------------------


def change(text: str, at: int, new: str) -> str:
    """Return the text with another word in the place of word number `at`, marks and all kept."""
    span = _word(text, at)
    return f"{text[: span.start]}{new}{text[span.end :]}"


def add(text: str, at: int, new: str) -> str:
    start = _word(text, at).start
    return f"{text[:start]}{new} {text[start:]}"


def leave_out(text: str, at: int, new: str = "") -> str:
    """Return the text without a word and what stands between it and the next one."""
    return text[: _word(text, at).start] + text[_word(text, at + 1).start :]


def swap(text: str, at: int, new: str = "") -> str:
    one, other = _word(text, at), _word(text, at + 1)
    first, second = text[one.start : one.end], text[other.start : other.end]
    return f"{text[: one.start]}{second}{text[one.end : other.start]}{first}{text[other.end :]}"


def _word(text: str, at: int) -> Span:
    spans = [word.span for word in find_words(text)]
    return spans[at] if at < len(spans) else Span(len(text), len(text))


FALSIFICATIONS = [change, add, leave_out, swap]
DECORATIONS: list[Callable[[str], str]] = [
    lambda text: text,
    lambda text: f"{text}.",
    lambda text: f"{text}”",
    lambda text: f"{text} …",
    lambda text: f"… {text}",
    lambda text: text.replace("’", "'"),
    lambda text: text.replace(" ", "\n", 2),
    lambda text: f"[{text[0].upper()}]{text[1:]}",
    lambda text: text.replace("a", "a\u00ad", 1),
]


@pytest.mark.parametrize("falsify", FALSIFICATIONS, ids=lambda function: function.__name__)
@STEADY
@given(planted=passages(), at=st.integers(0, 15), new=st.sampled_from(NEW_WORDS), data=st.data())
def test_one_changed_word_never_passes(
    falsify: Callable[[str, int, str], str],
    planted: tuple[str, Span],
    at: int,
    new: str,
    data: st.DataObject,
) -> None:
    text, span = planted
    quoted = text[span.start : span.end]
    false = falsify(quoted, at % len(folds(quoted)), new)
    assume(not stands_in(folds(false), text))
    decorate = data.draw(st.sampled_from(DECORATIONS))
    found = verdict(decorate(false), library(SourceText(KEY, text)))
    assert found.kind.fails


@STEADY
@given(passages(), st.integers(1, 15), st.sampled_from(["not", "never", "two", "without"]))
def test_a_bracketed_negation_or_number_never_passes(
    planted: tuple[str, Span], at: int, new: str
) -> None:
    text, span = planted
    quoted = text[span.start : span.end]
    false = add(quoted, at % len(folds(quoted)), f"[{new}]")
    assume(not stands_in(folds(false), text))
    found = verdict(false, library(SourceText(KEY, text)))
    assert found.kind.fails


@STEADY
@given(passages(least=12), st.integers(3, 6))
def test_halves_in_another_order_never_pass(planted: tuple[str, Span], size: int) -> None:
    text, span = planted
    spans = [word.span for word in find_words(text[: span.end]) if word.span.start >= span.start]
    first = text[span.start : spans[size - 1].end]
    last = text[spans[-size].start : span.end]
    assume(all(_count(folds(half), text) == 1 for half in (first, last)))
    assert verdict(f"{first} … {last}", library(SourceText(KEY, text))).kind.passes
    assert verdict(f"{last} … {first}", library(SourceText(KEY, text))).kind.fails


def _count(words: list[str], text: str) -> int:
    every = folds(text)
    return sum(every[at : at + len(words)] == words for at in range(len(every)))


# --- What changes nothing -------------------------------------------------------------------------

TYPOGRAPHY: dict[str, Callable[[str], str]] = {
    "straight": lambda text: text.replace("’", "'"),
    "wrapped": lambda text: re.sub(r" (\w+) ", r" \1" + "\n", text),
    "no-break space": lambda text: text.replace(" ", "\u00a0"),
    "dashes": lambda text: text.replace(" — ", "--"),
    "en dashes": lambda text: text.replace("—", "–"),
    "ligatures": lambda text: text.replace("ffl", "ﬄ").replace("ffi", "ﬃ").replace("fi", "ﬁ"),
    "soft hyphens": lambda text: re.sub(r"(\w\w)(\w\w)", "\\1\u00ad\\2", text),
    "hyphens at line ends": lambda text: re.sub(
        r"\b(keep|har|ves)(er|bour|sel)", "\\1-\n\\2", text
    ),
    "a final mark": lambda text: f"{text},",
}


@pytest.mark.parametrize("name", TYPOGRAPHY)
@settings(STEADY, max_examples=25)
@given(planted=passages(), at=st.integers(0, 15), new=st.sampled_from(["", *NEW_WORDS]))
def test_typography_never_changes_a_verdict(
    name: str, planted: tuple[str, Span], at: int, new: str
) -> None:
    text, span = planted
    quoted = text[span.start : span.end]
    if new:
        quoted = change(quoted, at % len(folds(quoted)), new)
    shelf = library(SourceText(KEY, text))
    set_otherwise = TYPOGRAPHY[name]
    assert verdict(set_otherwise(quoted), shelf).kind is verdict(quoted, shelf).kind
    other_shelf = library(SourceText(KEY, set_otherwise(text)))
    assert verdict(quoted, other_shelf).kind is verdict(quoted, shelf).kind


@STEADY
@given(
    passages(),
    texts_of(OTHER_VOCABULARY),
    st.integers(0, 15),
    st.sampled_from(["", *NEW_WORDS]),
    st.sampled_from([KEY, None]),
)
def test_an_unrelated_source_never_changes_a_verdict(
    planted: tuple[str, Span], unrelated: str, at: int, new: str, key: Key | None
) -> None:
    text, span = planted
    quoted = text[span.start : span.end]
    if new:
        quoted = change(quoted, at % len(folds(quoted)), new)
    alone = verdict(quoted, library(SourceText(KEY, text)), key)
    both = verdict(quoted, library(SourceText(KEY, text), SourceText(OTHER, unrelated)), key)
    assert (alone.kind, alone.reason) == (both.kind, both.reason)
    assert _span(alone) == _span(both)


def _span(judgement: Judgement) -> Span | None:
    return judgement.place.alignment.span if judgement.place else None


@settings(STEADY, max_examples=20)
@given(passages(), st.lists(st.sampled_from(["Filler.", "# Head", "- item", "Tell."]), max_size=4))
def test_moving_a_quotation_about_never_changes_its_verdict(
    planted: tuple[str, Span], before: list[str]
) -> None:
    text, span = planted
    quoted = " ".join(text[span.start : span.end].split())
    plain = f"He has “{quoted}” [@{KEY}].\n"
    moved = "\n\n".join([*before, plain, "The end."])
    shelf = library(SourceText(KEY, text))
    one, other = (_check(source, shelf) for source in (plain, moved))
    assert len(one) == 1
    assert one == other


def _check(source: str, shelf: Library) -> list[tuple[object, ...]]:
    post = read_post("post.md", source, _pandoc().parse(source, "post.md"))
    report = check_post(post, shelf, CHICAGO)
    return [
        (
            v.quotation.id,
            v.kind,
            v.match,
            [d.kind for d in v.differences],
            [f.code for f in v.findings],
        )
        for v in report.verdicts
    ]


@lru_cache(maxsize=1)
def _pandoc() -> Pandoc:
    return Pandoc()


@pytest.fixture(scope="module", autouse=True)
def _close_pandoc() -> Iterator[None]:
    yield
    _pandoc().close()
    _pandoc.cache_clear()


# --- What the differences say ---------------------------------------------------------------------


@STEADY
@given(
    passages(),
    st.lists(
        st.tuples(st.sampled_from([change, add, leave_out]), st.integers(0, 15)),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from(["", "…", "[the man]"]),
)
def test_replaying_the_differences_turns_the_quotation_into_the_passage(
    planted: tuple[str, Span],
    edits: list[tuple[Callable[[str, int, str], str], int]],
    mark: str,
) -> None:
    text, span = planted
    edited = text[span.start : span.end]
    for edit, at in edits:
        edited = edit(edited, at % len(folds(edited)), "lighthouse")
    if mark:
        edited = add(edited, len(folds(edited)) // 2, mark)
    quoted = quotation(edited)
    elements = take_apart(quoted)
    part = index_source(SourceText(KEY, text))
    for alignment in find_alignments(elements, part)[:1]:
        found = find_differences(Compared(quoted, elements, alignment, CHICAGO))
        assume(_in_order(found))
        passage = text[alignment.span.start : alignment.span.end]
        assert "".join(folds(_replay(quoted.text, found))) == "".join(folds(passage))


def _in_order(differences: Sequence[Difference]) -> bool:
    """Whether nothing was moved: what was has two places, and replays at neither alone."""
    places = [d.there.start for d in differences if d.source]
    return places == sorted(places) and all(d.code != "Q122" for d in differences)


def _replay(quoted: str, differences: Sequence[Difference]) -> str:
    for one in sorted(differences, key=lambda d: d.at, reverse=True):
        quoted = f"{quoted[: one.at.start]} {one.source} {quoted[one.at.end :]}"
    return quoted


# --- The aligner ----------------------------------------------------------------------------------

ALIKE = (
    "light house lighthouse keeper keepers e mail email colour color the a lamp lamps café cafe"
).split()
_ADDED, _OTHER, _LEFT_OUT, _JOINED = 101, 100, 62, 8


@settings(STEADY, max_examples=150)
@given(
    st.lists(st.sampled_from(ALIKE), min_size=1, max_size=7),
    st.lists(st.sampled_from(ALIKE), min_size=1, max_size=14),
)
def test_the_aligner_agrees_with_the_textbook(quoted: list[str], source: list[str]) -> None:
    elements = take_text_apart(" ".join(quoted))
    part = index_source(SourceText(KEY, " ".join(source)))
    lay = lay_fragment(elements, range(len(quoted)), part, (0, len(source)))
    assert lay is not None
    assert lay.cost == _least_cost(tuple(quoted), tuple(source))
    assert [n for step in lay.steps for n in step.quoted] == list(range(len(quoted)))
    assert [n for step in lay.steps for n in step.source] == list(range(lay.first, lay.end))


def _least_cost(quoted: tuple[str, ...], source: tuple[str, ...]) -> int:
    """Return the cost of the best lay by plain recursion: Sellers's distance with free ends."""

    @cache
    def cost(i: int, j: int) -> int:
        if i == 0:
            return 0
        choices = [cost(i - 1, j) + _ADDED]
        if j >= 1:
            choices.append(cost(i, j - 1) + _LEFT_OUT)
            choices.append(cost(i - 1, j - 1) + _read_as(quoted[i - 1], source[j - 1]))
        if j >= 2 and quoted[i - 1] == source[j - 2] + source[j - 1]:
            choices.append(cost(i - 1, j - 2) + _JOINED)
        if i >= 2 and j >= 1 and quoted[i - 2] + quoted[i - 1] == source[j - 1]:
            choices.append(cost(i - 2, j - 1) + _JOINED)
        return min(choices)

    return min(cost(len(quoted), j) for j in range(len(source) + 1))


def _read_as(one: str, other: str) -> int:
    if one == other:
        return 0
    alike = one[0] == other[0] or one[-1] == other[-1]
    return substitution_cost(one, other) if alike else _OTHER
