"""The language server as an editor meets it: over pipes, one message after the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.lsp.client import Client

from pubtool.lsp.diagnostics import _where
from pubtool.model import Key, Locator, Match, Span

RIGHT = "“Care is a practice that takes time” [@brown1999]"
WRONG = "“Care is a habit that takes time” [@brown1999]"


def post(words: str) -> str:
    return f"---\ntitle: A post\ndate: 2026-01-01\n---\n\nShe says: {words}.\n"


def codes(found: list[dict[str, Any]]) -> list[str]:
    return [each["code"] for each in found]


def test_a_misquotation_is_seen_while_it_is_typed(project: Path) -> None:
    path = project / "posts/one.md"
    with Client(project) as client:
        uri = client.open(path, post(RIGHT))
        assert "Q101" not in codes(client.published(uri, 1))
        start = len("She says: “Care is a ")
        place = {
            "start": {"line": 5, "character": start},
            "end": {"line": 5, "character": start + len("practice")},
        }
        client.change(uri, 2, {"range": place, "text": "habit"})
        first, then = client.published(uri, 2), client.published(uri, 2)
        assert not {"Q101", "Q104"} & {*codes(first)}, "the word is still being typed"
        [wrong] = [each for each in then if each["code"] == "Q101"]
        assert wrong["severity"] == 1
        assert wrong["range"]["start"] == {"line": 5, "character": start}
        assert wrong["relatedInformation"][0]["message"].startswith("@brown1999: “Care is a prac")
        assert client.leave() == 0
    assert not path.exists()


@pytest.mark.parametrize(
    ("name", "before", "line"),
    [
        ("brown1999.txt", "", 2),
        ("brown1999.txt", "---\norigin: a library\n---\n", 5),
        ("brown1999.md", "# Of *care*\n\n", 4),
        ("brown1999.md", "<!-- typed\nby hand -->\n", 0),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_finding_leads_to_the_passage(
    project: Path, name: str, before: str, line: int, end: str
) -> None:
    plain = project / "sources/brown1999.txt"
    text = before + plain.read_text("utf-8")
    plain.unlink()
    source = project / "sources" / name
    source.write_bytes(text.replace("\n", end).encode())
    with Client(project) as client:
        wrong = "“Those who give it seldom speak of what it saves them” [@brown1999]"
        uri = client.open(project / "posts/one.md", post(wrong))
        [found] = [each for each in client.published(uri, 1) if each["code"] == "Q101"]
        [passage] = found["relatedInformation"]
        assert passage["location"]["uri"] == source.as_uri()
        assert passage["location"]["range"]["start"] == {"line": line, "character": 0}


@pytest.mark.parametrize(
    ("locator", "sheet", "told"),
    [
        (None, 0, ""),
        (Locator("page", "253"), 0, ", p. 253"),
        (Locator("page", "253"), 12, ", p. 253, page 12 of the file"),
        (Locator("page", "12"), 12, ", p. 12"),
        (None, 12, ", page 12 of the file"),
    ],
)
def test_a_page_is_told_where_a_line_cannot_be(
    locator: Locator | None, sheet: int, told: str
) -> None:
    match = Match(Key("brown1999"), Span(0, 1), "A", "", "", locator, 1.0, sheet=sheet)
    assert _where(match) == told


@pytest.mark.parametrize(("encoding", "width"), [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_places_count_as_agreed(project: Path, encoding: str, width: int, end: str) -> None:
    text = post("𝄞" + WRONG.replace("“", '"').replace("”", '"')).replace("\n", end)
    with Client(project, encoding) as client:
        assert client.capabilities["positionEncoding"] == encoding
        uri = client.open(project / "posts/one.md", text)
        [wrong] = [each for each in client.published(uri, 1) if each["code"] == "Q101"]
        assert wrong["range"]["start"]["character"] == len('She says: "Care is a ') + width


def test_what_an_editor_asks_is_answered(project: Path) -> None:
    with Client(project) as client:
        uri = client.open(project / "posts/one.md", post(RIGHT))
        quoted = client.at("hover", uri, 5, 15)["contents"]["value"]
        assert "Word for word" in quoted
        assert "**Care is a practice that takes time**" in quoted
        key = 10 + RIGHT.index("@") + 3
        assert "*The Practice of Care*" in client.at("hover", uri, 5, key)["contents"]["value"]
        entry = client.at("definition", uri, 5, key)
        assert entry["uri"] == (project / "references.bib").as_uri()
        passage = client.at("definition", uri, 5, 15)
        assert passage["uri"] == (project / "sources/brown1999.txt").as_uri()
        [lens] = client.ask("textDocument/codeLens", {"textDocument": {"uri": uri}})
        assert lens["command"]["title"] == "Word for word: @brown1999"
        [symbol] = client.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
        assert symbol["name"] == "Care is a practice that takes time"


def test_a_page_that_could_not_be_compared_is_said_under_the_pointer(project: Path) -> None:
    with Client(project) as client:
        paged = RIGHT.replace("]", ", p. 7]")
        uri = client.open(project / "posts/one.md", post(paged))
        assert (
            "Word for word (p. 7 not compared)"
            in client.at("hover", uri, 5, 15)["contents"]["value"]
        )
        [lens] = client.ask("textDocument/codeLens", {"textDocument": {"uri": uri}})
        assert lens["command"]["title"] == "Word for word (p. 7 not compared): @brown1999"


def test_a_key_is_found_by_its_title_and_author(project: Path) -> None:
    with Client(project) as client:
        for version, typed in enumerate(("pract", "brow", "1999"), 1):
            text = post(f"see [@{typed}")
            path = project / f"posts/{typed}.md"
            uri = client.open(path, text)
            found = client.at("completion", uri, 5, len("She says: see [@") + len(typed))
            assert [item["label"] for item in found["items"]] == ["brown1999"], version


def test_a_waiver_is_offered_that_waives_nothing_without_a_reason(project: Path) -> None:
    text = post(WRONG)
    with Client(project) as client:
        uri = client.open(project / "posts/one.md", text)
        found = client.published(uri, 1)
        [wrong] = [each for each in found if each["code"] == "Q101"]
        asked = {
            "textDocument": {"uri": uri},
            "range": wrong["range"],
            "context": {"diagnostics": [wrong]},
        }
        offered = client.ask("textDocument/codeAction", asked)
        [waive] = [each for each in offered if each["title"].startswith("Waive Q101")]
        [edit] = waive["edit"]["changes"][uri]
        client.change(uri, 2, {"range": edit["range"], "text": edit["newText"]})
        assert {"Q101", "Q606"} <= {*codes(client.published(uri, 2))}


def test_a_file_outside_a_project_is_left_alone(tmp_path: Path) -> None:
    with Client(tmp_path) as client:
        uri = client.open(tmp_path / "note.md", "“unbalanced")
        assert client.at("hover", uri, 0, 3) is None
        client.leave()
        assert client.server.stderr is not None
        said = client.server.stderr.read().decode()
        assert said.count("is no post of a project") == 1


def test_what_is_no_message_does_not_end_it(project: Path) -> None:
    with Client(project) as client:
        client.send(b"Content-Length: 3\r\n\r\n{x}")
        client.tell("textDocument/didChange", {"nonsense": True})
        uri = client.open(project / "posts/one.md", post(WRONG))
        assert "Q101" in codes(client.published(uri, 1))


def test_an_editor_that_is_gone_is_not_waited_for(project: Path) -> None:
    with Client(project) as client:
        assert client.server.stdin is not None
        client.server.stdin.close()
        assert client.server.wait(60) == 1
