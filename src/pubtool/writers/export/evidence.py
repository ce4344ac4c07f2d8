"""What a post's page carries as data, the files that stand beside it, and the site's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pubtool.writers.annotations import NAME as ANNOTATIONS
from pubtool.writers.annotations import Annotated, Told, annotation_collection
from pubtool.writers.export.jobs import Job, Output, digest
from pubtool.writers.export.studio import Studio
from pubtool.writers.page_text import read_page
from pubtool.writers.proof import Proof, listed
from pubtool.writers.site import Page, absolute, series_of
from pubtool.writers.structured import Described, structured_data
from pubtool.writers.verification import (
    NAME,
    post_verification,
    site_verification,
)
from pubtool.writers.words import words_in


def structured(studio: Studio, page: Page, proofs: Sequence[Proof]) -> str:
    """Return a post as schema.org's JSON-LD."""
    checked = studio.material.posts[page.path]
    front, sources = checked.post.front, studio.material.bibliography.sources
    cited = set(checked.facts.cited)
    series = [(s, absolute(studio.site, s.url)) for s in series_of(studio.site, page)]
    return structured_data(
        Described(
            page,
            studio.absolute(page),
            front.keywords,
            series,
            [source for key, source in sources.items() if key in cited],
            _told(studio, page, proofs),
        )
    )


def evidence(studio: Studio, page: Page, proofs: Sequence[Proof], content: bytes) -> Output:
    """Yield the files beside a post's page, whose content is given; none for no quotations."""
    if not proofs:
        return
    text = read_page(content.decode("utf-8"))
    told = _told(studio, page, proofs)
    annotated = Annotated(page, studio.absolute(page), text, words_in(page.lang), told)
    collection = annotation_collection(annotated)
    yield f"{page.slug}/{ANNOTATIONS}", collection
    published = {page.url.rpartition("/")[2]: content, ANNOTATIONS: collection}
    yield f"{page.slug}/{NAME}", post_verification(studio.material, page, published)


def site_evidence(studio: Studio) -> Iterator[Job]:
    """Yield the job of the site's verification."""
    told = [[studio.needs(page), studio.evidence_needs(page)] for page in studio.site.pages]
    yield Job(
        "html:verification",
        digest("verification", studio.site_facts, told),
        lambda: iter([(NAME, site_verification(studio.material))]),
    )


def _told(studio: Studio, page: Page, proofs: Sequence[Proof]) -> list[Told]:
    text_digest = studio.material.sources.text_digest
    verdicts = listed(studio.material.posts[page.path].verdicts)
    return [
        Told(verdict, proof, text_digest(verdict.match.key) if verdict.match else "")
        for verdict, proof in zip(verdicts, proofs, strict=True)
    ]
