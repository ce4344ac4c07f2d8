"""The REST client against a site in memory: what it asks, and what it makes of every bad answer."""

from __future__ import annotations

import json
import ssl
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import trustme
from tests.loopback import Route, drip, raw, redirect, serve
from tests.publishers.fake_site import (
    DROP,
    FIREWALL,
    LOGIN_PAGE,
    MAINTENANCE,
    FakeSite,
    Fault,
    Reply,
    after,
    altered,
    answer,
    before,
    cut_short,
    delayed,
    fake_site,
    noisy,
    truncated,
    warned,
    wp_error,
)

from pubtool.errors import (
    BadCredentials,
    NoPermission,
    NotWordPress,
    OutcomeUnknown,
    PubtoolError,
    SiteRefused,
    SiteUnreachable,
)
from pubtool.publishers.wordpress.calls import Calls
from pubtool.publishers.wordpress.remote import Remote, Term
from pubtool.publishers.wordpress.rest import RestSite, connect, disposition, login_of
from pubtool.system.messages import Limits
from pubtool.system.secret import Secret

CALM = Limits(size=1_000_000, waits=(1.0, 1.5))
QUICK = replace(CALM, silence=2.4, whole=60.0)
"""For sites that are silent or slow; a busy machine may be as slow as that without being told."""
POST = {"title": "A post", "slug": "a-post", "status": "draft", "content": "<p>Words</p>"}
PNG = b"\x89PNG\r\n\x1a\n not looked at here"


@pytest.fixture
def site() -> Iterator[FakeSite]:
    with fake_site() as site:
        yield site


class Waits(list[float]):
    """The pauses that were asked for, and not made."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def patience(name: str) -> Limits:
    """The limits for a fault, by its name."""
    return QUICK if name in ("silent", "dripping", "too late") else CALM


def remote(
    site: FakeSite, user: str = "admin", waits: Waits | None = None, limits: Limits = CALM
) -> RestSite:
    """The client as one of the site's accounts, which waits for nothing."""
    login = login_of(site.home, user, Secret(site.accounts[user].password), "basic")
    pause = waits if waits is not None else Waits()
    return RestSite(Calls(site.home, login, ("127.0.0.1", "localhost"), limits, pause))


def secrets_of(site: FakeSite) -> set[str]:
    """The passwords, and all that is made of them."""
    words = {account.password for account in site.accounts.values()}
    for name, account in site.accounts.items():
        login = login_of("https://x", name, Secret(account.password), "basic").reveal()
        words |= {login, login.split()[1]}
    return words


def refused(
    site: FakeSite,
    call: Callable[[RestSite], Any],
    kind: type[PubtoolError] = SiteRefused,
    limits: Limits = CALM,
) -> str:
    """The sentence of an error that a call must raise: one line, with a mend, without secrets."""
    with pytest.raises(kind) as caught:
        call(remote(site, limits=limits))
    said = str(caught.value)
    assert type(caught.value) is kind
    assert said.startswith(site.home)
    assert "\n" not in said
    assert "; " in said, "no mend"
    assert not any(secret in said for secret in secrets_of(site))
    return said


# --- What is asked, and understood ----------------------------------------------------------------

SITES = [("", False), ("/blog", False), ("", True), ("/a/b", True)]


@pytest.mark.parametrize(("path", "plain"), SITES)
def test_everything_works_wherever_the_site_is(path: str, *, plain: bool) -> None:
    with fake_site(path, plain=plain) as site:
        client = remote(site)
        account = client.account()
        assert (account.name, account.url) == ("Bob's blog & more", site.home)
        assert (account.version, account.user, account.footnotes) == ("6.8.12", "admin", True)
        assert {"publish_posts", "unfiltered_html"} <= account.capabilities
        made = client.create({**POST, "meta": {"footnotes": "[]"}})
        assert client.post(made.id) == made == client.posts(slug="a-post")[0]
        assert (made.content, made.title, made.footnotes) == ("<p>Words</p>", "A post", "[]")
        changed = client.update(made.id, {"status": "publish", "excerpt": "E"})
        assert (changed.status, changed.excerpt, changed.content) == ("publish", "E", made.content)
        assert [post.id for post in client.posts(search="words")] == [made.id]
        assert client.posts(search="nowhere") == client.posts(slug="a-pos") == ()
        image = client.upload("a.png", "a-0123456789ab", PNG, "image/png")
        told = client.describe(image.id, alt="An “a” & b", caption="Cap <em>x</em>")
        assert (told.alt, told.caption) == ("An “a” & b", "Cap <em>x</em>")
        assert client.media("a-0123456789ab") == (told,)
        assert client.media_of(image.id) == told
        assert client.media("a") == ()
        assert client.media_of(99) is None
        term = client.create_term("category", "Law & order", "law")
        assert term in client.terms("category")


def test_the_home_page_and_the_index_are_asked_once_and_without_the_password(
    site: FakeSite,
) -> None:
    client = remote(site)
    client.account()
    client.posts()
    plain = [one.route for one in site.requests if "authorization" not in one.headers]
    assert plain == ["GET home", "GET index"]
    assert all("cookie" not in one.headers for one in site.requests)


