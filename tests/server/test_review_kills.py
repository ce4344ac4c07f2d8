"""review, killed at random moments: what was answered "saved" is there, and every file is whole."""

from __future__ import annotations

import http.client
import random
import re
import shutil
import threading
import tomllib
from pathlib import Path

import pytest
from tests.desk import make_project
from tests.reviewing import Desk, form, reviewing

from pubtool.pipeline.deciding import all_decisions

SEEDS = range(4)
"""Runs; in each the desk is killed six times while two editors decide."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_project(tmp_path_factory.mktemp("kills") / "project", 2)
    with reviewing(root) as desk:
        desk.settle()
    return root


def addresses(desk: Desk) -> list[str]:
    found = []
    for number in (1, 2):
        page = desk.get(f"/post/posts/part-{number}.md?show=all").text
        found += list(dict.fromkeys(re.findall(r'href="(/quotation/[^"]+)"', page)))
    return found


class Editor(threading.Thread):
    """Waives one quotation after the other, each with a reason of its own, until the desk dies."""

    def __init__(self, desk: Desk, name: str, paths: list[str]) -> None:
        super().__init__()
        self.desk, self.called, self.paths = desk, name, paths
        self.saved: dict[str, str] = {}
        """The last reason that was answered "saved", by the quotation's id."""
        self.asked: dict[str, set[str]] = {}
        """Reasons whose answer never came: they may be there or not."""

    def run(self) -> None:
        for turn, path in enumerate(self.paths):
            reason = f"{self.called} {turn}"
            quotation = re.findall(r"/(q-\w+)", path)[0]
            try:
                page = self.desk.get(f"{path}&do=waive").text
                if 'action="/waive"' not in page:
                    continue
                fields = form(page, "waive")
                code = re.findall(r'name="code" value="(\w+)"', page)[0]
                self.asked.setdefault(quotation, set()).add(reason)
                answer = self.desk.post("/waive", {**fields, "code": code, "reason": reason})
            except (OSError, http.client.HTTPException):
                return
            if answer.status == 303:
                self.saved[quotation] = reason


@pytest.mark.parametrize("seed", SEEDS)
def test_no_answered_decision_is_lost(made: Path, tmp_path: Path, seed: int) -> None:
    project = Path(shutil.copytree(made, tmp_path / "project"))
    chance = random.Random(seed)
    posts = {path: path.read_bytes() for path in (project / "posts").iterdir()}
    saved: dict[str, str] = {}
    for round_ in range(6):
        with reviewing(project) as desk:
            paths = addresses(desk)
            editors = [
                Editor(desk, f"{name}{round_}", chance.sample(paths, len(paths)))
                for name in ("Ada", "Ben")
            ]
            for editor in editors:
                editor.start()
            threading.Event().wait(chance.uniform(0.05, 1.2))
            desk.process.kill()
            for editor in editors:
                editor.join()
        there = {
            standing.quotation: [decision.reason for decision in standing.decisions]
            for standing in all_decisions(project)
        }
        for editor in editors:
            for quotation, reason in editor.saved.items():
                assert reason in there[quotation], f"{reason} was answered and is gone"
            saved |= editor.saved
        assert all(quotation in there for quotation in saved)
        for path in (project / "decisions").rglob("*.toml"):
            tomllib.loads(path.read_text(encoding="utf-8"))
            assert not path.name.startswith(".")
    assert saved, "nothing was decided before a kill"
    assert all(standing.fault is None for standing in all_decisions(project))
    assert {path: path.read_bytes() for path in posts} == posts


def test_two_editors_at_once_lose_nothing(made: Path, tmp_path: Path) -> None:
    """Each decision that was answered stands in its file's history, in the order of the answers."""
    project = Path(shutil.copytree(made, tmp_path / "project"))
    with reviewing(project) as one, reviewing(project) as other:
        one.settle()
        other.settle()
        paths = addresses(one)
        editors = [Editor(desk, name, paths) for desk, name in ((one, "Ada"), (other, "Ben"))]
        for editor in editors:
            editor.start()
        for editor in editors:
            editor.join()
    there = {
        standing.quotation: [decision.reason for decision in standing.decisions]
        for standing in all_decisions(project)
    }
    answered = [(q, r) for editor in editors for q, r in editor.saved.items()]
    assert len(answered) > 10
    assert all(reason in there[quotation] for quotation, reason in answered)
    told = [reason for reasons in there.values() for reason in reasons]
    assert len(told) == len(set(told)) == len(answered)


def test_a_post_that_is_being_fixed_is_the_old_one_or_the_new_one(
    made: Path, tmp_path: Path
) -> None:
    project = Path(shutil.copytree(made, tmp_path / "project"))
    post = project / "posts" / "part-1.md"
    before = post.read_bytes()
    after = before.replace(b"peculiar", b"patient")
    chance = random.Random(1)
    for _ in range(5):
        with reviewing(project) as desk:
            path = addresses(desk)[4]
            fields = form(desk.get(f"{path}&do=fix").text, "fix")
            thread = threading.Thread(target=_quietly, args=(desk, fields))
            thread.start()
            threading.Event().wait(chance.uniform(0.0, 0.12))
            desk.process.kill()
            thread.join()
        assert post.read_bytes() in (before, after)
        post.write_bytes(before)


def _quietly(desk: Desk, fields: dict[str, str]) -> None:
    try:
        desk.post("/fix", fields)
    except (OSError, http.client.HTTPException):
        return
