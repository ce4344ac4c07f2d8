"""plan_site: addresses, orders, and what is held back."""

from __future__ import annotations

from typing import Any

import pytest

from pubtool.errors import SameSlug
from pubtool.model import FrontMatter, Manuscript, SeriesPart, Settings
from pubtool.writers.site import Site, neighbours, plan_site, slugify


def make(path: str, **front: Any) -> Manuscript:
    return Manuscript(path, "", FrontMatter(**{"status": "publish", **front}))


def plan(*posts: Manuscript, draft: bool = False) -> Site:
    return plan_site(posts, Settings(title="S"), draft=draft)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("What the Protocol says", "what-the-protocol-says"),
        ("Επίπεδο é ё", "επίπεδο-e-ё"),
        ("Où est l’été?", "ou-est-lete"),
        ("../../etc/passwd", "etc-passwd"),
        ("日本 法", "日本-法"),
        ("हिन्दी में", "हिन्दी-में"),
        ("ภาษาไทย", "ภาษาไทย"),
        ("ភាសាខ្មែរ", "ភាសាខ្មែរ"),
        ("שָׁלוֹם", "שלום"),
        ("İstanbul", "istanbul"),
        ("***", "post"),
        ("a\x00b\nc", "a-b-c"),
    ],
)
def test_a_slug_is_one_safe_folder_name(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_the_index_is_newest_first_then_by_path() -> None:
    posts = [make("posts/c.md", date="2026-01-02"), make("posts/b.md", date="2026-01-02")]
    site = plan(*posts, make("posts/a.md", date="2026-01-01"))
    assert [page.slug for page in site.pages] == ["b", "c", "a"]


def test_a_series_goes_by_part_then_date_then_path() -> None:
    def part(path: str, number: float | None, date: str) -> Manuscript:
        return make(path, date=date, series=(SeriesPart("S", number),))

    site = plan(
        part("posts/d.md", None, "2026-01-02"),
        part("posts/c.md", None, "2026-01-01"),
        part("posts/a.md", 2, "2025-01-01"),
        part("posts/b.md", 1, "2026-01-01"),
    )
    (series,) = site.series
    assert [page.slug for page in series.pages] == ["b", "a", "c", "d"]
    before, after = neighbours(series, series.pages[1])
    assert before is not None
    assert after is not None
    assert (before.slug, after.slug) == ("b", "c")


NUMBERS: dict[str, tuple[tuple[float | None, ...], tuple[int, ...]]] = {
    "the author's own": ((1, 2, 4), (1, 2, 4)),
    "with a foreword": ((0, 1.0, 2), (0, 1, 2)),
    "twice the same": ((1, 2, 2), (1, 2, 3)),
    "not whole": ((1, 1.5, 2), (1, 2, 3)),
    "below nothing": ((-1, 1, 2), (1, 2, 3)),
    "one without": ((1, 4, None), (1, 2, 3)),
    "none": ((None, None), (1, 2)),
    "no number at all": ((1, float("nan")), (1, 2)),
}


@pytest.mark.parametrize("what", NUMBERS)
def test_a_part_is_called_what_its_author_calls_it(what: str) -> None:
    parts, numbers = NUMBERS[what]
    site = plan(
        *(make(f"posts/{n}.md", series=(SeriesPart("S", part),)) for n, part in enumerate(parts)),
        make("posts/z.md", status="draft", series=(SeriesPart("S", 3),)),
    )
    (series,) = site.series
    assert series.numbers == numbers
    assert series.count == max(numbers)
    assert series.number(series.pages[-1]) == numbers[-1]


def test_a_post_that_names_a_series_twice_stands_there_once() -> None:
    twice = (SeriesPart("S", 3), SeriesPart("S", 1))
    site = plan(make("posts/a.md", series=twice), make("posts/b.md", series=(SeriesPart("S", 2),)))
    assert [page.slug for page in site.series[0].pages] == ["a", "b"]
    assert site.series[0].numbers == (1, 2)


@pytest.mark.parametrize("status", ["draft", "private", "future"])
def test_what_is_not_published_is_held_back_unless_drafts_are_wanted(status: str) -> None:
    post = make("posts/a.md", status=status, series=(SeriesPart("S", 1),))
    site = plan(post)
    assert (site.pages, site.series) == ((), ())
    assert [page.path for page in site.held_back] == ["posts/a.md"]
    assert [page.path for page in site.every] == ["posts/a.md"]
    assert [page.path for page in plan(post, draft=True).pages] == ["posts/a.md"]


def test_two_posts_with_one_address_are_refused_by_name() -> None:
    with pytest.raises(SameSlug, match=r"posts/b\.md: its address 'x' is that of posts/a\.md"):
        plan(make("posts/a.md", slug="x"), make("posts/b.md", slug="X"))


def test_a_post_cannot_take_a_folder_of_the_site() -> None:
    assert plan(make("posts/series.md")).pages[0].url == "series-post/index.html"


def test_series_whose_names_make_one_slug_keep_apart() -> None:
    site = plan(
        make("posts/a.md", series=(SeriesPart("A b", 1),)),
        make("posts/b.md", series=(SeriesPart("A-b", 1),)),
    )
    assert sorted(series.slug for series in site.series) == ["a-b", "a-b-2"]
