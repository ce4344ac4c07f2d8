"""`pubtool check --audit`: how many misquotations would pass here, and which."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NoReturn

import click

from pubtool import __version__, pipeline
from pubtool.cli.check.request import Request
from pubtool.cli.options import Options
from pubtool.cli.streams import write
from pubtool.cli.terminal import ProgressBar, width
from pubtool.pipeline import Audit, Passed, Project, number, printable, wrap, write_atomic

SCHEMA = 1
"""Of the JSON that is printed."""
_KIND = 32
"""Columns of a kind's name."""


def run_audit(ctx: click.Context, project: Project, request: Request, options: Options) -> NoReturn:
    """Write the audit where it is asked for, and end: with status 1 where something would pass."""
    with ProgressBar(options) as progress:
        found = pipeline.audit_project(project, request.paths, jobs=request.jobs, progress=progress)
    text = _json(found) if request.form == "json" else "".join(f"{x}\n" for x in _text(found))
    if request.output:
        write_atomic(request.output, text.encode())
    else:
        write(text)
    ctx.exit(1 if any(row.passed for row in found.rows) else 0)


def _text(found: Audit) -> Iterator[str]:
    if found.rows:
        yield f"{'misquotation':{_KIND}} {'tried':>5} {'refused':>7} {'warned':>6} {'passed':>6}"
    for row in found.rows:
        refused = row.made - row.warned - row.passed
        yield f"{row.kind:{_KIND}} {row.made:>5} {refused:>7} {row.warned:>6} {row.passed:>6}"
    for one in found.evidence:
        yield ""
        yield from _evidence(one)
    if found.rows:
        yield ""
    made, passed = sum(r.made for r in found.rows), sum(r.passed for r in found.rows)
    warned, true = sum(r.warned for r in found.rows), sum(r.true for r in found.rows)
    some = "" if found.quotations == found.of else f" of the {found.of} that passed, by their ids"
    besides = f"; {true} left out that stand in the source all the same" if true else ""
    yield (
        f"{number(made, 'misquotation')} of {number(found.quotations, 'quotation')}{some}: "
        f"{made - warned - passed} refused, {warned} warned of, {passed} would pass{besides}"
    )


def _evidence(one: Passed) -> Iterator[str]:
    said = "passes with a warning" if one.warned else "would pass"
    yield f"{one.kind}: {said} ({one.verdict})"
    about = (
        ("post", f"{one.path} {one.quotation}"),
        ("changed", one.change),
        ("text", f"“{one.text}”"),
        ("taken for", one.found),
        ("why", one.why),
    )
    for name, value in about:
        if value:
            lines = wrap(printable(" ".join(value.split())), width() - 13)
            for place, line in enumerate(lines):
                yield f"  {name if not place else '':>9}  {line}"


def _json(found: Audit) -> str:
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "tool": {"name": "pubtool", "version": __version__},
        "summary": {
            "quotations": found.quotations,
            "of": found.of,
            "made": sum(row.made for row in found.rows),
            "warned": sum(row.warned for row in found.rows),
            "passed": sum(row.passed for row in found.rows),
        },
        "kinds": [
            {
                "kind": row.kind,
                "made": row.made,
                "warned": row.warned,
                "passed": row.passed,
                "true": row.true,
            }
            for row in found.rows
        ],
        "passed": [
            {
                "kind": one.kind,
                "path": one.path,
                "quotation": one.quotation,
                "change": one.change,
                "text": one.text,
                "verdict": one.verdict,
                "warned": one.warned,
                "found": one.found or None,
                "why": one.why,
            }
            for one in found.evidence
        ],
    }
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n"
