"""Publishing on a site that misbehaves: each request meets each fault, once and for a whole run.

Whatever happens, the run ends in a sentence of ours, and the next one on a healthy site leaves the
site that a calm run would have left: no post twice, no image twice, no edit lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.loopback import redirect
from tests.publishers.articles import Project, outgoing, picture
from tests.publishers.fake_site import (
    DROP,
    FIREWALL,
    LOGIN_PAGE,
    MAINTENANCE,
    FakeSite,
    Fault,
    after,
    before,
    cut_short,
    fake_site,
    truncated,
    warned,
    wp_error,
)

from pubtool.errors import PubtoolError
from pubtool.model import Outgoing
from pubtool.publishers.wordpress.calls import Calls
from pubtool.publishers.wordpress.plan import Kind, Side
from pubtool.publishers.wordpress.rest import RestSite, login_of
from pubtool.system.messages import Limits
from pubtool.system.secret import Secret

LIMITS = Limits(size=1_000_000, waits=(0.0, 0.0))
SHARED = picture("shared.png", b"\x89PNG\r\n\x1a\nshared", alt="Both show it")
FIRST = (
    outgoing("posts/one.md", links=("posts/two.md",), pictures=(SHARED,), categories=("News",)),
    outgoing("posts/two.md", links=("posts/one.md",), status="publish", tags=("C++", "R&D")),
)
SECOND = (
    outgoing("posts/one.md", links=("posts/two.md",), text="Other words.", categories=("New",)),
    outgoing(
        "posts/two.md",
        links=("posts/one.md",),
        status="publish",
        tags=("C++", "R&D"),
        text="Changed.",
        featured=picture("b.png", b"\x89PNG\r\n\x1a\nb"),
    ),
    outgoing("posts/three.md", pictures=(SHARED,), footnotes='[{"content":"n","id":"1"}]'),
)
EDIT = "<!-- wp:paragraph -->\n<p>By an editor.</p>\n<!-- /wp:paragraph -->"

FAULTS: dict[str, Fault] = {
    "400": before(wp_error(400, "rest_invalid_param", "Invalid parameter(s): slug")),
    "401": before(wp_error(401, "rest_not_logged_in", "You are not currently logged in.")),
    "403": before(wp_error(403, "rest_forbidden", "Sorry, you are not allowed to do that.")),
    "404": before(wp_error(404, "rest_no_route", "No route was found.")),
    "409": before(wp_error(409, "conflict", "Conflict.")),
    "413": before(wp_error(413, "too_large", "Request entity too large.")),
    "429": before(wp_error(429, "slow_down", "Too many requests.", Retry_After="0")),
    "500 before": before(wp_error(500, "internal", "There has been a critical error.")),
    "500 after": after(wp_error(500, "internal", "There has been a critical error.")),
    "502 after": after(wp_error(502, "bad_gateway", "Bad gateway.")),
    "login page": before(LOGIN_PAGE),
    "maintenance": before(MAINTENANCE),
    "firewall": before(FIREWALL),
    "login page after": after(LOGIN_PAGE),
    "redirect": before(redirect("https://elsewhere.example/")),
    "dropped before": before(DROP),
    "dropped after": after(DROP),
    "truncated": truncated,
    "cut short": cut_short,
    "warning": warned,
}
ROUTES = [
    "GET index",
    "GET /users/me",
    "GET /posts",
    "GET /posts/*",
    "GET /categories",
    "GET /media",
    "GET /media/*",
    "POST /posts",
    "POST /posts/*",
    "POST /media",
    "POST /media/*",
    "POST /categories",
    "POST /tags",
]


@pytest.fixture
def site() -> Iterator[FakeSite]:
    with fake_site() as site:
        yield site


def project_of(site: FakeSite, user: str = "admin") -> Project:
    """A project that publishes on the site, without any wait."""
    return Project(remote(site, user))


def remote(site: FakeSite, user: str = "admin") -> RestSite:
    """The client, which waits for nothing."""
    login = login_of(site.home, user, Secret(site.accounts[user].password), "basic")
    return RestSite(Calls(site.home, login, ("127.0.0.1",), LIMITS, lambda _: None))


def summary(site: FakeSite) -> list[str]:
    """All that visitors and editors see, ids, addresses and times aside."""
    text = repr([list(site.posts.values()), list(site.media.values())])
    slugs = {post["slug"] for post in site.posts.values()}
    assert len(slugs) == len(site.posts), f"a post twice: {text}"
    files = {media["slug"] for media in site.media.values()}
    assert len(files) == len(site.media), f"an image twice: {text}"
    names = {
        kind: {number: term["name"] for number, term in terms.items()}
        for kind, terms in site.terms.items()
    }
    rows: list[Any] = [sorted(all_.values()) for all_ in names.values()]
    for post in site.posts.values():
        content = re.sub(r"https?://[^\"/]+|\?p=\d+|[0-9a-f-]{36}", "", post["content"])
        terms = [sorted(names[kind][n] for n in post[kind]) for kind in ("categories", "tags")]
        featured = site.media.get(post["featured_media"], {}).get("slug", "")
        kept = (post["slug"], post["title"], post["status"], post["excerpt"], post["footnotes"])
        rows.append([*kept, content, *terms, featured])
    rows += [[media["slug"], media["alt_text"], media["caption"]] for media in site.media.values()]
    return sorted(json.dumps(row) for row in rows)


def edit(site: FakeSite) -> None:
    """Change the text of the second post, as an editor does."""
    (number,) = (n for n, post in site.posts.items() if post["slug"] == "two")
    site.posts[number]["content"] = EDIT
    site.posts[number]["modified_gmt"] = "2026-02-03T04:05:06"


def calm(*versions: tuple[Outgoing, ...]) -> list[str]:
    """The site after runs without faults, an editor's work between the first and the second."""
    with fake_site() as site:
        project = project_of(site)
        for number, posts in enumerate(versions):
            if number:
                edit(site)
            project.publish(*posts)
        return summary(site)


