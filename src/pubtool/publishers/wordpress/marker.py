"""Our own mark on a published post: ``{"metadata":{"pubtool":"UUID"}}`` on its first block.

The block editor keeps a block's ``metadata``, and the REST API's ``search`` finds it, since it is a
part of the content. The UUID is derived, not drawn: a colleague's clone, or a run whose memory was
lost, asks for the same one, and finds the post instead of making it twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from uuid import UUID, uuid5

from pubtool.text.block_comments import without_marks, write_attributes

NAME = "pubtool"
"""The attribute's name, which is in each of our posts."""

_OURS = UUID("6d0b5a52-3f0e-5a0e-9d6b-7c1f2f1f9a10")
"""The name space of the marks; any constant would do, as long as it stays."""
_OPENING = re.compile(r"<!-- wp:([a-z][a-z0-9/_-]*) (?:(\{.*?\}) )?(/?)-->", re.DOTALL)
_FOUND = re.compile(r'"pubtool":"([0-9a-f-]{36})"')


def make_marker(site: str, project: str, path: str, taken: Collection[str]) -> str:
    """Return the mark of a new post, one that is not `taken`.

    `site` is the site's address and `project` the project's title, so that two projects which
    publish on one site do not take each other's ``posts/hello.md`` for their own.
    """
    number, name = 1, f"{site}\n{project}\n{path}"
    while (marker := str(uuid5(_OURS, name if number == 1 else f"{name}\n{number}"))) in taken:
        number += 1
    return marker


def mark(blocks: str, marker: str) -> str:
    """Return block markup with the mark on its first block; without a block, as it is."""
    found = _OPENING.match(blocks.lstrip())
    if not found:
        return blocks
    start = len(blocks) - len(blocks.lstrip())
    attributes = json.loads(found[2]) if found[2] else {}
    attributes["metadata"] = {**attributes.get("metadata", {}), "pubtool": marker}
    text = f"<!-- wp:{found[1]} {write_attributes(attributes)} {found[3]}-->"
    return blocks[:start] + text + blocks[start + found.end() :]


def has_marker(content: str, marker: str) -> bool:
    """Whether a post's content has this mark."""
    return marker in _FOUND.findall(content)


def unmarked(content: str) -> str:
    """Return block markup without what is ours alone, to be compared with other such."""
    return without_marks(re.sub(r',?\s?"pubtool":"[0-9a-f-]{36}"', "", content))
