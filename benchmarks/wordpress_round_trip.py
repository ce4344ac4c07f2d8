"""What a WordPress export loses on its way through pubtool: imported, built, and both once more.

For each post, what its readers see (see `wordpress_shown`) and what its item says of it is compared
before and after. A difference of a kind that no line of the post's two ledgers accounts for is an
unnamed loss, and there must be none. The second trip must give the same file byte for byte.

    python benchmarks/wordpress_round_trip.py EXPORT.xml [SITE.json] [--all]

SITE.json names a WordPress for tests, which is written to: ``{"url": …, "user": …,
"app_password": …}``. Without one, raw content is compared as it is meant. ``--all`` shows every
difference.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from wordpress_shown import Show, as_kept, differences, facts_of, shown_by

from pubtool import pipeline
from pubtool.model import Entry
from pubtool.pipeline.arriving import name_posts
from pubtool.pipeline.building import build
from pubtool.pipeline.targets import BuildMode
from pubtool.readers.wxr import read_wxr
from pubtool.system.config import find_project

SKIPPED = ("trash", "auto-draft", "inherit")
FIELDS = ("kind", "title", "slug", "status", "date", "author", "excerpt", "categories", "tags")
FIELDS += ("terms", "image", "image_alt", "password", "sticky")

ACCOUNTS: tuple[tuple[str, str], ...] = (
    (
        r"import: (gallery|media-text|columns?|cover|buttons?|spacer) -> .*",
        "list text alignment width",
    ),
    (r"import: caption -> text", "caption image text"),
    (r"import: preformatted text -> code", "code text strong emphasis link cite abbr"),
    (r"import: reversed list -> a list", "list"),
    (r"import: style -> nothing: .*\balign(wide|full)", "width"),
    (r"import: style -> nothing: .*\b(justified|aligned left)", "alignment"),
    (r"import: style -> nothing: its classes .*\b(left|right|center)\b", "alignment"),
    (r"import: block \S+ -> its HTML", "heading list link image form text"),
    (r"import: title of an image -> nothing", "image"),
    (r"import: <(big|tt|font)> -> text", r"\1"),
    (r"import: <ins> -> raw HTML", "underline"),
    (r"import: excerpt -> text", "excerpt"),
    (r"import: title -> .*", "title"),
    (r"import: slug -> .*", "slug"),
    (r"import: password -> private", "password status"),
    (r"import: table -> a table", "table"),
    (r"import: <(form|fieldset)> -> text", "form"),
    (r"build: HTML tag </?(input|select|option|optgroup|textarea)\b.*> -> nothing", "form text"),
    (r"import: row heading -> a cell", "table"),
    (r"build: featured image -> nothing", "image_url image_alt"),
    (r"build: HTML tag </?(\w+)\b.*> -> nothing", r"\1"),
)
"""What a line of a ledger accounts for: differences of these kinds in its post."""


class Trip(NamedTuple):
    """A file, imported into an empty project and built."""

    posts: dict[str, Entry]
    """By path."""
    ledgers: dict[str, list[str]]
    file: bytes
    pages: dict[str, bytes]
    failed: list[str]


def entries(data: bytes) -> Iterator[Entry]:
    for entry in read_wxr("the export", [data]).entries:
        if entry.kind in ("post", "page") and entry.status not in SKIPPED:
            yield entry


def take(data: bytes) -> Trip:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "posts").mkdir()
        (root / "references.bib").touch()
        url = read_wxr("the export", [data]).url
        (root / "pubtool.toml").write_text(f"[site]\nurl = {json.dumps(url)}\n")
        export, site = root / "export.xml", root / "site"
        export.write_bytes(data)
        project = find_project(root)
        found = pipeline.import_file(project, export, pipeline.Wanted(Path("posts"), pages=True))
        ledgers = {
            post.path: [
                f"import: {one.construct} -> {one.became}: {one.reason}" for one in post.losses
            ]
            for post in found.posts
        }
        result = build(
            project,
            formats=["wordpress"],
            output=site,
            mode=BuildMode.DRAFT,
            progress=lambda *_: None,
        )
        for line in result.remarks:
            path, construct = re.fullmatch(r"(.+?\.md)(?::\d+)?: (.*? -> .*)", line).groups()
            ledgers[path].append(f"build: {construct}")
        given = tuple(entries(data))
        paths = name_posts(given, "posts")
        return Trip(
            {paths[number][1]: entry for number, entry in enumerate(given)},
            ledgers,
            (site / "wordpress/posts.xml").read_bytes(),
            {file.name: file.read_bytes() for file in (site / "wordpress").glob("*.html")},
            [f"{post.path}: {post.difference}" for post in found.posts if post.difference],
        )


def of_the_item(one: Entry, other: Entry) -> Iterator[tuple[str, str]]:
    """Give the fields of two items that differ; what is HTML is compared as its words."""
    for name in FIELDS:
        before, after = plain(getattr(one, name)), plain(getattr(other, name))
        if before != after:
            yield name if name != "image" else "image_url", f"{before!r} became {after!r}"


def plain(value: object) -> object:
    if isinstance(value, tuple):
        return sorted((plain(one) for one in value), key=str)
    if isinstance(value, str):
        return " ".join(unescape(unquote(value)).split())
    return value


def accounted(kind: str, ledger: list[str]) -> bool:
    found = [(re.match(pattern, line), kinds) for pattern, kinds in ACCOUNTS for line in ledger]
    return any(kind in match.expand(kinds).split() for match, kinds in found if match)


def judge(first: Trip, show: Show, *, strict: bool, whole: bool) -> None:
    """Print what differs between the export and the file that was built of it."""
    slugs = {unquote(entry.slug): entry for entry in entries(first.file)}
    kinds, named, unnamed = Counter[str](), Counter[str](), Counter[str]()
    posts = 0
    for path, before in first.posts.items():
        after = slugs[path.removeprefix("posts/").removesuffix(".md")]
        shown = facts_of(show(before.content, before.footnotes), strict=strict)
        again = facts_of(show(after.content, after.footnotes), strict=strict)
        kinds.update({kind: len(facts) for kind, facts in shown.items()})
        kinds.update({name: 1 for name in FIELDS if getattr(before, name)})
        posts += 1
        for kind, said in (*differences(shown, again), *of_the_item(before, after)):
            known = accounted(kind, first.ledgers[path])
            (named if known else unnamed)[kind] += 1
            if whole or not known:
                print(f"{path}: {kind}{' (named)' if known else ''}: {said}")
    print(f"{posts} posts")
    print(f"{'kind':>16} {'facts':>6} {'named':>6} {'not named':>9}")
    for kind, count in sorted(kinds.items()):
        print(f"{kind:>16} {count:6} {named[kind]:6} {unnamed[kind]:9}")
    print(f"{'all':>16} {kinds.total():6} {named.total():6} {unnamed.total():9}")


def main(file: Path, site: Path | None, *, whole: bool) -> None:
    show = shown_by(json.loads(site.read_text())) if site else as_kept
    first = take(file.read_bytes())
    second = take(first.file)
    print(*[f"words differ: {line}" for line in (*first.failed, *second.failed)], sep="\n")
    judge(first, show, strict=site is not None, whole=whole)
    same = sum(data == second.pages.get(name) for name, data in first.pages.items())
    said = "the same" if first.file == second.file else "another"
    print(f"second trip: {said} posts.xml, {same} of {len(first.pages)} pages the same")
    found = (line.rsplit(": ", 1)[0] for ledger in first.ledgers.values() for line in ledger)
    for line, count in sorted(Counter(found).items()):
        print(f"{count:4}  {line}")


if __name__ == "__main__":
    options = [argument for argument in sys.argv[1:] if argument == "--all"]
    places = [Path(argument) for argument in sys.argv[1:] if argument != "--all"]
    main(places[0], places[1] if len(places) > 1 else None, whole=bool(options))
