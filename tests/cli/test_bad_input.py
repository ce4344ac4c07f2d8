"""Bad input and damaged projects: one sentence with the mend, and what was there is as it was.

Each case begins with a small sound project, spoils one thing and runs the real command line. A
fault of one post, entry or source is a finding at its place; what keeps the command from running
is a sentence on standard error and status 2.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from pubtool import pipeline
from pubtool.cli import program

BIBLIOGRAPHY = """\
@misc{lincoln1863,
  author = {Lincoln, Abraham},
  title  = {Gettysburg Address},
  date   = {1863-11-19}
}
"""
SOURCE = (
    "The brave men, living and dead, who struggled here, have consecrated it, far above our poor "
    "power to add or detract. The world will little note, nor long remember what we say here.\n"
)
QUOTING = "Lincoln: “The brave men, living and dead, who struggled here” [@lincoln1863].\n"
HEAD = "---\ntitle: A\ndate: 2026-01-01\nstatus: publish\n---\n\n"
POST = HEAD + QUOTING
SOUND: dict[str, bytes] = {
    "pubtool.toml": b"",
    "references.bib": BIBLIOGRAPHY.encode(),
    "sources/lincoln1863.txt": SOURCE.encode(),
    "posts/a.md": POST.encode(),
}
PASSED = "1 quotation in 1 post: 1 checked, 1 passed, 0 failed\n"

Change = dict[str, bytes | str | None]
"""Path -> its new content; None takes the file away."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a sound project."""
    return spoil(tmp_path / "project", dict(SOUND))


