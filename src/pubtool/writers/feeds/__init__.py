"""Feeds: Atom 1.0 (RFC 4287) and JSON Feed 1.1, with the whole text of the newest posts.

An entry is known by its post's address, and its dates are those of the front matter: a feed is the
same whenever it is made. A post without a date cannot be in one, since an entry must have a date.
"""

from __future__ import annotations

from pubtool.writers.feeds.atom import atom
from pubtool.writers.feeds.content import feed_content
from pubtool.writers.feeds.entries import Channel, Entry
from pubtool.writers.feeds.json_feed import json_feed

__all__ = ["Channel", "Entry", "atom", "feed_content", "json_feed"]
