"""The search index: which words stand in which posts, in files small enough to load one by one.

A reader's browser has no server to ask, so the words of all posts are sorted and cut into shards of
some 32 KB, of which a query needs those that its words fall into; the script `search.js` folds and
cuts words by the same rules as this module, and a test holds the two together. The shards are
scripts, since a page that is opened from a disk may load those and nothing else.

Letters are compared without case, accents, Hebrew points, Arabic vowels and soft hyphens. Writing
that has no spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) is cut into pairs of characters.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from itertools import pairwise

SHARD = 32_000
"""Characters of a shard, about: two or three are loaded for a query."""
TOLD = 16
"""Posts of a file that says what is shown of a post: some 5 KB."""
LONGEST = 40
"""Characters of a word that count."""
MOST = 15
"""The largest weight of a word in a post."""

TITLE, TERM, AUTHOR, HEADING, OFTEN = 12, 6, 4, 3, 3
"""What a word weighs by where it stands; in the text as often as it does, up to `OFTEN`."""

_POINTS = re.compile(
    "[\u00ad\u200b-\u200d\u2060\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]"
)
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d",
                          "þ": "th", "ı": "i", "ς": "σ"})  # fmt: skip
_SOLID = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Writing without spaces between words."""
_RUNS = re.compile(f"[{_SOLID}]+|[^{_SOLID}]+")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a result says of a post."""

    url: str
    """Relative to the site's root."""
    title: str
    day: str
    """In words; may be empty."""
    excerpt: str
    lang: str


def split_words(text: str) -> Iterator[str]:
    """Yield the words of a text, folded, in order."""
    for word in _word().findall(fold(text)):
        for run in _RUNS.findall(word):
            if not _is_solid(run):
                yield run[:LONGEST]
                continue
            yield from (one + other for one, other in pairwise(run))
            yield run[-1]


def fold(text: str) -> str:
    """Return a text with what does not matter to a search taken out."""
    plain = _POINTS.sub("", unicodedata.normalize("NFKD", text).lower())
    return unicodedata.normalize("NFC", plain.translate(_LETTERS))


def count_words(html: str) -> dict[str, int]:
    """Return the weight of each word of a post's text, notes and all, as its page has it."""
    headings = set(split_words(_text(" ".join(_HEADING.findall(html)))))
    counts = Counter(split_words(_text(_HEADING.sub(" ", html))))
    every = sorted({*counts, *headings})
    return {word: min(counts[word], OFTEN) + HEADING * (word in headings) for word in every}


_HEADING = re.compile(r"<h[1-6][ >].*?</h[1-6]>", re.DOTALL)
_UNREAD = re.compile(
    r'<(script|style|button)[ >].*?</\1>|<a [^>]*role="doc-noteref".*?</a>', re.DOTALL
)
"""What of a page is none of its words: numbers of notes among it."""
_IN_WORDS = re.compile(
    r"</?(?:a|abbr|b|cite|code|em|i|mark|q|small|span|strong|sub|sup|u)\b[^<>]*>"
)
"""Tags that may stand within a word; any other ends it."""


def _text(html: str) -> str:
    return unescape(re.sub("<[^<>]*>", " ", _IN_WORDS.sub("", _UNREAD.sub("", html))))


def add_words(weights: Mapping[str, int], texts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return the weights with those of further texts, each with what a word in it weighs."""
    added = dict(weights)
    for text, weight in texts:
        for word in set(split_words(text)):
            added[word] = min(added.get(word, 0) + weight, MOST)
    return added


@dataclass(frozen=True)
class Index:
    """An index as files, and what the script must know before it loads one."""

    shards: tuple[str, ...]
    """Scripts, in the order of the words."""
    told: tuple[str, ...]
    """Scripts that say what is shown, in the order of the posts."""
    manifest: str
    """JSON: the first word of each shard, the number of posts, and how many a file tells of."""


def build_index(posts: Sequence[tuple[Shown, Mapping[str, int]]]) -> Index:
    """Return the index of posts, each with the weights of its words.

    Of posts that match alike, the earlier in the list comes first.
    """
    places: dict[str, list[int]] = {}
    for number, (_, weights) in enumerate(posts):
        for word, weight in weights.items():
            places.setdefault(word, []).append(number * (MOST + 1) + weight)
    shards, first = list[list[str]](), list[str]()
    room = 0
    for word in sorted(places, key=_order):
        entry = f"{json.dumps(word, ensure_ascii=False)}:[{_steps(places[word])}]"
        if not shards or room + len(entry) > SHARD:
            shards.append([])
            first.append(word)
            room = 0
        shards[-1].append(entry)
        room += len(entry) + 1
    shown = [[one.url, one.title, one.day, one.excerpt, one.lang] for one, _ in posts]
    parts = [shown[at : at + TOLD] for at in range(0, len(shown), TOLD)]
    return Index(
        tuple(f"pubtool.words({n},{{{','.join(shard)}}});\n" for n, shard in enumerate(shards)),
        tuple(f"pubtool.posts({n},{_script(part)});\n" for n, part in enumerate(parts)),
        _script({"first": first, "posts": len(posts), "told": TOLD}),
    )


def _order(word: str) -> bytes:
    """Return what words are sorted by: JavaScript compares halves of code points beyond U+FFFF."""
    return word.encode("utf-16-be", "surrogatepass")


def _steps(places: Sequence[int]) -> str:
    """Return ascending numbers, each as its distance from the one before."""
    return ",".join(str(place - before) for before, place in pairwise((0, *places)))


def _script(value: object) -> str:
    """Return JSON that is harmless within HTML and JavaScript."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _is_solid(run: str) -> bool:
    return _solid().match(run) is not None


@cache
def _solid() -> re.Pattern[str]:
    return re.compile(f"[{_SOLID}]")


@cache
def _word() -> re.Pattern[str]:
    """Return what a word is: letters, digits, and the marks on them, which `re` takes for none."""
    every = map(chr, range(0x300, 0x20000))  # those beyond choose among forms of one letter
    marks = "".join(char for char in every if unicodedata.category(char).startswith("M"))
    return re.compile(f"(?:[^\\W_]|[{marks}])+")
