"""A title is shown with the capitals that the bibliography gives it, whatever pandoc made of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtool.readers.bibliography import read_bibliography
from pubtool.readers.title_case import in_own_case
from pubtool.system.pandoc import Pandoc

TITLES = [
    ("The Origin of Species: A Study", "The Origin of Species: A Study"),
    (r"On the Caf\'e Society \& Other Tales", "On the Café Society & Other Tales"),
    (r"The Life of M{\"u}ller -- A Memoir", "The Life of Müller – A Memoir"),
    (r"Is ``Quoting'' \emph{Really} Hard", "Is “Quoting” Really Hard"),
    (r"Letters of {\O}rsted and \AA{}s from {\L}{\'o}d{\'z}", "Letters of Ørsted and Ås from Łódź"),
    (r"The \OE uvre of {\r A}ngstr{\"o}m, Gro{\ss}", "The Œuvre of Ångström, Groß"),
    ("The Lamp: a study of light", "The Lamp: a study of light"),
    ("iPhones and {NASA} at Sea", "iPhones and NASA at Sea"),
]


def test_titles_of_a_bibliography_keep_their_capitals() -> None:
    """All kinds of LaTeX in one file, as pandoc reads it."""
    entries = [
        f"@article{{k{n}, author = {{Doe, Jane}}, title = {{{written}}}, date = {{2001}},\n"
        f"  journaltitle = {{Annals of Caf\\'e Things}}}}"
        for n, (written, _) in enumerate(TITLES)
    ]
    with Pandoc() as pandoc:
        found = read_bibliography(
            "references.bib", "\n".join(entries), pandoc.csl_json, frozenset[str]
        )
    sources = list(found.sources.values())
    assert [source.title for source in sources] == [shown for _, shown in TITLES]
    assert {source.container for source in sources} == {"Annals of Café Things"}
    assert sources[0].short_title == "The Origin of Species"
    assert sources[0].csl["title"] == "The origin of species: A study", "what CSL sets is CSL's"


def test_what_has_other_letters_stays_as_pandoc_has_it() -> None:
    assert in_own_case("a string and a title", "my # { String and a Title}") == (
        "a string and a title"
    )


@pytest.mark.parametrize("written", ["", "The"])
def test_nothing_is_invented(written: str) -> None:
    assert in_own_case("the words", written) == "the words"


@given(st.text(st.characters(exclude_characters="\\", exclude_categories=["Cs"]), max_size=30))
def test_letters_are_never_others(text: str) -> None:
    assert in_own_case(text.lower(), text).casefold() == text.lower().casefold()
    assert in_own_case(text, text) == text
