"""Whole posts in other languages, from their files to their verdicts.

Each file under tests/cases/posts has a source, a post that quotes it right, shortened, wrong and
not at all, and a line a quotation: the verdict, the codes of its findings, and the words that
differ (the post's / the source's).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pubtool.model import Verdict
from pubtool.pipeline import check
from pubtool.system.config import find_project

CASES = sorted((Path(__file__).parents[1] / "cases" / "posts").glob("*.md"))
BLOCKS = re.compile(
    r"^```source (?P<key>\S+) (?P<title>[^\n]+)\n(?P<source>.*?)^```\n"
    r"```post\n(?P<post>.*?)^```\n```verdicts\n(?P<verdicts>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_post_has_these_verdicts(case: Path, tmp_path: Path) -> None:
    found = BLOCKS.search(case.read_text(encoding="utf-8"))
    assert found is not None
    key = found["key"]
    files = {
        "pubtool.toml": "",
        "references.bib": f"@misc{{{key},\n  title = {{{found['title']}}}\n}}\n",
        f"sources/{key}.txt": found["source"],
        "posts/post.md": found["post"],
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    report = check(find_project(tmp_path))
    assert not report.errors
    (post,) = report.posts
    lines = [describe(verdict) for verdict in post.verdicts]
    lines += [f"post: {finding.code}" for finding in post.findings if not finding.quotation]
    assert "\n".join(lines) + "\n" == found["verdicts"]


def describe(verdict: Verdict) -> str:
    codes = sorted({str(finding.code) for finding in verdict.findings})
    changed = [f"{d.quoted} / {d.source}" for d in verdict.differences if not d.permitted]
    said = " ".join([verdict.kind.value, *codes])
    return "; ".join([said, *changed])
