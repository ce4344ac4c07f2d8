"""Fixing: what is mended unasked, what is offered, and that nothing else in a file moves."""

from __future__ import annotations

import os
import random
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pubtool.errors import NoSuchFix
from pubtool.pipeline.checking import check_files, check_text
from pubtool.pipeline.fixing import Fixed, apply_one, fix_posts, plan
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
        "somebody else",
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


def test_a_file_keeps_its_permissions_and_a_link_its_target(root: Path) -> None:
    real = root / "elsewhere.md"
    real.write_bytes("“every ship that entered it was counted” [@doe].\r\n".encode())
    real.chmod(0o640)
    link = root / "posts" / "linked.md"
    link.symlink_to(real)
    try:
        made = fix_posts(find_project(root), [link], write=True)
        assert made.errors == ()
        assert link.is_symlink()
        assert (
            real.read_bytes() == "“every vessel that entered it was counted” [@doe].\r\n".encode()
        )
        assert stat.S_IMODE(real.stat().st_mode) == 0o640
    finally:
        link.unlink()
        real.unlink()


def test_one_finding_is_fixed_on_request_even_where_it_is_only_offered(root: Path) -> None:
    post = root / "posts" / "one.md"
    post.write_text("“In 1790 the lamp was moved” [@doe].\n")
    try:
        with Workspace(find_project(root)) as workspace:
            (report,), _ = check_files(workspace, [post])
            name = report.verdicts[0].quotation.id
            made = apply_one(workspace, "posts/one.md", name, "Q104")
            assert [finding.code for finding in made.applied] == ["Q104"]
            assert post.read_text() == "“In 1780 the lamp was moved” [@doe].\n"
            with pytest.raises(NoSuchFix, match="no fix for Q104 is left"):
                apply_one(workspace, "posts/one.md", name, "Q104")
    finally:
        post.unlink()


def run(root: Path, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pubtool", "--project", str(root), *words],
        input=given,
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
