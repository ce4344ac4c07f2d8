"""What feeds and the search take from a post's page: made with the page, and kept for later builds.

A feed of twenty posts and an index of all would else have to set each of them again for one edit.
"""

from __future__ import annotations

from pubtool.writers.export.studio import Studio
from pubtool.writers.feeds import feed_content
from pubtool.writers.html.body import Body, make_body
from pubtool.writers.proof import summary
from pubtool.writers.site import Page, absolute
from pubtool.writers.words import words_in


def keep_extracts(studio: Studio, page: Page, body: Body) -> None:
    """Make what others will ask of a post whose page has just been made."""
    if studio.material.settings.search:
        word_weights(studio, page, body)
    if page.path in studio.fed:
        feed_text(studio, page, body)


def feed_text(studio: Studio, page: Page, body: Body | None = None) -> str:
    """Return a post's text for feeds; `body` spares making it."""
    checked, words = studio.material.posts[page.path], words_in(page.lang)

    def make() -> str:
        told = summary(checked.verdicts, words)
        address, heading = absolute(studio.site, page.url), words("page.sources")
        return feed_content(body or _body(studio, page), address, heading, told)

    return checked.keep(f"feed-{studio.extract_needs(page)}", str, make)


def word_weights(studio: Studio, page: Page, body: Body | None = None) -> dict[str, int]:
    """Return the words of a post's page, each with its weight; `body` spares making it."""
    checked = studio.material.posts[page.path]

    def make() -> dict[str, int]:
        from pubtool.writers.search import count_words  # not for a site without a search page

        shown = body or _body(studio, page)
        return count_words(" ".join((shown.text, shown.notes, *shown.sources)))

    return checked.keep(f"words-{studio.extract_needs(page)}", dict[str, int], make)


def _body(studio: Studio, page: Page) -> Body:
    document = studio.document(page, lambda other: f"../{other.url}")
    return make_body(document, studio.desk.proofs(page), page.lang, studio.pandoc)
