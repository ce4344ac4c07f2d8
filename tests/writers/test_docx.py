"""DOCX: a sound package, Word's own notes and styles, verdicts as comments, the same bytes."""

from __future__ import annotations

import io
import json
import posixpath
import re
import subprocess
import zipfile
from typing import Any

import pytest
from lxml import etree
from tests.random_posts import random_posts
from tests.writers.everything import ACTIVE_SVG, DRAWING, EVERYTHING, HOSTILE, picture

from pubtool.errors import BadReference, PubtoolError
from pubtool.model import QuotationKind, SeriesPart, VerdictKind
from pubtool.system.pandoc import pandoc_path, read_document
from pubtool.writers.ast import collect, plain_text
from pubtool.writers.docx import our_reference
from pubtool.writers.docx.comments import FIRST, comments_part
from pubtool.writers.export import plan_jobs
from pubtool.writers.passage import Part
from pubtool.writers.proof import Proof

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
FILES = {"posts/box.png": picture()}
QUOTED = 'Mill wrote "of his own" [@mill1859, 12], and "the other" [@doe2001].'


@pytest.fixture
def docx(material: Any, write: Any) -> Any:
    """Return a maker of one post's Word file, which is found sound before it is given."""

    def make(*checked: Any, name: str = "a/a.docx", **given: Any) -> bytes:
        data: bytes = write(material(*checked, **{"files": FILES, **given}), "docx")[name]
        assert_sound(data)
        return data

    return make


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tree(data: bytes, name: str = "word/document.xml") -> Any:
    return etree.fromstring(parts(data)[name])


def styles_used(data: bytes) -> list[str]:
    """Return the style of each paragraph of the body, by its id."""
    return [
        style.get(f"{W}val") if (style := p.find(f"{W}pPr/{W}pStyle")) is not None else ""
        for p in tree(data).iter(f"{W}p")
    ]


def paragraphs(data: bytes, style: str) -> list[str]:
    """Return the words of the body's paragraphs of a style."""
    return [
        "".join(t.text or "" for t in p.iter(f"{W}t"))
        for p in tree(data).iter(f"{W}p")
        if (found := p.find(f"{W}pPr/{W}pStyle")) is not None and found.get(f"{W}val") == style
    ]


# --- What Word asks of a package ------------------------------------------------------------------


def assert_sound(data: bytes) -> None:
    """Hold a file to what Word refuses to open, or "repairs", if it is not so."""
    found = parts(data)
    xml = {n: etree.fromstring(d) for n, d in found.items() if n.endswith((".xml", ".rels"))}
    assert_declared(found, xml["[Content_Types].xml"])
    for name, root in xml.items():
        if name.endswith(".rels"):
            assert_related(name, root, found)
    for name in ("word/document.xml", "word/footnotes.xml"):
        if name in xml:
            relations = xml.get(f"word/_rels/{name[5:]}.rels")
            assert_links(xml[name], relations)
            assert_structure(xml[name])
    assert_bookmarks(xml["word/document.xml"], xml["word/footnotes.xml"])
    assert_comments(xml)
    notes = {n.get(f"{W}id") for n in xml["word/footnotes.xml"] if not n.get(f"{W}type")}
    refs = [n.get(f"{W}id") for n in xml["word/document.xml"].iter(f"{W}footnoteReference")]
    assert sorted(refs) == sorted(notes)
    assert not list(xml["word/footnotes.xml"].iter(f"{W}footnoteReference"))


def assert_declared(found: dict[str, bytes], types: Any) -> None:
    endings = {e.get("Extension") for e in types.iter(f"{TYPES}Default")}
    own = {e.get("PartName").lstrip("/") for e in types.iter(f"{TYPES}Override")}
    assert own <= set(found)
    for name in found:
        assert name in own or name.rpartition(".")[2] in endings or name.startswith("[Content")


def assert_related(name: str, root: Any, found: dict[str, bytes]) -> None:
    keys = [link.get("Id") for link in root.iter(RELATION)]
    assert len(keys) == len(set(keys))
    folder = name.rpartition("_rels/")[0]
    for link in root.iter(RELATION):
        if link.get("TargetMode") != "External":
            assert posixpath.normpath(f"{folder}{link.get('Target')}") in found, name


