"""A style cut down to what a post's citations can reach.

citeproc reads the whole of a style for every post, and to read it takes longer than to use it: the
Chicago styles are a quarter of a megabyte, nearly all of it about types and fields that a post does
not cite. Which types and fields the cited entries have is known, so most conditions (``<if
type="…" variable="…">``) are decided before citeproc sees them, and what no longer can be reached
is left out. What is printed stays the same: `tests/writers/test_csl_slim.py` compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import Any

from pubtool.writers.csl.facts import Facts, conditions, decide, facts_of, may_have
from pubtool.writers.csl.notes import marked_number
from pubtool.writers.csl.xml import Element, closed, open_tag, parse, standing, tag, write

_NEVER = '<if type="pubtool-none" match="any">'
_ALWAYS = '<if type="pubtool-none" match="none">'

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
    told = [facts_of(entry) for entry in entries]
    facts = None
    if told:
        types = frozenset[str]().union(*(one.types for one in told))
        facts = Facts(types, frozenset[str]().union(*(one.fields for one in told)))
    return _slimmed(style, facts, lang.partition("-")[0].lower())


@lru_cache(_STYLES)
def _root(style: str) -> Element:
    return parse("csl", style.partition("?>")[2] if style.startswith("<?xml") else style)


@lru_cache(_SLIMMED)
def _slimmed(style: str, facts: Facts | None, language: str) -> str:
    root = _root(style)
    macros = {str(part.get("name")): part for part in root if tag(part) == "macro"}
    cut = _Cut(facts, macros)
    cut.notes = root.get("class") == "note"
    if _prints_year_suffix(root, macros):
        cut.first = f'<choose>{_NEVER}<text variable="year-suffix"/></if></choose>'
    parts = [cut.write(part).xml for part in root if tag(part) in ("citation", "bibliography")]
    locales = [write(part) for part in root if _speaks(part, language)]
    return standing(root, "".join([*locales, _LOCATORS, *cut.bodies.values(), *parts]))


def _speaks(part: Element, language: str) -> bool:
    """Whether a part of a style is a locale that counts in a language."""
    if tag(part) != "locale":
        return False
    said = next((value for key, value in part.items() if key.endswith("lang")), "")
    return not said or said.partition("-")[0].lower() == language


class _Kind(Enum):
    """What is known of what an element prints."""

    LIVE = auto()
    """It may print something."""
    CONSTANT = auto()
    """It prints the same for all, and asks for no field: a term, a word."""
    DEAD = auto()
    """It asks for fields, and none of the entries has one of them: it prints nothing."""
    NOTHING = auto()
    """It prints nothing, and asks for no field."""


@dataclass(frozen=True)
class _Part:
    """An element as it is left."""

    kind: _Kind
    xml: str


_GHOST = _Part(_Kind.DEAD, '<text variable="pubtool-none"/>')
"""What stands for elements that print nothing since fields are empty. A group that asks for fields
in vain is not printed at all, so one that asks has to stay."""


class _Cut:
    """Writes elements without what cannot be reached."""

    def __init__(self, facts: Facts | None, macros: Mapping[str, Element]) -> None:
        self._facts = facts
        self._macros = macros
        self._kinds: dict[str, _Kind] = {}
        self._names: dict[str, str] = {}
        """The short names that macros get; undefined ones too."""
        self.bodies: dict[str, str] = {}
        """The macros that are called."""
        self.first = ""
        """What goes into the first layout."""
        self.notes = False
        """Whether the style makes notes, and refers to them by number."""

    def write(self, element: Element) -> _Part:
        """Return an element as it is left; ``<choose>`` is not for here."""
        match tag(element):
            case "text" | "number" | "date" | "label":
                return self._leaf(element)
            case "group":
                return self._group(element)
            case "names":
                return self._names_of(element)
            case "key":
                return self._key(element)
        inside = self._joined(element)
        if tag(element) == "layout" and self.first:
            inside, self.first = self.first + inside, ""
        return _Part(_Kind.LIVE, closed(element, inside, open_tag(element)))

    def _leaf(self, element: Element) -> _Part:
        if element.get("macro") is not None:
            return self._call(element)
        if element.get("variable") is None:
            return _Part(_Kind.CONSTANT, write(element))
        if self.notes and element.get("variable") == "first-reference-note-number":
            return _Part(_Kind.LIVE, marked_number(element))
        if not self._is_missing(element):
            return _Part(_Kind.LIVE, write(element))
        return _Part(_Kind.NOTHING, "") if tag(element) == "label" else _GHOST

    def _call(self, element: Element) -> _Part:
        name = element.get("macro", "")
        if self._macro(name) is _Kind.DEAD:
            return _GHOST
        opening = open_tag(element, {"macro": self._names[name]})
        return _Part(_Kind.LIVE, closed(element, "", opening))

    def _key(self, element: Element) -> _Part:
        name = element.get("macro")
        if name is None:
            return _Part(_Kind.LIVE, write(element))
        self._macro(name)
        opening = open_tag(element, {"macro": self._names[name]})
        return _Part(_Kind.LIVE, closed(element, "", opening))

    def _macro(self, name: str) -> _Kind:
        """Return what a macro prints, having written it; one that is not there prints nothing."""
        if name not in self._names:
            self._names[name] = f"m{len(self._names)}"
            body = self._macros.get(name)
            if body is None:
                self._kinds[name] = _Kind.LIVE
                return _Kind.LIVE
            parts = self._parts(body)
            self._kinds[name] = _together(parts)
            inside = "".join(part.xml for part in parts)
            opening = open_tag(body, {"name": self._names[name]})
            self.bodies[name] = closed(body, inside, opening)
        return self._kinds[name]

    def _group(self, element: Element) -> _Part:
        parts = self._parts(element)
        kind = _together(parts)
        if kind is _Kind.DEAD:
            return _GHOST
        inside = "".join(part.xml for part in parts)
        return _Part(kind, closed(element, inside, open_tag(element)))

    def _names_of(self, element: Element) -> _Part:
        substitutes = [part for part in element if tag(part) == "substitute"]
        if not substitutes and self._is_missing(element):
            return _GHOST
        inside = "".join(
            self._alternatives(part) if tag(part) == "substitute" else write(part)
            for part in element
        )
        return _Part(_Kind.LIVE, closed(element, inside, open_tag(element)))

    def _alternatives(self, element: Element) -> str:
        """Return a ``<substitute>``: of its parts the first that prints counts, so each stays one.

        A ghost is of no use there: the names that are looked for first have been asked for.
        """
        inside = "".join(
            self._choose_whole(part) if tag(part) == "choose" else self._substituting(part)
            for part in element
        )
        return closed(element, inside, open_tag(element))

    def _substituting(self, element: Element) -> str:
        part = self.write(element)
        return "" if part.kind in (_Kind.DEAD, _Kind.NOTHING) else part.xml

    def _parts(self, element: Element) -> list[_Part]:
        """Return what an element holds: without what prints nothing, and with one ghost at most."""
        parts: list[_Part] = []
        for child in element:
            found = self._choose(child) if tag(child) == "choose" else [self.write(child)]
            parts += (part for part in found if part.kind is not _Kind.NOTHING)
        alive = [part for part in parts if part.kind is not _Kind.DEAD]
        return alive if len(alive) == len(parts) else [*alive, _GHOST]

    def _joined(self, element: Element) -> str:
        return "".join(part.xml for part in self._parts(element))

    def _choose(self, element: Element) -> list[_Part]:
        """Return what is left of a ``<choose>``, or what its one branch holds."""
        branches = self._branches(element)
        if branches and branches[0][1]:
            return self._parts(branches[0][0])
        written = self._written(branches)
        return [_Part(_Kind.LIVE, f"<choose>{written}</choose>")] if written else []

    def _choose_whole(self, element: Element) -> str:
        branches = self._branches(element)
        if branches and branches[0][1]:
            inside = "".join(part.xml for part in self._parts(branches[0][0]) if part != _GHOST)
            return f"<choose>{_ALWAYS}{inside}</if></choose>" if inside else ""
        written = self._written(branches)
        return f"<choose>{written}</choose>" if written else ""

    def _branches(self, element: Element) -> list[tuple[Element, bool]]:
        """Return the branches that can be taken, and whether each surely is (the last then)."""
        branches: list[tuple[Element, bool]] = []
        for branch in element:
            taken = True if tag(branch) == "else" else decide(branch, self._facts)
            if taken is not False:
                branches.append((branch, bool(taken)))
            if taken:
                break
        return branches

    def _written(self, branches: Sequence[tuple[Element, bool]]) -> str:
        """Return branches as XML; those at the end that hold nothing are as good as none."""
        inside = [self._joined(branch) for branch, _ in branches]
        while inside and not inside[-1]:
            inside.pop()
        written = []
        for number, (held, (branch, taken)) in enumerate(zip(inside, branches, strict=False)):
            kind = "else" if taken else "else-if" if number else "if"
            told = "" if taken else conditions(branch, self._facts)
            written.append(f"<{kind}{told}>{held}</{kind}>")
        return "".join(written)

    def _is_missing(self, element: Element) -> bool:
        """Whether none of the entries has a field that an element asks for."""
        facts = self._facts
        if facts is None:
            return False
        named = element.get("variable", "").lower().split()
        asked = [*named, *(f"{name}-short" for name in named)]
        return bool(named) and not any(may_have(name, facts) for name in asked)


def _together(parts: Sequence[_Part]) -> _Kind:
    """Return what a group of parts prints: nothing, if it asks for fields in vain."""
    kinds = {part.kind for part in parts}
    if _Kind.LIVE in kinds:
        return _Kind.LIVE
    return _Kind.DEAD if _Kind.DEAD in kinds else _Kind.CONSTANT


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
