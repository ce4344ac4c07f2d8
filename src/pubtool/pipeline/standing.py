"""A build that found nothing to do, told again as long as every file is as it was then.

Looking at each post, page and source by itself takes a second where there are a thousand. Whether
anything at all has changed is told by one look at the file system: everything in the project and in
the output folder, whatever it is for, so that nothing can be forgotten. A build reads nothing from
elsewhere but its own program. What is remembered is what a build said that wrote nothing and
removed nothing, under what the file system said *before* it began: who changes a file while it
runs, or so shortly before that a second change could leave the same times, has it run again.
Where the project is not as it was the output folder need not be looked at: something is to be done.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pubtool.pipeline.sight import look_at
from pubtool.pipeline.store import Store, code_digest, digest_of, encode
from pubtool.pipeline.targets import BuildMode, Look, Progress, refuse_output
from pubtool.system.cache import week
from pubtool.system.collector import seldom_collecting
from pubtool.system.config import Project
from pubtool.system.stamps import fingerprint_below
from pubtool.system.transaction import recover

if TYPE_CHECKING:
    from pubtool.pipeline.building import BuildResult

_KIND = "standing"


@dataclass(frozen=True)
class Told:
    """What a build has to say."""

    report: str
    """The findings, as they are shown."""
    stopped: bool
    """Whether findings kept everything from being written."""
    unread: bool
    """Whether there is a post that could not be read."""
    written: tuple[str, ...]
    """Paths below the output folder."""
    unchanged: int
    """Files that were left as they are."""
    held_back: tuple[str, ...]
    """Posts that are not published by their status."""
    remarks: tuple[str, ...]
    """What a target has no form for and what became of it, a line each."""


@dataclass(frozen=True)
class _Known:
    """What the last build met, and what it said if it had nothing to do."""

    project: str
    """What the file system said of the project before it."""
    output: str
    """What it said of the output folder; empty where that is not known."""
    told: Told | None
    """None where something was done, or nobody can tell whether that still stands."""


def tell_build(  # noqa: PLR0913 - the command's own arguments
    project: Project,
    paths: Sequence[Path],
    *,
    formats: Sequence[str],
    output: Path,
    mode: BuildMode,
    look: Look,
    progress: Progress,
) -> Told:
    """Build a project as `pubtool.pipeline.build` does, and return what is to be said of it.

    Nothing is done where the last build had nothing to do and no file has changed since.
    """
    refuse_output(project, output)
    recover(project.root)
    asked = (repr(project.settings), *formats, mode.value, str(output.resolve()), *look.told)
    sight = None if paths else look_at(project.root, output)
    with closing(Store(project.root)) as store:
        digest = digest_of(_KIND, code_digest(), str(week()), *asked)
        state = sight.whole if sight else ""
        known = store.find(_KIND, digest, _Known) if state else None
        standing = state and (known is None or known.project == state)
        begun = _fingerprint(output) if standing else ""  # else nobody would believe it
        if known and known.told and (known.project, known.output) == (state, begun):
            return known.told
        with seldom_collecting():  # which looks at every module that is loaded as well
            from pubtool.pipeline.building import build  # not where nothing is to be done

            result = build(
                project,
                paths,
                formats=formats,
                output=output,
                mode=mode,
                progress=progress,
                look=look,
                sight=sight,
            )
        told = _told(result)
        if state and not told.unread:
            known = _Known(state, begun, told if begun and result.quiet else None)
            with suppress(UnicodeEncodeError):  # half a character, out of a damaged source
                store.put(_KIND, digest, encode(known))
        return told


def _told(result: BuildResult) -> Told:
    return Told(
        result.said,
        result.stopped,
        bool(result.report.errors),
        result.written,
        result.unchanged,
        result.held_back,
        result.remarks,
    )


def _fingerprint(output: Path) -> str:
    """Return what tells that no file of the output has changed; empty where that is not known."""
    return fingerprint_below([output.resolve()] if output.is_dir() else []) or ""