def assert_links(root: Any, relations: Any) -> None:
    known = (
        {link.get("Id") for link in relations.iter(RELATION)} if relations is not None else set()
    )
    for node in root.iter():
        for key in (f"{R}id", f"{R}embed"):
            assert node.get(key) is None or node.get(key) in known


def assert_structure(root: Any) -> None:
    for cell in root.iter(f"{W}tc"):
        assert cell[-1].tag == f"{W}p"  # else Word calls the file corrupt
    for link in root.iter(f"{W}hyperlink"):
        assert not list(link.iter(f"{W}hyperlink"))[1:]


def assert_bookmarks(*roots: Any) -> None:
    names = [mark.get(f"{W}name") for root in roots for mark in root.iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names))
    assert all(len(name) <= 40 for name in names)
    leads = {link.get(f"{W}anchor") for root in roots for link in root.iter(f"{W}hyperlink")}
    assert leads - {None} <= set(names)


def assert_comments(xml: dict[str, Any]) -> None:
    said = [c.get(f"{W}id") for c in xml["word/comments.xml"]]
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        placed = [n.get(f"{W}id") for n in xml["word/document.xml"].iter(f"{W}{kind}")]
        assert sorted(placed) == sorted(said), kind
        assert not list(xml["word/footnotes.xml"].iter(f"{W}{kind}"))
    assert all(c.get(f"{W}date") is None for c in xml["word/comments.xml"])


# --- What it says of itself -----------------------------------------------------------------------


def test_its_properties(post: Any, docx: Any) -> None:
    checked = post(
        "Text.",
        title="A “title” & <more>",
        authors=("Jane Doe", "John Roe"),
        lang="en-GB",
        tags=("law", "words"),
        excerpt="In short.",
    )
    core = tree(docx(checked), "docProps/core.xml")
    said = {node.tag.rpartition("}")[2]: node.text for node in core}
    assert said == {
        "title": "A “title” & <more>",
        "creator": "Jane Doe; John Roe",
        "keywords": "law, words",
        "description": "In short.",
        "language": "en-GB",
        "created": "2026-05-03T00:00:00Z",
        "modified": "2026-05-03T00:00:00Z",
    }


def test_two_runs_give_the_same_bytes(post: Any, docx: Any) -> None:
    checked = post(EVERYTHING, lang="de")
    one = docx(checked)
    assert one == docx(checked)
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_nothing_of_pandoc_s_own_document_is_passed_on(post: Any, docx: Any) -> None:
    found = parts(docx(post("Text.")))
    assert not [name for name in found if "theme" in name or "fontTable" in name]
    assert b"KeywordTok" not in found["word/styles.xml"]


# --- What it holds --------------------------------------------------------------------------------


def test_each_kind_of_block_has_its_style(post: Any, docx: Any) -> None:
    text = (
        "# One\n\nText.\n\n## Two\n\n> Quoted.\n\n~~~\ncode\n~~~\n\nTerm\n:   Meaning [@mill1859]."
    )
    used = styles_used(docx(post(text, title="The title")))
    wanted = (
        "Title Author Date Heading1 FirstParagraph Heading2 BlockText SourceCode Heading1".split()
    )
    assert [style for style in used if style in wanted] == wanted
    assert used[-1] == "Bibliography"


def test_notes_are_word_s_own(post: Any, docx: Any) -> None:
    data = docx(post("Text^[A *note* with a ![Red](box.png) and a note^[inside it].]."))
    notes = [n for n in tree(data, "word/footnotes.xml") if not n.get(f"{W}type")]
    assert len(notes) == 1
    assert "".join(t.text for t in notes[0].iter(f"{W}t")).strip() == (
        "A note with a  and a note [inside it]."
    )
    assert parts(data)["word/media/image1.png"] == picture()


def test_a_table_has_a_head_and_a_caption(post: Any, docx: Any) -> None:
    data = docx(post("Table: In words.\n\n| a | b |\n|---|---|\n| 1 | 2 |"))
    rows = list(tree(data).iter(f"{W}tr"))
    assert [bool(list(row.iter(f"{W}tblHeader"))) for row in rows] == [True, False]
    assert paragraphs(data, "TableCaption") == ["In words."]


