"""A build after any edits leaves what a build of the same project from nothing writes."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from random import Random

import pytest

from pubtool.model import Choice, Code, Decision
from pubtool.pipeline import (
    BuildMode,
    BuildResult,
    Look,
    Told,
    build,
    check,
    find_project,
    outputs,
    render_text,
    tell_build,
)
from pubtool.pipeline.deciding import decide

WORDS = """The keeper lit the lamp at dusk and wrote down the hour. No ship was seen that night, and
the sea was still. In the morning the lamp was put out, and the glass was cleaned with care."""
QUOTED = ("lit the lamp at dusk", "the sea was still", "the glass was cleaned with care")
PICTURE = Path(__file__).parents[1] / "wordpress" / "dot.png"
FORMATS = ("html", "wordpress")

Edit = Callable[[Path, Random], None]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def post(chance: Random, title: str) -> str:
    """A post with quotations, links, an image, tags and a series, as chance has it."""
    lines = [f"title: {title}", f"date: 2026-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}"]
    lines.append(f"status: {chance.choice(['publish', 'publish', 'publish', 'draft'])}")
    if chance.random() < 0.6:
        lines.append(f"series: {{name: {chance.choice('AB')}, part: {chance.randint(1, 9)}}}")
    lines.append(f"tags: [{chance.choice(['sea', 'lamp'])}, {chance.choice(['night', 'glass'])}]")
    if chance.random() < 0.3:
        lines.append(f"aliases: [old/{chance.randrange(1000)}.html]")
    body = [f"The log says “{chance.choice(QUOTED)}” [@log{chance.randint(1, 2)}]."]
    if chance.random() < 0.5:
        body.append("![A dot](dot.png)")
    body.append(f"A remark^[{title}, and *more* of it [@log1].] and the year {chance.random()}.")
    body.append("See [another](post0.md), [a table](table.csv) and <https://example.org>.")
    if chance.random() < 0.3:
        lines.append("image: lead.png")
    if chance.random() < 0.2:
        lines.append("csl: own.csl")
    if chance.random() < 0.3:
        body.append(f"## Part {chance.randrange(3)}\n\n[There](post1.md#part-1).")
    return "---\n" + "\n".join(lines) + "\n---\n\n" + "\n\n".join(body) + "\n"


def in_front(pattern: str, made: Callable[[Random], str]) -> Edit:
    """Edit the line of a post's front matter that the pattern finds, if there is one."""

    def edit(root: Path, chance: Random) -> None:
        path = some_post(root, chance)
        text = re.sub(rf"(?m)^{pattern}.*$", made(chance), path.read_text("utf-8"), count=1)
        write(path, text)

    edit.__name__ = f"in_front({pattern})"
    return edit


def misquote(root: Path, chance: Random) -> None:
    """Word a passage otherwise than another post does, and perhaps waive it."""
    path = some_post(root, chance)
    wrong = chance.choice(QUOTED).replace("the", chance.choice(["a", "no", "that"]), 1)
    waiver = chance.choice(["", "<!-- pubtool: waive Q701 -- as it was printed -->\n\n"])
    write(path, f"{path.read_text('utf-8')}\n{waiver}It says “{wrong}” too [@log1].\n")


def decide_about(root: Path, chance: Random) -> None:
    """Waive what is said of some quotation, in a file of its own."""
    posts = check(find_project(root)).posts
    report, verdict = chance.choice([(post, each) for post in posts for each in post.verdicts])
    quotation = verdict.quotation
    codes = tuple({finding.code for finding in verdict.findings}) or (Code("Q701"),)
    names = report.path, quotation.id, quotation.text
    decide(root, Decision(*names, Choice.WAIVE, verdict.kind.value, codes, "so it is", "Ann"))


def some_post(root: Path, chance: Random) -> Path:
    return chance.choice(sorted((root / "posts").glob("*.md")))


def add(root: Path, chance: Random) -> None:
    number = chance.randrange(100, 1000)
    write(root / "posts" / f"post{number}.md", post(chance, f"Added {number}"))


def change_text(root: Path, chance: Random) -> None:
    path = some_post(root, chance)
    write(path, path.read_text("utf-8") + f"\nLine {chance.randrange(1000)}.\n")


