"""`import` at the command line: a blog's export becomes posts, and nothing else is touched."""

from __future__ import annotations

import json
import re
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from click.testing import CliRunner, Result

from pubtool.cli import program

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>A blog</title><link>https://example.org</link><language>de</language>
"""


def item(number: int, content: str, **given: Any) -> str:
    said = {"kind": "post", "status": "publish", "slug": f"post-{number}", "more": "", **given}
    title = said.get("title", f"Post {number}")
    return (
        f"<item><title>{escape(title)}</title><link>https://example.org/{said['slug']}/</link>"
        f"<dc:creator>ann</dc:creator><content:encoded>{escape(content)}</content:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date>2020-01-0{number} 10:00:00</wp:post_date>"
        f"<wp:post_name>{said['slug']}</wp:post_name><wp:status>{said['status']}</wp:status>"
        f"<wp:post_type>{said['kind']}</wp:post_type>{said['more']}</item>\n"
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "posts").mkdir(parents=True)
    (folder / "references.bib").touch()
    return folder


def run(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(program, ["--project", str(project), *arguments])


def export(project: Path, *items: str) -> str:
    file = project.parent / "blog.xml"
    file.write_text(HEAD + "".join(items) + "</channel></rss>", encoding="utf-8")
    return str(file)


def files(project: Path) -> dict[str, str]:
    return {
        path.relative_to(project).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((project / "posts").rglob("*"))
        if path.is_file()
    }


def test_posts_with_their_front_matter(project: Path) -> None:
    term = '<category domain="category" nicename="law">The: Law</category>'
    tag = '<category domain="post_tag" nicename="a">yes</category>'
    file = export(project, item(1, "<p>Text.</p>", title='A "title": <b>1</b>', more=term + tag))
    result = run(project, "import", file)
    assert result.exit_code == 0, result.output
    assert files(project) == {
        "posts/post-1.md": "---\n"
        'title: "A \\"title\\": 1"\n'
        "date: 2020-01-01T10:00:00\n"
        "slug: post-1\n"
        "status: publish\n"
        "author: ann\n"
        'categories: ["The: Law"]\n'
        'tags: ["yes"]\n'
        "lang: de\n"
        'wordpress: {id: 1, link: "https://example.org/post-1/"}\n'
        "---\n\n"
        "Text.\n"
    }


def test_series_pages_and_what_is_left_out(project: Path) -> None:
    series = '<category domain="category" nicename="s">The Series</category>'
    file = export(
        project,
        item(1, "x", more=series + "<wp:comment/>"),
        item(2, "x", kind="page"),
        item(3, "x", kind="nav_menu_item"),
        item(4, "x", status="trash"),
        item(5, "x", status="pending"),
        item(6, "x", more="<wp:post_password>p</wp:post_password>"),
    )
    result = run(project, "import", file, "--series-from", "the series,Nothing")
    assert result.exit_code == 1
    assert "no post has the category Nothing\n" in result.output
    left = "left out: 1 comment, 1 nav_menu_item, 1 page, 1 post (trash); --pages takes the pages"
    assert left in " ".join(result.output.split())
    written = files(project)
    assert set(written) == {"posts/post-1.md", "posts/post-5.md", "posts/post-6.md"}
    assert "series: The Series\n" in written["posts/post-1.md"]
    assert "status: draft\n" in written["posts/post-5.md"]
    assert "status: private\n" in written["posts/post-6.md"]
    run(project, "import", file, "--pages")
    assert "posts/post-2.md" in files(project)


def test_what_is_left_out_is_counted_in_words(project: Path) -> None:
    pages = [item(number, "x", kind="page") for number in (1, 2)]
    result = run(project, "import", export(project, *pages, item(3, "x", status="trash")), "-n")
    assert "left out: 2 pages, 1 post (trash); --pages takes the pages\n" in result.output


def test_a_post_that_was_changed_here_is_not_called_another(project: Path) -> None:
    file = export(project, item(1, '<p>One. <img src="https://example.org/a.png"/></p>'))
    run(project, "import", file)
    post, listed = project / "posts" / "post-1.md", project / "posts" / "images.txt"
    text = post.read_text(encoding="utf-8").replace("https://example.org/a.png", "images/a.png")
    post.write_text(text, encoding="utf-8")
    listed.write_text("", encoding="utf-8")
    result = run(project, "import", file)
    assert "posts/post-1.md: changed since it was imported; it was left alone\n" in result.output
    assert "still on the web" not in result.output
    assert listed.read_text(encoding="utf-8") == ""


def test_what_one_post_has_twice_is_counted_twice(project: Path) -> None:
    quote = '<span data-verdict="verbatim" data-source="mill1859">{}</span>'
    file = export(project, item(1, f"<p>{quote.format('One.')} {quote.format('Two.')}</p>"))
    said = "citation became text: posts/post-1.md:11 and 1 other place\n"
    assert said in run(project, "import", file, "-n").output


def test_an_address_is_no_file(project: Path) -> None:
    result = run(project, "import", "https://example.org/blog.xml")
    assert result.exit_code == 2
    assert "`pubtool pull SITE` asks a site" in result.stderr


def test_a_second_run_changes_nothing_and_no_file_is_overwritten(project: Path) -> None:
    file = export(project, item(1, "One."), item(2, "Two."))
    run(project, "import", file)
    (project / "posts" / "post-2.md").write_text("mine", encoding="utf-8")
    before = files(project)
    result = run(project, "import", file)
    assert result.exit_code == 1
    assert "posts/post-2.md: another file has this name; it was left alone\n" in result.output
    assert "2 posts: 1 unchanged, 1 left alone\n" in result.output
    assert files(project) == before


def test_a_dry_run_lists_and_writes_nothing(project: Path) -> None:
    result = run(project, "import", export(project, item(1, "One.")), "--dry-run")
    assert result.exit_code == 0
    assert result.output.startswith("posts/post-1.md  new\n")
    assert files(project) == {}


def test_two_posts_of_one_name(project: Path) -> None:
    file = export(
        project,
        item(1, "One.", slug="", title="Same", status="draft"),
        item(2, "Two.", slug="", title="Same", status="draft"),
        item(3, "Three.", slug="../../etc/x"),
    )
    assert run(project, "import", file).exit_code == 0
    names = {"posts/same.md", "posts/same-2.md", "posts/etc-x.md"}
    assert set(files(project)) == names
    assert run(project, "build", "--draft", "--to", "html").exit_code == 0


def test_what_is_published_keeps_its_address(project: Path) -> None:
    """WordPress lets a draft, and a page, share the slug of a post; a draft's took it from that."""
    file = export(
        project,
        item(1, "Draft.", slug="same", status="draft"),
        item(2, "Page.", slug="same", kind="page"),
        item(3, "Live.", slug="same"),
        item(4, "Another.", slug="same-1"),
    )
    assert run(project, "import", "--pages", file).exit_code == 0
    written = files(project)
    said = {name: re.findall(r"^(?:slug|status): (.*)$", written[name], re.M) for name in written}
    assert said == {
        "posts/same.md": ["same", "publish"],
        "posts/same-1.md": ["same-1", "publish"],
        "posts/same-1-1.md": ["same-1-1", "draft"],
        "posts/same-2.md": ["same-2", "publish"],
    }
    assert "Live." in written["posts/same.md"]


