"""Sound entries are split fast, and just as bibtexparser splits them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtool.readers import bibliography, bibtex
from pubtool.readers.bibliography import read_bibliography
from pubtool.readers.bibtex_plain import scan_plain
from pubtool.system.pandoc import Pandoc

ENTRIES = [
    "@book{k, title = {A {B} c}, year = 1901}",
    '@Book { k ,\n  Title = {A},\n  author = "A {\\"O} and B",\n}',
    '@article{a:b/c, journal = jn # " of " # {It}, month = jan, year = {1901}}\n\n',
    "@misc{k, note = {a \\{ b}, url = {http://x.org/a,b=c}}",
    "@online{ü-1, title = {é = {x}}, abstract = {a\n\nb, c = {d}}}",
]
ODD = [
    "@book{k, title = {A}, title = {B}}",
    "@book{k, title = {A} year = 1901}",
    "@book{k}",
    "@book{, title = {A}}",
    "@book(k, title = {A})",
    "@book{k, title = {A}",
    "@book{k, title = {A}} and some words",
    "@string{a = {b}}",
    "@comment{a, b = {c}}",
    "words",
    "@book{a b, title = {A}}",
]


def slowly(text: str, monkeypatch: pytest.MonkeyPatch) -> bibtex.Record:
    with monkeypatch.context() as patch:
        patch.setattr(bibtex, "scan_plain", lambda *_: None)
        return bibtex.read_records(text)


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_sound_entry_is_split_here_and_as_bibtexparser_does(
    entry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert scan_plain(entry, 0, len(entry)) is not None
    text = f"@misc{{first, title = {{T}}}}\n{entry}\n@misc{{last, title = {{T}}}}\n"
    assert bibtex.read_records(text) == slowly(text, monkeypatch)


@pytest.mark.parametrize("entry", ODD)
def test_whatever_else_is_left_to_bibtexparser(entry: str) -> None:
    assert scan_plain(entry, 0, len(entry)) is None


@given(st.text('@book{k,}="# \nytile1\\', max_size=60))
def test_both_agree_on_whatever_is_written(text: str) -> None:
    whole = f"@book{{k, title = {{T}},\n{text}\n"
    with pytest.MonkeyPatch.context() as patch:
        assert bibtex.read_records(whole) == slowly(whole, patch)


# --- Large libraries ------------------------------------------------------------------------------

LIBRARY = """@article{cited, title = {The {Lamp} of It: A study}, author = {van der Berg, Anna and
  {Harbour Board}}, journaltitle = {Review}, date = {2010-05}, pages = {1--9}}
@inproceedings{child, title = {On horns}, author = {Orme, D.}, crossref = {parent}}
@proceedings{parent, title = {Horns of It}, editor = {Rowse, A.}, date = {2001}, publisher = {P}}
@book{other, title = {M{\\"u}sic of Lamps}, author = {Jo{\\~a}o Silva and O'Brien, P.}, year = 1999,
  publisher = {P}}
"""


@pytest.fixture(scope="module")
def csl_json() -> Any:
    with Pandoc() as pandoc:
        yield pandoc.csl_json


def test_in_a_large_library_what_is_wanted_is_pandoc_s_with_its_parents(
    csl_json: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read_bibliography("r.bib", LIBRARY, csl_json)
    asked: list[str] = []

    def listening(text: str) -> list[dict[str, Any]]:
        asked.append(text)
        found: list[dict[str, Any]] = csl_json(text)
        return found

    monkeypatch.setattr(bibliography, "_FEW", 0)
    part = read_bibliography("r.bib", LIBRARY, listening, lambda: {"cited", "child"})
    assert "{other," not in "".join(asked)
    for key in ("cited", "child", "parent"):
        assert part.sources[key] == whole.sources[key]  # type: ignore[index]
    assert part.findings == whole.findings
    assert list(part.sources) == list(whole.sources)


def test_what_nobody_wants_can_be_named_all_the_same(
    csl_json: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bibliography, "_FEW", 0)
    found = read_bibliography("r.bib", LIBRARY, csl_json).sources
    whole = read_bibliography("r.bib", LIBRARY, csl_json, lambda: {"cited", "other"}).sources
    for key in ("cited", "other"):
        one, other = found[key], whole[key]  # type: ignore[index]
        assert one.title.casefold() == other.title.casefold()  # pandoc sets some in small letters
        for name in ("authors", "container", "year", "file"):
            assert getattr(one, name) == getattr(other, name)
