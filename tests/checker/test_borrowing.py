"""Unmarked borrowing (Q501): which runs of the post's own prose are reported, and where exactly."""

from __future__ import annotations

import pytest

from pubtool.checker.check import check_post
from pubtool.checker.conventions import CONVENTIONS
from pubtool.checker.evidence import Library
from pubtool.checker.index import build_index
from pubtool.model import Bibliography, Finding, Key, Source, SourceText
from pubtool.readers.post import read_post
from pubtool.readers.sources.structure import find_structure
from pubtool.system.pandoc import Pandoc

RULES = """Article 1

The keeper shall light the lamp at dusk, trim it before midnight, and put it out when the sun is
clear of the water; he may sleep in the hours between, if the deputy wakes.

Article 2

Every ship that passes is entered in the journal with the hour, the wind and the colour of her flag.

Article 3

Without prejudice to the rights of the harbour master, any dispute on oil is decided by the board.

Article 4

Without prejudice to the rights of the harbour master, any dispute on wicks is decided by no one.

Article 5

The board has Ada Quill, Bertil Orme, Cecily Rowse, Dunstan Pike, Edda Marsh and Finn Harrow.
"""
LAMP = "light the lamp at dusk, trim it before midnight, and put it out when the sun is clear"
JAPANESE = (
    "灯台守は夕暮れに灯をともし、霧が深くなると角笛を吹く。通りかかる船は旗を振って挨拶する。"
)
GERMAN = "Der Wärter zündet die Lampe in der Dämmerung an und bläst bei Nebel das Horn."


def borrowed(
    pandoc: Pandoc, post: str, title: str = "Rules", **texts: str
) -> list[tuple[str, str]]:
    """Return the words of each finding as the file has them, and its message."""
    texts = texts or {"rules": RULES}
    sources = [
        SourceText(Key(key), text, landmarks=tuple(find_structure(text, lone_items=False)))
        for key, text in texts.items()
    ]
    entries = {text.key: Source(text.key, "document", title) for text in sources}
    library = Library(Bibliography("references.bib", entries), build_index(sources), {})
    read = read_post("posts/post.md", post, pandoc.parse(post, "posts/post.md"))
    found = check_post(read, library, CONVENTIONS["chicago"]).findings
    return [(_words(post, one), one.message) for one in found if one.code == "Q501"]


def _words(post: str, finding: Finding) -> str:
    return post[finding.span.start : finding.span.end]


def test_the_whole_run_is_reported_once_with_its_source_and_locator(pandoc: Pandoc) -> None:
    ((words, message),) = borrowed(pandoc, f"I promised to {LAMP}, and I did.\n")
    assert words == LAMP
    assert message == "these 18 words stand in [@rules, art. 1], but in no quotation marks"


@pytest.mark.parametrize(
    "words",
    [
        LAMP.upper(),
        LAMP.replace(",", ""),
        LAMP.replace(" ", "\n"),
        LAMP.replace("midnight", "*midnight*"),
        LAMP.replace("lamp at", "lamp [@rules] at"),
        LAMP.replace("midnight", "noon"),
        LAMP.replace("midnight", "the midnight"),
        LAMP.replace("before ", ""),
    ],
    ids="capitals points lines emphasis citation changed added left-out".split(),
)
def test_typography_and_one_word_in_twelve_do_not_hide_it(pandoc: Pandoc, words: str) -> None:
    ((found, _),) = borrowed(pandoc, f"I promised to {words}, and I did.\n")
    assert found == words


def test_a_message_says_how_many_words_were_changed(pandoc: Pandoc) -> None:
    post = f"I promised to {LAMP.replace('midnight', 'noon')}.\n"
    assert ", one word changed, but in no quotation marks" in borrowed(pandoc, post)[0][1]


@pytest.mark.parametrize(
    "post",
    [
        f"He shall “{LAMP}” [@rules].",
        f"> {LAMP} [@rules]",
        f"# {LAMP}",
        f"`{LAMP}`",
        "He must light the lamp at dusk and trim it.",
        "To light a lamp by dusk, trimming it before midnight and putting it out with the sun.",
        "He must light lamps at dusk, trim them before midnight, and put them out when it is day.",
        "This is without prejudice to the rights of the harbour master, any dispute on it aside.",
        "They were Ada Quill, Bertil Orme, Cecily Rowse, Dunstan Pike, Edda Marsh and Finn Harrow.",
        "“Every ship that passes is entered” [@rules] in the journal with the hour.",
    ],
    ids=(
        "quotation block-quote heading code short paraphrase two-in-twelve formula names "
        "rest-of-a-quotation"
    ).split(),
)
def test_what_is_marked_short_changed_or_common_is_no_borrowing(pandoc: Pandoc, post: str) -> None:
    assert borrowed(pandoc, f"{post}\n") == []


