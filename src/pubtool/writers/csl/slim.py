"""A style cut down to what a post's citations can reach.

citeproc reads the whole of a style for every post, and to read it takes longer than to use it: the
Chicago styles are a quarter of a megabyte, nearly all of it about types and fields that a post does
not cite. Which types the cited entries are of and which fields they have is known, so most
conditions (``<if type="…" variable="…">``) are decided before citeproc sees them, for each type by
itself (`cutting`). What is printed stays the same: `tests/writers/test_csl_slim.py` compares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import methodcaller
from typing import Any

from pubtool.writers.csl.cutting import NEVER, Cut, Style, Text
from pubtool.writers.csl.facts import Facts, groups_of
from pubtool.writers.csl.xml import Element, closed, open_tag, parse, quoted, standing, tag, write

_LOCATORS = """<locale><terms>
<term name="book" form="verb"><single>bk.</single><multiple>bks.</multiple></term>
<term name="chapter" form="verb"><single>chap.</single><multiple>chaps.</multiple></term>
<term name="chapter" form="verb-short"><single>ch.</single><multiple>chs.</multiple></term>
<term name="line" form="verb"><single>line</single><multiple>lines</multiple></term>
<term name="note" form="verb"><single>note</single><multiple>notes</multiple></term>
<term name="page" form="verb"><single>p.</single><multiple>pp.</multiple></term>
<term name="page" form="verb-short"><single>at</single><multiple>pages</multiple></term>
<term name="paragraph" form="verb"><single>para.</single><multiple>paras.</multiple></term>
<term name="paragraph" form="verb-short"><single>¶</single><multiple>¶¶</multiple></term>
<term name="section" form="verb"><single>sec.</single><multiple>secs.</multiple></term>
<term name="section" form="verb-short"><single>§</single><multiple>§§</multiple></term>
<term name="verse" form="verb"><single>verse</single><multiple>verses</multiple></term>
<term name="volume" form="verb"><single>vol.</single><multiple>vols.</multiple></term>
</terms></locale>"""
"""What names a place in a post of any language, besides the language's own words.

citeproc looks for the words of the locale alone: ``p. 3`` would be no page in German. The forms of
verbs are ones that no style prints of these terms. The checker reads ``at`` as a page as well.
"""

_STYLES = 16
_SLIMMED = 256
"""What is kept: a project has a style or two, and some dozens of combinations of types."""


def slim(style: str, entries: Iterable[Mapping[str, Any]], lang: str) -> str:
    """Return the part of a style that can matter for these entries of CSL JSON in this language.

    Where there is no entry at all, only languages are left out.
    """
    return _slimmed(style, groups_of(entries), lang.partition("-")[0].lower())


@lru_cache(_STYLES)
def _read(style: str) -> Style:
    return Style(parse("csl", style.partition("?>")[2] if style.startswith("<?xml") else style))


@lru_cache(_SLIMMED)
def _slimmed(style: str, groups: tuple[Facts, ...], language: str) -> str:
    whole = _read(style)
    text = Text()
    slimmer = _Slimmer(groups, [Cut(whole, facts, text) for facts in groups or (None,)], text)
    if _prints_year_suffix(whole.root, whole.macros):
        slimmer.first = f'<choose>{NEVER}<text variable="year-suffix"/></if></choose>'
    parts = [slimmer.part(part) for part in whole.root if tag(part) in ("citation", "bibliography")]
    locales = [write(part) for part in whole.root if _speaks(part, language)]
    macros = text.macros("".join(parts))
    return standing(whole.root, "".join([*locales, _LOCATORS, *macros, *parts]))


class _Slimmer:
    """Puts together what is left of a style for each group of entries."""

    def __init__(self, groups: Sequence[Facts], cuts: Sequence[Cut], text: Text) -> None:
        self._groups = groups
        self._cuts = cuts
        self._text = text
        self.first = ""
        """What goes into the first layout."""

    def part(self, element: Element) -> str:
        """Return a ``<citation>`` or ``<bibliography>``."""
        return closed(element, "".join(map(self._child, element)), open_tag(element))

    def _child(self, element: Element) -> str:
        if tag(element) == "sort":
            return closed(element, "".join(self._keys(element)), open_tag(element))
        if tag(element) != "layout":
            return write(element)
        inside = self.first + self._each(methodcaller("layout", element))
        self.first = ""
        return closed(element, inside, open_tag(element))

    def _keys(self, element: Element) -> list[str]:
        """Return what is sorted by, without what is the same for all.

        The first stays, for more depends on it: an entry that is missing comes last only by a macro
        (Citeproc.Eval.compSortKeyValue), and numbers go the way it goes.
        """
        keys: list[str] = []
        by_macro = False
        for key in element:
            macro = key.get("macro")
            if macro is None:
                variable = key.get("variable", "")
                if not keys or not all(cut.is_missing(variable) for cut in self._cuts):
                    keys.append(write(key))
                continue
            inside = self._each(methodcaller("key", macro))
            if inside or not by_macro:
                called = self._text.macro(inside)
                keys.append(closed(key, "", open_tag(key, {"macro": called})))
            by_macro = by_macro or len(keys) == 1
        return keys

    def _each(self, write: Callable[[Cut], str]) -> str:
        """Return what is left for each group: where it is not the same, by their types."""
        written = [write(cut) for cut in self._cuts]
        if len(set(written)) == 1:
            return written[0]
        *told, last = zip(self._groups, written, strict=True)
        branches = [
            f"<if type={quoted(' '.join(sorted(facts.types)))}>{inside}</if>"
            for facts, inside in told
        ]
        return "<choose>" + "".join(branches) + f"<else>{last[1]}</else></choose>"


def _speaks(part: Element, language: str) -> bool:
    """Whether a part of a style is a locale that counts in a language."""
    if tag(part) != "locale":
        return False
    said = next((value for key, value in part.items() if key.endswith("lang")), "")
    return not said or said.partition("-")[0].lower() == language


def _prints_year_suffix(root: Element, macros: Mapping[str, Element]) -> bool:
    """Whether a style says where the year's letter goes (1859a); citeproc decides if it does not.

    As Citeproc.Style.hasYearSuffixVariable looks for it: not inside names and dates.
    """
    seen: set[str] = set()

    def prints(element: Element) -> bool:
        if tag(element) == "text":
            macro = element.get("macro", "")
            if macro in macros and macro not in seen:
                seen.add(macro)
                return any(map(prints, macros[macro]))
            return element.get("variable") == "year-suffix"
        if tag(element) in ("group", "choose", "if", "else-if", "else"):
            return any(map(prints, element))
        return False

    layouts = (layout for part in root for layout in part if tag(layout) == "layout")
    return any(prints(element) for layout in layouts for element in layout)
