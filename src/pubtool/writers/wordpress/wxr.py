"""WXR 1.2, the format of WordPress's export and import.

Written for the importer's XML parsers: no document type, every text in CDATA with ``]]>`` cut in
two, no character that XML 1.0 forbids. Ids are derived from paths and names, and nothing depends on
the clock: a post without a date has none here, and WordPress gives it the day of the import.

A date is the writer's own time of day. Where the post names no time zone, the time in UTC is left
to the site, which knows its zone (``0000-00-00 00:00:00``, as WordPress itself writes for a draft).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from pubtool.model import IMPORTED, Article, FrontMatter
from pubtool.text.block_comments import as_html_text
from pubtool.writers.site import Page, Site
from pubtool.writers.wordpress.terms import login_of, nicenames, numbers, slug_of

_FORBIDDEN = re.compile("[^\\t\\n\\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_DATE = "0000-00-00 00:00:00"

_NOTICE = """\
<!-- This is a WordPress eXtended RSS file (WXR 1.2). Take it in with Tools, Import, WordPress. -->
<!-- The importer adds what a site does not have. It never changes a post that is there already: -->
<!-- one with the same title and date is passed over, whatever its text. -->"""


@dataclass(frozen=True, slots=True)
class Attachment:
    """An image of a post."""

    name: str
    """Unique in its post."""
    url: str
    """Where the importer can fetch it."""
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Item:
    """One post of the file."""

    page: Page
    front: FrontMatter
    article: Article
    attachments: tuple[Attachment, ...] = ()
    featured: str = ""
    """The name of the attachment that is the post's featured image."""


@dataclass(frozen=True, slots=True)
class _Was:
    """What an imported post's front matter says that WordPress alone has a use for."""

    kind: str = "post"
    status: str = ""
    sticky: bool = False
    terms: tuple[tuple[str, str], ...] = ()
    """Of taxonomies that are neither categories nor tags."""


def _was(front: FrontMatter) -> _Was:
    said = dict(front.other).get(IMPORTED)
    if not isinstance(said, dict):
        return _Was()
    terms = [
        (domain, name)
        for domain, names in said.items()
        if isinstance(names, list) and re.fullmatch(r"[a-z0-9_-]+", str(domain))
        for name in names
        if isinstance(name, str)
    ]
    kind = "page" if said.get("type") == "page" else "post"
    status = "pending" if said.get("status") == "pending" and front.status == "draft" else ""
    return _Was(kind, status, said.get("sticky") is True, tuple(terms))


class _File:
    """The numbers and slugs that the parts of one file share."""

    def __init__(self, site: Site, items: Sequence[Item], series: str) -> None:
        self.address = site.url or "http://localhost"
        self._series = series
        terms = [name for item in items for name in self.categories(item)]
        self.category_slugs = nicenames(terms)
        self.tag_slugs = nicenames(name for item in items for name in self.tags(item))
        paths = [item.page.path for item in items]
        images = [f"{i.page.path}\n{image.name}" for i in items for image in i.attachments]
        self.posts = numbers([*paths, *images])
        keys = [f"category\n{name}" for name in self.category_slugs]
        self.terms = numbers([*keys, *(f"tag\n{name}" for name in self.tag_slugs)])
        self.authors = numbers(author(item) for item in items)

    def categories(self, item: Item) -> list[str]:
        """Return a post's categories; its series, which WordPress has no word for, where asked."""
        series = [part.name for part in item.front.series] if self._series == "category" else []
        return list(dict.fromkeys([*item.front.categories, *series]))

    def tags(self, item: Item) -> list[str]:
        """Return a post's tags; its series, where asked."""
        series = [part.name for part in item.front.series] if self._series == "tag" else []
        return list(dict.fromkeys([*item.front.tags, *series]))


def author(item: Item) -> str:
    """Return the first author: WordPress knows one."""
    return item.page.authors[0] if item.page.authors else "admin"


def wxr(site: Site, items: Sequence[Item], series: str = "category") -> bytes:
    """Return the import file of all posts, in the order given.

    `series` says what a series is in WordPress, a ``category`` or a ``tag``.
    """
    file = _File(site, items, series)
    channel = [
        *_head(site, file),
        *_authors(items, file),
        *_terms(file),
        *(line for item in items for line in (*_item(item, file), *_images(item, file))),
    ]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        _NOTICE,
        '<rss version="2.0"',
        '  xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"',
        '  xmlns:content="http://purl.org/rss/1.0/modules/content/"',
        '  xmlns:dc="http://purl.org/dc/elements/1.1/"',
        '  xmlns:wp="http://wordpress.org/export/1.2/">',
        "<channel>",
        *channel,
        "</channel>",
        "</rss>",
        "",
    ]
    return "\n".join(lines).encode()


def _head(site: Site, file: _File) -> list[str]:
    return [
        f"<title>{_text(site.title)}</title>",
        f"<link>{_text(file.address)}</link>",
        "<description></description>",
        f"<language>{_text(site.lang)}</language>",
        "<wp:wxr_version>1.2</wp:wxr_version>",
        f"<wp:base_site_url>{_text(file.address)}</wp:base_site_url>",
        f"<wp:base_blog_url>{_text(file.address)}</wp:base_blog_url>",
    ]


def _authors(items: Iterable[Item], file: _File) -> list[str]:
    return [
        f"<wp:author><wp:author_id>{file.authors[name]}</wp:author_id>"
        f"<wp:author_login>{_cdata(login_of(name))}</wp:author_login>"
        "<wp:author_email></wp:author_email>"
        f"<wp:author_display_name>{_cdata(name)}</wp:author_display_name></wp:author>"
        for name in sorted({author(item) for item in items})
    ]


