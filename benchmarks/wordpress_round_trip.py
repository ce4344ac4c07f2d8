"""What an export of WordPress's loses on its way through pubtool: imported, and built again.

For each post: whether the Markdown has the words that WordPress shows (the import's own proof),
whether the blocks that are built from it have them, and what the two ledgers name. A post whose
words changed without a line in a ledger is an unnamed loss, and there must be none.

    python benchmarks/wordpress_round_trip.py EXPORT.xml
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pubtool import pipeline
from pubtool.model import Entry
from pubtool.pipeline.arriving import name_posts
from pubtool.pipeline.building import BuildMode, check_for_build, material_of
from pubtool.pipeline.workspace import Workspace
from pubtool.readers.wordpress import notes_of
from pubtool.readers.wordpress.visible import first_difference, words_of_content
from pubtool.readers.wxr import read_wxr
from pubtool.system.config import find_project
from pubtool.writers.posting import outgoing

KINDS = ("post", "page")


def entries(file: Path) -> Iterator[Entry]:
    for entry in read_wxr(str(file), [file.read_bytes()]).entries:
        if entry.kind in KINDS and entry.status not in ("trash", "auto-draft", "inherit"):
            yield entry


def main(file: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "posts").mkdir()
        (root / "references.bib").touch()
        project = find_project(root)
        found = pipeline.import_file(project, file, pipeline.Wanted(Path("posts"), pages=True))
        given = tuple(entries(file))
        places = name_posts(given, "posts")
        originals = {places[number][1]: entry for number, entry in enumerate(given)}
        report = {post.path: post for post in found.posts}
        lost: Counter[str] = Counter()
        equal = [0, 0]
        with Workspace(project) as workspace:
            checked = check_for_build(workspace, ())
            material = material_of(workspace, checked.reports, BuildMode.DRAFT)
            for page in material.site.every:
                post, entry = report[page.path], originals[page.path]
                built = outgoing(material, page, workspace.pandoc).write({}, {})
                shown = words_of_content(entry.content, notes_of(entry.footnotes))
                again = words_of_content(built.blocks, notes_of(built.footnotes))
                difference = first_difference(shown, again)
                equal[0] += not post.difference
                equal[1] += not difference
                ledger = {f"import: {one.construct} -> {one.became}" for one in post.losses}
                ledger |= {f"build: {one.construct} -> {one.became}" for one in built.fallbacks}
                lost.update(ledger)
                for stage, said in (("import", post.difference), ("build", difference)):
                    if said:
                        print(f"{stage}: {page.path}: {said}")
        total = len(found.posts)
        print(f"{total} posts: the same words in {equal[0]} files and {equal[1]} sets of blocks")
        print(f"left out: {dict(found.left_out)}")
        for line, count in sorted(lost.items()):
            print(f"{count:4}  {line}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
