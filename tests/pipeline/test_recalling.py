"""Reports that are recalled: the same as those that are made anew, whatever became of the cache."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import fields, replace
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from pubtool.model import PostReport
from pubtool.pipeline import (
    BuildMode,
    Look,
    check,
    find_project,
    render_json,
    render_text,
    tell_build,
)
from pubtool.pipeline.checking import check_files
from pubtool.pipeline.recalling import (
    Held,
    Outline,
    Recalled,
    Written,
    outline_of,
    recall,
    then,
)
from pubtool.pipeline.workspace import Workspace
from pubtool.system.cache import Cache

FILES = {
    "posts/a.md": "---\ntitle: A\nstatus: publish\nseries: {name: S, part: 3}\n---\n\n"
    "The log says “lit the lamp at dawn” [@log]. See [there](b.md#here) and [no](gone.md).\n\n"
    "<!-- pubtool: waive Q701 -- as printed -->\n\nAnd “wrote down the hours” [@log].\n",
    "posts/b.md": "---\ntitle: B\nstatus: publish\n---\n\n## Here\n\n"
    "It says “lit the lamp at dusk” [@log].\n",
    "references.bib": "@book{log, author = {Keeper, Ann}, title = {Log}, date = {1901}}\n",
    "sources/log.txt": "The keeper lit the lamp at dusk and wrote down the hour.\n",
    "pubtool.toml": "",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        tmp_path.joinpath(name).parent.mkdir(exist_ok=True)
        tmp_path.joinpath(name).write_text(text, encoding="utf-8")
    return tmp_path


def said(root: Path) -> str:
    """What a check and a build say, and a digest of what the build leaves."""
    report = check(find_project(root))
    told = tell_build(
        find_project(root),
        (),
        formats=("html",),
        output=root / "public",
        mode=BuildMode.DRAFT,
        look=Look(lambda report, recall: render_text(report, recall=recall), ()),
        progress=lambda done, total, what: None,
    )
    pages = b"".join(path.read_bytes() for path in sorted((root / "public").rglob("*.*")))
    whole = sha256(pages).hexdigest()
    return "\n".join((render_text(report), render_json(report), told.report, *told.remarks, whole))


def test_a_report_that_is_recalled_is_the_one_that_was_made(root: Path) -> None:
    first = check(find_project(root))
    again = check(find_project(root))
    assert all(isinstance(post, Recalled) for post in again.posts)
    assert again == first
    for one, other in zip(first.posts, again.posts, strict=True):
        plain = PostReport(*(getattr(one, each.name) for each in fields(PostReport)))
        assert plain == other
        assert other == plain
        assert outline_of(other) == outline_of(plain)
    assert said(root) == said(root)


def test_what_is_made_of_a_recalled_report_is_one_like_any_other(root: Path) -> None:
    [post, _] = check(find_project(root)).posts
    changed = replace(post, findings=())
    assert not changed.findings
    assert changed.verdicts == post.verdicts
    assert not getattr(changed, "digest", "")


def test_nothing_is_made_before_it_is_asked_for(root: Path) -> None:
    [post, _] = check(find_project(root)).posts
    made: list[str] = []

    def load() -> PostReport:
        made.append(post.path)
        return post

    written = Written(post.path, "", lambda: post.text)
    report = recall(written, outline_of(post), "1", load, Held())
    later = then(report, lambda: replace(report, findings=()), "nothing")
    assert (later.path, later.keys, later.series, later.waivers) == (
        post.path, post.keys, post.series, post.waivers,
    )  # fmt: skip
    assert made == []
    assert later.findings == ()
    assert later.verdicts == post.verdicts
    assert made == [post.path]
    assert isinstance(later, Recalled)
    assert later.digest not in ("", report.digest)


@pytest.mark.parametrize("lost", [False, True])
def test_what_is_not_held_is_found_again(
    root: Path, monkeypatch: pytest.MonkeyPatch, *, lost: bool
) -> None:
    project = find_project(root)
    with Workspace(project) as workspace:
        expected = check_files(workspace, workspace.post_paths())[0]
    with monkeypatch.context() as patch, Workspace(project, held=Held(1)) as workspace:
        workspace.store.close()
        (root / ".pubtool/cache.sqlite").unlink()
        if lost:  # nothing can be kept
            patch.setattr(Cache, "put", lambda *given: False)
        found = check_files(workspace, workspace.post_paths())[0]
        for post in (root / "posts").iterdir():
            post.write_text("Another text by now.", encoding="utf-8")
        assert found == expected
        assert found == expected
        assert len(workspace.held.reports) == 1
        assert len(workspace.held.texts) == 1


def test_the_outline_has_the_names_of_the_report() -> None:
    names = {each.name for each in fields(Outline)}
    rest = {"path", "text", "verdicts", "findings", "suppressed", "known"}
    assert names | rest == {each.name for each in fields(PostReport)}


def forget(kind: str) -> Callable[[sqlite3.Connection], None]:
    def act(database: sqlite3.Connection) -> None:
        database.execute("DELETE FROM entry WHERE kind = ?", (kind,))

    return act


def rewrite(change: Callable[[bytes], bytes]) -> Callable[[sqlite3.Connection], None]:
    """Change what is remembered of the posts, and have the entry count as whole."""

    def act(database: sqlite3.Connection) -> None:
        query = "SELECT number, data FROM entry WHERE kind = 'memory'"
        for number, data in database.execute(query).fetchall():
            new = change(data)
            database.execute(
                "UPDATE entry SET data = ?, sha256 = ? WHERE number = ?",
                (new, sha256(new).digest(), number),
            )

    return act


def tear(database: sqlite3.Connection) -> None:
    database.execute("UPDATE entry SET data = substr(data, 1, length(data) / 2)")


def of_another_version(data: bytes) -> bytes:
    known = msgspec.json.decode(data)
    for post in known.values():
        for kind in post:
            post[kind] = [post[kind][0], ["not this form"]]
    return msgspec.json.encode(known)


def of_other_digests(data: bytes) -> bytes:
    """What was made of other files, and says so."""
    known = msgspec.json.decode(data)
    paths = sorted(known)
    for post in known.values():
        for kind, (digest, _) in post.items():
            post[kind] = ["0" * len(digest), known[paths[-1]].get(kind, (0, True))[1]]
    return msgspec.json.encode(known)


DAMAGES: dict[str, Callable[[sqlite3.Connection], None]] = {
    "the reports are gone": forget("verdicts"),
    "what is short is gone": forget("memory"),
    "all is torn": tear,
    "of another form": rewrite(of_another_version),
    "of other digests": rewrite(of_other_digests),
    "no JSON": rewrite(lambda data: data[:-9]),
    "another JSON": rewrite(lambda data: b"[1, 2]"),
    "nothing": rewrite(lambda data: b""),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_cache_changes_no_verdict(
    root: Path, damage: Callable[[sqlite3.Connection], None]
) -> None:
    before = said(root)
    said(root)
    with sqlite3.connect(root / ".pubtool/cache.sqlite") as database:
        database.execute("DELETE FROM entry WHERE kind = 'standing'")  # which would tell it all
        damage(database)
    database.close()
    assert said(root) == before
    assert said(root) == before


def test_a_post_with_the_words_of_another_is_checked_by_itself(root: Path) -> None:
    before = said(root)
    a, b = root / "posts/a.md", root / "posts/b.md"
    one, other = a.read_text("utf-8"), b.read_text("utf-8")
    a.write_text(other, encoding="utf-8")
    b.write_text(one, encoding="utf-8")
    assert said(root) != before
    a.write_text(one, encoding="utf-8")
    b.write_text(other, encoding="utf-8")
    assert said(root) == before
