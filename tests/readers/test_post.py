"""Reading a post: which text stands in which block, and where in the file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pubtool.model import Block, BlockKind, CitationMode, ContainerKind, Inline, InlineKind, Post
from pubtool.readers.post import read_post
from pubtool.system.pandoc import Pandoc

OBJECT = "\ufffc"


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


def read(pandoc: Pandoc, text: str) -> Post:
    return read_post("posts/a.md", text, pandoc.parse(text, "posts/a.md"))


def at(post: Post, block: Block, words: str) -> str:
    """The file's characters where `words` of a block stand."""
    start = block.flow.text.index(words)
    span = block.flow.place(start, start + len(words))
    return post.text[span.start : span.end]


TEXTS = [
    # the file, the text of its first block, some words of it, the file's characters there
    ('He said "so be it" then.', 'He said "so be it" then.', '"so be it"', '"so be it"'),
    ("He said “so be it” then.", "He said “so be it” then.", "so be it", "so be it"),
    ("She said 'so' then.", "She said 'so' then.", "'so'", "'so'"),
    ("It's the '90s, 5'10\".", "It's the '90s, 5'10\".", "'90s, 5'10\"", "'90s, 5'10\""),
    ('"a \'b "c" d\' e"', '"a \'b "c" d\' e"', "'b \"c\" d'", "'b \"c\" d'"),
    ("«Guillemets» and „low“", "«Guillemets» and „low“", "Guillemets", "Guillemets"),
    ("&ldquo;entity&rdquo; x", "“entity” x", "“entity”", "&ldquo;entity&rdquo;"),
    ("a &quot;b&quot; c", 'a "b" c', '"b"', "&quot;b&quot;"),
    ("a &#8220;b&#8221; c", "a “b” c", "b", "b"),
    ("a &laquo;b&raquo; c", "a «b» c", "«b»", "&laquo;b&raquo;"),
    ('a \\"b\\" c', 'a "b" c', '"b"', '\\"b\\"'),
    ("one -- two --- three...", "one – two — three…", "– two —", "-- two ---"),
    ("tab\there\t\tand there", "tab here  and there", "and there", "and there"),
    ("de\u0301ja\u0300 vu, \u1112\u1161\u11ab!", "déjà vu, 한!", "vu", "vu"),
    ("de\u0301ja\u0300 vu", "déjà vu", "à vu", "a\u0300 vu"),
    ("🐕 “dog” 👩\u200d🚀 x", "🐕 “dog” 👩\u200d🚀 x", "dog” 👩\u200d🚀", "dog” 👩\u200d🚀"),
    ("a :smile: b", "a 😄 b", "😄", ":smile:"),
    ("one\ntwo", "one\ntwo", "e\nt", "e\nt"),
    ("one\r\ntwo", "one\ntwo", "e\nt", "e\r\nt"),
    ("one\rtwo", "one\ntwo", "two", "two"),
    ("one  \ntwo\\\nthree", "one\ntwo\nthree", "one\ntwo\nthree", "one  \ntwo\\\nthree"),
    ("\ufeffOne “two”", "One “two”", "two", "two"),
    ("a\u2028b\x0cc “d”\ne", "a\u2028b\x0cc “d”\ne", "d”\ne", "d”\ne"),
    ('> one "two\n> three" four', 'one "two\nthree" four', "two\nthree", "two\n> three"),
    ('> one "two\nlazy" four', 'one "two\nlazy" four', "two\nlazy", "two\nlazy"),
    ('>  > deep "two\n>  > three"', 'deep "two\nthree"', "two\nthree", "two\n>  > three"),
    ('   > indented "q"', 'indented "q"', '"q"', '"q"'),
    ('- one\n  "two"', 'one\n"two"', '"two"', '"two"'),
    ('1.\t"tabbed" x', '"tabbed" x', "tabbed", "tabbed"),
    ('*em* and **st"r"ong**', 'em and st"r"ong', 'and st"r"', 'and **st"r"'),
    ('[a "b" c](http://x.y) d', 'a "b" c d', '"b" c d', '"b" c](http://x.y) d'),
    ("<http://x.y> z", "http://x.y z", "x.y", "x.y"),
    ("a `code` b", f"a {OBJECT} b", OBJECT, "`code`"),
    ("a ``co`de``{.x} b", f"a {OBJECT} b", "b", "b"),
    ("a $x$ b", f"a {OBJECT} b", OBJECT, "$x$"),
    ("a ![alt “x”](u.png) b", f"a {OBJECT} b", OBJECT, "![alt “x”](u.png)"),
    ("a <b>b</b>", f"a {OBJECT}b{OBJECT}", "b", "b"),
    ("a [@k, p. 3] b", f"a {OBJECT} b", OBJECT, "[@k, p. 3]"),
    ("a @k [p. 3] b", f"a {OBJECT} b", OBJECT, "@k [p. 3]"),
    ("a^[note] b", f"a{OBJECT} b", OBJECT, "^[note]"),
    ("a[^1] b\n\n[^1]: note", f"a{OBJECT} b", OBJECT, "[^1]"),
    ("a <!-- x --> b", "a  b", "b", "b"),
    ("H~2~O ~~x~~ y^2^", "H2O x y²", "2O x", "2~O ~~x"),
    (
        "it<sup>4</sup>, y<SUP class=x>12</SUP>",
        f"it{OBJECT}⁴{OBJECT}, y{OBJECT}¹²{OBJECT}",
        "⁴",
        "4",
    ),
    ("4<sup>th</sup> and <sup>2", f"4{OBJECT}th{OBJECT} and {OBJECT}²", "²", "2"),
    ("10^−9^ and 4^th^", "10⁻⁹ and 4th", "⁻⁹", "−9"),
    ("---\ntitle: x\n---\n\nBody “q”", "Body “q”", "q", "q"),
    ("---\r\ntitle: [\r\n---\r\nBody “q”", "Body “q”", "q", "q"),
    ("# Head “q” {#x .y}", "Head “q”", "q", "q"),
    ("# Head “q”\n", "Head “q”", "q", "q"),
    ("me@x.org \\@b", "me@x.org @b", "@b", "\\@b"),
]


