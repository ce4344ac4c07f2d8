"""The elements of a style without what entries of some types and fields cannot reach.

citeproc leaves out a group that asks for fields and finds none (Citeproc.Eval.eGroup): it counts
the fields that are asked for and those that are found. So something that prints nothing still
matters where it asks, and what is left of a style says for each element what it adds to the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import chain

from pubtool.writers.csl.facts import Facts, conditions, decide, has
from pubtool.writers.csl.notes import marked_number
from pubtool.writers.csl.xml import Element, called, closed, open_tag, quoted, tag, write

NEVER = '<if type="pubtool-none" match="any">'
_ALWAYS = '<if type="pubtool-none" match="none">'


class _Asks(Enum):
    """What an element adds to the fields that were asked for and those that were found."""

    NOT = auto()
    """Nothing: a term, a word."""
    VAINLY = auto()
    """It asks, and never finds one."""
    SURELY = auto()
    """It always finds one."""
    PERHAPS = auto()
    """Not known."""


@dataclass(frozen=True)
class _Part:
    """An element as it is left."""

    xml: str
    asks: _Asks
    prints: bool = True
    """Whether it may print something."""
    plain: bool = False
    """Whether a macro that holds it alone is the same as this: one element that always asks."""


_GHOST = _Part('<text variable="pubtool-none"/>', _Asks.VAINLY, prints=False)
"""What stands for elements that print nothing since fields are empty. A group that asks for fields
in vain is not printed at all, so one that asks has to stay."""
_NOTHING = _Part("", _Asks.NOT, prints=False)


class Text:
    """The macros that are written, each text once."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def macro(self, inside: str) -> str:
        """Return the name of the macro that holds this."""
        return self._names.setdefault(inside, f"m{len(self._names)}")

    def macros(self, text: str) -> Iterator[str]:
        """Yield the macros that are called in a text, themselves or by one another."""
        bodies = {name: inside for inside, name in self._names.items()}
        wanted, seen = [text], set[str]()
        while wanted:
            for name in _CALL.findall(wanted.pop()):
                if name not in seen:
                    seen.add(name)
                    wanted.append(bodies[name])
        for name, inside in bodies.items():
            if name in seen:
                yield f"<macro name={quoted(name)}>{inside}</macro>"


_CALL = re.compile(r'<(?:text|key) [^>]*\bmacro="(m\d+)"')


