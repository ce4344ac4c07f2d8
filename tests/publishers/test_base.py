"""The base of a merge, put together from the digests of its blocks."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pubtool.publishers.wordpress.base import rebuild, remember_blocks
from pubtool.publishers.wordpress.remote import RemotePost
from pubtool.publishers.wordpress.state import Entry
from pubtool.publishers.wordpress.wanted import site_digests

POST = RemotePost(1, "t", "draft", "T", "", "", "", "", "", "https://example.org/t/", (), (), 0, 1)
words = st.lists(st.text("abc", min_size=1, max_size=3), max_size=6, unique=True)


def blocks(texts: list[str]) -> str:
    return "\n\n".join(f"<!-- wp:paragraph -->\n<p>{t}</p>\n<!-- /wp:paragraph -->" for t in texts)


def remembered(content: str, footnotes: str = "") -> Entry:
    post = replace(POST, content=content, footnotes=footnotes)
    return remember_blocks(Entry("m", id=1, back=site_digests(post)), post)


@given(words.filter(bool), st.sets(st.integers(0, 5)), st.sets(st.integers(0, 5)), words)
def test_what_either_side_has_left_is_the_base_again(
    base: list[str], ours: set[int], theirs: set[int], new: list[str]
) -> None:
    """A block that both have changed is told apart from all others, in its place."""
    here, there = (
        [f"{text}!" if at in changed else text for at, text in enumerate(base)]
        for changed in (ours, theirs)
    )
    added = [f"new {text}" for text in new]
    found = rebuild(remembered(blocks(base)), (blocks(here + added), ""), (blocks(there), ""))
    assert found is not None
    kept = found[0].split("\n\n")
    expected = blocks(base).split("\n\n")
    assert len(kept) == len(expected)
    for at, (got, wanted) in enumerate(zip(kept, expected, strict=True)):
        if at in ours and at in theirs:
            assert "[…]" in got
        else:
            assert got == wanted


def test_a_note_is_known_by_its_words_and_not_by_its_number() -> None:
    text = '<!-- wp:paragraph -->\n<p>A<sup data-fn="x" class="fn"><a href="#x">{}</a></sup></p>\n'
    text += "<!-- /wp:paragraph -->"
    notes = [{"content": "words", "id": "x"}]
    entry = remembered(text.format(1), json.dumps(notes))
    found = rebuild(entry, (text.format(2), json.dumps(notes)))
    assert found is not None
    assert found[0] == text.format(2)
    assert json.loads(found[1]) == notes
    other = rebuild(entry, (text.format(1), json.dumps([{"content": "others", "id": "x"}])))
    assert other is not None
    assert "[…]" in other[0]


def test_digests_of_another_text_are_of_no_use() -> None:
    entry = remembered(blocks(["a", "b"]))
    later = replace(entry, back={"content": "0123456789abcdef"})
    assert rebuild(later, (blocks(["a", "b"]), "")) is None
    assert remember_blocks(later, None).blocks == ""
    assert rebuild(replace(entry, blocks=""), (blocks(["a", "b"]), "")) is None
