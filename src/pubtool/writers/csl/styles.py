"""Citation styles: by name, all those of the CSL project's repository, and those of a project.

A *dependent* style is a name for another one: it says whose rules it follows, and in what language.
Nothing here or in citeproc follows a link: a style whose parent is not in the repository is
refused.
"""

from __future__ import annotations

import re
from functools import cache

from pubtool.errors import BadStyle, PandocFailed, PubtoolError, UnknownStyle
from pubtool.writers.csl.repository import find_style
from pubtool.writers.csl.xml import (
    Element,
    check,
    parse,
    standing,
    tag,
    with_attributes,
    write,
)


def read_style(name: str, project_style: bytes | None) -> str:
    """Return the XML of a style that stands by itself.

    It is the project's own, of which `project_style` are the file's bytes, or the repository's. A
    dependent style gives its parent's, with its own language. Raises `UnknownStyle` where there is
    none of that name, `BadStyle` where the file is no style.
    """
    if project_style is not None:
        return _standing(name, project_style)
    return _of_repository(name)


@cache
def _of_repository(name: str) -> str:
    path = find_style(name)
    if path is None:
        from pubtool.writers.csl.catalogue import near_names  # not for a name that there is

        raise UnknownStyle(name, near_names(name))
    return _standing(path.name, path.read_bytes(), trusted=True)


def _standing(name: str, data: bytes, *, trusted: bool = False) -> str:
    """Return the text of a style, or of the one that it depends on."""
    if trusted and not _PARENT.search(data):
        return data.decode("utf-8-sig")
    root = parse(name, data)
    link = _parent_link(root)
    if link is None:
        check(name, root)
        return standing(root, "".join(write(part) for part in root))
    parent = find_style(link)
    if parent is None:
        raise BadStyle(name, f"it depends on {link!r}, which is not in the repository")
    text = parent.read_bytes().decode("utf-8-sig")
    locale = root.get("default-locale")
    return with_attributes(text, {"default-locale": locale}) if locale else text


_PARENT = re.compile(rb"\"independent-parent\"")


def _parent_link(root: Element) -> str | None:
    """Return the address of the style that a style depends on, None where it is independent."""
    for info in root:
        if tag(info) != "info":
            continue
        for link in info:
            if tag(link) == "link" and link.get("rel") == "independent-parent":
                return link.get("href", "")
    return None


def blamed(name: str, error: PandocFailed) -> PubtoolError:
    """Return what to say where citations could not be written: the style's fault if it is one."""
    said = _REFUSED.search(error.why)
    return BadStyle(name, f"citeproc says: {said[1]}") if said else error


_REFUSED = re.compile(r"Citeproc(?:Parse|XML)Error: (.*?)\)?$")
