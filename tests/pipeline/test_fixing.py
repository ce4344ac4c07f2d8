"""Fixing: what is mended unasked, what is offered, and that nothing else in a file moves."""

from __future__ import annotations

import os
import random
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from pubtool import pipeline
from pubtool.model import Choice, Decision, PostReport
from pubtool.pipeline import fixing
from pubtool.pipeline.deciding import decide
from pubtool.pipeline.fixing import Fixed, fix_posts, plan
from pubtool.pipeline.judging import check_text
from pubtool.pipeline.workspace import Workspace
from pubtool.system.config import find_project

PAGE = (
    "The harbour was built of grey stone, and every vessel that entered it was counted by the "
    "keeper. The keeper's ledger records the colour of each flag, the name of the master, and the "
    "cargo; it does not record the weather. No captain could leave before the toll was paid. The "
    "old lighthouse stood upon a narrow ledge that the sea had carved over many patient centuries, "
    "while gulls nested in the broken cornice and the lamp burned through every storm of winter. "
    "In 1780 the lamp was moved."
)
OTHER = (
    "Apples and pears are fruit which the gardener gathers in baskets before the first frost of "
    "autumn arrives, and the cider that they give is kept in casks of oak until the spring returns."
)
BIB = """@book{doe, author={Doe, Jane}, title={On the Harbour}, date={2001}}
@book{roe, author={Roe, Rick}, title={Orchards}, date={2002}}
@book{poe, author={Poe, Ann}, title={Orchards Again}, date={2003}}
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with three sources, two of which share a sentence."""
    folder = tmp_path_factory.mktemp("fixing")
    (folder / "posts").mkdir()
    (folder / "sources").mkdir()
    (folder / "pubtool.toml").write_text("")
    (folder / "references.bib").write_text(BIB)
    (folder / "sources" / "doe.txt").write_text(PAGE)
    (folder / "sources" / "roe.txt").write_text(OTHER)
    (folder / "sources" / "poe.txt").write_text("Once more. " + OTHER)
    return folder


def fixed(root: Path, text: str) -> Fixed:
    with Workspace(find_project(root)) as workspace:
        return plan(workspace, check_text(workspace, "posts/a.md", text))