def rewrite(root: Path, chance: Random) -> None:
    write(some_post(root, chance), post(chance, f"Rewritten {chance.randrange(1000)}"))


def rename(root: Path, chance: Random) -> None:
    path = some_post(root, chance)
    if path.stem != "post0":
        path.rename(path.with_name(f"post{chance.randrange(1000, 2000)}.md"))


def delete(root: Path, chance: Random) -> None:
    path = some_post(root, chance)
    if path.stem != "post0":
        path.unlink()


def change_source(root: Path, chance: Random) -> None:
    write(root / "sources" / "log1.txt", f"{WORDS}\nAnd in the year {chance.randrange(1000)}.\n")


def change_entry(root: Path, chance: Random) -> None:
    path = root / "references.bib"
    write(path, path.read_text("utf-8").replace("Keeper", f"Keeper{chance.choice('abc')}", 1))


def change_image(root: Path, chance: Random) -> None:
    from PIL import Image

    colour = tuple(chance.randrange(256) for _ in range(3))
    Image.new("RGB", (chance.randint(1, 30), 9), colour).save(root / "posts" / "dot.png")


def change_setting(root: Path, chance: Random) -> None:
    title = chance.choice(["One", "Two", "Three"])
    style = chance.choice(["apa", "chicago-notes-bibliography"])
    write(
        root / "pubtool.toml",
        f'[site]\ntitle = "{title}"\nurl = "https://example.org"\n[build]\ncsl = "{style}"\n',
    )


def change_selection(root: Path, chance: Random) -> None:
    path = root / "pubtool.toml"
    kept = path.read_text("utf-8").partition("[check]")[0]
    codes = chance.choice(['ignore = ["Q203"]', 'select = ["Q1"]', 'ignore = ["Q7", "Q6"]'])
    write(path, f"{kept}[check]\n{codes}\n")


def change_template(root: Path, chance: Random) -> None:
    write(root / "templates" / "style.css", f"/* {chance.randrange(1000)} */\n")


def change_page_template(root: Path, chance: Random) -> None:
    name = chance.choice(["post.html", "index.html", "year.html"])
    ours = files("pubtool.writers.html").joinpath("templates", name).read_text("utf-8")
    write(root / "templates" / name, f"{ours}<!-- {chance.randrange(1000)} -->\n")


def change_table(root: Path, chance: Random) -> None:
    """A file that posts link to: of another content, or gone."""
    path = root / "posts" / "table.csv"
    if chance.random() < 0.3:
        path.unlink(missing_ok=True)
    else:
        write(path, f"a,{chance.randrange(1000)}\n")


def change_lead(root: Path, chance: Random) -> None:
    """The image that front matters name: another one, none, or what is no image."""
    path = root / "posts" / "lead.png"
    kind = chance.choice(["image", "gone", "text"])
    if kind == "gone":
        path.unlink(missing_ok=True)
    elif kind == "text":
        write(path, "no image")
    else:
        from PIL import Image

        Image.new("RGB", (chance.randint(1, 30), 9)).save(path)


def change_style(root: Path, chance: Random) -> None:
    from pubtool.writers.csl.styles import read_style

    style = read_style(chance.choice(["apa", "chicago-notes-bibliography"]), None)
    write(root / "own.csl", style)


