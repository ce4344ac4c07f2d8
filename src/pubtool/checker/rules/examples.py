"""The rules' pages for their readers.

A page ends with its rule's test cases. A reader gets two of them as examples: the first that has
the finding, and the first that has not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pubtool.checker.rules import load_page

_CASES = "\n## Cases\n"
"""Where the cases begin; tests/test_rules.py says how they are written."""
_MEND = "\n## What to do\n"
"""What stands behind the example."""
_BLOCK = re.compile(r"^(`{3,}|~{3,})([a-z]+) *([^\n]*)\n(.*?)^\1$", re.M | re.S)
_CODE = re.compile(r"Q\d{3}")
_NO_PROSE = ("---", "[^", "<!--")
"""Beginnings of what is no paragraph with a quotation."""
_SETTINGS = "The settings, below `[check]`"
_EXTENTS = {"excerpt": ", an excerpt", "second-hand": ", at second hand"}
_Setting = dict[tuple[str, str], tuple[str, str]]
"""The blocks that a case has besides its post, by kind and name: in words, and their text."""
_LASTING = ("source", "references")
"""The blocks that hold for the later cases of a page too."""


@dataclass(frozen=True, slots=True)
class _Example:
    """A case of a page, or one paragraph of it."""

    setting: _Setting
    post: str
    verdicts: tuple[str, ...]
    """``altered Q101``: one a quotation, or a finding about none."""

    @property
    def settings(self) -> str:
        """What `pubtool.toml` has."""
        return self.setting.get(("settings", ""), ("", ""))[1]


def reader_page(code: str) -> str:
    """Return a rule's page, Markdown, with two examples in place of its test cases.

    Raises KeyError for a code that no rule has.
    """
    page, _, cases = load_page(code).partition(_CASES)
    before, mend, after = page.partition(_MEND)
    return f"{before.rstrip()}\n\n{_examples(code, cases)}{mend}{after.rstrip()}\n"


def _examples(code: str, cases: str) -> str:
    """Return the first case that has the finding and the first that has not, Markdown."""
    every = list(_read_cases(cases))
    found = next(case for case in every if _has(code, case))
    others = (case for case in every if not _has(code, case))
    other = min(others, key=lambda case: case.settings != found.settings)
    told = (
        *_written(found, found.setting, f"Reported as {code}", code),
        *_written(other, _besides(other, found.setting), "Not reported", code),
    )
    return "\n".join(told)


def _besides(case: _Example, told: _Setting) -> _Setting:
    """Return what a case has that is not told yet, but for sources that its post does not name."""
    return {
        place: block
        for place, block in case.setting.items()
        if told.get(place) != block
        and (place[0] != "source" or place[1].rstrip("0123456789") in case.post.lower())
    }


def _has(code: str, case: _Example) -> bool:
    return any(code in verdict.split() for verdict in case.verdicts)


def _written(case: _Example, setting: _Setting, how: str, code: str) -> Iterator[str]:
    for words, text in setting.values():
        yield f"{words}:\n\n```\n{text}```\n" if text else f"{words}.\n"
    told = "; ".join(filter(None, (_told(verdict, code) for verdict in case.verdicts)))
    yield f"{how}{f' ({told})' if told else ''}:\n\n```\n{case.post.rstrip()}\n```\n"


def _told(verdict: str, code: str) -> str:
    """Return a verdict and the codes besides one; nothing where it is about no quotation."""
    words = verdict.split()
    if words[0].endswith(":") or words == ["nothing"]:
        return ""
    besides = [word for word in words if _CODE.fullmatch(word) and word != code]
    return ", ".join([" ".join(word for word in words if not _CODE.fullmatch(word)), *besides])


def _read_cases(cases: str) -> Iterator[_Example]:
    """Yield the cases in order, those of several paragraphs of a quotation each in these."""
    lasting: _Setting = {}
    own: _Setting = {}
    for block in _BLOCK.finditer(cases):
        kind, words, text = block[2], block[3], block[4]
        if kind == "verdict":
            _, post = own.pop(("post", ""))
            setting = {**lasting, **own}
            yield from _parts(setting, post, text.splitlines())
            own = {}
        else:
            held = lasting if kind in _LASTING else own
            held[kind, words.partition(" ")[0]] = _in_words(kind, words, text), text


def _parts(setting: _Setting, post: str, verdicts: list[str]) -> Iterator[_Example]:
    parts = post.split("\n\n")
    plain = not any(part.startswith(_NO_PROSE) for part in parts)
    quoted = not any(verdict.split()[0].endswith(":") for verdict in verdicts)
    if not (plain and quoted and len(parts) == len(verdicts)):
        yield _Example(setting, post, tuple(verdicts))
        return
    for part, verdict in zip(parts, verdicts, strict=True):
        yield _Example(setting, part, (verdict,))


def _in_words(kind: str, words: str, text: str) -> str:
    """Return what a block of a case holds, for a reader."""
    key, _, how = words.partition(" ")
    if kind == "source":
        extent = _EXTENTS.get(how.partition(" ")[0], "")
        return f"The text of {key}{extent}" if text else f"The text of {key} is {how}"
    if kind == "pinned":
        return f"The text of {key} when it was pinned"
    if kind == "post" and words:
        return f"Another post, {words}"
    return {"references": "The bibliography", "settings": _SETTINGS}.get(kind, kind)
