"""Set the same citations in every style of the repository that stands by itself.

    .venv/bin/python benchmarks/styles.py [NAME…]

Each style sets 14 citations of 12 kinds of sources, whole and cut down to what they can reach
(`pubtool.writers.csl.slim`). Told are the styles that citeproc refuses, that do not end, that leave
a citation empty or ask for an entry that is there, and those for which the two are not the same;
then the time that pandoc's process took for the one and the other. Takes some five minutes.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from pubtool.errors import PubtoolError
from pubtool.model import Document
from pubtool.system.pandoc import Pandoc
from pubtool.writers import citations
from pubtool.writers.ast import collect, meld, plain_text
from pubtool.writers.csl.catalogue import list_styles
from pubtool.writers.csl.notes import shift_numbers
from pubtool.writers.csl.slim import slim
from pubtool.writers.csl.styles import read_style

WHO = [{"family": "Mill", "given": "John Stuart"}]
MORE = [*WHO, {"family": "van der Roe", "given": "Rita"}, {"literal": "Council of Echoes"}]
YEAR = {"date-parts": [[1859]]}
DAY = {"date-parts": [[2001, 5, 3]]}
ENTRIES: list[dict[str, Any]] = [
    {"id": "book", "type": "book", "title": "On liberty", "author": WHO, "issued": YEAR,
     "publisher": "Parker", "publisher-place": "London", "edition": "2"},
    {"id": "same", "type": "book", "title": "Utilitarianism", "author": WHO, "issued": YEAR},
    {"id": "chapter", "type": "chapter", "title": "Of law", "author": WHO, "issued": YEAR,
     "container-title": "Essays", "editor": MORE, "page": "1-20", "publisher": "Echo Press"},
    {"id": "article", "type": "article-journal", "title": "Saying things twice", "author": MORE,
     "issued": DAY, "container-title": "Journal of Echoes", "volume": "3", "issue": "2",
     "page": "1-20", "DOI": "10.1000/1"},
    {"id": "news", "type": "article-newspaper", "title": "Echoes heard", "author": WHO,
     "issued": DAY, "container-title": "Daily Echo"},
    {"id": "web", "type": "webpage", "title": "A page", "URL": "https://example.org/a",
     "author": [{"literal": "Council of Echoes"}], "accessed": DAY},
    {"id": "thesis", "type": "thesis", "title": "Echoes", "author": WHO, "issued": DAY,
     "genre": "PhD thesis", "publisher": "Yale University"},
    {"id": "report", "type": "report", "title": "Report", "author": MORE, "issued": YEAR},
    {"id": "case", "type": "legal_case", "title": "Brown v. Board of Education", "issued": YEAR,
     "container-title": "U.S.", "volume": "347", "page": "483"},
    {"id": "law", "type": "legislation", "title": "Civil Rights Act of 1964", "issued": YEAR,
     "number": "88-352", "container-title": "Stat.", "volume": "78", "page": "241"},
    {"id": "treaty", "type": "treaty", "title": "Treaty of Echoes", "issued": DAY},
    {"id": "talk", "type": "interview", "title": "Talk", "author": WHO, "issued": DAY},
]  # fmt: skip
POST = """
One [@book, p. 5]. Two [see @book, 7]. Three [@same; @article, 3]. Four [@article].[^a]
[@chapter, 7] [@news] [@web] [@thesis, chap. 2] [@report] [@case, 490] [@law, sec. 2]
[@treaty] [@talk]

[^a]: So [@book, 9].
"""
LANG = "en-US"


def processor_time(pandoc: Pandoc) -> float:
    """Return the seconds that the worker has had of a processor."""
    process = pandoc._process
    assert process is not None
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def empty(document: Document) -> list[str]:
    """Return the keys of citations that came out as nothing."""
    return [
        cite["c"][0][0]["citationId"]
        for cite in collect(document.ast["blocks"], frozenset({"Cite"}))
        if not plain_text(cite["c"][1]).strip()
        and not any(node["t"] == "Note" and _says(node["c"]) for node in cite["c"][1])
    ]


def plain(document: Document) -> Any:
    """Return a tree without the spans round numbers of notes, which the cut style marks."""
    return meld(shift_numbers(document.ast, 0))


def _says(blocks: Any) -> bool:
    return bool(plain_text(blocks).strip())


def main(names: list[str]) -> None:
    """Print what went wrong, and the times."""
    pandoc, found = Pandoc(), Counter[str]()
    times: dict[str, list[float]] = {"whole": [], "cut": []}
    sizes: dict[str, list[int]] = {"whole": [], "cut": []}
    document = pandoc.parse(POST, "post")
    for name in names or [line.name for line in list_styles() if not line.parent]:
        style = read_style(name, None)
        told: dict[str, Any] = {}
        try:
            for kind, cut in (("whole", lambda style, *_: style), ("cut", slim)):
                citations.slim = cut  # type: ignore[assignment]
                pandoc.parse("x", "x")
                start = processor_time(pandoc)
                told[kind] = citations.resolve(document, ENTRIES, style, LANG, pandoc)
                times[kind].append(processor_time(pandoc) - start)
                sizes[kind].append(len(cut(style, ENTRIES, LANG)))
        except PubtoolError as error:
            found["refused"] += 1
            print(f"{name}: refused: {error}", flush=True)
            continue
        if plain(told["whole"]) != plain(told["cut"]):
            found["not the same"] += 1
            print(f"{name}: not the same", flush=True)
        nothing = empty(told["cut"])
        found["some citation empty"] += bool(nothing)
        if nothing:
            print(f"{name}: empty: {', '.join(nothing)}", flush=True)
        said = json.dumps(told["cut"].ast)
        if any(f"{entry['id']}?" in said for entry in ENTRIES):
            found["an entry not found"] += 1
            print(f"{name}: an entry not found", flush=True)
        found["set"] += 1
    print(dict(found))
    for kind, took in times.items():
        high = quantiles(took, n=100)[98] if len(took) > 1 else took[0]
        print(
            f"{kind}: {1000 * sum(took) / len(took):.1f} ms a post in the mean, "
            f"{1000 * high:.0f} at the 99th percentile; {median(sizes[kind]):,.0f} bytes"
        )


if __name__ == "__main__":
    began = time.perf_counter()
    main(sys.argv[1:])
    print(f"{time.perf_counter() - began:.0f} s")
