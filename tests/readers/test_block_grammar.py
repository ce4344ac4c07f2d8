"""The grammar of block markup, as WordPress's own parser takes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtool.readers.wordpress.grammar import Block, Piece, parse, serialise


def shape(pieces: tuple[Piece, ...]) -> list[object]:
    return [p if isinstance(p, str) else [p.name, *shape(p.inner)] for p in pieces]


SHAPES = [
    ("text", ["text"]),
    ("<!-- wp:more /-->", [["more"]]),
    ("a<!-- wp:core/a -->b<!-- /wp:core/a -->c", ["a", ["a", "b"], "c"]),
    ("<!-- wp:x/a --><!-- wp:b -->c<!-- /wp:b --><!-- /wp:x/a -->", [["x/a", ["b", "c"]]]),
    ("<!-- wp:a -->b<!-- /wp:z -->c", [["a", "b"], "c"]),
    ("a<!-- /wp:b -->c<!-- wp:d /-->", ["a<!-- /wp:b -->c<!-- wp:d /-->"]),
    ("<!-- wp:a --><!-- wp:b -->c", [["a", ["b", "c"]]]),
    ("<!-- /wp:a /-->", [["a"]]),
    ("<!--wp:a /-->", ["<!--wp:a /-->"]),
    ("<!-- wp:A /-->", ["<!-- wp:A /-->"]),
]


@pytest.mark.parametrize(("content", "expected"), SHAPES)
def test_shapes(content: str, expected: list[object]) -> None:
    assert shape(parse(content)) == expected


ATTRIBUTES = [
    ('<!-- wp:a {"b":"}","c":{"d":[1]}} /-->', {"b": "}", "c": {"d": [1]}}),
    ('<!-- wp:a {"b":"\\u002d\\u002d\\u003e"} -->x<!-- /wp:a -->', {"b": "-->"}),
    ("<!-- wp:a {broken} /-->", {}),
    ("<!-- wp:a {} /-->", {}),
    ("<!-- wp:a /-->", {}),
]


@pytest.mark.parametrize(("content", "expected"), ATTRIBUTES)
def test_attributes(content: str, expected: dict[str, object]) -> None:
    (block,) = parse(content)
    assert isinstance(block, Block)
    assert block.attributes == expected


PIECES = st.sampled_from(
    [
        "<!-- wp:paragraph -->",
        "<!-- /wp:paragraph -->",
        '<!-- wp:list {"ordered":true} -->',
        "<!-- /wp:list -->",
        "<!-- wp:x/y {broken /-->",
        "<!-- wp:more /-->",
        "<!--",
        "-->",
        "<p>words</p>",
        "\n\n",
        "{}",
    ]
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join))
def test_nothing_is_lost(content: str) -> None:
    assert serialise(parse(content)) == content


def test_a_place_is_where_the_block_begins() -> None:
    text, block = parse("abc<!-- wp:more /-->")
    assert isinstance(block, Block)
    assert (text, block.start) == ("abc", 3)
