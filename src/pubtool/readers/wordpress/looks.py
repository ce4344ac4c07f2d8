"""What an element's class and style say: what it is, and how it looks.

The first is kept; the second is the page's design, and goes with a line of the ledger.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pubtool.readers.wordpress.ledger import NOTHING, Ledger
from pubtool.readers.wordpress.setting import classes_of, name_of, style_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_OF_DESIGN = re.compile(
    r"has-|is-style-|is-layout-|align(?:wide|full)$|"
    r"wp-embed-|is-type-|is-provider-|is-(?:vertically|content|stacked|nowrap|image)|columns-"
)
"""Classes that say how a block looks and not what it is."""

_OF_THE_EDITOR = re.compile(r"wp-|size-|is-resized$|alignnone$")
"""Classes that the editor makes of what is said otherwise."""


class Own(NamedTuple):
    """An element's own id and classes; ``left``, ``center`` or ``right`` where it is so aligned."""

    identifier: str
    classes: list[str]


def own_of(element: _Element, ledger: Ledger) -> Own:
    """Return what an element says of itself that is neither the editor's nor the design's."""
    style = style_of(element)
    classes: list[str] = []
    idle = {name for name in style if name not in ("text-align", "list-style-type")}
    for name in classes_of(element):
        side = re.fullmatch(r"has-text-align-(left|center|right)", name)
        if side:
            classes.append(side[1])
        elif _OF_DESIGN.match(name) or not re.fullmatch(r"[\w:.-]+", name):
            idle.add(name)
        elif not _OF_THE_EDITOR.match(name):
            classes.append(name)
    said = style.get("text-align") or (element.get("align") or "").lower()
    said = "center" if name_of(element) == "center" else said
    if said in ("center", "right"):
        classes.append(said)
    elif said in ("justify", "left"):
        idle.add({"justify": "justified", "left": "aligned left"}[said])
    if idle:
        ledger.add("style", NOTHING, f"{', '.join(sorted(idle))}: the page's design")
    return Own(element.get("id") or "", list(dict.fromkeys(classes)))
