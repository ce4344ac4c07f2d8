"""The index's file format: what was written is found again, and nothing else is believed."""

from __future__ import annotations

import numpy as np
import pytest

from pubtool.checker.index import build_index
from pubtool.checker.index.seeds import read_seeds
from pubtool.checker.index.segment import BadSegment, Segment, as_seeds, write_segment
from pubtool.checker.index.sixes import SIX, sixes_of
from pubtool.checker.index.stretches import find_stretches, find_stretches_within
from pubtool.model import Key, SourceText
from pubtool.text.words import read_words

HARBOUR = SourceText(Key("harbour"), "The keeper shall light the lamp at dusk, café or no café.")
CELLAR = SourceText(
    Key("cellar"), "Oil is stored in the cellar below the stairs — “always”. 日本語の文"
)


def written() -> bytes:
    return write_segment([(HARBOUR, "a"), (CELLAR, "b")])


def test_a_segment_gives_back_its_texts() -> None:
    segment = Segment(memoryview(written()))
    assert [segment.source(number) for number in range(2)] == [HARBOUR, CELLAR]
    assert [segment.digest(number) for number in range(2)] == ["a", "b"]


def test_each_source_has_its_own_sixes() -> None:
    """Of words as `read_words` reads them: by its numbers they are looked at."""
    segment = Segment(memoryview(written()))
    for number, source in enumerate((HARBOUR, CELLAR)):
        values = sixes_of(read_words(source.text).folded)
        seeds = as_seeds(values, np.zeros(len(values), np.uint32))
        low, high = segment.sixes.narrowed(seeds, *segment.sixes.runs(seeds))
        assert (high - low).tolist() == [1] * len(values)
        first = int(segment.words[number])
        assert segment.sixes.places[low].tolist() == [*range(first, first + len(values))]
    assert segment.words.tolist() == [0, len(read_words(HARBOUR.text).folded)]
    assert len(sixes_of(read_words(HARBOUR.text).folded)) == 12 - SIX + 1


@pytest.mark.parametrize("kept", [0, 7, 30, 200, -1])
def test_a_torn_segment_is_refused(kept: int) -> None:
    with pytest.raises(BadSegment):
        Segment(memoryview(written()[:kept]))


@pytest.mark.parametrize("at", [0, 9, 17, 60])
def test_a_segment_with_another_head_is_refused(at: int) -> None:
    data = bytearray(written())
    data[at] ^= 1
    with pytest.raises(BadSegment):
        Segment(memoryview(bytes(data)))


def test_a_text_that_is_not_what_was_written_is_refused() -> None:
    data = written().replace(b"shall light", b"shall sight")
    with pytest.raises(BadSegment):
        Segment(memoryview(data)).source(0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It indi-\ncates the way", "It indicates the way"),
        ("It indi- cates the way", "It indicates the way"),
        ("It indi\u00ad\ncates the way", "It indicates the way"),
        ("the ﬁrst oﬃce of all", "the first office of all"),
        ("the café’s wiſh for Straße", "the cafe's wish for strasse"),
        ("a well-known co-operation", "a wellknown cooperation"),
        ("persons12 who 3 came¹ then", "persons who came then"),
    ],
)
def test_what_typesetting_and_text_layers_change_leaves_the_seeds(one: str, other: str) -> None:
    first, second = read_seeds(one), read_seeds(other)
    assert first.pairs.tolist() == second.pairs.tolist()


def test_a_seed_tells_where_its_pair_begins() -> None:
    text = "Oﬃcers, light — the lamp"
    starts = read_seeds(text).starts.tolist()
    assert [text[start:].split(maxsplit=1)[0] for start in starts] == ["Oﬃcers,", "light", "the"]


def test_a_stretch_lies_within_its_source() -> None:
    index = build_index([HARBOUR, CELLAR])
    (found,) = find_stretches(["shall light the lamp at dusk"], index)
    assert [(stretch.key, stretch.span.start) for stretch in found] == [("harbour", 0)]
    assert found[0].span.end == len(HARBOUR.text)


def test_texts_that_are_looked_up_together_do_not_touch() -> None:
    index = build_index([HARBOUR, CELLAR])
    asked = ["keeper shall light", "the cellar below the stairs", "light the lamp", "no such words"]
    alone = [find_stretches([text], index)[0] for text in asked]
    assert find_stretches(asked, index) == alone


def test_a_source_of_its_own_is_looked_up_for_each_text() -> None:
    index = build_index([HARBOUR, CELLAR])
    asked = ["the cellar below the stairs", "the cellar below the stairs", "no such words"]
    keys = [CELLAR.key, HARBOUR.key, CELLAR.key]
    found = find_stretches_within(asked, keys, index)
    assert [[stretch.key for stretch in some] for some in found] == [["cellar"], [], []]
    for text, key, some in zip(asked, keys, found, strict=True):
        assert find_stretches_within([text], [key], index) == [some]
