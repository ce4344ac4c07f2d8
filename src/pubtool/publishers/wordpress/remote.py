"""A WordPress site as the rest of this package sees it: what it can be asked, and what it says.

`Remote` has one real implementation, over the REST API; the planning is tested against one in
memory too. Everything here is what the site says, not what we believe.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Taxonomy = Literal["category", "post_tag"]


@dataclass(frozen=True, slots=True)
class Account:
    """Who we are on the site, and what its root says of it."""

    name: str
    """The site's own."""
    url: str
    """Its home, without a slash at the end."""
    version: str
    """WordPress's, where the site tells it; else empty."""
    user: str
    """The account's name."""
    user_id: int
    capabilities: frozenset[str]
    """Such as ``publish_posts``, ``upload_files``, ``unfiltered_html``, ``manage_categories``."""
    footnotes: bool
    """Whether a post's ``footnotes`` field is registered."""
    gmt_offset: float = 0.0
    """Hours that the site's clock is ahead of GMT."""


@dataclass(frozen=True, slots=True)
class RemotePost:
    """A post as the site keeps it, read in the ``edit`` context."""

    id: int
    slug: str
    """As it is or, for a draft that has none, as the site would make it."""
    status: str
    title: str
    """The raw one."""
    content: str
    """The raw one."""
    excerpt: str
    """The raw one."""
    footnotes: str
    """The ``footnotes`` field; empty where there is none."""
    date_gmt: str
    """ISO 8601 without a zone; empty for a draft without a date."""
    modified_gmt: str
    link: str
    categories: tuple[int, ...]
    tags: tuple[int, ...]
    featured_media: int
    author: int
    password: bool = False
    """Whether readers are asked for one."""
    sticky: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A category or a tag."""

    id: int
    name: str
    """The plain text, entities resolved."""
    slug: str


@dataclass(frozen=True, slots=True)
class Media:
    """An attachment."""

    id: int
    slug: str
    url: str
    """Of the full size."""
    alt: str
    caption: str
    """The raw one."""
    width: int
    height: int


class Remote(Protocol):
    """A site that an account can read and write.

    Every call raises an error of `pubtool.errors` where it fails. A request that writes and whose
    answer was lost raises `OutcomeUnknown`: the site may have done it or not, and the caller looks
    before it asks again. Whatever else can be asked again is, within the client.
    """

    def account(self) -> Account:
        """Return what the site says of itself and of us."""

    def post(self, identifier: int) -> RemotePost | None:
        """Return a post, None where the site has none of this id (or it is in the trash)."""

    def posts(self, *, slug: str = "", search: str = "") -> Sequence[RemotePost]:
        """Return all posts of any status but the trash's; by exact slug, or whose text has words.

        Several slugs are separated by commas. All pages of the answer; by id.
        """

    def create(self, fields: Mapping[str, Any]) -> RemotePost:
        """Make a post of the REST API's fields."""

    def update(self, identifier: int, fields: Mapping[str, Any]) -> RemotePost:
        """Change a post's fields; those that are not named stay."""

    def terms(self, taxonomy: Taxonomy) -> Sequence[Term]:
        """Return all terms, by id."""

    def create_term(self, taxonomy: Taxonomy, name: str, slug: str) -> Term:
        """Make a term, or return the one that the site says is there already."""

    def media(self, slug: str) -> Sequence[Media]:
        """Return the attachments with exactly this slug, or one of several with commas, by id."""

    def media_of(self, identifier: int) -> Media | None:
        """Return an attachment; None where there is none of this id."""

    def upload(self, name: str, slug: str, data: bytes, media_type: str) -> Media:
        """Upload a file under a name, with a slug."""

    def describe(self, identifier: int, *, alt: str, caption: str) -> Media:
        """Set an attachment's alternative text and caption."""
