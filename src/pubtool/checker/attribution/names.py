"""What a bibliography's sources are called in prose, and where a text names them.

A source goes by its authors' family names, a body's name or acronym, its title, its short title,
and, if its title says what sort of thing it is ("Convention on …"), by short forms made of that
noun and words of the title: "the Cybercrime Convention", "the Convention on Cybercrime", "the
Convention". A bare noun means the one source that it fits, or of several the one that was named
last.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from pubtool.checker import speech
from pubtool.checker.speech import french
from pubtool.model import Bibliography, Key, Name, Source, Span
from pubtool.text.folding import fold
from pubtool.text.words import Word, find_words, read_folds

_ELISION = re.compile(rf"(?:{french.ELISION})(?=[^\W\d_])")

_LONGEST_REACH = 8
"""Words on either side of a noun such as Convention that can belong to its short form."""


class NameKind(Enum):
    """What a mention names."""

    PERSON = "person"
    BODY = "body"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a text names one or more sources."""

    keys: tuple[Key, ...]
    """Those that it may mean, in the bibliography's order."""
    span: Span
    """Its range in the text."""
    kind: NameKind
    possessive: bool = False
    """Whether it ends in 's."""


@dataclass(frozen=True, slots=True)
class _Called:
    """One name, as folded words, with the sources that go by it."""

    keys: tuple[Key, ...]
    kind: NameKind
    given: frozenset[str]
    """A person's given names and their initials, which may stand before it."""


@dataclass(frozen=True, slots=True)
class _Work:
    """A source whose title says what it is."""

    key: Key
    noun: str
    words: frozenset[str]
    """The words that a short form may be made of."""


@dataclass(frozen=True)
class NameIndex:
    """All names of a bibliography's sources."""

    names: dict[tuple[str, ...], _Called]
    longest: int
    """The most words that a name has."""
    works: tuple[_Work, ...]
    years: dict[Key, str]
    starts: Mapping[str, Sequence[tuple[str, ...]]]
    """The names, and the nouns of works, by their first words: without the words of one of them a
    text has no mention."""


def index_names(bibliography: Bibliography) -> NameIndex:
    """Return the names of all sources."""
    found: dict[tuple[str, ...], list[tuple[Key, NameKind, str]]] = {}
    works = []
    for key, source in bibliography.sources.items():
        for words, kind, given in _names_of(source):
            if words:
                found.setdefault(words, []).append((key, kind, given))
        work = _work(source)
        if work is not None:
            works.append(work)
    names = {
        words: _Called(
            tuple(dict.fromkeys(key for key, _, _ in called)),
            called[0][1],
            frozenset(part for _, _, given in called for part in _given(given)),
        )
        for words, called in found.items()
    }
    longest = max(map(len, names), default=0)
    years = {key: source.year for key, source in bibliography.sources.items()}
    starts = defaultdict[str, list[tuple[str, ...]]](list)
    for words in (*names, *{(work.noun,) for work in works}):
        starts[words[0]].append(words)
    return NameIndex(names, longest, tuple(works), years, dict(starts))


def _given(names: str) -> Iterable[str]:
    for word in words_of(names):
        yield word
        yield word[0]


def words_of(text: str) -> tuple[str, ...]:
    """Return a text's folded words."""
    return tuple(read_folds(text))


def titles_of(source: Source) -> tuple[str, ...]:
    """Return the source's title, its short title and its title without the subtitle."""
    title = source.title
    main = title.split(":")[0] if len(words_of(title.split(":")[0])) > 1 else title
    return tuple(dict.fromkeys(filter(None, (title, source.short_title, main))))


_Named = tuple[tuple[str, ...], NameKind, str]


def _names_of(source: Source) -> Iterable[_Named]:
    for author in source.authors:
        yield from _author(author)
    for title in titles_of(source):
        words = words_of(title)
        while words and words[0] in speech.ARTICLES:
            words = words[1:]
        if len(words) > 1 or (title == source.short_title and title[:1].isupper()):
            yield words, NameKind.WORK, ""
    publisher = source.csl.get("publisher", "")
    if not source.authors and isinstance(publisher, str):
        yield from _author(Name(publisher))