def test_links_between_posts_and_images(project: Path) -> None:
    html = (
        '<a href="http://www.example.org/post-2#x">two</a> <a href="https://example.org/">home</a>'
        ' <img src="https://example.org/a.png" alt="a">'
    )
    run(project, "import", export(project, item(1, html), item(2, "Two.")))
    written = files(project)
    assert "[two](post-2.md#x) [home](https://example.org/)" in written["posts/post-1.md"]
    assert written["posts/images.txt"] == "https://example.org/a.png\n"


def test_losses_are_named_with_their_places(project: Path) -> None:
    file = export(project, item(1, "One.\n\n[gallery]"), item(2, "[gallery]"))
    short = run(project, "import", file, "--dry-run").output
    assert "[gallery] became raw HTML: posts/post-1.md:14 and 1 other place\n" in short
    whole = run(project, "-v", "import", file, "--dry-run").output
    assert "posts/post-1.md:14: [gallery] became raw HTML: a shortcode" in whole


def test_quotations_without_sources_are_unchecked(project: Path) -> None:
    quoted = "She wrote: “The lamp was lit at dusk on every day of that long winter.”"
    result = run(project, "import", export(project, item(1, quoted)))
    assert "1 quotation found, 1 without a citation: unchecked" in result.output
    checked = run(project, "check", "--format", "json")
    assert checked.exit_code == 0
    (quotation,) = json.loads(checked.output)["posts"][0]["quotations"]
    assert (quotation["verdict"], quotation["reason"]) == ("unchecked", "no-source")
    assert quotation["findings"] == ["Q303"]
    assert "pubtool sources add" in run(project, "check").output
    path = project / "posts" / "post-1.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^wordpress:.*\n", "", text), encoding="utf-8")
    again = json.loads(run(project, "check", "--format", "json").output)
    (quotation,) = again["posts"][0]["quotations"]
    assert quotation["verdict"] == "absent"


