"""One entry more in a bibliography, not a byte of the rest changed."""

from __future__ import annotations


def append_entry(text: str, bibtex: str) -> str:
    """Return a bibliography's text with an entry behind all others, in the file's own line ends.

    A blank line stands between; a last line without an end gets one.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    entry = bibtex.strip().replace("\r\n", "\n").replace("\n", end) + end
    if not text.strip("\ufeff \t\r\n"):
        return text + entry
    gap = "" if text.endswith(end * 2) else end if text.endswith(("\n", "\r")) else end * 2
    return text + gap + entry
