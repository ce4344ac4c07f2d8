"""What is published between quotation marks are the characters that were checked, in each format.

Posts are made at random of quotations in every shape and place, and exported; each quotation's text
is taken out of what was written and held against the text that the checker compares. A format may
choose what the dialect lets it: the shape of marks and apostrophes, dots and dashes typed in
ASCII, the kind of a blank. It may put the number of a note or a mark of its own in between. It may
not move a full stop or a comma across a quotation mark, nor lose, add or change a character.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import pypdfium2
import pytest
from lxml import etree, html

from pubtool.checker.quotations import find_quotations
from pubtool.model import Post, Quotation, Verdict, VerdictKind
from pubtool.readers.post import read_post
from pubtool.system.pandoc import Pandoc

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

STYLES = (
    "chicago-notes-bibliography",
    "chicago-author-date",
    "bluebook-law-review",
    "ieee",
    "nature",
)
"""Notes, names, notes of the law, numbers, and numbers set high."""

LANGUAGES = ("en-US", "en-GB", "de-DE", "fr-FR")

CITED = "[@mill1859, 12]"

Shape = Callable[[str], str]

# --- Posts ----------------------------------------------------------------------------------------

PIECES = (
    "the dogs’ bowls",
    "it's the dog's",
    "in the '90s",
    "Mr. Tree, of No. 5",
    "well-known -- or so",
    "gone---and gone",
    "this... and that",
    "no more.... The end",
    "these . . . those",
    "a [sic] b",
    "[t]he thing",
    "what? now! so",
    "5 % of 1,000.50",
    "a\u00a0hard blank",
    "*with* emphasis",
    "a **strong** word.",
    "she said, “yes,” and",
    "he said 'no', and",
    'the "so-called", thing',
    "a ‘single’, here",
    "Smith; Jones: all",
    "(in brackets.)",
    "a \\* star & more",
    "naïve 'n' café",
    "1859–1860",
)
"""What stands inside; much of it is what a typesetter would touch."""

ENDS = ("", "", "", ".", ",", "?", "!", "…", ";", "--", " [...]")
"""What stands at the end, inside of the marks."""

MARKS = (('"', '"'), ("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"), ("'", "'"), ("‘", "’"))

BEHIND = (
    f" {CITED}.",
    f" {CITED},",
    f"{CITED}.",
    f" {CITED}?",
    f" {CITED};",
    f". {CITED}",
    f". {CITED}.",
    f", {CITED}",
    f" ({CITED}).",
    " (@mill1859 [12]).",
    " [see @mill1859, 12; @doe2001, 3].",
    "^[A note.].",
    f"^[As {CITED} has it, more or less.],",
    " @mill1859 [12].",
    f" {CITED} -- no",
    ".",
    ",",
)
"""What stands behind the closing mark."""


def quoted(random: Random) -> str:
    """Return the words of a quotation, among which a citation may stand."""
    words = " ".join(random.sample(PIECES, random.randint(2, 4)))
    if random.random() < 0.15:
        words += f" as cited {CITED}, and went on"
    return f"Here we {words} at last{random.choice(ENDS)}"


def sentence(random: Random) -> str:
    """Return a sentence that quotes."""
    opening, closing = random.choice(MARKS)
    whole = f"{opening}{quoted(random)}{closing}"
    whole = random.choice(
        (whole, whole, whole, whole, f"[{whole}](https://example.org)", f"*{whole}*")
    )
    before = random.choice(("Mill says ", "As @doe2001 [3] knows: ", "He wrote (and ", "So "))
    return f"{before}{whole}{random.choice(BEHIND)} It goes on."


def block(random: Random) -> str:
    """Return a paragraph, a block quotation, or a list."""
    kind = random.randrange(6)
    if kind == 0:
        return f"> {quoted(random)}{random.choice(('', ' ' + CITED, ' ' + CITED + '.'))}"
    if kind == 1:
        return f"> “{quoted(random)}” {CITED}.\n>\n> And {quoted(random)} {CITED}"
    if kind == 2:
        return f"- {sentence(random)}\n- {sentence(random)}"
    return " ".join(sentence(random) for _ in range(random.randint(1, 3)))


def post_text(seed: int) -> str:
    """Return a post that quotes."""
    random = Random(seed)
    return "\n\n".join(block(random) for _ in range(random.randint(1, 4))) + "\n"


# --- The conventions that the dialect documents ---------------------------------------------------

_TYPOGRAPHY = (
    (re.compile("[\u00ad\u200b\u2060\ufeff]"), ""),
    (re.compile(r"\s+"), ""),
    (re.compile("[\"'“”„‟‘’‚‛«»‹›`]"), "'"),
    (re.compile(r"\.\.\."), "…"),
    (re.compile("---?|[–—]"), "—"),
)
"""The shape of a mark, the kind of a blank, what ``smart`` makes of dots and hyphens."""


def plain(text: str) -> str:
    """Return a text without what a format may choose; every other character stays."""
    for pattern, replacement in _TYPOGRAPHY:
        text = pattern.sub(replacement, text)
    return text


# --- What the formats say -------------------------------------------------------------------------

_CITED_INSIDE = re.compile(r"(?<=cited)(?=,andwenton)|(?=\\\.AndHere|(?<!\\\.)AndHere)")
"""Where a citation of words stands that the checker leaves out."""


def wanted(quotation: Quotation, drop: str) -> re.Pattern[str]:
    """Return what has to stand in a format: the words in their marks, where they have any."""
    said = _CITED_INSIDE.sub(".{0,60}?", re.escape(re.sub(drop, "", plain(quotation.text))))
    if quotation.kind.value == "block":
        return re.compile(said)
    return re.compile(f"'{said}'")


def assert_kept(found: list[Quotation], said: str, drop: str = "(?!)") -> None:
    """Hold each quotation, in order, against what a format says; what matches `drop` aside."""
    at = 0
    text = re.sub(drop, "", plain(said))
    for quotation in found:
        match = wanted(quotation, drop).search(text, at)
        near = text.find(plain(quotation.text)[:12], at)
        assert match, f"{quotation.text!r} came out as {text[max(near - 3, 0) : near + 160]!r}"
        at = match.end() - 1


def of_html(data: bytes) -> str:
    """Return what a page says, without notes' numbers and our own marks."""
    root = html.fromstring(re.sub(r"^<\?xml[^>]*>", "", data.decode()))
    for node in root.xpath("//sup | //button | //script | //style | //dialog"):
        node.drop_tree()
    return str(root.text_content())