def _author(author: Name) -> Iterable[_Named]:
    words = words_of(author.family)
    while words and words[0] in speech.ARTICLES:
        words = words[1:]
    if author.given or len(words) == 1:
        yield words, NameKind.PERSON if author.given else NameKind.BODY, author.given
        return
    yield words, NameKind.BODY, ""
    for small in (False, True):
        initials = [w.text for w in find_words(author.family) if small or w.text[0].isupper()]
        acronym = "".join(word[0] for word in initials).casefold()
        if len(acronym) > 2:
            yield (acronym,), NameKind.BODY, ""


def _work(source: Source) -> _Work | None:
    words = words_of(source.title)
    noun = next((word for word in words if word in speech.WORKS), None)
    if noun is None:
        return None
    others = [source.short_title, *(author.family for author in source.authors)]
    extra = [word for text in others for word in words_of(text)]
    return _Work(source.key, noun, frozenset((*words, *extra)))


def find_mentions(text: str, index: NameIndex) -> tuple[Mention, ...]:
    """Return the places where a text names sources, in order and disjoint; longer names win.

    A source's noun alone ("the Convention") gives all the sources that it fits.
    """
    if not _may_mention(text, index):
        return ()
    words = [_without_elision(word, index) for word in find_words(text)]
    found: list[Mention] = []
    at = 0
    while at < len(words):
        mention, length = _mention(text, words, at, index)
        if mention is not None:
            found.append(mention)
        at += max(length, 1)
    return tuple(found)


def _may_mention(text: str, index: NameIndex) -> bool:
    """Whether a text has the words of some name, as far as is told without their places.

    A word with an apostrophe may be any once it is cut.
    """
    folds = read_folds(text)
    cut = any("'" in word for word in folds)
    for number, word in enumerate(folds):
        for name in index.starts.get(word, ()):
            there = tuple(folds[number : number + len(name)])
            if there == name or (cut and any("'" in one for one in there)):
                return True
        if cut and "'" in word and any(part in index.starts for part in word.split("'")):
            return True
    return False


def _without_elision(word: Word, index: NameIndex) -> Word:
    """Return a word without the ``d’`` or ``l’`` that French writes before a name."""
    found = _ELISION.match(word.text)
    if found is None or (word.folded,) in index.names:
        return word
    cut = found.end()
    return Word(word.text[cut:], fold(word.text[cut:]), Span(word.span.start + cut, word.span.end))


def _mention(
    text: str, words: Sequence[Word], at: int, index: NameIndex
) -> tuple[Mention | None, int]:
    if not _may_begin(words, at):
        return None, 1
    work, length = _short_form(text, words, at, index)
    for size in range(min(index.longest, len(words) - at), 0, -1):
        if size < length:
            break
        parts = [word.folded for word in words[at : at + size]]
        possessive = parts[-1].endswith("'s") or _apostrophe(text, words[at + size - 1])
        parts[-1] = parts[-1].removesuffix("'s")
        called = index.names.get(tuple(parts))
        if called is not None and _looks_like(called, words[at : at + size]):
            start = _with_given(text, words, at, called)
            span = Span(words[start].span.start, words[at + size - 1].span.end)
            keys = _by_year(text, span.end, called.keys, index)
            return Mention(keys, span, called.kind, possessive), size
    return work, length


def _may_begin(words: Sequence[Word], at: int) -> bool:
    """Whether a name may begin here: at a capital or a digit, or a particle before a capital."""
    if words[at].text[0].isupper() or words[at].text[0].isdigit():
        return True
    return at + 1 < len(words) and words[at + 1].text[0].isupper()


def _with_given(text: str, words: Sequence[Word], at: int, called: _Called) -> int:
    """Return where the given names begin that stand before a family name."""
    while at and words[at - 1].folded in called.given and words[at - 1].text[0].isupper():
        if text[words[at - 1].span.end : words[at].span.start].strip(" .\n\u00a0"):
            break
        at -= 1
    return at


def _apostrophe(text: str, word: Word) -> bool:
    return word.folded.endswith("s") and text[word.span.end : word.span.end + 1] in tuple("'’")


