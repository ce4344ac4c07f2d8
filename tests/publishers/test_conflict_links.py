"""A post that nothing can be done with for now still has an address that others link to."""

from __future__ import annotations

from pathlib import Path

from tests.publishers.memory_site import MemorySite
from tests.publishers.pulling import SETTINGS, publish

from pubtool.publishers.wordpress.plan import Kind
from pubtool.publishers.wordpress.state import read_state, render_state
from pubtool.system.config import find_project


def test_a_link_to_a_post_in_conflict_is_sent_once(tmp_path: Path, site: MemorySite) -> None:
    """It was found by its mark alone: the plan had its address, the run left it out each time."""
    (tmp_path / "pubtool.toml").write_text(SETTINGS)
    (tmp_path / "references.bib").touch()
    (tmp_path / "posts").mkdir()
    one, two = (tmp_path / "posts" / f"{name}.md" for name in ("one", "two"))
    one.write_text("---\ntitle: One\n---\n\nSee [two](two.md).\n")
    two.write_text("---\ntitle: Two\n---\n\nWords.\n")
    project = find_project(tmp_path)
    assert publish(project, site) == [Kind.CREATE, Kind.CREATE]
    lock = tmp_path / "published" / "blog.lock"
    state = read_state(lock.read_text(), "blog.lock").without_post("posts/two.md")
    lock.write_text(render_state(state))
    two.write_text(two.read_text().replace("Words.", "Other words."))
    one.write_text(one.read_text().replace("See", "Do see"))
    assert publish(project, site) == [Kind.UPDATE, Kind.CONFLICT]
    assert publish(project, site) == [Kind.UNCHANGED, Kind.CONFLICT]
    (linking,) = (post.content for post in site.content.values() if post.slug == "one")
    assert "Do see <a href=" in linking
