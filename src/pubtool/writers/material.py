"""What an export is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from pubtool.model import Bibliography, Document, Manuscript, Settings, Verdict
from pubtool.system.files import text_sha256
from pubtool.writers.facts import PostFacts, facts_of
from pubtool.writers.images import ReadFile
from pubtool.writers.provenance import UNKNOWN, Sources
from pubtool.writers.site import Site
from pubtool.writers.verdict_facts import VerdictFacts, verdict_facts

T = TypeVar("T")


class Keep(Protocol):
    """Remembers what was made of a post's text and of what else is told."""

    def __call__(self, kind: str, form: type[T], make: Callable[[], T], *parts: str) -> T:
        """Return what was made of this kind (``facts``) before, or make it now and keep it."""
        ...


def forget(kind: str, form: type[T], make: Callable[[], T], *parts: str) -> T:
    """Make it now, and keep nothing."""
    return make()


@dataclass(frozen=True)
class Checked:
    """A post with what was found out about it; its syntax tree comes when somebody asks for it.

    Of a post that has not changed nobody should: planning takes what it needs from `facts`.
    """

    post: Manuscript
    find: Callable[[], tuple[Verdict, ...]]
    """Gives what was found out about its quotations: of a post that stays it is not asked."""
    read: Callable[[], Document]
    """Has pandoc parse the text; raises `PandocFailed`."""
    keep: Keep = forget
    check: str = ""
    """The SHA-256 of its text where it is known from before."""

    @property
    def document(self) -> Document:
        """As `Pandoc.parse` gives it for the post's text; raises `PandocFailed`.

        It is not held here: those of a thousand posts would take gigabytes.
        """
        return self.read()

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """All that was found out about its quotations; not held here either."""
        return self.find()

    @cached_property
    def found(self) -> VerdictFacts:
        """What planning needs to know of the verdicts."""
        return self.keep("verdict-facts", VerdictFacts, lambda: verdict_facts(self.verdicts))

    @cached_property
    def text_sha256(self) -> str:
        """The SHA-256 of its text in UTF-8, as of a file that holds it."""
        return self.check or text_sha256(self.post.text)

    @cached_property
    def facts(self) -> PostFacts:
        """What planning needs to know; raises `PandocFailed` where it is not known from before."""
        return self.keep("facts", PostFacts, lambda: facts_of(self.document))


@dataclass(frozen=True)
class Material:
    """Everything that an export is made from."""

    site: Site
    posts: Mapping[str, Checked]
    """By path: all of `Site.every`."""
    bibliography: Bibliography
    settings: Settings
    read_file: ReadFile
    """The project's files, for images, citation styles and templates."""
    templates: tuple[str, ...] = ()
    """The files of the project's folder of templates, relative to it, sorted."""
    sources: Sources = UNKNOWN
    """The sources' texts, which nothing opens until it must be made."""
    fonts: tuple[Path, ...] = ()
    """The files of the project's own typefaces, sorted."""
    rest: str = ""
    """What differs if any file of the project may have changed but its posts; empty where that is
    not known."""
    keep: Keep = forget
    """Remembers what is made of what is told alone, whatever post it is for."""
