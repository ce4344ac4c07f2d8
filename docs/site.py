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
OWN = re.compile(r'(<(?:img|source)\b[^>]*?\b(?:src|srcset)=")([^":]+)(")')
FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1", re.MULTILINE | re.DOTALL)


LANDMARKS = {
    '<div class="navbar fixed-top': (
        '<a class="skip" href="#content">Skip to the text</a>\n'
        '        <div role="navigation" aria-label="Site" class="navbar fixed-top'
    ),
    'role="main">': 'role="main" id="content" tabindex="-1">',
}


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


def on_page_content(html: str, **_: Any) -> str:
    """Return a page's text in which what is wide can be moved sideways, by the keyboard too."""
    html = html.replace("<pre>", '<pre tabindex="0">').replace("<th></th>", "<td></td>")
    html = html.replace("<table>", '<div class="wide" tabindex="0"><table>')
    return html.replace("</table>", "</table></div>")


def on_post_page(output: str, **_: Any) -> str:
    """Return a whole page with the landmarks that MkDocs' own theme lacks, and a way past its head.

    Raises ValueError where the theme is another one than this was written for.
    """
    for old, new in LANDMARKS.items():
        if old not in output:
            raise ValueError(f"docs/site.py: MkDocs' theme has no {old} any more")
        output = output.replace(old, new, 1)
    return output


def on_post_template(output_content: str, template_name: str, **_: Any) -> str:
    """Return the page for addresses that do not exist with the same landmarks."""
    is_page = template_name.endswith(".html")
    return on_post_page(output_content) if is_page else output_content


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

    def picture(found: re.Match[str]) -> str:
        file = posixpath.normpath(posixpath.join(here, found[2])).removeprefix("docs/")
        return f"{found[1]}{posixpath.relpath(file, posixpath.dirname(uri) or '.')}{found[3]}"

    return OWN.sub(picture, LINK.sub(link, text))
