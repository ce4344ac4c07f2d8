"""The report as commands of a GitHub workflow: annotations on the lines of a pull request.

GitHub shows ten errors, ten warnings and ten notices of a step, and drops the rest unsaid. So the
gravest come first and no post takes all the places, what has no place stands in the log, and the
last notice says how much that is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pubtool.model import Code, FileReport, Finding, PostReport, Report, RulePage, Severity
from pubtool.reporters.columns import printable
from pubtool.reporters.tally import count_findings, count_quotations, number, tally
from pubtool.text.lines import Lines

SHOWN = 10
"""Annotations of each kind that GitHub shows of one step."""

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}

_NAMED = 5
"""Files that the last notice names."""


@dataclass(frozen=True, slots=True)
class _Annotation:
    """One finding, or one thing that could not be done, as a workflow command says it."""

    severity: Severity
    title: str
    message: str
    path: str = ""
    """Empty where it is about no file."""
    place: tuple[int, int, int, int] = (1, 1, 1, 1)
    """Line and column, end line and end column; 1-based."""

    def command(self) -> str:
        """Return the workflow command."""
        properties = {}
        if self.path:
            line, column, end_line, end_column = self.place
            properties = {"file": self.path, "line": str(line), "endLine": str(end_line)}
            if line == end_line:  # GitHub refuses columns of several lines
                properties |= {"col": str(column), "endColumn": str(max(end_column - 1, column))}
        properties["title"] = self.title
        said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        return f"::{COMMANDS[self.severity]} {said}::{_data(self.message)}"

    def plain(self) -> str:
        """Return it as a line of the log, in which no command can hide."""
        where = f"{self.path}:{self.place[0]}:{self.place[1]}: " if self.path else ""
        grade = f"{self.severity.word}: {self.title}: "
        return f"  {_harmless(where + grade + self.message)}"


def render_github(report: Report, rules: Sequence[RulePage], folder: str = "") -> str:
    """Return the workflow commands, what GitHub would not show as lines, and the count.

    `folder` is where the project lies in the repository, with a slash at its end.
    """
    titles = {rule.code: rule.title for rule in rules}
    shown, rest = _chosen(list(_annotations(report, titles, folder)))
    lines = [each.command() for each in shown]
    if rest:
        lines += ["::group::Findings that GitHub has no room to show"]
        lines += [each.plain() for each in rest]
        lines += ["::endgroup::", _last_notice(rest).command()]
    counts = tally(report)
    said = [count_findings(counts)] if counts.posts else []
    lines += [_harmless(line) for line in (*said, count_quotations(counts))]
    return "".join(f"{line}\n" for line in lines)


def _annotations(report: Report, titles: Mapping[Code, str], folder: str) -> Iterator[_Annotation]:
    for sentence in report.errors:
        yield _Annotation(Severity.ERROR, "could not be checked", sentence)
    parts: list[PostReport | FileReport] = sorted(report.posts, key=lambda post: post.path)
    for part in (*parts, *sorted(report.files, key=lambda file: file.path)):
        if part.findings:
            yield from _of_file(part, titles, folder)


def _of_file(
    part: PostReport | FileReport, titles: Mapping[Code, str], folder: str
) -> Iterator[_Annotation]:
    lines = Lines(part.text)
    for finding in sorted(part.findings, key=lambda each: (each.span, each.code, each.message)):
        start, end = lines.position(finding.span.start), lines.position(finding.span.end)
        title = f"{finding.code} {titles.get(finding.code, '')}".rstrip()
        place = (start.line, start.column, end.line, end.column)
        path = printable(folder + part.path)
        yield _Annotation(finding.severity, title, _message(finding), path, place)


def _message(finding: Finding) -> str:
    mend = f"\nMend: {finding.fix.description}" if finding.fix else ""
    return f"{finding.message}{mend}"


def _chosen(every: list[_Annotation]) -> tuple[list[_Annotation], list[_Annotation]]:
    """Return what GitHub is given to show, and the rest; each the gravest first.

    Of one kind the first of every file come before the second of any.
    """
    shown, rest = list[_Annotation](), list[_Annotation]()
    for severity in sorted(Severity, reverse=True):
        ordered = _spread(each for each in every if each.severity is severity)
        room = SHOWN
        if severity is Severity.INFO and (rest or len(ordered) > SHOWN):
            room -= 1  # for the last notice
        shown += ordered[:room]
        rest += ordered[room:]
    return shown, rest


def _spread(annotations: Iterable[_Annotation]) -> list[_Annotation]:
    files: dict[str, list[_Annotation]] = defaultdict(list)
    for each in annotations:
        files[each.path].append(each)
    turns = [(turn, each) for found in files.values() for turn, each in enumerate(found)]
    return [each for _, each in sorted(turns, key=lambda pair: pair[0])]


def _last_notice(rest: Sequence[_Annotation]) -> _Annotation:
    """Return the notice that says how much is not shown."""
    grades = [
        number(count, severity.word if severity is not Severity.INFO else "notice")
        for severity in sorted(Severity, reverse=True)
        if (count := sum(each.severity is severity for each in rest))
    ]
    paths = list(dict.fromkeys(each.path for each in rest if each.path))
    more = f" and {number(len(paths) - _NAMED, 'other file')}" if len(paths) > _NAMED else ""
    where = f" in {', '.join(paths[:_NAMED])}{more}" if paths else ""
    message = f"{', '.join(grades)} more{where}: GitHub shows ten of a kind; the log has all"
    return _Annotation(Severity.INFO, "not all is shown", message)


# --- Escaping -------------------------------------------------------------------------------------

_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")


def _data(text: str) -> str:
    """Return a message as a command takes it."""
    plain = _CONTROL.sub("\ufffd", text)
    return plain.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Return a property's value as a command takes it."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _harmless(text: str) -> str:
    """Return a line in which the runner finds no command.

    It reads ``::`` at the beginning of a line, and the older ``##[`` anywhere.
    """
    line = printable(text).replace("##[", "## [")
    return f" {line}" if line.startswith("::") else line
