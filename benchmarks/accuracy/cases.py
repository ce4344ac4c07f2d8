"""Labelled cases: a kind of treatment, a passage, the quotation made of it, and what is due.

A label is held to be true only if a plain search agrees: a "false" quotation whose words stand in a
source after all is dropped, and counted.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from random import Random

from books import bind, run_on
from kinds import Kind
from texts import Paragraph, Text, Word, hyphenate, paginate, typeset
from treatments import Made, Stuff, core


@dataclass(frozen=True)
class World:
    """The sources as one kind of printing or scanning leaves them."""

    name: str
    texts: tuple[Text, ...]
    pages: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Where each page begins, by key, where the sources have pages."""


@dataclass(frozen=True)
class Case:
    """One quotation with its label."""

    kind: Kind
    made: Made
    cited: str
    """The key that the post cites."""
    page: int | None
    """The page that it cites."""
    key: str
    """The source that the passage is from; empty for none."""
    start: int
    end: int
    """The passage's place there."""
    words: int
    """How many words the passage has."""
    passage: str
    """The passage, clean."""


# --- Worlds ---------------------------------------------------------------------------------------

_LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "fi": "ﬁ", "fl": "ﬂ", "ff": "ﬀ"}
_MISREAD = {
    "e": "c", "c": "e", "a": "o", "o": "0", "l": "1", "i": "l", "h": "b", "b": "h", "n": "u",
    "u": "n", "t": "f", "f": "t", "m": "rn", "s": "5", "g": "q", "d": "cl", "v": "y", "r": "t",
}  # fmt: skip
"""Confusions of letters that scanners make."""
_MISREAD_OTHERWISE = {
    "e": "o", "a": "u", "i": "j", "n": "ri", "s": "S", "c": "C", "t": "r", "l": "|", "w": "vv",
    "g": "y", "o": "O", "u": "ii", "h": "li", "d": "a", "p": "n", "b": "6", "m": "in", "r": "v",
    ",": ".", ".": ",", "y": "v",
}  # fmt: skip
"""Another scanner's: other letters, small ones read as capitals, marks read as others."""
OCR_RATE = 0.02
WEAR_RATE = 0.012
"""The chance of a letter to be lost, doubled, or torn from the next."""
NOTE_EVERY = 11
"""Words from one note mark to the next."""
SLIP_EVERY = 9


def _ligatures(word: str, _: Random) -> str:
    for letters, ligature in _LIGATURES.items():
        word = word.replace(letters, ligature)
    return word


def _long_s(word: str, _: Random) -> str:
    return re.sub(r"s(?=[^\W\d_])", "ſ", word)


def _no_diacritics(word: str, _: Random) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _misread(word: str, random: Random) -> str:
    return "".join(_MISREAD.get(c, c) if random.random() < OCR_RATE else c for c in word)


def _misread_otherwise(word: str, random: Random) -> str:
    return "".join(_MISREAD_OTHERWISE.get(c, c) if random.random() < OCR_RATE else c for c in word)


def _worn(word: str, random: Random) -> str:
    """Return a word with letters lost or doubled, or with a space or a speck in it."""
    shown = []
    for place, c in enumerate(word):
        if random.random() >= WEAR_RATE:
            shown.append(c)
            continue
        inside = 0 < place < len(word) - 1
        shown.append(random.choice(["", c + c, c + " ", c + "'"] if inside else [c + c, ""]))
    return "".join(shown) or word


class _NoteMarks:
    """Sets a raised figure behind every eleventh word, counting on."""

    def __init__(self) -> None:
        self.words = 0

    def __call__(self, word: str, _: Random) -> str:
        self.words += 1
        if self.words % NOTE_EVERY or not word[-1].isalpha():
            return word
        number = self.words // NOTE_EVERY % 99 + 1
        return word + "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in str(number))


