"""The search index: which words are found in which posts, and how much a query loads."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from pubtool.system.pandoc import Pandoc
from pubtool.writers.export import Material, plan_jobs
from pubtool.writers.html.notes import reference
from pubtool.writers.search import (
    LONGEST,
    MOST,
    SHARD,
    Shown,
    add_words,
    build_index,
    count_words,
    split_words,
)

FOLDED = [
    ("L’été naïve", ["l", "ete", "naive"]),
    ("STRASSE Straße", ["strasse", "strasse"]),
    ("Łódź Øre Ægir", ["lodz", "ore", "aegir"]),
    ("İstanbul ısı", ["istanbul", "isi"]),
    ("Σίσυφος", ["σισυφοσ"]),
    ("Её й", ["ее", "и"]),
    ("שָׁלוֹם", ["שלום"]),
    ("كِتَابٌ مُـحَمَّد", ["كتاب", "محمد"]),
    ("हिन्दी में", ["हिन्दी", "में"]),
    ("日本語 法", ["日本", "本語", "語", "法"]),
    ("ภาษาไทย", ["ภา", "าษ", "ษา", "าไ", "ไท", "ทย", "ย"]),
    ("한국어", ["한국어"]),
    ("Silben\u00adtrennung می\u200cخواهم", ["silbentrennung", "میخواهم"]),
    ("ﬁne x² a_b don't", ["fine", "x2", "a", "b", "don", "t"]),
    ("art. 3(a)–(c), 2026-05-03", ["art", "3", "a", "c", "2026", "05", "03"]),
    ("x" * 60, ["x" * LONGEST]),
    ("… — !", []),
]


@pytest.mark.parametrize(("text", "words"), FOLDED)
def test_words_are_folded_and_cut(text: str, words: list[str]) -> None:
    assert list(split_words(text)) == words


def test_a_word_weighs_by_where_it_stands() -> None:
    html = (
        '<h2 id="x">Lamp <em>oil</em></h2>\n<p>A lamp, a lamp, a lamp, a lamp; wi&shy;ck &amp; wax'
        f"{reference(1)}.</p>"
        '<button class="mark">no</button><!-- never -->'
    )
    assert count_words(html) == {
        "lamp": 6,
        "oil": 3,
        "a": 3,
        "wick": 1,
        "wax": 1,
    }
    added = add_words(count_words(html), [("Lamp lamp", 12), ("oil", 6)])
    assert (added["lamp"], added["oil"], added["wax"]) == (MOST, 9, 1)


def test_all_of_a_post_is_found(post: Any, material: Any, write: Any) -> None:
    text = (
        "One *tw*o [@mill1859].\n\n- three^[Thirteen.]\n- four\n"
        "\n| five | six |\n|---|---|\n| seven | eight |"
        "\n\n    nine\n\nTen.[^1]^[Eleven.]\n\n[^1]: Twelve.\n"
    )
    files = write(material(post(text), search=True), "html")
    words = set(read(files["search/words-0.js"].decode())[1])
    wanted = "one two three four five six seven eight nine ten eleven twelve liberty parker"
    assert {*wanted.split(), "thirteen"} <= words
    assert not [word for word in words if re.fullmatch("[a-z]*[1-4]", word)], "numbers of notes"


# --- The files ------------------------------------------------------------------------------------


def read(script: str) -> tuple[int, Any]:
    """The number and the content of a shard."""
    found = re.fullmatch(r"pubtool\.\w+\((\d+),(.*)\);\n", script, re.DOTALL)
    assert found
    return int(found[1]), json.loads(found[2])


def posts_of(steps: list[int]) -> dict[int, int]:
    """Post to weight, as the script reads them."""
    place, found = 0, dict[int, int]()
    for step in steps:
        place += step
        found[place // (MOST + 1)] = place % (MOST + 1)
    return found


def shown(n: int) -> Shown:
    return Shown(f"p{n}/index.html", f"Post {n} </script>\u2028", "3 May 2026", "Words.", "")


def test_an_index_can_be_read_back() -> None:
    words = [{"lamp": 3, "oil": 1}, {"oil": 15}, {}, {"constructor": 2, "𝒳": 1, "ﬀ": 1}]
    index = build_index([(shown(n), weights) for n, weights in enumerate(words)])
    found: dict[str, list[int]] = {}
    for number, script in enumerate(index.shards):
        assert read(script)[0] == number
        found |= read(script)[1]
    assert {word: posts_of(steps) for word, steps in found.items()} == {
        "lamp": {0: 3},
        "oil": {0: 1, 1: 15},
        "constructor": {3: 2},
        "𝒳": {3: 1},
        "ﬀ": {3: 1},
    }
    assert json.loads(index.manifest) == {"first": ["constructor"], "posts": 4, "told": 16}
    (told,) = index.told
    assert read(told)[1][1] == [
        "p1/index.html",
        "Post 1 </script>\u2028",
        "3 May 2026",
        "Words.",
        "",
    ]
    assert "</script>" not in told
    assert "\u2028" not in told


def test_a_large_index_is_cut_where_words_begin() -> None:
    posts = [(shown(n), {f"w{(n * k) % 5000}": 1 for k in range(200)}) for n in range(300)]
    index = build_index(posts)
    first = json.loads(index.manifest)["first"]
    assert len(index.shards) == len(first) > 3
    assert len(index.told) == -(-300 // 16)
    for number, script in enumerate(index.shards):
        words = list(read(script)[1])
        assert words[0] == first[number]
        assert number + 1 == len(first) or words[-1] < first[number + 1]
        assert len(script) < SHARD * 1.2


def test_a_site_of_no_posts_has_an_index_too() -> None:
    assert build_index([]).shards == ()


# --- The site -------------------------------------------------------------------------------------


@pytest.fixture
def site(post: Any, material: Any) -> Any:
    """Return a maker of a site of three posts, one of them held back."""

    def make(text: str = "A lamp.", **settings: Any) -> Material:
        one = post(text, title="One", tags=("light",), authors=("Orme",), excerpt="E.")
        two = post("An oil lamp.", path="posts/b.md", title="Lamps", date="2026-06-01")
        held = post("Secret.", path="posts/c.md", title="Held", status="draft")
        made: Material = material(one, two, held, **{"search": True, **settings})
        return made

    return make


def test_a_search_page_is_there_for_those_who_want_it(site: Any, write: Any) -> None:
    files = write(site(), "html")
    names = {name for name in files if name.startswith("search/")}
    assert names == {
        *("search/index.html", "search/posts-0.js", "search/search.js", "search/words-0.js"),
    }
    assert not [name for name in write(site(search=False), "html") if name.startswith("search")]
    words = read(files["search/words-0.js"].decode())[1]
    assert set(posts_of(words["lamp"])) == {0, 1}
    assert posts_of(words["light"]) == {1: 6}
    assert posts_of(words["orme"]) == {1: 4}
    assert posts_of(words["lamps"]) == {0: 12}
    everything = b"".join(data for name, data in files.items() if name.startswith("search/"))
    assert b"secret" not in everything.lower()
    assert b"Held" not in everything


def test_no_other_page_may_run_a_script(site: Any, write: Any) -> None:
    for name, data in write(site(), "html").items():
        if name.endswith(".html"):
            allowed = b"script-src 'self'" in data
            assert allowed is (name == "search/index.html"), name
            assert (b"<script src" in data) is allowed


def test_a_post_s_words_touch_the_index_and_nothing_else(site: Any, pandoc: Pandoc) -> None:
    def digests(given: Material) -> dict[str, str]:
        return {job.name: job.digest for job in plan_jobs(given, ("html",), pandoc)}

    before, after = digests(site()), digests(site("A lantern."))
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"html:posts/a.md", "html:search", "html:verification"}


def test_the_search_page_moves_for_a_post_of_its_name(post: Any, material: Any, write: Any) -> None:
    files = write(material(post("Words.", slug="search"), search=True), "html")
    assert {"search/index.html", "search-2/index.html", "search-2/search.js"} <= set(files)
