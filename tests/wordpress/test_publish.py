"""`publish` against real sites: one post a post, no edit overwritten, nothing lost unsaid."""

from __future__ import annotations

import html
import json
import random
import re
import time
from pathlib import Path

import pytest
from tests.wordpress.blog import Blog, blog, own_mark
from tests.wordpress.files import EDITIONS
from tests.wordpress.holding import holding
from tests.wordpress.site import PHP, Site

NEWEST = pytest.mark.parametrize(
    "server", EDITIONS[-1:], ids=["newest"], indirect=True, scope="session"
)
"""What does not hang on the version is tried on one: each run of the command takes a second."""


@pytest.fixture
def ours(wordpress: Site, tmp_path: Path) -> Blog:
    """A project of the administrator's, its site as it is after installation."""
    wordpress.reset()
    return blog(tmp_path / "ours", wordpress)


@pytest.fixture
def authors(wordpress: Site, tmp_path: Path) -> Blog:
    """The same of an author's, who may publish and upload, but write no unfiltered HTML."""
    wordpress.reset()
    return blog(tmp_path / "authors", wordpress, wordpress.author)


# --- Once, and again ------------------------------------------------------------------------------


def test_a_post_is_made_as_it_is_written(ours: Blog) -> None:
    ours.write(
        "hello",
        "Words with a note.[^1]\n\n[^1]: The *note*.",
        title='"A & <b>"',
        date="2026-05-03T10:30:00+02:00",
        slug="good-day",
        excerpt='"Short & <sweet>"',
        categories="[Law & order]",
        tags='["C++", études]',
        series="{name: A series, part: 1}",
    )
    ours.published()
    [post] = ours.site.posts()
    assert html.unescape(post["title"]["rendered"]) == "A & <b>"
    assert (post["slug"], post["status"]) == ("good-day", "publish")
    assert post["date_gmt"] == "2026-05-03T08:30:00"
    assert html.unescape(post["excerpt"]["raw"]) == "Short & <sweet>"
    [note] = json.loads(post["meta"]["footnotes"])
    assert note["content"] == "The <em>note</em>."
    assert f'data-fn="{note["id"]}"' in post["content"]["raw"]
    assert terms(ours.site, "categories", post) == {"Law & order", "A series"}
    assert terms(ours.site, "tags", post) == {"C++", "études"}
    own_mark(post["content"]["raw"])


def terms(site: Site, taxonomy: str, post: dict[str, list[int]]) -> set[str]:
    listed = site.rest("GET", f"{taxonomy}?context=edit&post={post['id']}&per_page=100")
    return {one["name"].replace("&amp;", "&") for one in listed}


def test_publishing_again_sends_nothing(ours: Blog) -> None:
    ours.picture("dot.png")
    ours.write("one", "See [two](two.md).[^1]\n\n![A dot](dot.png)\n\n[^1]: Note.", tags="[a, b]")
    ours.write("two", "See [one](one.md).", series="S", image="dot.png", image_alt="A dot")
    ours.write("three", status="draft")
    ours.write("four", status="private")
    ours.write("five", status="future", date="2099-01-01")
    ours.published()
    before, memory = ours.site.posts(), ours.remembered()
    ours.site.forget_requests()
    ours.published()
    assert ours.site.writes() == []
    assert ours.site.posts() == before
    assert ours.remembered() == memory


@NEWEST
def test_a_post_is_a_draft_unless_it_says_otherwise(ours: Blog) -> None:
    (ours.folder / "posts" / "plain.md").write_text("# Plain\n\nWords.\n", encoding="utf-8")
    ours.published()
    assert [post["status"] for post in ours.site.posts()] == ["draft"]


@NEWEST
@pytest.mark.parametrize(
    ("status", "date"),
    [("private", "2026-05-03"), ("future", "2099-05-03"), ("draft", "2026-05-03")],
)
def test_each_status_is_kept(ours: Blog, status: str, date: str) -> None:
    ours.write("one", status=status, date=date)
    ours.published()
    [post] = ours.site.posts()
    assert (post["status"], post["date"][:10]) == (status, date)


@NEWEST
def test_a_dry_run_sends_nothing_and_says_what_it_would(ours: Blog) -> None:
    ours.write("one")
    run = ours.run("publish", "blog", "--dry-run")
    assert run.status == 0, run.said
    assert "posts/one.md" in run.output
    assert ours.site.writes() == []
    assert not (ours.folder / "published").exists()


