"""The annotations of a built page, found again by a real browser in the page itself.

Nothing here is shared with the code that wrote them: the browser's own DOM says what the text of
the document is and which characters a selector chooses.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.devtools import Page
from tests.loopback import answer, serve

from pubtool.writers.page_text import read_page

SOURCE = """# On Quoting

Whoever quotes must quote exactly, for a reader cannot check what he has not got.

Nobody “may be” held to words that aren't his own; and no word – however small – may be left out.

The first rule is to be brief. The second rule, which many forget, is to be fair. The third is to
name the place.

Schön ist, was gefällt: 漢字かな交じり文 and 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 😀 beyond the sixteen bits of old.
"""
BIBLIOGRAPHY = """@book{doe2001,
  author = {Doe, Jane}, title = {On Quoting}, year = {2001}, publisher = {A House},
  url = {https://books.example.org/on-quoting.html},
}
"""
POST = """---
title: "On <quoting> & what is left"
date: 2026-05-03
status: publish
---

# A heading with 😀 and 𝔘𝔫𝔦

She writes that [“Whoever quotes must quote exactly”]{.x} [@doe2001], and nobody doubts it.[^1]

“Nobody ‘may be’ held to *words that* aren't his own”, says Doe [@doe2001], and then again:
“no word -- however small -- may be left out” [@doe2001].

> The first rule is to be brief. The second rule, … is to be fair.
>
> The third is to name the place. [@doe2001]

“The first rule,” she adds, “is to be brief” [@doe2001]. A table:

| what | words |
|---|---|
| one | “The third is to name the place” [@doe2001] |

```
pre   formatted   text
```

<div>Raw <b>markup</b> &amp; entities</div>

“Schön ist, was gefällt: 漢字かな交じり文 and 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 😀 beyond” [@doe2001].

[^1]: In a note too: “quote exactly, for a reader cannot check” [@doe2001].
"""
LOCATE = """
(found => {
  const text = document.body.textContent;
  const points = Array.from(text);
  return found.first.items.map(item => {
    const by = Object.fromEntries(item.target.selector.map(s => [s.type, s]));
    const quote = by.TextQuoteSelector, place = by.TextPositionSelector;
    const chosen = points.slice(place.start, place.end).join("");
    const before = points.slice(0, place.start).join("").length;
    const around = (quote.prefix + quote.exact + quote.suffix);
    const at = text.indexOf(around) + quote.prefix.length;
    const range = document.createRange();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let seen = 0;
    while (walk.nextNode()) {
      const node = walk.currentNode, end = seen + node.data.length;
      if (before >= seen && before < end) range.setStart(node, before - seen);
      if (before + chosen.length > seen && before + chosen.length <= end)
        range.setEnd(node, before + chosen.length - seen);
      seen = end;
    }
    const holder = range.startContainer.parentElement.closest("[data-verdict]");
    return {
      exact: quote.exact, chosen, byQuote: at === before, ranged: range.toString(),
      holder: holder ? holder.id || holder.dataset.partOf : null,
      verdict: item.body.find(b => b.purpose === "tagging").value,
    };
  });
})
"""
"""What finds the targets; it is given the collection, since the page's own rules let it load
nothing."""
STYLES = ("chicago-notes-bibliography", "chicago-author-date")


@pytest.fixture(scope="module", params=STYLES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the post's page, built with citations as notes and as brackets."""
    project = tmp_path_factory.mktemp("project")
    (project / "posts").mkdir()
    (project / "sources").mkdir()
    (project / "posts/a.md").write_text(POST, encoding="utf-8")
    (project / "sources/doe2001.md").write_text(SOURCE, encoding="utf-8")
    (project / "references.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    (project / "pubtool.toml").write_text(f'[build]\ncsl = "{request.param}"\n', encoding="utf-8")
    build = (sys.executable, "-m", "pubtool", "--project", str(project), "build", "--to", "html")
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "public" / "a"


@pytest.fixture
def page(browser: Page, built: Path) -> Any:
    """That page, open in the browser, over HTTP."""
    with serve() as site:
        for file in built.iterdir():
            kind = "application/json" if file.suffix in (".json", ".jsonld") else "text/html"
            site.routes[f"/a/{file.name}"] = answer(
                file.read_bytes(), kind=f"{kind}; charset=utf-8"
            )
        browser.go(site.url("/a/index.html"))
        yield browser


def test_the_text_that_positions_count_in_is_the_browser_s_own(page: Page, built: Path) -> None:
    ours = read_page((built / "index.html").read_text(encoding="utf-8"))
    theirs: str = page.run("document.body.textContent")
    assert theirs.rstrip() == ours.text.rstrip()


def test_every_selector_chooses_the_quotation_s_words(page: Page, built: Path) -> None:
    collection = (built / "annotations.jsonld").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = page.run(f"{LOCATE.strip()}({collection})")
    record = json.loads((built / "verification.json").read_text(encoding="utf-8"))
    assert len(found) == len(record["quotations"]) >= 8
    for told, quotation in zip(found, record["quotations"], strict=True):
        assert told["chosen"] == told["exact"] == told["ranged"]
        assert told["byQuote"], told["exact"]
        assert told["holder"] == quotation["id"]
        assert told["verdict"] == quotation["verdict"]
        assert letters(told["exact"]).startswith(letters(quotation["text"])[:8])
        assert letters(told["exact"]).endswith(letters(quotation["text"])[-8:])


def letters(text: str) -> str:
    """Return a text's letters and digits."""
    return "".join(char for char in text if char.isalnum())