@pytest.mark.parametrize("path", ["", "/blog"])
@pytest.mark.parametrize("plain", [False, True])
def test_a_site_that_does_not_name_its_api_is_tried_at_the_usual_places(
    path: str, *, plain: bool
) -> None:
    with fake_site(path, plain=plain) as site:
        site.link_header = False
        assert remote(site).account().url == site.home


def test_the_api_may_stand_in_the_page_alone(site: FakeSite) -> None:
    link = f"<link rel='https://api.w.org/' href='{site.home}/index.php?rest_route=&#047;' />"
    site.plain, site.link_header = True, False
    site.fault("GET home", before(answer(f"<html><head>{link}</head></html>")))
    assert remote(site).account().user == "admin"
    assert not any("wp-json" in path for path, _ in site.asked)


def test_the_address_of_the_api_does_as_the_sites(site: FakeSite) -> None:
    login = login_of(site.home, "admin", Secret(site.password), "basic")
    for path in ("/wp-json/", "/wp-json", "/", "/wp-admin", "/wp-admin/edit.php", "/wp-login.php"):
        calls = Calls(f"{site.home}{path}", login, ("127.0.0.1",))
        assert RestSite(calls).account().url == site.home
    assert {path for path, _ in site.asked if "wp-admin" in path or "wp-login" in path} == set()


def test_a_user_that_is_not_named_is_asked_for(site: FakeSite) -> None:
    with pytest.raises(BadCredentials, match="no user's name is given; set `user`"):
        login_of(site.home, "", Secret(site.password), "basic")


def test_an_address_where_nothing_answers_may_be_wrong() -> None:
    with fake_site() as gone:
        home = gone.home
    client = RestSite(Calls(home, Secret("x"), ("127.0.0.1",), pause=Waits()))
    with pytest.raises(SiteUnreachable, match="check the site's address, or try again later"):
        client.account()


def test_a_token_is_sent_as_one(site: FakeSite) -> None:
    site.accounts["admin"].password = "t0k3n"
    site.application_passwords = True
    login = login_of(site.home, "", Secret("t0k3n"), "bearer")
    assert RestSite(Calls(site.home, login, ("127.0.0.1",))).account().user == "admin"
    assert {one.headers.get("authorization") for one in site.requests} == {None, "Bearer t0k3n"}


def test_the_form_of_wordpress_com_has_no_index(site: FakeSite) -> None:
    site.accounts["admin"].password = "t0k3n"
    url = f"{site.home}/wp/v2/sites/bob.example"
    client = RestSite(Calls(url, login_of(url, "", Secret("t0k3n"), "bearer"), ("127.0.0.1",)))
    account = client.account()
    assert (account.name, account.user) == ("bob.example", "admin")
    assert client.create(POST).slug == "a-post"
    assert all(path.startswith("/wp/v2/sites/bob.example/") for path, _ in site.asked)


def test_wordpress_com_takes_no_application_password() -> None:
    with pytest.raises(BadCredentials, match='auth = "bearer"'):
        connect("https://bob.wordpress.com", "bob", Secret("x"))


@pytest.mark.parametrize(
    ("user", "secret", "auth"),
    [("", "S3cr", "basic"), ("a:b", "S3cr", "basic"), ("a", "", "basic"), ("a", "S3\ncr", "basic"),
     ("", "S3 cr", "bearer"), ("", "S3cö", "bearer"), ("", "S3\r\nX: y", "bearer")],
)  # fmt: skip
def test_what_no_header_can_hold_is_not_sent(user: str, secret: str, auth: str) -> None:
    with pytest.raises(BadCredentials) as caught:
        connect("https://blog.example", user, Secret(secret), auth=auth)
    assert "S3" not in str(caught.value)


def test_lists_are_read_to_their_end(site: FakeSite) -> None:
    for number in range(2, 252):
        site.terms["tags"][number] = {"name": f"T{number}", "slug": f"t{number}"}
    client = remote(site)
    assert [term.id for term in client.terms("post_tag")] == list(range(2, 252))
    pages = [one.query["page"] for one in site.requests if one.route == "GET /tags"]
    assert pages == ["1", "2", "3"]


def without_counts(reply: Reply) -> Reply:
    return replace(reply, headers={})


@pytest.mark.parametrize("count", [0, 1, 100, 101, 200])
def test_lists_are_read_to_their_end_where_a_proxy_has_lost_their_length(
    site: FakeSite, count: int
) -> None:
    for number in range(2, count + 2):
        site.terms["tags"][number] = {"name": f"T{number}", "slug": f"t{number}"}
    site.fault("GET /tags", altered(without_counts), times=9)
    assert len(remote(site).terms("post_tag")) == count


def test_posts_of_all_pages_are_read_though_some_are_another_users(site: FakeSite) -> None:
    admin, author = remote(site), remote(site, "author")
    for number in range(150):
        who = author if number > 120 else admin
        who.create({"title": f"Post {number}", "content": "common word"})
    assert len(admin.posts(search="common")) == 150
    assert len(author.posts(search="common")) == 29, "those that it may edit, on the second page"