class Style:
    """A style, and what is the same in it whatever is cited."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.macros = {str(part.get("name")): part for part in root if tag(part) == "macro"}
        self.notes = root.get("class") == "note"
        """Whether the style makes notes, and refers to them by number."""
        self.own_dates = any(tag(part) == "date" for part in _inside(root, "locale"))
        """Whether it says itself what a date looks like."""
        self.substitutes = frozenset(self._substitutes())
        """The fields that may be printed in the place of names, and are gone from then on."""

    def _substitutes(self) -> Iterator[str]:
        wanted = [part for part in self.root.iter() if tag(part) == "substitute"]
        seen = set[str]()
        while wanted:
            part = wanted.pop()
            for element in part.iter():
                for name in element.get("variable", "").lower().split():
                    yield from (name, f"{name}-short")
            new = set(called(part)) & self.macros.keys() - seen
            seen |= new
            wanted += (self.macros[name] for name in new)


def _inside(root: Element, name: str) -> Iterable[Element]:
    return chain.from_iterable(part.iter() for part in root if tag(part) == name)


class Cut:
    """Writes elements without what some entries cannot reach; for None nothing is known of them."""

    def __init__(self, style: Style, facts: Facts | None, text: Text) -> None:
        self._style = style
        self._facts = facts
        self._text = text
        self._mark = _Part(f'<text macro="{text.macro("")}"/>', _Asks.SURELY, prints=False)
        """What stands for elements that print nothing and keep a group: citeproc counts a macro
        that asks for nothing as a field that was found."""
        self._macros: dict[str, list[_Part]] = {}

    def layout(self, element: Element) -> str:
        """Return what a ``<layout>`` holds: each element, for what comes first counts there.

        citeproc sets what is first in the margin, and makes it a capital (Citeproc.Eval.evalItem).
        """
        return _joined(self._all(element))

    def key(self, name: str) -> str:
        """Return what a macro holds that is sorted by."""
        return _joined(part for part in self._macro(name) if part.prints)

    def is_missing(self, variables: str) -> bool:
        """Whether none of the entries has one of these fields, long or short."""
        facts = self._facts
        if facts is None:
            return False
        named = variables.lower().split()
        asked = [*named, *(f"{name}-short" for name in named)]
        return bool(named) and all(has(name, facts) is False for name in asked)

    def _finds(self, variables: str) -> bool:
        """Whether one of these fields is surely there whenever it is asked for."""
        return self._facts is not None and any(
            name in self._facts.certain and name not in self._style.substitutes
            for name in variables.lower().split()
        )

    def _cut(self, element: Element) -> _Part:
        """Return an element as it is left; ``<choose>`` is not for here."""
        match tag(element):
            case "text" | "number" | "date" | "label":
                return self._leaf(element)
            case "group":
                return self._group(element)
            case "names":
                return self._names(element)
        inside = _joined(self._parts(element))
        return _Part(closed(element, inside, open_tag(element)), _Asks.PERHAPS)

    def _leaf(self, element: Element) -> _Part:
        if element.get("macro") is not None:
            return self._call(element)
        variable = element.get("variable")
        if variable is None:
            return _Part(write(element), _Asks.NOT)
        kind = tag(element)
        if self.is_missing(variable):
            return _NOTHING if kind == "label" else _GHOST
        if self._style.notes and variable == "first-reference-note-number":
            return _Part(marked_number(element), _Asks.PERHAPS)
        if kind == "label" or variable == "year-suffix":
            return _Part(write(element), _Asks.NOT)
        sure = self._finds(variable) and (kind != "date" or self._has_year(element, variable))
        asks = _Asks.SURELY if sure else _Asks.PERHAPS
        return _Part(write(element), asks, plain=kind != "date")

    def _has_year(self, element: Element, variable: str) -> bool:
        """Whether a date surely prints one of its parts; else it takes back that it was found."""
        facts = self._facts
        return (
            element.get("form") in ("text", "numeric")
            and not self._style.own_dates
            and facts is not None
            and variable.lower() in facts.dates
        )

    def _call(self, element: Element) -> _Part:
        name = element.get("macro", "")
        if name not in self._style.macros:
            return _NOTHING
        parts = self._macro(name)
        prints = any(part.prints for part in parts)
        asks = _together(parts)
        if asks is _Asks.VAINLY:
            return _GHOST
        if not prints and asks is not _Asks.PERHAPS:
            return self._mark
        if len(parts) == 1 and parts[0].plain and len(element.attrib) == 1:
            return parts[0]
        opening = open_tag(element, {"macro": self._text.macro(_joined(parts))})
        asks = _Asks.SURELY if asks is _Asks.NOT else asks
        return _Part(closed(element, "", opening), asks, prints=prints, plain=True)

    def _macro(self, name: str) -> list[_Part]:
        if name not in self._macros:
            body = self._style.macros.get(name)
            self._macros[name] = [] if body is None else self._parts(body)
        return self._macros[name]

    def _group(self, element: Element) -> _Part:
        parts = self._parts(element)
        asks = _together(parts)
        if asks is _Asks.VAINLY:
            return _GHOST
        prints = any(part.prints for part in parts)
        if not prints and asks is not _Asks.PERHAPS:
            return self._mark if asks is _Asks.SURELY else _NOTHING
        xml = closed(element, _joined(parts), open_tag(element))
        return _Part(xml, asks, prints=prints, plain=asks is _Asks.SURELY)

    def _names(self, element: Element) -> _Part:
        variables = element.get("variable", "")
        missing = self.is_missing(variables)
        if missing and all(tag(part) != "substitute" for part in element):
            return _GHOST
        sure = self._finds(variables)
        inside, others = "", ""
        for part in element:
            if tag(part) != "substitute":
                inside += write(part)
            elif not sure:
                others = self._alternatives(part)
                # names that have nothing to stand for them are still names to compare with others
                left = others or (_GHOST.xml if len(part) else "")
                inside += closed(part, left, open_tag(part))
        vain = missing and not others
        asks = _Asks.SURELY if sure else _Asks.VAINLY if vain else _Asks.PERHAPS
        # a macro with names of which none is found is left out, even if something stands for them
        plain = sure or all(tag(part) != "substitute" for part in element)
        return _Part(closed(element, inside, open_tag(element)), asks, plain=plain)

    def _alternatives(self, element: Element) -> str:
        """Return what a ``<substitute>`` holds: the first part that prints counts, so each stays.

        A ghost is of no use there: the names that are looked for first have been asked for.
        """
        return "".join(
            self._choose_whole(part) if tag(part) == "choose" else self._substituting(part)
            for part in element
        )

    def _substituting(self, element: Element) -> str:
        part = self._cut(element)
        return part.xml if part.prints or part.asks is not _Asks.VAINLY else ""

    def _parts(self, element: Element) -> list[_Part]:
        """Return what an element holds, without what changes nothing for the others."""
        parts: list[_Part] = []
        for child in element:
            parts += self._choose(child) if tag(child) == "choose" else [self._cut(child)]
        return list(_needed(parts))

    def _all(self, element: Element) -> list[_Part]:
        """Return all that an element holds, with a ghost for each part that is left out."""
        parts: list[_Part] = []
        for child in element:
            if tag(child) != "choose":
                part = self._cut(child)
                parts.append(_GHOST if part is _NOTHING else part)
                continue
            branches = self._branches(child)
            held = [self._all(branch) for branch, _ in branches]
            if branches and branches[-1][1] and all(inside == held[0] for inside in held):
                parts += held[0]
            elif written := self._written(branches, [_joined(inside) for inside in held]):
                parts.append(_Part(f"<choose>{written}</choose>", _Asks.PERHAPS))
        return parts

    def _choose(self, element: Element) -> list[_Part]:
        """Return what is left of a ``<choose>``, or what its one branch holds."""
        branches = self._branches(element)
        held = [self._parts(branch) for branch, _ in branches]
        if branches and branches[-1][1]:
            if all(parts == held[0] for parts in held):
                return held[0]
        else:
            held.append([])
        asked = {_together(parts) for parts in held}
        asks = asked.pop() if len(asked) == 1 else _Asks.PERHAPS
        prints = any(part.prints for parts in held for part in parts)
        if not prints and asks is not _Asks.PERHAPS:
            return {_Asks.VAINLY: [_GHOST], _Asks.SURELY: [self._mark]}.get(asks, [])
        written = self._written(branches, [_joined(parts) for parts in held])
        return [_Part(f"<choose>{written}</choose>", asks, prints=prints)]

    def _choose_whole(self, element: Element) -> str:
        branches = self._branches(element)
        held = [self._parts(branch) for branch, _ in branches]
        if branches and branches[0][1]:
            inside = _joined(part for part in held[0] if part != _GHOST)
            return f"<choose>{_ALWAYS}{inside}</if></choose>" if inside else ""
        written = self._written(branches, [_joined(parts) for parts in held])
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

    def _written(self, branches: Sequence[tuple[Element, bool]], held: Sequence[str]) -> str:
        """Return branches as XML; those at the end that hold nothing are as good as none."""
        inside = list(held[: len(branches)])
        while inside and not inside[-1]:
            inside.pop()
        written = []
        for number, (xml, (branch, taken)) in enumerate(zip(inside, branches, strict=False)):
            kind = "else" if taken else "else-if" if number else "if"
            told = "" if taken else conditions(branch, self._facts)
            written.append(f"<{kind}{told}>{xml}</{kind}>")
        return "".join(written)


def _joined(parts: Iterable[_Part]) -> str:
    return "".join(part.xml for part in parts)


def _together(parts: Sequence[_Part]) -> _Asks:
    """Return what parts add together."""
    asked = {part.asks for part in parts}
    for asks in (_Asks.SURELY, _Asks.PERHAPS, _Asks.VAINLY):
        if asks in asked:
            return asks
    return _Asks.NOT


def _needed(parts: Sequence[_Part]) -> Iterator[_Part]:
    """Yield parts without those that print nothing and add nothing that matters.

    Where one surely finds a field, no other has to; else one that asks in vain is enough.
    """
    asks = _together(parts)
    found = asks is _Asks.SURELY and any(part.prints and part.asks is asks for part in parts)
    ghost = False
    for part in parts:
        if part.prints:
            yield part
        elif asks is _Asks.SURELY:
            if part.asks is asks and not found:
                found = True
                yield part
        elif part.asks is _Asks.PERHAPS:
            yield part
        elif not ghost and part.asks is _Asks.VAINLY:
            ghost = True
            yield part
