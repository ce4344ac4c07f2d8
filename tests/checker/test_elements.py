"""What a quotation is made of: every shape of ellipsis, bracket and remark."""

from __future__ import annotations

import pytest

from pubtool.checker.elements import Elements, take_text_apart

ELLIPSES = [
    "lit … dusk",
    "lit... dusk",
    "lit ... dusk",
    "lit . . . dusk",
    "lit .... dusk",
    "lit. . . . dusk",
    "lit …. dusk",
    "lit [...] dusk",
    "lit […] dusk",
    "lit [. . .] dusk",
    "lit (...) dusk",
    "lit (…) dusk",
    "lit * * * dusk",
    "lit…dusk",
    "lit\n...\ndusk",
]


@pytest.mark.parametrize("text", ELLIPSES)
def test_a_shape_of_ellipsis(text: str) -> None:
    assert describe(text) == "lit … dusk"


SHAPES = [
    # Letters within a word
    ("[T]he lamp", "~the lamp"),
    ("traffick[ers] know", "~traffickers know"),
    ("t[he] lamp", "~the lamp"),
    ("lamp[s]", "~lamps"),
    ("[h]er[s]", "~hers"),
    ("lamp[] out", "~lamp out"),
    ("consider[ ] the lamp", "~consider the lamp"),
    ("consider[ ], the lamp", "~consider the lamp"),
    ("lit [… S]uddenly", "lit … ~suddenly"),
    ("[...s]uddenly dark", "… ~suddenly dark"),
    ("lit [. . . a] horn", "lit [a] horn"),
    # Whole words
    ("the [elder keeper] reads", "the [elder keeper] reads"),
    ("[The] keeper", "[the] keeper"),
    ("the keeper []", "the keeper []"),
    ("[the keeper]", "[the keeper]"),
    ("he [, Rowse,] reads", "he [rowse] reads"),
    ("the [elder […] keeper] reads", "the [elder keeper] reads"),
    # Words about the text
    ("recieve [sic] oil", "recieve sic oil"),
    ("recieve (sic) oil", "recieve sic oil"),
    ("recieve [*sic*] oil", "recieve sic oil"),
    ("recieve [Sic!] oil", "recieve sic oil"),
    ("the lamp [emphasis added] burns", "the lamp burns remark"),
    ("the lamp (emphasis mine) burns", "the lamp burns remark"),
    ("the lamp [citations omitted]", "the lamp remark"),
    ("the lamp [internal quotation marks omitted]", "the lamp remark"),
    ("the lamp [emphasis in the original]", "the lamp remark"),
    ("the lamp [my translation]", "the lamp remark"),
    ("the lamp (citation) burns", "the lamp citation burns"),
    (
        "the lamp (internal affairs of the board) burns",
        "the lamp internal affairs of the board burns",
    ),
    # Dots at an end
    ("… the lamp", "… the lamp"),
    ("the lamp …", "the lamp …"),
    ("the lamp ….", "the lamp …"),
    # What is none of these
    ("the lamp. The horn", "the lamp the horn"),
    ("at 3.50 p.m.", "at 3.50 p m"),
    ("a sickly (sicker) lamp", "a sickly sicker lamp"),
    ("the (elder) keeper", "the elder keeper"),
    ("an unclosed [bracket", "an unclosed bracket"),
    ("a .. b", "a b"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), SHAPES)
def test_a_text_taken_apart(text: str, expected: str) -> None:
    assert describe(text) == expected


@pytest.mark.parametrize("text", [*ELLIPSES, *(text for text, _ in SHAPES)])
def test_elements_stand_where_they_say_and_in_order(text: str) -> None:
    elements = take_text_apart(text)
    spans = [word.span for word in elements.words]
    assert spans == sorted(spans)
    for word in elements.words:
        written = text[word.span.start : word.span.end]
        assert written.replace("[", "").replace("]", "").strip() == word.text
    for group in elements.groups:
        assert text[group.span.start] == "["
        assert text[group.span.end - 1] == "]"
    for gap in elements.gaps:
        assert not any(gap.span.overlaps(span) for span in spans)


FRAGMENTS = [
    ("a b c", [(0, 3)]),
    ("a … b c", [(0, 1), (1, 3)]),
    ("… a b …", [(0, 2)]),
    ("a … … b", [(0, 1), (1, 2)]),
    ("a … [b] … c", [(0, 1), (1, 3)]),
    ("[a] … [b] … c … d [e] … [f]", [(0, 3), (3, 6)]),
    ("[a] … [b]", [(0, 2)]),
    ("…", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), FRAGMENTS)
def test_the_fragments_between_ellipses(text: str, expected: list[tuple[int, int]]) -> None:
    fragments = take_text_apart(text).fragments
    assert [(fragment.start, fragment.stop) for fragment in fragments] == expected


PATTERNS = [
    ("[T]he", ["the", "he"], ["she", "then", "lamp"]),
    ("[H]is", ["his", "is"], ["this"]),
    ("[s]he", ["he", "she"], ["the"]),
    ("[]ever", ["never", "ever"], ["wherever"]),
    ("traffick[ers]", ["trafficking", "trafficker", "traffick"], ["traffic", "untrafficking"]),
    ("cr[ied]", ["cry", "cries", "crying"], ["crocodile"]),
    ("beg[an]", ["begins", "beginning"], ["begrudgingly"]),
    ("l[oves]", ["love", "loving"], ["light", "lantern"]),
    ("[un]til", ["til", "until"], ["tilled"]),
    ("lamp[]", ["lamps", "lamp"], ["lam"]),
]


@pytest.mark.parametrize(("text", "fitting", "others"), PATTERNS)
def test_letters_in_brackets_fit_some_words_of_the_source(
    text: str, fitting: list[str], others: list[str]
) -> None:
    pattern = take_text_apart(text).words[0].pattern
    assert pattern is not None
    assert [word for word in [*fitting, *others] if pattern.fullmatch(word)] == fitting


def test_a_long_text_of_brackets_is_read_in_linear_time() -> None:
    assert len(take_text_apart("[" * 20_000 + "a" + "." * 20_000).words) == 1


def describe(text: str) -> str:
    """Return the elements in one line; remarks at the end, since they have no place among words."""
    return " ".join(_tokens(take_text_apart(text)))


def _tokens(elements: Elements) -> list[str]:
    tokens = []
    for number in range(len(elements.words) + 1):
        tokens += ["sic" for at, _ in elements.sics if at == number]
        tokens += ["…" for gap in elements.gaps if gap.before == number]
        tokens += ["[]" for group in elements.groups if group.first == group.end == number]
        if number < len(elements.words):
            tokens.append(_word(elements, number))
    return [*tokens, *("remark" for _ in elements.remarks)]


def _word(elements: Elements, number: int) -> str:
    word = elements.words[number]
    groups = [group for group in elements.groups if group.first < group.end]
    before = "[" if any(group.first == number for group in groups) else ""
    after = "]" if any(group.end == number + 1 for group in groups) else ""
    return f"{before}{'~' if word.pattern else ''}{word.folded}{after}"
