"""Images that stand by themselves, as the block editor's image block has them."""

from __future__ import annotations

import re
from typing import Any

from pubtool.model import Node
from pubtool.writers.ast import attr_of, attribute
from pubtool.writers.shapes import Figure, title_of
from pubtool.writers.wordpress.inlines import Inlines
from pubtool.writers.wordpress.markup import (
    comment,
    escape,
    escape_attribute,
    html_attributes,
)

_ALIGNED = {
    name: side
    for side in ("left", "right", "center")
    for name in (side, f"align{side}", f"align-{side}")
}


def image_block(figure: Figure, inlines: Inlines) -> str:
    """Return the image as a block.

    Its size is the author's, where the post gives one: WordPress itself adds that of the file, by
    the class that names the attachment.
    """
    image = figure.image
    caption = escape(title_of(image)) if figure.caption is None else figure.caption
    placed = inlines.manner.images(image["c"][2][0])
    sizes, identifier = _sizes(image), figure.identifier or image["c"][0][0]
    classes = [*(attr_of(image) or ["", []])[1], *figure.classes]
    aligned = next((_ALIGNED[name] for name in classes if name in _ALIGNED), "")
    own = " ".join(name for name in classes if name not in _ALIGNED)
    attributes: dict[str, Any] = {"id": placed.id or None, **sizes}
    attributes["sizeSlug"] = "full" if placed.id else ""
    destination = "custom" if figure.link else "none" if placed.id else ""
    attributes |= {"linkDestination": destination, "align": aligned}
    attributes |= {"anchor": identifier, "className": own}
    style = ";".join(f"{name}:{value}" for name, value in sizes.items())
    given = {"class": f"wp-image-{placed.id}" if placed.id else "", "style": style}
    html = inlines.image(image, given, "/>")
    if figure.link:
        html = f'<a href="{inlines.address(figure.link)}">{html}</a>'
    note = f'<figcaption class="wp-element-caption">{caption}</figcaption>' if caption else ""
    names = ["wp-block-image", f"align{aligned}" if aligned else ""]
    names += ["size-full" if placed.id else "", "is-resized" if sizes else "", own]
    outer = {
        "class": escape_attribute(" ".join(filter(None, names))),
        "id": escape_attribute(identifier),
    }
    return comment("image", attributes, f"<figure{html_attributes(outer)}>{html}{note}</figure>")


def _sizes(image: Node) -> dict[str, str]:
    """Return the width and height that the author wants; the other follows where one is given."""
    given = {name: _length(attribute(image, name)) for name in ("width", "height")}
    return {name: value or "auto" for name, value in given.items()} if any(given.values()) else {}


def _length(value: str) -> str:
    """Return a length in the units that both pandoc and a style sheet know; else nothing."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(px|%|em|cm|mm|in|pt)?", value.strip())
    return f"{found[1]}{found[2] or 'px'}" if found else ""
