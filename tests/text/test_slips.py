"""Which words of a text a writer may mark with [sic], though a dictionary has them."""

from __future__ import annotations

import pytest

from pubtool.text.dictionary import is_known
from pubtool.text.slips import may_be_slip

MARKED = [
    "he *were* there", "they *has* it", "give it to *i*", "for *who* it tolls", "*them* oil casks",
    "the *the* lamp", "the lamp *lamp*",
    "lost *it's* way", "the wrong *affect*", "rather *then* later", "should *of* gone",
    "*your* welcome", "the *principle* pilot", "will *loose* it", "can *not* go",
    "the rights of *man*", "every *chairman* may", "all *mankind* shall",
    "in *1831* the", "the *third* mate", "on *monday* the",
    "he *sheweth* it", "in *gaol* for", "the *honour* of",
    "the *keeper's* work", "an' he *goin'* off",
    "the molten *sliver* is", "a *casual* link",
    "three *ship* came", "a *boats* came", "he *walk* home", "they *walks* home",
    "it could *keeps*",
    "ships *is* lost", "they *was* lost", "i *seen* it", "in *there* house", "and *their* is a",
    "more *then* one", "it is *to* late", "lost *its* a", "for *we* all",
]  # fmt: skip
SOUND = [
    "he shall *light* the lamp", "the *lamp* is lit", "three *ships* came", "a *boat* came",
    "he *walks* home", "they *walk* home", "he *gladly* walks", "until *dawn* the",
    "the horn *beneath* it", "and *glass* and", "this *glass* broke", "the old *keeper* naps",
    "ships *which* sail", "as *where* it", "of *their* oil", "that *there* was", "the *number* of",
    "a *great* storm", "the boat *was* lost", "we *were* there", "had *been* lost",
    "left *then* the",
    "came *to* the", "lost *its* way", "men *whose* oil", "what they *have* said", "kept *them* in",
]  # fmt: skip


def _may_be_slip(marked: str) -> bool:
    words = marked.split()
    at = next(n for n, word in enumerate(words) if word.startswith("*"))
    words[at] = words[at].strip("*")

    def is_english(word: str) -> bool:
        return is_known(word, ["English"])

    return may_be_slip(words, at, is_english, is_usual=False)


@pytest.mark.parametrize("marked", MARKED)
def test_a_word_that_may_be_marked(marked: str) -> None:
    assert _may_be_slip(marked)


@pytest.mark.parametrize("marked", SOUND)
def test_a_word_that_may_not(marked: str) -> None:
    assert not _may_be_slip(marked)


@pytest.mark.parametrize(
    ("words", "slip"),
    [
        ("but which are", False),
        ("the causal link", False),
        ("should of signed", True),
        ("the the lamp", True),
        ("lost it's effect", True),
        ("it hath been", True),
    ],
)
def test_a_word_that_is_usual_where_it_stands_is_not_taken_for_another(
    words: str,
    slip: bool,  # noqa: FBT001
) -> None:
    def is_english(word: str) -> bool:
        return is_known(word, ["English"])

    assert may_be_slip(words.split(), 1, is_english, is_usual=True) is slip
