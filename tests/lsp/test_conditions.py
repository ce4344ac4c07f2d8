"""The language server where something is not as usual: programs, files, clients."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from tests.lsp.client import Client
from tests.lsp.test_server import RIGHT, WRONG, codes, post

from pubtool.system.pandoc import pandoc_path


def pandoc_of(client: Client) -> int:
    """The process that reads the server's posts."""
    pid = client.server.pid
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    (child,) = [int(each) for task in tasks for each in task.read_text().split()]
    return child


def typed(client: Client, uri: str, version: int, line: int, word: str = "x ") -> None:
    place = {"line": line, "character": 0}
    client.change(uri, version, {"range": {"start": place, "end": place}, "text": word})


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are seen below /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_a_pandoc_that_dies_or_hangs_is_started_again(project: Path, how: signal.Signals) -> None:
    with Client(project) as client:
        uri = client.open(project / "posts/one.md", f"{post(WRONG)}\nOther words.\n")
        assert "Q101" in codes(client.published(uri, 1))
        first = pandoc_of(client)
        os.kill(first, how)
        typed(client, uri, 2, 7)
        assert "Q101" in codes(client.published(uri, 2))
        assert pandoc_of(client) != first
        typed(client, uri, 3, 7)
        assert "Q101" in codes(client.published(uri, 3))


def test_a_bibliography_that_is_edited_is_taken_in(project: Path) -> None:
    with Client(project, watches=True) as client:
        uri = client.open(project / "posts/one.md", post("see [@gre"))
        assert client.at("completion", uri, 5, 19)["items"] == []
        entry = "@book{green2001, author = {Green, Eve}, title = {Lamps}, year = 2001}\n"
        bib = project / "references.bib"
        bib.write_text(bib.read_text("utf-8") + entry, encoding="utf-8")
        asked = client.registered("workspace/didChangeWatchedFiles")
        assert "**/references.bib" in [each["globPattern"] for each in asked["watchers"]]
        change = {"uri": bib.as_uri(), "type": 2}
        client.tell("workspace/didChangeWatchedFiles", {"changes": [change]})
        [offered] = client.at("completion", uri, 5, 19)["items"]
        assert offered["label"] == "green2001"


def test_a_client_that_says_nothing_of_files_has_them_looked_at_in_a_pause(project: Path) -> None:
    with Client(project) as client:
        uri = client.open(project / "posts/one.md", post("see [@green2001]"))
        assert "Q304" in codes(client.published(uri, 1))
        entry = "@book{green2001, author = {Green, Eve}, title = {Lamps}, year = 2001}\n"
        bib = project / "references.bib"
        bib.write_text(bib.read_text("utf-8") + entry, encoding="utf-8")
        typed(client, uri, 2, 6)
        assert "Q304" in codes(client.published(uri, 2))
        assert "Q304" not in codes(client.published(uri, 2)), "the pause"
        assert [i["label"] for i in client.at("completion", uri, 5, 19)["items"]] == ["green2001"]


def test_a_source_that_is_no_plain_text_is_shown_as_its_text(project: Path) -> None:
    page = "<html><title>T</title><body><h1>T</h1><p>Lamps are lit at dusk.</p></body></html>"
    (project / "sources/green.html").write_text(page, encoding="utf-8")
    bib = project / "references.bib"
    bib.write_text(f"{bib.read_text('utf-8')}@misc{{green, title = {{Lamps}}}}\n", encoding="utf-8")
    with Client(project) as client:
        uri = client.open(project / "posts/one.md", post("“Lamps are lit at dusk” [@green]"))
        assert "**Lamps are lit at dusk**" in client.at("hover", uri, 5, 15)["contents"]["value"]
        found = client.at("definition", uri, 5, 15)
        shown = project / ".pubtool/texts/green.txt"
        assert found["uri"] == shown.as_uri()
        line = found["range"]["start"]["line"]
        assert "Lamps are lit at dusk." in shown.read_text("utf-8").split("\n")[line]


def test_what_is_mended_at_once_checks_clean(project: Path) -> None:
    text = post(f"{WRONG}. “Care is a practise that takes time” [@brown1999]")
    with Client(project) as client:
        uri = client.open(project / "posts/one.md", text)
        assert {"Q101", "Q105"} <= {*codes(client.published(uri, 1))}
        whole = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}
        context = {"diagnostics": [], "only": ["source.fixAll"]}
        asked = {"textDocument": {"uri": uri}, "range": whole, "context": context}
        [action] = client.ask("textDocument/codeAction", asked)
        edits = action["edit"]["changes"][uri]
        backwards = sorted(edits, key=lambda edit: -edit["range"]["start"]["character"])
        changes = [{"range": edit["range"], "text": edit["newText"]} for edit in backwards]
        client.change(uri, 2, *changes)
        client.published(uri, 2)
        assert not {"Q101", "Q105"} & {*codes(client.published(uri, 2))}


def test_a_post_that_is_deleted_or_begins_with_a_mark_is_checked_as_it_is_open(
    project: Path,
) -> None:
    path = project / "posts/one.md"
    path.write_text(post(RIGHT), encoding="utf-8")
    with Client(project) as client:
        uri = client.open(path, "\ufeff" + post(WRONG).replace("\n", "\r\n"))
        path.rename(project / "posts/two.md")
        [wrong] = [each for each in client.published(uri, 1) if each["code"] == "Q101"]
        assert wrong["range"]["start"] == {"line": 5, "character": len("She says: “Care is a ")}
        typed(client, uri, 2, 6)
        assert "Q101" in codes(client.published(uri, 2))
        client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        assert client.ask("textDocument/codeLens", {"textDocument": {"uri": uri}}) is None
        other = client.open(project / "posts/two.md", post(WRONG))
        assert "Q101" in codes(client.published(other, 1))


