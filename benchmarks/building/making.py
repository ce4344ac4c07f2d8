"""A made-up project of many posts, each with twenty quotations that stand in its sources.

The words are those of this repository's own pages, in about their frequencies; a quarter of the
pairs are as there, so that passages are as distinct as they are in prose. Everything
follows from the seed: the same project on every machine.
"""

from __future__ import annotations

import re
import struct
import zlib
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]

BOOKS, BOOK_WORDS = 8, 60_000
ARTICLES, ARTICLE_WORDS = 16, 8_000
PAGE_WORDS = 400
QUOTATIONS = 20
OWN_WORDS = 900
"""Words of a post's own prose, about."""
SERIES, TAGS = 20, 40
_COUPLED = 0.25
"""How often two words follow each other as they do there."""
_NOT_QUOTED = frozenset("not no never nor none without unless except but only sic".split())
"""A quotation that stops before such a word, or changes it, would earn a finding."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of a source."""

    words: tuple[str, ...]
    """The first with a capital, the last with its full stop."""
    page: int


class Prose:
    """Makes sentences."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        pages = [*ROOT.glob("docs/*.md"), *ROOT.glob("posts/*.md"), *ROOT.glob("sources/*.md")]
        texts = [re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.S) for path in pages]
        words = re.findall(r"\b[a-z]{1,14}\b", " ".join(texts))
        words = [word for word in words if word not in _NOT_QUOTED]
        self._next: dict[str, list[str]] = defaultdict(list)
        for one, other in pairwise(words):
            self._next[one].append(other)
        counts: dict[str, int] = defaultdict(int)
        for word in words:
            counts[word] += 1
        self._vocabulary = sorted(counts)
        self._sums = list(accumulate(counts[word] for word in self._vocabulary))

    def words(self, count: int) -> list[str]:
        """Return so many words."""
        found: list[str] = []
        for _ in range(count):
            following = self._next.get(found[-1]) if found else None
            if following and self._chance.random() < _COUPLED:
                found.append(self._chance.choice(following))
            else:
                at = bisect(self._sums, self._chance.randrange(self._sums[-1]))
                found.append(self._vocabulary[at])
        return found

    def sentence(self) -> tuple[str, ...]:
        """Return a sentence's words."""
        words = self.words(self._chance.randint(9, 28))
        comma = self._chance.randrange(3, len(words) - 2)
        words[comma] += ","
        return (words[0].capitalize(), *words[1:-1], f"{words[-1]}.")

    def paragraph(self, least: int) -> str:
        """Return sentences of at least so many words together."""
        found: list[str] = []
        while len(found) < least:
            found += self.sentence()
        return " ".join(found)


def make_project(root: Path, posts: int, seed: int = 1) -> None:
    """Write a project of so many posts."""
    chance = Random(f"{seed} project")
    prose = Prose(chance)
    for name in ("posts", "posts/images", "sources"):
        (root / name).mkdir(parents=True)
    (root / "pubtool.toml").write_text(
        '[site]\ntitle = "Made-up posts"\nauthor = "Ann Author"\nurl = "https://example.org/blog"\n'
        '\n[build]\ncsl = "chicago-notes-bibliography"\n',
        encoding="utf-8",
    )
    for number in range(12):
        (root / "posts" / "images" / f"figure-{number}.png").write_bytes(_picture(chance))
    sources = _make_sources(root, prose, chance)
    for number in range(posts):
        text = _Post(number, posts, sources, prose, Random(f"{seed} post {number}")).text()
        (root / "posts" / f"{_stem(number)}.md").write_text(text, encoding="utf-8")


def _stem(number: int) -> str:
    return f"post-{number:05}"


