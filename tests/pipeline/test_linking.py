"""Links from file to file: what leads nowhere is found with its line, and nothing else is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pubtool.model import PostReport
from pubtool.pipeline import check
from pubtool.pipeline.judging import judge_text
from pubtool.pipeline.one_post import as_decided
from pubtool.pipeline.workspace import Workspace
from pubtool.system.config import find_project

HEAD = "---\ntitle: {title}\nstatus: {status}\ntags: [law]\n---\n\n"
POSTS = {
    "posts/two.md": "# A part\n\nWords.[^1]\n\n[^1]: Note.\n",
    "posts/deep/three.md": "## Teil Öl {.x}\n\n::: {#box}\nIn it.\n:::\n",
    "posts/held.md": "# Held\n",
}
FILES = ("table.csv", "pics/A Box.png", "deep/data.json", "notes.txt", "../notes.md")


@pytest.fixture
def project(tmp_path: Path) -> Any:
    """Return what checks a text as posts/one.md of a project: the lines and messages of Q604."""
    (tmp_path / "references.bib").write_text("", encoding="utf-8")
    for name in FILES:
        file = tmp_path / "posts" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", encoding="utf-8")
    for name, text in POSTS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        status = "draft" if "held" in name else "publish"
        head = HEAD.format(title=name, status=status)
        (tmp_path / name).write_text(head + text, encoding="utf-8")

    def run(text: str, *, alone: bool = False) -> list[tuple[int, str]]:
        one = tmp_path / "posts" / "one.md"
        one.write_text(HEAD.format(title="One", status="publish") + text, encoding="utf-8")
        report = check(find_project(tmp_path), [one] if alone else [])
        (found,) = (post for post in report.posts if post.path == "posts/one.md")
        return told(found)

    return run


def told(report: PostReport) -> list[tuple[int, str]]:
    """The lines, below the front matter, and messages of what is dead."""
    return [
        (report.text[: finding.span.start].count("\n") - 5, finding.message)
        for finding in report.findings
        if finding.code == "Q604"
    ]


@pytest.mark.parametrize(
    "target",
    [
        "two.md",
        "./two.md",
        "two.md#a-part",
        "two.md#fn1",
        "two.md#",
        "two.md#:~:text=Words",
        "two.md#a-part:~:text=Words",
        "deep/three.md#teil-%C3%B6l",
        "deep/three.md#teil-öl",
        "deep/three.md#box",
        "deep/../two.md#a-part",
        "../posts/two.md",
        "held.md#held",
        "one.md",
        "table.csv",
        "table.csv?x#row=3",
        "<pics/A Box.png>",
        "pics/A%20Box.png",
        "deep/data.json",
        "../references.bib",
        "../two/",
        "../two/index.html#a-part",
        "../tags/law/",
        "../",
        "https://example.org/two.md#none",
        "//example.org/none",
        "/none/",
        "/none.md#x",
        "mailto:a@example.org",
        "tel:+49",
        "?none",
    ],
)
@pytest.mark.parametrize("alone", [False, True])
def test_what_leads_somewhere_is_not_told(target: str, alone: bool, project: Any) -> None:  # noqa: FBT001
    assert project(f"See [it]({target}).", alone=alone) == []


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("twoo.md", "the project has no file posts/twoo.md; did you mean posts/two.md?"),
        ("Two.md", "the project has no file posts/Two.md; did you mean posts/two.md?"),
        ("zzzzzzzz.md", "the project has no file posts/zzzzzzzz.md"),
        ("two.md#a-prt", "posts/two.md has nothing called #a-prt; did you mean #a-part?"),
        ("two.md#A-part", "posts/two.md has nothing called #A-part; did you mean #a-part?"),
        ("deep/three.md#zzz", "posts/deep/three.md has nothing called #zzz"),
        ("#zzz", "posts/one.md has nothing called #zzz"),
        ("one.md#zzz", "posts/one.md has nothing called #zzz"),
        ("table.tsv", "the project has no file posts/table.tsv; did you mean posts/table.csv?"),
        ("Deep/data.json", "the project has no file posts/Deep/data.json"),
        ("deep/", "it is a folder, and a page can link to files alone"),
        ("../notes.md", "notes.md is no post, and has no page"),
        ("../../notes.md", "it leads out of the project"),
        ("../zwei/", "the project has no file zwei"),
        ("two.md/x.csv", "the project has no file posts/two.md/x.csv"),
    ],
)
@pytest.mark.parametrize("alone", [False, True])
def test_what_leads_nowhere_is_told_with_its_line(
    target: str,
    why: str,
    alone: bool,  # noqa: FBT001
    project: Any,
) -> None:
    found = project(f"Words.\n\nAnd [*this* one]({target}).", alone=alone)
    assert found == [(3, f"the link {target} leads nowhere: {why}")]


def test_an_image_that_is_missing_is_told(project: Any) -> None:
    text = "![A box](pics/A%20Box.png) ![A bag](pics/tower-at-dusk.png) ![Far](https://example.org/x.png)"
    assert project(text) == [
        (
            1,
            "the image pics/tower-at-dusk.png leads nowhere: "
            "the project has no file posts/pics/tower-at-dusk.png",
        )
    ]


def test_links_in_notes_tables_and_headings_are_seen(project: Any) -> None:
    text = """\
# To [a](a.md)

| x |
|---|
| [b](b.md) |

Text.[^1] ^[See [c](c.md).]

[^1]: And [![d](d.png)](d.md).
"""
    assert [line for line, _ in project(text)] == [1, 5, 7, 9, 9]


def test_a_file_that_comes_makes_the_finding_go(project: Any, tmp_path: Path) -> None:
    assert len(project("[x](new.csv)")) == 1
    (tmp_path / "posts" / "new.csv").write_text("x", encoding="utf-8")
    assert project("[x](new.csv)") == []


@pytest.mark.parametrize("alone", [True, False])
def test_what_is_hidden_or_below_a_linked_folder_is_no_post(
    project: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, alone: bool
) -> None:
    (tmp_path / "posts/.hidden.md").write_text("x", encoding="utf-8")
    (tmp_path / "posts/linked").symlink_to(tmp_path / "posts/deep")
    text = "[a](.hidden.md) [b](linked/three.md) [c](deep/three.md) [d](two.md) [e](../notes.md)\n"
    names = [message.partition(" leads")[0] for _, message in project(text, alone=alone)]
    assert [name.split()[-1] for name in names] == [
        ".hidden.md",
        "linked/three.md",
        "../notes.md",
    ]


def test_no_other_post_is_looked_for_where_a_link_leads_to_one(
    project: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project("")
    with Workspace(find_project(tmp_path)) as workspace:
        monkeypatch.setattr(Workspace, "visible_files", lambda workspace: pytest.fail("all"))
        text = HEAD.format(title="One", status="publish") + "[c](deep/three.md#box) [d](two.md)\n"
        report = as_decided(workspace, judge_text(workspace, "posts/one.md", text))
    assert told(report) == []