def _slips(text: Text, random: Random) -> Text:
    """Return the text with two letters exchanged in some words, each marked by a NUL behind it."""

    def slip(number: int, word: Word) -> Word:
        written = word.text
        if (number + 4) % SLIP_EVERY or not (written.isalpha() and len(written) >= 6):
            return word
        at = random.randint(1, len(written) - 3)
        if written[at] == written[at + 1]:
            return word
        wrong = written[:at] + written[at + 1] + written[at] + written[at + 2 :]
        return replace(word, text=wrong + "\x00")

    paragraphs = tuple(
        tuple(slip(number, word) for number, word in enumerate(paragraph))
        for paragraph in text.paragraphs
    )
    return typeset(replace(text, paragraphs=paragraphs), lambda w, _: w.rstrip("\x00"), random)


_DEFECTS = {
    "ligatures": _ligatures,
    "long s": _long_s,
    "no diacritics": _no_diacritics,
    "ocr": _misread,
    "ocr 2": _misread_otherwise,
    "worn": _worn,
}
_CUT = ("pages", "footnotes", "books", "notes", "run on")
"""Worlds whose passages go over the end of a page."""
_MARRED = ("hyphens", "ligatures", "long s", "note marks", "ocr", "ocr 2", "worn", "no diacritics")
"""Worlds whose passages hold at least one defect."""
_SAME = ("plain", "quoting", "pairs", "real pages", "outside", "markov")
"""Worlds whose sources are the files as they are."""


def world_of(kind: Kind) -> str:
    """Return the name of the world whose sources the kind needs."""
    if kind.world in _SAME:
        return "plain"
    return "pages" if kind.world == "cited pages" else kind.world


def _paged(name: str, text: Text, random: Random) -> tuple[Text, tuple[int, ...]]:
    if name == "run on":
        return run_on(text)
    if name in ("books", "notes"):
        return bind(text, random, notes=name == "notes")
    return paginate(text, notes=name == "footnotes")


def make_world(name: str, texts: Sequence[Text], random: Random) -> World:
    """Return the sources of one world."""
    if name == "plain":
        return World(name, tuple(texts))
    if name in _CUT:
        made = [_paged(name, text, random) for text in texts]
        return World(name, tuple(t for t, _ in made), {t.key: pages for t, pages in made})
    if name == "hyphens":
        return World(name, tuple(hyphenate(text, random) for text in texts))
    if name == "slips":
        return World(name, tuple(_slips(text, random) for text in texts))
    if name == "note marks":
        return World(name, tuple(typeset(text, _NoteMarks(), random) for text in texts))
    return World(name, tuple(typeset(text, _DEFECTS[name], random) for text in texts))


# --- Passages -------------------------------------------------------------------------------------

_UNFIT = re.compile(
    r"[\"“”„»«‹›\[\]()…<>*_`$~^|\\@#{}&%]|\.\.|--|-$|^['‘’]|['‘’]$|^[-–—•o]$|^\W+$|:$"
)
_UNFIT_QUOTING = re.compile(_UNFIT.pattern.replace(r"[\"", "["))
_NUMBERED = re.compile(r"^(?:\d+|[a-zA-Z])[.)]$")


@dataclass(frozen=True)
class Passage:
    """A stretch of prose."""

    text: Text
    words: tuple[Word, ...]
    following: tuple[Word, ...] = ()
    joint: int = 0
    """After how many words a new paragraph begins; 0 for nowhere."""


