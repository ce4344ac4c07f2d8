"""Case files: Markdown in which each second-level heading is a case with two fenced blocks.

A module that names a folder below tests/cases in `CASES` gets each of its cases as the arguments
`text` (a post) and `expected`, and, where it asks for it, the file's `bibliography` (BibTeX).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pubtool.system.pandoc import Pandoc

ROOT = Path(__file__).parent.parent / "cases"

CASE = re.compile(
    r"^## (?P<title>[^\n]+)\n+"
    r"(?P<a>[`~]{3,})post\n(?P<post>.*?)\n(?P=a)\n+"
    r"(?P<b>[`~]{3,})quotations\n(?P<expected>.*?)\n(?P=b)$",
    re.MULTILINE | re.DOTALL,
)
BIBLIOGRAPHY = re.compile(r"^```bibliography\n(.*?)\n```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="session")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    folder = getattr(metafunc.module, "CASES", None)
    names = [name for name in ("text", "expected", "bibliography") if name in metafunc.fixturenames]
    if folder is None or not names:
        return
    cases = [case for path in sorted((ROOT / folder).glob("*.md")) for case in read_cases(path)]
    values = [[values[name] for name in names] for _, values in cases]
    metafunc.parametrize(names, values, ids=[title for title, _ in cases])


def read_cases(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    text = path.read_text(encoding="utf-8")
    found = list(CASE.finditer(text))
    titles = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert [case["title"] for case in found] == titles, f"{path}: a case that does not parse"
    entries = BIBLIOGRAPHY.search(text)
    for case in found:
        yield (
            f"{path.stem}: {case['title']}",
            {
                "text": case["post"] + "\n",
                "expected": case["expected"],
                "bibliography": entries[1] if entries else "",
            },
        )
