"""Labelled quotations of a corpus: exact, one word changed, with an ellipsis, absent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from random import Random

from corpus import Corpus

SHARES = {"exact": 0.35, "one word changed": 0.25, "ellipsis": 0.15, "absent": 0.25}
_UNFIT = re.compile(r"[\"“”„»«\[\]()…<>*_`$~^|\\@#{}&%=+\f]|\.\.|--|-$|^\W+$|^['‘’]|['‘’]$|:$|\d")
_NEGATION = re.compile(r"^(?:not|no|never|nor|neither|cannot|unless|except|\w+n't)\W*$", re.I)
_RUN = 5
"""Words in a row of an absent passage that must stand nowhere in the corpus."""


@dataclass(frozen=True)
class Labelled:
    """A quotation with its label."""

    label: str
    text: str
    cited: str
    """The key that it cites; of an absent one that of some source."""

    def data(self) -> dict[str, str]:
        """Return it as JSON has it."""
        return asdict(self)


def sample(corpus: Corpus, count: int, seed: int) -> list[Labelled]:
    """Return `count` quotations in mixed order."""
    random = Random(f"{seed} quotations")
    vocabulary = _vocabulary(corpus, random)
    made: list[Labelled] = []
    for label, share in SHARES.items():
        if label == "absent":
            made += _absent(corpus, round(share * count), random)
        else:
            made += _present(corpus, label, round(share * count), vocabulary, random)
    random.shuffle(made)
    return made


def sample_for_posts(
    corpus: Corpus, absent: Sequence[Labelled], count: int, seed: int
) -> list[Labelled]:
    """Return quotations for posts, no two alike but the absent ones, which are used again.

    To prove a passage absent takes a scan of the corpus: too long for thousands.
    """
    random = Random(f"{seed} posts")
    vocabulary = _vocabulary(corpus, random)
    made = list(islice(cycle(absent), round(SHARES["absent"] * count)))
    for label in ("exact", "one word changed", "ellipsis"):
        made += _present(corpus, label, round(SHARES[label] * count), vocabulary, random)
    random.shuffle(made)
    return made


def _present(
    corpus: Corpus, label: str, count: int, vocabulary: list[str], random: Random
) -> Iterator[Labelled]:
    while count:
        key, text = random.choice(corpus.texts)
        least = 16 if label == "ellipsis" else 5
        words = _passage(text, random, least)
        quoted = _treat(words, label, vocabulary, random) if words else ""
        if quoted:
            count -= 1
            yield Labelled(label, quoted, key)


def _treat(words: list[str], label: str, vocabulary: list[str], random: Random) -> str:
    """Return the quotation; an empty one where the passage does not lend itself."""
    if label == "one word changed":
        at = random.randrange(1, len(words) - 1)
        new = random.choice(vocabulary)
        if not words[at].isalpha() or words[at].lower() == new:
            return ""
        words = [*words[:at], new, *words[at + 1 :]]
    elif label == "ellipsis":
        at = random.randint(4, len(words) - 9)
        left = random.randint(2, 5)
        if any(_NEGATION.match(word) for word in words[at : at + left]):
            return ""
        return f"{' '.join(words[:at]).rstrip('.,;')} … {' '.join(words[at + left :])}"
    return " ".join(words)


def _absent(corpus: Corpus, count: int, random: Random) -> Iterator[Labelled]:
    """Yield passages of the documents held back of which no five words in a row stand anywhere."""
    texts = [" ".join(text.lower().split()) for _, text in corpus.texts]
    while count:
        words = _passage(random.choice(corpus.held_back), random, 5)
        lower = [word.lower() for word in words]
        runs = [" ".join(lower[n : n + _RUN]) for n in range(0, len(words) - _RUN + 1, _RUN)]
        if words and not any(run in text for run in runs for text in texts):
            count -= 1
            yield Labelled("absent", " ".join(words), random.choice(corpus.texts)[0])


def _passage(text: str, random: Random, least: int) -> list[str]:
    """Return 5 to 40 words in a row, a quarter of them under 8; none where they are not prose."""
    most = 7 if random.random() < 0.25 and least < 8 else 40
    size = random.randint(max(least, 5 if most == 7 else 8), most)
    at = random.randrange(max(1, len(text) - 400))
    stretch = text[at : at + 600]
    if "\n\n" in stretch.strip()[: size * 5] or re.search(r"\S {3,}\S", stretch):
        return []
    words = stretch.split()[1 : size + 1]
    if len(words) < size or any(_UNFIT.search(word) for word in words):
        return []
    words[-1] = words[-1].rstrip(",;:")
    return words if sum(word.isalpha() for word in words) >= 0.7 * size else []


def _vocabulary(corpus: Corpus, random: Random) -> list[str]:
    words: set[str] = set()
    for _, text in random.sample(corpus.texts, min(20, len(corpus.texts))):
        words.update(re.findall(r"\b[a-z]{5,12}\b", text[:50_000]))
    return sorted(words)
