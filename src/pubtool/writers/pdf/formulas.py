"""Formulas: Typst's mathematics from TeX, by pandoc, and what a screen reader says."""

from __future__ import annotations

from typing import Any

from pubtool.model import Document, Node
from pubtool.system.pandoc import Pandoc
from pubtool.writers.ast import element
from pubtool.writers.pdf.spoken import spoken

_API = [1, 23, 1]
_BETWEEN = "\n\n#horizontalrule\n\n"


class Formulas:
    """The formulas of one document; pandoc writes all of them at once."""

    def __init__(self) -> None:
        self._found: list[tuple[Node, dict[str, Any]]] = []

    def add(self, node: Node, lang: str) -> dict[str, Any]:
        """Return what will be the formula once `write` has run; the words are in English alone."""
        kind, tex = node["c"]
        words = spoken(tex) if lang == "en" else ""
        made = {"t": "math", "display": kind["t"] == "DisplayMath", "alt": words or tex.strip()}
        self._found.append((node, made))
        return made

    def write(self, pandoc: Pandoc) -> None:
        """Write all formulas; what pandoc cannot read stays TeX, as code. Raises `PandocFailed`."""
        if not self._found:
            return
        blocks: list[Node] = []
        for node, _ in self._found:
            inline = element("Math", [{"t": "InlineMath"}, node["c"][1]])
            blocks.extend([element("Para", [inline]), {"t": "HorizontalRule"}])
        tree = Document({"pandoc-api-version": _API, "meta": {}, "blocks": blocks[:-1]})
        written = pandoc.render(tree, "typst", {"wrap_text": "wrap-none"}).strip().split(_BETWEEN)
        for (node, made), code in zip(self._found, written, strict=True):
            if len(code) > 1 and code[0] == code[-1] == "$":
                made["c"] = code[1:-1].strip()
            else:
                made.clear()
                made.update({"t": "code", "c": node["c"][1]})
