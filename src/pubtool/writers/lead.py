"""The image that a post's front matter names, as readers get it."""

from __future__ import annotations

from pubtool.model import Picture
from pubtool.writers.imagery.kinds import Unusable
from pubtool.writers.material import Desk
from pubtool.writers.site import Page


def featured(desk: Desk, page: Page) -> Picture | None:
    """Return the image of the front matter; None where there is none or it is not the project's."""
    front, images = desk.material.posts[page.path].post.front, desk.images(page.path)
    try:
        lead = desk.lead(page)
        if lead is None:
            return None
        name, raw = lead
        data = images.data[name] if name in images.data else desk.treat(raw)
    except Unusable:
        return None
    return Picture(name, data, front.image_alt, "")
