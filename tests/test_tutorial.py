"""The tutorial does what it says, followed step by step in an empty folder.

What the commands said is held to what the page shows; `make accept` writes it into the page.
"""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Golden
from tests.walkthrough import followed, upto_heading

DOCS = Path(__file__).parents[1] / "docs"


def test_the_tutorial_works_without_a_site(tmp_path: Path, golden: Golden) -> None:
    """As far as it needs none; tests/wordpress follows all of it."""
    path = DOCS / "tutorial.md"
    page = path.read_text(encoding="utf-8")
    alone = upto_heading(page, "Publish it")
    golden(path, followed(alone, tmp_path, {}) + page[len(alone) :])
