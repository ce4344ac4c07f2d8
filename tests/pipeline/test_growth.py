"""What a project of many posts costs grows with the posts, and no faster.

Nothing is timed: the steps are counted that are made for so many posts and for twice as many.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pubtool.checker.archive import find_over_archive
from pubtool.model import (
    Bibliography,
    Difference,
    DifferenceKind,
    Flow,
    FrontMatter,
    Key,
    Manuscript,
    Match,
    PostLink,
    PostReport,
    Quotation,
    QuotationKind,
    SeriesPart,
    Span,
    Verdict,
    VerdictKind,
)
from pubtool.model.settings import Settings
from pubtool.pipeline import find_project
from pubtool.pipeline import following as following_module
from pubtool.pipeline import linking as linking_module
from pubtool.pipeline.following import Following
from pubtool.pipeline.linking import find_dead_links
from pubtool.pipeline.workspace import Workspace
from pubtool.system.files import read_text
from pubtool.writers.html import series_box
from pubtool.writers.site import plan_site

POSTS = 60
TWICE = 2.2
"""How many times as many steps may be made for twice as many posts: some of it is sorted."""


def steps(act: Callable[[], object]) -> int:
    """Return how many lines an act runs, each pass round a loop among them, and calls in C."""
    count = 0

    def note(frame: Any, event: str, argument: Any) -> None:
        nonlocal count
        count += event == "c_call"

    def trace(frame: Any, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.setprofile(note)
    sys.settrace(trace)
    try:
        act()
    finally:
        sys.settrace(before)
        sys.setprofile(None)
    return count


def growth(prepare: Callable[[int], Callable[[], object]]) -> float:
    """Return how many times as many steps are made for twice as many posts."""
    prepare(4)()  # what it needs is loaded
    return steps(prepare(2 * POSTS)) / steps(prepare(POSTS))


def make_project(root: Path, posts: int) -> Path:
    (root / "posts").mkdir(parents=True)
    (root / "pubtool.toml").touch()
    for number in range(posts):
        text = f"---\ntitle: {number}\n---\n\nSee [that](../post-{number}/).\n"
        (root / "posts" / f"p{number:03}.md").write_text(text, encoding="utf-8")
    return root


def test_naming_each_post_looks_at_each_post_once(tmp_path: Path) -> None:
    """A shell hands over `posts/*.md`, and 800 of them took 14 s to be told apart."""

    def prepare(posts: int) -> Callable[[], object]:
        root = make_project(tmp_path / str(posts), posts)
        paths = sorted((root / "posts").iterdir())
        return lambda: Workspace(find_project(root)).post_paths(paths)

    assert growth(prepare) < TWICE


def test_a_long_series_is_not_walked_for_each_of_its_parts() -> None:
    def prepare(posts: int) -> Callable[[], object]:
        series = [
            Manuscript(f"posts/{n}.md", "", FrontMatter(series=(SeriesPart("Weekly", n),)))
            for n in range(posts)
        ]
        (weekly,) = plan_site(series, Settings(), draft=True).series
        return lambda: [series_box(weekly, page) for page in weekly.pages]

    assert growth(prepare) < TWICE


PAGE = PostLink("../p007/", Span(0, 1), image=False)


def test_links_to_pages_do_not_ask_all_posts_each(tmp_path: Path) -> None:
    def prepare(posts: int) -> Callable[[], object]:
        root = make_project(tmp_path / str(posts), posts)
        links = [PostLink(f"../p{n % posts:03}/", Span(0, 1), image=False) for n in range(40)]
        names = [f"posts/p{number:03}.md" for number in range(posts)]
        reports = [PostReport(name, "", (), (), links=(*links,)) for name in names]

        workspace = Workspace(find_project(root))
        assert not find_dead_links(workspace, reports, whole=True)  # the site is planned
        return lambda: find_dead_links(workspace, reports, whole=True)

    assert growth(prepare) < TWICE


def test_a_pause_reads_no_post_that_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor's post with a link to a page had all posts read at each pause: 1 s for 10,000."""
    root = make_project(tmp_path / "project", POSTS)
    for post in (root / "posts").iterdir():
        os.utime(post, (1, 1))
    monkeypatch.setattr(
        linking_module, "RACY", -(10**12)
    )  # what was written just now is as settled
    read = list[str]()

    def reading(path: Path, name: str) -> str:
        read.append(name)
        return read_text(path, name)

    monkeypatch.setattr(linking_module, "read_text", reading)
    report = PostReport("posts/p001.md", "", (), (), links=(PAGE,))
    workspace = Workspace(find_project(root))

    def pause() -> int:
        before, workspace.addresses = len(read), None
        assert not find_dead_links(workspace, [report])
        return len(read) - before

    assert [pause(), pause()] == [POSTS, 0]
    (root / "posts" / "p002.md").write_text("---\nslug: p007\n---\n\nWords.\n", encoding="utf-8")
    (root / "posts" / "p007.md").unlink()
    assert pause() == 1


def quoting(number: int) -> PostReport:
    """Return the report on a post that quotes a passage which all others quote, too.

    Each begins and ends elsewhere, and the first three have a word changed.
    """
    changed = number < 3
    there = Span(1000 - number, 1200 + number)
    word = Difference(
        DifferenceKind.SUBSTITUTION,
        "shall",
        "may",
        Span(9, 14),
        Span(1100, 1103),
        marked=False,
        permitted=False,
    )
    quotation = Quotation(f"q-{number}", QuotationKind.INLINE, Flow("words", ()), Span(0, 5), 0)
    match = Match(Key("kept"), there, "words", "", "", None, 1.0)
    verdict = Verdict(
        quotation,
        VerdictKind.ALTERED if changed else VerdictKind.VERBATIM,
        None,
        match,
        (word,) if changed else (),
        (),
    )
    keys = (Key(f"a{number % 4}"), Key(f"b{number % 4}"))
    return PostReport(f"posts/{number:03}.md", "words", (verdict,), (), keys)


def test_what_shows_over_an_archive_is_not_found_by_laying_all_posts_beside_each_other() -> None:
    def prepare(posts: int) -> Callable[[], object]:
        reports = [quoting(number) for number in range(posts)]
        same = tuple((Key(f"a{number}"), Key(f"b{number}")) for number in range(posts))
        bibliography = Bibliography("references.bib", {}, same=same)
        return lambda: find_over_archive(reports, bibliography)

    assert growth(prepare) < TWICE


def test_a_project_that_is_opened_sorts_its_posts_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each post that was taken in had all posts sorted, and each that was checked asked all."""
    ordered = []

    def counted(things: Any, **how: Any) -> list[Any]:
        ordered.append(len(found := sorted(things, **how)))
        return found

    monkeypatch.setattr(following_module, "sorted", counted, raising=False)
    root = make_project(tmp_path / "project", POSTS)
    following = Following(root, lambda workspace, name, text: name)
    try:
        assert following.look()
        assert sum(ordered) <= 3 * POSTS
        assert list(following.posts) == sorted(following.posts)
        following._find_out = lambda workspace, name, text: name

        def check() -> None:
            while name := following.next_waiting():
                following.check(name)

        assert steps(check) < 100 * POSTS
    finally:
        following.close()
