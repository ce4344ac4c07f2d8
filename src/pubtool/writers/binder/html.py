"""The binder as one HTML file: no script, nothing loaded, each page's picture held once."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import partial
from importlib.resources import files

from pubtool.model import PagePicture
from pubtool.system.files import sha256
from pubtool.writers.binder.content import Assembled
from pubtool.writers.binder.listing import (
    alternative,
    by_source,
    caption,
    described,
    groups,
    shortened,
)
from pubtool.writers.printable import printable
from pubtool.writers.words import direction


def render_html(binder: Assembled, lang: str) -> bytes:
    """Return the page; `lang` is the language of what has none of its own."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = files(__package__).joinpath("templates")
    environment = Environment(
        loader=FunctionLoader(lambda name: folder.joinpath(name).read_text(encoding="utf-8")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=lambda value: printable(value) if type(value) is str else value,  # no markup
    )
    page = environment.get_template("binder.html").render(
        binder=binder,
        says=binder.says,
        lists=tuple(groups(binder)),
        facts=tuple(described(binder)),
        sources=tuple(by_source(binder)),
        pictures=_pictures(binder),
        picture_id=_picture_id,
        lang=lang,
        direction=direction,
        shortened=shortened,
        caption=partial(caption, binder),
        alternative=partial(alternative, binder),
    )
    return f"{page.rstrip()}\n".encode()


def _pictures(binder: Assembled) -> Sequence[tuple[str, str, int, int]]:
    """Return each picture once: its id, an address that holds it, its width and height."""
    found = dict[str, tuple[str, str, int, int]]()
    for entry in binder.entries:
        for page in entry.pages:
            if (name := _picture_id(page)) not in found:
                data = b64encode(page.image).decode("ascii")
                address = f"data:{page.media_type};base64,{data}"
                found[name] = name, address, page.width, page.height
    return tuple(found.values())


def _picture_id(page: PagePicture) -> str:
    return f"page-{sha256(page.image)[:16]}"