@NEWEST
def test_a_change_updates_the_same_post(ours: Blog) -> None:
    ours.write("one", "Before.")
    ours.published()
    [before] = ours.site.posts()
    ours.write("one", "After.", title="Another title")
    ours.published()
    [after] = ours.site.posts()
    assert after["id"] == before["id"]
    assert after["title"]["raw"] == "Another title"
    assert ">After.</p>" in after["content"]["raw"]
    assert own_mark(after["content"]["raw"]) == own_mark(before["content"]["raw"])


@NEWEST
def test_another_slug_or_file_name_makes_no_second_post(ours: Blog) -> None:
    path = ours.write("one", "Words that stay.")
    ours.published()
    [before] = ours.site.posts()
    path.unlink()
    ours.write("renamed", "Words that stay.", title="One", slug="elsewhere")
    ours.published()
    [after] = ours.site.posts()
    assert (after["id"], after["slug"]) == (before["id"], "elsewhere")


def test_without_its_memory_the_posts_are_found_again(ours: Blog) -> None:
    ours.write("one", slug="first")
    ours.write("two")
    ours.published()
    before = ours.site.posts()
    ours.site.rest("POST", f"posts/{before[0]['id']}", body={"slug": "changed-there"})
    ours.forget()
    ours.publish()
    assert [post["id"] for post in ours.site.posts()] == [post["id"] for post in before]


@NEWEST
def test_a_stranger_s_post_at_our_address_is_left_alone(ours: Blog) -> None:
    theirs = ours.site.rest(
        "POST", "posts", body={"title": "Theirs", "slug": "one", "status": "publish"}
    )
    ours.write("one")
    run = ours.publish()
    assert run.status == 1
    assert "one" in run.said
    [still] = ours.site.posts()
    assert (still["id"], still["modified_gmt"]) == (theirs["id"], theirs["modified_gmt"])


# --- Edited there ---------------------------------------------------------------------------------


def edit(site: Site, old: str, new: str) -> None:
    """Change words of the only post, as somebody does in the editor."""
    [post] = site.posts()
    content = post["content"]["raw"]
    assert old in content
    site.rest("POST", f"posts/{post['id']}", body={"content": content.replace(old, new)})


def test_an_edit_on_the_site_is_shown_and_not_overwritten(ours: Blog) -> None:
    ours.write("one", "Ours.\n\nBoth.")
    ours.published()
    edit(ours.site, "Both.", "Theirs.")
    ours.write("one", "Ours, changed.\n\nBoth.")
    run = ours.publish()
    assert run.status == 1
    assert re.search(r"^\s*\S* ?-.*Both\.", run.said, re.M), run.said
    assert re.search(r"^\s*\S* ?\+.*Theirs\.", run.said, re.M), run.said
    [post] = ours.site.posts()
    assert ">Theirs.</p>" in post["content"]["raw"]
    assert "changed" not in post["content"]["raw"]


@NEWEST
def test_ours_overwrites_an_edit(ours: Blog) -> None:
    ours.write("one", "Before.")
    ours.published()
    edit(ours.site, "Before.", "Theirs.")
    ours.write("one", "Ours.")
    ours.published("--ours")
    [post] = ours.site.posts()
    assert ">Ours.</p>" in post["content"]["raw"]
    ours.site.forget_requests()
    ours.published()
    assert ours.site.writes() == []


@NEWEST
def test_theirs_keeps_an_edit_and_is_not_asked_again(ours: Blog) -> None:
    ours.write("one", "Before.")
    ours.published()
    edit(ours.site, "Before.", "Theirs.")
    ours.write("one", "Ours.")
    ours.publish("--theirs")
    ours.site.forget_requests()
    ours.published()
    assert ours.site.writes() == []
    [post] = ours.site.posts()
    assert ">Theirs.</p>" in post["content"]["raw"]


@NEWEST
def test_what_somebody_adds_beside_our_text_stays(ours: Blog) -> None:
    ours.write("one", "Before.", tags="[ours]")
    ours.published()
    [post] = ours.site.posts()
    theirs = ours.site.rest("POST", "categories", body={"name": "Theirs"})
    ours.site.rest(
        "POST", f"posts/{post['id']}", body={"categories": [theirs["id"]], "sticky": True}
    )
    ours.write("one", "After.", tags="[ours]")
    ours.published()
    [after] = ours.site.posts()
    assert ">After.</p>" in after["content"]["raw"]
    assert after["sticky"]
    assert theirs["id"] in after["categories"]


# --- What belongs to a post -----------------------------------------------------------------------