AFTER_FIRST, AFTER_SECOND = calm(FIRST), calm(FIRST, SECOND)


LASTING = ["403", "500 after", "login page", "dropped after"]
"""Those that are tried for a whole run too."""
ENCOUNTERS = [
    pytest.param(route, fault, times, id=f"{route}-{fault}-{'once' if times == 1 else 'always'}")
    for route in ROUTES
    for fault in FAULTS
    for times in (1, 99)
    if times == 1 or fault in LASTING
    if not (route.startswith("GET") and fault.endswith("after"))  # nothing was to be done
]


@pytest.mark.parametrize(("route", "fault", "times"), ENCOUNTERS)
def test_no_fault_makes_anything_twice_or_loses_an_edit(
    site: FakeSite, route: str, fault: str, times: int
) -> None:
    project = project_of(site)
    for number, (posts, wanted) in enumerate(((FIRST, AFTER_FIRST), (SECOND, AFTER_SECOND))):
        if number:
            edit(site)
        project.remote = remote(site)
        site.fault(route, FAULTS[fault], times=times)
        with_fault(project, posts)
        site.faults.clear()
        project.remote = remote(site)
        done = project.publish(*posts)
        assert summary(site) == wanted
        assert not [one.failure for one in done.values() if one.failure]
        written = len(site.writes)
        again = project.publish(*posts)
        assert len(site.writes) == written, "a later run writes again"
        conflicts = [path for path, one in again.items() if one.action.kind is Kind.CONFLICT]
        assert conflicts == (["posts/two.md"] if number else []), "an edit was forgotten"


def with_fault(project: Project, posts: tuple[Outgoing, ...]) -> None:
    """Publish as far as it goes; whatever stops it is a sentence of ours, with the mend."""
    said: list[str] = []
    try:
        said += [one.failure for one in project.publish(*posts).values() if one.failure]
    except PubtoolError as error:
        said.append(str(error))
    assert all("; " in sentence for sentence in said), said


@pytest.mark.parametrize(("path", "plain"), [("/blog", False), ("", True), ("/a/b", True)])
def test_a_site_may_stand_below_a_path_or_have_plain_permalinks(path: str, *, plain: bool) -> None:
    with fake_site(path=path, plain=plain) as site:
        project = project_of(site)
        project.publish(*FIRST)
        assert len(site.posts) == 2
        written = len(site.writes)
        project.publish(*FIRST)
        assert len(site.writes) == written


