"""The REST client against real WordPress: every call, as an administrator and as others."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable
from typing import Any, Protocol

import pytest

from pubtool.errors import NoPermission, SiteRefused
from pubtool.publishers.wordpress.remote import Remote
from pubtool.publishers.wordpress.rest import connect
from pubtool.system.secret import Secret

BLOCK = "<!-- wp:paragraph -->\n<p>“Words” — é 😀 \\u0041 &amp; xyzzy{}</p>\n<!-- /wp:paragraph -->"
NOTES = json.dumps([{"content": 'A <em>note</em> "quoted" \\ é', "id": "u-1"}])


class Site(Protocol):
    """What these tests need of the fixture."""

    @property
    def url(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def user(self) -> str: ...
    @property
    def password(self) -> str: ...
    @property
    def author(self) -> tuple[str, str]: ...
    @property
    def contributor(self) -> tuple[str, str]: ...


@pytest.fixture
def admin(wordpress: Site) -> Remote:
    return connect(wordpress.url, wordpress.user, Secret(wordpress.password))


@pytest.fixture
def author(wordpress: Site) -> Remote:
    user, password = wordpress.author
    return connect(wordpress.url, user, Secret(password))


@pytest.fixture
def contributor(wordpress: Site) -> Remote:
    user, password = wordpress.contributor
    return connect(wordpress.url, user, Secret(password))


def png(colour: int) -> bytes:
    """A picture of 4 by 3."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", 4, 3, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes([colour]) * 12) * 3)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_the_site_says_what_it_is_and_who_we_are(
    wordpress: Site, admin: Remote, author: Remote, contributor: Remote
) -> None:
    account = admin.account()
    assert (account.url, account.version) == (wordpress.url, wordpress.version)
    assert (account.user, account.footnotes) == (wordpress.user, True)
    assert {"unfiltered_html", "publish_posts", "manage_categories"} <= account.capabilities
    assert "unfiltered_html" not in author.account().capabilities
    assert {"publish_posts", "upload_files"} <= author.account().capabilities
    assert "publish_posts" not in contributor.account().capabilities


def test_a_post_is_kept_as_it_was_sent_and_found_again(admin: Remote) -> None:
    content = BLOCK.format("one")
    fields = {"title": 'T & <i>x</i> "q"', "content": content, "excerpt": "E & e", "slug": "one"}
    made = admin.create({**fields, "status": "draft", "meta": {"footnotes": NOTES}})
    assert (made.title, made.content, made.excerpt) == (fields["title"], content, "E & e")
    assert (made.slug, made.status, made.date_gmt) == ("one", "draft", "")
    assert json.loads(made.footnotes) == json.loads(NOTES)
    assert admin.post(made.id) == made
    assert admin.posts(slug="one") == (made,)
    assert admin.posts(search="xyzzyone") == (made,)
    changed = admin.update(made.id, {"status": "publish", "date_gmt": "2020-01-02T03:04:05"})
    assert (changed.status, changed.date_gmt) == ("publish", "2020-01-02T03:04:05")
    assert (changed.content, changed.footnotes) == (content, made.footnotes)
    assert admin.update(made.id, {"status": "publish"}).content == content
    assert admin.post(made.id + 1000) is None


@pytest.mark.parametrize("status", ["draft", "private", "future", "publish"])
def test_a_post_of_any_status_is_found(admin: Remote, status: str) -> None:
    dated = {"date_gmt": "2099-01-02T03:04:05"} if status == "future" else {}
    made = admin.create({"title": status, "slug": f"is-{status}", "status": status, **dated})
    assert made.status == status
    assert admin.posts(slug=f"is-{status}") == (made,)


def test_a_slug_that_is_taken_is_renamed_and_other_letters_are_read_as_written(
    admin: Remote,
) -> None:
    made = [admin.create({"title": "x", "slug": "taken", "status": "publish"}) for _ in "12"]
    assert [post.slug for post in made] == ["taken", "taken-2"]
    other = admin.create({"title": "x", "slug": "привет-мир", "status": "publish"})
    assert other.slug == "привет-мир"
    assert admin.posts(slug="привет-мир") == (other,)