def _terms(file: _File) -> list[str]:
    lines = [
        f"<wp:category><wp:term_id>{file.terms[f'category{chr(10)}{name}']}</wp:term_id>"
        f"<wp:category_nicename>{_cdata(slug)}</wp:category_nicename>"
        "<wp:category_parent></wp:category_parent>"
        f"<wp:cat_name>{_cdata(name)}</wp:cat_name></wp:category>"
        for name, slug in file.category_slugs.items()
    ]
    lines += [
        f"<wp:tag><wp:term_id>{file.terms[f'tag{chr(10)}{name}']}</wp:term_id>"
        f"<wp:tag_slug>{_cdata(slug)}</wp:tag_slug>"
        f"<wp:tag_name>{_cdata(name)}</wp:tag_name></wp:tag>"
        for name, slug in file.tag_slugs.items()
    ]
    return lines


def _item(item: Item, file: _File) -> list[str]:
    page, front, was = item.page, item.front, _was(item.front)
    address = f"{file.address}/{page.slug}/"
    lines = [
        "<item>",
        f"<title>{_cdata(as_html_text(front.title or page.title))}</title>",
        f"<link>{_text(address)}</link>",
        *_dates(page.date),
        f"<dc:creator>{_cdata(login_of(author(item)))}</dc:creator>",
        f'<guid isPermaLink="false">{_text(address)}</guid>',
        "<description></description>",
        f"<content:encoded>{_cdata(item.article.blocks.rstrip())}</content:encoded>",
        f"<excerpt:encoded>{_cdata(as_html_text(front.excerpt))}</excerpt:encoded>",
        f"<wp:post_id>{file.posts[page.path]}</wp:post_id>",
        *_state(page.slug, was.status or page.status, was.kind, 0, sticky=was.sticky),
    ]
    lines += [_term("category", n, file.category_slugs[n]) for n in file.categories(item)]
    lines += [_term("post_tag", n, file.tag_slugs[n]) for n in file.tags(item)]
    lines += [_term(domain, name, _nicename(domain, name)) for domain, name in was.terms]
    if item.article.footnotes:
        lines.append(_meta("footnotes", item.article.footnotes))
    if item.featured:
        lines.append(_meta("_thumbnail_id", str(file.posts[f"{page.path}\n{item.featured}"])))
    return [*lines, "</item>"]


def _images(item: Item, file: _File) -> list[str]:
    """Return the items of a post's images, which the importer fetches where it is told to."""
    parent = file.posts[item.page.path]
    lines = []
    for image in item.attachments:
        name = f"{item.page.slug}-{image.name.rpartition('.')[0]}"
        lines += [  # the title says the post too: the importer takes two of one title for one
            "<item>",
            f"<title>{_cdata(name)}</title>",
            f"<link>{_text(image.url)}</link>",
            *_dates(item.page.date),
            f"<dc:creator>{_cdata(login_of(author(item)))}</dc:creator>",
            f'<guid isPermaLink="false">{_text(image.url)}</guid>',
            "<description></description>",
            "<content:encoded><![CDATA[]]></content:encoded>",
            f"<excerpt:encoded>{_cdata(image.caption)}</excerpt:encoded>",
            f"<wp:post_id>{file.posts[f'{item.page.path}{chr(10)}{image.name}']}</wp:post_id>",
            *_state(name, "inherit", "attachment", parent),
            f"<wp:attachment_url>{_text(image.url)}</wp:attachment_url>",
            *([_meta("_wp_attachment_image_alt", image.alt)] if image.alt else []),
            "</item>",
        ]
    return lines


def _nicename(domain: str, name: str) -> str:
    """Return a term's slug; that of a post's format is the same in every language."""
    slug = slug_of(name)
    return f"post-format-{slug}" if domain == "post_format" else slug


def _state(name: str, status: str, kind: str, parent: int, *, sticky: bool = False) -> list[str]:
    return [
        "<wp:comment_status>open</wp:comment_status>",
        "<wp:ping_status>closed</wp:ping_status>",
        f"<wp:post_name>{_cdata(slug_of(name))}</wp:post_name>",
        f"<wp:status>{_text(status)}</wp:status>",
        f"<wp:post_parent>{parent}</wp:post_parent>",
        "<wp:menu_order>0</wp:menu_order>",
        f"<wp:post_type>{kind}</wp:post_type>",
        "<wp:post_password></wp:post_password>",
        f"<wp:is_sticky>{int(sticky)}</wp:is_sticky>",
    ]


def _meta(key: str, value: str) -> str:
    return (
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key>"
        f"<wp:meta_value>{_cdata(value)}</wp:meta_value></wp:postmeta>"
    )


def _term(domain: str, name: str, slug: str) -> str:
    return f'<category domain="{domain}" nicename="{escape(slug)}">{_cdata(name)}</category>'


def _dates(date: str) -> list[str]:
    """Return the post's dates; none where `date` is no date."""
    try:
        when = datetime.fromisoformat(date)
    except ValueError:
        return []
    from email.utils import format_datetime  # which loads much

    moment = when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    there = f"{moment:%Y-%m-%d %H:%M:%S}" if when.tzinfo else _NO_DATE
    return [
        f"<pubDate>{format_datetime(moment)}</pubDate>",
        f"<wp:post_date>{when:%Y-%m-%d %H:%M:%S}</wp:post_date>",
        f"<wp:post_date_gmt>{there}</wp:post_date_gmt>",
    ]


def _legal(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _text(text: str) -> str:
    return escape(_legal(text), quote=False)


def _cdata(text: str) -> str:
    return f"<![CDATA[{_legal(text).replace(']]>', ']]]]><![CDATA[>')}]]>"
