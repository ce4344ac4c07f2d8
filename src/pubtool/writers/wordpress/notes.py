"""The notes of a post, in the two ways that WordPress can have them.

``core`` is WordPress's own block (since 6.3): the words stand in the post's ``footnotes`` field and
the text holds a reference each. The editor numbers the references that it finds in rich text and
drops from the field what none of these refers to, so a note never refers to another one, and what
is cited twice is there twice: one id with two references would be listed twice by the editor.

A list needs no field: for text that is pasted, for old sites, and within a Custom HTML block, whose
references the editor does not see.
"""

from __future__ import annotations

import json
import uuid
from typing import Protocol

from pubtool.writers.wordpress.markup import comment

_NAMESPACE = uuid.UUID("6f1c2e0e-2b8f-5f5a-9a55-6a1d0a9a7c11")
"""Ours alone: a note's id is the uuid5 of its post and its words in this namespace."""


class Notes(Protocol):
    """Takes notes as they come."""

    def refer(self, content: str) -> str:
        """Add a note, HTML without a block element, and return the reference to it."""


class CoreNotes:
    """The notes of one post as WordPress's own.

    The server reads the field as one line of JSON with the keys ``content`` and ``id`` in this
    order (block-library/src/footnotes/index.php).
    """

    def __init__(self, slug: str) -> None:
        self._slug = slug
        self._notes: list[dict[str, str]] = []

    def __len__(self) -> int:
        return len(self._notes)

    def refer(self, content: str) -> str:
        """Add a note and return the reference to it."""
        same = sum(note["content"] == content for note in self._notes)
        identifier = _identifier(f"{self._slug}\n{same}\n{content}")
        self._notes.append({"content": content, "id": identifier})
        number = len(self._notes)
        return (
            f'<sup data-fn="{identifier}" class="fn">'
            f'<a href="#{identifier}" id="{identifier}-link">{number}</a></sup>'
        )

    def meta(self) -> str:
        """Return the value of the ``footnotes`` field; empty where there is no note."""
        return json.dumps(self._notes, ensure_ascii=False) if self._notes else ""


class ListedNotes:
    """Notes that stand as a list in the content itself, numbered or lettered."""

    def __init__(self, slug: str, *, letters: str = "") -> None:
        """`letters`: where the notes are of one block alone, what tells them from other blocks'."""
        self._slug = slug
        self._letters = letters
        self._notes: list[tuple[str, str]] = []

    def __len__(self) -> int:
        return len(self._notes)

    def refer(self, content: str) -> str:
        """Add a note and return the reference to it."""
        same = sum(words == content for _, words in self._notes)
        identifier = _identifier(f"{self._slug}\n{self._letters}\n{same}\n{content}")[:13]
        self._notes.append((identifier, content))
        number = len(self._notes)
        sign = _letter(number) if self._letters else str(number)
        return f'<sup><a href="#fn-{identifier}" id="ref-{identifier}">{sign}</a></sup>'

    def block(self) -> str:
        """Return the list as a block of the editor."""
        items = "\n\n".join(
            comment("list-item", {"anchor": f"fn-{identifier}"}, self._item(identifier, content))
            for identifier, content in self._notes
        )
        html = f'<ol class="wp-block-list footnotes">{items}</ol>'
        return comment("list", {"ordered": True, "className": "footnotes"}, html)

    def html(self) -> str:
        """Return the list as HTML, lettered, to stand at the end of a Custom HTML block."""
        items = "\n".join(self._item(identifier, content) for identifier, content in self._notes)
        return f'<ol style="list-style-type:lower-alpha">\n{items}\n</ol>'

    def _item(self, identifier: str, content: str) -> str:
        back = f'<a href="#ref-{identifier}">↩︎</a>'
        return f'<li id="fn-{identifier}">{content} {back}</li>'


def _letter(number: int) -> str:
    """Return the sign that a list of ``lower-alpha`` shows: a to z, aa, ab."""
    sign = ""
    while number:
        number, place = divmod(number - 1, 26)
        sign = chr(ord("a") + place) + sign
    return sign


def _identifier(text: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, text))
