"""Our import file, read in PHP as WordPress's importer reads it, and by the importer itself.

The importer is a plugin that no package registry has. A folder with it may be named in
PUBTOOL_WP_IMPORTER; without, the import itself is skipped, and may be even where nothing else is,
since no machine can be asked to have what it cannot get.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.wordpress.site import PHP, Site

IMPORTER = os.environ.get("PUBTOOL_WP_IMPORTER")


def post(told: dict[str, Any], slug: str) -> dict[str, Any]:
    [found] = [one for one in told["posts"] if one["post_name"] == slug]
    assert isinstance(found, dict)
    return found


def test_the_file_says_who_wrote_and_where(exported: dict[str, Any]) -> None:
    assert exported["wxr_version"] == "1.2"
    assert exported["base_site_url"] == exported["base_blog_url"] == "https://example.org"
    names = {one["author_login"]: one["author_display_name"] for one in exported["authors"]}
    assert sorted(names.values()) == ["Ann Author", "Bob Böse"]
    assert {one["creator"] for one in exported["posts"] if one["post_type"] == "post"} == set(names)


def test_the_fields_of_a_post(exported: dict[str, Any]) -> None:
    shown = post(exported, "showcase")
    assert shown["title"] == "What a post can hold & “how” it looks"
    assert shown["excerpt"] == "Everything &lt;at once> & in one place."
    assert (shown["status"], shown["post_type"]) == ("publish", "post")
    assert shown["post_date_gmt"] == "2026-05-03 08:30:00"
    assert post(exported, "second")["status"] == "draft"


def test_the_terms_of_a_post_are_declared_and_have_addresses(exported: dict[str, Any]) -> None:
    terms = post(exported, "showcase")["terms"]
    assert [(one["domain"], one["name"]) for one in terms] == [
        ("category", "Law & order"),
        ("category", "Études"),
        ("category", "Shown & told"),
        ("post_tag", "footnotes"),
        ("post_tag", "C++"),
    ]
    declared = {(one["category_nicename"], one["cat_name"]) for one in exported["categories"]}
    declared |= {(one["tag_slug"], one["tag_name"]) for one in exported["tags"]}
    assert {(one["slug"], one["name"]) for one in terms} <= declared
    assert all(re.fullmatch(r"[a-z0-9-]+", one["slug"]) for one in terms)


def test_each_note_of_the_text_is_in_the_post_s_notes(exported: dict[str, Any]) -> None:
    shown = post(exported, "showcase")
    notes = json.loads(shown["meta"]["footnotes"])
    assert "\n" not in shown["meta"]["footnotes"]
    assert [list(note) for note in notes] == [["content", "id"]] * len(notes)
    marks = re.findall(r'data-fn="([^"]+)"', shown["content"])
    assert marks == [note["id"] for note in notes]
    assert "<em>words</em>, “quoted”, with a back\\slash and a <a" in notes[0]["content"]


def test_ids_are_unique_and_lead_to_what_is_there(exported: dict[str, Any]) -> None:
    ids = [int(one["post_id"]) for one in exported["posts"]]
    assert len(set(ids)) == len(ids)
    for one in exported["posts"]:
        for needed in (one["post_parent"], one["meta"].get("_thumbnail_id", "0")):
            assert int(needed) in (0, *ids)
        if one["post_type"] == "attachment":
            assert one["attachment_url"].startswith("https://example.org/")


def test_a_featured_image_is_an_attachment(exported: dict[str, Any]) -> None:
    thumbnail = post(exported, "showcase")["meta"]["_thumbnail_id"]
    [attachment] = [one for one in exported["posts"] if one["post_id"] == thumbnail]
    assert attachment["post_type"] == "attachment"
    assert attachment["attachment_url"].endswith("/dunes.png")
    alternative = attachment["meta"]["_wp_attachment_image_alt"]
    assert alternative == "Dunes under a clear sky, “drawn” & coloured"


@pytest.mark.parametrize(
    "spoilt",
    ["<!DOCTYPE rss>", "\x01", "<open>"],
    ids=["a document type", "a control character", "an open element"],
)
def test_what_is_no_export_file_is_seen(exported: Any, export: Path, spoilt: str) -> None:
    text = export.read_text(encoding="utf-8")
    file = export.with_name("spoilt.xml")
    file.write_text(text.replace("<rss", f"{spoilt}<rss", 1), encoding="utf-8")
    done = subprocess.run(["php", str(PHP / "read_wxr.php"), str(file)], check=False, stderr=-3)
    assert done.returncode == 1


@pytest.mark.unobtainable
@pytest.mark.skipif(IMPORTER is None, reason="PUBTOOL_WP_IMPORTER names no folder with the plugin")
def test_the_importer_takes_the_whole_file(
    wordpress: Site, exported: dict[str, Any], export: Path
) -> None:
    importer = str(IMPORTER)
    wordpress.run_php(PHP / "import.php", str(export), importer)
    there = {one["slug"]: one for one in wordpress.posts()}
    assert sorted(there) == ["second", "showcase"]
    shown = post(exported, "showcase")
    assert there["showcase"]["content"]["raw"] == shown["content"]
    assert json.loads(there["showcase"]["meta"]["footnotes"]) == json.loads(
        shown["meta"]["footnotes"]
    )
    assert there["showcase"]["excerpt"]["raw"] == shown["excerpt"]
    assert len(there["showcase"]["categories"]) == 3
    assert len(there["showcase"]["tags"]) == 2
    wordpress.run_php(PHP / "import.php", str(export), importer)
    assert len(wordpress.posts()) == len(there), "importing again doubles nothing"
