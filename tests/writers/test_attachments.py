"""Files that a post links to: beside its page, unless they are not for readers."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from tests.pictures import picture

from pubtool.system.pandoc import Pandoc
from pubtool.writers.export import plan_jobs

PNG = picture(1, size=(3, 2))
FILES = {
    "posts/Data Table.csv": b"a,b",
    "posts/sub/data-table.csv": b"c,d",
    "posts/index.html": b"<p>mine</p>",
    "posts/r.png": PNG,
    "posts/paper.pdf": b"%PDF",
    "references.bib": b"@book{}",
    "sources/mill1859.pdf": b"theirs",
    "pubtool.toml": b"[site]",
    "posts/.env": b"SECRET=1",
    "templates/x.html": b"x",
    "decisions/a/q.toml": b"reason",
    "published/blog.lock": b"x",
    "baseline.toml": b"x",
}


@pytest.mark.parametrize(
    "case",
    [
        ("[x](<Data Table.csv>)", "files/data-table.csv", "posts/Data Table.csv"),
        ("[x](Data%20Table.csv)", "files/data-table.csv", "posts/Data Table.csv"),
        ("[x](paper.pdf#page=3)", "files/paper.pdf#page=3", "posts/paper.pdf"),
        ("[x](../references.bib)", "files/references.bib", "references.bib"),
        ("[x](index.html)", "files/index.html", "posts/index.html"),
        ("[x](r.png)", "files/r.png", "posts/r.png"),
        ("[x](r.png) ![R](r.png)", "r.png", None),
        ("[x](none.csv)", "none.csv", None),
        ("[x](https://example.org/a.csv)", "https://example.org/a.csv", None),
        ("[x](/a.csv)", "/a.csv", None),
        ("[x](../../out.csv)", "../../out.csv", None),
    ],
)
def test_a_file_that_is_linked_to_stands_beside_the_page(
    case: tuple[str, str, str | None], post: Any, material: Any, write: Any
) -> None:
    text, link, name = case
    files = write(material(post(text), files=FILES), "html")
    assert f'<a href="{link}"' in files["a/index.html"].decode()
    copies = {n: data for n, data in files.items() if n.startswith("a/files/")}
    assert copies == ({f"a/{link.partition('#')[0]}": FILES[name]} if name else {})


def test_two_files_of_one_name_keep_apart(post: Any, material: Any, write: Any) -> None:
    one = post("[x](<Data Table.csv>) and [y](sub/data-table.csv) and [z](Data%20Table.csv#r)")
    files = write(material(one, files=FILES), "html")
    page = files["a/index.html"].decode()
    assert files["a/files/data-table.csv"] == b"a,b"
    assert files["a/files/data-table-2.csv"] == b"c,d"
    assert 'href="files/data-table.csv#r"' in page
    assert 'href="files/data-table-2.csv"' in page


@pytest.mark.parametrize(
    "target",
    [
        "../sources/mill1859.pdf",
        "../pubtool.toml",
        ".env",
        "../templates/x.html",
        "../decisions/a/q.toml",
        "../published/blog.lock",
        "../baseline.toml",
    ],
)
def test_what_is_not_for_readers_is_not_published(
    target: str, post: Any, material: Any, pandoc: Pandoc
) -> None:
    given = material(post(f"See [it]({target})."), files=FILES)
    jobs = plan_jobs(given, ("html",), pandoc)
    files = {name: data for job in jobs for name, data in job.write()}
    assert not [name for name in files if name.startswith("a/") and name != "a/index.html"]
    assert target not in files["a/index.html"].decode()
    told = [remark for job in jobs for remark in job.remarks() if "not published" in remark]
    assert len(told) == 1
    assert told[0].startswith("posts/a.md: ")


def test_a_picture_that_is_linked_to_tells_nothing_of_people(
    post: Any, material: Any, write: Any
) -> None:
    told = Image.Exif()
    told[0x013B] = "Jane Doe, at home"  # the artist
    data = picture(1, "JPEG", (3, 2), exif=told)
    assert b"Jane Doe" in data
    files = write(material(post("[Large](r.jpg)"), files={"posts/r.jpg": data}), "html")
    assert b"Jane Doe" not in files["a/files/r.jpg"]
    assert Image.open(BytesIO(files["a/files/r.jpg"])).size == (3, 2)


def test_a_feed_leads_to_the_copy(post: Any, material: Any, write: Any) -> None:
    given = material(post("[x](paper.pdf#page=3)"), files=FILES, url="https://example.org")
    feed = json.loads(write(given, "html")["feed.json"])
    assert 'href="https://example.org/a/files/paper.pdf#page=3"' in feed["items"][0]["content_html"]


def test_a_file_touches_the_post_that_links_to_it(post: Any, material: Any, pandoc: Pandoc) -> None:
    def digests(data: bytes) -> dict[str, str]:
        posts = post("[x](paper.pdf)"), post("Words.", path="posts/b.md")
        given = material(*posts, files={"posts/paper.pdf": data}, url="https://example.org")
        return {job.name: job.digest for job in plan_jobs(given, ("html",), pandoc)}

    before, after = digests(b"1"), digests(b"2")
    assert {name for name in before if before[name] != after[name]} == {"html:posts/a.md"}


def test_a_link_to_a_post_that_is_held_back_goes_and_is_told(
    post: Any, material: Any, pandoc: Pandoc
) -> None:
    posts = post("See [it](b.md#x)."), post("Words.", path="posts/b.md", status="future")
    jobs = plan_jobs(material(*posts, url="https://example.org"), ("html",), pandoc)
    (job,) = (job for job in jobs if job.name == "html:posts/a.md")
    assert job.remarks() == ("posts/a.md: its link to posts/b.md goes, for that post is future",)
    assert b"See it." in dict(job.write())["a/index.html"]
