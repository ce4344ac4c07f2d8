"""Makers of quotations that must not pass."""

from __future__ import annotations

import re
from collections.abc import Callable

from treatments import (
    AUXILIARIES,
    FUNCTION,
    MODALS,
    MONTHS,
    NEGATIONS,
    NUMBERS,
    SPELLINGS,
    Made,
    Maker,
    Stuff,
    changed,
    core,
    inner,
    is_content,
    join,
    pick,
    put,
)


def changed_word(stuff: Stuff) -> Made | None:
    number = pick(stuff, is_content)
    return put(stuff, number, stuff.random.choice(stuff.vocabulary))


def changed_function(stuff: Stuff) -> Made | None:
    number = pick(stuff, lambda w: core(w).lower() in FUNCTION)
    return put(stuff, number, stuff.random.choice(FUNCTION))


def inflected(stuff: Stuff) -> Made | None:
    number = pick(stuff, is_content)
    if number is None:
        return None
    word = core(stuff.words[number])
    return put(stuff, number, word[:-1] if word.endswith("s") else word + "s")


def negation_dropped(stuff: Stuff) -> Made | None:
    number = pick(stuff, lambda w: w.lower() in NEGATIONS.get(stuff.lang, ()))
    return None if number is None else changed(stuff, number)


def negation_added(stuff: Stuff) -> Made | None:
    number = pick(stuff, lambda w: w.lower() in AUXILIARIES.get(stuff.lang, ()))
    if number is None:
        return None
    return changed(stuff, number, stuff.words[number], NEGATIONS[stuff.lang][0])


def modal_changed(stuff: Stuff) -> Made | None:
    number = pick(stuff, lambda w: core(w).lower() in MODALS)
    return put(stuff, number, stuff.random.choice(MODALS))


def number_changed(stuff: Stuff) -> Made | None:
    number = pick(
        stuff, lambda w: core(w).lower() in NUMBERS or re.fullmatch(r"\d{1,4}", core(w)) is not None
    )
    if number is None:
        return None
    word = core(stuff.words[number])
    if word.isdigit():
        return put(stuff, number, str(int(word) + stuff.random.choice((1, 2, 10))))
    return put(stuff, number, stuff.random.choice(NUMBERS))


def date_changed(stuff: Stuff) -> Made | None:
    number = pick(
        stuff,
        lambda w: core(w) in MONTHS or re.fullmatch(r"1[5-9]\d\d|20[0-2]\d", core(w)) is not None,
    )
    if number is None:
        return None
    word = core(stuff.words[number])
    new = str(int(word) + 3) if word.isdigit() else stuff.random.choice(MONTHS)
    return put(stuff, number, new)


def name_changed(stuff: Stuff) -> Made | None:
    number = pick(
        stuff,
        lambda w: core(w) in stuff.names,
    )
    return put(stuff, number, stuff.random.choice(stuff.names))


def word_added(stuff: Stuff) -> Made | None:
    number = stuff.random.choice(inner(stuff))
    new = stuff.random.choice(stuff.vocabulary)
    return changed(stuff, number, stuff.words[number], new)


def word_left_out(stuff: Stuff) -> Made | None:
    number = pick(stuff, lambda w: core(w).isalpha())
    if number is None:
        return None
    return changed(stuff, number)


def phrase_left_out(stuff: Stuff) -> Made | None:
    size = stuff.random.randint(2, max(2, len(stuff.words) // 4))
    at = stuff.random.randint(2, len(stuff.words) - size - 2)
    return Made(join([*stuff.words[:at], *stuff.words[at + size :]]))


def swapped(stuff: Stuff) -> Made | None:
    words = list(stuff.words)
    at = stuff.random.randrange(0, len(words) - 1)
    if core(words[at]).lower() == core(words[at + 1]).lower():
        return None
    words[at : at + 2] = words[at + 1], words[at]
    return Made(join(words))


def spelling_changed(stuff: Stuff) -> Made | None:
    number = pick(stuff, lambda w: core(w).lower() in SPELLINGS, ends=True)
    if number is None:
        return None
    return put(stuff, number, SPELLINGS[core(stuff.words[number]).lower()])


def joined(stuff: Stuff) -> Made | None:
    if len(stuff.following) < 20:
        return None
    at = stuff.random.randint(8, len(stuff.following) - 7)
    return Made(f"{join(stuff.words)} {join(stuff.following[at : at + 6])}", extends=at + 6)


def ellipsis_backwards(stuff: Stuff) -> Made | None:
    cut = len(stuff.words) // 2
    return Made(f"{join(stuff.words[cut:])} … {join(stuff.words[:cut])}")


def ellipsis_hides_not(stuff: Stuff) -> Made | None:
    number = pick(stuff, lambda w: w.lower() in NEGATIONS.get(stuff.lang, ()))
    if number is None or not 3 <= number <= len(stuff.words) - 4:
        return None
    return changed(stuff, number, "…")


def bracketed_negation(stuff: Stuff) -> Made | None:
    number = pick(stuff, lambda w: w.lower() in AUXILIARIES.get(stuff.lang, ()))
    if number is None:
        return None
    return changed(stuff, number, stuff.words[number], f"[{NEGATIONS[stuff.lang][0]}]")


def sic_own_slip(stuff: Stuff) -> Made | None:
    """Blame the source for a slip of the post's."""
    number = pick(stuff, lambda w: is_content(w) and w.isalpha() and len(w) >= 6)
    if number is None:
        return None
    word = stuff.words[number]
    at = stuff.random.randint(1, len(word) - 3)
    wrong = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return None if wrong == word else changed(stuff, number, wrong, "[sic]")


def sic_false(stuff: Stuff) -> Made | None:
    number = pick(stuff, lambda w: is_content(w) and w.isalpha())
    return None if number is None else changed(stuff, number, stuff.words[number], "[sic]")


def more(first: Maker, second: Callable[[str], str]) -> Maker:
    """Return a maker that changes something harmless besides."""

    def make(stuff: Stuff) -> Made | None:
        made = first(stuff)
        return Made(second(made.text)) if made else None

    return make


def stop(text: str) -> str:
    """Close the quotation with a full stop."""
    return text.rstrip(".!?") + "."


def hyphen(text: str) -> str:
    """Put a soft hyphen into a word."""
    return re.sub(r"(?<=\b[a-z]{4})(?=[a-z]{3})", "\u00ad", text, count=1)


def curly(text: str) -> str:
    """Set curly marks, one of them inside."""
    return "“" + text.replace("'", "’")
