"""`evidence`: the cite-check binder of a project's posts, as a PDF and as one HTML file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pubtool import __version__
from pubtool.errors import PandocFailed, UnknownStyle
from pubtool.model import PostReport, Report
from pubtool.pipeline.checking import Progress, examine, silent
from pubtool.pipeline.heads import head_of
from pubtool.pipeline.picturing import picture
from pubtool.pipeline.shelf import sources_of
from pubtool.pipeline.waived import with_authors
from pubtool.pipeline.workspace import Workspace
from pubtool.reporters.tally import count_quotations, tally
from pubtool.system.config import Project
from pubtool.system.files import read_bytes, sha256, write_atomic
from pubtool.writers.binder import (
    About,
    Desk,
    Press,
    assemble,
    cite_all,
    keys_of,
    render_html,
    typeset_binder,
)
from pubtool.writers.csl.styles import blamed, read_style
from pubtool.writers.overrides import FONTS
from pubtool.writers.pdf.fonts import own_faces
from pubtool.writers.words import words_in

OUTPUT = "evidence.pdf"
"""The binder's name in the project's folder; its twin ends in ``.html``."""

_WIDTH = 1240
"""Pixels of a page: about 150 dots an inch on A4."""


@dataclass(frozen=True)
class Bound:
    """A binder that was written."""

    files: tuple[Path, ...]
    report: Report
    pages: int
    """Pages of sources that it shows."""


def bind_evidence(
    project: Project, paths: Sequence[Path], output: Path, progress: Progress = silent
) -> Bound:
    """Write the binder of a project's posts, or of those that `paths` name, and its twin.

    It is written whatever the verdicts are, with every finding, also those that the settings
    ignore. Raises what checking raises, `UnknownStyle`,
    `BadFont` and `CannotWrite`.
    """
    report = with_authors(project, examine(project, paths, jobs=None, progress=progress).report)
    with Workspace(project) as workspace:
        desk = _desk(workspace, report)
        binder = assemble(report, desk)
        settings = project.settings
        folder = project.root / FONTS
        own = own_faces(sorted(path for path in folder.rglob("*") if path.is_file()))
        fonts = tuple((path, sha256(read_bytes(path))) for path in own)
        pdf = typeset_binder(binder, Press(settings.pdf_paper, settings.lang, fonts))
    html = render_html(binder, settings.lang)
    twin = output.with_suffix(".html")
    write_atomic(output, pdf)
    write_atomic(twin, html)
    shown = {(e.keys[:1], page.sheet) for e in binder.entries for page in e.pages}
    return Bound((output, twin), report, len(shown))


def _desk(workspace: Workspace, report: Report) -> Desk:
    settings, sources = workspace.project.settings, sources_of(workspace)
    decided = {(each.post, each.quotation): each.decisions for each in workspace.decisions}
    return Desk(
        posts={post.path: _about(workspace, post) for post in report.posts},
        sources=workspace.bibliography.sources,
        citations=_citations(workspace, report),
        provenance=sources.provenance,
        text=sources.text,
        pages=lambda key, spans: picture(workspace, key, spans, width=_WIDTH),
        decisions=lambda post, quotation: decided.get((post, quotation), ()),
        words=words_in(settings.lang),
        count=count_quotations(tally(report)),
        site=settings.title,
        version=__version__,
        convention=settings.convention,
        style=settings.csl,
    )


def _about(workspace: Workspace, post: PostReport) -> About:
    front = head_of(workspace.store, post.path, post.text).front
    lang = front.lang or workspace.project.settings.lang
    return About(front.title or post.path, lang, sha256(read_bytes(workspace.root / post.path)))


def _citations(workspace: Workspace, report: Report) -> Mapping[str, str]:
    settings = workspace.project.settings
    own = workspace.root / settings.csl
    try:
        style = read_style(settings.csl, read_bytes(own) if own.suffix == ".csl" else None)
    except UnknownStyle as error:
        raise error.at("pubtool.toml: build.csl") from None
    verdicts = [verdict for post in report.posts for verdict in post.verdicts]
    keys = [key for verdict in verdicts for key in keys_of(verdict)]
    try:
        return cite_all(keys, workspace.bibliography, style, settings.lang, workspace.pandoc)
    except PandocFailed as error:
        raise blamed(settings.csl, error) from None
