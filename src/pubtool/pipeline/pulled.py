"""What became of the posts of a site that were asked for, and what is compared to tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import unified_diff
from enum import Enum
from html import unescape
from itertools import chain, count
from pathlib import Path

from pubtool.pipeline.arriving import Arrived
from pubtool.pipeline.sight import POSTS
from pubtool.publishers.wordpress.plan import Action
from pubtool.publishers.wordpress.remote import RemotePost
from pubtool.publishers.wordpress.wanted import TEXTS, Wanted
from pubtool.readers.wordpress import notes_of
from pubtool.readers.wordpress.merging import Edited, without_proof
from pubtool.readers.wordpress.visible import first_difference, words_of_content


class Outcome(Enum):
    """What became of a post."""

    NEW = "new"
    MERGED = "merged"
    PARTLY = "merged in part"
    """What only the site changed is in the file; something that both changed is not."""
    REPLACED = "replaced by the site's"
    """As `publish --theirs` was told; what the author had is kept in a copy."""
    SAME = "unchanged"
    BOTH = "left alone"
    """It has changed here and there, or cannot be merged."""


@dataclass(frozen=True)
class Pulled:
    """One post of the site."""

    path: str
    outcome: Outcome
    why: str = ""
    """Of a post that was left alone: one sentence."""
    diff: str = ""
    """From the file to what the site has, as Markdown."""
    copy: str = ""
    """The path of the copy of a file whose words were replaced."""
    arrived: Arrived | None = None
    """A new post."""

    @property
    def is_written(self) -> bool:
        """Whether its file is."""
        return self.outcome not in (Outcome.SAME, Outcome.BOTH)

    @property
    def is_left(self) -> bool:
        """Whether something of it has still to be settled."""
        return self.outcome in (Outcome.BOTH, Outcome.PARTLY)


@dataclass(frozen=True)
class Home:
    """What a pull did."""

    posts: tuple[Pulled, ...]
    images: tuple[str, ...]
    """Addresses of images that new posts show."""


def is_name_of(name: str, post: Pulled) -> bool:
    """Whether a post was asked for by this name."""
    return name in (post.path, post.path.removeprefix(f"{POSTS}/"), Path(post.path).stem)


def edited_fields(action: Action) -> tuple[str, ...]:
    """Return the text fields that the site has otherwise than the project."""
    return tuple(n for n in TEXTS if n in {*action.edited, *action.clashes, *action.kept})


def free_name(root: Path, path: str) -> str:
    """Return a name beside a post's, that no file has and that no post can have."""
    names = chain([f"{path}.orig"], (f"{path}.orig{number}" for number in count(2)))
    return next(name for name in names if not (root / name).exists())


def words_there(seen: RemotePost) -> Edited:
    """Return what the site has of a post's text."""
    return Edited(seen.content, notes_of(seen.footnotes))


def difference_there(there: Edited, wanted: Wanted) -> str:
    """Return the first difference between a site's words and those that would be sent.

    What is told of the quotations is not compared: a word that was changed there may fail here.
    """
    ours = words_of_content(without_proof(wanted.content), notes_of(wanted.footnotes))
    theirs = words_of_content(without_proof(there.content), there.notes)
    return first_difference(theirs, ours)


def plain_line(html: str) -> str:
    """Return HTML of one line as text."""
    return " ".join(unescape(re.sub(r"<[^<>]*>", "", html)).split())


def image_in(text: str, stem: str) -> str:
    """Return the image of a file's whose name has this stem."""
    found = re.search(rf"\]\(<?([^()\s<>]*{re.escape(stem)}\.\w+)>?[\s)]", text, re.IGNORECASE)
    return found[1] if found else ""


def diff_of(path: str, ours: str, theirs: str) -> str:
    """Return the difference from a file to what the site has of it, as unified diff."""
    lines = unified_diff(
        ours.splitlines(), theirs.splitlines(), path, f"{path} on the site", lineterm=""
    )
    return "".join(f"{line}\n" for line in lines)
