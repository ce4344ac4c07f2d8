"""Links into a source: a real browser scrolls to the passage and marks it, and nothing else.

Each case is a page with the passage between two comments, and the words as the page is read by our
own reader. The browser paints what the fragment names in one colour, so that a picture tells.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PIL import Image
from tests.devtools import Page
from tests.loopback import Site, answer, serve

from pubtool.model import Key, SourceText, Span
from pubtool.readers.sources.web import read_web
from pubtool.writers.text_fragment import Searched

FILLER = "".join(f"<p>Here stands filler number {n}, of no use to anybody.</p>" for n in range(60))
STYLE = (
    "<style>body{width:600px;margin:40px;font:16px/1.5 serif}"
    "::target-text{background:#00ff00;color:#00ff00}</style>"
)
PLACE = """
(() => {
  const found = [], marks = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
  while (walk.nextNode()) if ("[]".includes(walk.currentNode.data)) marks.push(walk.currentNode);
  const whole = document.createRange();
  whole.setStartAfter(marks[0]);
  whole.setEndBefore(marks[1]);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (!whole.intersectsNode(node) || !node.data.trim()) continue;
    const part = document.createRange();
    part.selectNodeContents(node);
    if (node === whole.startContainer) part.setStart(node, whole.startOffset);
    if (node === whole.endContainer) part.setEnd(node, whole.endOffset);
    if (part.comparePoint(whole.startContainer, whole.startOffset) > 0) continue;
    for (const box of part.getClientRects()) found.push([box.left, box.top, box.right, box.bottom]);
  }
  return {boxes: found, scrolled: scrollY};
})()
"""


class Case(NamedTuple):
    page: str
    """The body, with the passage between the comments ``[`` and ``]``."""
    words: str
    """The passage as our reader of web pages gives it."""
    number: int = 1
    """Which of the places it is at which these words stand."""


LAW = "Any person who knowingly receives stolen goods shall be liable to a fine."
LONG = (
    "Whoever, without lawful authority, intercepts any communication in the course of its "
    "transmission, and discloses it – whether in whole or in part – to any other person, commits "
    "an offence and is liable, on conviction, to imprisonment not exceeding five years"
)
CASES = {
    "a sentence": Case(f"<p>First. <!--[-->{LAW[:-1]}<!--]-->. Then.</p>", LAW[:-1]),
    "one word that stands everywhere": Case(
        "<p>The law is here.</p><p>Nobody knows what the <!--[-->law<!--]--> will say.</p>",
        "law",
        2,
    ),
    "a hyphen, a comma and an ampersand": Case(
        "<p>It says that <!--[-->self-evident, inalienable rights &amp; duties<!--]--> are.</p>",
        "self-evident, inalienable rights & duties",
    ),
    "quotation marks, dashes, percents and brackets": Case(
        "<p>They <!--[-->said: “No—never!” (100%, §&nbsp;3 [sic]) and it's «done»<!--]-->.</p>",
        "said: “No—never!” (100%, § 3 [sic]) and it's «done»",
    ),
    "across inline elements": Case(
        "<p>Thus <!--[-->the <em>first</em> and <a href='#'>the se<b>co</b>nd</a> of them<!--]--> "
        "are.</p>",
        "the first and the second of them",
    ),
    "a long passage": Case(f"<p>Thus: <!--[-->{LONG}<!--]-->.</p>", LONG),
    "a long passage that begins like another": Case(
        f"<p>{LONG.replace('discloses', 'keeps')}.</p><p>But: <!--[-->{LONG}<!--]-->.</p>", LONG
    ),
    "over paragraphs": Case(
        "<p>It begins: <!--[-->every article of this law is to be read together with the first."
        "</p><p>No other reading is permitted, whatever else may be said of it elsewhere<!--]-->."
        "</p>",
        "every article of this law is to be read together with the first.\nNo other reading is "
        "permitted, whatever else may be said of it elsewhere",
    ),
    "over a note's mark": Case(
        "<p>We find that <!--[-->the words are clear<sup><a href='#n'>1</a></sup> and leave no "
        "room for doubt<!--]--> at all.</p><p id='n'>1 See.</p><p>We hold<sup>2</sup> so.</p>",
        "the words are clear¹ and leave no room for doubt",
    ),
    "twice the same sentence": Case(
        f"<p>Of goods: {LAW}</p><p>Of money, too: <!--[-->{LAW[:-1]}<!--]-->. So be it.</p>",
        LAW[:-1],
        2,
    ),
    "a list": Case(
        "<p>These are:</p><ol><li>the <!--[-->first duty of a citizen, which is to vote</li>"
        "<li>the second duty of a citizen, which is to pay taxes<!--]--></li></ol>",
        "first duty of a citizen, which is to vote\nthe second duty of a citizen, which is to pay "
        "taxes",
    ),
    "German": Case(
        "<p>Er sagte: »<!--[-->Die Würde des Menschen ist unantastbar<!--]-->.«</p>",
        "Die Würde des Menschen ist unantastbar",
    ),
    "Greek, at the beginning of a paragraph": Case(
        "<p><!--[-->ἐν ἀρχῇ<!--]--> ἦν ὁ λόγος, καὶ ὁ λόγος ἦν πρὸς τὸν θεόν.</p>", "ἐν ἀρχῇ"
    ),
    "Arabic": Case(
        "<p dir='rtl'>قال: <!--[-->يولد جميع الناس أحرارا متساوين في الكرامة والحقوق<!--]-->.</p>",
        "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق",
    ),
    "Hindi": Case(
        "<p>उन्होंने कहा: <!--[-->सभी मनुष्यों को गौरव और अधिकारों के मामले में<!--]--> जन्मजात।</p>",
        "सभी मनुष्यों को गौरव और अधिकारों के मामले में",
    ),
    "Japanese": Case(
        "<p>前文。<!--[-->すべての人間は、生れながらにして自由であり<!--]-->、かつ、尊厳と権利とについて平等である。</p>",
        "すべての人間は、生れながらにして自由であり",
    ),
    "capitals that the style makes": Case(
        "<p style='text-transform:uppercase'>Notice: <!--[-->keep off the new grass<!--]-->.</p>",
        "keep off the new grass",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serve() as running:
        yield running


def directive(page: str, words: str, number: int) -> str:
    """Return what our own link to the words would end with."""
    text = read_web(page.encode(), "page.html").text
    at = -1
    for _ in range(number):
        at = text.index(words, at + 1)
    return Searched(SourceText(Key("k"), text)).directive(Span(at, at + len(words)))


def painted(browser: Page, folder: Path) -> set[tuple[int, int]]:
    """Return the pixels of the window that the browser has marked."""
    shot = folder / "shot.png"
    browser.picture(shot)
    picture = Image.open(io.BytesIO(shot.read_bytes())).convert("RGB")
    width, height = picture.size
    data = picture.tobytes()
    return {
        (x, y)
        for y in range(height)
        for x in range(width)
        if data[3 * (y * width + x) : 3 * (y * width + x) + 3] == b"\x00\xff\x00"
    }


def covered(boxes: list[list[float]], margin: int) -> set[tuple[int, int]]:
    """Return the pixels of some boxes, made smaller or larger on all sides."""
    return {
        (x, y)
        for left, top, right, bottom in boxes
        for y in range(round(top) - margin, round(bottom) + margin)
        for x in range(round(left) - margin, round(right) + margin)
    }


@pytest.mark.parametrize("name", CASES)
def test_a_browser_marks_the_passage_and_nothing_else(
    name: str, browser: Page, site: Site, tmp_path: Path
) -> None:
    case = CASES[name]
    head = f"<!doctype html><html><head><meta charset=utf-8><title>A page</title>{STYLE}</head>"
    page = f"{head}<body><main>{FILLER}{case.page}{FILLER}</main></body></html>"
    site.routes["/page"] = answer(page)
    fragment = directive(page, case.words, case.number)
    browser.go("about:blank")
    browser.go(f"{site.url('/page')}#{fragment}")
    browser.wait("scrollY > 0")
    place: Any = browser.run(PLACE)
    marked = painted(browser, tmp_path)
    assert place["boxes"], "the case marks no words"
    assert marked, f"nothing was marked: {fragment}"
    assert covered(place["boxes"], -3) <= marked, f"not all was marked: {fragment}"
    assert marked <= covered(place["boxes"], 6), f"too much was marked: {fragment}"


def test_the_picture_would_tell_of_a_wrong_place(browser: Page, site: Site, tmp_path: Path) -> None:
    case = CASES["a sentence"]
    site.routes["/page"] = answer(f"{STYLE}{FILLER}{case.page}{FILLER}")
    browser.go("about:blank")
    browser.go(f"{site.url('/page')}#:~:text=filler%20number%2050")
    browser.wait("scrollY > 0")
    marked = painted(browser, tmp_path)
    assert marked
    assert not marked <= covered(browser.run(PLACE)["boxes"], 6)
