"""What a process that stays leaves behind is found, whoever keeps the collector away meanwhile."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from pubtool.pipeline import find_project
from pubtool.pipeline import writing as module
from pubtool.pipeline.gathering import foresee
from pubtool.pipeline.judging import judge_text
from pubtool.pipeline.workspace import Workspace
from pubtool.pipeline.writing import Writing

SOURCE = "The keeper shall light the lamp at dusk, and shall put it out when the sun has risen."
POST = "---\ntitle: A\n---\n\n“The keeper shall light the lamp at dusk” [@orme], {}.\n"


def test_keystrokes_leave_no_circles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They counted as old, where Python never looked: an editor's session grew by 70 KB a key."""
    monkeypatch.setattr(module, "_KEYSTROKES", 8)
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "orme.txt").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "references.bib").write_text("@book{orme, title={The Lamp}}\n", encoding="utf-8")
    (tmp_path / "pubtool.toml").write_text('[site]\ntitle = "T"\n', encoding="utf-8")
    writing = Writing(tmp_path)
    try:
        for number in range(40):
            writing.check("posts/a.md", POST.format(f"he says {number}"))
        assert gc.collect() < 800  # 1,800 without it
    finally:
        writing.close()


EVERY_BLOCK = (
    "# Head\n\n> “The keeper shall light the lamp at dusk” [@orme].\n\n- one\n- two\n\n"
    "1. one\n\nTerm\n: what it is\n\n::: {.x}\nIn it.[^1]\n:::\n\n| a line\n| another\n\n"
    "| a | b |\n|---|---|\n| c | d |\n\n<!-- a comment -->\n\n[^1]: A note.\n"
)


def test_a_check_leaves_no_circles(tmp_path: Path) -> None:
    """The post's reader held itself, and a post of 1,300 words with it: 70 KB a post in a build."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "orme.txt").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "references.bib").write_text("@book{orme, title={The Lamp}}\n", encoding="utf-8")
    (tmp_path / "pubtool.toml").touch()
    with Workspace(find_project(tmp_path)) as workspace:
        for number in range(2):  # in the first run modules are loaded
            gc.collect()
            gc.disable()
            try:
                report = judge_text(workspace, "posts/a.md", f"{number}\n\n{EVERY_BLOCK}")
                foresee(workspace, report)
                left = gc.collect()
            finally:
                gc.enable()
    assert left < 20
