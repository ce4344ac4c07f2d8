"""WXR as WordPress and its plugins write it, whole, old, odd and broken."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from pubtool.errors import NoExport
from pubtool.model import Blog
from pubtool.readers.wxr import iso_date, read_wxr

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"\n'
    ' xmlns:excerpt="http://wordpress.org/export/{v}/excerpt/"\n'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"\n'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"\n'
    ' xmlns:wp="http://wordpress.org/export/{v}/">\n<channel>\n'
    "<title>A &amp; B</title><link>https://example.org/</link><language>de-DE</language>\n"
)
TAIL = "</channel>\n</rss>\n"
POST = (
    "<item><title><![CDATA[One]]></title><link>https://example.org/one/</link>"
    "<dc:creator><![CDATA[ann]]></dc:creator>"
    "<content:encoded><![CDATA[<p>Text.</p>]]></content:encoded>"
    "<excerpt:encoded><![CDATA[Short.]]></excerpt:encoded>"
    "<wp:post_id>7</wp:post_id><wp:post_date>2020-01-02 03:04:05</wp:post_date>"
    "<wp:post_date_gmt>2020-01-02 01:04:05</wp:post_date_gmt>"
    "<wp:post_name>one</wp:post_name><wp:status>publish</wp:status>"
    "<wp:post_type>post</wp:post_type>%s</item>"
)


def export(*items: str, version: str = "1.2", head: str = "") -> bytes:
    return (HEAD.format(v=version) + head + "".join(items) + TAIL).encode()


def read(data: bytes, size: int = 1 << 16) -> Blog:
    return read_wxr("blog.xml", [data[at : at + size] for at in range(0, len(data), size)])


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
@pytest.mark.parametrize("size", [1, 7, 1 << 16])
def test_a_post_and_its_blog(version: str, size: int) -> None:
    author = (
        "<wp:author><wp:author_login>ann</wp:author_login>"
        "<wp:author_display_name>Ann O'Nym ☃</wp:author_display_name></wp:author>"
    )
    blog = read(export(POST % "", version=version, head=author), size)
    assert (blog.title, blog.url, blog.lang) == ("A & B", "https://example.org", "de-DE")
    (post,) = blog.entries
    assert (post.id, post.kind, post.slug, post.status) == (7, "post", "one", "publish")
    assert (post.title, post.author, post.excerpt) == ("One", "Ann O'Nym ☃", "Short.")
    assert post.content == "<p>Text.</p>"
    assert post.date == "2020-01-02T03:04:05+02:00"


def test_terms_meta_comments_and_image() -> None:
    more = (
        '<category domain="category" nicename="law"><![CDATA[Law]]></category>'
        '<category domain="post_tag" nicename="a"><![CDATA[a]]></category>'
        '<category domain="place" nicename="x"><![CDATA[X]]></category>'
        "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value>"
        "</wp:postmeta><wp:postmeta><wp:meta_key>footnotes</wp:meta_key>"
        "<wp:meta_value><![CDATA[[]]]></wp:meta_value></wp:postmeta>"
        "<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment><wp:comment/>"
        "<wp:is_sticky>1</wp:is_sticky><wp:post_password>secret</wp:post_password>"
    )
    image = (
        "<item><title>i</title><wp:post_id>9</wp:post_id><wp:post_type>attachment</wp:post_type>"
        "<wp:status>inherit</wp:status><wp:attachment_url>https://example.org/i.png"
        "</wp:attachment_url><wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key>"
        "<wp:meta_value>A lamp</wp:meta_value></wp:postmeta></item>"
    )
    blog = read(export(POST % more, image))
    post = blog.entries[0]
    assert (post.categories, post.tags, post.terms) == (("Law",), ("a",), (("place", "X"),))
    assert (post.image, post.image_alt) == ("https://example.org/i.png", "A lamp")
    assert (post.footnotes, post.comments, post.sticky, post.password) == ("[]", 2, True, True)
    assert blog.files == ((9, "https://example.org/i.png"),)


def test_what_other_namespaces_say_is_theirs() -> None:
    more = '<x:post_name xmlns:x="http://example.org/x/">theirs</x:post_name>'
    assert read(export(POST % more)).entries[0].slug == "one"


CONTENTS = [
    ("<![CDATA[a ]]]]><![CDATA[> b]]>", "a ]]> b"),
    ("<![CDATA[one]]><![CDATA[ two]]>", "one two"),
    ("a &lt;b&gt; &amp;amp;", "a <b> &amp;"),
    ("<![CDATA[C:\\xampp\\htdocs]]>", "C:\\xampp\\htdocs"),
    ("<![CDATA[one\n\ntwo]]>", "one\n\ntwo"),
]


@pytest.mark.parametrize(("written", "content"), CONTENTS)
def test_text_however_it_is_wrapped(written: str, content: str) -> None:
    data = export(POST % "").replace(b"<![CDATA[<p>Text.</p>]]>", written.encode())
    assert read(data).entries[0].content == content


def test_what_xml_forbids_is_taken_out_and_counted() -> None:
    data = export(POST % "").replace(b"Text.", b"Te\x08x\x00t\xef\xbf\xbf.\xff")
    blog = read(data, 3)
    assert blog.entries[0].content == "<p>Text.\ufffd</p>"
    assert blog.removed == 4


def test_line_ends_before_the_declaration_do_no_harm() -> None:
    assert read(b"\xef\xbb\xbf\n\n" + export(POST % "")).entries[0].id == 7


def test_another_encoding_is_read_as_it_says() -> None:
    text = export(POST % "").decode().replace("UTF-8", "ISO-8859-1").replace("Text", "Tëxt")
    assert read(text.encode("latin-1")).entries[0].content == "<p>Tëxt.</p>"


DATES = [
    ("2020-01-02 03:04:05", "2020-01-02 03:04:05", "2020-01-02T03:04:05+00:00"),
    ("2020-01-02 03:04:05", "2020-01-01 18:34:05", "2020-01-02T03:04:05+08:30"),
    ("2020-01-02 03:04:05", "0000-00-00 00:00:00", "2020-01-02T03:04:05"),
    ("0000-00-00 00:00:00", "2020-01-02 03:04:05", "2020-01-02T03:04:05+00:00"),
    ("0000-00-00 00:00:00", "0000-00-00 00:00:00", ""),
    ("2020-01-02 03:04:05", "2020-01-09 03:04:05", "2020-01-02T03:04:05"),
    ("2020-13-02 03:04:05", "", ""),
    ("", "", ""),
]


@pytest.mark.parametrize(("local", "gmt", "expected"), DATES)
def test_dates(local: str, gmt: str, expected: str) -> None:
    assert iso_date(local, gmt) == expected


def zipped(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("blog.xml", data)
    return file.getvalue()


GOOD = export(POST % "")
FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><item/></channel></rss>'
BOMB = GOOD.replace(
    b"<rss", b'<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><rss', 1
)
REFUSED = [
    (gzip.compress(GOOD), "blog.xml: ", "compressed with gzip"),
    (zipped(GOOD), "blog.xml: ", "ZIP archive"),
    (b"", "blog.xml: ", "empty"),
    (b"<!DOCTYPE html><html></html>", "blog.xml: ", "a web page"),
    (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "blog.xml: ", "holds <feed>"),
    (FEED, "blog.xml: ", "feed of the newest posts"),
    (BOMB, "blog.xml: ", "document type"),
    (b"Dear blog,", "blog.xml:1: ", "not well-formed XML"),
    (GOOD.replace(b"</item>", b""), "blog.xml:9: ", "not well-formed XML"),
    (GOOD[:-30], "blog.xml:", "not well-formed XML"),
    (GOOD.replace(b"UTF-8", b"klingon"), "blog.xml:1: ", "klingon"),
]


@pytest.mark.parametrize(("data", "place", "why"), REFUSED)
def test_no_export_is_said_to_be_none(data: bytes, place: str, why: str) -> None:
    with pytest.raises(NoExport) as caught:
        read(data)
    said = str(caught.value)
    assert said.startswith(place)
    assert why in said
    assert "nothing was written" in said
    assert "\n" not in said


def test_a_large_file_is_read_piece_by_piece() -> None:
    item = (POST % "").encode()
    head, tail = HEAD.format(v="1.2").encode(), TAIL.encode()
    comment = (
        b"<wp:comment><wp:comment_content>" + b"x" * 10_000 + b"</wp:comment_content></wp:comment>"
    )
    heavy = item.replace(b"</item>", comment * 10 + b"</item>")
    blog = read_wxr("blog.xml", iter([head, *[heavy] * 300, tail]))
    assert (len(blog.entries), blog.entries[-1].comments) == (300, 10)
