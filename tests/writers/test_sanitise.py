"""What an author may write as HTML, attributes and addresses, and what becomes of the rest."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nh3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from pubtool.system.pandoc import Pandoc
from pubtool.writers.sanitise.policy import PAGE, WORDPRESS, Policy, is_our_class, is_our_id
from pubtool.writers.sanitise.tags import Balance, pieces
from pubtool.writers.sanitise.tree import sanitise

CASES = sorted((Path(__file__).parents[1] / "cases" / "hostile").glob("*.md"))


def written(text: str, pandoc: Pandoc, policy: Policy = PAGE) -> str:
    """Return a post's HTML under a policy."""
    safe = sanitise(pandoc.parse(text, "a.md"), policy).document
    return pandoc.render(safe, "html5", {"wrap_text": "wrap-none"}).strip()


def told(text: str, pandoc: Pandoc, policy: Policy = PAGE) -> list[tuple[int, str]]:
    """Return the lines and what is left out there."""
    return [
        (gone.line, gone.what) for gone in sanitise(pandoc.parse(text, "a.md"), policy).left_out
    ]


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("H<sub>2</sub>O, <kbd>Tab</kbd>", "<p>H<sub>2</sub>O, <kbd>Tab</kbd></p>"),
        ('<abbr title="a &amp; b">l</abbr>', '<p><abbr title="a &amp; b">l</abbr></p>'),
        ("<B>bold</B> a<br>b", "<p><b>bold</b> a<br />b</p>"),
        (
            "<ruby>漢<rp>(<rt>kan<rp>)</ruby>",
            "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>",
        ),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        (
            "<table><tr><td colspan=2>a<td>b<tr><td>c</table>",
            '<table><tr><td colspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></table>',
        ),
        (
            "<details open><summary>S</summary>\n\n*in*\n\n</details>",
            '<details open=""><summary>S</summary>\n\n<p><em>in</em></p>\n</details>',
        ),
        (
            '<img src="a.png" alt="A" width=3 class=wide>',
            '<img src="a.png" class="wide" alt="A" width="3" />',
        ),
        (
            "[a](https://x.org) <me@x.org> [b](c.md#d)",
            '<p><a href="https://x.org">a</a> <a href="mailto:me@x.org">me@x.org</a> '
            '<a href="c.md#d">b</a></p>',
        ),
        ("[w]{.note lang=de #here}", '<p><span id="here" class="note" lang="de">w</span></p>'),
        (
            '::: {style="text-align:center"}\nw\n:::',
            '<div style="text-align:center">\n<p>w</p>\n</div>',
        ),
    ],
)
def test_what_sets_text_stays(text: str, page: str, pandoc: Pandoc) -> None:
    assert written(text, pandoc) == page
    assert told(text, pandoc) == []


@pytest.mark.parametrize(
    ("text", "page", "gone"),
    [
        ("a <b>b", "<p>a <b>b</b></p>", ["<b>"]),
        ("a</b> b", "<p>a b</p>", ["</b>"]),
        ("<b>a <i>b</b> c</i>", "<p><b>a <i>b</i></b> c</p>", ["</i>"]),
        ("*a <b>b* c</b>", "<p><em>a <b>b</b></em> c</p>", ["<b>", "</b>"]),
        ("a <div>b</div>", "<p>a b</p>", ["<div>", "</div>"]),
        ("a <li>b</li>", "<p>a b</p>", ["<li>", "</li>"]),
        ("<td>a</td>", "a", ["<td>", "</td>"]),
        ("<div>\n\na", "<div>\n\n<p>a</p>\n</div>", ["<div>"]),
        ("</div></main>\n\na", "<p>a</p>", ["</div>", "</main>"]),
        ("<h1>a</h1>", "a", ["<h1>", "</h1>"]),
        ("a <script>b</script>", "<p>a b</p>", ["<script>", "</script>"]),
        ("<script>b</script>", "", ["<script>"]),
        ("[a](javascript:b)", "<p>a</p>", ["the address javascript:b"]),
        ("![a](javascript:b)", "<p>a</p>", ["the image javascript:b"]),
        ("[a]{onclick=b}", "<p><span>a</span></p>", ["the attribute onclick"]),
        ("`a`{=latex}", "", ["raw latex"]),
        ("<!-- for editors --> a", "a", []),
        (
            '<a href="x" target=_blank rel="me nofollow">a</a>',
            '<p><a href="x" rel="nofollow">a</a></p>',
            ["the attribute target"],
        ),
        (
            '<b style="color:red;text-align:left">a</b>',
            '<p><b style="text-align:left">a</b></p>',
            ["the style color:red"],
        ),
    ],
)
def test_what_goes_is_told_and_the_words_stay(
    text: str, page: str, gone: list[str], pandoc: Pandoc
) -> None:
    assert written(text, pandoc) == page
    assert [what for _, what in told(text, pandoc)] == gone


