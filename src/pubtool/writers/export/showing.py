"""The jobs of the images that pages show: each image is one, so that none is made twice.

A post's text may change a hundred times; its images are read, cleaned and made smaller once.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pubtool.writers.export.jobs import Job, Output, digest
from pubtool.writers.export.studio import Studio
from pubtool.writers.lead import featured
from pubtool.writers.responsive import copies
from pubtool.writers.site import Page


def image_jobs(studio: Studio, page: Page) -> Iterator[Job]:
    """Yield the jobs of a post's images, by name; the front matter's is for previews elsewhere."""
    images = studio.desk.images(page.path)
    for name, check in images.digests.items():
        yield Job(
            f"html/{name}:{page.path}",
            digest("image", page.slug, name, check, studio.manner),
            partial(_shown, studio, page, name),
        )
    lead = studio.lead_needs(page)
    if len(lead) == 2 and lead[0] not in images.files:
        yield Job(
            f"html/{lead[0]}:{page.path}",
            digest("lead", page.slug, lead, studio.manner),
            partial(_lead, studio, page),
        )


def _shown(studio: Studio, page: Page, name: str) -> Output:
    images = studio.desk.images(page.path)
    if name in images.data:
        for file, data in copies(images, name):
            yield f"{page.slug}/{file}", data


def _lead(studio: Studio, page: Page) -> Output:
    if lead := featured(studio.desk, page):
        yield f"{page.slug}/{lead.name}", lead.data