@pytest.fixture
def run(project: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return what runs pubtool in the project's folder, within this process."""
    monkeypatch.chdir(project)
    return lambda *arguments: CliRunner().invoke(program, arguments, prog_name="pubtool")


def spoil(root: Path, change: Change) -> Path:
    for name, content in change.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def tree(root: Path) -> dict[str, str]:
    """Return all that is in a folder with its content's digest; the cache is left out."""
    return {
        str(path.relative_to(root)): _state(path)
        for path in sorted(root.rglob("*"))
        if path.relative_to(root).parts[0] != ".pubtool"
    }


def _state(path: Path) -> str:
    if path.is_symlink():
        return f"link to {path.readlink()}"
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"


def pubtool(root: Path, *arguments: str, **given: str) -> subprocess.CompletedProcess[bytes]:
    """Run the real command in a process of its own; `given` is its environment's change."""
    return subprocess.run(
        [sys.executable, "-m", "pubtool", *arguments],
        cwd=root,
        env={**os.environ, **given},
        capture_output=True,
        check=False,
    )


def one_sentence(said: str) -> str:
    """Return the sentence, which has to be the only one."""
    assert said.count("\n") == 1, said
    assert said.startswith("pubtool: error: "), said
    return said.removeprefix("pubtool: error: ").rstrip("\n")


# --- What keeps a command from running ------------------------------------------------------------

CANNOT_RUN: dict[str, tuple[Change, list[str], str]] = {
    "bibliography not UTF-8": (
        {"references.bib": BIBLIOGRAPHY.replace("Abraham", "Jürgen").encode("latin-1")},
        ["check"],
        "references.bib:2: not UTF-8; save the file as UTF-8 in an editor, or convert it with "
        "`iconv -f WINDOWS-1252 -t UTF-8`",
    ),
    "bibliography in UTF-16": (
        {"references.bib": BIBLIOGRAPHY.encode("utf-16")},
        ["check"],
        "references.bib:1: not UTF-8; save the file as UTF-8 in an editor, or convert it with "
        "`iconv -f UTF-16 -t UTF-8`",
    ),
    "settings not UTF-8": (
        {"pubtool.toml": b'[site]\ntitle = "\xfc"\n'},
        ["check"],
        "pubtool.toml:2: not UTF-8; save the file as UTF-8",
    ),
    "settings not TOML": (
        {"pubtool.toml": "[site]\n\ntitle = \n"},
        ["check"],
        "pubtool.toml:3: not TOML",
    ),
    "unknown setting": (
        {"pubtool.toml": '[check]\nfailon = "error"\n'},
        ["check"],
        "pubtool.toml:2: there is no setting `check.failon`; did you mean fail-on?",
    ),
    "setting of a wrong type": (
        {"pubtool.toml": "[check]\nfail-on = 3\n"},
        ["check"],
        "pubtool.toml:2: `check.fail-on` is a number, not a text; put it in quotation marks",
    ),
    "lock not TOML": (
        {"sources.lock": "[lincoln1863\n"},
        ["check"],
        "sources.lock:1: not TOML",
    ),
    "lock without a digest": (
        {"sources.lock": '# pins\n[lincoln1863]\nsha256 = "x"\n'},
        ["sources", "verify"],
        "sources.lock:2: [lincoln1863] has no `sha256` of 64 hexadecimal digits; mend the file",
    ),
    "a family of findings": (
        {},
        ["explain", "Q1"],
        "Q1: no such finding; `pubtool explain` lists them all",
    ),
    "a post in other capitals": (
        {},
        ["check", "posts/A.md"],
        "posts/A.md: no such post in this project; did you mean posts/a.md?",
    ),
    "a post that is not there": (
        {},
        ["check", "posts/b.md"],
        "posts/b.md: no such post in this project; give a path below posts/",
    ),
    "a post by its name alone": (
        {},
        ["check", "a"],
        "a: no such post in this project; did you mean posts/a.md?",
    ),
    "a post with backslashes": (
        {},
        ["check", "posts\\a.md"],
        "posts\\a.md: no such post in this project",
    ),
    "a post outside the project": (
        {"../other.md": POST},
        ["check", "../other.md"],
        "../other.md: no such post in this project",
    ),
    "a file that is no post": (
        {},
        ["build", "sources/lincoln1863.txt"],
        "sources/lincoln1863.txt: no such post in this project",
    ),
    "a post by another name": (
        {"posts/b.txt": POST},
        ["check", "posts/b.txt"],
        "posts/b.txt: no such post in this project; a post's name ends with .md: rename it to b.md",
    ),
    "a draft of a word processor": (
        {"posts/draft.docx": POST},
        ["check", "posts/draft.docx"],
        "posts/draft.docx: no such post in this project; a post is a Markdown text: save this as "
        "one, draft.md, for example with `pandoc draft.docx -o draft.md`",
    ),
    "a post whose name the shell has taken apart": (
        {"posts/Tee für Anfänger.md": HEAD.replace("title: A", "title: B") + QUOTING},
        ["check", "posts/Tee", "für", "Anfänger.md"],
        'posts/Tee: no such post in this project; did you mean "posts/Tee für Anfänger.md"?',
    ),
    "a source without the end of its name": (
        {"My Source.txt": SOURCE},
        ["sources", "add", "My Source", "--key", "lincoln1863"],
        "My Source: not added: there is no such file; did you mean My Source.txt?",
    ),
    "a source's name longer than names can be": (
        {},
        ["sources", "add", "x" * 5000, "--key", "lincoln1863"],
        "x: not added: there is no such file; look at how it is spelled",
    ),
    "a source without an entry": (
        {"b.txt": SOURCE},
        ["sources", "add", "b.txt", "--key", "lincoln1865"],
        "lincoln1865: not in references.bib; did you mean lincoln1863? If not, write its entry "
        "there first, such as @misc{lincoln1865, author = {…}, title = {…}, date = {…}}",
    ),
    "a source that is to be shown, without an entry": (
        {},
        ["sources", "show", "lincoln1836"],
        "lincoln1836: not in references.bib; did you mean lincoln1863? `pubtool sources "
        "list` names every key",
    ),
    "a key that is nobody's, the file's name": (
        {"b.txt": SOURCE},
        ["sources", "add", "b.txt"],
        "b: not in references.bib; write its entry there first, such as @misc{b, author = {…}, "
        "title = {…}, date = {…}}, or name another with --key: `pubtool sources list` has every "
        "key",
    ),
    "a key that can be nobody's, the file's name": (
        {"My Source.txt": SOURCE},
        ["sources", "add", "My Source.txt"],
        "My Source: not in references.bib; write its entry there first, such as @misc{My-Source, "
        "author = {…}, title = {…}, date = {…}}, and name that with `--key My-Source`, or name "
        "another with --key: `pubtool sources list` has every key",
    ),
    "a source whose entry was not read": (
        {
            "references.bib": BIBLIOGRAPHY + "\n@book{orme, title = {A} date = {1900}}\n",
            "b.txt": SOURCE,
        },
        ["sources", "add", "b.txt", "--key", "orme"],
        "references.bib:7: the entry `orme` was not read: a comma is missing behind the value of "
        "`title`; add it",
    ),
    "a source whose key two entries have": (
        {"references.bib": BIBLIOGRAPHY + BIBLIOGRAPHY, "b.txt": SOURCE},
        ["sources", "add", "b.txt", "--key", "lincoln1863"],
        "references.bib:6: the key `lincoln1863` is already taken by the entry on line 1, so "
        "neither entry is used; give one of them another key",
    ),
    "a name longer than names can be": (
        {},
        ["check", "x" * 5000],
        "x: no such post in this project; give a path below posts/",
    ),
    "a file where the pages should go": (
        {"public": "mine"},
        ["build"],
        "public: no place for the pages, public is a file; name another folder",
    ),
    "pages into the posts": (
        {},
        ["build", "--output", "posts"],
        "posts: no place for the pages, the project needs posts itself",
    ),
    "pages into the sources": (
        {},
        ["build", "--output", "sources/pages"],
        "sources/pages: no place for the pages, the project needs sources itself",
    ),
    "pages into what was published": (
        {},
        ["build", "--output", "published"],
        "published: no place for the pages, the project needs published itself",
    ),
    "pages into the project": (
        {},
        ["build", "--output", "."],
        ".: no place for the pages, it holds the project",
    ),
    "pages above the project": (
        {},
        ["build", "--output", ".."],
        "..: no place for the pages, it holds the project",
    ),
    "pages into a file": (
        {},
        ["build", "--output", "references.bib"],
        "references.bib: no place for the pages",
    ),
    "two posts of one address": (
        {"posts/b.md": HEAD.replace("title: A", "title: B\nslug: a") + QUOTING},
        ["build"],
        "posts/b.md: its address 'a' is that of posts/a.md already; give one of the two another",
    ),
    "a citation style that is not there": (
        {"pubtool.toml": '[build]\ncsl = "nope"\n'},
        ["build"],
        "pubtool.toml: build.csl: no citation style 'nope'; did you mean ",
    ),
    "a citation style of one post that is not there": (
        {"posts/b.md": HEAD.replace("title: A", "title: B\ncsl: nope") + QUOTING},
        ["build"],
        "posts/b.md: csl: no citation style 'nope'; did you mean ",
    ),
    "a citation style outside the project": (
        {"pubtool.toml": '[build]\ncsl = "../x.csl"\n', "../x.csl": "<style/>"},
        ["build"],
        "csl: no citation style '../x.csl'; ",
    ),
    "a report into a folder": (
        {"reports/x": ""},
        ["check", "--output", "references.bib/report.txt"],
        "references.bib/report.txt: cannot be written",
    ),
    "a source over another": (
        {"new.txt": "New words.\n"},
        ["sources", "add", "new.txt", "--key", "lincoln1863"],
        "new.txt: not added: sources/lincoln1863.txt exists already; move that away first, or "
        "accept it as it stands with `pubtool sources add sources/lincoln1863.txt`",
    ),
    "a source of another format beside one": (
        {"new.html": "<p>New words.</p>\n"},
        ["sources", "add", "new.html", "--key", "lincoln1863"],
        "new.html: not added: sources/lincoln1863.txt comes before it; remove that first",
    ),
    "a source of an unknown key": (
        {"new.txt": "New words.\n"},
        ["sources", "add", "new.txt", "--key", "lincoln1836"],
        "lincoln1836: not in references.bib; did you mean lincoln1863?",
    ),
    "a source of an unknown format": (
        {"new.djvu": "AT&T"},
        ["sources", "add", "new.djvu", "--key", "lincoln1863"],
        "new.djvu: not added: no reader for it; save it as PDF (.txt, .md,",
    ),
    "a source that is not there": (
        {},
        ["sources", "add", "none.txt", "--key", "lincoln1863"],
        "none.txt: cannot be read (No such file or directory); check that it exists",
    ),
    "a source that is a folder": (
        {"new.txt/a.txt": "New words.\n"},
        ["sources", "add", "new.txt", "--key", "lincoln1863"],
        "new.txt: cannot be read (Is a directory)",
    ),
    "a source without words": (
        {"new.txt": "\n", "sources/lincoln1863.txt": None},
        ["sources", "add", "new.txt", "--key", "lincoln1863"],
        "new.txt: not added: it has no words in it",
    ),
    "a source that is not UTF-8": (
        {"new.txt": b"fine\n\xfc\n", "sources/lincoln1863.txt": None},
        ["sources", "add", "new.txt", "--key", "lincoln1863"],
        "new.txt: not added: line 2: not UTF-8; save the file as UTF-8",
    ),
    "a source that is no PDF": (
        {"new.pdf": b"%PDF-1.7\nand no more", "sources/lincoln1863.txt": None},
        ["sources", "add", "new.pdf", "--key", "lincoln1863"],
        "new.pdf: not added: it is not a PDF that can be opened; it may be damaged",
    ),
    "a source where a file stands for the folder": (
        {"new.txt": "New words.\n", "sources/lincoln1863.txt": None},
        ["sources", "add", "new.txt", "--key", "lincoln1863"],
        "sources/lincoln1863.txt: cannot be written",
    ),
    "a source that is no address of the web": (
        {"sources/lincoln1863.txt": None},
        ["sources", "add", "ftp://example.org/a.html", "--key", "lincoln1863"],
        "ftp://example.org/a.html: not fetched: only http and https can be fetched",
    ),
    "a code that is none": (
        {},
        ["explain", "foo"],
        "FOO: no such finding; `pubtool explain` lists them all",
    ),
    "a project made over another": ({}, ["init"], "pubtool.toml: exists already"),
}


@pytest.mark.parametrize("name", CANNOT_RUN)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    name: str, project: Path, run: Callable[..., Result]
) -> None:
    change, arguments, expected = CANNOT_RUN[name]
    spoil(project, change)
    if name == "a source where a file stands for the folder":
        shutil.rmtree(project / "sources")
        (project / "sources").write_text("mine", encoding="utf-8")
    before = tree(project)
    result = run(*arguments)
    said = one_sentence(result.stderr)
    assert expected in said
    assert ";" in said, "no mend"
    assert result.exit_code == 2
    assert result.stdout == ""
    assert tree(project) == before