def test_an_image_is_uploaded_once_for_all_posts_and_runs(ours: Blog) -> None:
    ours.picture("dot.png")
    ours.write("one", '![A blue “dot” & more](dot.png "A title")')
    ours.write("two", "![The dot](dot.png)", image="dot.png", image_alt="A dot")
    ours.published()
    [media] = ours.site.rest("GET", "media?context=edit")
    assert media["alt_text"] != ""
    posts = ours.site.posts()
    for post in posts:
        assert f'src="{media["source_url"]}"' in post["content"]["raw"]
        assert f"wp-image-{media['id']}" in post["content"]["raw"]
    assert {post["featured_media"] for post in posts} == {0, media["id"]}
    assert ours.site.ask("GET", media["source_url"].removeprefix(ours.site.url)).status == 200
    ours.picture("dot.png", 1)
    ours.published()
    assert len(ours.site.rest("GET", "media")) == 2


@NEWEST
def test_links_between_posts_lead_to_their_addresses_there(ours: Blog) -> None:
    ours.write("one", "See [two](two.md).")
    ours.write("two", "See [one](one.md).")
    ours.published()
    one, two = sorted(ours.site.posts(), key=lambda post: str(post["slug"]))
    assert f'href="{two["link"]}"' in one["content"]["raw"]
    assert f'href="{one["link"]}"' in two["content"]["raw"]


@NEWEST
def test_a_category_past_the_first_hundred_is_found(ours: Blog) -> None:
    made = json.loads(ours.site.run_php(PHP / "categories.php", "130"))
    ours.write("one", categories="[C 129]")
    ours.published()
    [post] = ours.site.posts()
    assert post["categories"] == [made[129]]


@NEWEST
def test_a_second_post_of_a_name_is_told_of_the_slug_that_it_got(ours: Blog) -> None:
    """A page has the address: WordPress gives the post another, and says nothing."""
    page = {"title": "One", "slug": "one", "status": "publish"}
    ours.site.rest("POST", "pages", body=page)
    ours.write("one")
    run = ours.publish()
    [post] = ours.site.posts()
    if post["slug"] != "one":
        assert post["slug"] in run.said


# --- Who may what ---------------------------------------------------------------------------------

STRIPPED = """\
Words before.

<iframe src="https://example.org/film"></iframe>

- [x] done

Words after."""


def test_what_wordpress_takes_out_of_an_author_s_post_is_said(authors: Blog) -> None:
    authors.write("one", STRIPPED)
    run = authors.publish()
    [post] = authors.site.posts()
    assert post["status"] == "publish"
    assert "<iframe" not in post["content"]["raw"]
    assert "iframe" in run.said
    assert re.search(r"posts/one\.md:9\b", run.said), run.said


def test_an_author_s_quotations_lead_to_their_proof(authors: Blog) -> None:
    (authors.folder / "references.bib").write_text("@book{mill, title={On Liberty}}\n", "utf-8")
    source = authors.folder / "sources" / "mill.txt"
    source.parent.mkdir()
    source.write_text("The only freedom which deserves the name is our own way.", "utf-8")
    authors.write("one", "Mill: “freedom which deserves the name” [@mill].", lang="de")
    authors.published()
    [post] = authors.site.posts()
    pattern = r'"pubtool-mark"><a title="Zitat 1: wörtlich [^>]* href="#([^"]+)" id="([^"]+)">'
    [mark] = re.findall(pattern, post["content"]["raw"])
    assert f'<a href="#{mark[1]}" id="{mark[0]}">' in post["content"]["raw"]
    assert "<summary>1 Zitat: 1 wörtlich.</summary>" in post["content"]["raw"]


def test_where_a_post_is_summed_up_no_mark_is_read(authors: Blog) -> None:
    """WordPress makes excerpts of links too: check marks stood in feeds and searches."""
    (authors.folder / "references.bib").write_text("@book{mill, title={On Liberty}}\n", "utf-8")
    source = authors.folder / "sources" / "mill.txt"
    source.parent.mkdir()
    source.write_text("The only freedom which deserves the name is our own way.", "utf-8")
    authors.write("one", "Mill: “freedom which deserves the name” [@mill]. “Own way” [@mill].")
    authors.published()
    [post] = authors.site.posts()
    assert post["content"]["raw"].count('<sup class="pubtool-mark">') == 2
    feed = authors.site.ask("GET", "/?feed=rss2").body.decode()
    summary = re.search(r"<description><!\[CDATA\[(.*?)\]\]></description>", feed, re.DOTALL)
    found = authors.site.ask("GET", "/?s=freedom").body.decode()
    assert summary
    for said in (post["excerpt"]["rendered"], summary[1]):
        text = html.unescape(re.sub(r"<[^>]*>", "", said)).replace("\u2060", "").strip()
        assert text.startswith("Mill: “freedom which deserves the name”. “Own way”."), text
        assert not set(text) & set("✓○✗"), text
    shown = re.sub(r"<(details|style|script)\b.*?</\1>", "", found, flags=re.DOTALL)
    assert "freedom which deserves" in shown
    assert not set(re.sub(r"<[^>]*>", "", shown)) & set("✓○✗")


