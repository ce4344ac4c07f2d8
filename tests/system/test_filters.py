"""filters/: commonmark_x with our filters has the citations and inline notes of `markdown`."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pubtool.system.pandoc import Pandoc, pandoc_path
from pubtool.system.wrappers import is_wrapper, without_positions

FILTERS = Path(__file__).parents[2] / "filters"

CITATIONS = [
    "[@key]", "[@key, p. 3]", "[see @key]", "[see @key, p. 3; see also @b]", "[-@key]",
    "[-@key, p. 3]", "@key", "@key [p. 3]", "@key[p. 3]", "-@key", "-@key [p. 3]", "@key [@b; @c]",
    "@key [p. 3; @c]", "@key [-@b]", "@key\n[p. 3]", "[@key,\np. 3]",
    "[see *also* @b, *emphatic* suffix]", "[@a, **p.** 3; cf. *the* @b]", "[see [sic] @a]",
    "[@a, [sic]]", "[@a;]", "[;@a]", "[no key; @a]", "[@a][@b]", "[@a] [@b]", "[@a, p. 3](no link",
    "@a:b. x", "@a.b#c$d%e&f-g+h?i<j~k/l", "@a--b", "@a_b_ c", "@_x", "@é", "@漢字", "@1a", "@a..b",
    "@https://x.y/z", "@{odd key}", "@{https://x.y/a?b=c;d}", "[@{a,b}, p. 3]", "@{a{b}c}", "@",
    "me@x.org", "x.@key", "foo-@key", "foo,@key", "“@key”", "(@key)x", "x (@key)", "x/@key",
    "@key's", "so @key.", "@key, @b", "*a*@key", "*@key*", "**see [@key]**",
    '"quoted [@key, p. 3]"', '"@key"', "[@key, 'p. 3']", "~~@key~~", "[[@key]]", "[@a] [p. 3]",
    "`@key`", "`[@key]`", "$@key$", "[*@key*]", "@key []", "[]", "[@]", "[@ key]", "[@key ]",
    "[ @key]", "[  see   @key , p. 3 ]", "[@a {p. 3} x]", "[@a{ch. x} y]",
    "@key [^1]\n\n[^1]: note [@b]", "# Head [@key]", "> quote [@key]\n> and @b\n> [p. 3]",
    "- item @key\n- [@b, 3]", "Term [@key]\n\n:   def @b",
    "| a [@key] | b |\n|---|---|\n| @c | [@d] |", "[@doe99; and -@smith, p. 3]",
    "[text @key]{.cls}",
]  # fmt: skip


NOTES = [
    "a^[note]", "a^[one] b^[two]", "a^[one] b^[two] c^[three] d^[four]", "^[start] of it",
    "a^[*em* and **strong**]", 'a^["quoted" words]', '"a^[note]"', "a^[see [link](http://x.y)]",
    "a^[with [brackets] in it]", "a^[two\nlines]", "*em^[note]*", "a^[3^rd^ edition]",
    "x^2^ and y^[note]", "x^[note] and y^2^", "a^[ spaces ]", "# Head^[note]",
    "> quote^[note\n> on]", "- item^[note]", "| a^[note] | b |\n|---|---|\n| c | d^[two] |",
    "Term^[note]\n\n:   def^[two]", "a^[`code`]", "`^[no]`", "a^[open", "a ^ [b]",
    "a^[one] [^1]\n\n[^1]: two", "a^[with `]` code]", "[span^[note]]{.c}", "a^[]",
]  # fmt: skip


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


def bare(text: str, format_: str, *filters: str) -> Any:
    """The syntax tree that a bare pandoc gives."""
    loaded = [part for name in filters for part in ("-L", str(FILTERS / name))]
    command = [str(pandoc_path()), "-f", format_, "-t", "json", *loaded]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    return json.loads(done.stdout)


def cites(node: Any) -> list[Any]:
    """The citations of a tree, in order, without the text that stands for them.

    White space is one kind: `markdown` puts a no-break space behind "p.".
    """
    if isinstance(node, list):
        return [found for part in node for found in cites(part)]
    if not isinstance(node, dict):
        return []
    if node.get("t") == "Cite":
        return [[plain(citation) for citation in node["c"][0]]]
    return cites(list(node.values()))


def plain(citation: Any) -> Any:
    return {
        "key": citation["citationId"],
        "mode": citation["citationMode"]["t"],
        "note": citation["citationNoteNum"],
        "prefix": words(citation["citationPrefix"]),
        "suffix": words(citation["citationSuffix"]),
    }


def words(node: Any) -> str:
    if isinstance(node, list):
        return "".join(map(words, node))
    if not isinstance(node, dict):
        return ""
    kind, content = node["t"], node.get("c")
    if kind in ("Space", "SoftBreak"):
        return " "
    if kind == "Str":
        return str(content).replace("\u00a0", " ")
    if kind == "Cite":
        return f"<{cites(node)}>"
    return f"{kind}({words(content)})"


@pytest.mark.parametrize("format_", ["commonmark_x", "commonmark_x+sourcepos"])
@pytest.mark.parametrize("text", CITATIONS)
def test_the_citations_are_those_of_pandoc_s_markdown(text: str, format_: str) -> None:
    ours = bare(text + "\n", format_, "cites.lua")
    assert cites(ours) == cites(bare(text + "\n", "markdown"))


def test_a_citation_may_stand_in_a_suffix() -> None:
    [[cite]] = cites(bare("[@a and @b]\n", "commonmark_x", "cites.lua"))
    assert cite["key"] == "a"
    assert "'key': 'b'" in cite["suffix"]


def test_notes_are_numbered_as_citeproc_wants_them() -> None:
    text = "[@a]\n\nx[^1] @b\n\n[^1]: [@c] and [@d]\n\n[@e] @f [p. 3]\n"
    numbers = [[part["note"] for part in cite] for cite in cites(bare(text, "markdown"))]
    ours = cites(bare(text, "commonmark_x+sourcepos", "cites.lua"))
    assert [[part["note"] for part in cite] for cite in ours] == numbers


@pytest.mark.parametrize(
    "text",
    [
        r"\@key",
        r"\[@key\]".replace("@", r"\@"),
        "&#64;key",
        "[@user](https://example.org)",
        "[see @user](https://example.org)",
        "<me@example.org>",
        "<https://example.org/@key>",
        '<b title="@key">x</b>',
        "<!-- [@key] -->",
        "```\n[@key]\n```",
        "    [@key]",
    ],
)
def test_what_is_no_citation_stays_as_it_is(pandoc: Pandoc, text: str) -> None:
    assert cites(pandoc.parse(text + "\n", "a.md").ast) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("See [@key, p. 3].\n", ["1:5-1:17"]),
        ("@key [p. 3] and -@b.\n", ["1:1-1:12", "1:17-1:20"]),
        ("One [@key,\np. 3].\n", ["1:5-2:6"]),
        ("> One [@key,\n> p. 3].\n", ["1:7-2:8"]),
        ("---\na: b\n---\n@key\n", ["4:1-4:5"]),
        ("a\t[@key]\n", ["1:5-1:11"]),
        ('"x [@key]"\n', ["1:4-1:10"]),
    ],
)
def test_a_citation_stands_where_its_characters_do(
    pandoc: Pandoc, text: str, places: list[str]
) -> None:
    assert list(cite_places(pandoc.parse(text, "a.md").ast)) == places


def cite_places(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if is_wrapper(node) and node["c"][1][0]["t"] == "Cite":
            yield dict(node["c"][0][2])["data-pos"]
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from cite_places(part)


def test_prefix_and_suffix_carry_no_positions(pandoc: Pandoc) -> None:
    [block] = pandoc.parse("[see *also* @key, p. 3 [x]]\n", "a.md").ast["blocks"]
    [paragraph] = block["c"][1]
    [wrapper] = paragraph["c"]
    assert without_positions(wrapper["c"][1]) == wrapper["c"][1]


def test_the_rest_of_the_text_is_untouched() -> None:
    text = "It's (see [@key, p. 3]); *then* `x` & so on, me@x.org -- fine... @b\n"
    ours = bare(text, "commonmark_x", "cites.lua")
    [paragraph] = ours["blocks"]
    rest = [node for node in paragraph["c"] if node["t"] != "Cite"]
    assert words(rest) == "It’s (see ); Emph(then) Code() & so on, me@x.org – fine… "


def text_of(node: Any) -> str:
    """The words of a tree's blocks, notes in angle brackets."""
    if isinstance(node, list):
        return "".join(map(text_of, node))
    if not isinstance(node, dict):
        return ""
    kind, content = node.get("t"), node.get("c")
    if kind == "Note":
        return f"<{text_of(content).strip()}>"
    if kind in ("Emph", "Strong", "Superscript", "Quoted", "Link"):
        return f"{kind}({text_of(content)})"
    return text_of(content) if kind and isinstance(content, list) else words(node)