def test_what_goes_is_told_with_its_line(pandoc: Pandoc) -> None:
    text = "A <script>x</script>.[^1]\n\n- b\n- [c](data:x)\n\n[^1]: D <i onclick=x>d</i>.\n"
    assert told(text, pandoc) == [
        (1, "<script>"),
        (1, "</script>"),
        (6, "the attribute onclick"),
        (4, "the address data:x"),
    ]


def test_a_clean_document_is_the_same_object(pandoc: Pandoc) -> None:
    document = pandoc.parse("A *word*, [a link](b.md) and `code`.[^1]\n\n[^1]: Note.", "a.md")
    assert sanitise(document, PAGE).document is document


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "html",
    [
        *("<", "<a ", '<a b="', "<a x ", "<!--", "<!", "<script>", "<b>", "<img ", "<dd>"),
        "<img '",
        "<b></i>",
    ],
)
def test_no_post_takes_longer_than_it_is_long(html: str) -> None:
    """Each of these took time by the square of its length in some version or other."""
    text = "".join(part * 100_000 for part in re.findall(r"<[^<]*", html))
    balance = Balance(PAGE, lambda *_: None, inline=False)
    written = "".join(balance.write(piece) for piece in pieces(text, lambda *_: None))
    assert len(written + balance.rest()) >= 0


# --- A second opinion -----------------------------------------------------------------------------

TAGS = {tag for tag in PAGE.tags if tag not in {"img"}}
BAD_TAGS = {
    "a",
    "img",
    "iframe",
    "form",
    "input",
    "button",
    "object",
    "embed",
    "video",
    "audio",
    "select",
    "option",
    "textarea",
    "svg",
    "math",
    "meta",
    "base",
    "link",
    "body",
    "main",
    "marquee",
    "dialog",
    "template",
}
BAD_ATTRIBUTES = {
    "srcdoc",
    "formaction",
    "action",
    "popover",
    "popovertarget",
    "autofocus",
    "contenteditable",
    "tabindex",
    "data-verdict",
    "name",
    "target",
    "ping",
}


SHOWN = r"<math\b.*?</math>|<(?:img|embed)\b[^>]*>|<pre.*?</pre>"
"""Formulas, pictures and code, which are of pandoc's own making."""


def second_opinion(page: str) -> tuple[str, str]:
    """Return a page as html5ever reads it, once with what may stay, once with more besides."""
    may = {tag: {n for n in _attributes() if PAGE.may_have(tag, n)} for tag in TAGS}
    for tag in TAGS:
        may[tag] -= {"style", "rel"}
    plain = re.sub(r' (?:style|rel)="[^"]*"', "", page)
    strict = nh3.clean(
        plain,
        tags=TAGS,
        attributes=may,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel"},
    )
    more = {tag: may.get(tag, set()) | BAD_ATTRIBUTES for tag in TAGS | BAD_TAGS}
    schemes = {"http", "https", "mailto", "tel", "javascript", "data", "vbscript", "file"}
    loose = nh3.clean(
        plain,
        tags=TAGS | BAD_TAGS,
        attributes=more,
        link_rel=None,
        generic_attribute_prefixes={"on"},
        url_schemes=schemes,
    )
    return strict, loose


def _attributes() -> set[str]:
    return {
        "class",
        "dir",
        "id",
        "lang",
        "title",
        "href",
        "hreflang",
        "cite",
        "span",
        "value",
        "datetime",
        "open",
        "reversed",
        "start",
        "type",
        "colspan",
        "headers",
        "rowspan",
        "abbr",
        "scope",
    }