def of_epub(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return of_html(archive.read("EPUB/chapter-1.xhtml"))


def of_docx(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    raised = f"{W}rPr/{W}vertAlign[@{W}val='superscript']"
    runs = [run for run in root.iter(f"{W}r") if run.find(raised) is None]
    return "".join(text.text or "" for run in runs for text in run.iter(f"{W}t"))


def of_pdf(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.fixture
def quoting(pandoc: Pandoc, post: Any, material: Any) -> Any:
    """Return a maker of a post that quotes: its quotations, and what an export is made from."""

    def make(text: str, verdict: Any, **front: Any) -> tuple[list[Quotation], Any]:
        read: Post = read_post("posts/a.md", text, pandoc.parse(text, "posts/a.md"))
        found = find_quotations(read)[0]
        model = verdict("elsewhere", "elsewhere").match
        verdicts = [Verdict(one, VerdictKind.VERBATIM, None, model, (), ()) for one in found]
        return list(found), material(post(text, *verdicts, **front))

    return make


READERS: Mapping[str, tuple[str, Callable[[bytes], str]]] = {
    "html": ("a/index.html", of_html),
    "wordpress": ("wordpress/a.html", of_html),
    "epub": ("a/a.epub", of_epub),
    "docx": ("a/a.docx", of_docx),
}


@pytest.mark.parametrize("seed", range(40))
def test_a_format_has_the_characters_that_were_checked(
    seed: int, quoting: Any, write: Any, verdict: Any
) -> None:
    style, lang = STYLES[seed % len(STYLES)], LANGUAGES[seed // len(STYLES) % len(LANGUAGES)]
    found, given = quoting(post_text(seed), verdict, csl=style, lang=lang)
    assert found
    files = write(given, *READERS)
    for path, read in READERS.values():
        assert_kept(found, read(files[path]))


@pytest.mark.parametrize("seed", range(8))
def test_the_pdf_has_them_too(seed: int, quoting: Any, write: Any, verdict: Any) -> None:
    found, given = quoting(post_text(seed), verdict, csl=STYLES[0])
    files = write(given, "pdf")
    assert_kept(found, of_pdf(files["a/a.pdf"]), drop="[✓0-9]")


@pytest.mark.parametrize("front", [{"csl": c, "lang": n} for c in STYLES for n in LANGUAGES])
@pytest.mark.parametrize("closing", [f" {CITED}.", f" {CITED},", f"{CITED}.", "^[A note.]."])
def test_a_stop_outside_of_straight_marks_stays_outside(
    closing: str, front: dict[str, str], quoting: Any, write: Any, verdict: Any
) -> None:
    text = f'Mill says, "the words go on and on"{closing} So he does.\n'
    found, given = quoting(text, verdict, **front)
    files = write(given, *READERS)
    for path, read in READERS.values():
        assert_kept(found, read(files[path]))
