"""Footnotes that lead back to themselves, which pandoc's CommonMark reader follows for ever.

Whether a text really has one only pandoc's own grammar can say (the lines may stand in a code
block), so what is found here is a suspicion: it shortens pandoc's time, and explains its silence.
"""

from __future__ import annotations

import re

_DEFINITION = re.compile(r"^[ \t>]*\[\^([^\]\s]+)\]:")
_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")


def find_note_cycle(text: str) -> tuple[str, int] | None:
    """Return the label and the 1-based line of a note that seems to lead back to itself, or None.

    Linear in the text's length but for the few notes that refer to others.
    """
    if "[^" not in text:
        return None
    lines, edges = _definitions(text)
    for label in lines:
        reached, waiting = set[str](), [label]
        while waiting:
            for near in edges.get(waiting.pop(), ()):
                if near == label:
                    return label, lines[label]
                if near not in reached:
                    reached.add(near)
                    waiting.append(near)
    return None


def _definitions(text: str) -> tuple[dict[str, int], dict[str, set[str]]]:
    """Return the line of each note's definition, and the notes that each refers to."""
    lines: dict[str, int] = {}
    edges: dict[str, set[str]] = {}
    label, after_blank = "", True
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        found = _DEFINITION.match(line)
        if found:
            label = found.group(1).casefold()
            lines.setdefault(label, number)
        elif after_blank and line[:1].strip():
            label = ""
        after_blank = not line.strip()
        if label:
            said = line[found.end() :] if found else line
            refers = (match.group(1).casefold() for match in _REFERENCE.finditer(said))
            edges.setdefault(label, set()).update(refers)
    return lines, edges