MENDED = {
    "a word": (
        "“every ship that entered it was counted” [@doe].",
        "“every vessel that entered it was counted” [@doe].",
    ),
    "a word added": (
        "“built of very grey stone, and every vessel that entered it” [@doe]",
        "“built of grey stone, and every vessel that entered it” [@doe]",
    ),
    "a word left out": (
        "“stood upon a ledge that the sea had carved” [@doe]",
        "“stood upon a narrow ledge that the sea had carved” [@doe]",
    ),
    "a longer omission is marked": (
        "“The old lighthouse stood upon a narrow ledge, while gulls nested in the broken cornice "
        "and the lamp burned through every storm of winter” [@doe]",
        "“The old lighthouse stood upon a narrow ledge, … while gulls nested in the broken cornice "
        "and the lamp burned through every storm of winter” [@doe]",
    ),
    "as the post marks others": (
        "“The harbour … was built” no. “The old lighthouse stood upon a narrow ledge, while gulls "
        "nested in the broken cornice and the lamp burned through every storm” [@doe] [...] [...]",
        "“The harbour … was built” no. “The old lighthouse stood upon a narrow ledge, [...] while "
        "gulls nested in the broken cornice and the lamp burned through every storm” [@doe] [...] "
        "[...]",
    ),
    "spelling": (
        "“records the color of each flag, the name of the master” [@doe]",
        "“records the colour of each flag, the name of the master” [@doe]",
    ),
    "an apostrophe is the post's": (
        '"The watchman\'s ledger records the colour of each flag" [@doe]',
        '"The keeper\'s ledger records the colour of each flag" [@doe]',
    ),
    "an apostrophe is the post's, curly": (
        "“The guard’s ledger records the colour of each flag” [@doe]",
        "“The keeper’s ledger records the colour of each flag” [@doe]",
    ),
    "within emphasis": (
        "“the sea *had cut* over many patient centuries” [@doe]",
        "“the sea *had carved* over many patient centuries” [@doe]",
    ),
    "a note and a comma stay": (
        "“the colour of each banner,^[A note.] the name of the master, and the cargo” [@doe]",
        "“the colour of each flag,^[A note.] the name of the master, and the cargo” [@doe]",
    ),
    "over a block quote's lines": (
        "> The old lighthouse stood on\n> a narrow ledge that the sea had carved over many\n> long "
        "centuries [@doe]",
        "> The old lighthouse stood upon\n> a narrow ledge that the sea had carved over many\n> "
        "patient centuries [@doe]",
    ),
    "the words that a line's end divides": (
        "> The old lighthouse stood upon a\n> thin rock that the sea had carved over many "
        "patient centuries [@doe]",
        "> The old lighthouse stood upon a\n> narrow ledge that the sea had carved over many "
        "patient centuries [@doe]",
    ),
    "carriage returns, a tab, a byte order mark": (
        "\ufeff-\t“every ship that entered\r\n\tit was counted” [@doe].\r\n",
        "\ufeff-\t“every vessel that entered\r\n\tit was counted” [@doe].\r\n",
    ),
    "interrupted by the author": (
        "“every ship,” she writes, “that entered it was counted by the keeper” [@doe].",
        "“every vessel,” she writes, “that entered it was counted by the keeper” [@doe].",
    ),
    "two in one quotation": (
        "“every ship that entered it was counted by the guard” [@doe].",
        "“every vessel that entered it was counted by the keeper” [@doe].",
    ),
    "an initial capital stays": (
        "“Grey ledge that the sea had carved over many patient centuries” [@doe]",
        "“Narrow ledge that the sea had carved over many patient centuries” [@doe]",
    ),
    "uncited, in one source": (
        "Here “narrow ledge that the sea had carved over many patient centuries”, there.",
        "Here “narrow ledge that the sea had carved over many patient centuries” [@doe], there.",
    ),
    "uncited, a block quote": (
        "> narrow ledge that the sea had carved over\n> many patient centuries\n",
        "> narrow ledge that the sea had carved over\n> many patient centuries [@doe]\n",
    ),
    "uncited, where the post cites in notes": (
        "“the lamp was moved.”^[@doe.]\n\n“narrow ledge that the sea had carved over many "
        "patient centuries”, there.",
        "“the lamp was moved.”^[@doe.]\n\n“narrow ledge that the sea had carved over many "
        "patient centuries”,^[@doe.] there.",
    ),
}


@pytest.mark.parametrize("name", MENDED)
def test_it_is_mended_and_a_second_time_changes_nothing(root: Path, name: str) -> None:
    before, after = MENDED[name]
    found = fixed(root, before)
    assert found.text == after
    assert not found.dropped
    assert fixed(root, after).text == after


OFFERED = {
    "a negation": ("“it does record the weather. No captain could leave” [@doe]", "negation"),
    "a number": ("“In 1790 the lamp was moved” [@doe]", "number"),
    "so few words that they may be another sentence's": (
        "“was counted by the pilot” [@doe]",
        "few words",
    ),
    "a name that begins a sentence": (
        "“was paid. Franklin old lighthouse stood upon a narrow ledge” [@doe]",
        "may touch a name",
    ),
    "beside the author's bracket": (
        "“every [passing] ship that entered it was counted by the keeper” [@doe]",
        "mark of the author's own",
    ),
    "beside [sic]": ("“every ship [sic] that entered it was counted by the keeper” [@doe]", "mark"),
    "another order": (
        "“built of stone grey, and every vessel that entered it was counted” [@doe]",
        "order",
    ),
    "one safe and one not": (
        "“In 1790 the lantern was moved. ” and “every ship that entered it, it does record the "
        "weather” [@doe]",
        "",
    ),
    "uncited in two sources": (
        "Here “the gardener gathers in baskets before the first frost of autumn arrives”, there.",
        "2 sources",
    ),
    "uncited and somebody says it": (
        "Smith said: “narrow ledge that the sea had carved over many patient centuries”.",
        "who speaks",
    ),
    "only searched for": ("Here “every ship that entered it was counted by the keeper” is.", ""),
    "waived": (
        "<!-- pubtool: waive Q101 -- as in the manuscript -->\n“every ship that entered it was "
        "counted” [@doe].",
        "",
    ),
}