class Sampler:
    """Draws passages of a world."""

    def __init__(self, world: World, outside: Sequence[Text], random: Random) -> None:
        self.world = world
        self.outside = outside
        self.random = random
        self.prose = {
            text.key: [n for n, p in enumerate(text.paragraphs) if p]
            for text in (*world.texts, *outside)
        }
        self.stuff = {text.key: _vocabulary(text) for text in (*world.texts, *outside)}
        self.chains: dict[str, dict[tuple[str, str], list[str]]] = {}

    def draw(self, kind: Kind, *, short: bool) -> Passage | None:
        """Return a passage of 4 to 7 words or of 8 to 40; None where the one drawn does not fit."""
        texts = self.outside if kind.world == "outside" else self.world.texts
        text = self.random.choice(texts)
        if kind.lang and text.lang != kind.lang:
            return None
        if kind.world == "no diacritics" and text.lang == "en":
            return None
        low, high = (max(4, kind.least), 7) if short else (max(8, kind.least), 40)
        size = self.random.randint(low, max(low, high))
        if kind.world == "markov":
            return self._markov(text, size)
        number = self.random.choice(self.prose[text.key])
        if kind.world == "pairs":
            return self._pair(text, number, size)
        words, following = self._slice(kind, text, text.paragraphs[number], size)
        return Passage(text, words, following) if _fits(kind, text, words) else None

    def _slice(
        self, kind: Kind, text: Text, paragraph: Paragraph, size: int
    ) -> tuple[Paragraph, Paragraph]:
        """Return some words and those behind them; none where the paragraph has no such place."""
        if len(paragraph) < size:
            return (), ()
        at = self.random.randint(0, len(paragraph) - size)
        if kind.world in (*_CUT, "real pages"):
            border = self._break(text, paragraph)
            first = self.random.randint(border - size + 1, border - 1)
            at = min(max(first, 0), len(paragraph) - size)
            if not at < border < at + size:
                return (), ()
        return paragraph[at : at + size], paragraph[at + size :]

    def _break(self, text: Text, paragraph: tuple[Word, ...]) -> int:
        """Return the number of the first word behind a page break, 0 for none."""
        starts = self.world.pages.get(text.key, ())
        for number in range(1, len(paragraph)):
            low, high = paragraph[number - 1].end, paragraph[number].start
            if high - low > 12 and any(low < start <= high for start in starts):
                return number
        return 0

    def _pair(self, text: Text, number: int, size: int) -> Passage | None:
        if number + 1 >= len(text.paragraphs):
            return None
        first, second = text.paragraphs[number : number + 2]
        half = size // 2
        if len(second) < half or len(first) < half:
            return None
        words = (*first[-half:], *second[:half])
        if any(_UNFIT.search(word.text) or _NUMBERED.match(word.text) for word in words):
            return None
        return Passage(text, words, (), half)

    def _markov(self, text: Text, size: int) -> Passage:
        chain = self.chains.get(text.key)
        if chain is None:
            chain = {}
            for paragraph in text.paragraphs:
                clean = [w.text for w in paragraph if not _UNFIT.search(w.text)]
                for a, b, c in zip(clean, clean[1:], clean[2:], strict=False):
                    chain.setdefault((a, b), []).append(c)
            self.chains[text.key] = chain
        words = list(self.random.choice(list(chain)))
        while len(words) < size and (words[-2], words[-1]) in chain:
            words.append(self.random.choice(chain[words[-2], words[-1]]))
        return Passage(replace(text, key=""), tuple(Word(word, 0, 0) for word in words))


def _fits(kind: Kind, text: Text, words: Sequence[Word]) -> bool:
    if not words:
        return False
    unfit = _UNFIT_QUOTING if kind.world == "quoting" else _UNFIT
    if any(unfit.search(word.text) or _NUMBERED.match(word.text) for word in words):
        return False
    if kind.world in _MARRED:
        return any(text.source[word.start : word.end] != word.text for word in words)
    return True


def _vocabulary(text: Text) -> tuple[list[str], list[str]]:
    counts = Counter(core(word.text) for paragraph in text.paragraphs for word in paragraph)
    plain = sorted(w for w in counts if w.isalpha() and w.islower() and len(w) >= 5)
    within = Counter(
        core(b.text)
        for paragraph in text.paragraphs
        for a, b in pairwise(paragraph)
        if a.text[-1].isalpha() or a.text[-1] == ","
    )
    names = sorted(
        w
        for w in within
        if w.isalpha() and w.istitle() and len(w) >= 4 and not counts[w.lower()] and within[w] >= 2
    )
    return plain, names


# --- Cases ----------------------------------------------------------------------------------------


def normal(text: str) -> str:
    """Return the words of a text alone, in small letters, one space between and round them."""
    plain = unicodedata.normalize("NFKC", text.replace("\u00ad", "")).casefold().replace("’", "'")
    return " " + " ".join(re.findall(r"\w+(?:'\w+)*", plain)) + " "


