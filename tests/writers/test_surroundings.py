"""What the binder shows round a quotation is the same whatever ends the post's lines."""

from __future__ import annotations

import pytest

from pubtool.model import Span
from pubtool.writers.binder.entries import body_begins
from pubtool.writers.binder.surroundings import excerpt

POST = """\
---
title: Lamps
date: 2026-01-02
---

First he says: “The lamp is lit
at dusk” and goes.

Then he goes on.
"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_neither_line_ends_nor_a_byte_order_mark_are_seen(end: str, mark: str) -> None:
    text = mark + POST.replace("\n", end)
    quoted = Span(text.index("The lamp"), text.index("” and"))
    shown = excerpt(text, quoted, 240, body_begins(text))
    assert shown.before == "First he says: “"
    assert shown.words == "The lamp is lit at dusk"
    assert shown.after == "” and goes.\n\nThen he goes on."