def _looks_like(called: _Called, words: Sequence[Word]) -> bool:
    """Whether the words are written as a name: a person's capital, an acronym's capitals."""
    if not words[0].text[0].isupper() and not (len(words) > 1 and words[-1].text[0].isupper()):
        return words[0].text[0].isdigit()
    if called.kind is NameKind.BODY and len(words) == 1:
        text = words[0].text
        return sum(c.isupper() for c in text) > 1 or len(text) > 4
    return True


def _by_year(text: str, at: int, keys: tuple[Key, ...], index: NameIndex) -> tuple[Key, ...]:
    """Return the keys of the year that follows a name: ``Kunze (2010)``."""
    year = speech.YEAR_BEHIND.match(text, at)
    if year is None or len(keys) < 2:
        return keys
    fitting = tuple(key for key in keys if index.years.get(key, "").startswith(year.group(1)))
    return fitting or keys


def _short_form(
    text: str, words: Sequence[Word], at: int, index: NameIndex
) -> tuple[Mention | None, int]:
    """Return the work whose short form begins at a word: capitals, a noun, "on" and capitals."""
    noun = _noun(text, words, at)
    if noun is None:
        return None, 1
    name = words[noun].folded.removesuffix("'s")
    lead = [word.folded for word in words[at:noun]]
    works = [w for w in index.works if w.noun == name and set(lead) - speech.SMALL <= w.words]
    if not works:
        another = lead and not speech.DETERMINERS.intersection(lead)
        return None, noun + 1 - at if another else 1
    end, fitting = _qualified(text, words, noun, works)
    if not fitting:
        return None, end - at
    span = Span(words[at].span.start, words[end - 1].span.end)
    possessive = words[end - 1].folded.endswith("'s")
    keys = tuple(work.key for work in fitting)
    return Mention(keys, span, NameKind.WORK, possessive), end - at


def _qualified(
    text: str, words: Sequence[Word], noun: int, works: Sequence[_Work]
) -> tuple[int, list[_Work]]:
    """Return where a noun and what qualifies it end, and the works that both fit.

    Of "the Convention on Wrecks in Rome" the longest beginning that fits a work is its name; of
    "the Convention on Whales", where none does, the whole is another work's.
    """
    ends, taken = _complement(text, words, noun)
    for count in range(len(ends), 0, -1):
        fitting = [work for work in works if set(taken[:count]) <= work.words]
        if fitting:
            return ends[count - 1], fitting
    if ends and words[noun + 1].folded in speech.QUALIFY:
        return ends[-1], []
    return noun + 1, list(works)


def _noun(text: str, words: Sequence[Word], at: int) -> int | None:
    """Return the number of the capitalised noun that ends a run of capitalised words."""
    for number in range(at, min(at + _LONGEST_REACH, len(words))):
        word = words[number]
        if number > at and not _one_space(text, words[number - 1], word):
            return None
        capital = word.text[0].isupper()
        if capital and word.folded.removesuffix("'s") in speech.WORKS:
            return number
        if not capital and (word.folded not in speech.SMALL or number == at):
            return None
    return None


def _complement(text: str, words: Sequence[Word], noun: int) -> tuple[list[int], list[str]]:
    """Return the capitalised words that may qualify a noun ("on Cybercrime"): ends and words."""
    ends, taken = list[int](), list[str]()
    for number in range(noun + 1, min(noun + 1 + _LONGEST_REACH, len(words))):
        word = words[number]
        if not _one_space(text, words[number - 1], word):
            break
        if word.text[0].isupper():
            taken.append(word.folded.removesuffix("'s"))
            ends.append(number + 1)
        elif word.folded not in speech.SMALL:
            break
    return ends, taken


def _one_space(text: str, left: Word, right: Word) -> bool:
    return not text[left.span.end : right.span.start].strip(" \n\u00a0-")


def narrowed(mention: Mention, last_named: Sequence[Key]) -> Mention:
    """Return a work's mention with the source that was named last, where it may mean several."""
    if mention.kind is not NameKind.WORK or len(mention.keys) < 2:
        return mention
    for key in reversed(last_named):
        if key in mention.keys:
            return replace(mention, keys=(key,))
    return mention
