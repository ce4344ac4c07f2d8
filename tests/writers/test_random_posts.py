"""Posts of every construct in every other: whatever they hold, the blocks are sound.

The block editors of two WordPress versions are asked too, where they are at hand.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from tests.random_posts import random_posts
from tests.wordpress.files import EDITIONS, Edition, Missing
from tests.wordpress.judge import judge_all

from pubtool.model import Article, Document, Node
from pubtool.writers.ast import change, collect, element
from pubtool.writers.citations import references, resolve
from pubtool.writers.csl.styles import read_style
from pubtool.writers.facts import cited_keys
from pubtool.writers.posting import outgoing

DELIMITER = re.compile(r"<!-- (/?)wp:([a-z-]+)[^>]*?(/?)-->")
REFERENCE = re.compile(r'<sup data-fn="([^"]+)"')


def outermost(blocks: str) -> int:
    """Return how many blocks there are at the outermost level; fail where one is left open."""
    opened: list[str] = []
    count = 0
    for end, name, void in DELIMITER.findall(blocks):
        if end:
            assert opened.pop() == name
        else:
            count += not opened
            if not void:
                opened.append(name)
    assert opened == []
    return count


@pytest.fixture(scope="module")
def posts() -> list[str]:
    return list(random_posts(60, seed=9))


@pytest.mark.parametrize("number", range(60))
def test_a_random_post(number: int, posts: Any, post: Any, material: Any, pandoc: Any) -> None:
    text = posts[number]
    checked = post(text)
    given = material(checked, files={"posts/box.png": b"1"})
    found = outgoing(given, given.site.every[0], pandoc).write({}, {})
    assert outermost(found.blocks) == len(found.lines)
    lines = text.count("\n") + 1
    assert all(0 <= line <= lines for line in found.lines)
    assert [line for line in found.lines if line] == sorted(line for line in found.lines if line)
    assert all(0 < entry.line <= lines for entry in found.fallbacks)
    notes = json.loads(found.footnotes or "[]")
    assert [note["id"] for note in notes] == REFERENCE.findall(found.blocks)
    assert not any(REFERENCE.search(note["content"]) for note in notes)
    assert_no_word_is_lost(checked.document, given, found, pandoc)


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
def test_the_editors_take_random_posts_for_their_own(
    edition: Edition, posts: Any, post: Any, material: Any, pandoc: Any
) -> None:
    try:
        if not edition.htdocs.exists():
            raise Missing("its files")
        judge_all(edition.htdocs, [])
    except Missing as missing:
        pytest.skip(f"no editor of WordPress {edition.name}: missing {missing}")
    texts = []
    for text in posts[:30]:
        given = material(post(text), files={"posts/box.png": b"1"})
        texts.append(outgoing(given, given.site.every[0], pandoc).write({}, {}).blocks)
    judgements = judge_all(edition.htdocs, texts)
    for text, judgement in zip(texts, judgements, strict=True):
        assert judgement.current, "\n".join(judgement.issues)
        assert judgement.saved == text.strip() or not edition.newest


def assert_no_word_is_lost(document: Document, given: Any, found: Article, pandoc: Any) -> None:
    entries = references(cited_keys(document), given.bibliography)
    style = read_style("chicago-notes-bibliography", None)
    written = resolve(document, entries, style, "en-US", pandoc)
    kept = change(written.ast["blocks"], unseen)
    leaves = [node["c"] for node in collect(kept, frozenset({"Str"}))]
    text = re.sub(r"<[^>]*>", "", found.blocks + found.footnotes.replace('\\"', '"'))
    for word in {word for leaf in leaves for word in re.findall(r"[a-z]{3,}", leaf)}:
        assert text.count(word) >= sum(leaf.count(word) for leaf in leaves), word


def unseen(node: Node) -> list[Node] | None:
    """What an image says is an attribute in HTML; what leads in a caption goes."""
    return [] if node["t"] == "Image" or node == element("Str", "Table:") else None