PARTS = st.sampled_from(
    [
        *(
            "<b> </b> <i> </i> <div> </div> <p> </p> <table> <tr> <td> </td> </table> <ul> <li> "
            "</ul> <svg> <math> <style> </style> <script> </script> <select> <template> <title> "
            "<!-- --> --!> <![CDATA[ ]]> <?x ?> <x-y> < > &lt; & '> \"> <noscript> </noscript> "
            "<details> <form> <textarea> </textarea> <mtext> <mglyph> <foreignObject> <desc> </a> "
            "words * [ ](x) ` {=html}"
        ).split(),
        *(" ", "\n", "\n\n", "\0", "<b title='", "<a href='x'>", "<a id=Main name=x>"),
        *("<img src=x onerror=y>", '<a href="javascript:x">', "<b onclick=x>"),
        '<b title="</b><img src=x onerror=y>">',
    ]
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(PARTS, max_size=25).map("".join))
def test_another_parser_finds_nothing_more_to_take_out(pandoc: Pandoc, text: str) -> None:
    """html5ever, as browsers do, reads what we wrote: nothing is there that may not be."""
    page = written(text, pandoc)
    strict, loose = second_opinion(re.sub(SHOWN, "", page, flags=re.DOTALL))
    assert strict == loose, page
    etree.fromstring(f"<r>{page}</r>".replace("\0", ""))  # well formed, for books


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_another_parser_agrees_about_each_attack(case: Path, pandoc: Pandoc) -> None:
    text = case.read_text(encoding="utf-8")
    page = re.sub(SHOWN, "", written(text, pandoc), flags=re.DOTALL)
    strict, loose = second_opinion(re.sub(r' data-(?:startFrom|emoji)="[^"]*"', "", page))
    assert strict == loose


# --- What is the page's own -----------------------------------------------------------------------

FORGED = sorted(path for path in CASES if path.stem.startswith("ours-"))


@pytest.mark.parametrize("case", FORGED, ids=lambda path: path.stem)
def test_no_author_speaks_for_the_page(case: Path, pandoc: Pandoc) -> None:
    page = html.fromstring(f"<div>{written(case.read_text(encoding='utf-8'), pandoc)}</div>")
    for element in page.iter():
        assert not element.get("id") or not is_our_id(element.get("id"))
        for name in (element.get("class") or "").split():
            assert not is_our_class(name, "Span" if element.tag == "span" else element.tag), name
        assert not [name for name in element.attrib if name.startswith("data-")]


def test_every_name_that_a_page_uses_is_its_own(
    post: Any, verdict: Any, material: Any, write: Any
) -> None:
    """Whoever adds an id or a class to the pages finds it reserved, or learns of it here."""
    text = 'He wrote "of his own" [@mill1859, p. 12].[^1]\n\n# One\n\n# Two\n\n# Three\n\n[^1]: N.'
    files = write(material(post(text, verdict(text, "of his own")), url="https://x.org"), "html")
    page = html.fromstring(files["a/index.html"].decode())
    assert page.xpath("//*[starts-with(@id, 'proof-')]")
    theirs = {"one", "two", "three"}
    for element in page.iter(etree.Element):
        name = element.get("id") or ""
        assert not name or name in theirs or is_our_id(name), name
        for name in (element.get("class") or "").split():
            assert is_our_class(name, element.tag), name


# --- WordPress ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        "<div  class='x'   data-y=1>a<br>b &nbsp;&copy;</div>",
        '<div style="color:red"><p>a</div>',
        "<video controls src=https://x.org/a.mp4></video>",
        '<img src="https://x.org/a.png" alt="A">',
    ],
)
def test_what_an_author_may_write_reaches_wordpress_as_it_is(html: str, pandoc: Pandoc) -> None:
    assert written(html, pandoc, WORDPRESS).removeprefix("<p>").removesuffix("</p>") == html


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<div><script>x</script>a</div>", "<div>a</div>"),
        ("<div onclick=x>a</div>", "<div>a</div>"),
        ('<div><iframe src="https://x.org"></iframe>a</div>', "<div>a</div>"),
        ('<div><a href="javascript:x">a</a></div>', "<div><a>a</a></div>"),
        ('<div data-wp-on--click="x" data-verdict="verbatim">a</div>', "<div>a</div>"),
        ("<div><a/onclick=x>a</div>", "<div>&lt;a/onclick=x>a</div>"),
    ],
)
def test_what_runs_does_not_reach_wordpress(html: str, left: str, pandoc: Pandoc) -> None:
    assert written(html, pandoc, WORDPRESS) == left


def test_a_trusted_author_writes_what_he_likes(post: Any, material: Any, write: Any) -> None:
    one = post('<div onclick="x()">a</div>\n\n![b](https://x.org/c.png)')
    files = write(material(one, raw_html="trusted", remote_images=True), "html", "wordpress")
    page = files["a/index.html"].decode()
    assert '<div onclick="x()">' in page
    assert 'src="https://x.org/c.png"' in page
    assert "Content-Security-Policy" not in page
    assert '<div onclick="x()">' in files["wordpress/a.html"].decode()


def test_an_image_from_elsewhere_is_a_link(post: Any, material: Any, write: Any) -> None:
    page = write(material(post("![b](https://x.org/c.png)")), "html")["a/index.html"].decode()
    assert '<a href="https://x.org/c.png">b</a>' in page
    assert "<img" not in page
