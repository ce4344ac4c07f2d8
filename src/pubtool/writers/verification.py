"""``verification.json``: what was compared with what, so that anybody can prove it again.

One stands beside each post's page, and one at the site's root lists them all. They hold digests of
everything that decides: the post's bytes, the entries of its sources, their files and the texts
that were extracted from them, the settings, and each verdict with its place. `pubtool verify` works
all of it out anew. No page holds the digest of a verification, so a verification may hold the
page's; and nothing in it depends on a clock. ``verification.schema.json`` describes the form.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from pubtool import __version__
from pubtool.model import (
    Code,
    Difference,
    Key,
    Locator,
    Match,
    Settings,
    Source,
    Verdict,
)
from pubtool.system.files import sha256, text_sha256
from pubtool.writers.json_file import json_file
from pubtool.writers.material import Checked, Material
from pubtool.writers.proof import listed
from pubtool.writers.site import Page

NAME = "verification.json"
"""The file's name, beside a page and at the root."""

SCHEMA = 1
"""Grows only when a key is renamed, removed or changes its meaning."""


def post_verification(material: Material, page: Page, published: Mapping[str, bytes]) -> bytes:
    """Return the verification of one post; `published` are the files beside it, by name."""
    record = post_record(material, page)
    record["published"] = {name: sha256(data) for name, data in published.items()}
    return json_file(record)


def post_record(material: Material, page: Page) -> dict[str, Any]:
    """Return what a post's verification says of the project, as it is now."""
    checked, settings = material.posts[page.path], material.settings
    return {
        "schema": SCHEMA,
        "about": "post",
        "tool": _TOOL,
        "post": {"path": page.path, "sha256": checked.text_sha256},
        "settings": _settings(settings),
        "summary": _summary(checked),
        "quotations": [_quotation(v, settings) for v in listed(checked.verdicts)],
        "sources": {
            str(key): {**_source(material, key), "text": _text(material, key)}
            for key in checked.found.evidence
        },
    }


def site_verification(material: Material) -> bytes:
    """Return the verification of a site: its posts, each by its own."""
    return json_file(site_record(material))


def site_record(material: Material, among: Collection[str] | None = None) -> dict[str, Any]:
    """Return what a site's verification says of the project, as it is now.

    With `among`, only of the posts of these paths. Posts without quotations are not in it: nothing
    was compared there.
    """
    site = material.site
    pages = [page for page in site.pages if among is None or page.path in among]
    every = ((page, material.posts[page.path]) for page in pages)
    told = [(page, checked) for page, checked in every if checked.found.kinds]
    keys = sorted({key for _, checked in told for key in checked.found.evidence})
    return {
        "schema": SCHEMA,
        "about": "site",
        "tool": _TOOL,
        "site": {"title": site.title, "url": site.url},
        "settings": _settings(material.settings),
        "posts": [
            {
                "path": page.path,
                "sha256": checked.text_sha256,
                "verification": f"{page.slug}/{NAME}",
                "summary": _summary(checked),
            }
            for page, checked in told
        ],
        "sources": {str(key): _source(material, key) for key in keys},
    }


_TOOL = {"name": "pubtool", "version": __version__}


def _settings(settings: Settings) -> dict[str, Any]:
    """Return the settings that decide verdicts and findings."""
    return {
        "convention": settings.convention,
        "select": list(settings.select),
        "ignore": list(settings.ignore),
    }


def _source(material: Material, key: Key) -> dict[str, Any]:
    """Return what is known of a source without its text; an entry that is not there is null."""
    source = material.bibliography.sources.get(key)
    provenance = material.sources.provenance(key)
    return {
        "entry": _entry_sha256(source) if source is not None else None,
        "files": dict(provenance.files),
        "pinned": provenance.pin or None,
    }


def _entry_sha256(source: Source) -> str:
    """Return the SHA-256 of what an entry says: its CSL JSON, keys sorted, without spaces."""
    csl = json.dumps(source.csl, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text_sha256(csl)


def _text(material: Material, key: Key) -> dict[str, Any] | None:
    """Return what is known of the text that was extracted from a source, None where there is none.

    Its digest is that of what ``pubtool sources show KEY --text`` prints, in UTF-8.
    """
    found = material.sources.text(key)
    if found is None:
        return None
    return {
        "sha256": material.sources.text_digest(key),
        "characters": len(found.text),
        "extent": found.extent.value,
        "reader": material.sources.reader(key),
    }


def _quotation(verdict: Verdict, settings: Settings) -> dict[str, Any]:
    """Return what was found out of a quotation."""
    quotation = verdict.quotation
    return {
        "id": quotation.id,
        "kind": quotation.kind.value,
        "start": quotation.span.start,
        "end": quotation.span.end,
        "text": quotation.text,
        "verdict": verdict.kind.value,
        "reason": verdict.reason,
        "cited": [{"key": c.key, "locator": _locator(c.locator)} for c in quotation.cited],
        "match": _match(verdict.match) if verdict.match is not None else None,
        "differences": [_difference(difference) for difference in verdict.differences],
        "findings": sorted({str(f.code) for f in verdict.findings if _reported(f.code, settings)}),
        "waivers": [{"codes": list(w.codes), "reason": w.reason} for w in quotation.waivers],
    }


def _summary(checked: Checked) -> dict[str, Any]:
    kinds = checked.found.kinds
    return {"quotations": sum(kinds.values()), "verdicts": dict(kinds)}


def _match(match: Match) -> dict[str, Any]:
    return {
        "key": match.key,
        "start": match.span.start,
        "end": match.span.end,
        "locator": _locator(match.locator),
        "extent": match.extent.value,
        "located": match.located.value if match.located else None,
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "kind": difference.kind.value,
        "quoted": difference.quoted,
        "source": difference.source,
        "marked": difference.marked,
        "permitted": difference.permitted,
    }


def _locator(locator: Locator | None) -> dict[str, str] | None:
    return {"label": locator.label, "value": locator.value} if locator else None


def _reported(code: Code, settings: Settings) -> bool:
    """Whether the settings let a finding be reported."""
    chosen = not settings.select or code.startswith(settings.select)
    return chosen and not (settings.ignore and code.startswith(settings.ignore))
