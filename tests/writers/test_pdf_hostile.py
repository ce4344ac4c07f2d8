"""What an author writes is never Typst code: it is set as it stands, or refused in a sentence."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.random_posts import Writer
from tests.writers.structure import squeezed, structure

from pubtool.errors import PubtoolError
from pubtool.model import SeriesPart
from pubtool.system.pandoc import Pandoc
from pubtool.writers.titles import in_print

CODE = [
    '#panic("x")',
    '#read("book.json")',
    '#include "template.typ"',
    '#import "@preview/x:1.0.0"',
    "#sys.inputs",
    '"; #panic("x") //',
    "]#panic(1)[",
    ")#panic(1)",
    "$#panic(1)$",
    "\\u{23}panic(1)",
    "#{while true {}}",
    "*/ #panic(1) /*",
    "#let a = 1; #a",
    "<label> @ref",
    "#set page(width: 1pt)",
    "= Heading",
    "~ -- --- ... ' \" `",
]
PIECES = st.sampled_from(
    [*CODE, "word", " ", "\\", '"', "#", "$", "{", "}", "[", "]", "<", ">", "@"]
)
HOSTILE = st.lists(PIECES, min_size=1, max_size=4).map("".join).map(squeezed).filter(bool)


def said(data: bytes) -> str:
    """Return all of a PDF's words, without the blanks, which depend on where lines end."""
    return "".join(structure(data).text.split())


def escaped(text: str) -> str:
    """Return Markdown that means the text itself."""
    return "".join(f"\\{c}" if c.isascii() and not c.isalnum() and c != " " else c for c in text)


PLACES = {
    "paragraph": "{}",
    "heading": "## {}",
    "item": "- {}",
    "quote": "> {}",
    "note": "x^[{}]",
    "cell": "| {} |\n|---|\n| b |",
    "emphasis": "*{}*",
    "link": "[{}](https://example.org)",
    "term": "{}\n:   definition",
    "span": "[{}]{{lang=de}}",
    "verse": "::: verse\n{}\n:::",
}


@pytest.mark.parametrize("place", PLACES)
@given(text=HOSTILE)
@example(text='#panic("x") ]#panic(1)[ "; #read("book.json") \\ $x$ <a> @b // /* */')
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_words_are_set_as_they_stand(
    place: str, text: str, post: Any, material: Any, write: Any
) -> None:
    data = write(material(post(PLACES[place].format(escaped(text)))), "pdf")["a/a.pdf"]
    # straight quotation marks may have become curly, three dots one, and hyphens dashes
    assert letters(text) in letters(said(data))


def letters(text: str) -> str:
    """Return the letters, digits and signs that no typography changes."""
    return "".join(c for c in text if c.isalnum() or c in "#$[](){}<>@\\/*;:=")


@given(text=HOSTILE)
@example(text='#panic("x") ]#panic(1)[ "; #read("book.json") \\ $x$ <a> @b // /* */')
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_said_of_a_post_is_set_as_it_stands(
    text: str, post: Any, material: Any, write: Any
) -> None:
    one = post(
        "Text.",
        title=text,
        authors=(text,),
        tags=(text,),
        excerpt=text,
        lang=text,
        date=text,
        series=(SeriesPart(text, 1),),
    )
    files = write(material(one, title=text), "pdf")
    assert len(files) == 2
    for name, data in files.items():
        title = text if name.startswith("series/") else in_print(text)
        assert "".join(text.split()) in said(data)  # the author
        assert "".join(title.split()) in said(data)
        with pypdfium2.PdfDocument(data) as document:
            told = document.get_metadata_dict()
        assert told["Title"] == title
        assert told["Author"] == text


@given(text=HOSTILE)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_code_is_set_letter_by_letter(text: str, post: Any, material: Any, write: Any) -> None:
    fenced = f"~~~~~~ {{.{text.split(maxsplit=1)[0]}}}\n{text}\n~~~~~~\n\ntext"
    data = write(material(post(fenced)), "pdf")["a/a.pdf"]
    assert "".join(text.split()) in said(data)


@given(text=HOSTILE)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_attributes_targets_and_formulas_run_nothing(
    text: str, post: Any, material: Any, write: Any
) -> None:
    body = (
        f'[a]{{typst:text:fill="{text}" lang="{text}"}} [b](<{text}>) [c](#{text}) ${text}$\n\n'
        f"$$\\text{{{text}}}$$\n\n`{text}`{{=typst}}\n\n```{{=typst}}\n{text}\n```\n\n"
        f'::: {{#x lang="{text}" .verse summary="{text}"}}\nline\n:::\n\n# h {{#{text}}}\n\nend'
    )
    assert "end" in said(write(material(post(body)), "pdf")["a/a.pdf"])