def touch(root: Path, chance: Random) -> None:
    """Give a post another time, older or newer, and no other words."""
    when = chance.choice([1, 10**9, time.time_ns() // 10**9])
    os.utime(some_post(root, chance), (when, when))


def swap_letters(root: Path, chance: Random) -> None:
    """Change as many letters, and give the post the time that it had."""
    path = some_post(root, chance)
    before, text = path.stat(), path.read_text("utf-8")
    word = chance.choice(["Post", "Mist", "List"])
    write(path, re.sub("Post|Mist|List", word, text))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replace_post(root: Path, chance: Random) -> None:
    """Put a copy of another post, with that one's times, in a post's place."""
    path, other = root / "posts" / "post1.md", some_post(root, chance)
    if path.exists() and path != other and "aliases:" not in other.read_text("utf-8"):
        shutil.copy2(other, path)


def move(root: Path, chance: Random) -> None:
    """Put a post into a folder, or take one out of it."""
    inner = root / "posts" / "more"
    inner.mkdir(exist_ok=True)
    within = sorted(inner.glob("*.md"))
    if within and chance.random() < 0.5:
        within[0].rename(root / "posts" / within[0].name)
    elif (path := some_post(root, chance)).stem != "post0":
        path.rename(inner / path.name)


def touch_output(root: Path, chance: Random) -> None:
    """Somebody edits a page that was written."""
    pages = sorted((root / "public").rglob("*.html"))
    write(chance.choice(pages), "another's words\n")


EDITS: tuple[Edit, ...] = (
    add, change_text, change_text, rewrite, rewrite, rename, delete, change_source, change_entry,
    change_image, change_setting, change_selection, change_template, change_page_template,
    touch_output, misquote, misquote, decide_about, change_table, change_lead, change_style, touch,
    swap_letters, replace_post, move,
    in_front("title:", lambda chance: f"title: Another {chance.randrange(1000)}"),
    in_front("date:", lambda chance: f"date: 202{chance.randint(0, 9)}-03-04"),
    in_front("tags:", lambda chance: f"tags: [{chance.choice(['rain', 'sea', 'Sea'])}]"),
    in_front("series:", lambda chance: f"series: {{name: {chance.choice('ABC')}}}"),
    in_front("status:", lambda chance: f"status: {chance.choice(['publish', 'private'])}"),
)  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_a_build_after_edits_is_a_build_from_nothing(tmp_path: Path, seed: int) -> None:
    chance, root = Random(seed), tmp_path / "project"
    make(root, chance)
    built(root)
    said = []
    for number in range(8):
        for edit in chance.sample(EDITS, chance.randint(1, 2)):
            said.append(edit.__name__)
            edit(root, chance)
        remarks = built(root)
        fresh = tmp_path / f"fresh{number}"
        shutil.copytree(root, fresh, ignore=shutil.ignore_patterns(".pubtool", "public"))
        assert built(fresh) == remarks, said
        assert tree(root / "public") == tree(fresh / "public"), said
        shutil.rmtree(fresh)


def test_nothing_is_written_where_nothing_has_changed(tmp_path: Path) -> None:
    root = tmp_path / "project"
    make(root, Random(5))
    built(root)
    stamps = {path: path.stat().st_mtime_ns for path in (root / "public").rglob("*")}
    again = build_project(root)
    assert again.written == ()
    assert again.unchanged == sum(1 for path in (root / "public").rglob("*") if path.is_file())
    assert {path: path.stat().st_mtime_ns for path in (root / "public").rglob("*")} == stamps


def test_a_folder_that_nothing_is_left_in_goes_and_what_others_put_there_stays(
    tmp_path: Path,
) -> None:
    root = tmp_path / "project"
    make(root, Random(5))
    built(root)
    write(root / "public/post1/mine.txt", "not ours")
    write(root / "public/post2/.index.html.backup0.old", "not ours")
    for number in (0, 1, 2):
        (root / f"posts/post{number}.md").unlink()
    built(root)
    assert not (root / "public/post0").exists()
    assert tree(root / "public/post1") == {"mine.txt": b"not ours"}
    assert [*tree(root / "public/post2")] == [".index.html.backup0.old"]


def test_a_project_that_was_moved_knows_what_it_wrote(tmp_path: Path) -> None:
    root = tmp_path / "project"
    make(root, Random(5))
    built(root)
    moved = shutil.copytree(root, tmp_path / "elsewhere")
    (moved / "posts/post0.md").unlink()
    built(moved)
    assert not (moved / "public/post0").exists()
    assert (root / "public/post0/index.html").exists()


def test_what_a_killed_build_had_begun_to_write_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "project"
    make(root, Random(5))

    def killed(path: Path, data: bytes) -> None:
        write(path.with_name(f".{path.name}.ab_12xyz.tmp"), "half")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(outputs, "write_derived", killed)
        with pytest.raises(KeyboardInterrupt):
            built(root)
    assert [*(root / "public").rglob(".*.tmp")]
    write(root / "public/post0/.mine.ab_12xyz.tmp", "another's")
    built(root)
    assert [path.name for path in (root / "public").rglob(".*.tmp")] == [".mine.ab_12xyz.tmp"]


def test_a_part_of_a_long_series_leaves_the_pages_of_parts_far_away(tmp_path: Path) -> None:
    root, chance = tmp_path / "project", Random(3)
    make(root, chance)
    for number in range(14):
        part(root, number, f"Part {number}")
    build_project(root)
    edits: list[Callable[[], object]] = [
        lambda: part(root, 6, "Another title"),
        lambda: part(root, 0, "Another beginning", "date: 2026-01-01\n"),
        lambda: part(root, 13, "Another end"),
        (root / "posts/part7.md").unlink,
        lambda: part(root, 3, "Part 3", "status: draft\n"),
        lambda: part(root, 0, "Without a date"),
        lambda: part(root, 14, "One more"),
    ]
    for number, edit in enumerate(edits):
        edit()
        again = build_project(root)
        pages = [name for name in again.written if re.match(r"part\d+/index.html", name)]
        if number == 0:
            assert pages == [f"part{near}/index.html" for near in (4, 5, 6, 7, 8)]
        fresh = tmp_path / f"fresh{number}"
        shutil.copytree(root, fresh, ignore=shutil.ignore_patterns(".pubtool", "public"))
        assert built(fresh) == again.remarks
        assert tree(root / "public") == tree(fresh / "public")


def part(root: Path, number: int, title: str, more: str = "") -> None:
    series = f"series: {{name: Long, part: {number}}}\n"
    status = "" if "status" in more else "status: publish\n"
    text = f"---\ntitle: {title}\n{status}{series}{more}---\n\nWords.\n"
    write(root / "posts" / f"part{number}.md", text)


def make(root: Path, chance: Random) -> None:
    for number in (1, 2):
        write(root / "sources" / f"log{number}.txt", WORDS)
    entries = [
        f"@book{{log{n}, author = {{Keeper, Ann}}, title = {{Log {n}}}, date = {{190{n}}}}}\n"
        for n in (1, 2)
    ]
    write(root / "references.bib", "\n".join(entries))
    change_setting(root, chance)
    for number in range(4):
        write(root / "posts" / f"post{number}.md", post(chance, f"Post {number}"))
    shutil.copy(PICTURE, root / "posts" / "dot.png")
    change_style(root, chance)
    change_table(root, chance)


def built(root: Path) -> tuple[str, ...]:
    """Build a project, and return what was remarked."""
    return build_project(root).remarks


def build_project(root: Path) -> BuildResult:
    return build(
        find_project(root),
        formats=FORMATS,
        output=root / "public",
        mode=BuildMode.DRAFT,
        progress=lambda done, total, what: None,
    )


@pytest.mark.parametrize("seed", [7, 8])
def test_what_is_told_after_edits_is_what_a_build_from_nothing_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """All files count as written long ago, so that every shortcut is taken that there is."""
    clock = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: clock() + 60_000_000_000)
    chance, root, said = Random(seed), tmp_path / "project", list[str]()
    make(root, chance)
    for number in range(24):
        for edit in chance.sample(EDITS, chance.randint(0, 2) if number else 0):
            said.append(edit.__name__)
            edit(root, chance)
        again = [tell(root) for _ in range(3)]
        fresh = tmp_path / f"fresh{number}"
        shutil.copytree(root, fresh, ignore=shutil.ignore_patterns(".pubtool", "public"))
        first = tell(fresh)
        assert {told.report for told in again} == {first.report}, said
        assert {told.remarks for told in again} == {first.remarks}, said
        assert again[2].written == ()
        assert tree(root / "public") == tree(fresh / "public"), said
        shutil.rmtree(fresh)


def tell(root: Path) -> Told:
    return tell_build(
        find_project(root),
        (),
        formats=FORMATS,
        output=root / "public",
        mode=BuildMode.DRAFT,
        look=Look(lambda report, recall: render_text(report, recall=recall), ()),
        progress=lambda done, total, what: None,
    )


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