def test_terms_are_read_as_plain_text(site: FakeSite) -> None:
    site.terms["categories"][7] = {"name": "R&amp;D &#8220;x&#8221; &lt;3", "slug": "r-d"}
    assert remote(site).terms("category")[-1] == Term(7, "R&D “x” <3", "r-d")


def test_a_term_that_exists_is_returned_with_its_own_slug(site: FakeSite) -> None:
    client = remote(site)
    first = client.create_term("category", "R & D", "rd")
    assert client.create_term("category", "R & D", "other") == first == Term(2, "R & D", "rd")
    assert len(site.terms["categories"]) == 2


def test_what_wordpress_names_otherwise_is_said(site: FakeSite) -> None:
    client = remote(site)
    slugs = [client.create(POST).slug for _ in range(2)]
    assert slugs == ["a-post", "a-post-2"]
    uploads = [client.upload("a.png", "a", PNG, "image/png").slug for _ in range(2)]
    assert uploads == ["a", "a-2"]
    site.terms["tags"][2] = {"name": "One", "slug": "x"}
    assert client.create_term("post_tag", "Other", "x").slug == "x-2"


def test_a_draft_has_the_slug_that_it_will_have_and_a_date_only_if_it_was_given(
    site: FakeSite,
) -> None:
    client = remote(site)
    draft = client.create({"title": "Without a slug"})
    assert (draft.slug, draft.date_gmt) == ("without-a-slug", "")
    dated = client.update(draft.id, {"date_gmt": "2030-01-02T03:04:05"})
    assert dated.date_gmt == "2030-01-02T03:04:05"
    published = client.create({**POST, "status": "publish"})
    assert published.date_gmt == published.modified_gmt


def test_warnings_before_an_answer_that_is_whole_are_passed_over(site: FakeSite) -> None:
    site.fault("* /*", noisy, times=99)
    client = remote(site)
    made = client.create(POST)
    assert client.posts() == (made,)
    assert client.create_term("category", "Uncategorized", "x").id == 1, "an error is read too"
    for number in range(2, 202):
        site.terms["tags"][number] = {"name": f"[{number}", "slug": f"t{number}"}
    assert len(client.terms("post_tag")) == 200


def test_slugs_of_other_letters_are_read_as_they_are_written(site: FakeSite) -> None:
    client = remote(site)
    made = client.create({**POST, "slug": "привет"})
    site.posts[made.id]["slug"] = "%d0%bf%d1%80%d0%b8%d0%b2%d0%b5%d1%82"
    found = client.post(made.id)
    assert found is not None
    assert found.slug == "привет"


def test_a_post_in_the_trash_is_none(site: FakeSite) -> None:
    client = remote(site)
    made = client.create(POST)
    site.posts[made.id]["status"] = "trash"
    assert client.post(made.id) is None
    assert client.post(999) is None
    assert client.posts() == ()


def test_a_site_without_footnotes_says_so(site: FakeSite) -> None:
    site.footnotes = False
    assert remote(site).account().footnotes is False


@pytest.mark.parametrize("has", [True, False])
def test_where_the_schema_is_closed_a_post_says_whether_there_are_footnotes(
    site: FakeSite, *, has: bool
) -> None:
    site.footnotes = has
    remote(site).create(POST)
    site.fault("OPTIONS /posts", before(answer("no", 405)))
    assert remote(site).account().footnotes is has


def test_an_image_of_another_user_is_found_with_the_caption_that_visitors_see(
    site: FakeSite,
) -> None:
    mine = remote(site)
    made = mine.upload("a.png", "a", PNG, "image/png")
    mine.describe(made.id, alt="Alt", caption="Cap <em>x</em>")
    (found,) = remote(site, "author").media("a")
    assert (found.id, found.alt, found.caption) == (made.id, "Alt", "Cap x")
    assert remote(site, "author").media_of(made.id) == found


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("a-b_1.png", 'filename="a-b_1.png"'),
        ("Größe.png", "filename=\"Gro-e.png\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.png"),
        ("图.png", "filename=\"file.png\"; filename*=UTF-8''%E5%9B%BE.png"),
        ('a";b.png', "filename=\"a--b.png\"; filename*=UTF-8''a%22%3Bb.png"),
        ("a\r\nX: y.png", "filename=\"a--X- y.png\"; filename*=UTF-8''a%0D%0AX%3A%20y.png"),
        ("../x.png", "filename=\"x.png\"; filename*=UTF-8''..%2Fx.png"),
        ("noending", 'filename="noending"'),
    ],
)
def test_odd_file_names_are_told_in_ascii_and_as_they_are(name: str, header: str) -> None:
    assert disposition(name) == f"attachment; {header}"


# --- Answers that fail: what only reads -----------------------------------------------------------