def test_a_post_that_is_named_as_seen_from_elsewhere_is_told_by_its_path_from_here(
    project: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / "sources")
    result = run("check", "posts/a.md")
    assert one_sentence(result.stderr).endswith("did you mean ../posts/a.md?")


def test_a_source_that_cannot_be_added_leaves_no_folder_behind(tmp_path: Path) -> None:
    spoil(tmp_path, {"references.bib": BIBLIOGRAPHY, "pubtool.toml": "", "new.txt": "\n"})
    before = tree(tmp_path)
    arguments = ["sources", "add", str(tmp_path / "new.txt"), "--key", "lincoln1863"]
    result = CliRunner().invoke(program, ["--project", str(tmp_path), *arguments])
    assert result.exit_code == 2
    assert tree(tmp_path) == before


def test_a_project_that_cannot_be_made_whole_is_not_made(tmp_path: Path) -> None:
    spoil(tmp_path, {"sources": "mine"})
    result = CliRunner().invoke(program, ["init", str(tmp_path)])
    assert result.exit_code == 2
    assert "sources/lincoln1863.txt: cannot be written" in one_sentence(result.stderr)
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {"sources"}


@pytest.mark.parametrize("arguments", [["--project", "posts/a.md"], ["--project", "nowhere"]])
def test_a_project_has_to_be_a_folder(arguments: list[str], run: Callable[..., Result]) -> None:
    result = run(*arguments, "check")
    assert result.exit_code == 2
    assert "Invalid value for '--project': Directory " in result.stderr
    assert "Traceback" not in result.stderr


