"""weaving: what both sides did to a post is in it, and nothing that either did is lost."""

from __future__ import annotations

from random import Random

import pytest

from pubtool.readers.wordpress.merging import Edited
from pubtool.readers.wordpress.weaving import Woven, weave


def page(letters: str) -> Edited:
    """Return a content of one paragraph a letter."""
    blocks = [f"<!-- wp:paragraph -->\n<p>{one}</p>\n<!-- /wp:paragraph -->" for one in letters]
    return Edited("\n\n".join(blocks), {})


def letters(woven: Woven) -> str:
    return "".join(piece[0] for piece in woven.edited.content.split("<p>")[1:])


CASES = [
    # base, ours, theirs, woven, taken, clashes
    ("abcd", "abcd", "abcd", "abcd", 0, 0),
    ("abcd", "Abcd", "abcd", "Abcd", 0, 0),
    ("abcd", "abcd", "abcD", "abcD", 1, 0),
    ("abcd", "Abcd", "abcD", "AbcD", 1, 0),
    ("abcd", "aBcd", "abCd", "aBCd", 1, 0),
    ("abcd", "aBcd", "aXcd", "aBcd", 0, 1),
    ("abcd", "aBcd", "aBcd", "aBcd", 0, 0),
    ("abcd", "xabcd", "abcdy", "xabcdy", 1, 0),
    ("abcd", "acd", "abcD", "acD", 1, 0),
    ("abcd", "abcD", "acd", "acD", 1, 0),
    ("abcd", "acd", "acd", "acd", 0, 0),
    ("abcd", "acd", "aXcd", "acd", 0, 1),
    ("abcd", "abxcd", "abycd", "abxcd", 0, 1),
    ("abcd", "abxcd", "abxcd", "abxcd", 0, 0),
    ("abcd", "xyabcD", "Abcd", "xyabcD", 0, 1),
    ("abcdef", "xyabcdeF", "abcDef", "xyabcDeF", 1, 0),
    ("abcdef", "aBcdef", "aXcdEf", "aBcdEf", 1, 1),
]


@pytest.mark.parametrize(("base", "ours", "theirs", "woven", "taken", "clashes"), CASES)
def test_blocks_are_woven(  # noqa: PLR0917 - the columns of a table
    base: str, ours: str, theirs: str, woven: str, taken: int, clashes: int
) -> None:
    found = weave(page(base), page(ours), page(theirs))
    assert (letters(found), found.taken, found.clashes) == (woven, taken, clashes)


@pytest.mark.parametrize("seed", range(300))
def test_no_edit_is_lost(seed: int) -> None:
    random = Random(seed)
    base = "abcdefgh"[: random.randint(1, 8)]

    def edit(fresh: str) -> str:
        said = list(base)
        for sign in fresh[: random.randint(0, 3)]:
            at = random.randrange(len(said) + 1)
            said[at : at + random.randint(0, 1)] = [sign] * random.randint(0, 1)
        return "".join(said)

    ours, theirs = edit("ABC"), edit("XYZ")
    found = weave(page(base), page(ours), page(theirs))
    said = letters(found)
    assert set(ours) - set(base) <= set(said), "ours are always there"
    if not found.clashes:
        assert set(theirs) - set(base) <= set(said)
        gone = (set(base) - set(ours)) | (set(base) - set(theirs))
        assert not gone & set(said)
