"""What a server sent: known by its bytes, whatever the server says of it."""

from __future__ import annotations

import io
import zipfile

import pytest

from pubtool.readers.sources.arrived import Unwanted, find_stand_in, receive
from pubtool.readers.sources.formats import EXTENSIONS
from pubtool.readers.sources.landing import find_pdf, is_landing_page


def packed(*files: tuple[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as book:
        for name, data in files:
            book.writestr(name, data)
    return whole.getvalue()


HTML, PLAIN = "text/html; charset=utf-8", "text/plain"
KINDS: list[tuple[bytes, str, str, str]] = [
    (b"%PDF-1.7 ...", "application/pdf", "/a.pdf", ".pdf"),
    (b"\xef\xbb\xbf\n%PDF-1.4", HTML, "/a", ".pdf"),
    (b"<!DOCTYPE html><p>x", "application/octet-stream", "/a", ".html"),
    (b"<?xml version='1.0'?>\n<!-- x -->\n<html xmlns='x'>", PLAIN, "/a", ".html"),
    (b"<div>a fragment</div>", HTML, "/a", ".html"),
    (b"no markup at all", HTML, "/a", ".txt"),
    (b"plain words", PLAIN, "/a", ".txt"),
    (b"# A heading", PLAIN, "/README.md", ".md"),
    (b"# A heading", "text/markdown", "/a", ".md"),
    (b"{\\rtf1 x}", PLAIN, "/a", ".rtf"),
    (packed(("mimetype", b"application/epub+zip")), "application/zip", "/a", ".epub"),
    (packed(("word/document.xml", b"<x/>")), "application/octet-stream", "/a.bin", ".docx"),
    (
        packed(("mimetype", b"application/vnd.oasis.opendocument.text")),
        "application/zip", "/a", ".odt",
    ),
    (b"\\documentclass{article}", PLAIN, "/a", ".tex"),
    (b"== A heading ==", "text/x-wiki; charset=UTF-8", "/w/index.php", ".wiki"),
    (b'<?xml version="1.0"?>\n<article article-type="x">', "text/xml", "/a.xml", ".jats"),
    (b"% a comment\n\\documentclass{article}", PLAIN, "/a", ".tex"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "kind", "path", "extension"), KINDS)
def test_a_format_is_known_by_its_bytes(data: bytes, kind: str, path: str, extension: str) -> None:
    if extension in EXTENSIONS:
        assert receive(data, kind, (path,)).extension == extension
    else:
        with pytest.raises(Unwanted, match="which cannot be read here"):
            receive(data, kind, (path,))


@pytest.mark.parametrize(
    ("data", "kind", "why"),
    [
        (b"", HTML, "it is empty"),
        (b" \r\n", HTML, "it is empty"),
        (b"\x89PNG\r\n", HTML, "it is a picture"),
        (b"\xff\xd8\xff\xe0", "image/jpeg", "it is a picture"),
        (b"\x1f\x8b\x08", "application/gzip", "it is a packed file"),
        (packed(("a.txt", b"x")), "application/zip", "it is a packed file"),
        (b"AT&TFORM", "image/vnd.djvu", "it is a DjVu scan"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword", "an old Office document"),
        (b"\0\1\2\3", "application/octet-stream", "a file of an unknown format"),
        (b'{"a": 1}', "application/json", "data for programs"),
        (b"<?xml version='1.0'?><rss/>", "application/rss+xml", "an XML file"),
        (b"<html>x", "application/pdf", "a PDF was expected, and a web page came"),
        (b"words", "application/pdf", "a PDF was expected, and plain text came"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, kind: str, why: str) -> None:
    with pytest.raises(Unwanted, match=why):
        receive(data, kind, ("/a",))


def test_a_pdf_is_expected_where_any_address_of_the_way_is_one() -> None:
    with pytest.raises(Unwanted, match="a PDF was expected, and a web page came, “Sign & in”"):
        receive(b"<html><title>\x1bSign &amp;\n in&#7;</title>", HTML, ("/paper.PDF", "/login"))


@pytest.mark.parametrize(
    ("data", "kind", "text"),
    [
        ("Größe".encode(), PLAIN, "Größe"),
        ("Größe".encode("utf-8-sig"), PLAIN, "Größe"),
        ("Größe".encode("utf-16"), PLAIN, "Größe"),
        ("Größe".encode("latin-1"), f"{PLAIN}; charset=ISO-8859-1", "Größe"),
        ("“Größe”".encode("cp1252"), f"{PLAIN}; charset='latin1'", "“Größe”"),
        (("a plain word " * 9 + "“q”").encode("cp1252"), PLAIN, "a plain word " * 9 + "“q”"),
        ("日本語".encode("shift_jis"), f"{PLAIN}; charset=Shift_JIS", "日本語"),
        ("Größe".encode(), f"{PLAIN}; charset=hex", "Größe"),
        ("Größe".encode(), f"{PLAIN}; charset=idna", "Größe"),
        ("Größe".encode(), f"{PLAIN}; charset=undefined", "Größe"),
        ("一".encode("gb18030"), f"{PLAIN}; charset=GB2312", "一"),
    ],
)
def test_a_text_is_stored_in_utf_8(data: bytes, kind: str, text: str) -> None:
    assert receive(data, kind, ("/a",)).data.decode() == text


@pytest.mark.parametrize(
    ("data", "kind", "why"),
    [
        ("Größe".encode("latin-1"), f"{PLAIN}; charset=utf-8", "not in utf-8, as it says"),
        (b"\x81", f"{PLAIN}; charset=shift_jis", "not in cp932, as it says"),
        ("Лоцман".encode("koi8-r"), PLAIN, "does not say its encoding"),
    ],
)
def test_a_text_in_no_known_encoding_is_refused(data: bytes, kind: str, why: str) -> None:
    with pytest.raises(Unwanted, match=why):
        receive(data, kind, ("/a",))


def test_a_broken_byte_in_a_long_text_is_shown_as_one() -> None:
    data = "Größe und mehr. ".encode() * 100
    assert receive(data + b"\xe4", f"{PLAIN}; charset=utf-8", ("/a",)).data.decode()[-1] == "\ufffd"
    with pytest.raises(Unwanted, match="not in utf-8"):
        receive(data + b"\xe4" * 9, f"{PLAIN}; charset=utf-8", ("/a",))


def test_bytes_that_windows_1252_leaves_open_are_kept() -> None:
    data = b"plain words in a row, " * 9 + b"\x81\x93"
    assert receive(data, f"{PLAIN}; charset=cp1252", ("/a",)).data.decode().endswith("\x81“")


def test_a_long_page_is_believed_whatever_else_is_in_it() -> None:
    assert find_stand_in(b"<input type=password> <p class=cf-turnstile>", 120) == ""
    assert find_stand_in(b"<form class=g-recaptcha>", 20) == ""
    assert "you are human" in find_stand_in(b"<form class=g-recaptcha>", 19)
    assert "you are human" in find_stand_in(b"<p class=cf-turnstile>", 119)
    assert find_stand_in(b"Accept all. Reject all. Our partners.", 300) == ""
    assert "login page" in find_stand_in(b"<INPUT name=p type='password'>", 19)
    assert find_stand_in(b"<title>News</title><INPUT type='password'>", 20) == ""
    assert "login page" in find_stand_in(b"<title>Sign in</title><INPUT type=password>", 119)
    assert "your consent" in find_stand_in(b"Accept all. Reject all. Our partners.", 299)
    assert find_stand_in(b"Accept all. Accept all. Accept all.", 299) == ""
    assert find_stand_in(b"<p>a short poem <script>1</script>", 20) == ""
    assert find_stand_in(b"<p>a very short poem", 4) == ""
    assert "(1 word)" in find_stand_in(b"<p>a<noscript>Please switch on</noscript>", 1)


@pytest.mark.parametrize(
    ("head", "pdf"),
    [
        ('<meta name="citation_pdf_url" content="/p.pdf">', "https://e.org/p.pdf"),
        ("<META content='p.pdf' NAME=Citation_PDF_URL />", "https://e.org/a/p.pdf"),
        ('<meta name=citation_pdf_url content="https://x.org/?a=1&amp;b=2">',
         "https://x.org/?a=1&b=2"),
        ('<meta name="citation_pdf_url" content="">', ""),
        ('<meta name="citation_pdf_url">', ""),
        ('<meta name="citation_pdf_url" content="http://[x">', ""),
        ('<meta name="description" content="/p.pdf">', ""),
    ],
)  # fmt: skip
def test_a_page_may_name_its_pdf(head: str, pdf: str) -> None:
    assert find_pdf(head.encode(), "https://e.org/a/b") == pdf


def test_a_work_s_page_is_known_by_its_title() -> None:
    assert is_landing_page(b'<meta name="citation_title" content="T">')
    assert not is_landing_page(b"<title>citation_title</title>")