def test_a_broken_file_writes_nothing(project: Path) -> None:
    file = project.parent / "blog.xml"
    file.write_text(HEAD + item(1, "One.") + "<item>", encoding="utf-8")
    result = run(project, "import", str(file))
    assert result.exit_code == 2
    assert result.output.count("\n") == 1
    assert "blog.xml:" in result.output
    assert files(project) == {}


@pytest.mark.parametrize("folder", ["../elsewhere", "sources", "."])
def test_posts_go_below_the_posts_folder_alone(folder: str, project: Path) -> None:
    result = run(project, "import", export(project, item(1, "One.")), "--into", folder)
    assert result.exit_code == 2
    assert "--into" in result.output
    assert (
        run(project, "import", export(project, item(1, "x")), "--into", "posts/old").exit_code == 0
    )
    assert set(files(project)) == {"posts/old/post-1.md"}


def test_our_own_export_comes_back_as_it_was(project: Path) -> None:
    """Exported, imported, exported again: the same file."""
    stages = Path(__file__).parents[1] / "writers" / "wordpress"
    first, again = project, project.parent / "again"
    (again / "posts").mkdir(parents=True)
    settings = '[site]\ntitle = "A site"\nauthor = "Jane Doe"\nurl = "https://example.org"\n'
    for folder in (first, again):
        (folder / "references.bib").touch()
        (folder / "pubtool.toml").write_text(settings, encoding="utf-8")
    for stage in sorted(stages.glob("*.md")):
        text = stage.read_text(encoding="utf-8").replace("box.png", "https://example.org/box.png")
        said = f"title: The {stage.stem}\ndate: 2026-05-03T10:00:00+02:00\nstatus: publish\n"
        head = f"---\n{said}---\n\n"
        (first / "posts" / stage.name).write_text(head + text, encoding="utf-8")
    exported = [build(first)]
    result = run(again, "-v", "import", str(first / "public" / "wordpress" / "posts.xml"))
    assert result.exit_code == 0, result.output
    assert "link without words became nothing" in result.output
    assert "style became nothing: {}" in result.output
    exported.append(build(again))
    for one, other in zip(*map(contents, exported), strict=True):
        assert other == one


def test_pages_of_a_post_stay_its_pages(project: Path) -> None:
    run(project, "import", export(project, item(1, "One.\n<!--more-->\nTwo.\n<!--nextpage-->\nx")))
    marks = re.findall(r"<!-- wp:(?:more|nextpage) -->\n<!--\w+-->", build(project).decode())
    assert marks == ["<!-- wp:more -->\n<!--more-->", "<!-- wp:nextpage -->\n<!--nextpage-->"]


def build(project: Path) -> bytes:
    run(project, "build", "--draft", "--to", "wordpress")
    return (project / "public" / "wordpress" / "posts.xml").read_bytes()


NAMED = [
    ('<a href="https://example.org"></a>', ""),
    (r'<!-- wp:group {"className":"{}"} -->\n<div class="wp-block-group {}">(.*?)</div>'
     r"\n<!-- /wp:group -->", r"\1"),
    (r'\n\n<!-- wp:paragraph -->\n<p><sup class="pubtool-mark">.*?</sup></p>\n'
     "<!-- /wp:paragraph -->", ""),
    (r'<sup class="pubtool-mark">.*?</sup>', ""),
    (r'\n\n<!-- wp:details \{"className":"pubtool-proof"\} -->.*?<!-- /wp:details -->', ""),
]  # fmt: skip
"""What the ledger says is lost (a link without words, a class that is no name), and what is told of
the quotations, which an imported post does not have before something was compared."""


def contents(data: bytes) -> list[tuple[str, ...]]:
    """Return all that an export says of each post.

    A quotation's verdict is the checker's, a blank before a line break shows nowhere, and pandoc
    normalises what it reads (NFC).
    """

    def said(element: ET.Element) -> str:
        text = unicodedata.normalize("NFC", "".join(element.itertext()))
        text = re.sub(r' data-(?:verdict|source)="[^"]*"', "", text).replace(" <br>", "<br>")
        for pattern, instead in NAMED:
            text = re.sub(pattern, instead, text, flags=re.DOTALL)
        return text

    return [
        tuple(f"{child.tag} {sorted(child.items())} {said(child)}" for child in element)
        for element in ET.fromstring(data).iter("item")
    ]
