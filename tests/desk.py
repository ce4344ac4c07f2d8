"""A project of fifty quotations for an editor to go through: five posts, five sources, two PDFs."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import typst

KEYS = ("alder1851", "birch1862", "cedar1873", "doyle1884", "elder1895")
"""The sources; the first two are PDFs of many pages."""

_NOUNS = (
    "harbour lantern captain ledger orchard quarry weaver miller chapel ferry garrison "
    "treaty envoy granary shepherd mason tanner beacon causeway drover almanac cooper magistrate "
    "parish reservoir sailmaker steward tinker turnpike viaduct warden wharf apothecary bailiff"
).split()
_VERBS = (
    "kept mended carried measured painted guarded counted opened shuttered weighed praised "
    "visited sketched repaired followed questioned described abandoned restored inspected"
).split()
_ADJECTIVES = (
    "northern crooked silent ancient narrow crowded weathered hollow stubborn patient gilded "
    "frozen solitary tidal borrowed painted smoky generous distant amber"
).split()
_ENDS = (
    "before the first snow fell upon the valley|while the bells of the town were still ringing|"
    "although nobody had asked for it that year|until the river had gone down again in spring|"
    "because the old road was no longer safe at night|as the custom of the county required"
).split("|")


def sentences(count: int) -> list[str]:
    """Return so many sentences, the same each time, none of which is like another."""
    chance = random.Random(7)
    made: dict[str, None] = {}
    while len(made) < count:
        one, two, three = chance.sample(_NOUNS, 3)
        first, second = chance.sample(_ADJECTIVES, 2)
        made[
            f"the {first} {one} {chance.choice(_VERBS)} every {second} {two} and "
            f"{chance.choice(_VERBS)} the {three} twice {chance.choice(_ENDS)}"
        ] = None
    return list(made)


def make_project(root: Path, posts: int = 5, each: int = 10) -> Path:
    """Write a project of so many posts with so many quotations; every kind of verdict is there."""
    for name in ("posts", "sources"):
        (root / name).mkdir(parents=True)
    (root / "pubtool.toml").write_text('[site]\ntitle = "Fifty"\n', encoding="utf-8")
    texts = sentences(40 * len(KEYS))
    held = {key: texts[40 * at : 40 * (at + 1)] for at, key in enumerate(KEYS)}
    for key, lines in held.items():
        _write_source(root / "sources", key, lines)
    entries = (
        f"@book{{{key}, author = {{{key[:-4].title()}, Ann}}, title = {{The {key[:-4].title()} "
        f"Papers}}, date = {{{key[-4:]}}}}}\n"
        for key in KEYS
    )
    (root / "references.bib").write_text("\n".join(entries), encoding="utf-8")
    for number in range(posts):
        body = "\n\n".join(_paragraphs(number, each, held))
        (root / "posts" / f"part-{number + 1}.md").write_text(
            f"---\ntitle: Part {number + 1}\ndate: 2026-05-0{number % 9 + 1}\n---\n\n{body}\n",
            encoding="utf-8",
        )
    return root


def _write_source(folder: Path, key: str, lines: list[str]) -> None:
    prose = [f"{line[0].upper()}{line[1:]}." for line in lines]
    if key not in KEYS[:2]:
        (folder / f"{key}.txt").write_text("\n\n".join(prose) + "\n", encoding="utf-8")
        return
    pages = ["\n\n".join(prose[at : at + 8]) for at in range(0, len(prose), 8)]
    body = '#set page(numbering: "1")\n#set text(size: 12pt)\n' + "\n#pagebreak()\n".join(pages)
    data = typst.compile(body.encode(), ignore_system_fonts=True)
    assert isinstance(data, bytes)
    (folder / f"{key}.pdf").write_bytes(data)


def _paragraphs(number: int, each: int, held: dict[str, list[str]]) -> Iterator[str]:
    """Yield paragraphs of one quotation each: right ones, and one of every way to be wrong."""
    for at in range(each):
        key = KEYS[(number + at) % len(KEYS)]
        place = (number * each + at) % 40
        line, page = held[key][place], place // 8 + 1
        cited = f"[@{key}, p. {page}]" if key in KEYS[:2] else f"[@{key}]"
        words = line.split()
        match at % 10:
            case 4:
                words[5] = "peculiar"
            case 5:
                del words[5]
            case 6:
                words = f"{number} comets crossed our telescope {at} weeks too early".split()
            case 7:
                cited = f"[@{KEYS[(number + at + 2) % len(KEYS)]}]"
            case 8:
                cited = ""
            case 9:
                words.insert(3, "never")
        quoted = " ".join(words)
        yield f"In the {at + 1}th place the papers say that “{quoted}” {cited}".rstrip() + "."