@pytest.mark.parametrize("format_", ["commonmark_x", "commonmark_x+sourcepos"])
@pytest.mark.parametrize("text", NOTES)
def test_the_notes_are_those_of_pandoc_s_markdown(text: str, format_: str) -> None:
    ours = without_positions(bare(text + "\n", format_, "notes.lua")["blocks"])
    assert text_of(ours) == text_of(bare(text + "\n", "markdown")["blocks"])


def test_a_note_may_hold_citations(pandoc: Pandoc) -> None:
    written = pandoc.render(pandoc.parse("a^[see @k [p. 3] and [@b]]\n", "a.md"), "markdown", {})
    assert written == "a[^1]\n\n[^1]: see @k [p. 3] and [@b]\n"


def test_an_escaped_caret_begins_no_note(pandoc: Pandoc) -> None:
    written = pandoc.render(pandoc.parse("a\\^[b] c\n", "a.md"), "plain", {})
    assert written == "a^[b] c\n"


def test_what_is_inside_keeps_its_place(pandoc: Pandoc) -> None:
    [block] = pandoc.parse("a^[one] b^[*two*]\n", "a.md").ast["blocks"]
    [paragraph] = block["c"][1]
    first, second = (node for node in paragraph["c"] if node["c"][1][0]["t"] == "Note")
    assert position(first) == "1:2-1:8"
    assert position(second) == "1:10-1:18"
    [inner] = second["c"][1][0]["c"][0]["c"]
    assert position(inner) == "1:12-1:17"


def position(node: Any) -> str:
    return str(dict(node["c"][0][2])["data-pos"])
