"""Formulas as MathML, in the form that WordPress's own formulas have.

WordPress has formulas since 6.9: ``<math data-latex="…">`` in text, and a block. The element in
text is as good on older versions, which keep it as they keep any other; the block is unknown there,
so that a displayed formula is a Custom HTML block on all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pubtool.model import Document, Node
from pubtool.system.pandoc import Pandoc
from pubtool.writers.ast import collect, element
from pubtool.writers.wordpress.markup import escape_attribute

Formulas = Mapping[tuple[str, str], str]
"""MathML by pandoc's type (``InlineMath``, ``DisplayMath``) and the TeX."""

_API = [1, 23, 1]
_MATH = re.compile(r"<math[^>]*>\s*(?:<semantics>)?(.*?)(?:<annotation.*?)?</math>", re.DOTALL)
_EMPTY = re.compile(r"<(\w+)((?:\s[^<>]*?)?)\s*/>")


def write_formulas(blocks: Iterable[Node], pandoc: Pandoc) -> Formulas:
    """Return the MathML of all formulas in some blocks; those that pandoc cannot read are left out.

    Raises `PandocFailed`.
    """
    found = collect(list(blocks), frozenset({"Math"}))
    keys = list(dict.fromkeys((node["c"][0]["t"], node["c"][1]) for node in found))
    if not keys:
        return {}
    paragraphs = [element("Para", [element("Math", [{"t": kind}, tex])]) for kind, tex in keys]
    document = Document({"pandoc-api-version": _API, "meta": {}, "blocks": paragraphs})
    html = pandoc.render(document, "html5", {"html_math_method": "mathml"})
    written = [_MATH.search(part) for part in html.split("<p>")[1:]]
    return {
        key: _element(key[0], key[1], math[1])
        for key, math in zip(keys, written, strict=True)
        if math is not None
    }


def _element(kind: str, tex: str, inner: str) -> str:
    """Return the element as the editor's serializer gives it back.

    The sign ``<`` has two spellings in attributes, so TeX's own words for it are taken.
    """
    spelt = re.sub(r">\s*", r"\\gt ", re.sub(r"<\s*", r"\\lt ", tex.strip()))
    plain = re.sub(r"\s+", " ", spelt)
    display = ' display="block"' if kind == "DisplayMath" else ""
    inner = inner.replace('<mtext mathvariant="normal">', "<mtext>")  # the default; KSES drops it
    full = _EMPTY.sub(r"<\1\2></\1>", inner).replace("\u00a0", "&nbsp;").strip()
    return f'<math{display} data-latex="{escape_attribute(plain)}">{full}</math>'