def test_a_slug_that_wordpress_renames_is_told_and_not_asked_for_again(site: FakeSite) -> None:
    project = project_of(site)
    site.media[900] = {**_attachment(), "slug": "one"}
    done = project.publish(outgoing("posts/one.md", status="publish"))["posts/one.md"]
    slug = next(iter(site.posts.values()))["slug"]
    if slug != "one":
        assert any("its address is" in loss.what for loss in done.losses)
    written = len(site.writes)
    project.publish(outgoing("posts/one.md", status="publish"))
    assert len(site.writes) == written


def _attachment() -> dict[str, Any]:
    return {"title": "", "alt_text": "", "caption": "", "url": "", "author": 1, "status": "inherit"}


def test_an_author_is_told_what_the_site_takes_out_before_and_after(site: FakeSite) -> None:
    project = project_of(site, "author")
    post = outgoing("posts/a.md", text='A box: <input type="checkbox"/> and words.')
    plan = project.plan(post)
    (foreseen,) = plan.foreseen["posts/a.md"]
    assert (foreseen.line, "<input>" in foreseen.what) == (5, True)
    done = project.publish(post)["posts/a.md"]
    assert [(loss.line, "<input>" in loss.what) for loss in done.losses] == [(5, True)]
    written = len(site.writes)
    quiet = project.publish(post)["posts/a.md"]
    assert not quiet.action.leaves_something
    assert len(site.writes) == written


def test_a_contributor_who_would_publish_is_told_so_before(site: FakeSite) -> None:
    project = project_of(site, "contributor")
    post = outgoing("posts/a.md", status="publish")
    (foreseen,) = project.plan(post).foreseen["posts/a.md"]
    assert "may not publish" in foreseen.what
    done = project.publish(post)["posts/a.md"]
    assert done.failure
    assert site.posts == {}
    assert project.state.posts == {}


def test_a_post_that_one_site_refuses_keeps_no_other_back(site: FakeSite) -> None:
    site.fault("POST /media", before(wp_error(400, "rest_upload_unknown_error", "Not allowed.")))
    done = project_of(site).publish(*FIRST, side=Side.NEITHER)
    assert done["posts/one.md"].failure
    assert done["posts/two.md"].post is not None


MANY = tuple(outgoing(f"posts/{number}.md") for number in range(9))


@pytest.mark.parametrize(
    ("fault", "most"),
    [
        (before(FIREWALL), 3),
        (before(LOGIN_PAGE), 9),
        (before(wp_error(429, "too_many", "Later.", Retry_After="7200")), 3),
    ],
    ids=["a firewall", "a page of people", "a limit"],
)
def test_a_run_ends_where_the_site_would_refuse_every_post(
    site: FakeSite, fault: Fault, most: int
) -> None:
    """A thousand requests into a firewall or over a limit have the account's address banned."""
    project = project_of(site)
    site.fault("POST /posts", fault, times=99)
    with pytest.raises(PubtoolError):
        project.publish(*MANY)
    assert len(site.writes) <= most
    site.faults.clear()
    project.publish(*MANY)
    assert len(site.posts) == len(MANY)


def test_a_firewall_that_minds_the_words_of_one_post_keeps_no_other_back(site: FakeSite) -> None:
    site.fault("POST /posts", before(FIREWALL), times=1)
    done = project_of(site).publish(*MANY)
    assert [bool(one.failure) for one in done.values()] == [True] + [False] * 8


def test_what_an_account_may_not_make_is_said_before(site: FakeSite) -> None:
    project = project_of(site, "contributor")
    post = outgoing("posts/a.md", pictures=(SHARED,), categories=("New",), tags=("new",))
    said = " ".join(loss.what for loss in project.plan(post).foreseen["posts/a.md"])
    assert "may upload no images, and this needs shared.png" in said
    assert "may make no categories, and the site has none called New" in said
    assert project.publish(post)["posts/a.md"].failure
    assert site.posts == {}