def test_two_folders_have_their_own_sources(project: Path, tmp_path: Path) -> None:
    second = tmp_path / "second"
    (second / "posts").mkdir(parents=True)
    (second / "pubtool.toml").write_text("")
    (second / "references.bib").write_text("@book{brown1999, title = {Another}}\n")
    with Client(project) as client:
        one = client.open(project / "posts/one.md", post(RIGHT))
        other = client.open(second / "posts/one.md", post(RIGHT))
        found = [client.at("hover", uri, 5, 15)["contents"]["value"] for uri in (one, other, one)]
    assert ["Word for word" in each for each in found] == [True, False, True]


def test_a_question_that_is_taken_back_is_not_answered(project: Path) -> None:
    with Client(project) as client:
        uri = client.open(project / "posts/one.md", post(WRONG) * 40)
        about: dict[str, Any] = {"textDocument": {"uri": uri}}
        client.tell("textDocument/documentSymbol", about, id=777)
        client.tell("$/cancelRequest", {"id": 777})
        assert client.ask("textDocument/codeLens", about)
        answers = [each for each in client.said if each.get("id") == 777]
        assert all("error" in each for each in answers)


def test_an_editor_that_leaves_without_a_word_is_let_go(project: Path) -> None:
    with Client(project) as client:
        client.open(project / "posts/one.md", post(WRONG))
        client.tell("exit", None)
        assert client.server.wait(60) == 1


def test_a_text_is_checked_once_its_settings_can_be_read(project: Path) -> None:
    settings = project / "pubtool.toml"
    settings.write_text("[check\n", encoding="utf-8")
    with Client(project) as client:
        uri = client.open(project / "posts/one.md", post(RIGHT))
        start = {"line": 5, "character": len("She says: “Care is a ")}
        end = {"line": 5, "character": len("She says: “Care is a practice")}
        client.change(uri, 2, {"range": {"start": start, "end": end}, "text": "habit"})
        assert client.at("hover", uri, 5, 15) is None
        settings.write_text("", encoding="utf-8")
        change = {"uri": settings.as_uri(), "type": 2}
        client.tell("workspace/didChangeWatchedFiles", {"changes": [change]})
        assert "Q101" in codes(client.published(uri, 2))


HANGING = """#!{python}
import subprocess, sys, time
if "--version" in sys.argv:
    print("pandoc 99.0")
    sys.exit()
real = subprocess.Popen(["{pandoc}", *sys.argv[1:]], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
for line in sys.stdin.buffer:
    while b"HANGS" in line:
        time.sleep(1)
    real.stdin.write(line)
    real.stdin.flush()
    sys.stdout.buffer.write(real.stdout.readline())
    sys.stdout.buffer.flush()
real.stdin.close()
"""


def test_a_text_that_pandoc_hangs_at_is_said_to_be_unchecked_and_the_next_is_checked(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "bin/pandoc"
    own.parent.mkdir()
    own.write_text(HANGING.format(python=sys.executable, pandoc=pandoc_path()))
    own.chmod(0o755)
    monkeypatch.setenv("PATH", str(own.parent), prepend=os.pathsep)
    with Client(project) as client:
        text = f"{post(WRONG)}\nHANGS\n"
        uri = client.open(project / "posts/one.md", text)
        begin = time.monotonic()
        [told] = client.published(uri, 1)
        assert told["message"].startswith("this text is not checked: ")
        assert "took longer than 5 seconds" in told["message"]
        assert client.ask("textDocument/codeLens", {"textDocument": {"uri": uri}}) == []
        time.sleep(1.5)  # the author pauses: all is looked at, which hangs as well
        end = {"line": 7, "character": 5}
        change = {"range": {"start": {"line": 7, "character": 0}, "end": end}, "text": "goes"}
        client.change(uri, 2, change)
        assert "Q101" in codes(client.published(uri, 2))
        assert time.monotonic() - begin < 55  # the limit for who does not wait is 60


def test_a_text_whose_settings_break_is_not_shown_as_it_was(project: Path) -> None:
    settings = project / "pubtool.toml"
    change = {"uri": settings.as_uri(), "type": 2}
    with Client(project, watches=True) as client:
        uri = client.open(project / "posts/one.md", post(WRONG))
        assert "Q101" in codes(client.published(uri, 1))
        settings.write_text("[check\n", encoding="utf-8")
        client.tell("workspace/didChangeWatchedFiles", {"changes": [change]})
        while (
            "this text is not checked: pubtool.toml"
            not in (found := client.published(uri, 1))[0]["message"]
        ):
            assert "Q101" in codes(found)
        assert client.ask("textDocument/codeLens", {"textDocument": {"uri": uri}}) == []
        settings.write_text("", encoding="utf-8")
        client.tell("workspace/didChangeWatchedFiles", {"changes": [change]})
        while "Q101" not in codes(client.published(uri, 1)):
            pass


def test_a_source_that_changes_is_seen_by_who_is_told_nothing_and_types_nothing(
    project: Path,
) -> None:
    source = project / "sources/brown1999.txt"
    with Client(project) as client:
        uri = client.open(project / "posts/one.md", post(WRONG))
        assert "Q101" in codes(client.published(uri, 1))
        assert "Q101" in codes(client.published(uri, 1)), "the pause"
        text = source.read_text("utf-8")
        source.write_text(text.replace("a practice", "a habit"), encoding="utf-8")
        assert "Q101" not in codes(client.published(uri, 1))
        source.unlink()
        while "Q302" not in codes(client.published(uri, 1)):
            pass
