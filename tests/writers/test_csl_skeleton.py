"""What citeproc makes of the part of a post that citations touch is what it makes of the whole."""

from __future__ import annotations

from random import Random
from typing import Any

import msgspec
import pytest
from tests.writers.test_csl_slim import ENTRIES

from pubtool.model import Document
from pubtool.system.pandoc import Pandoc
from pubtool.system.wrappers import without_positions
from pubtool.writers.citations import resolve
from pubtool.writers.csl.skeleton import Skeleton
from pubtool.writers.csl.styles import read_style

STYLES = """
american-medical-association apa bluebook-law-review chicago-notes-bibliography nature oscola
chicago-shortened-notes-bibliography-subsequent-title vancouver
""".split()

TEXTS = [
    'Far words. "The words" [@book, p. 5]. Far *words*, no citation at all (here).',
    'The "words." [@book] and more, far, “of them,” [@other], and more , yes [@article] ! Or not.',
    "A [@book]*, em*. B [@book]`c`, d. E [@book]\\\n, f. G [@book]—h. I[@book]. J [@book]5' k.",
    "[@book]. And [@other]; [@article]\n\n[@case]\n\nAn [@web] ",
    """Far off. @book says [p. 3], and @other. Far off. [-@article], said far off.[^a] Far.^[None.]

[^a]: [@book, 3]. And @other says, far off: [see @case]. “Far,” [@web].

    Another [@book].
""",
    """# Far

## Heading [@book]

Far.

> Far off.
>
> Quoted far off. [@other]
>
> - Far
> - One [@article]

1. Far
2. Two [@case].

---

| A | B |
|---|---|
| far | [@web]. |

: Caption [@book].

![An image [@other]](a.png)

Term
: Far [@book].
""",
    "Far.\n\n*Emphasis [@book].* [Small [@other]]{.smallcaps}. [A [@article], far](u).\n\n# End",
    "Far.\n\n> Far [@book].\n>\n> # Quoted heading [@book]",
    "Far [@book].\n\n# End [@other]",
    """Far.

::: {.box}
Far.

One [*see* @book, 3, and **more** “words,” far; but *cf.* @other].
:::
""",
]

LEFT_WHOLE = [
    "Far. [A [@book].]{.csl-note} [B]{.csl-quoted}",
    "# One {.reset-citation-positions}\n\n[@book]\n\n# Two {.reset-citation-positions}\n\n[@book]",
    "Far [@book].\n\n::: {#refs}\nAbove.\n:::\n\nBelow.",
    "Far \ue0f50 and [@book]. Far \ue0f50.",
]


def same(text: str, name: str, pandoc: Pandoc, monkeypatch: pytest.MonkeyPatch) -> bool:
    ast = pandoc.parse(text, "x").ast
    document = Document({**ast, "blocks": without_positions(ast["blocks"])})
    before = msgspec.json.encode(document.ast)
    style = read_style(name, None)
    part = resolve(document, list(ENTRIES), style, "en-US", pandoc).ast
    with monkeypatch.context() as patched:
        patched.setattr("pubtool.writers.citations.Skeleton", Whole)
        whole = resolve(document, list(ENTRIES), style, "en-US", pandoc).ast
    return part == whole and msgspec.json.encode(document.ast) == before


class Whole:
    def __init__(self, blocks: list[Any]) -> None:
        self.blocks = blocks

    def filled(self, answer: list[Any]) -> list[Any]:
        return answer


@pytest.mark.parametrize("name", STYLES)
def test_the_answer_is_that_to_the_whole(
    name: str, pandoc: Pandoc, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in (*TEXTS, *LEFT_WHOLE):
        assert same(text, name, pandoc, monkeypatch), text


PIECES = """
far off. of, “quoted,” "said." *em.* `code` — ! , . 5' \
@web @book_[3] [@book,_p._5] [@other]. [@article], [-@case] [see_@book;_@other]
^[Far._[@book],_far.] ^[None.] *a_[@book].* “[@other].” [x_[@case]]{.smallcaps}
""".split()


def test_the_answer_is_that_to_the_whole_whatever_stands_beside(
    pandoc: Pandoc, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = Random(1)
    for number in range(60):
        paragraphs = [
            "".join(
                chance.choice(PIECES).replace("_", " ") + chance.choice((" ", " ", "", "\n"))
                for _ in range(chance.randint(1, 16))
            )
            for _ in range(4)
        ]
        text = "\n\n".join(paragraph.strip() or "far" for paragraph in paragraphs)
        assert same(text, STYLES[number % len(STYLES)], pandoc, monkeypatch), text


def test_only_what_citations_touch_is_asked_for(pandoc: Pandoc) -> None:
    text = f"{'Far words. ' * 30}Said [@book]. {'Far words. ' * 30}\n\n{'Far words. ' * 30}"
    ast = pandoc.parse(text, "x").ast
    blocks = without_positions(ast["blocks"])
    asked = Skeleton(blocks).blocks
    assert len(asked) == 1
    assert [node["t"] for node in asked[0]["c"]] == ["Str", "Space", "Cite", "Str", "Space"]