@pytest.mark.parametrize("name", OFFERED)
def test_it_is_left_to_a_person(root: Path, name: str) -> None:
    before, why = OFFERED[name]
    found = fixed(root, before)
    assert found.text == before
    assert why in " ".join(f.fix.description for f in found.offered if f.fix)


MARKED = {
    "a comma is gone": (
        "“The keeper's ledger records the colour of each flag the name of the master” [@doe].",
        "“The keeper's ledger records the colour of each flag, the name of the master” [@doe].",
    ),
    "a comma more": (
        '"every vessel, that entered it was counted by the keeper" [@doe].',
        '"every vessel that entered it was counted by the keeper" [@doe].',
    ),
    "another mark, at a line's end": (
        "> the name of the master, and the cargo,\n> it does not record the weather [@doe]",
        "> the name of the master, and the cargo;\n> it does not record the weather [@doe]",
    ),
    "it goes on": (
        "“Every vessel that entered it was counted.” [@doe]",
        "“Every vessel that entered it was counted ….” [@doe]",
    ),
    "it goes on, in a block quote, as the post marks others": (
        "Some [...] more.\n\n> Every vessel that entered it was counted. [@doe]",
        "Some [...] more.\n\n> Every vessel that entered it was counted [...]. [@doe]",
    ),
}


@pytest.mark.parametrize("name", MARKED)
def test_a_mark_of_the_sources_is_offered_and_mends_the_quotation(root: Path, name: str) -> None:
    before, after = MARKED[name]
    found = fixed(root, before)
    assert found.text == before
    (offer,) = (one for one in found.offered if one.code in {"Q106", "Q112"})
    assert offer.fix
    (edit,) = offer.fix.edits
    assert before[: edit.span.start] + edit.text + before[edit.span.end :] == after
    assert {"Q106", "Q112"}.isdisjoint(one.code for one in fixed(root, after).report.findings)


WORDS = PAGE.split()
FRAMES = (
    "It says: “{}” [@doe].",
    'It says: "{}" [@doe].',
    "> {} [@doe]",
    "- One.\n- It says “{}” [@doe]\n- Three.",
    "Here.^[It says “{}” [@doe].] There.",
    "As *always*, [a link](https://example.org/) “{}” [@doe] --- and `code`.",
    "| a | b |\n|---|---|\n| x | “{}” [@doe] |",
)


