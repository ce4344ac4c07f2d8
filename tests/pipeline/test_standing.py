"""A build that had nothing to do is told again, and never when anything has changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest

from pubtool.errors import ChangedMeanwhile
from pubtool.model import Report
from pubtool.pipeline import (
    BuildMode,
    Look,
    Recall,
    Told,
    building,
    checking,
    find_project,
    render_text,
    standing,
    tell_build,
)
from pubtool.pipeline.building import BuildResult
from pubtool.pipeline.sight import Sight, look_at
from pubtool.system import cache
from pubtool.system.files import read_text

DAY = 86_400 * 1_000_000_000
POST = """---
title: A log
date: 2026-01-02
status: publish
---

The log says “lit the lamp at dusk” [@log].

![A dot](dot.png)

See [the figures](figures.csv).
"""
FILES = {
    "posts/a.md": POST,
    "posts/b.md": POST.replace("A log", "Another"),
    "posts/figures.csv": "1,2\n",
    "references.bib": "@book{log, author = {Keeper, Ann}, title = {Log}, date = {1901}}\n",
    "sources/log.txt": "The keeper lit the lamp at dusk and wrote down the hour.\n",
    "pubtool.toml": '[site]\nurl = "https://example.org"\n',
    "templates/style.css": "p { color: black }\n",
}
PICTURE = Path(__file__).parents[1] / "wordpress" / "dot.png"


def show(report: Report, recall: Recall) -> str:
    return render_text(report, recall=recall)


@dataclass
class Desk:
    """A project, and how often it was really built."""

    root: Path
    builds: list[BuildResult] = field(default_factory=list)

    def told(
        self,
        look: str = "80",
        formats: tuple[str, ...] = ("html",),
        mode: BuildMode = BuildMode.STRICT,
        output: str = "public",
    ) -> Told:
        return tell_build(
            find_project(self.root),
            (),
            formats=formats,
            output=self.root / output,
            mode=mode,
            look=Look(show, (look,)),
            progress=lambda done, total, what: None,
        )

    def settle(self) -> Told:
        """Build until there is nothing to do, and forget how often."""
        self.told()
        again = self.told()
        self.builds.clear()
        return again


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A project whose files were written long ago."""
    root = tmp_path / "project"
    for name, text in FILES.items():
        write(root / name, text)
    shutil.copy(PICTURE, root / "posts" / "dot.png")
    clock = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: clock() + DAY)
    found, build = Desk(root), building.build

    def counted(*given: object, **named: object) -> BuildResult:
        found.builds.append(build(*given, **named))  # type: ignore[arg-type]
        return found.builds[-1]

    monkeypatch.setattr(building, "build", counted)
    return found


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def swap(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Change as many letters, and give the file the times that it had."""

    def change(root: Path) -> None:
        path = root / name
        before, text = path.stat(), path.read_text("utf-8")
        assert old in text
        assert len(old) == len(new)
        path.write_text(text.replace(old, new), encoding="utf-8")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    return change


def add(name: str, text: str) -> Callable[[Path], None]:
    return lambda root: write(root / name, text)


def take_away(name: str) -> Callable[[Path], None]:
    return lambda root: (root / name).unlink()


def put_in_place(root: Path) -> None:
    """Put another file in a post's place, older than it."""
    write(root / "new", POST.replace("dusk", "dark"))
    os.utime(root / "new", (1, 1))
    (root / "new").replace(root / "posts" / "b.md")


def swap_words(root: Path) -> None:
    """Change two posts' titles, and give them the times that they had."""
    swap("posts/a.md", "A log", "A fog")(root)
    swap("posts/b.md", "Another", "Onother")(root)


def move_post(root: Path) -> None:
    (root / "posts" / "more").mkdir()
    (root / "posts" / "b.md").rename(root / "posts" / "more" / "b.md")


def touch_post(root: Path) -> None:
    os.utime(root / "posts" / "b.md", (1, 1))


def change_picture(root: Path) -> None:
    (root / "posts" / "dot.png").write_bytes(PICTURE.read_bytes() + b"\0")


CHANGES: dict[str, Callable[[Path], None]] = {
    "a post": swap("posts/a.md", "dusk", "dark"),
    "another file in a post's place": put_in_place,
    "a post more": add("posts/c.md", POST.replace("A log", "C")),
    "a post less": take_away("posts/b.md"),
    "a post elsewhere": move_post,
    "a post's time": touch_post,
    "two titles": swap_words,
    "a post in a folder": add("posts/more/c.md", POST.replace("A log", "C")),
    "a source": swap("sources/log.txt", "dusk", "dark"),
    "a source less": take_away("sources/log.txt"),
    "a source of another format": add("sources/log.md", "The keeper lit no lamp.\n"),
    "the bibliography": swap("references.bib", "Ann", "Eve"),
    "a lock": add("sources.lock", ""),
    "a setting": swap("pubtool.toml", "example.org", "example.com"),
    "a style": swap("templates/style.css", "black", "white"),
    "a template more": add("templates/post.html", "<p>Ours</p>\n"),
    "a picture": change_picture,
    "a picture less": take_away("posts/dot.png"),
    "a linked file less": take_away("posts/figures.csv"),
    "a linked file": swap("posts/figures.csv", "1", "3"),
    "a page": swap("public/a/index.html", "Keeper", "Beeper"),
    "a page less": take_away("public/b/index.html"),
    "its evidence": swap("public/a/verification.json", "dusk", "dark"),
    "its evidence less": take_away("public/a/annotations.jsonld"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_is_noticed(what: str, desk: Desk, tmp_path: Path) -> None:
    desk.settle()
    CHANGES[what](desk.root)
    told = desk.told(mode=BuildMode.STRICT)
    assert len(desk.builds) == 1
    fresh = Desk(Path(shutil.copytree(desk.root, tmp_path / "fresh")))
    for name in (".pubtool", "public"):
        shutil.rmtree(fresh.root / name)
    assert (told.report, told.stopped) == (fresh.told().report, fresh.told().stopped)
    if not told.stopped:
        assert tree(desk.root / "public") == tree(fresh.root / "public")


def test_a_build_that_has_nothing_to_do_is_told_again(desk: Desk) -> None:
    settled = desk.settle()
    assert desk.told() == settled
    assert not desk.builds
    assert settled.written == ()
    assert settled.unchanged == len(tree(desk.root / "public"))
    assert "2 quotations in 2 posts: 2 checked, 2 passed, 0 failed" in settled.report


def test_so_is_one_that_findings_stop(desk: Desk) -> None:
    swap("posts/a.md", "dusk", "dark")(desk.root)
    settled = desk.settle()
    assert settled.stopped
    assert desk.told() == settled
    assert not desk.builds


ASKED: dict[str, dict[str, object]] = {
    "other formats": {"formats": ("html", "wordpress")},
    "a draft": {"mode": BuildMode.DRAFT},
    "another width": {"look": "40"},
    "another folder": {"output": "elsewhere"},
}


@pytest.mark.parametrize("what", ASKED)
def test_what_was_not_asked_for_is_not_told(what: str, desk: Desk) -> None:
    desk.settle()
    desk.told(**ASKED[what])  # type: ignore[arg-type]
    assert len(desk.builds) == 1


def test_another_build_meanwhile_is_noticed(desk: Desk) -> None:
    """A draft's pages are stamped; the next build that is none takes the stamps away again."""
    desk.settle()
    pages = tree(desk.root / "public")
    desk.told(mode=BuildMode.DRAFT)
    assert tree(desk.root / "public") != pages
    desk.told()
    assert tree(desk.root / "public") == pages


def test_what_changed_just_now_is_looked_at_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second change could leave the same times."""
    desk.settle()
    newest = max(path.stat().st_ctime_ns for path in desk.root.rglob("*") if path.is_file())
    monkeypatch.setattr(time, "time_ns", lambda: newest + 1_000_000_000)
    desk.told()
    desk.told()
    assert len(desk.builds) == 2


def test_a_page_that_was_written_just_now_is_looked_at_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Although no file of the project has changed."""
    desk.settle()
    swap("posts/a.md", "figures", "numbers")(desk.root)
    monkeypatch.setattr(standing, "_fingerprint", lambda output: "")
    desk.told()
    swap("public/a/index.html", "Keeper", "Beeper")(desk.root)
    desk.told()
    assert len(desk.builds) == 2
    assert "Keeper" in (desk.root / "public/a/index.html").read_text("utf-8")


def dot(width: int) -> bytes:
    from PIL import Image

    held = BytesIO()
    Image.new("RGB", (width, 9)).save(held, "PNG")
    return held.getvalue()


ELSEWHERE = {
    "in the output": ("public/extra.csv", "[more](../public/extra.csv)", b"1,2\n", b"1,3\n"),
    "named as a post": ("posts/.dot.md", "![](.dot.md)", dot(1), dot(2)),
}


@pytest.mark.parametrize("what", ELSEWHERE)
def test_a_file_that_no_look_at_the_project_tells_of_is_noticed(what: str, desk: Desk) -> None:
    name, link, before, after = ELSEWHERE[what]
    (desk.root / "public").mkdir()
    (desk.root / name).write_bytes(before)
    write(desk.root / "posts/a.md", f"{POST}\n{link}\n")
    desk.settle()
    pages = tree(desk.root / "public")
    (desk.root / name).write_bytes(after)
    swap("posts/b.md", "Another", "Onother")(desk.root)
    desk.told()
    changed = {path for path, data in tree(desk.root / "public").items() if data != pages[path]}
    assert any(path.startswith("a/") and path.endswith((".csv", ".png")) for path in changed)


def test_an_edit_reads_no_other_post(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.settle()
    desk.told()
    read: list[str] = []

    def noted(path: Path, name: str) -> str:
        read.append(name)
        return read_text(path, name)

    monkeypatch.setattr(checking, "read_text", noted)
    swap("posts/a.md", "A log", "A fog")(desk.root)
    assert "a/index.html" in desk.told().written
    assert read == ["posts/a.md"]


def test_a_post_that_changes_between_a_look_and_its_reading_stops_the_build(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.settle()
    write(desk.root / "templates/post.html", "<p>{{ body }}</p>\n")
    with sqlite3.connect(desk.root / ".pubtool/cache.sqlite") as database:
        database.execute("DELETE FROM entry WHERE kind = 'post-prepared'")  # made of the text
    database.close()

    def slow(root: Path, output: Path) -> Sight:
        seen = look_at(root, output)
        swap("posts/b.md", "Another", "Onother")(desk.root)
        return seen

    pages = tree(desk.root / "public")
    with monkeypatch.context() as patch:
        patch.setattr("pubtool.pipeline.standing.look_at", slow)
        with pytest.raises(ChangedMeanwhile, match=r"posts/b\.md"):
            desk.told()
    assert tree(desk.root / "public") == pages
    assert len(desk.told().written) > 1


def test_a_change_while_a_build_runs_is_noticed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.told()
    build = building.build

    def slow(*given: object, **named: object) -> BuildResult:
        result = build(*given, **named)  # type: ignore[arg-type]
        swap("posts/a.md", "dusk", "dark")(desk.root)
        return result

    with monkeypatch.context() as patch:
        patch.setattr(building, "build", slow)
        assert not desk.told().stopped
    assert desk.told().stopped


def test_another_program_looks_for_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.settle()
    monkeypatch.setattr(standing, "code_digest", lambda: "another")
    desk.told()
    assert len(desk.builds) == 1


def test_every_week_all_is_looked_at(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that nothing is dropped from the cache for want of being asked for."""
    desk.settle()
    later = cache.week() + 1
    monkeypatch.setattr(standing, "week", lambda: later)
    desk.told()
    desk.told()
    assert len(desk.builds) == 1


def test_a_post_that_cannot_be_read_is_tried_again(desk: Desk) -> None:
    (desk.root / "posts" / "a.md").write_bytes(b"\xff\xfe broken")
    assert desk.settle().unread
    desk.told()
    assert len(desk.builds) == 1


def test_a_folder_behind_a_link_is_looked_into(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (desk.root / "public").symlink_to(tmp_path / "web")
    desk.settle()
    desk.told()
    assert not desk.builds
    swap("public/a/index.html", "Keeper", "Beeper")(desk.root)
    desk.told()
    assert len(desk.builds) == 1


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