READS: dict[str, tuple[Fault, type[PubtoolError], tuple[str, ...]]] = {
    "401": (
        before(wp_error(401, "rest_not_logged_in", "You are not currently logged in.")),
        NoPermission,
        ("401 rest_not_logged_in (You are not currently logged in.)", "strips the Authorization"),
    ),
    "403": (
        before(wp_error(403, "rest_forbidden", "Sorry, you are not allowed to do that.")),
        NoPermission,
        ("403 rest_forbidden (Sorry, you are not allowed to do that.)", "role"),
    ),
    "403 of a plugin": (
        before(wp_error(403, "rest_disabled", "The REST API is disabled.")),
        NoPermission,
        ("403 rest_disabled (The REST API is disabled.)", "plugin switches the REST API off"),
    ),
    "404 of the route": (
        before(wp_error(404, "rest_no_route", "No route was found.")),
        SiteRefused,
        ("404 rest_no_route", "plugin"),
    ),
    "404 page": (
        before(answer("<title>Page not found</title>", 404)),
        SiteRefused,
        ("it answers 404 with a page instead of JSON (“Page not found”)", "the site's address"),
    ),
    "no first page": (
        before(wp_error(400, "rest_post_invalid_page_number", "Too large.")),
        SiteRefused,
        ("400 rest_post_invalid_page_number (Too large.)",),
    ),
    "410": (before(answer("{}", 410)), SiteRefused, ("it answers 410", "deleted")),
    "429": (
        before(answer("", 429, Retry_After="7200")),
        SiteRefused,
        ("429", "asks to wait 7200 seconds", "fewer requests"),
    ),
    "500": (before(answer("", 500)), SiteUnreachable, ("500 with nothing", "error log")),
    "500 of WordPress": (
        before(wp_error(500, "internal_server_error", "<p>There has been a critical error</p>")),
        SiteUnreachable,
        ("500 internal_server_error (There has been a critical error)",),
    ),
    "502": (
        before(answer("<html><h1>502 Bad Gateway</h1></html>", 502)),
        SiteUnreachable,
        ("502 with a page instead of JSON (“502 Bad Gateway”)",),
    ),
    "maintenance": (
        before(MAINTENANCE),
        SiteUnreachable,
        (
            "503 with a maintenance page (“Maintenance”)",
            "asks to wait 600 seconds",
            "maintenance is over",
        ),
    ),
    "firewall": (
        before(FIREWALL),
        NoPermission,
        ("403 with a firewall's page (“Attention Required! | Cloudflare”)",),
    ),
    "login page": (
        before(LOGIN_PAGE),
        SiteUnreachable,
        ("200 with a login page (“Log In ‹ Bob's blog”)",),
    ),
    "any page": (before(answer("<p>Hello<script>x</script></p>")), SiteUnreachable, ("“Hello”",)),
    "text": (before(answer("hello " * 50, kind="text/plain")), SiteUnreachable, ("hello …”",)),
    "nothing": (before(answer("")), SiteUnreachable, ("200 with nothing",)),
    "truncated": (truncated, SiteUnreachable, ("its answer broke off before the end",)),
    "cut short": (cut_short, SiteUnreachable, ("JSON that is cut off or damaged",)),
    "warned": (
        warned,
        SiteUnreachable,
        ("begins with a warning of PHP's (“Warning: Undefined variable", "WP_DEBUG_DISPLAY"),
    ),
    "other JSON": (before(answer('{"a": 1}')), SiteUnreachable, ("is not WordPress's",)),
    "JSON of others": (before(answer("[1, null]")), SiteUnreachable, ("is not WordPress's",)),
    "deep": (before(answer("[" * 100_000)), SiteUnreachable, ("cut off or damaged",)),
    "dropped": (before(DROP), SiteUnreachable, ("the server cut the connection",)),
    "no HTTP": (before(raw(b"SSH-2.0-x\r\n")), SiteUnreachable, ("its answer is no HTTP",)),
    "silent": (before(raw(hang=True)), SiteUnreachable, ("silent or too slow",)),
    "dripping": (
        before(drip(b"HTTP/1.1 200 OK\r\n\r\n")),
        SiteUnreachable,
        ("silent or too slow for 2 seconds",),
    ),
    "endless": (
        before(answer(b"x" * 1_100_000)),
        SiteUnreachable,
        ("it is larger than 1 MB",),
    ),
    "packed badly": (
        before(answer(b"no gzip", Content_Encoding="gzip")),
        SiteUnreachable,
        ("said to be gzip, and is not",),
    ),
    "other host": (
        before(redirect("https://evil.example/wp-json/wp/v2/posts?x=1")),
        SiteRefused,
        ("redirects to https://evil.example/wp-json/wp/v2/posts, and the password is not sent",),
    ),
    "other port": (before(redirect("http://127.0.0.1:1/x")), SiteRefused, ("127.0.0.1:1/x",)),
    "redirected to the login": (
        before(redirect("/wp-login.php?redirect_to=x")),
        SiteRefused,
        ("/wp-login.php, a login page",),
    ),
    "redirected to nowhere": (before(redirect("ftp://x/")), SiteRefused, ("no web address",)),
    "circle": (before(redirect("?a=1")), SiteRefused, ("without end",)),
}