# --- The bibliography and the sources -------------------------------------------------------------

CHECKED: dict[str, tuple[Change, int, str]] = {
    "unknown key": (
        {"posts/a.md": POST.replace("@lincoln1863", "@lincon1863")},
        1,
        "error[Q304] @lincon1863 is not in references.bib; did you mean @lincoln1863? "
        "(the words stand in @lincoln1863) posts/a.md:7",
    ),
    "two entries of one key": (
        {"references.bib": BIBLIOGRAPHY * 2},
        1,
        "references.bib:6:7: error[Q402] the key `lincoln1863` is already taken by the entry on "
        "line 1, so neither entry is used; give one of them another key",
    ),
    "an entry that does not parse": (
        {"references.bib": BIBLIOGRAPHY + "\n@book{x,\n  title = {a\n}\n"},
        1,
        "references.bib:8:3: error[Q403] the entry `x` was not read: a brace or quotation mark is "
        "opened and not closed; close it",
    ),
    "no bibliography": (
        {"references.bib": None},
        1,
        "error[Q304] @lincoln1863 has no entry: references.bib is missing or empty",
    ),
    "an empty bibliography": (
        {"references.bib": ""},
        1,
        "error[Q304] @lincoln1863 has no entry: references.bib is missing or empty",
    ),
    "no text of the source": (
        {"sources/lincoln1863.txt": None},
        0,
        "warning[Q302] could not be checked: no text of lincoln1863; bring it with "
        "`pubtool sources add FILE --key lincoln1863`",
    ),
    "an empty source": (
        {"sources/lincoln1863.txt": ""},
        0,
        "warning[Q302] could not be checked: sources/lincoln1863.txt has no words in it",
    ),
    "a source that is not UTF-8": (
        {"sources/lincoln1863.txt": "für\nLe préambule\n".encode("latin-1")},
        0,
        "warning[Q302] could not be checked: sources/lincoln1863.txt:1: not UTF-8; save the file",
    ),
    "a program that is called .txt": (
        {"sources/lincoln1863.txt": b"\x7fELF\x02\x01\x01\0\0\0" * 9},
        0,
        "warning[Q302] could not be checked: sources/lincoln1863.txt is not text: it has NUL bytes",
    ),
    "an empty PDF": (
        {"sources/lincoln1863.txt": None, "sources/lincoln1863.pdf": b""},
        0,
        "warning[Q302] could not be checked: sources/lincoln1863.pdf is not a PDF that can be "
        "opened; it may be damaged, fetch it again",
    ),
    "a torn PDF": (
        {"sources/lincoln1863.txt": None, "sources/lincoln1863.pdf": b"%PDF-1.7\n1 0 obj <<"},
        0,
        "warning[Q302] could not be checked: sources/lincoln1863.pdf is not a PDF that can be "
        "opened; it may be damaged, fetch it again",
    ),
    "a text that is not the pinned one": (
        {"sources.lock": f'[lincoln1863]\nsha256 = "{"0" * 64}"\n'},
        1,
        "sources.lock:1:1: error[Q305] sources/lincoln1863.txt is not the text that was pinned",
    ),
}


def flat(text: str) -> str:
    """Return text without its line breaks."""
    return " ".join(text.split())


@pytest.mark.parametrize("name", CHECKED)
def test_a_fault_that_is_a_finding_has_its_place_and_its_mend(
    name: str, project: Path, run: Callable[..., Result]
) -> None:
    change, status, expected = CHECKED[name]
    spoil(project, change)
    before = tree(project)
    result = run("check")
    assert expected in flat(result.stdout)
    assert result.exit_code == status
    assert result.stderr == ""
    assert tree(project) == before


def test_an_encrypted_pdf_is_said_to_be_one(
    project: Path, tmp_path: Path, run: Callable[..., Result]
) -> None:
    (project / "sources" / "lincoln1863.txt").unlink()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        lock = pikepdf.Encryption(user="a", owner="b")
        pdf.save(project / "sources" / "lincoln1863.pdf", encryption=lock)
    said = flat(run("check").stdout)
    assert "sources/lincoln1863.pdf is encrypted; save a copy without its password" in said


def test_a_source_without_a_text_never_passes(project: Path, run: Callable[..., Result]) -> None:
    spoil(project, {"sources/lincoln1863.txt": ""})
    assert "0 checked, 0 passed, 0 failed; 1 unchecked" in run("check").stdout
    assert run("check", "--strict").exit_code == 1


def test_a_pinned_source_that_is_gone_is_not_verified(
    project: Path, run: Callable[..., Result]
) -> None:
    assert run("sources", "add", "sources/lincoln1863.txt").exit_code == 0
    (project / "sources" / "lincoln1863.txt").unlink()
    result = run("sources", "verify")
    assert result.exit_code == 1
    said = flat(result.stdout)
    assert (
        "`lincoln1863` is pinned, but could not be compared: the text of lincoln1863 that" in said
    )


