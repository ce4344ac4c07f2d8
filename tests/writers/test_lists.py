"""The site's lists: what stands where, what is joined, and what moves when a post is added."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from pubtool.model import FrontMatter, Manuscript, SeriesPart, Settings
from pubtool.system.pandoc import Pandoc
from pubtool.writers.dates import order, timestamp
from pubtool.writers.export import Material, plan_jobs
from pubtool.writers.html.frame import locale
from pubtool.writers.lists import PER_PAGE, Lists, plan_lists, split_list
from pubtool.writers.site import Page, plan_site


def plan(*fronts: dict[str, Any], search: bool = False, draft: bool = False) -> Lists:
    """Return the lists of a site with a post for each front matter."""
    posts = [
        Manuscript(f"posts/{n:02}.md", "", FrontMatter(**{"status": "publish", **front}))
        for n, front in enumerate(fronts)
    ]
    site = plan_site(posts, Settings(), draft=draft)
    return plan_lists(site, {post.path: post.front for post in posts}, search=search)


def terms(lists: Lists, kind: str) -> list[tuple[str, str, int]]:
    """Name, slug and number of posts of each term."""
    found = [one for one in lists.taxonomies if one.kind == kind]
    return [(t.name, t.slug, len(t.pages)) for one in found for t in one.terms]


# --- Terms ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ([("Law",), ("law",), ("law",)], [("law", "law", 3)]),
        ([("Law", "law")], [("Law", "law", 1)]),
        ([("open source",), ("Open-Source",)], [("Open-Source", "open-source", 2)]),
        ([("C++",), ("C",)], [("C", "c", 1), ("C++", "c-2", 1)]),
        ([("C++",)], [("C++", "c", 1)]),
        ([("Право",), ("право",)], [("Право", "право", 2)]),
        ([("日本法",)], [("日本法", "日本法", 1)]),
        ([("हिन्दी",)], [("हिन्दी", "हिन्दी", 1)]),
        ([("العربية",)], [("العربية", "العربية", 1)]),
        ([("ﬁne",), ("fine",)], [("fine", "fine", 2)]),
        ([(" spaced  out ",)], [("spaced out", "spaced-out", 1)]),
        ([("",), ("!!!",)], [("!!!", "post", 1)]),
        ([()], []),
    ],
    ids=str,
)
def test_spellings_of_a_tag_are_one_and_other_tags_keep_apart(tags: Any, found: Any) -> None:
    assert terms(plan(*({"tags": some} for some in tags)), "tags") == found


def test_letters_with_marks_stand_with_those_without() -> None:
    found = terms(plan({"tags": ("Zoo", "Élan", "epic", "öl", "Ost", "日本")}), "tags")
    assert [name for name, _, _ in found] == ["Élan", "epic", "öl", "Ost", "Zoo", "日本"]


def test_authors_have_pages_where_there_are_several() -> None:
    assert terms(plan({"authors": ("A",)}, {"authors": ("A",)}), "authors") == []
    both = plan({"authors": ("A",)}, {"authors": ("A", "B")})
    assert terms(both, "authors") == [("A", "a", 2), ("B", "b", 1)]


def test_a_post_knows_its_terms_in_the_order_of_their_names() -> None:
    lists = plan({"tags": ("b", "a"), "categories": ("C",)})
    assert [term.name for term in lists.terms["posts/00.md"]["tags"]] == ["a", "b"]
    assert [term.name for term in lists.terms["posts/00.md"]["categories"]] == ["C"]
    assert lists.terms["posts/00.md"]["authors"] == ()


@pytest.mark.parametrize("status", ["draft", "private", "future"])
def test_what_is_held_back_is_on_no_list(status: str) -> None:
    front = {"tags": ("t",), "categories": ("c",), "authors": ("A", "B"), "status": status}
    lists = plan({**front, "date": "2026-01-01"})
    assert (lists.taxonomies, lists.years, lists.sections, lists.terms) == ((), (), (), {})
    assert terms(plan(front, draft=True), "tags") == [("t", "t", 1)]


# --- Addresses ------------------------------------------------------------------------------------


def test_a_post_keeps_its_address_and_the_list_moves() -> None:
    lists = plan({"slug": "tags", "tags": ("law",)}, {"slug": "tags-2", "status": "draft"})
    (tags,) = lists.taxonomies
    assert tags.url == "tags-3/index.html"
    assert tags.terms[0].url == "tags-3/law/index.html"
    assert lists.moved == (
        "posts/00.md: its address is tags/, so our own pages of that name are at tags-3/",
    )


def test_the_sections_are_those_that_there_are() -> None:
    assert [one.key for one in plan().sections] == []
    everything = {"tags": ("t",), "categories": ("c",), "series": (SeriesPart("S", 1),)}
    lists = plan({**everything, "authors": ("A", "B")}, search=True)
    keys = ["archive", "series", "categories", "tags", "authors", "search"]
    assert [one.key for one in lists.sections] == keys


def test_years_are_newest_first_and_posts_without_a_date_last() -> None:
    lists = plan({"date": "2025-12-31"}, {"date": "2026-01-01T00:00:00+14:00"}, {})
    assert [year.url for year in lists.years] == [
        "archive/2026/index.html",
        "archive/2025/index.html",
        "archive/undated/index.html",
    ]


# --- Long lists -----------------------------------------------------------------------------------


def pages(count: int) -> list[Page]:
    """So many posts, newest first."""
    return [Page(f"p{n}", f"p{n}", f"P {n}", "", "publish", (), "en") for n in range(count, 0, -1)]


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(0, [0]), (1, [1]), (39, [39]), (40, [20, 20]), (59, [39, 20]), (100, [20] * 5)],
)
def test_a_long_list_is_cut_into_full_pages_and_a_first_one(count: int, sizes: list[int]) -> None:
    sheets = split_list(pages(count), "")
    assert PER_PAGE == 20
    assert [len(sheet.pages) for sheet in sheets] == sizes
    assert [page for sheet in sheets for page in sheet.pages] == pages(count)
    assert [sheet.older for sheet in sheets] == [*(sheet.url for sheet in sheets[1:]), ""]
    assert [sheet.newer for sheet in sheets] == ["", *(sheet.url for sheet in sheets[:-1])]


@pytest.mark.parametrize("count", [40, 58, 99, 100])
def test_a_new_post_moves_no_other_from_its_page(count: int) -> None:
    before = {sheet.url: sheet.pages for sheet in split_list(pages(count), "tags/law/")[1:]}
    after = {sheet.url: sheet.pages for sheet in split_list(pages(count + 1), "tags/law/")[1:]}
    assert before.items() <= after.items()


# --- Dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "stamp"),
    [
        ("2026-05-03", "2026-05-03T00:00:00Z"),
        ("2026-05-03T10:20:30", "2026-05-03T10:20:30Z"),
        ("2026-05-03T10:20:30.5+02:00", "2026-05-03T10:20:30+02:00"),
        ("2026-05-03T10:20+00:00", "2026-05-03T10:20:00Z"),
        ("2026-05-03 10:20Z", "2026-05-03T10:20:00Z"),
        ("20260503", "2026-05-03T00:00:00Z"),
        ("1890-01-01T00:00:00+00:53:28", "1889-12-31T23:06:32Z"),
        ("0001-01-01T00:00:00+10:00", "0001-01-01T00:00:00+10:00"),
        ("soon", ""),
        ("", ""),
    ],
)
def test_a_date_is_a_moment_with_a_zone(date: str, stamp: str) -> None:
    assert timestamp(date) == stamp


def test_moments_of_other_zones_are_in_order() -> None:
    dates = ["", "2026-05-03", "2026-05-03T01:00:00Z", "2026-05-03T02:00:00-01:00"]
    assert sorted([dates[2], dates[0], dates[3], dates[1]], key=order) == dates


@pytest.mark.parametrize(
    ("lang", "told"),
    [("en-US", "en_US"), ("zh-Hant-TW", "zh_TW"), ("es-419", "es_419"), ("de", ""), ("", "")],
)
def test_open_graph_s_locale_needs_a_territory(lang: str, told: str) -> None:
    assert locale(lang) == told


# --- Pages ----------------------------------------------------------------------------------------


@pytest.fixture
def archive(post: Any, material: Any) -> Any:
    """Return a maker of a site of so many posts, a day each."""

    def make(count: int, *, changed: int = -1, **settings: Any) -> Material:
        posts = [
            post(
                "Other words." if n == changed else f"Words of {n}.",
                path=f"posts/{n:03}.md",
                title=f"Post {n}",
                date=f"20{10 + n % 7}-01-{1 + n % 28:02}",
                tags=(f"tag {n % 3}",),
                excerpt=f"Excerpt {n}.",
            )
            for n in range(count)
        ]
        made: Material = material(*posts, **settings)
        return made

    return make


def test_every_post_is_listed_once_by_year_and_tag_and_page(archive: Any, write: Any) -> None:
    files = write(archive(45), "html")
    for folder in ("archive/20", "tags/tag-", ""):
        lists = [
            data.decode()
            for name, data in files.items()
            if re.fullmatch(rf"{folder}\d/index\.html|{folder}\d\d/index\.html", name)
            or (not folder and re.fullmatch(r"(page/\d+/)?index\.html", name))
        ]
        main = "".join(text.split("<main", 1)[1] for text in lists)
        listed = sorted(re.findall(r'href="[./]*(\d{3})/index\.html"', main))
        assert listed == [f"{n:03}" for n in range(45)], folder


def test_a_page_of_a_list_leads_to_its_neighbours(archive: Any, write: Any) -> None:
    files = write(archive(60), "html")
    first, last = files["index.html"].decode(), files["page/1/index.html"].decode()
    assert '<link rel="next" href="page/2/index.html">' in first
    assert 'rel="prev"' not in first
    assert '<a rel="prev" href="../../page/2/index.html">Newer posts</a>' in last
    assert 'rel="next"' not in last


def test_lists_stay_small(archive: Any, write: Any) -> None:
    files = write(archive(300), "html")
    lists = {n: len(d) for n, d in files.items() if not re.match(r"\d", n) and n.endswith("html")}
    assert max(lists.values()) < 20_000, lists


def test_a_post_s_text_touches_no_list(archive: Any, pandoc: Pandoc) -> None:
    def digests(given: Material) -> set[tuple[str, str]]:
        return {(job.name, job.digest) for job in plan_jobs(given, ("html",), pandoc)}

    changed = digests(archive(45, changed=3)) - digests(archive(45))
    assert {name for name, _ in changed} == {"html:posts/003.md", "html:verification"}


def test_absolute_addresses_need_the_site_s_own(archive: Any, write: Any) -> None:
    bare = write(archive(3), "html")["000/index.html"].decode()
    assert not re.search("canonical|og:|article:|https?://", bare.replace("https://schema.org", ""))
    full = write(archive(3, url="https://example.org/blog/"), "html")
    page = full["000/index.html"].decode()
    assert '<link rel="canonical" href="https://example.org/blog/000/">' in page
    assert '<meta property="og:type" content="article">' in page
    assert '<meta property="article:tag" content="tag 0">' in page
    year = full["archive/2010/index.html"].decode()
    assert '<link rel="canonical" href="https://example.org/blog/archive/2010/">' in year
    index = full["index.html"].decode()
    assert '<link rel="canonical" href="https://example.org/blog/">' in index


def test_a_featured_image_is_the_preview(post: Any, material: Any, write: Any) -> None:
    file = BytesIO()
    Image.new("RGB", (3, 2)).save(file, "PNG")
    png = file.getvalue()
    one = post("Words.", image="a.png", image_alt="Two rows")
    given = material(one, url="https://example.org", files={"posts/a.png": png})
    page = write(given, "html")["a/index.html"].decode()
    assert '<meta property="og:image" content="https://example.org/a/a.png">' in page
    assert '<meta property="og:image:width" content="3">' in page
    assert '<meta property="og:image:height" content="2">' in page
    assert '<meta property="og:image:alt" content="Two rows">' in page


@pytest.mark.parametrize(
    ("url", "root"),
    [("", "/"), ("https://example.org", "/"), ("https://example.org/a/b/", "/a/b/")],
)
def test_what_is_shown_for_a_missing_page_works_at_any_depth(
    url: str, root: str, archive: Any, write: Any
) -> None:
    page = write(archive(1, url=url), "html")["404.html"].decode()
    links = re.findall(r'(?:href|src)="([^"#]+)"', page)
    assert links
    assert all(link.startswith(root) for link in links), links
    assert '<meta name="robots" content="noindex">' in page


def test_a_list_says_which_titles_are_in_another_language(
    post: Any, material: Any, write: Any
) -> None:
    page = write(material(post("Wörter.", title="Titel", lang="de")), "html")["index.html"].decode()
    assert '<a href="a/index.html" lang="de">Titel</a>' in page
