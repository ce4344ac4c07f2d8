"""Posts put together by chance from every construct that a post can have, nested in each other."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

WORDS = "law & order — <liberty> of the people's “sea” a_b *c [d] e|f $g ü 漢字 x:y \\h --".split()
DEEPEST = 3


class Author:
    """Writes a post; the same seed, the same post."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.chance = random.Random(seed)
        self.notes: list[str] = []

    def post(self) -> str:
        """Return Markdown with front matter."""
        blocks = [self.block(0) for _ in range(self.chance.randint(3, 7))]
        blocks.append(SINGLE[self.seed % len(SINGLE)])
        text = "\n\n".join(blocks)
        notes = "\n\n".join(self.notes)
        return (
            f"---\ntitle: By chance\ndate: 2026-05-03\nstatus: publish\n---\n\n{text}\n\n{notes}\n"
        )

    def block(self, depth: int) -> str:
        """Return one block; deep down, one that holds no others."""
        makers: Sequence[Maker] = FLAT if depth >= DEEPEST else (*FLAT, *NESTED)
        return self.chance.choice(makers)(self, depth)

    def blocks(self, depth: int) -> str:
        return "\n\n".join(self.block(depth + 1) for _ in range(self.chance.randint(1, 3)))

    # --- What holds only words

    def words(self, most: int = 6) -> str:
        """Return words as they are typed: what Markdown would take for a mark is escaped."""
        picked = self.chance.choices(WORDS, k=self.chance.randint(1, most))
        return " ".join("".join("\\" + c if c in "\\*_[]<>|$&-" else c for c in w) for w in picked)

    def inlines(self, depth: int = 0) -> str:
        pieces = [self.words()]
        for _ in range(self.chance.randint(0, 3)):
            pieces += [self.inline(depth), self.words()]
        return " ".join(pieces)

    def inline(self, depth: int) -> str:
        inner = self.words() if depth >= 2 else self.inlines(depth + 1)
        kind = self.chance.choice(INLINES)
        if kind == "note":
            return self.note()
        if kind == "link" and depth:  # a link holds no link
            return inner
        return kind.replace("INNER", inner)

    def note(self) -> str:
        label = f"n{len(self.notes)}"
        self.notes.append(f"[^{label}]: {self.words()} *{self.words()}*.")
        return f"{self.words()}[^{label}]"

    def paragraph(self, _: int) -> str:
        return self.inlines() + "."

    def heading(self, _: int) -> str:
        anchor = self.chance.choice(["", " {#own-id}", " {.class}"])
        return "#" * self.chance.randint(2, 6) + " " + self.inlines() + anchor

    def line_block(self, _: int) -> str:
        return "\n".join(f"| {indent}{self.inlines()}" for indent in ("", "  ", ""))

    def code(self, _: int) -> str:
        language = self.chance.choice(["", "python", "{.html}"])
        return f"``` {language}\nx = a[0] < 1 & <!-- b --> <b>\n\n    deep\n```"

    def table(self, _: int) -> str:
        caption = self.chance.choice(["", f"\n\n: {self.inlines()}"])
        marks = self.chance.choice(["|---|---|", "|:--|--:|", "|:-:|---|"])
        rows = "\n".join(f"| {self.inlines()} | {self.words()} |" for _ in range(2))
        return f"| {self.inlines()} | {self.words()} |\n{marks}\n{rows}{caption}"

    def picture(self, _: int) -> str:
        alternative = self.chance.choice(["", self.inlines()])
        size = self.chance.choice(["", "{width=200px}", "{width=50%}", "{.wide}"])
        return f'![{alternative}](https://example.org/a.png "A title"){size}'

    def single(self, _: int) -> str:
        return self.chance.choice(SINGLE)

    # --- What holds blocks

    def bullets(self, depth: int) -> str:
        mark = self.chance.choice(["- ", "- [ ] ", "- [x] "])
        return self.items([mark] * self.chance.randint(1, 3), depth)

    def numbers(self, depth: int) -> str:
        mark = self.chance.choice(["{}. ", "{}) "])
        first = self.chance.choice([1, 1, 3])
        marks = [mark.format(first + n) for n in range(self.chance.randint(1, 3))]
        letters = self.chance.choice([marks, ["c.  ", "d.  "], ["iv. ", "v.  "], ["A.  "]])
        return self.items(letters, depth)

    def items(self, marks: Sequence[str], depth: int) -> str:
        """Return a list, tight or loose, whose items may hold further blocks."""
        tight = self.chance.random() < 0.5
        items = []
        for mark in marks:
            inner = self.inlines()
            if not tight or self.chance.random() < 0.3:
                inner += "\n\n" + self.blocks(depth)
            indent = " " * (len(mark) if mark[0] != "-" else 2)
            items.append(mark + inner.replace("\n", "\n" + indent))
        return ("\n" if tight else "\n\n").join(items)

    def definitions(self, depth: int) -> str:
        meaning = (self.inlines() + "\n\n" + self.blocks(depth)).replace("\n", "\n    ")
        return f"{self.inlines()}\n:   {meaning}"

    def quote(self, depth: int) -> str:
        source = self.chance.choice(["", f"\n\n— {self.inlines()}"])
        return "> " + (self.blocks(depth) + source).replace("\n", "\n> ")

    def division(self, depth: int) -> str:
        name = self.chance.choice(["epigraph", "pullquote", "note", "{#named .box}", "verse"])
        fence = ":" * (9 - depth)  # longer than any that is inside
        return f"{fence} {name}\n{self.blocks(depth)}\n{fence}"


Maker = Callable[[Author, int], str]
"""Writes one block, given how deep it stands."""

FLAT = (
    Author.paragraph,
    Author.heading,
    Author.line_block,
    Author.code,
    Author.table,
    Author.picture,
    Author.single,
)
NESTED = (
    Author.bullets,
    Author.numbers,
    Author.definitions,
    Author.quote,
    Author.division,
)
INLINES = (
    "**INNER**",
    "*INNER*",
    "~~INNER~~",
    "H~2~O",
    "x^2^",
    "`a < b & [c]`",
    "[INNER](https://example.org/?a=1&b=2 'A \"title\"')",
    "[INNER]{.smallcaps}",
    "[INNER]{.mark}",
    "[INNER]{#here lang=la}",
    '"INNER"',
    "$x < y & z$",
    "![INNER](https://example.org/b.png)",
    "<b>raw</b>",
    "<br>",
    "hard\\\nbreak",
    "<https://example.org/>",
    "note",
)
SINGLE = (
    "---",
    "<!--more-->",
    "<!-- a remark -->",
    "$$\\sum_i x_i < \\infty$$",
    "<div class='raw'>\n<p>Raw &amp; bare</p>\n</div>",
    "<details><summary>More</summary>\n\nHidden words.\n\n</details>",
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "<iframe src='https://example.org/'></iframe>",
    "```{=html}\n<table><tr><td>x</table>\n```",
    "```{=latex}\n\\newpage\n```",
)
