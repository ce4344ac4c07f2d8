"""Posts as WordPress is to have them: in a file that is pasted or imported, or on a site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from pubtool.model import IMPORTED, Article, Fallback, Node, Outgoing, Picture, Placed
from pubtool.system.pandoc import Pandoc
from pubtool.writers.ast import attr, attribute, collect, element, plain_text, words
from pubtool.writers.desk import Address, Desk
from pubtool.writers.imagery.kinds import Unusable
from pubtool.writers.lead import featured
from pubtool.writers.lines import LINE, mark_lines, take_lines
from pubtool.writers.links import linked_posts, local_path
from pubtool.writers.material import Material
from pubtool.writers.proof import summary
from pubtool.writers.sanitise.policy import WORDPRESS
from pubtool.writers.sanitise.tree import LeftOut
from pubtool.writers.shapes import title_of
from pubtool.writers.site import Page, Series, neighbours, series_of
from pubtool.writers.wordpress import Attachment, Item, Writing, article
from pubtool.writers.words import words_in


@dataclass(frozen=True)
class Target:
    """Where a post's text goes."""

    placed: Mapping[str, Placed]
    """Where each of its images is, by name."""
    pages: Mapping[str, Page]
    """The posts that it may link to, by path."""
    address: Address
    footnotes: str
    """``core`` or ``list``."""


def write_article(desk: Desk, page: Page, target: Target) -> Article:
    """Return a post's content for a target. Raises `PandocFailed` and `UnknownStyle`."""
    proof = desk.material.settings.wordpress_proof
    imported = any(n == IMPORTED for n, _ in desk.material.posts[page.path].post.front.other)
    told = desk.proofs(page) if proof == "details" else ()
    if imported and not any(one.compared for one in told):
        told = ()  # it goes back as it came, as long as nothing was found out
    writing = Writing(
        slug=page.slug,
        placed=target.placed,
        imported=imported,
        footnotes=target.footnotes,
        lang=page.lang,
        attributes=proof != "none",
        proofs=told,
        summary=summary(desk.material.posts[page.path].verdicts, words_in(page.lang)),
        navigation=_navigation(desk, page, target),
        beforehand=(
            *_unseen(desk, page),
            *_left_out(desk, page),
            *_unlinked(desk, page, target),
            *_unfetched(desk, page),
        ),
    )
    document = desk.for_wordpress(page, target.pages, target.address)
    return article(document, writing, desk.pandoc)


def outgoing(material: Material, page: Page, pandoc: Pandoc) -> Outgoing:
    """Return a post for a site. Its `write` raises `PandocFailed` and `UnknownStyle`.

    What it writes has WordPress's own footnotes, unless the settings ask for a list.
    """
    desk = Desk(material, pandoc)
    checked = material.posts[page.path]
    front = checked.post.front
    known = {other.path: other for other in material.site.every}
    links = set(linked_posts(checked.facts.links, page.path)) & set(known)
    for _, before, after in _near(desk, page):
        links |= {other.path for other in (before, after) if other is not None}
    footnotes = "list" if material.settings.wordpress_footnotes == "list" else "core"

    last: dict[str, Any] = {}  # a run asks for each post three times, mostly in vain

    def write(placed: Mapping[str, Placed], addresses: Mapping[str, str]) -> Article:
        def address(other: Page) -> str:
            return addresses.get(other.path, "")

        given = (dict(placed), dict(addresses))
        if last.get("given") != given:
            article = write_article(desk, page, Target(placed, known, address, footnotes))
            last.update(given=given, article=article)
        written: Article = last["article"]
        return written

    return Outgoing(
        path=page.path,
        slug=page.slug,
        title=front.title or page.title,
        status=page.status,
        date=page.date,
        excerpt=front.excerpt,
        categories=front.categories,
        tags=front.tags,
        series=tuple(dict.fromkeys(part.name for part in front.series)),
        pictures=pictures(desk, page),
        featured=featured(desk, page),
        absent=absent(desk, page),
        links=tuple(sorted(links)),
        write=write,
        left_out=tuple(
            (gone.line, f"{gone.what} is not sent: {gone.why}") for gone in _withheld(desk, page)
        ),
    )


def item(desk: Desk, page: Page, written: Article) -> Item:
    """Return a post for the import file; its images are those that the site's address leads to."""
    front, url = desk.material.posts[page.path].post.front, desk.material.site.url
    if page.path in _held_back(desk):
        return Item(page, front, written)
    shown = {picture.name: picture for picture in pictures(desk, page)}
    lead = featured(desk, page)
    if lead is not None:
        shown[lead.name] = lead  # as on a site that it is published to
    images = tuple(
        Attachment(name, f"{url}/{page.slug}/{name}", picture.alt, picture.caption)
        for name, picture in shown.items()
        if url
    )
    return Item(page, front, written, images, lead.name if lead and url else "")


def _held_back(desk: Desk) -> Mapping[str, str]:
    """Return the statuses of the posts that are on no page, by path."""
    return {page.path: page.status for page in desk.material.site.held_back}


