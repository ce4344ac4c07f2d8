"""Makers of faithful and properly marked quotations."""

from __future__ import annotations

import re

from treatments import NEGATIONS, Made, Maker, Stuff, changed, core, dress, is_content, join, pick

from pubtool.text.meaning import is_negation, is_number


def exact(stuff: Stuff) -> Made | None:
    return Made(join(stuff.words))


def line_wrap(stuff: Stuff) -> Made | None:
    words = join(stuff.words).split(" ")
    cut = stuff.random.randrange(1, len(words))
    return Made(" ".join(words[:cut]) + "\n" + " ".join(words[cut:]))


def typographic(stuff: Stuff) -> Made | None:
    text = join(stuff.words)
    if "'" not in text and "’" not in text:
        return None
    return Made(text.replace("'", "’") if "'" in text else text.replace("’", "'"))


def final_stop(stuff: Stuff) -> Made | None:
    text = join(stuff.words).rstrip(".!?")
    return Made(text + stuff.random.choice(".,"))


def capital(stuff: Stuff) -> Made | None:
    text = join(stuff.words)
    return Made(text[0].swapcase() + text[1:]) if text[0].isalpha() and text[0] != "I" else None


def capital_bracket(stuff: Stuff) -> Made | None:
    text = join(stuff.words)
    if not text[0].isalpha() or text[0] == "I" or not text[1:2].isalpha():
        return None
    return Made(f"[{text[0].swapcase()}]{text[1:]}")


def ellipsis(mark: str, longest: int = 9) -> Maker:
    """Return a maker that leaves some words out, with a mark of this shape, and no negation."""

    def make(stuff: Stuff) -> Made | None:
        size = len(stuff.words)
        left = stuff.random.randint(1, min(longest, size - 6))
        first = stuff.random.randint(3, size - left - 3)
        hidden = {core(word).lower() for word in stuff.words[first : first + left]}
        if hidden & set(NEGATIONS.get(stuff.lang, ())):
            return None
        head = list(stuff.words[:first])
        if mark == "four":
            head[-1] = head[-1].rstrip(".,;:!?")
            return Made(f"{join(head)}. ... {join(stuff.words[first + left :])}")
        head[-1] = head[-1].rstrip(",;:")
        return Made(f"{join(head)} {mark} {join(stuff.words[first + left :])}")

    return make


def ellipsis_long(stuff: Stuff) -> Made | None:
    if len(stuff.following) < 70:
        return None
    at = stuff.random.randint(55, len(stuff.following) - 8)
    return Made(f"{join(stuff.words)} … {join(stuff.following[at : at + 7])}", extends=at + 7)


def ellipses_two(stuff: Stuff) -> Made | None:
    words = stuff.words
    if len(words) < 16:
        return None
    a = stuff.random.randint(4, len(words) - 12)
    b = stuff.random.randint(a + 6, len(words) - 5)
    if {core(w).lower() for w in (*words[a : a + 2], *words[b : b + 1])} & set(
        NEGATIONS.get(stuff.lang, ())
    ):
        return None
    return Made(f"{join(words[:a])} … {join(words[a + 2 : b])} … {join(words[b + 1 :])}")


def bracket_letter(stuff: Stuff) -> Made | None:
    number = pick(stuff, lambda w: core(w).isalpha() and len(core(w)) > 3)
    if number is None:
        return None
    word = core(stuff.words[number])
    tail = stuff.words[number][stuff.words[number].find(word) + len(word) :]
    return changed(stuff, number, f"[{word[0].swapcase()}]{word[1:]}{tail}")


def bracket_insertion(stuff: Stuff) -> Made | None:
    number = pick(stuff, is_content)
    if number is None:
        return None
    added = stuff.random.choice(("the author", "that is, the reader", "of the text", "editor's"))
    return changed(stuff, number, stuff.words[number].rstrip(",;:"), f"[{added}]")


def bracket_substitution(stuff: Stuff) -> Made | None:
    pronouns = "he she it they him them his her their its we us our".split()
    number = pick(stuff, lambda w: core(w).lower() in pronouns)
    if number is None:
        return None
    tail = re.search(r"\W*$", stuff.words[number]).group()  # type: ignore[union-attr]
    new = stuff.random.choice(("the people", "the author", "Abraham", "the maintainer"))
    return changed(stuff, number, f"[{new}]{tail}")


def bracket_ending(stuff: Stuff) -> Made | None:
    number = pick(
        stuff,
        lambda w: (
            is_content(w)
            and core(w).endswith(("ed", "ing", "eth"))
            and not (is_negation(core(w).lower()) or is_number(core(w).lower()))
        ),  # *noth[s]* is none
    )
    if number is None:
        return None
    word, new = core(stuff.words[number]), stuff.random.choice(("s", "ing", "ed"))
    stem = re.sub(r"(ed|ing|eth)$", "", word)
    if word == stem + new:
        return None
    return changed(stuff, number, dress(stuff.words[number], f"{stem}[{new}]"))


def emphasis_remark(stuff: Stuff) -> Made | None:
    text = join(stuff.words)
    choice = stuff.random.choice(("emphasis added", "emphasis mine", "italics added"))
    if stuff.random.random() < 0.5:
        return Made(f"{text} [{choice}]")
    return Made(text, remark=choice)


def nested_swapped(stuff: Stuff) -> Made | None:
    text = join(stuff.words)
    if '"' not in text or text.count('"') % 2:
        return None
    opened = re.sub(r'(^|[\s(])"', r"\1‘", text)
    return Made(opened.replace('"', "’"))


def interrupted(stuff: Stuff) -> Made | None:
    at = stuff.random.randint(2, len(stuff.words) - 2)
    first = " ".join(stuff.words[:at])
    text = f"{first} {join(stuff.words[at:])}"
    return Made(text, joints=(len(first),))


def sic_slip(stuff: Stuff) -> Made | None:
    marked = [n for n, word in enumerate(stuff.words) if word.endswith("\x00")]
    if len(marked) != 1:
        return None
    number = marked[0]
    return changed(stuff, number, stuff.words[number].rstrip("\x00"), "[sic]")


def unaccented(stuff: Stuff) -> Made | None:
    text = join(stuff.words)
    return None if text.isascii() else Made(text)