@pytest.mark.parametrize("name", READS)
def test_a_list_that_cannot_be_read_is_an_error_and_never_an_empty_one(
    site: FakeSite, name: str
) -> None:
    fault, kind, words = READS[name]
    site.fault("GET /posts", fault, times=99)
    said = refused(site, lambda client: client.posts(slug="a-post"), kind, patience(name))
    assert all(word in said for word in words), said
    assert said.startswith(f"{site.home}: reading the posts")


@pytest.mark.parametrize("name", READS)
def test_an_item_that_cannot_be_read_is_an_error_and_never_a_missing_one(
    site: FakeSite, name: str
) -> None:
    fault, kind, _ = READS[name]
    made = remote(site).create(POST)
    image = remote(site).upload("a.png", "a", PNG, "image/png")
    site.fault("GET /posts/*", fault, times=99)
    site.fault("GET /media/*", fault, times=99)
    refused(site, lambda client: client.post(made.id), kind, patience(name))
    refused(site, lambda client: client.media_of(image.id), kind, patience(name))


@pytest.mark.parametrize(
    "name", ["429 for a moment", "500", "502", "dropped", "truncated", "silent", "packed badly"]
)
def test_what_only_reads_is_asked_again(site: FakeSite, name: str) -> None:
    briefly = before(answer("", 429, Retry_After="1"))
    fault = briefly if name.startswith("429") else READS[name][0]
    made = remote(site).create(POST)
    site.fault("GET /posts", fault, times=2)
    waits = Waits()
    client = remote(site, waits=waits, limits=patience(name))
    assert [post.id for post in client.posts()] == [made.id]
    assert waits == [1.0, 1.5]


@pytest.mark.parametrize(
    ("said", "waited"),
    [("20", 20.0), ("Thu, 01 Jan 2026 00:00:25 GMT", 25.0), ("soon", 1.0), ("-3", 1.0)],
)
def test_a_site_says_how_long_to_wait(said: str, waited: float) -> None:
    with fake_site() as site:
        date = b"Date: Thu, 01 Jan 2026 00:00:00 GMT\r\n"
        busy = raw(b"HTTP/1.1 503 x\r\n" + date + f"Retry-After: {said}\r\n\r\n".encode())
        site.fault("GET /tags", before(busy))
        waits = Waits()
        calls = remote(site, waits=waits)._calls
        RestSite(calls).terms("post_tag")
        assert waits == [waited]


# --- Answers that fail: what writes ---------------------------------------------------------------

