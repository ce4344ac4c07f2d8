"""`import`: by several processes what one would make."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pubtool.errors import ImportLost
from pubtool.pipeline import importing
from pubtool.system import workers
from pubtool.system.config import find_project

HEAD = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>A blog</title>"""
ITEM = """<item><title>Post {0}</title><link>https://example.org/p{0}/</link>
<content:encoded>&lt;p&gt;Words “{0}”, &lt;a href="https://example.org/p1/"&gt;one&lt;/a&gt;.&lt;/p&gt;
</content:encoded><wp:post_id>{0}</wp:post_id><wp:post_name>p{0}</wp:post_name></item>"""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    (tmp_path / "posts").mkdir()
    (tmp_path / "references.bib").touch()
    file = tmp_path / "blog.xml"
    file.write_text(HEAD + "".join(map(ITEM.format, range(5))) + "</channel></rss>")
    return file


def imported(export: Path) -> tuple[importing.Imported, list[tuple[int, int]]]:
    told: list[tuple[int, int]] = []
    wanted = importing.Wanted(Path("posts"), dry=True)
    found = importing.import_file(
        find_project(export.parent), export, wanted, lambda done, total: told.append((done, total))
    )
    return found, told


def test_several_processes_make_what_one_makes(
    export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone, _ = imported(export)
    monkeypatch.setattr(importing, "_FEW", 0)
    monkeypatch.setattr(workers, "cores", lambda: 2)
    together, told = imported(export)
    assert together == alone
    assert [post.path for post in together.posts] == [f"posts/p{n}.md" for n in range(5)]
    assert "[one](p1.md)" in together.posts[0].text
    assert told == [(n, 5) for n in range(1, 6)]


def test_a_worker_that_is_killed_is_told(export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def work(*_: Any) -> Any:
        yield 1, workers.Lost.KILLED

    monkeypatch.setattr(importing, "_FEW", 0)
    monkeypatch.setattr(workers, "cores", lambda: 2)
    monkeypatch.setattr(workers, "work", work)
    with pytest.raises(ImportLost, match=r"posts/p1\.md: not imported"):
        imported(export)
