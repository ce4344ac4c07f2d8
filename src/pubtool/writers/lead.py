"""The image that a post's front matter names, as readers get it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pubtool.writers.desk import Desk
from pubtool.writers.imagery.kinds import Unusable
from pubtool.writers.site import Page

if TYPE_CHECKING:
    from pubtool.model import Picture


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
    from pubtool.model import Picture  # not for a post without one

    return Picture(name, data, front.image_alt, "")
