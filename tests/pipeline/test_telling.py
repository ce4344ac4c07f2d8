"""A check in words says what the report says, and holds few reports of an archive."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pubtool.model import Report, Verdict
from pubtool.pipeline import Look, check, find_project, render_text, tally, tell_check
from pubtool.pipeline import telling as module
from pubtool.pipeline.store import Store
from pubtool.reporters.text import Recall

POSTS = 24
HEAD = "---\ntitle: Post {number}\nstatus: publish\n---\n\n"
WRONG = "It says “lit the lamp at dawn” [@log]. See [there](p00.md#here) and [no](gone.md).\n"
RIGHT = "It says “lit the lamp at dusk” [@log].\n"
SOURCE = "The keeper lit the lamp at dusk and wrote down the hour.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("posts", "sources"):
        (tmp_path / name).mkdir()
    for number in range(POSTS):
        text = HEAD.format(number=number) + (WRONG if number % 3 else RIGHT)
        (tmp_path / "posts" / f"p{number:02}.md").write_text(text, encoding="utf-8")
    (tmp_path / "sources" / "log.txt").write_text(SOURCE, encoding="utf-8")
    entry = "@book{log, author = {Keeper, Ann}, title = {Log}, date = {1901}}\n"
    (tmp_path / "references.bib").write_text(entry, encoding="utf-8")
    (tmp_path / "pubtool.toml").touch()
    return tmp_path


LOOK = Look(lambda report, recall: render_text(report, recall=recall), ("plain",))


def edit(root: Path) -> None:
    path = root / "posts" / "p03.md"
    path.write_text(path.read_text("utf-8") + f"\nAgain. {WRONG}", encoding="utf-8")


def move(root: Path) -> None:
    (root / "posts" / "p00.md").rename(root / "posts" / "z.md")


def mend_source(root: Path) -> None:
    (root / "sources" / "log.txt").write_text(SOURCE.replace("dusk", "dawn"), encoding="utf-8")


def waive(root: Path) -> None:
    path = root / "posts" / "p04.md"
    waiver = "<!-- pubtool: waive Q604 Q701 -- known -->\n"
    path.write_text(path.read_text("utf-8").replace("It says", f"{waiver}\nIt says"), "utf-8")


def spoil(root: Path) -> None:
    (root / "posts" / "p05.md").write_bytes(b"\xff\xfe\xff")


@pytest.mark.parametrize("select", [(), ("Q6",)])
@pytest.mark.parametrize("change", [edit, move, mend_source, waive, spoil])
def test_the_words_are_those_of_the_report(
    root: Path, change: Callable[[Path], None], select: tuple[str, ...]
) -> None:
    project = find_project(root)
    for act in (None, change):
        if act:
            act(root)
        for paths in ((), (root / "posts" / "p04.md",)):
            for _ in range(2):
                said = tell_check(project, paths, look=LOOK, select=select)
                report = check(project, paths, select=select)
                assert (said.report, said.counts) == (render_text(report), tally(report))


def test_of_posts_that_stay_no_report_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (root / "posts").iterdir():  # what is worded in two ways is compared each time
        path.write_text(path.read_text("utf-8").replace("dawn", "dusk"), encoding="utf-8")
    project, found = find_project(root), list[str]()
    tell_check(project, look=LOOK)
    find = Store.find

    def noting(store: Store, kind: str, digest: str, form: type[Any]) -> Any:
        found.append(kind)
        return find(store, kind, digest, form)

    monkeypatch.setattr(Store, "find", noting)
    tell_check(project, look=LOOK)
    assert "verdicts" not in found


def test_a_cold_check_holds_a_few_reports(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HELD", 3)
    alive = list[int]()

    def show(report: Report, recall: Recall) -> str:
        gc.collect()
        alive.append(sum(isinstance(each, Verdict) for each in gc.get_objects()))
        return render_text(report, recall=recall)

    tell_check(find_project(root), look=Look(show, ("plain",)))
    assert alive[0] <= 6
