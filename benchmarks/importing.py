"""How long `pubtool import` takes a post: CPU time, that of its pandoc and workers included.

    python benchmarks/importing.py [POSTS] [WORDS]

The export is made up: paragraphs with a quotation, a note and a link, block quotations, lists.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pubtool import pipeline
from pubtool.system.config import find_project

HEAD = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Made up</title>"""
ITEM = """<item><title>{0}</title><content:encoded><![CDATA[{1}]]></content:encoded>
<wp:post_id>{0}</wp:post_id><wp:post_name>p{0}</wp:post_name><wp:postmeta>
<wp:meta_key>footnotes</wp:meta_key><wp:meta_value><![CDATA[{2}]]></wp:meta_value></wp:postmeta></item>
"""
PARAGRAPH = """<!-- wp:paragraph -->
<p>{0} “{1}”<sup data-fn="{4}" class="fn"><a href="#{4}">1</a></sup> {2} <em>{3}</em>
<a href="https://example.org/">{3}</a>.</p>
<!-- /wp:paragraph -->"""
QUOTE = """<!-- wp:quote -->
<blockquote class="wp-block-quote"><p>{0} {1}</p><cite>{3}</cite></blockquote>
<!-- /wp:quote -->"""
LIST = """<!-- wp:list -->
<ul class="wp-block-list"><li>{0}</li><li>{1}</li><li>{2}</li></ul>
<!-- /wp:list -->"""
SEED = 7


def blocks(chance: random.Random, words: int, notes: list[dict[str, str]]) -> Iterator[str]:
    def some(count: int) -> str:
        return " ".join("".join(chance.choices("aeioustrnlm", k=5)) for _ in range(count))

    for _ in range(words // 75):  # each block has about as many
        form = chance.choice((PARAGRAPH, PARAGRAPH, QUOTE, LIST))
        identifier = f"n{len(notes)}"
        if form is PARAGRAPH:
            notes.append({"id": identifier, "content": some(9)})
        yield form.format(some(30), some(20), some(20), some(3), identifier)


def main(posts: int, words: int) -> None:
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "posts").mkdir()
        (root / "references.bib").touch()
        file = root / "blog.xml"
        with file.open("w", encoding="utf-8") as export:
            export.write(HEAD)
            for number in range(posts):
                notes: list[dict[str, str]] = []
                content = "\n\n".join(blocks(chance, words, notes))
                export.write(ITEM.format(number, content, json.dumps(notes)))
            export.write("</channel></rss>")
        before, began = os.times(), time.perf_counter()
        found = pipeline.import_file(find_project(root), file, pipeline.Wanted(Path("posts")))
        after, wall = os.times(), time.perf_counter() - began
        cpu = sum(after[:4]) - sum(before[:4])
        wrong = sum(bool(post.difference) for post in found.posts)
        print(f"seed {SEED}: {posts} posts of {words} words, {wrong} read differently")
        print(
            f"{1000 * cpu / posts:.1f} ms of CPU a post, {1000 * wall / posts:.1f} ms of the clock"
        )


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*(given or [200]), *([] if len(given) > 1 else [900]))