def _unfetched(desk: Desk, page: Page) -> Iterator[Fallback]:
    """Yield what the ledger says of images that no importer can fetch."""
    held = _held_back(desk)
    if page.path in held and (pictures(desk, page) or featured(desk, page)):
        why = (
            f"that post is {held[page.path]}, so that its images are nowhere to be fetched; "
            "`pubtool publish` sends them"
        )
        yield Fallback(0, "images", "left out of the import file", why)


def fallback_line(path: str, fallback: Fallback) -> str:
    """Return an entry of the ledger as a line: ``posts/a.md:12: verse -> text: the reason``."""
    place = f"{path}:{fallback.line}" if fallback.line else path
    return f"{place}: {fallback.construct} -> {fallback.became}: {fallback.reason}"


# --- Images ---------------------------------------------------------------------------------------


def pictures(desk: Desk, page: Page) -> tuple[Picture, ...]:
    """Return the project's images that a post shows, by name, as it first describes them."""
    images, document = desk.images(page.path), desk.material.posts[page.path].document
    found: dict[str, Picture] = {}
    for node in collect(document.ast["blocks"], frozenset({"Image"})):
        name = images.name_of(node["c"][2][0], page.path)
        if name in images.data and name not in found:
            alt = attribute(node, "alt") or plain_text(node["c"][1]).strip()
            found[name] = Picture(name, images.data[name], alt, title_of(node))
    return tuple(found[name] for name in sorted(found))


def absent(desk: Desk, page: Page) -> tuple[tuple[str, int], ...]:
    """Return the images that the project lacks, each with its line; 0 is the front matter."""
    post, document = desk.material.posts[page.path].post, desk.material.posts[page.path].document
    images, lines = desk.images(page.path), post.text.splitlines()
    found: dict[str, int] = {}
    if post.front.image and featured(desk, page) is None:
        found[post.front.image] = 0
    for node in collect(document.ast["blocks"], frozenset({"Image"})):
        target = node["c"][2][0]
        file = local_path(target, page.path)
        if file and file not in images.names and file not in images.strange:
            shown = (f"]({target}", f"]({unquote(target)}", f"<{unquote(target)}>")
            at = (n for n, line in enumerate(lines, 1) if any(one in line for one in shown))
            found.setdefault(unquote(target), next(at, 0))
    return tuple(found.items())


def _unseen(desk: Desk, page: Page) -> tuple[Fallback, ...]:
    """Return what the ledger says of a featured image that the project does not have."""
    image = desk.material.posts[page.path].post.front.image
    if not image or featured(desk, page) is not None:
        return ()
    why = f"the project has no file {image}"
    try:
        if lead := desk.lead(page):
            desk.treat(lead[1])
    except Unusable as error:
        why = str(error)
    return (Fallback(0, "featured image", "nothing", why),)


def _withheld(desk: Desk, page: Page) -> tuple[LeftOut, ...]:
    return (*desk.prepared(page.path, WORDPRESS).left_out, *desk.unshown(page))


def _left_out(desk: Desk, page: Page) -> Iterator[Fallback]:
    """Yield what the ledger says of what an author without further rights may not write."""
    for gone in _withheld(desk, page):
        yield Fallback(gone.line, gone.what, "nothing", gone.why)


_NO_ADDRESS = (
    "that post's address is not known; give the site's as `url` below [site] in pubtool.toml"
)
"""Why a link to another post of the project becomes its words."""


def _unlinked(desk: Desk, page: Page, target: Target) -> Iterator[Fallback]:
    """Yield what the ledger says of links to posts that have no address."""
    document = desk.material.posts[page.path].document
    for block in take_lines(mark_lines(document).ast["blocks"]):
        for node in collect([block], frozenset({"Link"})):
            file = local_path(node["c"][2][0].partition("#")[0], page.path)
            other = target.pages.get(file)
            if not file.endswith(".md") or (other and target.address(other)):
                continue
            held = _held_back(desk)
            why = f"that post is {held[file]}" if file in held else "no such post"
            if other:
                why = _NO_ADDRESS
            yield Fallback(block.get(LINE, 0), f"link to {file}", "text", why)


# --- Series ---------------------------------------------------------------------------------------


def _near(desk: Desk, page: Page) -> list[tuple[Series, Page | None, Page | None]]:
    found = series_of(desk.material.site, page)
    return [(series, *neighbours(series, page)) for series in found]


def _navigation(desk: Desk, page: Page, target: Target) -> list[Sequence[Node]]:
    """Return a paragraph for each series of which a neighbour has an address."""
    paragraphs: list[Sequence[Node]] = []
    say = words_in(page.lang)
    for series, *pages in _near(desk, page):
        links = [
            [*words(f"{say(way)}: "), _link(other, target.address(other))]
            for way, other in zip(("series.previous", "series.next"), pages, strict=True)
            if other is not None and target.address(other)
        ]
        if links:
            head = words(say("series.of", number=series.number(page), count=series.count))
            line = [*head, element("Emph", words(series.name)), element("Str", ".")]
            for link in links:
                line += [{"t": "LineBreak"}, *link]
            paragraphs.append(line)
    return paragraphs


def _link(page: Page, address: str) -> Node:
    return element("Link", [attr(), words(page.title), [address, ""]])