@pytest.mark.parametrize(("text", "whole", "words", "there"), TEXTS)
def test_text_is_read_with_the_author_s_marks_and_placed(
    pandoc: Pandoc, text: str, whole: str, words: str, there: str
) -> None:
    post = read(pandoc, text)
    assert post.blocks[0].flow.text == whole
    assert at(post, post.blocks[0], words) == there


BLOCKS = [
    # the file, and each block's kind, containers and text
    ("One.\n\nTwo.", ["paragraph: One.", "paragraph: Two."]),
    ("# One\n\nTwo", ["heading: One", "paragraph: Two"]),
    ("> One\n>\n> Two", ["paragraph in block-quote 0: One", "paragraph in block-quote 0: Two"]),
    ("> One\n\n<!-- -->\n\n> Two", [
        "paragraph in block-quote 0: One", "paragraph in block-quote 1: Two"]),
    ("> a\n>> b", [
        "paragraph in block-quote 0: a", "paragraph in block-quote 0, block-quote 1: b"]),
    ("- a\n- b\n\n  c", [
        "paragraph in list-item 0: a", "paragraph in list-item 1: b",
        "paragraph in list-item 1: c"]),
    ("1. a\n   - b", ["paragraph in list-item 0: a", "paragraph in list-item 0, list-item 1: b"]),
    ("Term\n\n:   one\n\n:   two", [
        "term: Term", "paragraph in list-item 0: one", "paragraph in list-item 1: two"]),
    ("| a | b |\n|---|---|\n| c | d\\|e |", [
        "cell in table 0: a", "cell in table 0: b", "cell in table 0: c", "cell in table 0: d|e"]),
    ("::: epigraph\n> One\n:::", ["paragraph in div 0, block-quote 1: One"]),
    ("a[^1] b\n\nc\n\n[^1]: one\n\n    two", [
        f"paragraph: a{OBJECT} b", "paragraph in note 0: one", "paragraph in note 0: two",
        "paragraph: c"]),
    ("a[^1] b[^1]\n\nc[^1]\n\n[^1]: one", [
        f"paragraph: a{OBJECT} b{OBJECT}", "paragraph in note 0: one", f"paragraph: c{OBJECT}"]),
    ("a^[one] b^[one]", [
        f"paragraph: a{OBJECT} b{OBJECT}", "paragraph in note 0: one", "paragraph in note 1: one"]),
    ("> a^[> one] b", [f"paragraph in block-quote 0: a{OBJECT} b", "paragraph in note 1: > one"]),
    ("a^[x^[y]]", [
        f"paragraph: a{OBJECT}", f"paragraph in note 0: x{OBJECT}", "paragraph in note 1: y"]),
    ("```\ncode\n```\n\n---\n\n    more\n\ntext", ["paragraph: text"]),
    ("<div>\n\"not Markdown\"\n</div>\n\ntext", ["paragraph: text"]),
    ("", []),
    ("---\ntitle: x\n---\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "blocks"), BLOCKS)
def test_blocks_stand_in_document_order_with_what_holds_them(
    pandoc: Pandoc, text: str, blocks: list[str]
) -> None:
    assert [describe(block) for block in read(pandoc, text).blocks] == blocks


def describe(block: Block) -> str:
    around = ", ".join(f"{held.kind.value} {held.number}" for held in block.containers)
    return f"{block.kind.value}{f' in {around}' if around else ''}: {block.flow.text}"


def inlines(pandoc: Pandoc, text: str) -> tuple[Inline, ...]:
    return read(pandoc, text).blocks[0].inlines


def test_a_citation_carries_its_keys_and_locators(pandoc: Pandoc) -> None:
    [found] = inlines(pandoc, "[see *also* @a, p. 3, emphasis added; -@b]")
    first, second = found.citations
    assert (first.key, first.mode, first.prefix) == ("a", CitationMode.NORMAL, "see also")
    assert first.suffix == ", p. 3, emphasis added"
    assert first.locator is not None
    assert (first.locator.label, first.locator.value) == ("page", "3")
    assert (second.key, second.mode) == ("b", CitationMode.SUPPRESS_AUTHOR)
    assert second.locator is None


def test_a_citation_in_the_text_carries_its_locator(pandoc: Pandoc) -> None:
    [found] = inlines(pandoc, "@a [art. 3(a)] says")
    [citation] = found.citations
    assert citation.mode is CitationMode.AUTHOR_IN_TEXT
    assert citation.locator is not None
    assert (citation.locator.label, citation.locator.value) == ("article-locator", "3(a)")


def test_emphasis_covers_its_prose_and_says_which(pandoc: Pandoc) -> None:
    outer, inner = inlines(pandoc, "a *b **c** d* e")
    assert (outer.kind, outer.span.start, outer.span.end) == (InlineKind.EMPHASIS, 2, 7)
    assert (inner.classes, inner.span.start, inner.span.end) == (("strong",), 4, 5)


def test_a_link_has_its_target_and_a_span_its_attributes(pandoc: Pandoc) -> None:
    link, span = inlines(pandoc, '[a](http://x.y) [b]{#i .quote waive="Q301" reason="r"}')
    assert (link.kind, link.text) == (InlineKind.LINK, "http://x.y")
    assert (span.kind, span.classes) == (InlineKind.SPAN, ("quote",))
    assert span.attributes == (("id", "i"), ("waive", "Q301"), ("reason", "r"))


def test_an_image_has_its_alternative_text_and_its_source(pandoc: Pandoc) -> None:
    [image] = inlines(pandoc, "![Two *dogs*](dogs.png)")
    assert (image.text, image.attributes) == ("Two dogs", (("src", "dogs.png"),))


def test_a_div_s_classes_and_attributes_are_its_container_s(pandoc: Pandoc) -> None:
    post = read(pandoc, '::: {.epigraph waive="Q301" reason="r"}\nText\n:::\n')
    [container] = post.blocks[0].containers
    assert container.kind is ContainerKind.DIV
    assert container.classes == ("epigraph",)
    assert container.attributes == (("waive", "Q301"), ("reason", "r"))


def test_a_note_s_number_is_its_container_s(pandoc: Pandoc) -> None:
    post = read(pandoc, "a[^1] b[^1]\n\n[^1]: one\n")
    first, note = post.blocks
    assert [inline.note for inline in first.inlines] == [note.containers[0].number] * 2


def test_comments_are_kept_with_their_places(pandoc: Pandoc) -> None:
    text = "<!-- one -->\n\na <!-- two --> b\n\n> <!-- three -->\n> c\n\n<!-- f\nour -->\n"
    post = read(pandoc, text)
    assert [comment.text for comment in post.comments] == [" one ", " two ", " three ", " f\nour "]
    for comment in post.comments:
        there = text[comment.span.start : comment.span.end]
        assert there == f"<!--{comment.text}-->"


def test_malformed_front_matter_does_not_stop_the_reading(pandoc: Pandoc) -> None:
    post = read(pandoc, "---\ntitle: [\n---\n\nText\n")
    assert [finding.code for finding in post.findings] == ["Q602"]
    assert [block.kind for block in post.blocks] == [BlockKind.PARAGRAPH]


def test_many_paragraphs_and_lines_are_all_placed(pandoc: Pandoc) -> None:
    text = "".join(f'Paragraph {n} says "words\nof {n}" é.\n\n' for n in range(500))
    post = read(pandoc, text)
    for number, block in enumerate(post.blocks):
        assert at(post, block, f'"words\nof {number}"') == f'"words\nof {number}"'
    assert len(post.blocks) == 500
