"""`publish` from the command line to a site on loopback that answers as WordPress does."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.publishers.fake_site import DROP, FakeSite, after, before, delayed, fake_site, wp_error

from pubtool.cli import program
from pubtool.errors import ChangedMeanwhile
from pubtool.pipeline import Publication, Wishes, find_project

Run = Callable[..., Result]
POSTS = {
    "first": """\
---
title: First & foremost
status: publish
date: 2025-05-03
categories: [News]
tags: [one, "R&D"]
---

A paragraph with a note.[^1] See [the other](second.md).

![A red square](red.png)

[^1]: The note's text.
""",
    "second": """\
---
title: Second
excerpt: Short.
---

Back to [the first](first.md).
""",
}


def png(red: int) -> bytes:
    """A picture of one colour."""
    rows = b"".join(b"\0" + bytes((red, 0, 0)) * 4 for _ in range(3))

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", 4, 3, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


@pytest.fixture
def site() -> Iterator[FakeSite]:
    with fake_site() as site:
        yield site


@pytest.fixture
def project(tmp_path: Path, site: FakeSite) -> Path:
    root = tmp_path / "project"
    (root / "posts").mkdir(parents=True)
    settings = f'[sites.blog]\nurl = "{site.home}"\nuser = "{site.user}"\n'
    (root / "pubtool.toml").write_text(settings, encoding="utf-8")
    (root / "references.bib").touch()
    (root / "posts" / "red.png").write_bytes(png(255))
    for name, text in POSTS.items():
        (root / "posts" / f"{name}.md").write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def run(project: Path, site: FakeSite, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("PUBTOOL_PASSWORD_BLOG", site.password)
    monkeypatch.setenv("PUBTOOL_CREDENTIALS", str(project.parent / "none.toml"))

    def call(*arguments: str, stdin: str | None = None) -> Result:
        command = ["--project", str(project), "publish", *arguments]
        return CliRunner().invoke(program, command, input=stdin)

    return call


def edit(project: Path, name: str, old: str, new: str) -> None:
    path = project / "posts" / f"{name}.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def post_of(site: FakeSite, slug: str) -> dict[str, Any]:
    (found,) = (post for post in site.posts.values() if post["slug"] == slug)
    return found


def test_a_dry_run_shows_the_plan_and_sends_nothing(run: Run, site: FakeSite) -> None:
    result = run("blog", "--dry-run")
    assert result.exit_code == 0, result.output
    assert site.writes == []
    assert "create     posts/first.md  as publish" in result.stdout
    assert "create     posts/second.md  as draft" in result.stdout
    assert "1 image to upload: red.png" in result.stdout
    assert "new tags: one, R&D" in result.stdout
    assert result.stdout.endswith("2 to create, 0 to update, 0 unchanged\n")
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_nobody_to_ask_means_that_nothing_is_sent(run: Run, site: FakeSite, project: Path) -> None:
    result = run("blog")
    assert (result.exit_code, site.writes) == (2, [])
    assert "give --yes" in result.stderr
    assert not (project / "published").exists()


def test_published_twice_a_post_is_there_once(run: Run, site: FakeSite, project: Path) -> None:
    result = run("blog", "--yes")
    assert result.exit_code == 0, result.output
    first, second = post_of(site, "first"), post_of(site, "second")
    assert (first["status"], first["title"], second["status"]) == (
        "publish",
        "First & foremost",
        "draft",
    )
    assert "The note’s text" in first["footnotes"]
    assert f"?p={second['id']}" in first["content"]
    assert [media["alt_text"] for media in site.media.values()] == ["A red square"]
    lock = (project / "published" / "blog.lock").read_bytes()
    written = len(site.writes)
    again = run("blog", "--yes")
    assert again.exit_code == 0
    assert len(site.writes) == written
    assert "0 to create, 0 to update, 2 unchanged" in again.stdout
    assert (project / "published" / "blog.lock").read_bytes() == lock


def test_only_the_posts_that_are_named_are_sent(run: Run, site: FakeSite, project: Path) -> None:
    assert run("blog", "--yes", str(project / "posts" / "second.md")).exit_code == 0
    assert [post["slug"] for post in site.posts.values()] == ["second"]


def test_an_edit_on_the_site_is_shown_as_what_changed(
    run: Run, site: FakeSite, project: Path
) -> None:
    run("blog", "--yes")
    post = post_of(site, "second")
    post["content"] = post["content"].replace("Back to", "Home again to")
    quiet = run("blog", "--yes")
    assert quiet.exit_code == 1
    assert "edited     posts/second.md" in quiet.stdout
    assert "was edited on the site since" in " ".join(quiet.stdout.split())
    assert "0 to create, 0 to update, 1 unchanged, 1 edited on the site\n" in quiet.stdout
    assert quiet.stdout.endswith("blog: 0 created, 0 updated, 1 unchanged, 1 edited on the site\n")
    edit(project, "second", "Back to", "Return to")
    result = run("blog", "--yes")
    assert result.exit_code == 1
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert "CONFLICT posts/second.md" in lines
    assert lines[lines.index("changed on the site:") + 1 :][:2] == [
        "- Back to the first.",
        "+ Home again to the first.",
    ]
    assert lines[lines.index("changed here:") + 1 :][:2] == [
        "- Back to the first.",
        "+ Return to the first.",
    ]
    assert "Home again to" in post_of(site, "second")["content"]
    assert run("blog", "--yes", "--ours").exit_code == 0
    assert "Return to" in post_of(site, "second")["content"]


def test_theirs_is_kept_and_settled(run: Run, site: FakeSite, project: Path) -> None:
    run("blog", "--yes")
    post_of(site, "second")["content"] += "<!-- wp:more --><!--more--><!-- /wp:more -->"
    edit(project, "second", "Back", "Return")
    assert run("blog", "--yes", "--theirs").exit_code == 0
    assert "wp:more" in post_of(site, "second")["content"]
    assert run("blog", "--yes").exit_code == 0


def test_a_quotation_that_fails_keeps_everything_back(
    run: Run, site: FakeSite, project: Path
) -> None:
    edit(project, "second", "Back to", "He writes that “nobody has ever said this” and [@none].")
    result = run("blog", "--yes")
    assert (result.exit_code, site.requests) == (1, [])
    assert "nothing was sent" in result.stderr


@pytest.fixture
def passwordless(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run it where no password stands anywhere."""
    monkeypatch.delenv("PUBTOOL_PASSWORD_BLOG")
    monkeypatch.delenv("PUBTOOL_CREDENTIALS")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setitem(sys.modules, "keyring", None)
    return run


