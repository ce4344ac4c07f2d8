"""Real texts: what Debian packages install, read from this machine, never kept here.

A text is a source text (the file's own characters) and its prose: paragraphs of words, each word
with its place in the source text. `typeset` sets a text anew with a defect that printing, scanning
or extraction leaves, and keeps the way back from each clean word to its place in it.
"""

from __future__ import annotations

import gzip
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without white space."""

    text: str
    """As an attentive author would copy it, free of the source's defects."""
    start: int
    end: int
    """Its place in the source text."""


Paragraph = tuple[Word, ...]


@dataclass(frozen=True)
class Text:
    """A source's text and its prose."""

    key: str
    lang: str
    source: str
    paragraphs: tuple[Paragraph, ...]
    """In order; one that is no prose, and a border between items, is an empty one, so that
    neighbours can be told."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text comes from."""

    key: str
    lang: str
    package: str
    """The Debian package to install."""
    where: str
    """A file, a glob of files, or (for a program's output) its command."""
    most: int = 600_000
    """Characters taken of it, cut at a paragraph's end."""


_DOC = "/usr/share/doc"
ORIGINS = (
    Origin("genesis", "en", "bible-kjv", "bible -l72 gen1:1-gen50:26"),
    Origin("acts", "en", "bible-kjv", "bible -l72 act1:1-act28:31"),
    Origin("fortunes", "en", "fortunes", "/usr/share/games/fortunes/fortunes"),
    Origin("literature", "en", "fortunes", "/usr/share/games/fortunes/literature"),
    Origin("gpl", "en", "base-files", "/usr/share/common-licenses/GPL-3"),
    Origin("gfdl", "en", "base-files", "/usr/share/common-licenses/GFDL-1.3"),
    Origin("usconst", "en", "miscfiles", "/usr/share/state/us-constitution.gz"),
    Origin("debconst", "en", "doc-debian", f"{_DOC}/debian/constitution.txt.gz"),
    Origin(
        "devref",
        "en",
        "developers-reference",
        "/usr/share/developers-reference/developers-reference.txt.gz",
        300_000,
    ),
    Origin("anarchism", "en", "anarchism", f"{_DOC}/anarchism/html/secA*.html", 300_000),
    Origin("rfc1034", "en", "doc-rfc-std", f"{_DOC}/RFC/standard/rfc1034.txt.gz"),
    Origin("rfc5321", "en", "doc-rfc-std", f"{_DOC}/RFC/draft-standard/rfc5321.txt.gz"),
    Origin("rfc2328", "en", "doc-rfc-std", f"{_DOC}/RFC/standard/rfc2328.txt.gz", 300_000),
    Origin("rfc3724", "en", "doc-rfc-informational", f"{_DOC}/RFC/informational/rfc3724.txt.gz"),
    Origin("faqde", "de", "debian-faq-de", f"{_DOC}/debian/FAQ/debian-faq.de.txt.gz"),
    Origin(
        "cahier",
        "fr",
        "debian-handbook",
        f"{_DOC}/debian-handbook/html/fr-FR/*.html",
        400_000,
    ),
    Origin("pratchett", "pl", "fortunes-pl", "/usr/share/games/fortunes/pl/pratchett"),
    Origin("murphy", "ru", "fortunes-ru", "/usr/share/games/fortunes/ru/murphy"),
)
"""The indexed texts: scripture, literature and jokes, law, politics, technical prose (some of it in
real pages), German, French, Polish and Russian."""

OUTSIDE = (
    Origin("romans", "en", "bible-kjv", "bible -l72 rom1:1-rom16:27"),
    Origin("people", "en", "fortunes", "/usr/share/games/fortunes/people"),
    Origin("lgpl", "en", "base-files", "/usr/share/common-licenses/MPL-1.1"),
)
"""Texts of the same kinds that are not indexed: their passages are absent."""