@pytest.mark.parametrize("seed", range(3))
def test_sixty_changed_words_come_back_and_nothing_else_moves(root: Path, seed: int) -> None:
    """Each word is put back where a source has it: the file is what it was before the change."""
    chance = random.Random(seed)
    right, wrong = [], []
    for number in range(20):
        start = chance.randrange(46, len(WORDS) - 22)
        words = [word.replace("'", "’") for word in WORDS[start : start + 12]]
        at = chance.randrange(2, 9)
        while at < 9 and not (words[at].isalpha() and words[at].islower()):
            at += 1
        if at == 9 or words[at] == "before":
            continue
        frame = FRAMES[number % len(FRAMES)]
        if '"' in frame:
            words = [word.replace("’", "'") for word in words]
        if number % 2 and "|" not in frame:
            words[5] = words[5] + "\n" + {"> ": "> ", "- ": "  "}.get(frame[:2], "") + words.pop(6)
        text = " ".join(words)
        change = {0: "zebra", 1: "", 2: words[at] + " zebra"}[number % 3]
        spoilt = [*words[:at], *([change] if change else []), *words[at + 1 :]]
        if "\n" in words[at]:
            continue
        right.append(f"Case {number}.\n\n{frame.format(text)}\n")
        wrong.append(f"Case {number}.\n\n{frame.format(' '.join(spoilt))}\n")
    assert len(right) > 9
    found = fixed(root, "\n".join(wrong))
    kept = {f.quotation for f in found.report.findings if f.severity.word == "error"}
    offered = {f.quotation for f in found.offered}
    assert kept <= offered
    for good, bad, is_now in zip(right, wrong, found.text.split("\nCase "), strict=True):
        now = is_now if is_now.startswith("Case ") else f"Case {is_now}"
        assert now.strip() in (good.strip(), bad.strip())


WRONG = "“every ship that entered it was counted” [@doe]."
RIGHT = "“every vessel that entered it was counted” [@doe]."


@pytest.fixture
def write(root: Path) -> Iterator[Callable[[str, bytes], Path]]:
    """Return what writes a file of the project that goes with the test."""
    made: list[Path] = []

    def written(name: str, data: bytes) -> Path:
        made.append(root / name)
        made[-1].write_bytes(data)
        return made[-1]

    yield written
    for path in made:
        path.unlink(missing_ok=True)


Write = Callable[[str, bytes], Path]


def test_a_file_keeps_its_permissions_and_a_link_its_target(
    root: Path, write: Write, tmp_path: Path
) -> None:
    for real in (root / "elsewhere.md", tmp_path / "outside.md"):
        real.write_bytes(f"{WRONG}\r\n".encode())
        real.chmod(0o640)
        link = root / "posts" / "linked.md"
        link.symlink_to(real)
        try:
            made = fix_posts(find_project(root), [link], write=True)
            assert made.errors == ()
            assert link.is_symlink()
            assert real.read_bytes() == f"{RIGHT}\r\n".encode()
            assert stat.S_IMODE(real.stat().st_mode) == 0o640
        finally:
            link.unlink()
            real.unlink()


def test_a_post_that_has_two_names_is_fixed_once(root: Path, write: Write) -> None:
    real = write("posts/a.md", WRONG.encode())
    link = root / "posts" / "b.md"
    link.symlink_to(real)
    try:
        assert fix_posts(find_project(root), write=True).errors == ()
        assert real.read_text() == RIGHT
        assert link.is_symlink()
    finally:
        link.unlink()


BYTES = {
    "windows": f"\ufeff# A\r\n\r\n{WRONG}\r\n\r\nOld\u2028line\u0085 end\r\n",
    "old Mac": f"# A\r\r{WRONG}\r",
    "all three": f"# A\n\r\n{WRONG}\r\nb\rc\n\n  \t d  \n",
    "no end": WRONG,
    "decomposed": f"Cafe\u0301 {WRONG} \u00a0\u200b\n",
    "a form feed and a null": f"\f\n{WRONG}\n\n\x00\n",
}


@pytest.mark.parametrize("name", BYTES)
def test_every_other_byte_of_the_file_stays(root: Path, write: Write, name: str) -> None:
    post = write("posts/bytes.md", BYTES[name].encode())
    made = fix_posts(find_project(root), [post], write=True)
    assert made.errors == ()
    assert post.read_bytes() == BYTES[name].replace(WRONG, RIGHT).encode()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1"])
def test_a_post_that_is_no_utf_8_is_named_and_left_alone(
    root: Path, write: Write, encoding: str
) -> None:
    data = WRONG.replace("“", "«").replace("”", "»").encode(encoding)
    post = write("posts/other.md", data)
    done = run(root, "check", "--fix", "posts/other.md")
    assert done.returncode == 2
    assert "posts/other.md" in done.stderr
    assert post.read_bytes() == data


