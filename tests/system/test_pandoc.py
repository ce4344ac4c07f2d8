"""pandoc: one process, restarted when it must be, that opens nothing."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pubtool.errors import PandocFailed
from pubtool.model import Document, Span
from pubtool.system import deadline
from pubtool.system import pandoc as module
from pubtool.system.body import find_front_matter
from pubtool.system.outgoing import OPENING_KEYS
from pubtool.system.pandoc import Pandoc, pandoc_path
from pubtool.system.wrappers import without_positions

UNDER_WAY = 1.5
"""Seconds after which what was begun is under way, on a busy machine too."""

STYLE = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info>'
    "<title>t</title><id>t</id><updated>2020-01-01T00:00:00Z</updated></info><citation><layout>"
    '<text variable="title"/><text variable="locator" prefix=" at "/></layout></citation></style>'
)


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


def test_the_pandoc_of_the_wheel_is_found() -> None:
    assert module.pandoc_version(pandoc_path()) >= (3, 9)


def test_nothing_is_left_in_the_folder_for_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with Pandoc() as running:
        running.parse("A word.\n", "post.md")
    assert list(tmp_path.iterdir()) == []


def test_the_newer_of_two_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("99.1", "1.0"):
        program = tmp_path / "pandoc"
        program.write_text(f"#!/bin/sh\necho pandoc {version}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
        pandoc_path.cache_clear()
        assert (pandoc_path() == program) is (version == "99.1")
    pandoc_path.cache_clear()


def test_a_pandoc_that_does_not_start_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "pandoc_path", lambda: tmp_path / "none")
    with pytest.raises(PandocFailed, match="pandoc did not start"):
        Pandoc().parse("x", "a.md")


def test_the_front_matter_reaches_pandoc_as_blank_lines(pandoc: Pandoc) -> None:
    document = pandoc.parse('---\ntitle: "x"\nbad: [\n---\nText\n', "a.md")
    assert document.ast["meta"] == {}
    assert document.ast["blocks"][0]["c"][0][2][1] == ["data-pos", "5:1-6:1"]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("---\na: b\n---\nText", "---\na: b\n---\n"),
        ("\ufeff---\r\na: b\r\n---\r\nText", "---\r\na: b\r\n---\r\n"),
        ("---\na: b\n...", "---\na: b\n..."),
        ("---  \na: b\n--- \n", "---  \na: b\n--- \n"),
        ("---\na: ---\n----\n---\nText", "---\na: ---\n----\n---\n"),
        ("---\n\na: b\n---\n", None),
        ("---\na: b\n", None),
        ("\n---\na: b\n---\n", None),
        ("", None),
    ],
)
def test_front_matter_is_found_by_its_fences(text: str, inside: str | None) -> None:
    found = find_front_matter(text)
    assert (text[found.start : found.end] if found else None) == inside


def test_a_hostile_post_opens_no_connection_and_no_file(pandoc: Pandoc, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRET")
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        text = (
            f"---\nbibliography: {url}/x.bib\ncsl: {url}/x.csl\ntemplate: {tmp_path}/secret\n"
            f"header-includes: {tmp_path}/secret\n---\n\n![x]({tmp_path}/secret) ![y]({url}) [@k]\n"
        )
        document = pandoc.parse(text, "a.md")
        assert document.ast["meta"] == {}
        meta = {name: {"t": "MetaString", "c": f"{url}/x"} for name in OPENING_KEYS}
        hostile = Document({**document.ast, "meta": meta})
        written = pandoc.render(pandoc.cite(hostile, [], STYLE), "html", {})
        server.settimeout(0)
        with pytest.raises(BlockingIOError):
            server.accept()
    assert "SECRET" not in written


def test_citations_are_formatted_by_the_style_that_is_given(pandoc: Pandoc) -> None:
    document = pandoc.parse("See [@k, p. 3].\n", "a.md")
    references = [{"id": "k", "type": "book", "title": "The <i>Book</i>"}]
    written = pandoc.render(pandoc.cite(document, references, STYLE), "plain", {})
    assert written.splitlines()[0] == "See The Book at 3."


def test_rendering_leaves_no_positions(pandoc: Pandoc) -> None:
    document = pandoc.parse('# A {#b}\n\n"Two" *words* `c`{.d}\n', "a.md")
    assert "data-pos" not in pandoc.render(document, "html", {})
    assert "wrapper" not in pandoc.render(document, "html", {})


def test_words_are_joined_again_without_positions(pandoc: Pandoc) -> None:
    found = without_positions(pandoc.parse("It's 3.5, so!\n", "a.md").ast)
    [paragraph] = found["blocks"]
    assert [node.get("c") for node in paragraph["c"]] == ["It’s", None, "3.5,", None, "so!"]


def test_a_template_makes_a_whole_document(pandoc: Pandoc) -> None:
    document = pandoc.parse("Text\n", "a.md")
    assert pandoc.render(document, "plain", {"template": "<$body$>"}).split() == ["<Text", ">"]


def test_writer_options_are_passed_on(pandoc: Pandoc) -> None:
    document = pandoc.parse("one two " * 30, "a.md")
    assert "\n" not in pandoc.render(document, "plain", {"wrap_text": "none"}).strip()


def test_a_word_file_comes_in_parts_and_no_image_of_it_is_looked_for(
    pandoc: Pandoc, tmp_path: Path
) -> None:
    image = tmp_path / "secret.png"
    image.write_bytes(b"a secret")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"
        post = pandoc.parse(f"![a]({image.as_posix()}) ![b]({address}) ![c](c.png)", "post.md")
        parts = json.loads(pandoc.render(post, "docx", {"pictures": ["c.png"]}))
        with pytest.raises(TimeoutError):
            server.accept()
    assert parts["word/document.xml"].count("<pic:pic>") == 1
    assert [name for name in parts if "media" in name] == ["word/media/rId9.png"]
    assert parts["word/media/rId9.png"] == ""


def test_the_pictures_of_one_file_are_not_those_of_the_next(pandoc: Pandoc) -> None:
    post = pandoc.parse("![c](c.png)", "post.md")
    for pictures, shown in ((["c.png"], 1), ([], 0), (["c.png"], 1)):
        parts = json.loads(pandoc.render(post, "docx", {"pictures": pictures}))
        assert parts["word/document.xml"].count("<pic:pic>") == shown


def test_bibtex_becomes_csl_json(pandoc: Pandoc) -> None:
    entries = pandoc.csl_json("@book{k, title={A {Book}}, author={Ann Author}, year=2010}\n")
    assert entries[0]["id"] == "k"
    assert entries[0]["author"] == [{"family": "Author", "given": "Ann"}]


def test_a_refusal_is_one_sentence_and_harms_no_other_request(pandoc: Pandoc) -> None:
    with pytest.raises(PandocFailed, match=r"^writing nonsense: pandoc refused it"):
        pandoc.render(pandoc.parse("x", "a.md"), "nonsense", {})
    with pytest.raises(PandocFailed, match="line 1"):
        pandoc.csl_json("@book{k, title={A")
    assert pandoc.parse("x", "a.md").ast["blocks"]


def test_what_takes_too_long_is_stopped_and_the_next_request_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Pandoc() as running:
        monkeypatch.setattr(deadline, "SOON", (0.2, 0.2))
        late = r"^reading markdown: pandoc took longer than"
        with running.patience.soon(), pytest.raises(PandocFailed, match=late):
            running.convert("[" * 20_000, "markdown", "html")
        assert running.parse("x", "a.md").ast["blocks"]


def test_a_request_that_nobody_wants_any_more_is_hurried() -> None:
    with Pandoc() as running:
        running.parse("x", "a.md")
        running.patience.hurry(0.0)  # nothing is under way
        _process(running).send_signal(signal.SIGSTOP)
        hurry = running.patience.hurry
        hurrying = [threading.Timer(UNDER_WAY, hurry, [each]) for each in (0.3, 40.0)]
        for each in hurrying:
            each.start()
        begin = time.monotonic()
        with pytest.raises(PandocFailed, match="took longer than"):
            running.parse("x", "a.md")
        assert time.monotonic() - begin < 20
        for each in hurrying:
            each.join()
        assert running.parse("x", "a.md").ast["blocks"]


def test_what_needs_too_much_memory_is_stopped_and_the_next_request_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exhausted = tmp_path / "pandoc"  # GHC ends with 251 when the heap is exhausted
    exhausted.write_text("#!/bin/sh\nread line\nexit 251\n")
    exhausted.chmod(0o755)
    with Pandoc() as running:
        with monkeypatch.context() as patch:
            patch.setattr(module, "pandoc_path", lambda: exhausted)
            with pytest.raises(PandocFailed, match=r"^a\.md: pandoc ran out of memory"):
                running.parse("x", "a.md")
        assert running.parse("x", "a.md").ast["blocks"]


@pytest.mark.parametrize("heap", module._HEAP)
def test_the_memory_is_bounded_by_what_the_runtime_accepts(heap: str) -> None:
    subprocess.run([pandoc_path(), "+RTS", heap, "-RTS", "--version"], check=True)


def test_a_process_that_dies_is_one_sentence_and_the_next_request_works() -> None:
    with Pandoc() as running:
        running.parse("x", "a.md")
        process = _process(running)
        process.send_signal(signal.SIGSTOP)  # so that it dies in the middle of a request
        killer = threading.Timer(UNDER_WAY, process.kill)
        killer.start()
        with pytest.raises(PandocFailed, match="stopped unexpectedly"):
            running.parse("x", "a.md")
        killer.join()
        assert running.parse("x", "a.md").ast["blocks"]


def test_a_process_that_died_meanwhile_is_started_anew() -> None:
    with Pandoc() as running:
        running.parse("x", "a.md")
        process = _process(running)
        process.kill()
        process.wait()
        assert running.parse("x", "a.md").ast["blocks"]


def test_closing_ends_the_process() -> None:
    running = Pandoc()
    running.parse("x", "a.md")
    process = _process(running)
    running.close()
    assert process.poll() is not None
    running.close()


def test_one_process_answers_all_requests(pandoc: Pandoc) -> None:
    pandoc.parse("x", "a.md")
    process = _process(pandoc)
    pandoc.parse("y", "b.md")
    assert _process(pandoc) is process


def test_what_is_asked_ahead_is_answered_when_it_is_asked_for() -> None:
    text = "A *word* of [@key].\n"
    with Pandoc() as running, Pandoc() as plain:
        running.parse_ahead(text)
        process = _process(running)
        running.warm_up()
        assert running.parse(text, "a.md") == plain.parse(text, "a.md")
        assert running.convert("*x*", "markdown", "plain") == plain.convert(
            "*x*", "markdown", "plain"
        )
        assert _process(running) is process


def test_what_is_asked_ahead_and_never_asked_for_harms_no_other_request() -> None:
    long = "".join(f"*{number}* " for number in range(8_000))  # more than a pipe holds
    with Pandoc() as running, Pandoc() as plain:
        running.parse_ahead(long)
        running.warm_up()
        assert running.parse("Another.\n", "a.md") == plain.parse("Another.\n", "a.md")
        assert running.parse(long, "b.md") == plain.parse(long, "b.md")


def test_closing_ends_a_process_whose_answers_nobody_reads() -> None:
    running = Pandoc()
    running.parse_ahead("".join(f"*{number}* " for number in range(8_000)))
    running.warm_up()
    process = _process(running)
    running.close()
    assert process.poll() is not None


def test_who_asks_ahead_hears_of_nothing_and_who_asks_of_everything(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with Pandoc() as running:
        with monkeypatch.context() as patch:
            patch.setattr(module, "pandoc_path", lambda: tmp_path / "none")
            running.parse_ahead("A.\n")
            running.warm_up()
            with pytest.raises(PandocFailed, match="did not start"):
                running.parse("A.\n", "a.md")
        running.parse_ahead("A.\n")
        process = _process(running)
        process.kill()
        process.wait()
        running.warm_up()
        assert running.parse("A.\n", "a.md").ast["blocks"]


def test_a_process_that_dies_over_what_was_asked_ahead_is_one_sentence() -> None:
    with Pandoc() as running:
        running.parse_ahead("A.\n")
        process = _process(running)
        process.send_signal(signal.SIGSTOP)
        killer = threading.Timer(UNDER_WAY, process.kill)
        killer.start()
        with pytest.raises(PandocFailed, match=r"^b\.md: pandoc stopped unexpectedly"):
            running.parse("B.\n", "b.md")
        killer.join()
        assert running.parse("B.\n", "b.md").ast["blocks"]


def test_threads_may_share_it(pandoc: Pandoc) -> None:
    answers: dict[int, Any] = {}

    def ask(number: int) -> None:
        answers[number] = pandoc.convert(f"*{number}*", "markdown", "plain").strip()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {number: f"{number}" for number in range(8)}


def test_a_position_is_a_range() -> None:
    assert find_front_matter("---\na: b\n---\n") == Span(0, 13)


def _process(running: Pandoc) -> subprocess.Popen[bytes]:
    process = running._process
    assert process is not None
    return process


@pytest.mark.parametrize(
    "text",
    [
        '`code`{data-pos="7:1-7:5"} words',
        '![alt](a.png){data-pos="a-b"} [words]{data-pos=q:1-2:3 wrapper=1}',
        '{data-pos="7:1-7:5"}\nA paragraph.',
        '::: {data-pos="7:1-7:5"}\nA div.\n:::',
    ],
)
def test_an_author_writes_no_positions(text: str, pandoc: Pandoc) -> None:
    """Else a mark of ours could be made to stand at words that were never checked."""
    places: list[str] = []
    stack: list[Any] = [pandoc.parse(text, "a.md").ast["blocks"]]
    while stack:
        value = stack.pop()
        if isinstance(value, list) and value[:1] == ["data-pos"]:
            places.append(value[1])
        elif isinstance(value, list | dict):
            stack.extend(value.values() if isinstance(value, dict) else value)
    assert places
    assert not {"7:1-7:5", "a-b", "q:1-2:3"} & set(places)


def test_the_name_of_our_attribute_is_a_word_like_any_other(pandoc: Pandoc) -> None:
    tree = pandoc.parse("A `data-pos` and data-pos.", "a.md")
    plain = pandoc.render(tree, "plain", {})
    assert plain.strip() == "A data-pos and data-pos."
