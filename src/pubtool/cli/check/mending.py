"""`check --fix` and `--diff`: what may be mended unasked, written or only shown."""

from __future__ import annotations

from collections.abc import Iterable

from pubtool import pipeline
from pubtool.cli.check.request import Request
from pubtool.cli.options import Options
from pubtool.cli.streams import say, write
from pubtool.model import Baseline, Finding, Report, Severity
from pubtool.pipeline import Fixed, FixedPosts, Project


def fix(project: Project, request: Request) -> FixedPosts:
    """Fix the posts that are asked for, in their files unless only a diff is wanted."""
    return pipeline.fix_posts(
        project,
        request.paths,
        select=request.select,
        ignore=request.ignore,
        known=_known(project, request),
        jobs=request.jobs,
        write=not request.diff,
    )


def fix_text(project: Project, request: Request, name: str, text: str) -> Fixed:
    """Return what fixing makes of standard input."""
    return pipeline.fix_text(
        project,
        name,
        text,
        select=request.select,
        ignore=request.ignore,
        known=_known(project, request),
    )


def _known(project: Project, request: Request) -> Baseline:
    return pipeline.the_baseline(project) if request.baseline else Baseline()


def show_diff(fixed: FixedPosts, options: Options, *, would: str = "would fix") -> int:
    """Write the diff, and say what is offered; return the exit status."""
    diffs = [pipeline.render_diff(post.path, post.before, post.text) for post in fixed.posts]
    write("".join(diffs))
    tell(fixed, options, made=would, each=False)
    return 2 if fixed.errors else 1 if any(diffs) else 0


def tell(fixed: FixedPosts, options: Options, *, made: str, each: bool) -> None:
    """Say on standard error what was fixed, each by itself or counted, and what was not."""
    said: list[str] = []
    for post in fixed.posts:
        before = post.before
        if each:
            said += pipeline.list_fixes(post.path, before, post.applied, "fixed")
        said += pipeline.list_fixes(post.path, post.text, _listed(post, options), "offered")
        for one in post.dropped:
            (line,) = pipeline.list_fixes(post.path, post.text, [one.finding], "not-fixed")
            said.append(f"{line}: {one.why}")
    if not options.quiet:
        for line in said:
            say(line)
    count = sum(len(post.applied) for post in fixed.posts)
    listed, every = _counted(fixed, options)
    dropped = sum(len(post.dropped) for post in fixed.posts)
    more = f" (-v lists {every - listed} more)" if every > listed else ""
    offers = f"{listed} offered{more}" if listed else f"{every} offered (-v lists them)"
    ending = f"; {offers}, which only you can decide: see `pubtool review`" if every else ""
    ending += f"; {dropped} could not be proved harmless" if dropped else ""
    say(f"{made} {count or 'nothing'}{ending}")
    for sentence in fixed.errors:
        say(f"error: {sentence}")


def with_errors(report: Report, fixed: FixedPosts) -> Report:
    """Return a report with what fixing could not write among its errors."""
    news = [sentence for sentence in fixed.errors if sentence not in report.errors]
    return Report(report.posts, report.files, (*report.errors, *news))


def _listed(post: Fixed, options: Options) -> list[Finding]:
    """Return the offers that are told one by one: a mere notice's only where more is asked for."""
    return [f for f in post.offered if options.verbosity > 1 or f.severity > Severity.INFO]


def _counted(fixed: FixedPosts, options: Options) -> tuple[int, int]:
    """Return how many offers are listed, and how many there are."""
    listed = [_different(_listed(post, options)) for post in fixed.posts]
    return sum(listed), sum(_different(post.offered) for post in fixed.posts)


def _different(findings: Iterable[Finding]) -> int:
    return len({finding.fix.edits for finding in findings if finding.fix})
