"""The export as a list of jobs: each says what it depends on, and writes when it is asked to.

A job's digest changes with everything that its output depends on and with nothing else, so a caller
that keeps the digests can leave a job out whose digest it knows. Nothing is read or written here
but through what is passed in, and there is no clock: the same input gives the same bytes. Each
format's jobs have a module of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module

from pubtool.system.files import sha256
from pubtool.system.pandoc import Pandoc
from pubtool.writers.export.jobs import Job, Output, digest
from pubtool.writers.export.studio import Studio
from pubtool.writers.material import Checked, Material

__all__ = ["Checked", "Job", "Material", "digest", "export", "plan_jobs"]

_PLANNERS: Mapping[str, tuple[str, str]] = {
    "html": ("pages", "page_jobs"),
    "pdf": ("typesetting", "pdf_jobs"),
    "epub": ("books", "epub_jobs"),
    "docx": ("books", "docx_jobs"),
    "wordpress": ("blog", "wordpress_jobs"),
}
"""By format, in the order in which they are made: a module of this package, and its planner.

Each is loaded where its format is wanted: all of them take a tenth of a second.
"""


def _planner(name: str) -> Callable[[Studio], Iterator[Job]]:
    module, function = _PLANNERS[name]
    planner: Callable[[Studio], Iterator[Job]] = getattr(
        import_module(f"{__name__}.{module}"), function
    )
    return planner


def export(material: Material, formats: Sequence[str], pandoc: Pandoc) -> Output:
    """Yield all files of the export."""
    for job in plan_jobs(material, formats, pandoc):
        yield from job.write()


def plan_jobs(material: Material, formats: Sequence[str], pandoc: Pandoc) -> tuple[Job, ...]:
    """Return the jobs of an export to some of `pubtool.model.FORMATS`, a format after the other.

    Planning looks for what each post cites, links and shows; all else waits for `Job.write`.
    Raises `UnknownStyle` where a post or the project names a style that is not there.
    """
    studio = Studio(material, frozenset(formats), pandoc)
    chosen = [_planner(name) for name in _PLANNERS if name in formats]
    return (*_strays(studio), *(job for plan in chosen for job in plan(studio)))


def _strays(studio: Studio) -> Iterator[Job]:
    """Yield a job that writes nothing and tells of templates that nothing asks for."""
    names = studio.material.templates
    if names:
        given = [[name, sha256(studio.override(name) or b"")] for name in names]
        yield Job("templates", digest("templates", given), lambda: iter(()), studio.stray_templates)