# --- Posts ----------------------------------------------------------------------------------------

FRONT_MATTER = {
    "title: [a": "posts/a.md:3:1: error[Q602] the front matter is not YAML",
    "\ttitle: a": "posts/a.md:2:1: error[Q602] the front matter is not YAML",
    "just words": "posts/a.md:2:1: error[Q602] the front matter is no list of keys with values",
    "- a": "posts/a.md:2:1: error[Q602] the front matter is no list of keys with values",
    "title: [a]": "posts/a.md:2:1: error[Q602] title must be a text",
    "date: soon": "posts/a.md:2:1: error[Q602] date must be a date such as 2026-05-03",
    "date: 2026-13-45": "posts/a.md:2:1: error[Q602] date must be a date such as",
    "slug: {a: b}": "posts/a.md:2:1: error[Q602] slug must be a text",
    "slug: ../../etc": "posts/a.md:2:1: error[Q602] slug must be one word without spaces",
    "status: done": "posts/a.md:2:1: error[Q602] status must be one of draft, publish,",
    "author: {a: 1}": "posts/a.md:2:1: error[Q602] author must be a name or a list of names",
    "categories: {a: b}": "posts/a.md:2:1: error[Q602] categories must be a text or a list",
    "tags: {a: b}": "posts/a.md:2:1: error[Q602] tags must be a text or a list of texts",
    "excerpt: [a]": "posts/a.md:2:1: error[Q602] excerpt must be a text",
    "image: [a]": "posts/a.md:2:1: error[Q602] image must be a text",
    "image-alt: {a: b}": "posts/a.md:2:1: error[Q602] image-alt must be a text",
    "csl: [a]": "posts/a.md:2:1: error[Q602] csl must be a text",
    "aliases: {a: b}": "posts/a.md:2:1: error[Q602] aliases must be a text or a list of texts",
    "title: a\ntitle: b": "posts/a.md:3:1: error[Q602] title stands in the front matter twice",
    "a: &a [*a]": "posts/a.md:1:1: error[Q602] the front matter is too large",
    "a: " + "[" * 3000 + "]" * 3000: "error[Q602] the front matter is not YAML",
    'title: !!python/object/apply:os.system ["exit"]': "error[Q602] title must be a text",
    'title: "a\\ud800b"': "error[Q602] the front matter is not YAML",
    "\n".join(
        ["a0: &a0 [x, x, x, x, x, x, x, x]"]
        + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 8)}]" for n in range(1, 12)]
    ): "posts/a.md:1:1: error[Q602] the front matter is too large",
}


@pytest.mark.parametrize("lines", FRONT_MATTER, ids=lambda lines: repr(lines[:30]))
def test_front_matter_that_cannot_be_used_is_a_finding_and_the_rest_is_checked(
    lines: str, project: Path, run: Callable[..., Result]
) -> None:
    spoil(project, {"posts/a.md": f"---\n{lines}\n---\n\n{QUOTING}"})
    before = tree(project)
    result = run("check")
    assert FRONT_MATTER[lines] in flat(result.stdout)
    assert result.stdout.endswith(PASSED)
    assert result.exit_code == 1
    assert result.stderr == ""
    assert tree(project) == before


def test_front_matter_that_is_never_closed_is_a_finding(
    project: Path, run: Callable[..., Result]
) -> None:
    spoil(project, {"posts/a.md": f"---\ntitle: x\n\n{QUOTING}"})
    result = run("check")
    assert "posts/a.md:1:1: error[Q602] the front matter that begins here" in result.stdout
    assert result.exit_code == 1


@pytest.mark.parametrize("text", ["", "\n \n\t\n", "---\ntitle: x\n---\n", "---\ntitle: x\n---"])
def test_a_post_without_a_body_has_no_quotations_and_no_error(
    text: str, project: Path, run: Callable[..., Result]
) -> None:
    spoil(project, {"posts/a.md": text})
    for command in ("check", "build"):
        result = run(command)
        assert result.exit_code == 0, result.output
        assert result.stdout.endswith("\n0 quotations in 1 post\n")


ODD = {
    "byte order mark": "\ufeff" + POST,
    "line ends of Windows": POST.replace("\n", "\r\n"),
    "line ends of old Macs": POST.replace("\n", "\r"),
    "mixed line ends": POST.replace("\n\n", "\r\n\n"),
    "form feed": POST.replace("brave men,", "brave men,\f"),
    "line separator": POST.replace("brave men,", "brave men,\u2028").replace("L", "\u2028\x85L"),
    "no-break spaces": POST.replace("brave men", "brave\u00a0men").replace(" who", "\u202fwho"),
    "text from right to left": POST.replace("Lincoln:", "\u202eabc\u202c אבג:"),
    "references to no characters": POST.replace("Lincoln:", "&#xD800; &#0; &#x110000; \\ud800"),
    "many blanks": HEAD + "\n" * 5000 + " " * 5000 + "\n\n" + QUOTING,
}


