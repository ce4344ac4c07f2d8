"""What an account's rights would cost a post, said before anything is sent: pure.

Without ``unfiltered_html`` (authors, contributors) WordPress takes out of a post what it does not
trust. The lists below were measured: a contributor sent each element and attribute to WordPress
6.8.12 and 7.1.4, and looked at what was kept. Reading back says what was really lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pubtool.publishers.wordpress.readback import Loss, parts_of, split_blocks
from pubtool.publishers.wordpress.remote import Account
from pubtool.publishers.wordpress.wanted import Wanted

_TAKEN = frozenset(
    "base bdi body canvas center datalist dir embed form frame frameset head html iframe input "
    "link menuitem meta noscript object optgroup option output param picture script select slot "
    "source style svg path g template".split()
)
"""Elements that no version keeps."""
_TAKEN_BEFORE_7_1 = frozenset(
    "data dialog math meter mi mn mo mrow ms msup msub mfrac msqrt mtext semantics annotation "
    "progress time wbr".split()
)
"""Elements that 6.8 takes out and 7.1 keeps."""
_TAKEN_ATTRIBUTES = frozenset(
    "accesskey contenteditable decoding download draggable fetchpriority itemprop sizes srcset "
    "translate".split()
)
"""Attributes that no element keeps, besides those that run scripts."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What has to be made on the site before a post can be sent."""

    images: tuple[str, ...] = ()
    """Names of those to upload."""
    categories: tuple[str, ...] = ()
    """Names of those to make."""


def foresee(
    wanted: Wanted, fields: Sequence[str], account: Account, needs: Needs | None = None
) -> tuple[Loss, ...]:
    """Return what a post would lose of the fields that are to be sent, and what would stop it.

    A site that does not tell the account's rights is taken at its best.
    """
    rights, needs = account.capabilities, needs or Needs()
    if not rights:
        return ()
    found: list[Loss] = []
    if "status" in fields and wanted.status != "draft" and "publish_posts" not in rights:
        what = f"this account may not publish, and the site would refuse the status {wanted.status}"
        found.append(Loss(0, f"{what}; use --status draft"))
    if needs.images and "upload_files" not in rights:
        what = f"this account may upload no images, and this needs {', '.join(needs.images)}"
        found.append(Loss(0, f"{what}; have somebody upload them by publishing once"))
    if needs.categories and "manage_categories" not in rights:
        named = ", ".join(needs.categories)
        what = f"this account may make no categories, and the site has none called {named}"
        found.append(Loss(0, f"{what}; have somebody make them there"))
    if "footnotes" in fields and not account.footnotes:
        found.append(Loss(0, "this site has no field for footnotes, and would show none"))
    if "content" in fields and "unfiltered_html" not in rights:
        found += _taken_out(wanted, account.version)
    return tuple(found)


def _taken_out(wanted: Wanted, version: str) -> Iterator[Loss]:
    taken = _TAKEN | (_TAKEN_BEFORE_7_1 if _is_before_7_1(version) else frozenset())
    for number, block in enumerate(split_blocks(wanted.content)):
        line = wanted.lines[number] if number < len(wanted.lines) else 0
        tags, attributes = parts_of(block)
        for tag in sorted(set(tags) & taken):
            yield Loss(line, f"this account may write no <{tag}>: it would be taken out")
        for tag, name in sorted(attributes):
            if tag not in taken and (name in _TAKEN_ATTRIBUTES or name.startswith("on")):
                yield Loss(line, f"this account may write no {name} on <{tag}>")


def _is_before_7_1(version: str) -> bool:
    numbers = [int(number) for number in re.findall(r"\d+", version)[:2]]
    return not numbers or numbers < [7, 1]