@pytest.mark.parametrize(
    "tex",
    [
        r"\text{#panic(1)}",
        r"\operatorname{#panic(1)}",
        '"]#panic(1)["',
        r"\text{\"); #panic(1) (\"}",
        "#panic(1)",
        r"\href{x}{#panic(1)}",
        "x_{#panic}",
        "\\unknown{#panic(1)}",
        r"\color{#panic(1)}{x}",
    ],
)
def test_a_formula_is_mathematics_and_no_program(
    tex: str, post: Any, material: Any, write: Any
) -> None:
    assert write(material(post(f"text ${tex}$ end")), "pdf")["a/a.pdf"]


def test_the_compiler_sees_no_file_but_the_images(
    post: Any, material: Any, write: Any, red: bytes
) -> None:
    """A template of the project's own is code, and even that reads nothing of the machine."""
    for target in ("/etc/hostname", "../../etc/hostname", "/posts/a.md"):
        template = f'#read("{target}")'.encode()
        files = {"templates/template.typ": template, "posts/r.png": red}
        with pytest.raises(PubtoolError, match=r"^templates/template\.typ:1: "):
            write(material(post("![Red](r.png)"), files=files), "pdf")


def test_an_image_s_name_is_no_path(post: Any, material: Any, write: Any, red: bytes) -> None:
    names = ('a"b.png', "#panic(1).png", "x y.png", "..png", "%2e%2e.png", "a\\b.png")
    for name in names:
        quoted = name.replace("\\", "\\\\").replace("%", "%25")
        given = material(post(f"![Red](<{quoted}>)"), files={f"posts/{name}": red})
        assert write(given, "pdf")["a/a.pdf"], name


def test_control_characters_are_named(pandoc: Pandoc, post: Any, material: Any, write: Any) -> None:
    text = "a\x0bb\x0cc\u0085d\u2028e\u00adf"
    data = write(material(post(text, title="T\x01\x7ftitle")), "pdf")["a/a.pdf"]
    assert "Ttitle" in said(data)
    assert "abcdef" in said(data).replace("\u00ad", "")
    for sign, name in (("\x01", "U+0001"), ("\x7f", "U+007F"), ("\ufffe", "U+FFFE")):
        with pytest.raises(PubtoolError, match=rf"^posts/a\.md:1: no font has {re.escape(name)};"):
            write(material(post(f"a{sign}b")), "pdf")


def test_random_posts_can_all_be_set(
    pandoc: Pandoc, post: Any, material: Any, write: Any, red: bytes
) -> None:
    """Of whatever nests in whatever; words in scripts without a face are taken out."""
    for seed in range(40):
        text = Writer(seed).post().replace("![](", "![Red](")
        known = "".join(c for c in text if ord(c) < 0x2E80)
        assert write(material(post(known), files={"posts/box.png": red}), "pdf")["a/a.pdf"]


DEEP = {
    "quotations": lambda depth: "> " * depth + "x",
    "items": lambda depth: "".join("  " * level + "- a\n" for level in range(depth)),
}


@pytest.mark.parametrize("make", DEEP.values(), ids=DEEP)
def test_what_is_nested_too_deeply_is_refused_in_a_sentence(
    make: Callable[[int], str], post: Any, material: Any, write: Any
) -> None:
    assert write(material(post(make(12))), "pdf")
    for depth in (30, 60):
        with pytest.raises(PubtoolError, match=r"^posts/a\.md: .*\(it is nested too deeply\)"):
            write(material(post(make(depth))), "pdf")


def test_what_is_said_of_a_post_is_in_its_metadata(post: Any, material: Any, write: Any) -> None:
    one = post("Text.", tags=("law", "a, b"), categories=("x",), excerpt="An “excerpt” & more.")
    with pikepdf.open(io.BytesIO(write(material(one), "pdf")["a/a.pdf"])) as pdf:
        told = pdf.open_metadata()
        assert told["dc:description"] == "An “excerpt” & more."
        assert set(told["dc:language"]) == {"en-US"}
        assert told["dc:creator"] == ["Jane Doe"]
        assert told["xmp:CreateDate"].startswith("2026-05-03")
        assert str(pdf.docinfo["/Keywords"]) == "x, law, a, b"


def test_no_name_of_the_author_s_is_one_of_ours(
    post: Any, verdict: Any, material: Any, write: Any
) -> None:
    text = 'Mill wrote "of his own" here. [x](#{n}) [y](#mark-a:{n}) [z](#post:a) []{{#{n}}}'
    name = verdict(text, "of his own").quotation.id
    text = text.format(n=name)
    checked = verdict(text, "of his own")
    assert checked.quotation.id == name
    series = (SeriesPart("S", 1),)
    parts = [
        post(text, checked, path=f"posts/{slug}.md", slug=slug, series=series)
        for slug in ("a", "proof-a", "mark-a", "post")
    ]
    assert write(material(*parts), "pdf")