def _picture(chance: Random) -> bytes:
    """Return a PNG of 640 by 400 points, bands of a few colours."""
    rows = b"".join(
        b"\0" + bytes([*chance.choices(range(256), k=3)]) * 640
        for _ in range(40)
        for _ in range(10)
    )
    header = struct.pack(">IIBBBBB", 640, 400, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def _make_sources(root: Path, prose: Prose, chance: Random) -> list[list[Sentence]]:
    sources, entries = [], []
    for number in range(BOOKS + ARTICLES):
        length = BOOK_WORDS if number < BOOKS else ARTICLE_WORDS
        first = 1 if number < BOOKS else chance.randint(20, 900)
        sentences = list(_sentences(prose, length, first))
        (root / "sources" / f"s{number}.md").write_text(_pages(sentences), encoding="utf-8")
        entries.append(_entry(number, sentences, prose))
        sources.append(sentences)
    (root / "references.bib").write_text("\n".join(entries), encoding="utf-8")
    return sources


def _sentences(prose: Prose, length: int, first: int) -> Iterator[Sentence]:
    done = 0
    while done < length:
        words = prose.sentence()
        yield Sentence(words, first + done // PAGE_WORDS)
        done += len(words)


def _pages(sentences: Sequence[Sentence]) -> str:
    parts, page = [], None
    for number, sentence in enumerate(sentences):
        if sentence.page != page:
            page = sentence.page
            parts.append(f"\n\n<!-- page {page} -->\n\n")
        parts.append(" ".join(sentence.words))
        parts.append("\n\n" if number % 6 == 5 else "\n")
    return "".join(parts).strip() + "\n"


def _entry(number: int, sentences: Sequence[Sentence], prose: Prose) -> str:
    title = " ".join(word.capitalize() for word in prose.words(5))
    year = 1950 + number
    if number < BOOKS:
        return (
            f"@book{{s{number},\n  author = {{Author{number}, Ann and Other{number}, Bob}},\n"
            f"  title = {{{title}}},\n  date = {{{year}}},\n  publisher = {{Press of Example}},\n"
            "  location = {London},\n}\n"
        )
    pages = f"{sentences[0].page}--{sentences[-1].page}"
    return (
        f"@article{{s{number},\n  author = {{Author{number}, Ann}},\n  title = {{{title}}},\n"
        f"  date = {{{year}}},\n  journaltitle = {{Journal of Examples}},\n"
        f"  volume = {{{number}}},\n  pages = {{{pages}}},\n}}\n"
    )


class _Post:
    """Writes one post."""

    def __init__(
        self,
        number: int,
        posts: int,
        sources: Sequence[Sequence[Sentence]],
        prose: Prose,
        chance: Random,
    ) -> None:
        self._number, self._posts, self._chance = number, posts, chance
        self._keys = chance.sample(range(len(sources)), 5)
        self._sources, self._prose = sources, prose
        prose._chance = chance  # the same post whatever was made before it

    def text(self) -> str:
        """Return the file's text."""
        parts = [self._front()]
        each = OWN_WORDS // QUOTATIONS
        for number in range(QUOTATIONS):
            if number % 6 == 3:
                parts.append(f"## {' '.join(self._prose.words(4)).capitalize()}")
            own = self._prose.paragraph(each - 12)
            parts.append(self._block(own) if number in (7, 14) else f"{own} {self._inline(number)}")
            if number == 10:
                parts.append("\n".join(f"- {self._prose.paragraph(8)}" for _ in range(3)))
            if number == 12 and self._number % 4 == 0:
                figure = self._chance.randrange(12)
                parts.append(f"![Bands of colour, number {figure}](images/figure-{figure}.png)")
        other = self._chance.randrange(self._posts)
        parts.append(f"See [an *earlier* post]({_stem(other)}.md) as well.")
        return "\n\n".join(parts) + "\n"

    def _front(self) -> str:
        chance, number = self._chance, self._number
        title = " ".join(self._prose.words(5)).capitalize()
        lines = [f"title: {title} {number}"]
        year, month, day = 2026 - number % 10, chance.randint(1, 12), chance.randint(1, 28)
        lines.append(f"date: {year}-{month:02}-{day:02}")
        lines.append("status: publish")
        if number % 3 == 0:
            lines.append(
                f"series: {{name: Series {number % SERIES}, part: {number // SERIES + 1}}}"
            )
        tags = sorted(chance.sample(range(TAGS), 3))
        lines.append(f"tags: [{', '.join(f'subject {tag}' for tag in tags)}]")
        if number % 2:
            lines.append(f"excerpt: {self._prose.paragraph(12)}")
        return "---\n" + "\n".join(lines) + "\n---"

    def _passage(self, least: int, most: int) -> tuple[int, list[str], Sentence]:
        """Return a source, words of one of its sentences, and the sentence."""
        key = self._chance.choice(self._keys)
        while True:
            sentence = self._chance.choice(self._sources[key])
            if len(sentence.words) >= least + 3:
                break
        length = self._chance.randint(least, min(most, len(sentence.words) - 2))
        start = self._chance.randrange(1, len(sentence.words) - length)
        return key, list(sentence.words[start : start + length]), sentence

    def _inline(self, number: int) -> str:
        key, words, sentence = self._passage(6, 22)
        words[-1] = words[-1].rstrip(",")
        if number % 5 == 4 and len(words) > 9:
            words[4:6] = ["[…]"]
        quoted = f"“{' '.join(words)}”"
        cited = f"@s{key}, p. {sentence.page}"
        cited = cited if number % 10 else f"@s{key}"
        lead = " ".join(self._prose.words(6)).capitalize()
        if number % 10 == 9:
            note = " ".join(self._prose.words(9)).capitalize()
            return f"{lead} {quoted} [{cited}].^[{note}; see *also* [@s{self._keys[0]}].]"
        return f"{lead} {quoted} [{cited}]."

    def _block(self, own: str) -> str:
        key = self._chance.choice(self._keys)
        source = self._sources[key]
        at = self._chance.randrange(len(source) - 4)
        page = source[at].page
        chosen = [sentence for sentence in source[at : at + 3] if sentence.page == page]
        lines = [" ".join(sentence.words) for sentence in chosen]
        return own[:-1] + ":\n\n> " + "\n> ".join(lines) + f" [@s{key}, p. {page}]"