def test_a_read_only_post_is_named_and_left_alone(root: Path, write: Write) -> None:
    post = write("posts/closed.md", WRONG.encode())
    post.chmod(0o444)
    [why] = fix_posts(find_project(root), [post], write=True).errors
    assert "posts/closed.md: cannot be written (it is read-only)" in why
    assert post.read_text() == WRONG


def test_a_post_that_changes_between_check_and_write_is_left_alone(
    root: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The author saves while the fixes are being proved; the other posts are mended."""
    theirs, other = write("posts/a.md", WRONG.encode()), write("posts/b.md", WRONG.encode())
    saved = f"{WRONG} And more.".encode()

    def slow(workspace: Workspace, report: PostReport, **asked: Any) -> Fixed:
        made = plan(workspace, report, **asked)
        if report.path == "posts/a.md":
            theirs.write_bytes(saved)
        return made

    monkeypatch.setattr(fixing, "plan", slow)
    made = fix_posts(find_project(root), [theirs, other], write=True)
    [why] = made.errors
    assert why.startswith("posts/a.md: changed while this was being prepared")
    assert theirs.read_bytes() == saved
    assert other.read_text() == RIGHT
    theirs.unlink()


def test_a_post_that_goes_between_check_and_write_does_not_come_back(
    root: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = write("posts/a.md", WRONG.encode())

    def slow(workspace: Workspace, report: PostReport, **asked: Any) -> Fixed:
        made = plan(workspace, report, **asked)
        theirs.unlink()
        return made

    monkeypatch.setattr(fixing, "plan", slow)
    [why] = fix_posts(find_project(root), [theirs], write=True).errors
    assert "posts/a.md" in why
    assert not theirs.exists()


def test_whoever_kills_it_finds_each_post_whole(tmp_path: Path) -> None:
    """Killed at any moment, it leaves each post as it was or fixed; another run does the rest."""
    root = tmp_path / "project"
    (root / "posts").mkdir(parents=True)
    (root / "sources").mkdir()
    (root / "pubtool.toml").write_text("")
    (root / "references.bib").write_text(BIB)
    (root / "sources" / "doe.txt").write_text(PAGE)
    names = [f"{number:02}.md" for number in range(12)]
    whole = {f"{name}\n\n{WRONG}\n": f"{name}\n\n{RIGHT}\n" for name in names}
    for name, wrong in zip(names, whole, strict=True):
        (root / "posts" / name).write_text(wrong)
    stopped = 0
    for tenths in range(18):
        command = [sys.executable, "-m", "pubtool", "--project", str(root), "check", "--fix"]
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 20
            while _mended(root, whole) < min(tenths // 3, 11) and time.monotonic() < deadline:
                time.sleep(0.001)
            time.sleep(tenths % 3 / 500)
        finally:
            stopped += run.poll() is None
            run.kill()
            run.wait()
        for name, (wrong, right) in zip(names, whole.items(), strict=True):
            assert (root / "posts" / name).read_text() in {wrong, right}
    assert stopped > 3
    subprocess.run(command, capture_output=True, check=True)
    assert _mended(root, whole) == len(names)


def _mended(root: Path, whole: Mapping[str, str]) -> int:
    return sum(path.read_text() in whole.values() for path in (root / "posts").glob("*.md"))


def run(root: Path, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pubtool", "--project", str(root), *words],
        input=given,
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )


def test_the_commands_show_a_diff_write_and_then_find_nothing_to_do(root: Path) -> None:
    post = root / "posts" / "told.md"
    text = (
        "“every ship that entered it was counted by the keeper” [@doe].\n\n“In 1790 the lamp was "
        "moved” [@doe].\n\nAnd “a narrow ledge that the sea had carved over many "
        "patient centuries”.\n"
    )
    post.write_text(text)
    try:
        shown = run(root, "check", "--diff", "--ignore", "Q303")
        assert (shown.returncode, post.read_text()) == (1, text)
        assert "--- a/posts/told.md\n+++ b/posts/told.md\n" in shown.stdout
        assert "would fix 1;" in shown.stderr
        done = run(root, "check", "--fix", "--ignore", "Q303")
        assert done.returncode == 1  # the number is still wrong
        assert "fixed[Q101]" in done.stderr
        assert "1790" in post.read_text()
        assert run(root, "check", "--diff", "--ignore", "Q303").returncode == 0
        assert run(root, "cite").returncode == 1
        assert run(root, "cite", "--write").returncode == 0
        assert "centuries” [@doe].\n" in post.read_text()
        assert run(root, "cite").stdout == ""
        piped = run(root, "check", "--fix", "--stdin-filename", str(post), given=text)
        assert piped.stdout == post.read_text()
        both = run(root, "check", "--fix", "--diff")
        assert both.returncode == 2
        assert "give one of them" in both.stderr
    finally:
        post.unlink()


# --- What somebody has spoken of elsewhere ---

TWO = f"{WRONG}\n\n“In 1790 the lamp was moved” [@doe].\n"


def decide_both(root: Path, choice: Choice, verdict: str = "altered") -> None:
    """Decide about both quotations of the post."""
    [post] = pipeline.check(find_project(root), [root / "posts" / "said.md"]).posts
    for one in post.verdicts:
        codes = tuple(f.code for f in one.findings) if choice is Choice.WAIVE else ()
        decide(root, Decision(post.path, one.quotation.id, one.quotation.text, choice, verdict,
                              codes, "as in the manuscript" if codes else ""))  # fmt: skip


@pytest.mark.parametrize("choice", Choice)
def test_what_an_editor_decided_about_is_neither_mended_nor_offered(
    root: Path, write: Write, choice: Choice
) -> None:
    post = write("posts/said.md", TWO.encode())
    try:
        assert "offered[Q101]" in run(root, "check", "--diff", "posts/said.md").stderr
        decide_both(root, choice)
        done = run(root, "check", "--fix", "posts/said.md")
        assert "fixed nothing\n" in done.stderr
        assert "offered" not in done.stderr
        assert post.read_text() == TWO
        assert run(root, "check", "--diff", "posts/said.md").stdout == ""
    finally:
        shutil.rmtree(root / "decisions", ignore_errors=True)


def test_a_decision_about_another_verdict_holds_nothing_back(root: Path, write: Write) -> None:
    post = write("posts/said.md", TWO.encode())
    try:
        decide_both(root, Choice.ACCEPT, verdict="absent")
        run(root, "check", "--fix", "posts/said.md")
        assert post.read_text() == TWO.replace(WRONG, RIGHT)
    finally:
        shutil.rmtree(root / "decisions", ignore_errors=True)


def test_what_the_baseline_has_is_neither_mended_nor_offered_beside_it(
    root: Path, write: Write
) -> None:
    post = write("posts/said.md", TWO.encode())
    write("baseline.toml", b"").unlink()
    assert run(root, "check", "--write-baseline").returncode == 0
    new = "“records the color of each flag, the name of the master” [@doe].\n"
    post.write_text(f"{TWO}\n{new}")
    done = run(root, "check", "--fix", "--baseline", "posts/said.md")
    assert "fixed 1\n" in done.stderr
    assert done.returncode == 0
    assert post.read_text() == f"{TWO}\n{new.replace('color', 'colour')}"
    piped = run(root, "check", "--fix", "--baseline", "--stdin-filename", str(post), given=TWO)
    assert piped.stdout == TWO
    assert "fixed 1;" in run(root, "check", "--fix", "posts/said.md").stderr
    assert post.read_text() == f"{TWO}\n{new}".replace(WRONG, RIGHT).replace("color", "colour")
