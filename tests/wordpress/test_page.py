"""docs/wordpress.md says of each golden file what WordPress says of it."""

from __future__ import annotations

import re
from pathlib import Path

from tests.wordpress.files import EDITIONS
from tests.wordpress.test_blocks import GOLDENS, ROOT, judged, said

ROW = re.compile(r"^\| `(\w+)` \| [^|]+ \| (\d+) \| (\w+) \| (\w+) \|$", re.MULTILINE)


def test_the_table_of_constructs_is_what_was_judged() -> None:
    page = (ROOT / "docs" / "wordpress.md").read_text(encoding="utf-8")
    markups = tuple(golden.read_text(encoding="utf-8") for golden in GOLDENS)
    verdicts = [[said(one) for one in judged(edition, markups)] for edition in EDITIONS]
    measured = [
        (name_of(golden), str(len(re.findall(r"<!-- wp:", markup))), *both)
        for golden, markup, *both in zip(GOLDENS, markups, *verdicts, strict=True)
    ]
    assert ROW.findall(page) == measured


def name_of(golden: Path) -> str:
    return golden.name.removesuffix(".blocks.html")