def test_an_image_has_its_words_and_its_size(post: Any, docx: Any) -> None:
    files = {"posts/wide.png": picture(size=(3000, 1000)), "posts/box.jpg": picture("JPEG")}
    data = docx(
        post("![Wide](wide.png)\n\n![Box](box.jpg){width=1in}\n\n![](box.jpg)"), files=files
    )
    shown = [node for node in tree(data).iter() if node.tag.endswith("}docPr")]
    assert [node.get("descr") for node in shown] == ["Wide", "Box", ""]
    sizes = [
        (int(node.get("cx")) / 914_400, int(node.get("cy")) / 914_400)
        for node in tree(data).iter()
        if node.tag.endswith("}extent")
    ]
    assert sizes[0] == pytest.approx((6.27, 2.09), abs=0.01)
    assert sizes[1] == pytest.approx((1, 0.5), abs=0.01)
    assert sizes[2] == pytest.approx((40 / 96, 20 / 96), abs=0.01)
    assert parts(data)["word/media/image1.jpg"] == picture("JPEG")
    assert b"box.jpg" not in parts(data)["word/document.xml"]


def test_an_image_that_word_cannot_show_is_told_in_words(post: Any, docx: Any) -> None:
    files = {"posts/d.svg": DRAWING, "posts/c.png": b"no image", "posts/a.webp": picture("WEBP")}
    data = docx(post("![Drawn](d.svg) ![Broken](c.png) ![Web](a.webp)"), files=files)
    assert [name for name in parts(data) if "media" in name] == ["word/media/image1.png"]
    assert "Drawn Broken" in "".join(t.text for t in tree(data).iter(f"{W}t"))


def test_a_drawing_that_goes_is_told(post: Any, material: Any, pandoc: Any) -> None:
    given = material(post("![Drawn](d.svg)"), files={"posts/d.svg": DRAWING})
    jobs = {job.name: job for job in plan_jobs(given, ("docx", "epub"), pandoc)}
    assert [line.partition(";")[0] for line in jobs["docx:posts/a.md"].remarks()] == [
        "posts/a.md: d.svg: Word shows no SVG, so its alternative text stands there"
    ]
    assert jobs["epub:posts/a.md"].remarks() == ()


def test_words_in_another_language_are_proofed_in_it(post: Any, docx: Any) -> None:
    data = docx(post("Text [ein Wort]{lang=de} und [جملة]{lang=ar dir=rtl}.", lang="fr"))
    langs = [node.get(f"{W}val") for node in tree(data).iter(f"{W}lang")]
    assert {"de", "ar"} <= set(langs)
    defaults = tree(data, "word/styles.xml").find(f"{W}docDefaults//{W}lang")
    assert defaults.get(f"{W}val") == "fr"
    assert list(tree(data).iter(f"{W}rtl"))


def test_a_post_written_from_right_to_left(post: Any, docx: Any) -> None:
    data = docx(post("جملة عربية.", lang="ar"))
    bidi = [p for p in tree(data).iter(f"{W}p") if p.find(f"{W}pPr/{W}bidi") is not None]
    assert bidi
    assert tree(data, "word/styles.xml").find(f"{W}docDefaults//{W}lang").get(f"{W}bidi") == "ar"


def test_our_own_words_are_not_said_to_be_in_a_language_that_we_do_not_speak(
    post: Any, verdict: Any, docx: Any
) -> None:
    text = "كتب «حرية» هنا."
    data = docx(post(text, verdict(text, "حرية"), lang="ar"))
    told = next(p for p in tree(data).iter(f"{W}p") if style_of(p) == "Checked")
    assert told.find(f"{W}pPr/{W}bidi") is None
    assert {node.get(f"{W}val") for node in told.iter(f"{W}lang")} == {"en"}
    proof = [p for p in tree(data).iter(f"{W}p") if style_of(p) == "Proof"]
    assert {node.get(f"{W}val") for node in proof[1].iter(f"{W}lang")} == {"ar"}


