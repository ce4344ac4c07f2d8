"""Write a corpus as a project, and labelled quotations of it beside; prints JSON.

python prepare.py FOLDER MEGABYTES QUOTATIONS POSTS SEED

With no POSTS there is one of fifty quotations, `posts/long.md`, for benchmarks/lsp.py.

A process of its own: what it holds in memory would count as the peak of every process that its
parent starts afterwards.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from corpus import gather, write_project
from posts import QUOTATIONS, write_long_post, write_posts
from sample import sample, sample_for_posts

LONG = 50
"""Quotations of the long post."""


def main() -> None:
    folder, size, count, posts, seed = Path(sys.argv[1]), *map(int, sys.argv[2:])
    corpus = gather(size * 1_000_000, seed)
    write_project(corpus, folder / "project")
    made = sample(corpus, count, seed)
    data = [each.data() for each in made]
    (folder / "quotations.json").write_text(json.dumps(data), encoding="utf-8")
    absent = [each for each in made if each.label == "absent"]
    quoted = sample_for_posts(corpus, absent, QUOTATIONS * posts, seed)
    write_posts(folder / "project", posts, quoted)
    if not posts:
        write_long_post(folder / "project", made[:LONG], corpus.held_back, seed)
    figures = {"size": corpus.size, "copied": corpus.copied, "sources": len(corpus.texts)}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
