"""Front matter that is written says, when it is read, what it was written from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pubtool.model import IMPORTED, FrontMatter, SeriesPart
from pubtool.readers.front_matter import read_front_matter
from pubtool.writers.front_matter import write_front_matter

LINES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x85\u2028\u2029"), max_size=30
).map(str.strip)
NAMES = LINES.filter(bool)
LISTS = st.lists(NAMES, max_size=3, unique=True).map(tuple)
HOSTILE = st.sampled_from(
    [
        "yes",
        "null",
        "1984",
        "a: b",
        "- x",
        "#",
        "'",
        '"',
        "\\",
        "---",
        "...",
        "{a}",
        "[b]",
        "&a",
        "*b",
    ]
)
TEXTS = LINES | HOSTILE

FRONTS = st.builds(
    FrontMatter,
    title=TEXTS,
    date=st.sampled_from(["", "2026-05-03", "2026-05-03T10:00:00+02:00"]),
    slug=st.sampled_from(["a-slug", "ünïcode", "1984", "yes"]),
    status=st.sampled_from(["draft", "publish", "future", "private"]),
    authors=LISTS,
    series=st.lists(st.builds(SeriesPart, NAMES, st.none() | st.integers(1, 99)), max_size=2).map(
        tuple
    ),
    categories=LISTS,
    tags=st.lists(NAMES | HOSTILE, max_size=3).map(tuple),
    excerpt=TEXTS,
    other=st.just(()) | st.builds(lambda link: ((IMPORTED, {"id": 7, "link": link}),), NAMES),
)


@given(FRONTS)
def test_what_is_written_is_read(front: FrontMatter) -> None:
    read, findings = read_front_matter("posts/a.md", write_front_matter(front) + "\nText.\n")
    assert findings == ()
    assert read == front