def test_lists_are_read_past_the_first_hundred(admin: Remote) -> None:
    made = [admin.create_term("post_tag", f"Tag {number} & more", "") for number in range(103)]
    found = admin.terms("post_tag")
    assert set(made) <= set(found)
    assert [term.id for term in found] == sorted(term.id for term in found)
    assert made[0].name == "Tag 0 & more"


@pytest.mark.parametrize("name", ['R&D "q"', "Größe ß", "日本語", "O’Reilly's", "a/b: c; d", "1"])
@pytest.mark.parametrize("taxonomy", ["category", "post_tag"])
def test_a_term_with_an_odd_name_is_made_once(admin: Remote, taxonomy: Any, name: str) -> None:
    made = admin.create_term(taxonomy, name, "")
    assert made.name == name
    assert admin.create_term(taxonomy, name, "") == made
    assert admin.create_term(taxonomy, name, made.slug) == made
    assert [term for term in admin.terms(taxonomy) if term.name == name] == [made]


@pytest.mark.parametrize("name", ["a.png", "Größe ß.png", "图.png", "a b;c\"d'.png", "x.y.png"])
def test_an_image_has_the_slug_that_it_was_given(admin: Remote, name: str) -> None:
    slug = f"image-{zlib.crc32(name.encode()):012x}"
    made = admin.upload(name, slug, png(len(name)), "image/png")
    assert (made.slug, made.width, made.height) == (slug, 4, 3)
    told = admin.describe(made.id, alt='An "alt" & more', caption="Cap <em>x</em> & y")
    assert (told.alt, told.caption) == ('An "alt" & more', "Cap <em>x</em> & y")
    assert admin.media(slug) == (told,)
    assert admin.media_of(made.id) == told
    assert admin.media(slug[:-1]) == ()
    assert admin.media_of(made.id + 1000) is None


def test_an_image_of_another_account_is_found(admin: Remote, author: Remote) -> None:
    made = admin.upload("b.png", "b-0123456789ab", png(7), "image/png")
    admin.describe(made.id, alt="Alt", caption="Cap <em>x</em>.")
    (found,) = author.media("b-0123456789ab")
    assert (found.id, found.url, found.alt, found.caption) == (made.id, made.url, "Alt", "Cap x.")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
     ("a.png", b"no picture", "image/png"), ("a.php", b"<?php", "application/x-php")],
)  # fmt: skip
def test_a_file_that_is_not_taken_is_refused(
    admin: Remote, name: str, data: bytes, kind: str
) -> None:
    with pytest.raises(SiteRefused, match="not allowed to upload this file type"):
        admin.upload(name, "refused-0123456789ab", data, kind)
    assert admin.media("refused-0123456789ab") == ()


def test_what_a_role_may_not_is_refused_with_its_code(
    admin: Remote, author: Remote, contributor: Remote
) -> None:
    post = admin.create({"title": "Admin's", "status": "publish"}).id
    calls: list[tuple[str, Callable[[], object]]] = [
        ("rest_cannot_publish", lambda: contributor.create({"title": "x", "status": "publish"})),
        ("rest_cannot_create", lambda: contributor.upload("a.png", "a", png(1), "image/png")),
        ("rest_cannot_create", lambda: author.create_term("category", "Not there", "")),
        ("rest_cannot_edit", lambda: author.update(post, {"title": "x"})),
        ("rest_forbidden_context", lambda: author.post(post)),
    ]
    for code, call in calls:
        with pytest.raises(NoPermission, match=code) as caught:
            call()
        assert (caught.value.code, caught.value.status) == (code, 403)
    assert contributor.posts(slug="admins") == ()


def test_what_is_filtered_for_a_role_is_read_back(author: Remote) -> None:
    made = author.create({"title": "x", "content": "<p>a<script>b</script></p>", "status": "draft"})
    assert made.content == "<p>ab</p>"


@pytest.mark.parametrize("user", ["admin", "nobody"])
def test_a_wrong_password_is_a_sentence_with_a_mend(wordpress: Site, user: str) -> None:
    with pytest.raises(NoPermission, match="check `user` and the application password"):
        connect(wordpress.url, user, Secret("wron wron wron wron wron wron")).account()
