"""Every case file under tests/cases/citations: what a style makes of a post's citations.

A file begins with the entries (a ``bib`` fence). Each of its cases is a heading, who says what is
to come out ("Authority: …"), a ``post``, and what came out: its ``text``, its ``notes`` in order,
its ``list``. Emphasis shows as _underscores_, small capitals as CAPITALS. Where that is not what
the manual wants, the case says so ("Known difference: …"), and docs/citations.md repeats it.

``make accept`` rewrites what came out; the diff is the review.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from pubtool.model import Bibliography, Document, Node
from pubtool.readers.bibliography import read_bibliography
from pubtool.system.body import find_front_matter
from pubtool.system.pandoc import Pandoc
from pubtool.system.wrappers import without_positions
from pubtool.writers.ast import change, collect, element, has_class, plain_text
from pubtool.writers.citations import references, resolve, split_sources
from pubtool.writers.csl.styles import read_style
from pubtool.writers.facts import cited_keys
from pubtool.writers.lines import drop_lines, mark_lines

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "tests" / "cases" / "citations").glob("*.md"))
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CAME_OUT = re.compile(r"\n*^```(?:text|notes|list)\n.*?^```$", re.MULTILINE | re.DOTALL)
DIFFERENCE = re.compile(r"^Known difference: (.*?)\n\n", re.MULTILINE | re.DOTALL)


def plain(blocks: list[Node], pandoc: Pandoc) -> str:
    """Return blocks as text that a person can compare with a manual."""
    document = Document({"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks})
    return pandoc.render(document, "plain+gutenberg", {"wrap_text": "wrap-none"}).strip()


def without_notes(node: Node) -> list[Node] | None:
    return [element("Superscript", [element("Str", "*")])] if node["t"] == "Note" else None


def came_out(post: str, bibliography: Bibliography, pandoc: Pandoc) -> str:
    """Return the fences of what a post's citations become."""
    front = find_front_matter(post)
    assert front is not None
    told = yaml.safe_load(post[front.start : front.end].strip("-\n"))
    document = pandoc.parse(post, "post.md")
    keys = cited_keys(document)
    assert set(keys) <= set(bibliography.sources), "a key is not in the bibliography"
    lang = told.get("lang", "en-US")
    entries = references(keys, bibliography, lang)
    written = resolve(document, entries, read_style(told["csl"], None), lang, pandoc)
    body, sources = split_sources(written)
    notes = [plain(note["c"], pandoc) for note in collect(body.ast["blocks"], frozenset({"Note"}))]
    parts = {
        "text": plain(change(body.ast["blocks"], without_notes), pandoc) if not notes else "",
        "notes": "\n".join(f"{number}. {note}" for number, note in enumerate(notes, 1)),
        "list": plain(sources, pandoc),
    }
    return "\n\n".join(f"```{name}\n{said}\n```" for name, said in parts.items() if said)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_citations_come_out_as_the_manual_has_them(path: Path, pandoc: Pandoc, golden: Any) -> None:
    head, *cases = re.split(r"^(?=## )", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    entries = dict(FENCE.findall(head))["bib"]
    bibliography = read_bibliography("references.bib", entries, pandoc.csl_json)
    assert bibliography.findings == ()
    made = []
    for case in cases:
        bare = CAME_OUT.sub("", case).rstrip()
        made.append(
            f"{bare}\n\n{came_out(dict(FENCE.findall(bare))['post'], bibliography, pandoc)}\n"
        )
    golden(path, head + "\n".join(made))


def cases() -> list[Any]:
    found = []
    for path in FILES:
        _, *sections = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        found += [
            pytest.param(section, id=f"{path.stem}: {section.splitlines()[0]}")
            for section in sections
        ]
    return found


@pytest.mark.parametrize("case", cases())
def test_every_case_names_its_authority_and_every_difference_is_documented(case: str) -> None:
    assert re.search(r"^Authority: .+\.$", case, re.MULTILINE)
    documented = " ".join((ROOT / "docs" / "citations.md").read_text(encoding="utf-8").split())
    for difference in DIFFERENCE.findall(case):
        assert " ".join(difference.split()) in documented


def test_there_are_enough_cases_of_both_manuals() -> None:
    for stem in ("bluebook", "chicago-notes"):
        text = (ROOT / "tests" / "cases" / "citations" / f"{stem}.md").read_text(encoding="utf-8")
        assert text.count("\n## ") >= 15


@pytest.mark.parametrize(
    ("post", "style", "blocks"),
    [
        ("> One.\n>\n> Two.\n>\n> [@k]", "chicago-notes-bibliography", ["One.", "Two.*"]),
        ("> One.[^n]\n>\n> [@k, 3]\n\n[^n]: N.", "chicago-notes-bibliography", ["One.**"]),
        ("- > One.\n  >\n  > [@k]\n  > [@k]", "oscola", ["One.**"]),
        ("> One. [@k]", "oscola", ["One.*"]),
        ("> One.\n>\n> --- [@k]", "oscola", ["One.", "—*"]),
        ("> [@k]", "oscola", ["*"]),
        ("> - One.\n>\n> [@k]", "oscola", ["One.", "*"]),
        ("> One.\n>\n> [@k]", "apa", ["One.", "(B, n.d.)"]),
        ("> One.\n>\n> Two.\n\n[@k, p. 3]\n\nThree.", "oscola", ["One.", "Two.*"]),
        ("> One\n\n[@k, p. 3].", "oscola", ["One.*"]),
        ("> One.\n\n[@k, p. 3]. Three.", "oscola", ["One."]),
        ("> One.\n\n@k [p. 3]", "oscola", ["One."]),
        ("- > One.\n\n  [@k]", "oscola", ["One.*"]),
        ("> One.\n>\n> [@k, p. 3]", "ieee", ["One. [1, p. 3]"]),
        ("> One.\n\n[@k, p. 3].", "ieee", ["One. [1, p. 3]"]),
        ("> One.\n\n[@k]", "nature", ["One.1"]),
        ("> One.\n\n[@k]", "apa", ["One."]),
    ],
)
def test_a_number_alone_at_the_end_of_a_block_quotation_is_that_of_its_last_words(
    post: str, style: str, blocks: list[str], pandoc: Pandoc
) -> None:
    """A number in a line of its own is what no printer would set."""
    marked = mark_lines(pandoc.parse(post, "post.md")).ast
    document = Document({**marked, "blocks": without_positions(marked["blocks"])})
    entries: list[Mapping[str, Any]] = [{"id": "k", "type": "book", "title": "B"}]
    written = resolve(document, entries, read_style(style, None), "en-US", pandoc).ast["blocks"]
    (quote,) = collect(change(written, with_stars), frozenset({"BlockQuote"}))
    assert [plain_text(block) for block in drop_lines(quote["c"])] == blocks


@pytest.mark.parametrize(("style", "entry"), [("nature", "1. B"), ("ieee", "[1] B")])
def test_a_number_in_the_margin_stands_before_its_entry(
    style: str, entry: str, pandoc: Pandoc
) -> None:
    """It stood in a line by itself, in a division in the middle of a paragraph."""
    parsed = pandoc.parse("One [@k].", "post.md").ast
    document = Document({**parsed, "blocks": without_positions(parsed["blocks"])})
    entries: list[Mapping[str, Any]] = [{"id": "k", "type": "book", "title": "B"}]
    written = resolve(document, entries, read_style(style, None), "en-US", pandoc)
    [listed] = split_sources(written)[1]
    assert plain_text([listed]).startswith(entry)
    assert not any(has_class(n, "csl-left-margin") for n in collect([listed], frozenset({"Span"})))


def with_stars(node: Node) -> list[Node] | None:
    return [element("Str", "*")] if node["t"] == "Note" else None