def series_of(post: Any, langs: tuple[str, ...] = ("en", "de")) -> list[Any]:
    return [
        post(
            f"# One\n\nPart {n}. See [the other](b{3 - n}.md#one), [here](#one), [no](#no).^[N]",
            path=f"posts/b{n}.md",
            title=f"Part {n} & more",
            date=f"2026-05-0{n}",
            lang=lang,
            series=(SeriesPart("The book", n),),
        )
        for n, lang in enumerate(langs, 1)
    ]


def test_a_series_is_one_file_with_contents(post: Any, docx: Any) -> None:
    data = docx(*series_of(post), name="series/the-book/the-book.docx")
    assert paragraphs(data, "Title") == ["The book"]
    assert paragraphs(data, "TOC1") == ["Part 1 & more", "Part 2 & more"]
    assert paragraphs(data, "Heading1") == ["Part 1 & more", "Part 2 & more"]
    fields = "".join(node.text for node in tree(data).iter(f"{W}instrText"))
    assert fields.split()[:3] == ["TOC", "\\o", '"1-1"']
    breaks = [
        p for p in tree(data).iter(f"{W}p") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None
    ]
    assert len(breaks) == 2
    leads = [a.get(f"{W}anchor") for a in tree(data).iter(f"{W}hyperlink")]
    assert leads == ["chapter-1", "chapter-2", "c2-one", "c1-one", "c1-one", "c2-one"]


# --- Comments -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "langs", "turned"),
    [
        ("de-DE", [("val", "de-DE")] * 3, ["0"]),
        ("he", [("bidi", "he")] * 3, ["1"]),
        ("", [], []),
    ],
)
def test_the_passage_in_a_comment_is_in_the_source_s_language(
    lang: str, langs: list[tuple[str, str]], turned: list[str]
) -> None:
    """Word marked each of its words as misspelt, and read it in the wrong direction."""
    proof = Proof(
        number=1,
        id="q-1",
        symbol="✓",
        verdict="word for word",
        passes=True,
        quoted="Wort",
        source="Krug",
        place="",
        before="Ein ",
        parts=(Part("Wort", quoted=True),),
        after=" hier.",
        changes=(),
        lang=lang,
    )
    root = etree.fromstring(comments_part([proof], {FIRST})[0])
    said = [
        (name.rpartition("}")[2], tag) for n in root.iter(f"{W}lang") for name, tag in n.items()
    ]
    assert said == langs
    assert [node.get(f"{W}val") for node in root.iter(f"{W}bidi")] == turned


def test_each_verdict_is_a_comment_on_its_quotation(post: Any, verdict: Any, docx: Any) -> None:
    checked = post(
        QUOTED,
        verdict(QUOTED, "of his own"),
        verdict(QUOTED, "the other", VerdictKind.UNCHECKED, reason="missing"),
    )
    data = docx(checked)
    said = [
        ["".join(t.text for t in p.iter(f"{W}t")) for p in comment.iter(f"{W}p")]
        for comment in tree(data, "word/comments.xml")
    ]
    assert said == [
        [
            "✓ Word for word.",
            "John Stuart Mill, On Liberty, page 12",
            "words before of his own after",
        ],
        ["○ Not checked: no text of the source is at hand."],
    ]
    assert commented(data) == ["of his own", "the other"]


def commented(data: bytes) -> list[str]:
    """Return the words under each comment, as another program reads them: pandoc."""
    command = [str(pandoc_path()), "--track-changes=all", "-f", "docx", "-t", "json"]
    said = subprocess.run(command, input=data, capture_output=True, check=True)
    words: dict[str, str] = {}
    opened: list[str] = []
    nodes = collect(json.loads(said.stdout)["blocks"], frozenset({"Str", "Space", "Span", "Note"}))
    inside = {id(n) for node in nodes if is_comment(node) for n in collect(node["c"][1], LEAVES)}
    for node in nodes:
        if node["t"] == "Span" and "comment-start" in node["c"][0][1]:
            opened.append(dict(node["c"][0][2])["id"])
            words[opened[-1]] = ""
        elif node["t"] == "Span" and "comment-end" in node["c"][0][1]:
            opened.remove(dict(node["c"][0][2])["id"])
        elif node["t"] in LEAVES and id(node) not in inside:
            for name in opened:
                words[name] += node["c"] if node["t"] == "Str" else " "
    assert not opened
    return list(words.values())