@pytest.mark.parametrize("answer", ["", "abcd EFGH 1234 ijkl MNOP 5678"])
def test_a_password_that_stands_nowhere_is_asked_for(
    answer: str, passwordless: Run, site: FakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(name: str) -> str:
        asked.append(name)
        return answer

    monkeypatch.setattr("pubtool.cli.publish.ask_password", ask)
    result = passwordless("blog", "--yes")
    assert asked == ["blog"]
    assert result.exit_code == (0 if answer else 2)
    assert bool(site.writes) == bool(answer)
    assert "EFGH" not in result.output


def test_nobody_is_asked_for_a_password_who_is_not_there(passwordless: Run) -> None:
    result = passwordless("blog", "--yes")
    assert result.exit_code == 2
    assert '`export PUBTOOL_PASSWORD_BLOG="…"`' in result.stderr
    assert result.stdout == "", "what the check finds is shown once, when it can go on"


SPEECH = "Four score and seven years ago our fathers brought forth, upon this continent, a nation."


@pytest.fixture
def quoting(project: Path) -> Path:
    """A project whose second post quotes a pinned source, and one whose text it never had."""
    (project / "references.bib").write_text(
        "@misc{lincoln1863, author = {Lincoln}, title = {Address}, date = {1863}}\n"
        "@misc{hay1890, author = {Hay}, title = {A Life}, date = {1890}}\n",
        encoding="utf-8",
    )
    (project / "speech.txt").write_text(SPEECH, encoding="utf-8")
    command = ["--project", str(project), "sources", "add", str(project / "speech.txt")]
    added = CliRunner().invoke(program, [*command, "--key", "lincoln1863"])
    assert added.exit_code == 0, added.output
    said = "He said, “Four score and seven years ago” [@lincoln1863]. “No text of mine” [@hay1890]."
    edit(project, "second", "Back to", f"{said} Back to")
    return project


def test_before_anything_is_sent_it_is_told_what_was_checked(
    run: Run, site: FakeSite, quoting: Path
) -> None:
    result = run("blog", "--dry-run")
    assert (result.exit_code, site.writes) == (0, [])
    count = "2 quotations in 2 posts: 1 checked, 1 passed, 0 failed; 1 unchecked"
    assert count in result.stdout
    assert "no text of hay1890" in " ".join(result.stdout.split())
    assert result.stdout.index(count) < result.stdout.index("to create")


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_a_text_that_was_pinned_and_is_gone_keeps_everything_back(
    dry: tuple[str, ...], run: Run, site: FakeSite, quoting: Path
) -> None:
    assert run("blog", "--yes").exit_code == 0
    written = len(site.writes)
    (quoting / "sources" / "lincoln1863.txt").unlink()
    result = run("blog", "--yes", *dry)
    assert (result.exit_code, len(site.writes)) == (1, written)
    said = " ".join(result.output.split())
    assert "the text of lincoln1863 that sources.lock has pinned is gone from sources/" in said
    assert "nothing was sent: the pinned text of lincoln1863 is gone" in said


def test_a_pin_that_was_given_up_stands_in_nobody_s_way(
    run: Run, site: FakeSite, quoting: Path
) -> None:
    (quoting / "sources" / "lincoln1863.txt").unlink()
    command = ["--project", str(quoting), "sources", "remove", "lincoln1863"]
    assert CliRunner().invoke(program, command).exit_code == 0
    assert run("blog", "--yes").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["blgo"], "did you mean blog?"),
        (["blog", "--ours", "--theirs"], "exclude each other"),
        (["blog", "nowhere.md"], "no such post"),
        (["blog", "--status", "pending"], "draft"),
    ],
)
def test_a_wish_that_cannot_be_met_is_a_sentence(run: Run, arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_the_last_line_counts_what_was_refused(run: Run, project: Path) -> None:
    edit(project, "second", "excerpt", "status: future\nexcerpt")
    result = run("blog", "--yes")
    assert result.exit_code == 1
    assert result.stdout.endswith("blog: 1 created, 0 updated, 1 refused\n")
    assert run("blog", "--yes").stdout.endswith("0 created, 0 updated, 1 unchanged, 1 refused\n")


def test_what_a_broken_off_run_has_not_done_is_not_unchanged(run: Run, site: FakeSite) -> None:
    site.fault("POST /posts", before(wp_error(401, "rest_not_logged_in", "Who are you?")))
    result = run("blog", "--yes")
    assert result.exit_code == 2
    assert result.stdout.endswith("blog: 0 created, 0 updated, 2 not yet done: run it again\n")


def test_a_status_is_shown_with_its_value(run: Run, project: Path) -> None:
    run("blog", "--yes")
    assert "posts/second.md  status (publish)" in run("blog", "-n", "--status", "publish").stdout


def test_an_image_that_the_project_lacks_is_named(run: Run, project: Path) -> None:
    edit(project, "second", "Back", "![A](none.png)\n\nBack")
    edit(project, "first", "categories", "image: https://example.org/x.png\ncategories")
    result = run("blog", "--dry-run")
    assert "posts/second.md:6: the project has no image none.png\n" in result.stdout
    assert "posts/first.md: the project has no image https://example.org/x.png" in result.stdout


def test_what_an_untrusted_author_may_not_write_is_named_before_it_is_kept_back(
    run: Run, site: FakeSite, project: Path
) -> None:
    post = project / "posts" / "framed.md"
    frame = '<iframe src="https://example.org/x"></iframe>'
    post.write_text(f"---\ntitle: Framed\nstatus: publish\n---\n\n{frame}\n\nWords.\n")
    assert "posts/framed.md:6: <iframe> is not sent: nothing of an author's may run" in (
        " ".join(run("blog", "--dry-run").output.split())
    )
    run("blog", "--yes")
    (sent,) = [one for one in site.posts.values() if one["title"] == "Framed"]
    assert "iframe" not in sent["content"]
    settings = project / "pubtool.toml"
    settings.write_text(settings.read_text("utf-8") + '[build]\nraw-html = "trusted"\n', "utf-8")
    assert "is not sent" not in run("blog", "--dry-run").output


def test_what_to_do_about_an_edit_names_the_site(run: Run, site: FakeSite, project: Path) -> None:
    run("blog", "--yes")
    post_of(site, "second")["content"] += "<!-- wp:more --><!--more--><!-- /wp:more -->"
    assert "`pubtool pull blog` brings that home" in " ".join(run("blog", "-n").stdout.split())


def test_a_lock_that_cannot_be_read_is_named_with_its_line(run: Run, project: Path) -> None:
    run("blog", "--yes")
    lock = project / "published" / "blog.lock"
    lock.write_text(lock.read_text("utf-8") + "<<<<<<< ours\n", encoding="utf-8")
    count = lock.read_text("utf-8").count("\n")
    result = run("blog", "--yes")
    assert result.exit_code == 2
    assert f"published/blog.lock:{count}: not TOML" in result.stderr


def test_a_password_that_is_refused_is_a_sentence_without_it(
    run: Run, site: FakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBTOOL_PASSWORD_BLOG", "wrong word")
    result = run("blog", "--yes")
    assert result.exit_code == 2
    assert "wrong word" not in result.output
    assert site.posts == {}


def test_a_post_that_the_site_refuses_is_named_and_the_others_go_on(
    run: Run, site: FakeSite
) -> None:
    site.fault("POST /media", before(wp_error(400, "rest_upload_sideload_error", "Not allowed.")))
    result = run("blog", "--yes")
    assert result.exit_code == 1
    assert "FAILED     posts/first.md" in result.stdout
    assert [post["slug"] for post in site.posts.values()] == ["second"]
    assert run("blog", "--yes").exit_code == 0
    assert len(site.posts) == 2


def test_a_lost_answer_makes_no_second_post(
    run: Run, site: FakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)
    site.fault("POST /posts", after(DROP))
    assert run("blog", "--yes").exit_code == 0
    assert len(site.posts) == 2


@pytest.mark.parametrize("route", ["POST /media", "POST /posts", "POST /posts/*", "POST /tags"])
def test_a_process_that_is_killed_goes_on_the_next_time(
    run: Run, site: FakeSite, project: Path, route: str
) -> None:
    """``kill -9`` in the middle of a request, which the site carries out all the same."""
    site.fault(route, delayed(60.0))
    command = [sys.executable, "-m", "pubtool", "--project", str(project), "publish", "blog", "-y"]
    process = subprocess.Popen(command, env=dict(os.environ), stdout=subprocess.DEVNULL)
    try:
        wanted = route.replace("*", "")
        deadline = time.monotonic() + 60
        while not any(one.route.startswith(wanted) for one in site.writes):
            assert time.monotonic() < deadline, "the request was never made"
            assert process.poll() is None
            time.sleep(0.02)
        time.sleep(0.1)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    site.faults.clear()
    result = run("blog", "--yes")
    assert result.exit_code == 0, result.output
    slugs = [post["slug"] for post in site.posts.values()]
    assert sorted(slugs) == ["first", "second"]
    assert len(site.media) == 1
    assert sorted(term["name"] for term in site.terms["tags"].values()) == ["R&amp;D", "one"]
    written = len(site.writes)
    assert run("blog", "--yes").exit_code == 0
    assert len(site.writes) == written


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")
@pytest.mark.parametrize(("typed", "posts"), [("y\n", 2), ("n\n", 0), ("\n", 0), ("\4", 0)])
def test_at_a_terminal_the_plan_is_asked_about(
    run: Run, site: FakeSite, project: Path, typed: str, posts: int
) -> None:
    assert run("blog", "--dry-run").exit_code == 0
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "pubtool", "--project", str(project), "publish", "blog"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=theirs, stdout=pipe, stderr=pipe, text=True) as process:
        os.write(ours, typed.encode())
        shown, asked = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert "2 to create" in shown
    assert "Do this? [y/N]" in asked
    assert (process.returncode, len(site.posts)) == (130 if typed == "\4" else 0, posts)
    assert ("nothing was sent" in asked) == (not posts)


def test_two_runs_at_once_make_no_post_twice(run: Run, site: FakeSite, project: Path) -> None:
    """The one that comes too late stops, and what it made is found again by its mark."""
    with Publication(find_project(project), Wishes("blog")) as late:
        late.check()
        late.plan()
        steps = late.apply()
        next(steps)
        assert run("blog", "--yes").exit_code == 0
        with pytest.raises(ChangedMeanwhile, match=r"published/blog\.lock"):
            list(steps)
    assert run("blog", "--yes").exit_code == 0
    assert sorted(post["slug"] for post in site.posts.values()) == ["first", "second"]
    written = len(site.writes)
    assert run("blog", "--yes").exit_code == 0
    assert len(site.writes) == written
