"""A document whose words are known before it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.accuracy.texts import ORIGINS, Text, read_texts

TEXTS = {
    "dev": ("genesis", "gpl", "devref", "rfc1034", "rfc2328"),
    "held-out": ("acts", "anarchism", "usconst", "gfdl", "rfc5321"),
}
"""The texts of the two halves: code is written with the one in view, and judged by the other."""

_FEWEST_WORDS = 25


@dataclass(frozen=True)
class Plan:
    """What is to be printed."""

    paragraphs: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """Footnotes; the first is set in the middle of the first paragraph, and so on."""
    title: str = "The Keeper of Lamps"
    first_page: int = 1
    preface_pages: int = 0
    """Paragraphs' pages before the body that are counted in Roman figures."""


@dataclass(frozen=True)
class Document:
    """A printed document and what is known of it."""

    kind: str
    plan: Plan
    pdf: bytes
    labels: tuple[str, ...]
    """The number that is printed on each page; empty where none is."""
    hocr: bytes = b""
    """What a character recogniser reads of it, where it is a scan."""
    made: str = ""
    """With what, and which of its settings."""


def read(half: str) -> dict[str, Text]:
    """Return the texts of a half, by key."""
    chosen = [origin for origin in ORIGINS if origin.key in TEXTS[half]]
    return {text.key: text for text in read_texts(chosen, print)}


def plan(text: Text, random: Random, words: int, *, notes: bool) -> Plan:
    """Return a plan of about so many words, from a random place of a text."""
    whole = [" ".join(word.text for word in p) for p in text.paragraphs if len(p) >= _FEWEST_WORDS]
    sizes = [len(paragraph.split()) for paragraph in whole]
    enough = [n for n in range(len(whole)) if sum(sizes[n:]) >= words]
    start = random.choice(enough or [0])
    chosen, size = list[str](), 0
    for paragraph in whole[start:]:
        chosen.append(paragraph)
        size += len(paragraph.split())
        if size >= words:
            break
    lengths = [random.choice((8, 15, 30, 60, 150)) for _ in chosen]
    spare = [p for p in whole if p not in chosen] or whole
    texts = tuple(
        " ".join(random.choice(spare).split()[:length]).rstrip(",;:") + "."
        for length in lengths
        if random.random() < 0.7
    )
    first = random.choice((1, 1, 17, 241, 1103))
    return Plan(tuple(chosen), texts if notes else (), first_page=first)


def with_marks(made: Plan, mark: str, place: float = 0.5) -> Sequence[str]:
    """Return the paragraphs with a format's note commands; ``{}`` stands for the note's text."""
    out = []
    for number, paragraph in enumerate(made.paragraphs):
        words = paragraph.split(" ")
        if number < len(made.notes):
            words[int(len(words) * place)] += mark.replace("{}", made.notes[number])
        out.append(" ".join(words))
    return out
