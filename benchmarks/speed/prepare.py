"""Write a corpus as a project, and labelled quotations of it beside; prints JSON.

    python prepare.py FOLDER MEGABYTES QUOTATIONS SEED

A process of its own: what it holds in memory would count as the peak of every process that its
parent starts afterwards.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from corpus import gather, write_project
from sample import sample


def main() -> None:
    folder, size, count, seed = Path(sys.argv[1]), *map(int, sys.argv[2:])
    corpus = gather(size * 1_000_000, seed)
    write_project(corpus, folder / "project")
    made = [each.data() for each in sample(corpus, count, seed)]
    (folder / "quotations.json").write_text(json.dumps(made), encoding="utf-8")
    figures = {"size": corpus.size, "copied": corpus.copied, "sources": len(corpus.texts)}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