CREATE: dict[str, Callable[[RestSite], object]] = {
    "POST /posts": lambda client: client.create(POST),
    "POST /media": lambda client: client.upload("a.png", "a", PNG, "image/png"),
}
UNCLEAR: dict[str, Fault] = {
    "dropped before": before(DROP),
    "dropped after": after(DROP),
    "too late": delayed(20.0),
    "502 after": after(answer("<h1>502 Bad Gateway</h1>", 502)),
    "504 after": after(answer("", 504)),
    "503 after": after(answer("", 503, Retry_After="1")),
    "500 after": after(wp_error(500, "internal_server_error", "Died.")),
    "truncated": truncated,
    "cut short": cut_short,
    "warned": warned,
    "login page": after(LOGIN_PAGE),
    "nothing": after(answer("", 201)),
    "other JSON": after(answer("[]", 201)),
    "packed badly": after(answer(b"no gzip", 201, Content_Encoding="gzip")),
}
CLEAR: dict[str, tuple[Fault, type[PubtoolError], str]] = {
    "401": (before(wp_error(401, "rest_cannot_create", "Sorry.")), NoPermission, "strips"),
    "403": (before(wp_error(403, "rest_cannot_create", "Sorry.")), NoPermission, "role"),
    "firewall": (before(FIREWALL), NoPermission, "firewall's page"),
    "404": (before(answer("<title>Nothing</title>", 404)), SiteRefused, "“Nothing”"),
    "409": (before(wp_error(409, "locked", "Anna is editing.")), SiteRefused, "somebody else"),
    "410": (before(wp_error(410, "gone", "Gone.")), SiteRefused, "deleted"),
    "413": (before(answer("<h1>413 Too Large</h1>", 413)), SiteRefused, "413 Too Large"),
    "423": (before(wp_error(423, "locked", "Locked.")), SiteRefused, "somebody else"),
    "to www": (before(redirect("https://www.blog.example/", 301)), SiteRefused, "www.blog.example"),
    "to itself": (before(redirect("/wp-json/wp/v2/posts/", 307)), SiteRefused, "nothing is sent"),
    "429 for hours": (before(answer("", 429, Retry_After="7200")), SiteRefused, "7200 seconds"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNCLEAR)
@pytest.mark.parametrize("route", CREATE)
def test_what_may_have_been_made_is_not_asked_for_again(
    site: FakeSite, route: str, name: str
) -> None:
    site.fault(route, UNCLEAR[name])
    said = refused(site, CREATE[route], OutcomeUnknown, patience(name))
    assert "may have been done or not: " in said
    assert "looks at the site before it writes" in said
    assert [one.route for one in site.writes] == [route]


@pytest.mark.parametrize("name", CLEAR)
@pytest.mark.parametrize("route", CREATE)
def test_what_was_refused_is_said_to_be(site: FakeSite, route: str, name: str) -> None:
    fault, kind, word = CLEAR[name]
    site.fault(route, fault, times=9)
    assert word in refused(site, CREATE[route], kind)
    assert [one.route for one in site.writes] == [route]
    assert not site.posts
    assert not site.media


@pytest.mark.parametrize("route", CREATE)
def test_what_the_site_had_no_time_for_is_asked_again(site: FakeSite, route: str) -> None:
    site.fault(route, before(answer("", 429, Retry_After="1")), times=2)
    waits = Waits()
    CREATE[route](remote(site, waits=waits))
    assert (len(site.posts) + len(site.media), waits) == (1, [1.0, 1.5])


def test_what_was_never_sent_is_no_question(site: FakeSite) -> None:
    client = remote(site)
    client.account()
    waits = Waits()
    gone = RestSite(replace(client._calls, pause=waits))
    gone._found = client._found
    with fake_site() as other:
        port = other.port
    found = gone._site()
    gone._found = replace(found, api=replace(found.api, root=f"http://127.0.0.1:{port}/wp-json/"))
    with pytest.raises(SiteUnreachable, match="refused the connection"):
        gone.create(POST)
    assert waits == [1.0, 1.5]


AGAIN: dict[str, Callable[[RestSite, int, int], object]] = {
    "POST /posts/?": lambda client, post, image: client.update(post, {"title": "New"}),
    "POST /media/?": lambda client, post, image: client.describe(image, alt="New", caption=""),
    "POST /categories": lambda client, post, image: client.create_term("category", "New", "new"),
}


@pytest.mark.parametrize("name", ["dropped before", "dropped after", "502 after", "truncated",
                                  "503 after", "500 after", "too late"])  # fmt: skip
@pytest.mark.parametrize("route", AGAIN)
def test_what_can_be_said_twice_is_said_again(site: FakeSite, route: str, name: str) -> None:
    client = remote(site)
    post, image = client.create(POST), client.upload("a.png", "a", PNG, "image/png")
    site.fault(route, UNCLEAR[name], times=2)
    AGAIN[route](remote(site, limits=patience(name)), post.id, image.id)
    texts = [site.posts[post.id]["title"], site.media[image.id]["alt_text"]]
    terms = [term["name"] for term in site.terms["categories"].values()]
    assert [*texts, *terms].count("New") == 1
    assert len(site.posts) == len(site.media) == 1


@pytest.mark.parametrize("name", UNCLEAR)
@pytest.mark.parametrize("route", AGAIN)
def test_what_stays_unclear_is_said_to_be(site: FakeSite, route: str, name: str) -> None:
    client = remote(site)
    post, image = client.create(POST), client.upload("a.png", "a", PNG, "image/png")
    site.fault(route, UNCLEAR[name], times=9)
    again = AGAIN[route]
    limits = patience(name)
    refused(site, lambda client: again(client, post.id, image.id), OutcomeUnknown, limits)


def test_a_field_that_is_refused_when_the_post_is_there_leaves_a_doubt(site: FakeSite) -> None:
    meta = wp_error(403, "rest_cannot_update", "Sorry, you may not edit the field.")
    site.fault("POST /posts", after(meta))
    assert "rest_cannot_update" in refused(site, CREATE["POST /posts"], OutcomeUnknown)


def test_a_file_that_the_site_has_although_it_failed_over_it_is_not_sent_twice(
    site: FakeSite,
) -> None:
    died = answer("", 500, X_WP_Upload_Attachment_ID="2")
    site.fault("POST /media", after(died))
    found = remote(site).upload("a.png", "a", PNG, "image/png")
    assert (found.id, found.slug) == (2, "a")
    assert [one.route for one in site.writes] == ["POST /media"]


def test_a_file_that_the_site_does_not_take_is_refused_in_its_words(site: FakeSite) -> None:
    said = refused(site, lambda client: client.upload("a.svg", "a", b"<svg/>", "image/svg+xml"))
    assert "rest_upload_sideload_error (Sorry, you are not allowed to upload" in said
    assert "uploading a.svg" in said
    assert len(site.writes) == 1


def test_an_answer_that_comes_before_the_whole_file_was_sent_is_read() -> None:
    early = raw(b"HTTP/1.1 413 Payload Too Large\r\nContent-Length: 0\r\n\r\n")
    with fake_site() as site:
        site.unread = "POST /media"
        site.fault("POST /media", before(early))
        big = b"\x89PNG" + bytes(30_000_000)
        with pytest.raises((SiteRefused, OutcomeUnknown)) as caught:
            remote(site).upload("a.png", "a", big, "image/png")
        assert not site.media
        assert isinstance(caught.value, SiteRefused), str(caught.value)


def test_roles_are_told_what_they_may_not(site: FakeSite) -> None:
    post = remote(site).create({**POST, "status": "publish"}).id
    writer = remote(site, "contributor")
    assert writer.posts(slug="a-post") == ()
    calls: dict[str, Callable[[], object]] = {
        "rest_cannot_publish": lambda: writer.create({**POST, "status": "publish"}),
        "rest_cannot_edit": lambda: writer.update(post, {"title": "x"}),
        "rest_forbidden_context": lambda: writer.post(post),
        "rest_cannot_create": lambda: writer.upload("a.png", "a", PNG, "image/png"),
    }
    for code, call in calls.items():
        with pytest.raises(NoPermission, match=code) as caught:
            call()
        assert (caught.value.code, caught.value.status) == (code, 403)


# --- Finding the API, and logging in --------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "mend"),
    [
        ("kbrc EFGH 1234 ijkl MNOP 5678", "check `user` and the application password letter by"),
        ("my-own-password", "has 24 letters and digits, and the one that was given has 15 signs"),
        ("abcd", "has 24 letters and digits, and the one that was given has 4 signs"),
    ],
)
@pytest.mark.parametrize("strips", [False, True])
def test_a_wrong_password_is_said_to_be(
    password: str, mend: str, *, strips: bool, site: FakeSite
) -> None:
    site.strips_authorization = strips
    login = login_of(site.home, "admin", Secret(password), "basic")
    with pytest.raises(NoPermission) as refusal:
        RestSite(Calls(site.home, login, ("127.0.0.1",))).account()
    said = str(refusal.value)
    assert mend in said
    assert password not in said
    assert ("htaccess" in said) == (strips and "letter by" in mend)


