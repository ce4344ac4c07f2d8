"""The tutorial, from an empty folder to a post on a real site."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Golden
from tests.walkthrough import followed
from tests.wordpress.site import Site

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial.md"


def test_the_tutorial_ends_with_a_published_post(
    wordpress: Site, tmp_path: Path, golden: Golden
) -> None:
    shown = {
        "https://blog.example.org": wordpress.url,
        '"anna"': f'"{wordpress.user}"',
        "as anna": f"as {wordpress.user}",
        "WordPress 7.1.4": f"WordPress {wordpress.version}",
        "abcd EFGH 1234 ijkl MNOP 5678": wordpress.password,
    }
    page = TUTORIAL.read_text(encoding="utf-8")
    golden(TUTORIAL, followed(page, tmp_path, shown))
    [post] = [one for one in wordpress.posts() if one["slug"] == "what-douglass-asked"]
    assert post["status"] == "publish"
    assert "more than all other days in the year" in post["content"]["rendered"]
