"""Q604: a link within the project leads nowhere."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Finding, PostLink, Severity

RULE = Rule(Code("Q604"), Severity.WARNING, "dead_link")


def dead_link(link: PostLink, why: str) -> Finding:
    """Return the finding on a link, or an image, that leads nowhere."""
    what = "the image" if link.image else "the link"
    return Finding(
        RULE.code, RULE.severity, f"{what} {link.target} leads nowhere: {why}", link.span
    )


def no_anchor(anchor: str, anchors: Collection[str], where: str) -> str:
    """Return why a link into `where`, a post that has `anchors`, leads nowhere."""
    return f"{where} has nothing called #{anchor}{_meant(anchor, anchors, '#')}"


def no_file(folder: str, name: str, names: Collection[str]) -> str:
    """Return why a link to a file leads nowhere; `names` are those that its folder has."""
    below = f"{folder}/" if folder else ""
    return f"the project has no file {below}{name}{_meant(name, names, below)}"


def _meant(name: str, names: Collection[str], mark: str) -> str:
    near = get_close_matches(name.lower(), {other.lower(): other for other in names}, 1)
    found = next((other for other in names if near and other.lower() == near[0]), "")
    return f"; did you mean {mark}{found}?" if found else ""
