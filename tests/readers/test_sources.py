"""From an entry of the bibliography to the source's text, or the reason why there is none."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtool.model import Extent, Key, MissingText, Source, SourceText, Unavailable
from pubtool.readers.lock import Lock, Pin
from pubtool.readers.sources import read
from pubtool.readers.sources.extractors import EXTRACTORS, extractor
from pubtool.readers.sources.find import file_name, files_of, find_file, find_files
from pubtool.readers.sources.read import _READERS, read_source


@pytest.fixture
def root(tmp_path: Path) -> Path:
    project = tmp_path / "project"
    (project / "sources").mkdir(parents=True)
    return project


def source(key: str = "k", file: str = "") -> Source:
    return Source(Key(key), "book", "T", file=file)


def put(root: Path, name: str, data: str | bytes = "Some words.\n") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def text_of(root: Path, key: str = "k", lock: Lock | None = None) -> SourceText:
    found = read_source(source(key), root, lock or Lock())
    assert isinstance(found, SourceText), found
    return found


def missing(root: Path, key: str = "k", file: str = "") -> MissingText:
    found = read_source(source(key, file), root, Lock())
    assert isinstance(found, MissingText), found
    return found


# --- Where the file is ----------------------------------------------------------------------------


def test_file_field_comes_first(root: Path) -> None:
    put(root, "sources/k.txt")
    named = put(root, "library/kunze.txt")
    assert find_file(source(file="library/kunze.txt"), root) == named


def test_absolute_file_inside_of_the_project_is_used(root: Path) -> None:
    named = put(root, "library/kunze.txt")
    assert find_file(source(file=str(named)), root) == named


def test_order_of_preference(root: Path) -> None:
    endings = ["pdf", "htm", "html", "markdown", "md", "txt"]
    for ending in endings:
        path = put(root, f"sources/k.{ending}")
        assert find_file(source(), root) == path


@pytest.mark.parametrize("name", ["sources/k.TXT", "sources/k.doc"])
def test_other_endings_are_found_last(root: Path, name: str) -> None:
    path = put(root, name)
    assert find_file(source(), root) == path
    put(root, "sources/k.pdf")
    assert find_file(source(), root) != path


@pytest.mark.parametrize(
    "file",
    ["../outside.txt", "sources/../../outside.txt", "library", "gone.txt", "~/x.txt", "a\0b"],
)
def test_file_field_that_leads_nowhere_good_is_passed_over(root: Path, file: str) -> None:
    put(root.parent, "outside.txt")
    (root / "library").mkdir()
    assert find_file(source(file=file), root) is None
    beside = put(root, "sources/k.txt")
    assert find_file(source(file=file), root) == beside


@pytest.mark.parametrize(
    "file",
    [
        "C:/Users/me/thesis/sources/a.pdf",
        "/home/me/thesis/sources/a.pdf",
        "D:/sources/a.pdf",
        "/sources/a.pdf",
    ],
)
def test_of_a_path_on_another_machine_the_end_leads_to_the_project_s_file(
    root: Path, file: str
) -> None:
    path = put(root, "sources/a.pdf")
    assert find_file(source(file=file), root) == path
    assert find_file(source(file=file.replace("a.pdf", "b.pdf")), root) is None


def test_absolute_file_outside_is_never_read(root: Path) -> None:
    outside = put(root.parent, "outside.txt")
    assert find_file(source(file=str(outside)), root) is None


def test_links_out_of_the_project_are_never_followed(root: Path) -> None:
    outside = put(root.parent, "outside/secret.txt")
    (root / "sources/k.txt").symlink_to(outside)
    (root / "sources/l").symlink_to(outside.parent)
    (root / "sources/m").mkdir()
    (root / "sources/m/a.txt").symlink_to(outside)
    (root / "sources/loop.txt").symlink_to(root / "sources/loop.txt")
    for key in ("k", "l", "loop"):
        assert find_file(source(key), root) is None
    assert missing(root, "m").why is Unavailable.MISSING


def test_link_within_the_project_is_followed(root: Path) -> None:
    put(root, "library/a.txt", "Here.")
    (root / "sources/k.txt").symlink_to(root / "library/a.txt")
    assert text_of(root).text == "Here."


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("kunze2010", "kunze2010"),
        ("doi:10.1/x", "doi%3A10.1%2Fx"),
        ("..", "%2E%2E"),
        (".hidden", "%2Ehidden"),
        ("dot.", "dot%2E"),
        ("100%", "100%25"),
        ("O'Hara+Müller", "O'Hara+Müller"),
    ],
)
def test_keys_are_escaped_where_a_disk_would_mind(root: Path, key: str, name: str) -> None:
    assert file_name(Key(key)) == name
    path = put(root, f"sources/{name}.txt")
    assert find_file(source(key), root) == path


@given(st.text(max_size=8), st.text(max_size=8))
def test_different_keys_have_different_names(one: str, other: str) -> None:
    assert (file_name(Key(one)) == file_name(Key(other))) == (one == other)


SEGMENTS = st.sampled_from(["..", ".", "/", "sources", "k", "out", "outside.txt", "in", "\\", "~"])


@given(st.lists(SEGMENTS, max_size=7), st.sampled_from(["key", "file"]))
def test_nothing_outside_the_project_is_ever_found(
    tmp_path_factory: pytest.TempPathFactory, segments: list[str], used_as: str
) -> None:
    base = tmp_path_factory.getbasetemp() / "walls"
    project = base / "project"
    if not base.exists():
        put(base, "outside.txt")
        put(project, "sources/in/k.txt")
        (project / "out").symlink_to(base)
    name = "/".join(segments)
    entry = source("zzz", name) if used_as == "file" else source(name)
    found = find_file(entry, project)
    assert found is None or found.resolve().is_relative_to(project.resolve())


def test_very_long_key_is_just_missing(root: Path) -> None:
    assert missing(root, "k" * 5000).why is Unavailable.MISSING


def test_folder_is_joined_in_natural_order(root: Path) -> None:
    for number in (10, 2, 1):
        put(root, f"sources/k/page-{number}.txt", f"Page {number}.")
    put(root, "sources/k/other.html", "<p>Not this</p>")
    put(root, "sources/k/.hidden.txt", "Nor this")
    found = text_of(root)
    assert found.text == "Page 1.\n\nPage 2.\n\nPage 10."
    assert found.path == "sources/k"


def test_folder_digest_changes_with_any_file(root: Path) -> None:
    put(root, "sources/k/a.txt", "One.")
    put(root, "sources/k/b.txt", "Two.")
    before = text_of(root).sha256
    put(root, "sources/k/b.txt", "Two!")
    assert text_of(root).sha256 != before


# --- What is in it --------------------------------------------------------------------------------


def test_plain_text_is_left_as_it_is(root: Path) -> None:
    put(root, "sources/k.txt", "\ufeffOne *two*\r\n\r\n  three\r")
    found = text_of(root)
    assert found.text == "One *two*\n\n  three\n"
    assert (found.path, len(found.sha256)) == ("sources/k.txt", 64)


@pytest.mark.parametrize("ending", ["txt", "md"])
def test_front_matter_says_how_much_the_text_is(root: Path, ending: str) -> None:
    head = "---\nextent: excerpt\norigin: UN Treaty Series, vol. 2237\n---\n"
    put(root, f"sources/k.{ending}", f"{head}Article 3\n\n(a) Words.\n")
    found = text_of(root)
    assert found.text.startswith("Article 3")
    assert (found.extent, found.origin) == (Extent.EXCERPT, "UN Treaty Series, vol. 2237")
    assert [mark.locator.value for mark in found.landmarks] == ["3", "3(a)"]


def test_lock_has_the_last_word(root: Path) -> None:
    put(root, "sources/k.txt", "---\nextent: full\norigin: here\n---\nWords.\n")
    pin = Pin("0" * 64, origin="a letter", extent=Extent.SECOND_HAND)
    found = text_of(root, lock=Lock({Key("k"): pin}))
    assert (found.extent, found.origin) == (Extent.SECOND_HAND, "a letter")
    found = text_of(root, lock=Lock({Key("k"): Pin("0" * 64)}))
    assert (found.extent, found.origin) == (Extent.FULL, "here")


def test_rules_round_a_text_are_no_front_matter(root: Path) -> None:
    put(root, "sources/k.txt", "---\njust words\n---\nmore\n")
    assert text_of(root).text == "---\njust words\n---\nmore\n"


def test_unknown_extent_is_said(root: Path) -> None:
    put(root, "sources/k.txt", "---\nextent: some\n---\nWords.\n")
    found = missing(root)
    assert found.why is Unavailable.UNREADABLE
    assert "full, excerpt, second-hand" in found.detail


PAGE = """<!DOCTYPE html><html><head><title>T</title><style>x{}</style></head><body>
<nav><a href="/">Home</a></nav><main><article><h1>Trafficking</h1>
<p>The Protocol entered into force<sup><a href="#n1">1</a></sup> in 2003, and it is the first.</p>
<ul><li>It has three purposes that are set out here.</li></ul>
<p>Another paragraph<sup>[2]</sup> of R&amp;D follows, long enough to count as one of its own.</p>
</article></main><script>var hidden = 1;</script></body></html>"""


@pytest.mark.parametrize("kind", ['epub:type="noteref"', 'role="doc-noteref"'])
def test_the_number_of_a_note_is_raised_though_only_a_style_sheet_does_it(
    root: Path, kind: str
) -> None:
    page = PAGE.replace("force<sup>", "force").replace("1</a></sup>", "29</a>")
    put(root, "sources/k.html", page.replace("<a href=", f"<a {kind} href="))
    assert "entered into force²⁹ in 2003" in text_of(root).text


def test_html_gives_its_article(root: Path) -> None:
    put(root, "sources/k.html", PAGE)
    found = text_of(root)
    assert "entered into force¹ in 2003" in found.text
    assert "Another paragraph² of R&D" in found.text
    assert "three purposes" in found.text
    assert "hidden" not in found.text
    assert [found.text[span.start : span.end] for span in found.furniture] == ["¹", "²"]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<nav>Only <b>navi</b>gation</nav><script>no()</script>", "Only navigation"),
        ("<head><title>t</title><body><footer>foot<br>R&amp;D</footer>", "foot\nR&D"),
        ("plain <i>text</i><!-- no --><style>p{}</style>", "plain text"),
    ],
)
def test_html_without_an_article_gives_all_its_text(
    root: Path, page: str, text: str, capfd: pytest.CaptureFixture[str]
) -> None:
    put(root, "sources/k.html", page)
    assert text_of(root).text == text
    assert capfd.readouterr() == ("", "")


ARTICLE = """<html><body><nav>Home Products Contact us today for an offer</nav>
<article><h1>The keeper of the lamps in the harbour town</h1>
<p>The keeper of the lamps was an old man who had seen many ships come into the harbour.</p>
{middle}
<p>When the ship came in at last he went down to the quay and counted what was left of it.</p>
</article><footer>All rights reserved by the harbour company of the town</footer></body></html>"""


MIDDLES = [
    "<div><span>Short.</span></div>",
    "<table><tr><td>Oil</td><td>12</td></tr></table>",
    "<ul><li>One lamp</li><li>Two lamps</li></ul>",
    "<pre>He   wrote\n  so.</pre>",
    "<blockquote>He wrote so.</blockquote>",
    "<div class='teaser'><div>Deep <b>in</b> it.</div></div>",
]


@pytest.mark.parametrize("middle", MIDDLES)
def test_a_short_heading_and_a_short_last_line_are_of_the_article(root: Path, middle: str) -> None:
    page = ARTICLE.replace("The keeper of the lamps in the harbour town", "Lamps")
    page = page.replace("</article>", "<p>He left.</p></article>")
    put(root, "sources/k.html", page.format(middle=middle))
    found = text_of(root).text
    assert found.startswith("Lamps\nThe keeper")
    assert found.endswith("He left.")


@pytest.mark.parametrize("middle", MIDDLES)
def test_nothing_within_an_article_is_lost(root: Path, middle: str) -> None:
    put(root, "sources/k.html", ARTICLE.format(middle=middle))
    found = text_of(root).text
    inner = re.sub(r"<[^>]+>", " ", middle).split()
    assert " ".join(found.split()).count(" ".join(inner)) == 1
    assert found.startswith("The keeper of the lamps in the harbour town\nThe keeper")
    assert found.endswith("what was left of it.")


@pytest.mark.parametrize(("sentences", "due"), [(6, 1), (0, 0)])
def test_a_page_of_several_articles_is_taken_whole_unless_the_others_are_short(
    root: Path, sentences: int, due: int
) -> None:
    chapter = "The pilot went down to the quay in the rain and counted every sail. " * sentences
    others = "".join(
        f"<article class='teaser'><h2>Chapter {n}</h2><p>{chapter}</p></article>" for n in (2, 3)
    )
    page = ARTICLE.format(middle=MIDDLES[-1]).replace("</article>", f"</article>{others}")
    put(root, "sources/k.html", page)
    found = text_of(root).text
    assert found.count("Chapter 3") == due
    assert "All rights" not in found


@pytest.mark.parametrize(
    "middle",
    [
        "<aside>Read too</aside>",
        "<form>Your mail</form>",
        "<p hidden>Unseen</p>",
        "<script>x = 'no'</script>",
    ],
)
def test_what_is_no_part_of_an_article_is_left_out_within_it(root: Path, middle: str) -> None:
    put(root, "sources/k.html", ARTICLE.format(middle=middle))
    assert len(text_of(root).text.split("\n")) == 3


@pytest.mark.parametrize(
    "mark",
    [
        '<span class="pagenum" id="Page_245">[Pg 245]</span>',
        '<span epub:type="pagebreak" id="p245" title="245"></span>',
        '<span role="doc-pagebreak" aria-label="Page 245"></span>',
        '<a id="page_245"></a>',
        '<a name="p245"></a>',
    ],
)
def test_printed_pages_of_a_web_page_are_locators_and_no_text(root: Path, mark: str) -> None:
    put(root, "sources/k.html", ARTICLE.format(middle=f"<p>The old man {mark}had seen it.</p>"))
    found = text_of(root)
    assert "The old man had seen it." in found.text
    (page,) = (m for m in found.landmarks if m.locator.label == "page")
    assert page.locator.value == "245"
    assert found.text[page.at :].startswith("had seen")


def test_latin_1_is_read_as_browsers_do(root: Path) -> None:
    put(root, "sources/k.html", b"<meta charset=latin1><p>\x93So\x94 he said</p>")
    assert text_of(root).text == "“So” he said"


def test_utf_16_is_known_by_its_mark(root: Path) -> None:
    put(root, "sources/k.html", "<p>“So” he said</p>".encode("utf-16"))
    assert text_of(root).text == "“So” he said"


def test_a_page_that_is_nested_without_end_harms_nobody(root: Path) -> None:
    put(root, "sources/k.html", "<div>" * 100_000 + "<p>Words.</p>")
    assert isinstance(read_source(source(), root, Lock()), SourceText | MissingText)


def test_html_is_decoded_as_it_declares(root: Path) -> None:
    put(root, "sources/k.html", "<meta charset=iso-8859-1><p>caf\xe9</p>".encode("latin-1"))
    assert text_of(root).text.strip() == "café"


# --- What cannot be read --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "why", "said"),
    [
        ("k.txt", b"one\ntwo caf\xe9\n", Unavailable.UNREADABLE, "sources/k.txt:2: not UTF-8"),
        ("k.md", b"\xff\xfeo\x00", Unavailable.UNREADABLE, "sources/k.md:1: not UTF-8"),
        ("k.txt", b"one\0two", Unavailable.UNREADABLE, "NUL"),
        ("k.html", b"<p>caf\xe9</p>", Unavailable.UNREADABLE, "not UTF-8"),
        ("k.pdf", b"%PDF-1.7 and nothing", Unavailable.UNREADABLE, "damaged"),
        ("k.pdf", b"", Unavailable.UNREADABLE, "damaged"),
        ("k.txt", b"", Unavailable.EMPTY, "no words"),
        ("k.txt", b" \n\n--- \n", Unavailable.EMPTY, "no words"),
        ("k.md", b"---\nextent: full\n---\n\n", Unavailable.EMPTY, "no words"),
        ("k.html", b"<script>x</script>", Unavailable.EMPTY, "no words"),
        ("k.doc", b"\xd0\xcf", Unavailable.UNSUPPORTED, ".doc files; save it as DOCX"),
        ("k.mobi", b"x", Unavailable.UNSUPPORTED, "save it as EPUB"),
        ("k.djvu", b"x", Unavailable.UNSUPPORTED, "save it as PDF"),
        ("k.xyz", b"x", Unavailable.UNSUPPORTED, "save it as text or PDF"),
        ("k.mhtml", b"Subject: x\n\nno page", Unavailable.UNREADABLE, "no web page in it"),
        ("k/image.png", b"x", Unavailable.MISSING, "sources/k/"),
    ],
)
def test_each_reason_has_its_name_and_sentence(
    root: Path, name: str, data: bytes, why: Unavailable, said: str
) -> None:
    put(root, f"sources/{name}", data)
    found = missing(root)
    assert found.why is why
    assert said in found.detail
    assert str(root) not in found.detail


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("k.txt", b"%PDF-1.7\n", "is a PDF, whatever its name says; rename it to end with .pdf"),
        ("k.pdf", b"PK\x03\x04abc", "is a zip archive"),
        ("k.docx", b"%PDF-1.7\n", "is a PDF"),
        ("k.pdf", b"\n<!DOCTYPE html><title>Log in</title>", "perhaps one that asks to log in"),
        ("k.html", b"From: <Saved by Blink>\r\n", "rename it to end with .mhtml"),
        ("k.epub", b"<html>", "is a web page"),
        ("k.md", b"\x89PNG\r\n\x1a\nabc", "is a picture"),
        ("k.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1abc", "is a Word 97 document"),
    ],
)
def test_a_file_under_a_wrong_name_is_called_what_it_is(
    root: Path, name: str, data: bytes, said: str
) -> None:
    put(root, f"sources/{name}", data)
    found = missing(root)
    assert found.why is Unavailable.UNREADABLE
    assert found.detail.startswith(f"sources/{name} ")
    assert said in found.detail


def test_missing_source_says_how_to_bring_it(root: Path) -> None:
    found = missing(root, "doi:1")
    assert found.why is Unavailable.MISSING
    assert "`pubtool sources add FILE --key doi:1`" in found.detail
    assert "../kunze.pdf" in missing(root, file="../kunze.pdf").detail


def test_huge_file_is_refused_unread(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MAX_BYTES", 10)
    put(root, "sources/k.txt", "more than ten bytes")
    found = missing(root)
    assert (found.why, "split it" in found.detail) == (Unavailable.UNREADABLE, True)


def test_file_that_cannot_be_opened_is_unreadable(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root, "sources/k.txt")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    found = missing(root)
    assert found.why is Unavailable.UNREADABLE
    assert found.detail.startswith("sources/k.txt: cannot be read (Permission denied)")


def test_every_reader_has_a_version() -> None:
    assert EXTRACTORS.keys() == _READERS.keys()


def test_extractor_is_named_with_its_version(root: Path) -> None:
    assert extractor(put(root, "sources/a.txt")) == ("plain", "1")
    name, version = extractor(put(root, "sources/a.pdf"))
    assert (name, version.partition("+")[0]) == ("pdf", "2")
    assert "pypdfium2-" in version
    assert extractor(put(root, "sources/a.doc")) == ("", "")
    put(root, "sources/f/a.md")
    assert extractor(root / "sources/f") == ("markdown", "1")


NAMES = "key.txt key.TXT key.pages key/part.txt key.tei.xml other.txt keys.txt .key".split()


@pytest.mark.parametrize("name", NAMES)
def test_files_of_many_sources_are_those_of_each(tmp_path: Path, name: str) -> None:
    file = tmp_path / "sources" / name
    file.parent.mkdir(parents=True)
    file.write_text("words", encoding="utf-8")
    source = Source(Key("key"), "book", "Title")
    one = find_file(source, tmp_path)
    assert find_files([source], tmp_path) == {source.key: files_of(one, tmp_path) if one else ()}