def test_a_host_that_strips_the_password_is_suspected_and_the_mend_given(site: FakeSite) -> None:
    site.strips_authorization = True
    said = refused(site, lambda client: client.account(), NoPermission)
    assert "rest_not_logged_in" in said
    assert "SetEnvIf Authorization" in said
    said = refused(site, CREATE["POST /posts"], NoPermission)
    assert "rest_cannot_create" in said
    assert "SetEnvIf Authorization" in said


def test_a_site_without_application_passwords_is_never_told_one(site: FakeSite) -> None:
    site.application_passwords = False
    said = refused(site, lambda client: client.account(), NoPermission)
    assert "over http WordPress takes no application passwords" in said
    assert not any("authorization" in one.headers for one in site.requests)


def test_an_index_that_is_closed_to_visitors_is_one_all_the_same(site: FakeSite) -> None:
    closed = wp_error(401, "rest_login_required", "Only for members.")
    site.fault("GET index", before(closed), times=9)
    assert remote(site).account().user == "admin"


def test_a_site_whose_home_is_closed_to_visitors_is_found(site: FakeSite) -> None:
    site.fault("GET home", before(redirect("/wp-login.php?redirect_to=%2F")))
    site.routes["/wp-login.php"] = LOGIN_PAGE
    assert remote(site).account().user == "admin"


@pytest.mark.parametrize("name", ["429", "500", "502", "maintenance", "truncated", "silent"])
def test_a_site_that_fails_for_the_moment_is_not_said_to_be_none(site: FakeSite, name: str) -> None:
    site.link_header = False
    site.fault("GET index", READS[name][0], times=99)
    refused(site, lambda client: client.account(), READS[name][1], patience(name))
    died = wp_error(503, "wp_die", "Briefly unavailable.", Retry_After="600")
    site.faults.insert(0, ("GET *", [0, 99], before(died)))
    said = refused(site, lambda client: client.account(), SiteUnreachable)
    assert "503 wp_die (Briefly unavailable.), and asks to wait 600 seconds; try again" in said


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (answer("<h1>Hello</h1>"), "it answers 404"),
        (answer("<h1>Gone</h1>", 404), "it answers 404"),
    ],
)
def test_what_is_no_wordpress_is_said_to_be_none(page: Route, why: str) -> None:
    with serve({"/": page, "/wp-json/": answer("<title>No</title>", 404)}) as site:
        login = login_of(site.url(""), "a", Secret("x"), "basic")
        with pytest.raises(NotWordPress, match=why) as caught:
            RestSite(Calls(site.url(""), login, ("127.0.0.1",), CALM, Waits())).account()
        assert "“No”" in str(caught.value)
        assert not any("authorization" in headers for _, headers in site.asked)


@pytest.mark.parametrize("where", ["https://evil.example/wp-json/", "http://127.0.0.1:1/wp-json/"])
def test_an_api_on_another_host_is_not_told_the_password(site: FakeSite, where: str) -> None:
    site.api_root = where
    said = refused(site, lambda client: client.account())
    assert where.removesuffix("/wp-json/") in said
    assert not any("authorization" in one.headers for one in site.requests)


def test_the_api_of_wordpress_com_is_named_with_what_to_write(site: FakeSite) -> None:
    site.api_root = "https://public-api.wordpress.com/wp-json/"
    said = refused(site, lambda client: client.account())
    assert "https://public-api.wordpress.com/wp/v2/sites/127.0.0.1" in said
    assert 'auth = "bearer"' in said