class Maker:
    """Makes the cases of one world."""

    def __init__(self, world: World, outside: Sequence[Text], random: Random) -> None:
        self.world = world
        self.random = random
        self.sampler = Sampler(world, outside, random)
        self.normal = {text.key: normal(text.source) for text in world.texts}
        self.dropped: Counter[str] = Counter()

    def make(self, kind: Kind, each: int) -> Iterator[Case]:
        """Yield up to `each` cases, as many short as long ones where the kind allows both."""
        seen = set()
        for short in (True, False):
            want = each // 2 if kind.least <= 7 else each * (not short)
            for _ in range(want * 400):
                if not want:
                    break
                case = self._one(kind, short=short)
                if case is None or case.made.text in seen:
                    continue
                seen.add(case.made.text)
                want -= 1
                yield case

    def _one(self, kind: Kind, *, short: bool) -> Case | None:
        passage = self.sampler.draw(kind, short=short)
        if passage is None:
            return None
        plain, names = self.sampler.stuff.get(passage.text.key, ([], []))
        following = []
        for word in passage.following:
            if _UNFIT.search(word.text) or _NUMBERED.match(word.text):
                break
            following.append(word.text)
        if kind.world != "markov" and not (plain and names):
            return None
        words = tuple(word.text for word in passage.words)
        stuff = Stuff(words, tuple(following), plain, names, passage.text.lang, self.random)
        made = kind.make(stuff)
        if made is None:
            return None
        if passage.joint:
            made = Made(f"{' '.join(words[: passage.joint])}\n\n{' '.join(words[passage.joint :])}")
        if kind.false and self._stands_after_all(kind, made, words, passage):
            self.dropped[kind.name] += 1
            return None
        return self._label(kind, made, passage)

    def _stands_after_all(
        self, kind: Kind, made: Made, words: Sequence[str], passage: Passage
    ) -> bool:
        if kind.world == "cited pages" or kind.name in (
            "misattributed", "[sic] on a sound word", "ellipsis hides a negation"
        ):  # fmt: skip
            return False
        if kind.world == "outside":
            runs = [" ".join(words[n : n + 4]) for n in range(len(words) - 3)]
            return any(normal(run) in text for run in runs for text in self.normal.values())
        if kind.name == "ellipsis out of order":
            first, second = (normal(part) for part in made.text.split("…"))
            text = self.normal[passage.text.key]
            return text.find(first) < text.rfind(second)
        quoted = normal(made.text)
        return any(quoted in text for text in self.normal.values())

    def _label(self, kind: Kind, made: Made, passage: Passage) -> Case | None:
        key = cited = passage.text.key
        words = passage.words
        if kind.world in ("outside", "markov"):
            same = [t.key for t in self.world.texts if t.lang == passage.text.lang]
            key, cited = "", self.random.choice(same)
        page = None
        if kind.name == "misattributed":
            cited = self.random.choice([t.key for t in self.world.texts if t.key != key])
            if any(normal(made.text) in self.normal[k] for k in self.normal if k != key):
                self.dropped[kind.name] += 1
                return None
        if kind.world == "cited pages":
            page = self._page(key, words)
            if page is None:
                return None
            if kind.false:
                if self.normal[key].count(normal(made.text)) != 1:
                    self.dropped[kind.name] += 1
                    return None
                last = len(self.world.pages[key])
                page = self.random.choice([p for p in range(1, last) if abs(p - page) > 1] or [0])
                if not page:
                    return None
        covered = (*words, *passage.following[: made.extends])
        clean = " ".join(word.text for word in covered)
        return Case(
            kind, made, cited, page, key, covered[0].start, covered[-1].end, len(words), clean
        )

    def _page(self, key: str, words: Sequence[Word]) -> int | None:
        starts = self.world.pages[key]
        pages = {sum(1 for s in starts if s <= word.start) for word in (words[0], words[-1])}
        return pages.pop() if len(pages) == 1 else None
