"""The documentation as a site: what `make site` adds to docs/ when MkDocs builds it.

The pages of docs/ read well where the repository is browsed; what they link to outside of docs/ is
carried into the site here: the front page, the rules' own pages, the schemas, the benchmarks. A
link to anything else (code, test cases) keeps its words alone.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

from pubtool.checker.rules import rules
from pubtool.checker.rules.examples import reader_page

ROOT = Path(__file__).parents[1]
RULES = "src/pubtool/checker/rules"
CARRIED = {
    "README.md": "index.md",
    "CHANGELOG.md": "changes.md",
    "CONTRIBUTING.md": "contributing.md",
    "benchmarks/README.md": "benchmarks.md",
    "benchmarks/accuracy/README.md": "accuracy.md",
    "editors/vscode/README.md": "vscode.md",
    "src/pubtool/check.schema.json": "check.schema.json",
    "src/pubtool/verification.schema.json": "verification.schema.json",
    **{f"{RULES}/{page.name}": f"findings/{page.name}" for page in (ROOT / RULES).glob("*.md")},
}
"""Where a file of the repository stands on the site."""
HOME = {there: here for here, there in CARRIED.items()}
LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^)\s]+)\)")
TITLE = re.compile(r'title="([^"]+)"')
FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1", re.MULTILINE | re.DOTALL)


def on_files(files: Files, config: Any) -> Files:
    """Add what is carried into the site; of the rules' pages what `pubtool explain` shows."""
    explained = {f"{RULES}/{rule.name}.md": reader_page(rule.code) for rule in rules()}
    for here, there in CARRIED.items():
        content = explained.get(here) or (ROOT / here).read_text(encoding="utf-8")
        files.append(File.generated(config, there, content=content))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Return a page whose links lead to where things stand on the site."""
    uri = page.file.src_uri
    here = posixpath.dirname(HOME.get(uri, f"docs/{uri}"))
    done, at = [], 0
    for fence in FENCE.finditer(markdown):
        done += [_linked(markdown[at : fence.start()], here, uri), _titled(fence.group())]
        at = fence.end()
    return "".join([*done, _linked(markdown[at:], here, uri)])


def _titled(fence: str) -> str:
    """Return a block of code with what its first line says of it above it.

    MkDocs knows no more than a language there.
    """
    opening, _, rest = fence.partition("\n")
    first, _, more = opening.partition(" ")
    if not more:
        return fence
    title = TITLE.search(more)
    said = title[1] if title else f"{first.strip('`~')} {more}"
    return f"*{said}:*\n\n{first}\n{rest}"


def _linked(text: str, here: str, uri: str) -> str:
    def link(found: re.Match[str]) -> str:
        image, words, target = found.groups()
        path, mark, fragment = target.partition("#")
        if not path or ":" in path:
            return found.group()
        file = posixpath.normpath(posixpath.join(here, path))
        there = CARRIED.get(file) or file.removeprefix("docs/")
        if file not in CARRIED and (not file.startswith("docs/") or file.endswith(".py")):
            return words
        if (ROOT / file).is_dir():
            return words
        to = posixpath.relpath(there, posixpath.dirname(uri) or ".")
        return f"{image}[{_linked(words, here, uri)}]({to}{mark}{fragment})"

    return LINK.sub(link, text)
