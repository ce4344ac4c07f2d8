"""Preview: what is shown is what the files say now, and no address leads to a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.server.conftest import POST

from pubtool.pipeline import Answer, Preview


@pytest.fixture
def preview(project: Path) -> Iterator[Preview]:
    found = Preview(project)
    found.look()
    yield found
    found.close()


def shown(preview: Preview, address: str) -> Answer:
    answer = preview.answer(address)
    assert answer is not None, f"nothing at {address}"
    return answer


def verdicts(preview: Preview, address: str = "on-care/") -> dict[str, int]:
    remarks = shown(preview, address).remarks
    assert remarks is not None
    return dict(remarks.counts)


def save(project: Path, name: str, text: str) -> None:
    (project / name).write_text(text, encoding="utf-8")


def test_a_post_is_checked_when_its_page_is_asked_for(preview: Preview) -> None:
    assert b"deserves the name" in shown(preview, "on-care/").data
    assert verdicts(preview) == {"verbatim": 1}
    assert not preview.check_next()


def test_an_edit_is_seen_with_its_new_verdict(preview: Preview, project: Path) -> None:
    assert verdicts(preview) == {"verbatim": 1}
    assert not preview.look()
    save(project, "posts/on-care.md", POST.replace("our own good", "our own delight"))
    assert preview.look()
    [place] = [p for p in shown(preview, "on-care/").remarks.places if p.quotation]  # type: ignore[union-attr]
    assert place.state == "fails"
    assert any("“delight”" in sentence and "“good”" in sentence for sentence in place.sentences)
    assert b"our own delight" in shown(preview, "on-care/").data


def test_a_source_that_changes_changes_the_verdict(preview: Preview, project: Path) -> None:
    assert verdicts(preview) == {"verbatim": 1}
    save(project, "sources/mill1859.txt", "The only liberty worth the name is another one.\n")
    assert preview.look()
    assert verdicts(preview) == {"absent": 1}


def test_posts_come_and_go(preview: Preview, project: Path) -> None:
    save(project, "posts/second.md", POST.replace("On care", "Second"))
    assert preview.look()
    assert b"<h1>Second</h1>" in shown(preview, "second/").data
    (project / "posts" / "on-care.md").rename(project / "posts" / "renamed.md")
    assert preview.look()
    assert preview.answer("on-care/") is None
    assert b"<h1>On care</h1>" in shown(preview, "renamed/index.html").data
    (project / "posts" / "second.md").unlink()
    assert preview.look()
    assert [line.path for line in preview.lines()] == ["posts/renamed.md"]


def test_a_post_that_cannot_be_read_says_why_and_recovers(preview: Preview, project: Path) -> None:
    (project / "posts" / "on-care.md").write_bytes(b"---\ntitle: On care\n---\n\xff\n")
    assert preview.look()
    assert "not UTF-8" in shown(preview, "on-care/").fault
    save(project, "posts/on-care.md", POST)
    assert preview.look()
    assert verdicts(preview) == {"verbatim": 1}


def test_bad_front_matter_is_a_remark_and_the_page_is_there(
    preview: Preview, project: Path
) -> None:
    save(project, "posts/on-care.md", POST.replace("title: On care", "title: [On"))
    assert preview.look()
    answer = shown(preview, "on-care/")
    assert b"deserves the name" in answer.data
    assert answer.remarks is not None
    assert any("Q602" in s for place in answer.remarks.places for s in place.sentences)


@pytest.mark.parametrize("name", ["pubtool.toml", "references.bib"])
def test_settings_and_bibliography_that_are_broken_say_so_and_recover(
    preview: Preview, project: Path, name: str
) -> None:
    before = (project / name).read_text(encoding="utf-8")
    (project / name).write_bytes(b"[site\n" if name.endswith("toml") else b"\xff")
    assert preview.look()
    assert name in shown(preview, "on-care/").fault
    save(project, name, before)
    assert preview.look()
    assert verdicts(preview) == {"verbatim": 1}


def test_two_posts_of_one_address_say_so(preview: Preview, project: Path) -> None:
    (project / "posts" / "more").mkdir()
    save(project, "posts/more/on-care.md", POST)
    assert preview.look()
    assert "on-care" in shown(preview, "").fault
    (project / "posts" / "more" / "on-care.md").unlink()
    assert preview.look()
    assert not shown(preview, "").fault


def test_lists_the_stylesheet_and_images_are_there(preview: Preview, project: Path) -> None:
    assert b"On care" in shown(preview, "").data
    assert b"--paper" in shown(preview, "style.css").data
    assert shown(preview, "on-care/tower.png").data.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "address",
    [
        "pubtool.toml", "posts/on-care.md", "../pubtool.toml", "on-care/../../pubtool.toml",
        "on-care/../style.css", "/etc/passwd", "//etc/passwd", "on-care//index.html", "\0",
        ".pubtool/cache.sqlite", "sources/mill1859.txt", "on-care/..%2f..%2fpubtool.toml",
        "file:///etc/passwd", "on-care\\..\\..\\pubtool.toml",
    ],
)  # fmt: skip
def test_no_address_leads_to_a_file_of_the_author_s(preview: Preview, address: str) -> None:
    assert preview.answer(address) is None


def test_nothing_is_written_but_the_cache(preview: Preview, project: Path) -> None:
    before = {path for path in project.rglob("*") if ".pubtool" not in path.parts}
    shown(preview, "on-care/")
    shown(preview, "")
    after = {path for path in project.rglob("*") if ".pubtool" not in path.parts}
    assert before == after