@NEWEST
def test_an_author_s_post_is_not_sent_again_for_what_was_taken_out(authors: Blog) -> None:
    authors.write("one", STRIPPED)
    authors.publish()
    authors.site.forget_requests()
    authors.publish()
    assert authors.site.writes() == []


@NEWEST
def test_a_dry_run_says_what_an_author_s_post_would_lose(authors: Blog) -> None:
    authors.write("one", STRIPPED)
    run = authors.run("publish", "blog", "--dry-run")
    assert "iframe" in run.said
    assert authors.site.writes() == []


@NEWEST
def test_an_administrator_sends_no_stranger_s_frames(ours: Blog) -> None:
    """WordPress filters nothing that this account sends, so pubtool does, and says so before."""
    ours.write("one", STRIPPED)
    run = ours.publish("--dry-run")
    assert "<iframe> is not sent" in run.output
    ours.published()
    [post] = ours.site.posts()
    assert "<iframe" not in post["content"]["raw"]


@NEWEST
def test_nothing_is_lost_of_an_administrator_s_post(ours: Blog) -> None:
    settings = ours.folder / "pubtool.toml"
    settings.write_text(settings.read_text("utf-8") + '[build]\nraw-html = "trusted"\n', "utf-8")
    ours.write("one", STRIPPED)
    ours.published()
    [post] = ours.site.posts()
    assert '<iframe src="https://example.org/film"></iframe>' in post["content"]["raw"]


@NEWEST
def test_a_contributor_is_told_that_publishing_is_not_allowed(
    wordpress: Site, tmp_path: Path
) -> None:
    wordpress.reset()
    theirs = blog(tmp_path / "theirs", wordpress, wordpress.contributor)
    theirs.write("one")
    run = theirs.publish()
    assert run.status in (1, 2)
    assert "publish" in run.messages + run.output
    assert [post["status"] for post in wordpress.posts() if post["status"] == "publish"] == []
    theirs.write("one", status="draft")
    theirs.published()
    [post] = wordpress.posts()
    assert post["status"] == "draft"


@NEWEST
def test_a_wrong_password_is_one_sentence_and_nothing_is_sent(ours: Blog) -> None:
    ours.write("one")
    run = ours.publish(password="wrong")
    assert run.status == 2
    assert "wrong" not in run.said
    assert ours.site.writes() == []
    assert ours.site.posts() == []


@NEWEST
def test_no_password_is_in_anything_that_is_said_or_written(ours: Blog) -> None:
    ours.write("one")
    run = ours.run("-v", "publish", "blog", "--yes")
    assert run.status == 0, run.said
    secret = ours.account[1]
    assert secret not in run.said
    for path in ours.folder.rglob("*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes()


# --- Killed on the way ----------------------------------------------------------------------------


@NEWEST
def test_a_run_that_is_killed_again_and_again_leaves_the_site_as_a_calm_one(
    wordpress: Site, tmp_path: Path
) -> None:
    """benchmarks/publishing.py does the same with hundreds of posts, and kills more often."""
    wordpress.reset()
    calm = blog(tmp_path / "calm", wordpress)
    fill(calm)
    started = time.monotonic()
    calm.published()
    took = time.monotonic() - started
    wanted = holding(wordpress)
    wordpress.reset()
    restless = blog(tmp_path / "restless", wordpress)
    fill(restless)
    chance = random.Random(int(wordpress.newest))
    for _ in range(3):
        restless.killed_after(took * chance.uniform(0.3, 0.9))
    restless.published()
    assert holding(wordpress) == wanted
    wordpress.forget_requests()
    restless.published()
    assert wordpress.writes() == []


def fill(project: Blog) -> None:
    for number in range(4):
        project.picture(f"{number}.png", number)
        text = (
            f"See [next](post-{(number + 1) % 4}.md).[^1]\n\n![A dot]({number}.png)\n\n[^1]: Note."
        )
        project.write(f"post-{number}", text, tags=f"[t{number % 2}]", series="The series")