def test_the_title_of_an_entry_is_no_borrowing(pandoc: Pandoc) -> None:
    title = "every ship that passes is entered in the journal with the hour"
    post = f"He read about how {title}.\n"
    assert len(borrowed(pandoc, post)) == 1
    assert borrowed(pandoc, post, title=title) == []


def test_a_formula_of_three_sources_is_no_borrowing_but_a_long_passage_is(pandoc: Pandoc) -> None:
    formula = "done at the lighthouse in one copy whose texts are equally authentic"
    texts = {key: f"{formula}, {key}. {RULES}" for key in ("one", "two", "three")}
    assert borrowed(pandoc, f"It was {formula}.\n", **texts) == []
    longer = f"{LAMP} of the water; he may sleep in the hours between"
    assert len(borrowed(pandoc, f"He must {longer}.\n", **texts)) == 1


def test_what_says_nothing_hides_nothing_that_does(pandoc: Pandoc) -> None:
    """A formula of many places is looked at in a few, and the words behind it all the same."""
    formula = "without prejudice to the rights of the harbour master and of the board, any dispute"
    texts = {f"k{n:02}": f"{formula} on oil {n}. " * 30 for n in range(30)} | {"rules": RULES}
    ((words, message),) = borrowed(pandoc, f"This is {formula}. {LAMP}.\n", **texts)
    assert words.endswith(LAMP)
    assert "[@rules" in message


def test_a_passage_of_two_sources_is_reported_once(pandoc: Pandoc) -> None:
    ((_, message),) = borrowed(pandoc, f"I will {LAMP}.\n", b=RULES, a=RULES)
    assert "[@a, art. 1]" in message


def test_two_runs_are_two_findings(pandoc: Pandoc) -> None:
    second = "ship that passes is entered in the journal with the hour, the wind and the colour"
    found = borrowed(pandoc, f"I will {LAMP}.\n\nNo {second} of paint!\n")
    assert [words for words, _ in found] == [LAMP, second + " of"]


def test_notes_and_lists_are_prose_too(pandoc: Pandoc) -> None:
    post = f"One.[^1]\n\n- I will {LAMP}.\n\n[^1]: They {LAMP}.\n"
    assert [words for words, _ in borrowed(pandoc, post)] == [LAMP, LAMP]


@pytest.mark.parametrize(
    ("text", "post", "expected"),
    [
        (JAPANESE, f"昔から{JAPANESE[:-1]}と言う。", [JAPANESE[:-1]]),
        (JAPANESE, "昔から灯台守は夕暮れに灯台に行く。", []),
        (GERMAN, f"Ich weiß: {GERMAN}", [GERMAN[:-1]]),
    ],
    ids=["Japanese", "Japanese, short", "German nouns are no names"],
)
def test_other_languages(pandoc: Pandoc, text: str, post: str, expected: list[str]) -> None:
    assert [words for words, _ in borrowed(pandoc, f"{post}\n", s=text)] == expected


def test_waivers_hold_for_the_prose_that_they_stand_before_or_on(pandoc: Pandoc) -> None:
    comment = "<!-- pubtool: waive Q501 -- every rule says so -->"
    for post in (
        f"{comment}\n\nI will {LAMP}.\n",
        f'I will [{LAMP}]{{waive="Q501" reason="every rule says so"}}.\n',
        f'::: {{waive="Q501" reason="every rule says so"}}\nI will {LAMP}.\n:::\n',
    ):
        assert borrowed(pandoc, post) == []
    assert len(borrowed(pandoc, f"{comment}\n\nOne.\n\nI will {LAMP}.\n")) == 1


def test_a_long_repetitive_post_is_read_in_one_go(pandoc: Pandoc) -> None:
    """Each of many copies is found, and no run grows from one copy into the next."""
    post = "\n\n".join(f"I will {LAMP}." for _ in range(40)) + "\n"
    assert [words for words, _ in borrowed(pandoc, post)] == [LAMP] * 40