LEAVES = frozenset({"Str", "Space"})


def is_comment(node: Any) -> bool:
    return node["t"] == "Span" and "comment-start" in node["c"][0][1]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("> First words.\n>\n> Last words.", "First words.\n>\n> Last words."),
        ("> - First words.\n> - Last words.", "- First words.\n> - Last words."),
        ("Say “First words. Last words.”", "First words. Last words."),
        ("Say “First *words. Last* words.”", "First *words. Last* words."),
        ("# Of “First words. Last words.”", "First words. Last words."),
        ("| “First words. Last words.” |\n|--|\n| x |", "First words. Last words."),
    ],
)
def test_a_comment_covers_its_quotation_wherever_it_stands(
    text: str, quoted: str, post: Any, verdict: Any, docx: Any
) -> None:
    apart = text.startswith(">")
    sort = QuotationKind.BLOCK if apart else QuotationKind.INLINE
    one = verdict(text, quoted, sort=sort)
    assert " ".join(commented(docx(post(text, one)))[0].split()) in (
        "First words. Last words.",
        "First words.Last words.",
    )


def test_what_is_quoted_in_a_note_is_commented_on_at_its_mark(
    post: Any, verdict: Any, docx: Any
) -> None:
    text = "Text.^[It says “of his own” there.]"
    data = docx(post(text, verdict(text, "of his own")))
    marks = [
        n.tag.rpartition("}")[2]
        for n in tree(data).iter()
        if "comment" in n.tag or "footnoteReference" in n.tag
    ]
    assert marks == [
        "commentRangeStart",
        "footnoteReference",
        "commentRangeEnd",
        "commentReference",
    ]


def test_a_quotation_of_code_alone_has_a_comment_beside_it(
    post: Any, verdict: Any, docx: Any
) -> None:
    text = "> ```\n> quoted code\n> ```"
    data = docx(post(text, verdict(text, "quoted code", sort=QuotationKind.BLOCK)))
    assert len(list(tree(data, "word/comments.xml"))) == 1


def test_the_list_leads_to_the_quotations(post: Any, verdict: Any, docx: Any) -> None:
    data = docx(post(QUOTED, verdict(QUOTED, "of his own")))
    proof = paragraphs(data, "Proof")
    assert proof[1:3] == ["“of his own”", "✓ Word for word. John Stuart Mill, On Liberty, page 12"]
    assert any(
        (a.get(f"{W}anchor") or "").startswith("c1-q-") for a in tree(data).iter(f"{W}hyperlink")
    )


def test_where_nothing_was_checked_there_is_no_comment(post: Any, docx: Any) -> None:
    data = docx(post(QUOTED))
    assert not len(tree(data, "word/comments.xml"))
    assert "✓" not in "".join(tree(data).itertext())


# --- The project's own reference document ---------------------------------------------------------


