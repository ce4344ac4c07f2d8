"""WXR 1.2, the format of WordPress's export and import.

Written for the importer's XML parsers: no document type, every text in CDATA with ``]]>`` cut in
two, no character that XML 1.0 forbids. Ids count the posts by path, and nothing depends on the
clock: a post without a date has none here, and WordPress gives it the day of the import.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from pubtool.model import Article, FrontMatter
from pubtool.writers.site import Page, Site, slugify

_FORBIDDEN = re.compile("[^\\t\\n\\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Item:
    """One post of the file."""

    page: Page
    front: FrontMatter
    article: Article


def wxr(site: Site, items: Sequence[Item]) -> bytes:
    """Return the import file of all posts, in the order given."""
    channel = [
        *_head(site),
        *_authors(items),
        *_terms(items),
        *(line for number, item in enumerate(items, 1) for line in _item(site, item, number)),
    ]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
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


def _head(site: Site) -> list[str]:
    address = site.url or "http://localhost"
    return [
        f"<title>{_text(site.title)}</title>",
        f"<link>{_text(address)}</link>",
        "<description></description>",
        f"<language>{_text(site.lang)}</language>",
        "<wp:wxr_version>1.2</wp:wxr_version>",
        f"<wp:base_site_url>{_text(address)}</wp:base_site_url>",
        f"<wp:base_blog_url>{_text(address)}</wp:base_blog_url>",
    ]


def _authors(items: Iterable[Item]) -> list[str]:
    names = sorted({_author(item) for item in items})
    return [
        f"<wp:author><wp:author_id>{number}</wp:author_id>"
        f"<wp:author_login>{_cdata(slugify(name))}</wp:author_login>"
        "<wp:author_email></wp:author_email>"
        f"<wp:author_display_name>{_cdata(name)}</wp:author_display_name></wp:author>"
        for number, name in enumerate(names, 1)
    ]


def _author(item: Item) -> str:
    """Return the first author: WordPress knows one."""
    return item.page.authors[0] if item.page.authors else "admin"


def _categories(item: Item) -> list[str]:
    """Return a post's categories: its own, then its series, which WordPress has no word for."""
    series = (part.name for part in item.front.series)
    return list(dict.fromkeys([*item.front.categories, *series]))


def _terms(items: Sequence[Item]) -> list[str]:
    categories = sorted({name for item in items for name in _categories(item)})
    tags = sorted({name for item in items for name in item.front.tags})
    lines = [
        f"<wp:category><wp:term_id>{number}</wp:term_id>"
        f"<wp:category_nicename>{_cdata(slugify(name))}</wp:category_nicename>"
        "<wp:category_parent></wp:category_parent>"
        f"<wp:cat_name>{_cdata(name)}</wp:cat_name></wp:category>"
        for number, name in enumerate(categories, 1)
    ]
    lines += [
        f"<wp:tag><wp:term_id>{number}</wp:term_id>"
        f"<wp:tag_slug>{_cdata(slugify(name))}</wp:tag_slug>"
        f"<wp:tag_name>{_cdata(name)}</wp:tag_name></wp:tag>"
        for number, name in enumerate(tags, len(categories) + 1)
    ]
    return lines


def _item(site: Site, item: Item, number: int) -> list[str]:
    page, front = item.page, item.front
    address = f"{site.url or 'http://localhost'}/{page.slug}/"
    lines = [
        "<item>",
        f"<title>{_cdata(page.title)}</title>",
        f"<link>{_text(address)}</link>",
        *_dates(page.date),
        f"<dc:creator>{_cdata(slugify(_author(item)))}</dc:creator>",
        f'<guid isPermaLink="false">{_text(address)}</guid>',
        "<description></description>",
        f"<content:encoded>{_cdata(item.article.blocks.rstrip())}</content:encoded>",
        f"<excerpt:encoded>{_cdata(front.excerpt)}</excerpt:encoded>",
        f"<wp:post_id>{number}</wp:post_id>",
        "<wp:comment_status>open</wp:comment_status>",
        "<wp:ping_status>closed</wp:ping_status>",
        f"<wp:post_name>{_cdata(page.slug)}</wp:post_name>",
        f"<wp:status>{_text(page.status)}</wp:status>",
        "<wp:post_parent>0</wp:post_parent>",
        "<wp:menu_order>0</wp:menu_order>",
        "<wp:post_type>post</wp:post_type>",
        "<wp:post_password></wp:post_password>",
        "<wp:is_sticky>0</wp:is_sticky>",
    ]
    lines += [_term("category", name) for name in _categories(item)]
    lines += [_term("post_tag", name) for name in dict.fromkeys(front.tags)]
    if item.article.footnotes:
        lines.append(
            "<wp:postmeta><wp:meta_key>footnotes</wp:meta_key>"
            f"<wp:meta_value>{_cdata(item.article.footnotes)}</wp:meta_value></wp:postmeta>"
        )
    return [*lines, "</item>"]


def _term(domain: str, name: str) -> str:
    nicename = quoteattr(slugify(name))
    return f'<category domain="{domain}" nicename={nicename}>{_cdata(name)}</category>'


def _dates(date: str) -> list[str]:
    """Return the post's dates, taken as UTC; none where `date` is no date."""
    try:
        when = datetime.fromisoformat(date)
    except ValueError:
        return []
    moment = when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    stamp = f"{moment:%Y-%m-%d %H:%M:%S}"
    return [
        f"<pubDate>{format_datetime(moment)}</pubDate>",
        f"<wp:post_date>{stamp}</wp:post_date>",
        f"<wp:post_date_gmt>{stamp}</wp:post_date_gmt>",
    ]


def _legal(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _text(text: str) -> str:
    return escape(_legal(text))


def _cdata(text: str) -> str:
    return f"<![CDATA[{_legal(text).replace(']]>', ']]]]><![CDATA[>')}]]>"
