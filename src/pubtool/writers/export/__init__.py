"""The export as a list of jobs: each says what it depends on, and writes when it is asked to.

A job's digest changes with everything that its output depends on and with nothing else, so a caller
that keeps the digests can leave a job out whose digest it knows. Nothing is read or written here
but through what is passed in, and there is no clock: the same input gives the same bytes. Each
format's jobs have a module of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pubtool.system.files import sha256
from pubtool.system.pandoc import Pandoc
from pubtool.writers.export.blog import wordpress_jobs
from pubtool.writers.export.books import docx_jobs, epub_jobs
from pubtool.writers.export.jobs import Job, Output, digest
from pubtool.writers.export.pages import page_jobs
from pubtool.writers.export.studio import Studio
from pubtool.writers.export.typesetting import pdf_jobs
from pubtool.writers.material import Checked, Material

__all__ = ["Checked", "Job", "Material", "digest", "export", "plan_jobs"]

_PLANNERS: Mapping[str, Callable[[Studio], Iterator[Job]]] = {
    "html": page_jobs,
    "pdf": pdf_jobs,
    "epub": epub_jobs,
    "docx": docx_jobs,
    "wordpress": wordpress_jobs,
}
"""By format, in the order in which they are made."""


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
    chosen = (plan for name, plan in _PLANNERS.items() if name in formats)
    return (*_strays(studio), *(job for plan in chosen for job in plan(studio)))


def _strays(studio: Studio) -> Iterator[Job]:
    """Yield a job that writes nothing and tells of templates that nothing asks for."""
    names = studio.material.templates
    if names:
        given = [[name, sha256(studio.override(name) or b"")] for name in names]
        yield Job("templates", digest("templates", given), lambda: iter(()), studio.stray_templates)
