"""Files of decisions: ``decisions/<post below posts/, without .md>/<quotation's id>.toml``.

One small file a quotation, so that two editors' decisions about two quotations are merged by git
without asking. It holds its decisions in order: the last one holds, the others are its history.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple, NoReturn

from pubtool.errors import BadDecision
from pubtool.model import Choice, Code, Decision, VerdictKind
from pubtool.system.toml import conflict_line, place_fault, quote_text

FOLDER = "decisions"

_POSTS, _POST = "posts", ".md"
_SUFFIX = ".toml"
_ID = re.compile(r"q-[0-9a-f]+")
_CODE = re.compile(r"Q\d{3}")
_TABLE = re.compile(r"^[ \t]*\[\[[ \t]*[\"']?decision[\"']?[ \t]*\]\]", re.MULTILINE)
_HEADER = "# What was decided about this quotation; the last decision holds.\n"
_TEXTS = ("text", "choice", "verdict", "reason", "by", "on")
_NEEDED = ("text", "choice", "verdict")
_CHOICES = tuple(choice.value for choice in Choice)
_VERDICTS = tuple(kind.value for kind in VerdictKind)


def file_of(post: str, quotation: str) -> str:
    """Return the path in the project of a quotation's file of decisions.

    Raises ValueError for what is no path of a post or no id of a quotation.
    """
    path = PurePosixPath(post)
    if path.parts[:1] != (_POSTS,) or path.suffix != _POST or ".." in path.parts:
        raise ValueError(f"no post: {post!r}")
    if not _ID.fullmatch(quotation):
        raise ValueError(f"no quotation's id: {quotation!r}")
    below = PurePosixPath(*path.parts[1:]).as_posix().removesuffix(_POST)
    return f"{FOLDER}/{below}/{quotation}{_SUFFIX}"


def place_of(path: str) -> tuple[str, str]:
    """Return the post and the quotation's id that a file is about, by its path in the project.

    Raises BadDecision where it is about none.
    """
    found = PurePosixPath(path)
    if len(found.parts) < 3 or not _ID.fullmatch(found.stem) or found.suffix != _SUFFIX:
        mend = "name it <post>/<quotation's id>.toml, or take it out of this folder"
        raise BadDecision(path, 1, f"this file is about no quotation; {mend}")
    below = PurePosixPath(*found.parts[1:-1]).as_posix()
    return f"{_POSTS}/{below}{_POST}", found.stem


def read_decisions(text: str, path: str) -> tuple[Decision, ...]:
    """Return what a file says, in order; raise BadDecision, naming `path`, the line and the mend.

    An empty text says nothing.
    """
    post, quotation = place_of(path)
    conflict = conflict_line(text)
    if conflict is not None:
        mend = "take git's marks out, and let the [[decision]] that holds be the last"
        raise BadDecision(path, conflict, f"two branches decided differently; {mend}")
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, why = place_fault(error, text)
        raise BadDecision(path, line, f"{why}; {_TAKE_BACK}") from None
    tables = document.pop("decision", [])
    if document:
        mend = "write every key below a line [[decision]]"
        raise BadDecision(path, 1, f"`{next(iter(document))}` stands outside a decision; {mend}")
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        mend = "write [[decision]] on a line, and its keys below"
        raise BadDecision(path, 1, f"`decision` is no list of decisions; {mend}")
    starts = [text.count("\n", 0, found.start()) + 1 for found in _TABLE.finditer(text)]
    return tuple(
        _decision(table, post, quotation, _Place(path, starts[at] if at < len(starts) else 1))
        for at, table in enumerate(tables)
    )


def render_decisions(decisions: Sequence[Decision]) -> str:
    """Return the file's text: the same for the same decisions."""
    tables = [_HEADER]
    for decision in decisions:
        values = {
            "text": quote_text(decision.text),
            "choice": quote_text(decision.choice.value),
            "verdict": quote_text(decision.verdict),
            "codes": f"[{', '.join(quote_text(code) for code in decision.codes)}]"
            if decision.codes
            else "",
            "reason": _unless_empty(decision.reason),
            "by": _unless_empty(decision.by),
            "on": _unless_empty(decision.on),
        }
        lines = [f"{name} = {value}\n" for name, value in values.items() if value]
        tables.append("[[decision]]\n" + "".join(lines))
    return "\n".join(tables)


_TAKE_BACK = "mend the line, or take the file back from version control"


class _Place(NamedTuple):
    path: str
    line: int
    """Where the decision begins, 1-based."""

    def refuse(self, why: str, mend: str) -> NoReturn:
        raise BadDecision(self.path, self.line, f"{why}; {mend}")


def _decision(table: dict[str, Any], post: str, quotation: str, place: _Place) -> Decision:
    values = {name: _text(name, value, place) for name, value in table.items() if name != "codes"}
    codes = table.get("codes", [])
    if not isinstance(codes, list) or not all(_CODE.fullmatch(str(code)) for code in codes):
        place.refuse("`codes` is no list of findings", 'write it as ["Q301"]')
    missing = [name for name in _NEEDED if not values.get(name)]
    if missing:
        place.refuse(f"this decision has no `{missing[0]}`", "add it")
    if values["choice"] not in _CHOICES:
        place.refuse(f"`choice` is {values['choice']!r}", f"write {' or '.join(_CHOICES)}")
    if values["verdict"] not in _VERDICTS:
        place.refuse(f"there is no verdict {values['verdict']!r}", f"write {_list(_VERDICTS)}")
    choice = Choice(values["choice"])
    if choice is Choice.WAIVE and not codes:
        place.refuse("this waiver names no finding", 'add codes = ["Q301"], those that it is for')
    if choice is Choice.WAIVE and not values.get("reason", "").strip():
        place.refuse("this waiver gives no reason, and so waives nothing", 'add reason = "…"')
    if choice is Choice.ACCEPT and codes:
        place.refuse("what is accepted waives nothing", 'take `codes` out, or choose "waive"')
    return Decision(
        post,
        quotation,
        values["text"],
        choice,
        values["verdict"],
        tuple(Code(code) for code in codes),
        values.get("reason", "").strip(),
        values.get("by", ""),
        values.get("on", ""),
    )


def _text(name: str, value: Any, place: _Place) -> str:
    if name not in _TEXTS:
        place.refuse(f"there is no key `{name}`", f"it is one of {_list((*_TEXTS, 'codes'))}")
    if name == "on" and isinstance(value, datetime.date):
        return value.isoformat()
    if not isinstance(value, str):
        place.refuse(f"`{name}` is no text", "put it in quotation marks")
    return value


def _list(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _unless_empty(value: str) -> str:
    return quote_text(value) if value else ""
