"""``published/SITE.lock`` is read back as it was written, merges, and names what is broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtool.errors import BadLock
from pubtool.publishers.wordpress.state import (
    Entry,
    Rendering,
    State,
    Upload,
    read_state,
    render_state,
)

LOCK = "published/blog.lock"
SHA = "a" * 64
GOOD = f"""\
site = "https://example.org"

[media.{SHA}]
id = 3
url = "https://example.org/x.png"

[posts."posts/a.md"]
back.content = "0123"
id = 7
marker = "m"
sent.content = "0123"
"""

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
filled = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
digests = st.dictionaries(st.sampled_from(["title", "content", "tags"]), filled, max_size=3)
entries = st.builds(
    Entry,
    marker=filled,
    id=st.integers(1, 10**9),
    link=words,
    modified=words,
    deleted=st.booleans(),
    back=digests,
    pending=st.dictionaries(st.sampled_from(["title", "content", "tags"]), words, max_size=3),
    sent=digests,
)
uploads = st.builds(
    Upload,
    id=st.integers(1, 10**9),
    url=filled,
    slug=words,
    width=st.integers(0, 9999),
    height=st.integers(0, 9999),
    of=words,
    words=words,
)
shas = st.text("0123456789abcdef", min_size=64, max_size=64)
states = st.builds(
    State,
    site=words,
    posts=st.dictionaries(words, entries, max_size=4),
    media=st.dictionaries(shas, uploads, max_size=3),
)


@given(states)
def test_what_is_written_is_read_back(state: State) -> None:
    assert read_state(render_state(state), LOCK) == state


@given(states, states)
def test_a_rendering_forgets_what_has_changed(first: State, second: State) -> None:
    rendering = Rendering()
    for state in (first, second, first):
        assert rendering.text(state) == render_state(state)


@given(states)
def test_the_same_state_is_the_same_text_in_whatever_order(state: State) -> None:
    turned = State(
        state.site,
        dict(reversed(list(state.posts.items()))),
        dict(reversed(list(state.media.items()))),
    )
    assert render_state(turned) == render_state(state)


def test_one_changed_post_is_a_change_in_its_own_lines() -> None:
    entry = Entry("m", id=1, sent={"title": "1", "content": "2"}, back={"title": "1"})
    state = State("https://example.org", {f"posts/{n}.md": entry for n in range(9)})
    changed = state.with_post("posts/4.md", Entry("m", id=1, sent={"title": "9"}, back={}))
    before, after = render_state(state).splitlines(), render_state(changed).splitlines()
    table = before.index('[posts."posts/4.md"]')
    assert before[:table] == after[:table]
    following = before.index('[posts."posts/5.md"]')
    assert before[following:] == after[after.index('[posts."posts/5.md"]') :]


def test_a_file_in_order_is_read() -> None:
    state = read_state(GOOD, LOCK)
    assert state.site == "https://example.org"
    assert state.posts["posts/a.md"] == Entry(
        "m", id=7, back={"content": "0123"}, sent={"content": "0123"}
    )
    assert state.media[SHA] == Upload(3, "https://example.org/x.png")


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("id = 7", "<<<<<<< ours", 9, "not TOML"),
        ("id = 7", "", 7, "no `id`"),
        ("id = 7", 'id = "7"', 7, "`id` of posts/a.md is not what it should be"),
        ("id = 7", "id = true", 7, "`id` of posts/a.md"),
        ("id = 7", "id = -7", 7, "`id` of posts/a.md"),
        ('marker = "m"', "", 7, "no `marker`"),
        ("sent.content", "snt.content", 7, "unknown entry `snt`"),
        ('sent.content = "0123"', "sent.content = 1", 7, "`sent` of posts/a.md"),
        (SHA, "abc", 3, "no SHA-256"),
        ("url = ", "of = ", 3, "no `url`"),
        ("[media", "[images", 3, "nothing called `images`"),
        ('site = "https://example.org"', "site = 3", 1, "`site` is not a text"),
    ],
)
def test_a_broken_file_is_named_with_the_line_and_the_mend(
    old: str, new: str, line: int, said: str
) -> None:
    assert old in GOOD
    with pytest.raises(BadLock) as error:
        read_state(GOOD.replace(old, new), LOCK)
    assert str(error.value).startswith(f"{LOCK}:{line}: ")
    assert said in str(error.value)
    assert "take it back from version control" in str(error.value)