@pytest.mark.parametrize("name", ODD)
def test_odd_characters_round_a_quotation_change_no_verdict(
    name: str, project: Path, run: Callable[..., Result]
) -> None:
    spoil(project, {"posts/a.md": ODD[name]})
    before = tree(project)
    result = run("check", "--format", "json")
    assert result.exit_code == 0, result.output
    (quotation,) = json.loads(result.stdout)["posts"][0]["quotations"]
    assert quotation["verdict"] == "verbatim"
    lines = _lines(ODD[name])
    start, end = quotation["range"]["start"], quotation["range"]["end"]
    assert lines[start["line"] - 1][start["column"] - 1 :].startswith("The brave")
    assert lines[end["line"] - 1][: end["column"] - 1].endswith("struggled here")
    assert tree(project) == before


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


@pytest.mark.parametrize("odd", ["\0", "\x1b[31m", "\ufffe\uffff", "\x07\x08"])
def test_control_characters_never_reach_the_terminal(
    odd: str, project: Path, run: Callable[..., Result]
) -> None:
    spoil(project, {"posts/a.md": POST.replace("brave men", f"brave{odd} women")})
    result = run("check")
    assert result.exit_code in (0, 1)
    assert "1 quotation in 1 post: 1 checked" in result.stdout
    assert not {"\0", "\x1b", "\x07", "\x08"} & set(result.stdout + result.stderr)


@pytest.mark.parametrize(
    "text",
    [
        "> " * 2000 + QUOTING,
        "\n".join("  " * n + "- a" for n in range(500)),
        "^[" * 300 + "]" * 300,
    ],
    ids=["block quotes", "lists", "notes"],
)
def test_a_post_nested_too_deeply_does_not_hide_the_others(
    text: str, project: Path, run: Callable[..., Result]
) -> None:
    spoil(project, {"posts/deep.md": text})
    before = tree(project)
    for command in ("check", "build"):
        result = run(command)
        assert result.exit_code == 2
        assert "error: posts/deep.md: " in result.stdout
        assert "nested too deeply to be read; take some of them out" in flat(result.stdout)
        assert "bug" not in result.stderr
    assert "1 quotation in 1 post (1 other could not be read): 1 checked, 1" in result.stdout
    assert tree(project) == before


@pytest.mark.parametrize(
    "text",
    ['"a ' * 600, "“a ” " * 300, "'a " * 2000, "*a **b " * 2000, "[" * 2000 + "a" + "]" * 2000],
    ids=["straight", "curly", "single", "emphasis", "brackets"],
)
def test_hundreds_of_marks_in_one_paragraph_are_read(
    text: str, project: Path, run: Callable[..., Result]
) -> None:
    spoil(project, {"posts/a.md": text + "\n"})
    result = run("check")
    assert result.exit_code in (0, 1)
    assert " in 1 post" in result.stdout.splitlines()[-1]
    assert result.stderr == ""


def test_a_long_post_is_checked_to_its_end(project: Path, run: Callable[..., Result]) -> None:
    filler = "The rest of this paragraph is plain prose, as most prose is, and quotes nobody.\n\n"
    wrong = QUOTING.replace("living and dead", "dead and living")
    spoil(project, {"posts/a.md": HEAD + filler * 2600 + wrong})
    result = run("check")
    assert result.exit_code == 1
    assert f"posts/a.md:{7 + 2 * 2600}:" in result.stdout


def test_posts_that_cannot_be_opened_are_named_and_the_others_are_checked(
    project: Path, run: Callable[..., Result]
) -> None:
    posts = project / "posts"
    (posts / "loop.md").symlink_to("loop.md")
    (posts / "gone.md").symlink_to("nowhere.md")
    (posts / "round").symlink_to(".")
    (posts / "latin.md").write_bytes(b"fine\n\xfc\n")
    before = tree(project)
    result = run("check")
    said = flat(result.stdout)
    assert result.exit_code == 2
    assert "error: posts/loop.md: cannot be read (Too many levels of symbolic links)" in said
    assert "error: posts/gone.md: cannot be read (No such file or directory)" in said
    assert "error: posts/latin.md:2: not UTF-8; save the file" in said
    assert "1 quotation in 1 post (3 others could not be read): 1 checked, 1 passed" in said
    assert "no post cites" not in said
    assert run("check", "posts/a.md").exit_code == 0
    assert run("build").exit_code == 2
    assert tree(project) == before


def test_what_an_editor_hides_in_posts_is_no_post(
    project: Path, run: Callable[..., Result]
) -> None:
    (project / "posts" / ".#a.md").symlink_to("me@here.1:2")
    spoil(project, {"posts/.trash/a.md": POST, "posts/folder.md/b.md": POST})
    result = run("check")
    assert result.exit_code == 0, result.output
    assert result.stdout.endswith("2 quotations in 2 posts: 2 checked, 2 passed, 0 failed\n")


def test_a_post_that_may_not_be_read_is_named(
    project: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "a.md":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)  # root may read everything
    result = run("check")
    assert result.exit_code == 2
    assert "error: posts/a.md: cannot be read (Permission denied)" in result.stdout
    assert result.stdout.endswith("0 quotations in 0 posts (1 other could not be read)\n")


