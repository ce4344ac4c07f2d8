"""A blog that WordPress itself exports, brought home as Markdown and sent out again."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.wordpress.blog import Blog, blog
from tests.wordpress.site import PHP, Site

from pubtool.text.block_comments import without_marks

SHOWCASE = Path(__file__).parent / "showcase"


@pytest.fixture(scope="module")
def there(wordpress: Site, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The showcase's posts as they are on the site, published by the command."""
    source = blog(tmp_path_factory.mktemp("source") / "project", wordpress)
    shutil.copytree(SHOWCASE / "posts", source.folder / "posts", dirs_exist_ok=True)
    shutil.copy(SHOWCASE / "references.bib", source.folder)
    source.published()
    return wordpress.posts()


@pytest.fixture(scope="module")
def home(
    wordpress: Site, there: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> Blog:
    """An empty project into which WordPress's own export was imported."""
    folder = tmp_path_factory.mktemp("home")
    export = folder / "export.xml"
    export.write_text(wordpress.run_php(PHP / "export.php"), encoding="utf-8")
    found = blog(folder / "project", wordpress)
    run = found.run("import", str(export))
    assert run.status == 0, run.said
    return found


def test_each_post_becomes_a_file_with_its_front_matter(home: Blog) -> None:
    assert {path.name for path in home.folder.rglob("*.md")} == {"second.md", "showcase.md"}
    text = (home.folder / "posts" / "showcase.md").read_text(encoding="utf-8")
    assert 'title: "What a post can hold & “how” it looks"' in text
    assert "status: publish" in text
    assert re.search(r"^excerpt: .*Everything <at once> & in one place\.", text, re.M)


def test_what_was_written_is_written_so_again(home: Blog) -> None:
    text = (home.folder / "posts" / "showcase.md").read_text(encoding="utf-8")
    assert "H~2~O, x^2^, ~~gone~~ words" in text
    assert "> — John Stuart Mill, *On Liberty*" in text
    assert "```python\ndef f(x):  # [shortcode] <b>" in text
    assert "|:---------|:------:|" in text
    assert re.search(r"^\[\^1\]: The note’s own \*words\*", text, re.M)
    assert "wp:" not in text.replace("<!-- wp:footnotes /-->\n\n## Sources", "")


def test_sent_out_again_it_is_the_same_post(
    wordpress: Site, there: list[dict[str, Any]], home: Blog
) -> None:
    """But for where its picture is: an export holds none; and for the proof, which an import leaves
    out, since the project that it comes to has compared nothing."""
    wordpress.reset()
    home.published("--status", "publish")
    again = {post["slug"]: post for post in wordpress.posts()}
    for post in there:
        other = again[post["slug"]]
        assert other["title"] == post["title"]
        assert outline(own(other["content"]["raw"])) == outline(own(post["content"]["raw"]))
        assert notes(other) == notes(post)


def test_an_edit_on_the_site_is_pulled_into_the_file_that_it_came_from(
    wordpress: Site, tmp_path: Path
) -> None:
    wordpress.reset()
    ours = blog(tmp_path / "ours", wordpress)
    path = ours.write("one", "First  words, kept\nas they are typed.\n\nSecond.\n\nThird.")
    ours.published()
    [post] = wordpress.posts()
    content = post["content"]["raw"].replace("Second.", "Second, <em>edited there</em>.")
    wordpress.rest("POST", f"posts/{post['id']}", body={"content": content})
    wordpress.forget_requests()
    run = ours.run("pull", "blog")
    assert run.status == 0, run.said
    assert wordpress.writes() == []
    text = path.read_text(encoding="utf-8")
    assert "First  words, kept\nas they are typed." in text
    assert "Second, *edited there*." in text
    ours.published()
    assert wordpress.writes() == [], "what was brought home need not be sent"
    [after] = wordpress.posts()
    assert after["content"]["raw"] == content


def test_edits_of_both_sides_are_merged_when_the_cache_is_gone(
    wordpress: Site, tmp_path: Path
) -> None:
    """It is pruned after a while, and a colleague never had it; the lock file is there."""
    wordpress.reset()
    ours = blog(tmp_path / "ours", wordpress, wordpress.author)
    path = ours.write("one", "One.[^1]\n\nTwo.\n\nThree.\n\n[^1]: A note.")
    ours.published()
    [post] = wordpress.posts()
    content = post["content"]["raw"].replace("Two.", "Two, edited there.")
    wordpress.rest("POST", f"posts/{post['id']}", body={"content": content})
    shutil.rmtree(ours.folder / ".pubtool")
    path.write_text(path.read_text("utf-8").replace("Three.", "Three, edited here."), "utf-8")
    run = ours.publish()
    assert run.status == 1
    assert re.search(r"changed on the site:\s+- Two\.\s+\+ Two, edited there\.", run.output)
    assert ours.run("pull", "blog").status == 0
    ours.published()
    [after] = wordpress.posts()
    assert "Two, edited there." in after["content"]["raw"]
    assert "Three, edited here." in after["content"]["raw"]


def test_what_is_written_behind_the_notes_comes_before_them(
    wordpress: Site, tmp_path: Path
) -> None:
    """The post is an author's, who may write no formulas before 7.1: these stay in the file."""
    wordpress.reset()
    ours = blog(tmp_path / "ours", wordpress, wordpress.author)
    path = ours.write("one", "One.[^1]\n\nTwo, $x^2$.\n\n[^1]: A note.")
    ours.publish()
    [post] = wordpress.posts()
    added = "\n\n<!-- wp:paragraph -->\n<p>Written at the end.</p>\n<!-- /wp:paragraph -->"
    content = f"{post['content']['raw']}{added}"
    wordpress.rest("POST", f"posts/{post['id']}", body={"content": content})
    before = path.read_text("utf-8")
    run = ours.run("pull", "blog")
    assert run.status == 0, run.said
    assert path.read_text("utf-8").replace("\nWritten at the end.\n", "", 1) == before
    ours.publish()
    [after] = wordpress.posts()
    assert re.search(r"Two, .*Written at the end\..*wp:footnotes", after["content"]["raw"], re.S)
    wordpress.forget_requests()
    ours.published()
    assert wordpress.writes() == []


def test_a_post_that_only_the_site_has_is_pulled_as_a_new_file(
    wordpress: Site, tmp_path: Path
) -> None:
    wordpress.reset()
    ours = blog(tmp_path / "ours", wordpress)
    block = "<!-- wp:paragraph -->\n<p>Theirs.</p>\n<!-- /wp:paragraph -->"
    fields = {"title": "New there", "status": "publish", "content": block}
    wordpress.rest("POST", "posts", body=fields)
    run = ours.run("pull", "blog")
    assert run.status == 0, run.said
    [path] = (ours.folder / "posts").rglob("*.md")
    assert "Theirs." in path.read_text(encoding="utf-8")


def own(content: str) -> str:
    """A post's content without what is told of its quotations."""
    proof = r'<!-- wp:details {"className":"pubtool-proof"} -->.*?<!-- /wp:details -->'
    return re.sub(proof, "", without_marks(content), flags=re.DOTALL)


def outline(content: str) -> list[str]:
    """The blocks and the words of a post, in order; addresses and ids left out."""
    pieces = re.split(r"(<!-- /?wp:[^ ]+|<[^>]+>)", content)
    kept = (re.sub(r"^<!-- ", "", piece).strip() for piece in pieces if piece[:1] != "<" or
            piece.startswith("<!-- "))  # fmt: skip
    return [piece for piece in kept if piece and not re.fullmatch(r"(\{.*\} )?/?-->", piece)]


def notes(post: dict[str, Any]) -> list[str]:
    kept = post["meta"]["footnotes"]
    return [note["content"] for note in json.loads(kept)] if kept else []
