"""The project's posts as a site is to have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pubtool.model import Article, Outgoing, Picture, Placed
from pubtool.system.pandoc import Pandoc
from pubtool.writers import wordpress
from pubtool.writers.export import Material, _Studio
from pubtool.writers.links import linked_posts
from pubtool.writers.site import Page

_PLACE = "pubtool-image:"


def outgoing(material: Material, pandoc: Pandoc, page: Page) -> Outgoing:
    """Return a post on its way to a site."""
    studio = _Studio(material, pandoc, ("wordpress",))
    checked = material.posts[page.path]
    front = checked.post.front
    images = studio._images[page.path].data

    def write(placed: Mapping[str, Placed], links: Mapping[str, str]) -> Article:
        document = studio._ready(page, lambda other: links.get(other.path, ""))
        made = wordpress.article(document, page.slug, _PLACE, images)
        blocks = made.blocks
        for name in images:
            blocks = blocks.replace(f"{_PLACE}{name}", placed[name].url if name in placed else name)
        return replace(made, blocks=blocks)

    featured = material.read_file(front.image) if front.image else None
    return Outgoing(
        path=page.path,
        slug=page.slug,
        title=page.title,
        status=page.status,
        date=page.date,
        excerpt=front.excerpt,
        categories=front.categories,
        tags=front.tags,
        series=tuple(part.name for part in front.series),
        pictures=tuple(Picture(name, data, "", "") for name, data in images.items()),
        featured=Picture(front.image.rpartition("/")[2], featured, front.image_alt, "")
        if featured
        else None,
        links=tuple(path for path in linked_posts(checked.document, page.path)),
        write=write,
    )