def renamed_reference() -> bytes:
    """Return a reference document as a German Word makes it: other ids, the same names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts(our_reference()).items():
            ids = {b"Heading1": b"berschrift1", b"TOC1": b"Verz1", b"CommentText": b"Kommentar"}
            for old, new in ids.items() if name == "word/styles.xml" else ():
                data = data.replace(b'"%b"' % old, b'"%b"' % new)  # noqa: PLW2901
            archive.writestr(name, data)
    return out.getvalue()


def test_a_project_may_have_a_reference_document(post: Any, verdict: Any, docx: Any) -> None:
    files = {**FILES, "templates/reference.docx": renamed_reference()}
    parts_of = series_of(post)
    data = docx(*parts_of, files=files, name="series/the-book/the-book.docx")
    assert paragraphs(data, "berschrift1") == ["Part 1 & more", "Part 2 & more"]
    assert paragraphs(data, "Verz1") == ["Part 1 & more", "Part 2 & more"]
    known = {s.get(f"{W}styleId") for s in tree(data, "word/styles.xml").iter(f"{W}style")}
    assert set(styles_used(data)) - {""} <= known
    one = docx(post(QUOTED, verdict(QUOTED, "of his own")), files=files)
    assert b'w:val="Kommentar"' in parts(one)["word/comments.xml"]


def test_a_reference_document_without_our_styles_gets_them(
    post: Any, verdict: Any, docx: Any
) -> None:
    command = [str(pandoc_path()), "--print-default-data-file", "reference.docx"]
    stock = subprocess.run(command, capture_output=True, check=True).stdout
    files = {**FILES, "templates/reference.docx": stock}
    data = docx(post(QUOTED, verdict(QUOTED, "of his own")), files=files)
    known = {s.get(f"{W}styleId") for s in tree(data, "word/styles.xml").iter(f"{W}style")}
    assert {"CommentText", "CommentReference", *styles_used(data)} - {""} <= known


@pytest.mark.parametrize("data", [b"", b"no archive", picture(), b"PK\x03\x04broken"])
def test_what_is_no_reference_document_is_refused_in_one_sentence(
    data: bytes, post: Any, docx: Any
) -> None:
    with pytest.raises(BadReference, match=r"^templates/reference\.docx: .*; save it anew"):
        docx(post("Text."), files={"templates/reference.docx": data})


# --- All kinds of posts ---------------------------------------------------------------------------


def test_a_post_with_everything(post: Any, verdict: Any, docx: Any) -> None:
    checked = post(EVERYTHING, verdict(EVERYTHING, "of his own"), authors=(), date="")
    data = docx(checked, author="")
    text = plain_text(read_document(data, "docx")["blocks"])
    for words in ("Raw paragraph.", "raw cell", "Its second paragraph.", "☑", "Hidden words."):
        assert words in text, words
    assert "A caption & more" in text
    assert len(list(tree(data).iter("{*}oMath"))) >= 2


def test_a_hostile_post_brings_no_field_change_or_address(post: Any, docx: Any) -> None:
    files = {**FILES, "posts/evil.svg": ACTIVE_SVG}
    data = docx(post(HOSTILE, title="\x0b<script>alert(1)</script>"), files=files)
    found = parts(data)
    text = found["word/document.xml"] + found["word/styles.xml"]
    for sign in (b"fldSimple", b"<w:ins ", b"<w:del ", b"DDEAUTO", b"Evil", b'w:author="evil"'):
        assert sign not in text, sign
    for name in ("word/_rels/document.xml.rels", "word/_rels/footnotes.xml.rels"):
        for link in tree(data, name).iter(RELATION):
            if link.get("TargetMode") == "External":
                assert link.get("Type").endswith("/hyperlink")
                assert link.get("Target").startswith(("https://", "http://"))


@pytest.mark.parametrize("number", range(30))
def test_a_random_post(number: int, post: Any, docx: Any, random_texts: list[str]) -> None:
    checked = post(random_texts[number])
    try:
        _ = checked.document
    except PubtoolError:
        pytest.fail("a post that pandoc cannot read")
    docx(checked)


@pytest.fixture(scope="module")
def random_texts() -> list[str]:
    return list(random_posts(30, seed=9))


def test_it_holds_the_page_s_words_in_the_page_s_order(
    post: Any, verdict: Any, material: Any, write: Any
) -> None:
    text = f"# Title\n\n{QUOTED}\n\n- a *b* c\n- d\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n`code`"
    given = material(post(text, verdict(text, "of his own"), csl="apa"))
    files = write(given, "docx", "html")
    body = tree(files["a/a.docx"]).find(f"{W}body")
    flow = [p for p in body.iter(f"{W}p") if style_of(p) not in (*FRONT, "Proof", "Bibliography")]
    html = files["a/index.html"].decode()
    shown = re.search(r'<div class="text">(.*?)</div>\n(?:<section|</article)', html, re.DOTALL)
    assert shown is not None
    plain = re.sub(r"<button.*?</button>|<aside.*?</aside>|<[^>]*>", "", shown[1], flags=re.DOTALL)
    letters = re.compile(r"[^\W\d]+")
    found = [word for p in flow for t in p.iter(f"{W}t") for word in letters.findall(t.text or "")]
    assert found[: len(found) - len("Sources Quotations".split())] == letters.findall(plain)


FRONT = ("Title", "Author", "Date", "Checked")


def style_of(paragraph: Any) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val"))
