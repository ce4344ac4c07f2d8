"""Which locale a post's citations are in, and whose language goes first."""

from __future__ import annotations

from typing import Any

import pytest

from pubtool.system.pandoc import Pandoc
from pubtool.writers.citations import resolve
from pubtool.writers.csl.locales import citing_language, locale_of
from pubtool.writers.csl.styles import read_style

GERMAN = '<style class="note" default-locale="de-DE" version="1.0">'
ANY = '<style class="note" version="1.0">'


@pytest.mark.parametrize(
    ("lang", "locale"),
    [
        ("en", "en"), ("en-US", "en-US"), ("en-GB", "en-GB"), ("en-AU", "en-GB"),
        ("en-CA", "en-CA"),
        ("de", "de"), ("de-AT", "de-AT"), ("de-LI", "de-LI"), ("DE-at", "de-AT"),
        ("pt", "pt-PT"), ("pt-BR", "pt-BR"), ("pt-AO", "pt-PT"),
        ("no", "nb-NO"), ("nb", "nb-NO"), ("gl", "gl-ES"), ("hi", "hi-IN"), ("ms", "ms-MY"),
        ("zh", "zh"), ("zh-Hant", "zh-TW"), ("zh-Hant-HK", "zh-TW"), ("zh-HK", "zh-TW"),
        ("zh-Hans-SG", "zh-CN"), ("es-HN", "es-MX"), ("es-AR", "es-AR"), ("sr-Latn", "sr"),
        ("sw", "sw"), ("en_GB", "en-GB"),
    ],
)  # fmt: skip
def test_the_locale_of_a_language(lang: str, locale: str) -> None:
    assert locale_of(lang) == locale


@pytest.mark.parametrize(
    ("lang", "marks"),
    [
        ("de-LI", "„T“"), ("de-AT", "„T“"), ("de-CH", "«T»"), ("fr-BE", "«\u202fT\u202f»"),
        ("pt", "«T»"), ("nb", "«T»"), ("zh-HK", "「T」"), ("en-AU", "‘T’"),
        ("sw", "“T”"), ("", "“T”"),
    ],
)  # fmt: skip
def test_quotation_marks_are_those_of_the_language(lang: str, marks: str, pandoc: Pandoc) -> None:
    entry = {"id": "a", "type": "article-journal", "title": "T", "container-title": "J"}
    style = read_style("chicago-notes-bibliography", None)
    written = resolve(pandoc.parse("A [@a].", "x"), [entry], style, lang, pandoc)
    said = pandoc.render(written, "plain", {}).replace("\u00a0", "\u202f")
    assert marks in said.replace(",", "").replace(".", "")


@pytest.mark.parametrize(
    ("post", "site", "style", "lang"),
    [
        ("fr", "de-DE", GERMAN, "fr"),
        ("", "fr", GERMAN, "fr"),
        ("", "en-US", GERMAN, "de-DE"),
        ("en-US", "en-US", GERMAN, "en-US"),
        ("", "en-US", ANY, "en-US"),
    ],
)
def test_the_post_s_language_goes_before_the_site_s_and_the_style_s(
    post: str, site: str, style: str, lang: str
) -> None:
    assert citing_language(post, site, style) == lang


def test_a_page_says_its_sources_in_the_post_s_language(
    post: Any, material: Any, write: Any
) -> None:
    style = "chicago-author-date"
    page = write(material(post("T [@doe2001, p. 3].", csl=style, lang="de")), "html")
    assert "„Saying" in page["a/index.html"].decode()


@pytest.mark.parametrize("lang", ["en-US", "de-DE", "fr-FR", "ja-JP", "ru-RU"])
@pytest.mark.parametrize("place", ["p. 3", "pp. 3-4", "at 3", "chap. 3", "§ 3", "¶ 3", "vol. 3"])
def test_english_words_for_places_hold_in_every_language(
    lang: str, place: str, pandoc: Pandoc
) -> None:
    """A place that is none to citeproc ends up behind the title as it is written."""
    entry = {"id": "a", "type": "book", "title": "T"}
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><citation>'
        '<layout><text variable="locator" prefix="{" suffix="}"/></layout></citation></style>'
    )
    written = resolve(pandoc.parse(f"A [@a, {place}].", "x"), [entry], style, lang, pandoc)
    assert "{3" in pandoc.render(written, "plain", {})
