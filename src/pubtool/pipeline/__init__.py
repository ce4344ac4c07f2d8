"""The only room that knows two others: it joins, caches and runs them.

What the commands call is named here and loaded when it is first asked for, so that none waits for
what only another needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pubtool.checker.audit.trial import Audit, Passed
    from pubtool.checker.rules import codes, load_page
    from pubtool.checker.rules.examples import reader_page
    from pubtool.pipeline.adding import add_source
    from pubtool.pipeline.arriving import Arrived, State
    from pubtool.pipeline.auditing import audit_project
    from pubtool.pipeline.baselining import (
        BaselineMode,
        Compared,
        check_with_baseline,
        the_baseline,
    )
    from pubtool.pipeline.building import BuildResult, build
    from pubtool.pipeline.checking import check
    from pubtool.pipeline.counting import overview, render_stats
    from pubtool.pipeline.evidence import OUTPUT, Bound, bind_evidence
    from pubtool.pipeline.fetching import (
        Added,
        Network,
        Planned,
        add_url,
        fetch_planned,
        plan_fetches,
    )
    from pubtool.pipeline.fixing import Fixed, FixedPosts, fix_posts, fix_text
    from pubtool.pipeline.imaging import FetchedImage, fetch_images, images_to_fetch
    from pubtool.pipeline.importing import Imported, Wanted, import_file
    from pubtool.pipeline.picturing import picture
    from pubtool.pipeline.previewing import Answer, Line, Preview
    from pubtool.pipeline.publishing import Publication, Wishes
    from pubtool.pipeline.pulled import Home, Outcome, Pulled
    from pubtool.pipeline.pulling import Pull
    from pubtool.pipeline.refreshing import Accepting, PageState, Refreshed, Standing, refresh
    from pubtool.pipeline.registering import Registered, add_doi
    from pubtool.pipeline.remarking import Remarks
    from pubtool.pipeline.rendering import REPORT_FORMS, render, render_counts, render_summary
    from pubtool.pipeline.sources import (
        Said,
        Shown,
        SourceLine,
        find_in_source,
        list_sources,
        remove_source,
        show_source,
        source_text,
        verify_sources,
    )
    from pubtool.pipeline.standing import Told, tell_build
    from pubtool.pipeline.targets import BuildMode, Look
    from pubtool.pipeline.telling import tell_check
    from pubtool.pipeline.verifying import Change, Verified, verify
    from pubtool.pipeline.waived import WaiverLine, list_waivers, with_authors
    from pubtool.pipeline.watching import Watch
    from pubtool.publishers.wordpress.apply import Done
    from pubtool.publishers.wordpress.difference import changes
    from pubtool.publishers.wordpress.plan import Action, Kind, Side, in_words
    from pubtool.publishers.wordpress.planning import Plan
    from pubtool.publishers.wordpress.readback import Loss
    from pubtool.readers.doi import parse_doi
    from pubtool.reporters.columns import columns, pad, printable, shorten, wrap
    from pubtool.reporters.fixes import list_fixes, render_diff
    from pubtool.reporters.json import render_json
    from pubtool.reporters.source import find_page, render_match, render_stretch, render_table
    from pubtool.reporters.tally import Tally, all_findings, count_findings, number, tally
    from pubtool.reporters.text import Recall, Verbosity, make_anew, render_findings, render_text
    from pubtool.system.config import Project, describe, find_project
    from pubtool.system.files import create, decode, remove, write_atomic
    from pubtool.system.ocr import why_no_recogniser
    from pubtool.system.pandoc import pandoc_path, pandoc_version
    from pubtool.text.quality import count_words
    from pubtool.writers.csl.catalogue import StyleLine, list_styles

_HOME = {
    "pubtool.checker.rules": (
        "codes",
        "load_page",
    ),
    "pubtool.checker.rules.examples": ("reader_page",),
    "pubtool.checker.audit.trial": ("Audit", "Passed"),
    "pubtool.pipeline.adding": ("add_source",),
    "pubtool.pipeline.auditing": ("audit_project",),
    "pubtool.pipeline.baselining": (
        "BaselineMode",
        "Compared",
        "check_with_baseline",
        "the_baseline",
    ),
    "pubtool.pipeline.building": ("BuildResult", "build"),
    "pubtool.pipeline.checking": ("check",),
    "pubtool.pipeline.counting": ("overview", "render_stats"),
    "pubtool.pipeline.evidence": ("OUTPUT", "Bound", "bind_evidence"),
    "pubtool.pipeline.fixing": ("Fixed", "FixedPosts", "fix_posts", "fix_text"),
    "pubtool.reporters.fixes": ("list_fixes", "render_diff"),
    "pubtool.pipeline.fetching": (
        "Added",
        "Network",
        "Planned",
        "add_url",
        "fetch_planned",
        "plan_fetches",
    ),
    "pubtool.pipeline.arriving": ("Arrived", "State"),
    "pubtool.pipeline.imaging": ("FetchedImage", "fetch_images", "images_to_fetch"),
    "pubtool.pipeline.importing": ("Imported", "Wanted", "import_file"),
    "pubtool.pipeline.picturing": ("picture",),
    "pubtool.pipeline.previewing": ("Answer", "Line", "Preview"),
    "pubtool.pipeline.remarking": ("Remarks",),
    "pubtool.pipeline.publishing": (
        "Publication",
        "Wishes",
    ),
    "pubtool.pipeline.pulling": ("Home", "Outcome", "Pull", "Pulled"),
    "pubtool.pipeline.refreshing": (
        "Accepting",
        "PageState",
        "Refreshed",
        "Standing",
        "refresh",
    ),
    "pubtool.pipeline.registering": (
        "Registered",
        "add_doi",
    ),
    "pubtool.pipeline.rendering": (
        "REPORT_FORMS",
        "render",
        "render_counts",
        "render_summary",
    ),
    "pubtool.pipeline.sources": (
        "Said",
        "Shown",
        "SourceLine",
        "find_in_source",
        "list_sources",
        "remove_source",
        "show_source",
        "source_text",
        "verify_sources",
    ),
    "pubtool.pipeline.standing": ("Told", "tell_build"),
    "pubtool.pipeline.targets": ("BuildMode", "Look"),
    "pubtool.pipeline.telling": ("tell_check",),
    "pubtool.pipeline.verifying": ("Change", "Verified", "verify"),
    "pubtool.pipeline.watching": ("Watch",),
    "pubtool.pipeline.waived": ("WaiverLine", "list_waivers", "with_authors"),
    "pubtool.publishers.wordpress.apply": ("Done",),
    "pubtool.publishers.wordpress.difference": ("changes",),
    "pubtool.publishers.wordpress.plan": (
        "Action",
        "Kind",
        "Side",
        "in_words",
    ),
    "pubtool.publishers.wordpress.planning": ("Plan",),
    "pubtool.publishers.wordpress.readback": ("Loss",),
    "pubtool.readers.doi": ("parse_doi",),
    "pubtool.reporters.columns": (
        "columns",
        "pad",
        "printable",
        "shorten",
        "wrap",
    ),
    "pubtool.reporters.json": ("render_json",),
    "pubtool.reporters.source": (
        "find_page",
        "render_match",
        "render_stretch",
        "render_table",
    ),
    "pubtool.reporters.tally": (
        "Tally",
        "all_findings",
        "count_findings",
        "number",
        "tally",
    ),
    "pubtool.reporters.text": (
        "Recall",
        "Verbosity",
        "make_anew",
        "render_findings",
        "render_text",
    ),
    "pubtool.system.config": (
        "Project",
        "describe",
        "find_project",
    ),
    "pubtool.system.files": (
        "create",
        "decode",
        "remove",
        "write_atomic",
    ),
    "pubtool.system.ocr": ("why_no_recogniser",),
    "pubtool.system.pandoc": (
        "pandoc_path",
        "pandoc_version",
    ),
    "pubtool.text.quality": ("count_words",),
    "pubtool.writers.csl.catalogue": ("StyleLine", "list_styles"),
}
"""The names of this room and the modules that they are from."""

__all__ = [
    "OUTPUT",
    "REPORT_FORMS",
    "Accepting",
    "Action",
    "Added",
    "Answer",
    "Arrived",
    "Audit",
    "BaselineMode",
    "Bound",
    "BuildMode",
    "BuildResult",
    "Change",
    "Compared",
    "Done",
    "FetchedImage",
    "Fixed",
    "FixedPosts",
    "Home",
    "Imported",
    "Kind",
    "Line",
    "Look",
    "Loss",
    "Network",
    "Outcome",
    "PageState",
    "Passed",
    "Plan",
    "Planned",
    "Preview",
    "Project",
    "Publication",
    "Pull",
    "Pulled",
    "Recall",
    "Refreshed",
    "Registered",
    "Remarks",
    "Said",
    "Shown",
    "Side",
    "SourceLine",
    "Standing",
    "State",
    "StyleLine",
    "Tally",
    "Told",
    "Verbosity",
    "Verified",
    "WaiverLine",
    "Wanted",
    "Watch",
    "Wishes",
    "add_doi",
    "add_source",
    "add_url",
    "all_findings",
    "audit_project",
    "bind_evidence",
    "build",
    "changes",
    "check",
    "check_with_baseline",
    "codes",
    "columns",
    "count_findings",
    "count_words",
    "create",
    "decode",
    "describe",
    "fetch_images",
    "fetch_planned",
    "find_in_source",
    "find_page",
    "find_project",
    "fix_posts",
    "fix_text",
    "images_to_fetch",
    "import_file",
    "in_words",
    "list_fixes",
    "list_sources",
    "list_styles",
    "list_waivers",
    "load_page",
    "make_anew",
    "number",
    "overview",
    "pad",
    "pandoc_path",
    "pandoc_version",
    "parse_doi",
    "picture",
    "plan_fetches",
    "printable",
    "reader_page",
    "refresh",
    "remove",
    "remove_source",
    "render",
    "render_counts",
    "render_diff",
    "render_findings",
    "render_json",
    "render_match",
    "render_stats",
    "render_stretch",
    "render_summary",
    "render_table",
    "render_text",
    "shorten",
    "show_source",
    "source_text",
    "tally",
    "tell_build",
    "tell_check",
    "the_baseline",
    "verify",
    "verify_sources",
    "why_no_recogniser",
    "with_authors",
    "wrap",
    "write_atomic",
]


def __getattr__(name: str) -> Any:
    for home, names in _HOME.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