_VERSE = re.compile(r"^ {1,3}\d+ ", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t]*(?:%[ \t]*)?\n")
_NO_PROSE = re.compile(r"[|_=<>{}\\$@^~`]|--|\*\*|://")
_MOST_ODD = 0.2
_FEWEST_WORDS = 10


def read_texts(origins: Sequence[Origin], say: Callable[[str], None]) -> tuple[Text, ...]:
    """Return the texts that this machine has; each missing one is named in a line."""
    texts = []
    for origin in origins:
        characters = _characters(origin)
        if not characters.strip():
            say(f"missing text {origin.key}: install the Debian package {origin.package}")
            continue
        texts.append(Text(origin.key, origin.lang, characters, tuple(_paragraphs(characters))))
    return tuple(texts)


def _characters(origin: Origin) -> str:
    if origin.where.startswith("bible "):
        raw = _verses(origin.where)
    else:
        place = Path(origin.where)
        files = sorted(place.parent.glob(place.name))
        raw = "\n\n".join(_read(file) for file in files)
    if len(raw) <= origin.most:
        return raw
    return raw[: raw.rfind("\n\n", 0, origin.most) + 2]


def _verses(command: str) -> str:
    """Return what the program shows, without the number before each verse."""
    try:
        done = subprocess.run(command.split(), capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return _VERSE.sub("", done.stdout)


def _read(file: Path) -> str:
    data = file.read_bytes()
    if file.suffix == ".gz":
        data = gzip.decompress(data)
    if file.suffix == ".html":
        from pubtool.readers.sources.web import read_web

        return re.sub(r"\n+", "\n\n", read_web(data, file.name).text)  # a line is a paragraph
    return data.decode("utf-8", errors="replace").replace("\r\n", "\n")


def _paragraphs(text: str) -> Iterator[Paragraph]:
    for words in _over_page_breaks(_blocks(text), text):
        yield words if _is_prose(words, text) else ()


def _blocks(text: str) -> Iterator[Paragraph]:
    """Yield the words between blank lines, and nothing for a border between items."""
    at = 0
    for blank in [*_BLANK.finditer(text), None]:
        end = blank.start() if blank else len(text)
        yield tuple(
            Word(found.group(), at + found.start(), at + found.end())
            for found in re.finditer(r"\S+", text[at:end])
        )
        if blank and "%" in blank.group():
            yield ()  # another item begins: what is on its two sides is no one's running text
        at = blank.end() if blank else end


def _over_page_breaks(blocks: Iterator[Paragraph], text: str) -> Iterator[Paragraph]:
    """Yield the blocks, those joined that a form feed with foot and head divides in a sentence.

    A sentence goes on where the page above ends without a stop and the one below begins with a
    small letter. What stands between, foot and head, is in neither.
    """
    waiting: list[Paragraph] = []
    for block in filter(None, blocks) if "\f" in text else blocks:
        words = block
        if len(waiting) == 2 and words and words[0].text[0].islower():
            words, waiting = (*waiting[0], *words), []
        elif len(waiting) == 2:
            yield from waiting
            waiting = []
        turns = bool(words) and "\f" in text[words[0].start : words[-1].end]
        if waiting and turns and waiting[0][-1].text[-1] not in ".:;!?":
            waiting.append(words)
            continue
        yield from waiting
        waiting = [words]
    yield from waiting


def _is_prose(words: Paragraph, source: str) -> bool:
    text = _running(words, source)
    odd = sum(1 for word in words if not re.fullmatch(r"[^\W\d_]+[\W_]{0,2}", word.text))
    return (
        len(words) >= _FEWEST_WORDS
        and odd <= len(words) * _MOST_ODD
        and not _NO_PROSE.search(text)
        and not re.search(r"\S {3,}\S", text)
    )


def _running(words: Paragraph, source: str) -> str:
    """Return the words as the source has them, without what stands at a page break."""
    gaps = [source[a.end : b.start] for a, b in pairwise(words)] + [""]
    return "".join(
        word.text + ("\n" if "\f" in gap else gap) for word, gap in zip(words, gaps, strict=False)
    )


# --- Setting a text anew --------------------------------------------------------------------------

WIDTH = 66
PAGE_LINES = 48


class _Setter:
    """Writes lines of words and keeps where each stands."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.length = 0

    def put(self, text: str) -> int:
        at = self.length
        self.out.append(text)
        self.length += len(text)
        return at


def typeset(text: Text, defect: Callable[[str, Random], str], random: Random) -> Text:
    """Return the text's prose in lines of 66 characters, each word put through `defect`."""
    setter, paragraphs = _Setter(), []
    for paragraph in filter(None, text.paragraphs):
        column, words = 0, []
        for word in paragraph:
            shown = defect(word.text, random)
            if column and column + len(shown) > WIDTH:
                setter.put("\n")
                column = 0
            elif column:
                setter.put(" ")
            at = setter.put(shown)
            column += len(shown) + 1
            words.append(Word(word.text, at, at + len(shown)))
        setter.put("\n\n")
        paragraphs.append(tuple(words))
    return Text(text.key, text.lang, "".join(setter.out), tuple(paragraphs))


def hyphenate(text: Text, random: Random) -> Text:
    """Return the text with words divided at line ends, as narrow type has them."""
    setter, paragraphs = _Setter(), []
    for paragraph in filter(None, text.paragraphs):
        column, words = 0, []
        for word in paragraph:
            room = 48 - column
            size = len(word.text)
            if column and size > room:
                if size >= 7 and 3 <= room - 1 <= size - 3 and word.text.isalpha():
                    cut = random.randint(3, min(room - 1, size - 3))
                    at = setter.put(word.text[:cut] + "-\n" + word.text[cut:])
                    words.append(Word(word.text, at, at + size + 2))
                    setter.put(" ")
                    column = size - cut + 1
                    continue
                setter.put("\n")
                column = 0
            at = setter.put(word.text)
            setter.put(" ")
            column += size + 1
            words.append(Word(word.text, at, at + size))
        setter.put("\n\n")
        paragraphs.append(tuple(words))
    return Text(text.key, text.lang, "".join(setter.out), tuple(paragraphs))


def paginate(text: Text, *, notes: bool) -> tuple[Text, tuple[int, ...]]:
    """Return the text in pages as RFCs have them, and where each page begins.

    A foot with author, kind and ``[Page N]``, a form feed, a head with number, title and date. With
    `notes`, a footnote of one or two lines stands above every foot, below a short rule, and its
    raised figure behind a word of the page.
    """
    setter, paragraphs = _Setter(), []
    pages = [0]
    line, number, note = 0, 1, 0
    head = f"RFC 9{len(text.key):03}{'':>12}{text.key.title():<30}{'June 1998':>14}"

    def turn() -> None:
        nonlocal line, number
        if notes:
            setter.put(
                f"   ____________\n   {note} See the remarks of the editor on that leaf, and\n"
            )
            setter.put("   compare what the printers say about it.\n")
        setter.put(f"\n\nEditor{'Informational':>30}{f'[Page {number}]':>30}\n\f{head}\n\n\n")
        number += 1
        line = 0
        pages.append(setter.length)

    for paragraph in filter(None, text.paragraphs):
        column, words = 0, []
        for word in paragraph:
            if column and column + len(word.text) > WIDTH:
                setter.put("\n")
                column, line = 0, line + 1
                if line >= PAGE_LINES:
                    turn()
            elif column:
                setter.put(" ")
            at = setter.put(word.text)
            words.append(Word(word.text, at, at + len(word.text)))
            column += len(word.text) + 1
            if notes and line == PAGE_LINES // 2 and column > WIDTH // 2 and note < number:
                note = number
                setter.put("".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(d)] for d in str(note)))
        setter.put("\n\n")
        line += 2
        if line >= PAGE_LINES:
            turn()
        paragraphs.append(tuple(words))
    made = Text(text.key, text.lang, "".join(setter.out), tuple(paragraphs))
    return made, tuple(pages)
