"""Posts made at random of every construct, nested in each other: what nobody thought of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import TypeVar

T = TypeVar("T")

WORDS = (
    "liberty press the of a sovereignty “quoted” ‘so’ it's 'single' \"double\" naïve право 漢字 "
    "x<y AT&T a&nbsp;b 5 1859. — -- ... # * \\* [brackets] (round) {curly} $5 © &lt;i&gt; "
    "\\[gallery\\] e\u0301 👩‍👩‍👧 a\u00a0b | ^ ~ _ : :: <!-- x --> 100% !bang @nobody"
).split(" ")


class Writer:
    """Writes one post."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.notes: list[str] = []

    def post(self) -> str:
        blocks = self.blocks(3, self.random.randint(1, 7))
        for number in range(len(self.notes)):
            body = self.notes[number]
            self.notes[number] = f"[^{number}]: " + body.replace("\n", "\n    ")
        return "\n\n".join([blocks, *self.notes]) + "\n"

    def blocks(self, depth: int, count: int) -> str:
        return "\n\n".join(self.block(depth) for _ in range(count))

    def block(self, depth: int) -> str:
        leaves: list[Callable[[int], str]] = [
            *(self.paragraph, self.paragraph, self.heading, self.code, self.table, self.image),
            *(self.figure, self.embed, self.formula, self.rule, self.raw, self.verse, self.more),
            self.styled,
        ]
        inner: list[Callable[[int], str]] = [
            *(self.bullets, self.numbers, self.tasks, self.quote, self.definitions, self.fenced),
            *(self.pullquote, self.details),
        ]
        return self.random.choice(leaves + inner * 2 if depth else leaves)(depth)

    # --- Blocks ---

    def paragraph(self, depth: int) -> str:
        return self.text(3, 1 if depth else 3)

    def styled(self, depth: int) -> str:
        given = self.pick("{.center}", "{.lead}", '{style="text-align: right"}', f"{{#p{depth}}}")
        return f"{given}\n{self.text(2)}"

    def heading(self, _: int) -> str:
        return f"{'#' * self.random.randint(1, 6)} {self.line(2)}{self.pick('', ' {.cls}', '')}"

    def code(self, _: int) -> str:
        text = self.pick("x < 1 && [y]", "\n  a\n\n\tb\n", "https://example.org/a\nb", "```", "")
        return f"~~~~ {self.pick('', 'python', '{#c .py .wide}')}\n{text}\n~~~~"

    def table(self, _: int) -> str:
        columns = self.random.randint(1, 4)
        marks = [self.pick("---", ":--", "--:", ":-:") for _ in range(columns)]
        rows = [[self.cell() for _ in range(columns)] for _ in range(self.random.randint(1, 3))]
        lines = [rows[0], marks, *rows[1:]]
        table = "\n".join(f"| {' | '.join(row)} |" for row in lines)
        caption = self.pick("", "", f"\n\n: {self.line(1)}")
        return self.pick("", "", f"Table: {self.line(1)}\n\n") + table + caption

    def cell(self) -> str:
        return self.pick("", self.line(1).replace("|", "\\|"))

    def image(self, _: int) -> str:
        # no < or >: browsers before 2025, and jsdom, spell them otherwise in an attribute
        title = self.pick("", ' "A title & more"')
        given = self.pick("", "{width=50%}", "{#i .right .wide height=3}", "{.center width=2.5cm}")
        image = f"![{self.plain()} {self.plain()}](box.png{title}){given}"
        return self.pick(image, f"[{image}](https://example.org/?a=1&b=2)", f"{image} {image}")

    def figure(self, _: int) -> str:
        return f"::: {self.pick('figure', '{.figure #f}')}\n![](box.png)\n\n{self.text(1)}\n:::"

    def embed(self, _: int) -> str:
        return self.pick(
            "https://youtu.be/a?b=1&c=2", "<https://vimeo.com/1>", "https://example.org"
        )

    def formula(self, _: int) -> str:
        return self.pick(
            "$$\\int_0^1 x < y$$", "$x$", "$$\\nope{$$", "$$\\begin{matrix}a&b\\end{matrix}$$"
        )

    def rule(self, _: int) -> str:
        return "***"

    def raw(self, _: int) -> str:
        return self.pick(
            *("<div class=x>raw <b>html</div>", "<div>", "</div>", "<script>a < b</script>"),
            *(
                "```{=html}\n<i>x\n\n\ny</i>\n```",
                "```{=latex}\n\\x\n```",
                "<!-- wp:html -->",
                "<hr>",
            ),
        )

    def more(self, _: int) -> str:
        return self.pick("<!--more-->", "<!--more Go on-->")

    def verse(self, _: int) -> str:
        lines = "\n".join(f"{self.pick('| ', '')}{self.line(1)}" for _ in range(3))
        return f"::: {self.pick('verse', '{.verse #v .old}')}\n{lines}\n\n{self.text(1)}\n:::"

    def bullets(self, depth: int) -> str:
        return self.items(depth, lambda _: "- ")

    def numbers(self, depth: int) -> str:
        first = self.random.randint(1, 5)
        sign = self.pick("%d. ", "%d) ")
        return self.items(depth, lambda number: sign % (first + number))

    def tasks(self, depth: int) -> str:
        return self.items(depth, lambda _: self.pick("- [ ] ", "- [x] ", "- "))

    def items(self, depth: int, sign: Callable[[int], str]) -> str:
        gap = self.pick("\n", "\n\n")
        items = []
        for number in range(self.random.randint(1, 4)):
            lead = sign(number)
            body = self.line(2) if self.chance(0.9) else ""
            if depth and self.chance(0.4):
                body += gap + self.pick(self.bullets, self.numbers, self.block)(depth - 1)
            items.append(
                lead + body.replace("\n", "\n" + " " * (2 if lead[0] == "-" else len(lead)))
            )
        return gap.join(items)

    def quote(self, depth: int) -> str:
        body = self.blocks(depth - 1, self.random.randint(1, 3))
        body += self.pick("", f"\n\n— {self.line(1)}")
        return "\n".join(f"> {line}".rstrip() for line in body.split("\n"))

    def definitions(self, depth: int) -> str:
        body = self.block(depth - 1).replace("\n", "\n    ")
        return f"{self.line(1)}\n:   {body}\n:   {self.line(1)}"

    def fenced(self, depth: int) -> str:
        name = self.pick(
            "note", "{.note .wide}", f"{{#id{depth} .x}}", "center", "epigraph", "{lang=de}"
        )
        return f"{':' * (3 + depth)} {name}\n{self.blocks(depth - 1, 2)}\n{':' * (3 + depth)}"

    def pullquote(self, depth: int) -> str:
        body = self.pick(self.text(2), f"{self.text(1)}\n\n— {self.line(1)}", self.block(depth - 1))
        return f"{':' * (3 + depth)} pullquote\n{body}\n{':' * (3 + depth)}"

    def details(self, depth: int) -> str:
        name = self.pick("details", '{.details .open summary="A & <b>"}')
        head = self.pick("", f"### {self.line(1)}\n\n")
        return f"{':' * (3 + depth)} {name}\n{head}{self.blocks(depth - 1, 2)}\n{':' * (3 + depth)}"

    # --- Inlines ---

    def text(self, depth: int, most: int = 1) -> str:
        lines = [self.line(depth) for _ in range(self.random.randint(1, most))]
        return self.pick("\n", "\\\n").join(lines)

    def line(self, depth: int) -> str:
        return "w " + " ".join(self.inline(depth) for _ in range(self.random.randint(1, 5)))

    def inline(self, depth: int) -> str:
        if not depth or self.chance(0.5):
            return self.word()
        inner = self.inline(depth - 1)
        return self.pick(
            *(
                f"*{inner}*",
                f"**{inner}**",
                f"~~{inner}~~",
                f"x~{self.plain()}~",
                f"x^{self.plain()}^",
            ),
            *(f"[{inner}]{{.smallcaps}}", f"[{inner}]{{.mark}}", f"[{inner}]{{.underline}}"),
            *(f"[{inner}]{{#s .a .b lang=de}}", f"[{inner}](https://example.org/?a=1&b=2)"),
            *(f'[{inner}](#s "A title")', f"“{inner}”", f"`{self.plain()} [x] <b>`", "$x_1 > 0$"),
            *(f"<kbd>{inner}</kbd>", f"<b>{inner}", "<br/>", f"<a href='x'>{inner}</a>"),
            *(f"`<i class=x>{self.plain()}</i>`{{=html}}", "![i](box.png)", self.note(depth)),
            *(f"^[{inner}]", "[@mill1859, 12]", "@doe2001"),
        )

    def note(self, depth: int) -> str:
        if len(self.notes) > 6:
            return f"[^{self.random.randrange(len(self.notes))}]"
        self.notes.append("")
        number = len(self.notes) - 1
        body = self.pick(
            self.plain(), f"See [@doe2001, 3] {self.inline(depth - 1)}.", "One.\n\n- a\n\nTwo."
        )
        self.notes[number] = body
        return f"[^{number}]"

    def plain(self) -> str:
        return self.pick("two", "three", "право", "a&b")

    def word(self) -> str:
        return self.random.choice(WORDS)

    def pick(self, *given: T) -> T:
        return self.random.choice(given)

    def chance(self, share: float) -> bool:
        return self.random.random() < share


def random_posts(count: int, seed: int = 0) -> Iterator[str]:
    """Yield so many posts, the same for the same seed."""
    for number in range(count):
        yield Writer(seed * 1_000_003 + number).post()
