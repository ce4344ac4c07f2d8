"""`stats`: what is counted, and that it is read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pubtool.pipeline import counting, find_project
from pubtool.pipeline.workspace import Workspace


def test_the_project_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "sources").mkdir()
    (tmp_path / "posts" / "a.md").write_text(
        "---\ntitle: A\ndate: 2026-01-02\n---\n\nHe says “the lamp is lit at dusk” [@orme].\n"
    )
    (tmp_path / "references.bib").write_text("@misc{orme, title = {Lamps}, date = {1900}}\n")
    (tmp_path / "sources" / "orme.txt").write_text("The lamp is lit at dusk.\n")
    opened: list[Workspace] = []

    class Counted(Workspace):
        def __enter__(self) -> Counted:
            opened.append(self)
            return super().__enter__()

    monkeypatch.setattr(counting, "Workspace", Counted)
    monkeypatch.setattr("pubtool.pipeline.checking.Workspace", Counted)
    counted, errors = counting.overview(find_project(tmp_path))
    assert (len(opened), errors) == (1, ())
    shown = counting.render_stats(counted, "text", 80)
    assert [
        line.split()[:3] for line in shown.splitlines() if line.startswith(("2026", "orme"))
    ] == [
        ["2026-01", "1", "1"],
        ["orme", "1", "1"],
    ]
