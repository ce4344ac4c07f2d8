"""Which files of a project are posts."""

from __future__ import annotations

from pathlib import Path

from pubtool.pipeline import find_project
from pubtool.pipeline.workspace import Workspace


def put(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("Words.\n", encoding="utf-8")


def test_posts_are_found_at_any_depth_in_the_order_of_their_paths(tmp_path: Path) -> None:
    names = ["b.md", "a-b.md", "a/z.md", "a/c/d.md", "é.md"]
    others = [".a.md", ".git/x.md", "a/.hidden/y.md", "notes.txt", "a.md.bak", "x.MD"]
    for name in (*names, *others):
        put(tmp_path / "posts" / name)
    (tmp_path / "posts" / "folder.md").mkdir()
    put(tmp_path / "elsewhere" / "linked.md")
    (tmp_path / "posts" / "link.md").symlink_to(tmp_path / "elsewhere" / "linked.md")
    (tmp_path / "posts" / "folder-link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "pubtool.toml").touch()
    with Workspace(find_project(tmp_path)) as workspace:
        found = [workspace.name(path).removeprefix("posts/") for path in workspace.post_paths()]
        assert found == ["a/c/d.md", "a/z.md", "a-b.md", "b.md", "link.md", "é.md"]


def test_a_post_that_comes_while_a_workspace_is_open_is_found(tmp_path: Path) -> None:
    put(tmp_path / "posts" / "a.md")
    (tmp_path / "pubtool.toml").touch()
    with Workspace(find_project(tmp_path)) as workspace:
        assert len(workspace.post_paths()) == 1
        put(tmp_path / "posts" / "b.md")
        assert len(workspace.post_paths()) == 2