@pytest.mark.parametrize("folder", ["posts", "posts/old", "sources", "sources/lincoln1863"])
def test_a_folder_that_may_not_be_read_is_named(
    folder: str, project: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / folder).mkdir(exist_ok=True)
    if folder == "sources/lincoln1863":
        (project / "sources/lincoln1863.txt").rename(project / folder / "1.txt")
    look = os.scandir

    def refuse(path: str = ".") -> object:
        if Path(path) == project / folder:
            raise PermissionError(13, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(os, "scandir", refuse)  # root may look into everything
    monkeypatch.setattr(os, "listdir", lambda path: [each.name for each in os.scandir(path)])
    result = run("check")
    assert result.exit_code == 2, result.output
    assert result.stderr == (
        f"pubtool: error: {folder}: cannot be read (Permission denied); check that it exists and "
        "that you may read it\n"
    )


HOSTILE = """<script>alert(1)</script> ]]> #read("/etc/passwd") $x$ *a* "q" {{ 7*7 }} \\"""


def test_a_hostile_title_is_only_text(project: Path, run: Callable[..., Result]) -> None:
    quoted = HOSTILE.replace("'", "''")
    spoil(project, {"posts/a.md": POST.replace("title: A", f"title: '{quoted}'")})
    assert run("build").exit_code == 0
    public = project / "public"
    for path in sorted(public.rglob("*.html")):
        assert "<script>alert" not in path.read_text(encoding="utf-8"), path
    posts = (public / "wordpress" / "posts.xml").read_text(encoding="utf-8")
    said = HOSTILE.replace("<", "&lt;").replace("]]>", "]]]]><![CDATA[>")
    assert f"<title><![CDATA[{said}]]></title>" in posts
    with pikepdf.open(public / "a" / "a.pdf") as pdf:
        curled = HOSTILE.replace('"/etc/passwd"', "“/etc/passwd”").replace('"q"', "“q”")
        assert str(pdf.docinfo["/Title"]) == curled


# --- The output and the cache ---------------------------------------------------------------------


def test_a_post_that_cannot_be_typeset_leaves_the_former_pages_as_they_were(
    project: Path, run: Callable[..., Result]
) -> None:
    assert run("build").exit_code == 0
    spoil(project, {"posts/b.md": POST.replace("Lincoln", "Lin\ufffecoln")})
    before = tree(project)
    result = run("build")
    assert result.exit_code == 2
    assert one_sentence(result.stderr).startswith("posts/b.md:7: no font has U+FFFE; ")
    assert tree(project) == before


@pytest.mark.parametrize("formats", ["", " ", ",", " , "])
def test_no_format_at_all_is_refused(
    formats: str, project: Path, run: Callable[..., Result]
) -> None:
    before = tree(project)
    result = run("build", "--to", formats)
    assert result.exit_code == 2
    assert "name a format: any of html," in result.stderr
    assert tree(project) == before


def test_a_folder_in_the_way_of_a_page_is_one_sentence(
    project: Path, run: Callable[..., Result]
) -> None:
    spoil(project, {"public/a/index.html/mine": "mine"})
    result = run("build", "--to", "html")
    assert result.exit_code == 2
    assert "public/a/index.html: cannot be written" in one_sentence(result.stderr)
    assert (project / "public" / "a" / "index.html" / "mine").read_bytes() == b"mine"
    assert not list(project.rglob("*.tmp"))


def test_a_full_disk_leaves_the_former_pages_and_no_half_ones(
    project: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("build", "--to", "html").exit_code == 0
    spoil(project, {"posts/a.md": POST + "\nMore.\n"})
    before = tree(project)

    def full(path: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        result = run("build", "--to", "html")
    assert result.exit_code == 2
    assert "cannot be written (No space left on device)" in one_sentence(result.stderr)
    assert tree(project) == before
    assert run("build", "--to", "html").exit_code == 0
    assert "More." in (project / "public" / "a" / "index.html").read_text(encoding="utf-8")


def test_a_device_is_not_replaced_by_a_report(project: Path, run: Callable[..., Result]) -> None:
    os.mkfifo(project / "pipe")
    result = run("check", "--output", "pipe")
    assert result.exit_code == 2
    assert "pipe: cannot be written (it is a device or a pipe" in one_sentence(result.stderr)
    assert (project / "pipe").is_fifo()


def test_a_file_in_place_of_the_cache_is_no_fault(
    project: Path, run: Callable[..., Result]
) -> None:
    (project / ".pubtool").write_bytes(b"mine")
    assert run("check").stdout.endswith(PASSED)
    assert run("build").exit_code == 0
    assert (project / ".pubtool").read_bytes() == b"mine"
    assert "-> move the file " in run("doctor").stdout


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "emptied": lambda data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "flipped": lambda data: data[:-2] + bytes([data[-2] ^ 1]) + data[-1:],
    "overwritten": lambda data: b"\0" * len(data),
    "another noun": lambda data: hashlib.sha256(b'{"a":1}').digest() + b'{"a":1}',
    "no JSON": lambda data: hashlib.sha256(b"[").digest() + b"[",
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_cache_is_made_anew_and_not_believed(
    how: str, project: Path, run: Callable[..., Result]
) -> None:
    assert run("build").exit_code == 0
    printed, built = run("check", "--format", "json").stdout, tree(project)
    entries = [path for path in (project / ".pubtool").rglob("*") if path.is_file()]
    assert entries
    for path in entries:
        path.write_bytes(DAMAGE[how](path.read_bytes()))
    result = run("check", "--format", "json")
    assert (result.exit_code, result.stderr, result.stdout) == (0, "", printed)
    result = run("build")
    assert result.exit_code == 0, result.output
    assert tree(project) == built


# --- The terminal, the locale, being stopped ------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["check"], ["check", "--format", "json"], ["explain", "Q101"], ["config"],
     ["new", "A title"], ["sources", "list"], ["doctor"], ["init", "sub"]],
    ids=" ".join,
)  # fmt: skip
def test_a_full_standard_output_is_one_sentence(arguments: list[str], project: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pubtool", *arguments],
            cwd=project,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    said = one_sentence(done.stderr.decode())
    assert said.startswith("standard output: cannot be written (No space left on device); ")
    assert done.returncode == 2


@pytest.mark.parametrize("arguments", [["check"], ["--help"], ["new", "A title"]], ids=" ".join)
def test_a_reader_that_has_gone_away_is_no_error(arguments: list[str], project: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "pubtool", *arguments],
        cwd=project,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode in (0, 1)  # 1 is click's own, for the help


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_closed_standard_streams_are_no_error(closed: str, project: Path) -> None:
    command = f'exec "{sys.executable}" -m pubtool check {closed}'
    done = subprocess.run(["sh", "-c", command], cwd=project, capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stderr == b""


PLAIN = {
    "LC_ALL": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONIOENCODING": "ascii",
}


@pytest.mark.parametrize(
    "given",
    [{"LC_ALL": "C"}, PLAIN, {"HOME": ""}, {"COLUMNS": "20"}, {"TERM": "dumb"}, {"TZ": "nowhere"}],
    ids=" ".join,
)
def test_the_environment_changes_no_byte_of_the_report(
    given: dict[str, str], project: Path
) -> None:
    spoil(project, {"posts/ü.md": POST.replace("living", "lively"), "posts/第.md": POST})
    usual = pubtool(project, "check", LC_ALL="C.UTF-8")
    assert usual.returncode == 1
    assert "posts/ü.md:7:" in usual.stdout.decode()
    other = pubtool(project, "check", **given)
    assert (other.returncode, other.stdout) == (1, usual.stdout)
    assert other.stderr == b""


def test_a_home_that_is_not_set_is_no_error(project: Path) -> None:
    command = [sys.executable, "-m", "pubtool", "build"]
    bare = {"PATH": "/nowhere"}
    done = subprocess.run(command, cwd=project, env=bare, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_arguments_are_read_as_utf8_in_any_locale(project: Path) -> None:
    made = pubtool(project, "new", "Über Räume", "--series", "Ä", **PLAIN)
    assert made.returncode == 0, made.stderr
    text = (project / "posts" / "uber-raume.md").read_text(encoding="utf-8")
    assert 'title: "Über Räume"\n' in text
    assert 'series: "Ä"\n' in text
    unknown = pubtool(project, "sources", "show", "ü", **PLAIN)
    assert unknown.returncode == 2
    assert one_sentence(unknown.stderr.decode()).endswith("`pubtool sources list` names every key")


def test_posts_whose_names_are_no_utf8_are_told_apart(project: Path) -> None:
    for name in (b"\xfe.md", b"\xff.md"):
        Path(os.fsdecode(os.fsencode(project / "posts") + b"/" + name)).write_text(POST, "utf-8")
    done = pubtool(project, "check", "--format", "json")
    assert done.returncode == 0, done.stderr
    paths = [post["path"] for post in json.loads(done.stdout)["posts"]]
    assert paths == ["posts/\\xfe.md", "posts/\\xff.md", "posts/a.md"]


def stopped(project: Path, command: str, kind: signal.Signals) -> Iterator[tuple[int, str]]:
    """Run a command again and again, stop it ever later, and yield its status and messages."""
    for step in range(1, 6):
        process = subprocess.Popen(
            [sys.executable, "-m", "pubtool", command],
            cwd=project,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        try:
            process.wait(step * 0.1)
        except subprocess.TimeoutExpired:
            process.send_signal(kind)
        said = process.communicate()[1].decode()
        yield process.returncode, said


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGKILL], ids=lambda kind: kind.name)
def test_being_stopped_in_the_middle_leaves_nothing_half_written(
    kind: signal.Signals, project: Path, tmp_path: Path, run: Callable[..., Result]
) -> None:
    for number in range(12):
        spoil(project, {f"posts/p{number}.md": POST.replace("title: A", f"title: P{number}")})
    whole = shutil.copytree(project, tmp_path / "whole")
    assert pubtool(whole, "build").returncode == 0
    pages = tree(whole)
    for status, said in stopped(project, "build", kind):
        if kind is signal.SIGINT and "Traceback" in said:
            assert "pubtool/pipeline" not in said, said  # only while Python itself starts
        assert status in (0, 130, -kind)
        for name, state in tree(project).items():
            assert name.endswith(".tmp") or pages[name] == state, name
    assert run("build").exit_code == 0
    assert {n: s for n, s in tree(project).items() if not n.endswith(".tmp")} == pages
    assert kind is signal.SIGKILL or not list(project.rglob("*.tmp"))


def test_a_bug_in_the_middle_of_a_build_writes_nothing(
    project: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    from pubtool.pipeline import building, gathering

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    before = tree(project)
    monkeypatch.setattr(gathering, "plan_site", broken)
    result = run("build")
    assert result.exit_code == 2
    assert result.stderr.startswith("pubtool: bug: ZeroDivisionError")
    assert tree(project) == before
    assert pipeline.build is building.build