def test_a_home_on_another_host_is_named_and_not_gone_to(site: FakeSite) -> None:
    with fake_site() as other:
        site.fault("GET home", before(redirect(other.home + "/")))
        said = refused(site, lambda client: client.account())
        assert other.home in said
        assert other.requests == []


EVERY: dict[str, Callable[[RestSite], object]] = {
    "GET home": lambda client: client.account(),
    "GET index": lambda client: client.account(),
    "GET /users/me": lambda client: client.account(),
    "OPTIONS /posts": lambda client: client.account(),
    "GET /posts": lambda client: client.posts(),
    "GET /posts/2": lambda client: client.post(2),
    "POST /posts/2": lambda client: client.update(2, {}),
    "GET /tags": lambda client: client.terms("post_tag"),
    "POST /tags": lambda client: client.create_term("post_tag", "x", "x"),
    "GET /media": lambda client: client.media("a"),
    "GET /media/3": lambda client: client.media_of(3),
    "POST /media/3": lambda client: client.describe(3, alt="", caption=""),
    **CREATE,
}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("route", EVERY)
def test_no_other_host_is_ever_sent_anything(site: FakeSite, route: str, status: int) -> None:
    with fake_site() as other:
        away = redirect(f"{other.home}/wp-json/wp/v2/posts?x=1", status)
        site.fault(route, before(away), times=9)
        said = refused(site, EVERY[route])
        assert f"it redirects to {other.home}/wp-json/wp/v2/posts, and" in said
        assert other.requests == []


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSite]:
    """A site with a certificate for `localhost` that is believed."""
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with fake_site(tls=context) as site:
        site.host = "localhost"
        yield site


def test_a_site_with_a_certificate_is_published_to(secure: FakeSite) -> None:
    assert secure.home.startswith("https://localhost:")
    assert remote(secure).create(POST).slug == "a-post"


def test_a_certificate_that_does_not_hold_ends_it(secure: FakeSite) -> None:
    secure.host = "127.0.0.1"
    said = refused(secure, CREATE["POST /posts"], SiteUnreachable)
    assert "its certificate is not valid (" in said
    assert "this machine's clock" in said
    assert secure.requests == []


def test_application_passwords_that_are_switched_off_are_said_to_be(secure: FakeSite) -> None:
    secure.application_passwords = False
    said = refused(secure, lambda client: client.account(), NoPermission)
    assert "the site has application passwords switched off" in said
    assert not any("authorization" in one.headers for one in secure.requests)


def test_a_site_behind_a_proxy_that_names_itself_by_http_is_asked_by_https(
    secure: FakeSite,
) -> None:
    secure.api_root = f"http://localhost:{secure.port}/wp-json/"
    assert remote(secure).account().user == "admin"


def test_a_site_that_has_moved_to_https_is_followed_there_before_the_password_goes(
    site: FakeSite, secure: FakeSite
) -> None:
    site.host = "localhost"
    secure.password = site.password
    site.fault("GET *", before(redirect(f"{secure.home}/", 301)), times=99)
    assert remote(site).account().url == secure.home
    assert not any("authorization" in one.headers for one in site.requests)


def test_a_site_does_not_lead_back_from_https_to_http(secure: FakeSite, site: FakeSite) -> None:
    site.host = "localhost"
    for route in ("GET home", "GET index"):
        secure.fault(route, before(redirect(f"{site.home}/")))
        assert site.home in refused(secure, lambda client: client.account())
    assert site.requests == []


def test_a_fault_of_our_own_shows_no_password_either(
    site: FakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        raise RuntimeError("a bug")

    monkeypatch.setattr("pubtool.publishers.wordpress.calls.read", broken)
    try:
        remote(site).account()
    except RuntimeError:
        shown = traceback.format_exc()
    assert "RuntimeError: a bug" in shown
    assert not any(secret in shown for secret in secrets_of(site))


def test_a_redirect_within_the_site_is_followed_with_the_password(site: FakeSite) -> None:
    made = remote(site).create(POST)
    site.fault("GET /posts/2", before(redirect("/wp-json/wp/v2/posts/2/?context=edit")))
    found = remote(site).post(made.id)
    assert found is not None
    assert found.content == "<p>Words</p>"


def test_the_secret_is_in_no_picture_of_the_client(site: FakeSite) -> None:
    client = remote(site)
    client.account()
    shown = repr(client._calls) + str(client._calls.login) + f"{client._calls.login}"
    assert shown.count("Secret(…)") == 3
    assert not any(secret in shown for secret in secrets_of(site))


def test_what_was_sent_is_what_was_given(site: FakeSite) -> None:
    client = remote(site)
    client.create({**POST, "content": "“é” 😀 \\u0041"})
    client.upload("Größe.png", "groesse-0123", PNG, "image/png")
    first, second = site.writes
    assert json.loads(first.body)["content"] == "“é” 😀 \\u0041"
    assert second.body == PNG
    assert second.query == {"slug": "groesse-0123", "title": "Größe"}


def test_what_is_configured_is_enough(site: FakeSite) -> None:
    client: Remote = connect(site.home, "admin", Secret(site.password))
    assert client.create(POST) == client.post(2)
