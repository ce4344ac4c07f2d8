"""pandoc: the only module that starts a program.

One process, ``pandoc lua worker.lua``, is kept for all requests of a run (about 10 ms for a post,
against 75 to 100 for a process each). It reads in a sandbox, its memory is bounded, and a request
that takes too long ends it; the next request starts another, so that one bad post harms no other.

A post's front matter never reaches pandoc: its keys (``bibliography``, ``csl``, ``header-includes``
and the like) can open files and network connections, sandbox or not.
"""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import threading
import weakref
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import msgspec

from pubtool.errors import IndentedBlock, NoteCycle, PandocFailed
from pubtool.model import Document, Node
from pubtool.system.attribute_lines import find_indented_block, without_blank_indents
from pubtool.system.body import body_of
from pubtool.system.deadline import Deadline, Patience
from pubtool.system.dialect import read_dialect
from pubtool.system.dialect.stand_ins import readings
from pubtool.system.incoming import decoded, decoded_tree
from pubtool.system.note_cycles import find_note_cycle
from pubtool.system.outgoing import plain_json
from pubtool.system.own_attribute import hide_name, show_name

POST_FORMAT = "commonmark_x+sourcepos-yaml_metadata_block"
"""The dialect of a post, without what our filters add to it."""
_PARSE = {"operation": "parse", "format": POST_FORMAT}

_HEAP = ("-M512M", "-M4096M")
"""GHC's bound on the heap, for posts of an ordinary size and for others."""
_NURSERY = "-A64M"
"""What GHC makes before it looks for what is still needed: with its own megabyte, a post of a
thousand words takes 37 ms of CPU in place of 22, and the process is 12 MB smaller."""
_LARGE = 200_000
"""Code points from which a text counts as large."""
_NO_MEMORY = 251
"""GHC's exit status for "heap exhausted"."""
_PARTING = 1.0
"""Seconds that an idle process may take to end by itself."""

_SUSPECT_LIMIT = 3.0
"""Seconds for a few lines, and where notes seem to run in a circle, which pandoc never leaves."""


@cache
def pandoc_path() -> Path:
    """Return the pandoc to run: the newer of pypandoc's and the one on PATH.

    Raises `PandocFailed` where there is none. pypandoc itself is not imported (0.1 s).
    """
    ours, theirs = _wheel_pandoc(), shutil.which("pandoc")
    found = [path for path in (ours, Path(theirs) if theirs else None) if path is not None]
    if not found:
        raise PandocFailed("looking for pandoc", "is not installed")
    return found[0] if len(found) == 1 else max(found, key=pandoc_version)


def _wheel_pandoc() -> Path | None:
    found = importlib.util.find_spec("pypandoc")
    for folder in (found.submodule_search_locations or ()) if found else ():
        for name in ("pandoc", "pandoc.exe"):
            path = Path(folder, "files", name)
            if path.is_file():
                return path
    return None


def pandoc_version(path: Path) -> tuple[int, ...]:
    """Return the version of the pandoc at `path`, ``(3, 9)``; empty where it does not say."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, check=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return ()
    number = re.match(rb"pandoc\S* (\d+(?:\.\d+)*)", said.stdout)
    return tuple(int(part) for part in number.group(1).split(b".")) if number else ()


Entry = Mapping[str, Any]
_Read = Callable[[str], dict[str, Any]]
"""Makes an answer of the line that came."""


class Pandoc:
    """A pandoc that answers any number of requests; close it, or use it as a context manager.

    Every method raises `PandocFailed` where pandoc refuses the input, runs out of time or memory,
    or is missing. Requests from several threads wait for each other.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._heap = _HEAP[0]
        self.patience = Patience()
        self._lock = threading.Lock()
        self._ahead: list[bytes] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def dismiss(self) -> None:
        """Let an idle process end while something else is done; `close` waits for its end."""
        if self._process is not None and not self._ahead:
            _shut(self._process.stdin)

    def close(self) -> None:
        """End the process, if one runs."""
        process, self._process = self._process, None
        self._ahead.clear()
        if process is not None:
            _end(process)

    def parse_ahead(self, text: str) -> None:
        """Have a post's tree made that `parse` will be asked for, and do not wait for it."""
        said, _ = next(readings(hide_name(body_of(text))[0]))
        if len(said) <= _LARGE and find_note_cycle(text) is None:
            self._ask_ahead({**_PARSE, "text": said})

    def warm_up(self) -> None:
        """Have citeproc make its table of how Unicode sorts (67 ms of CPU), and do not wait."""
        self._ask_ahead({"operation": "warm_up"})

    def _ask_ahead(self, request: Mapping[str, Any]) -> None:
        """Send a request; its answer is read when it is asked for, or another request is."""
        line = msgspec.json.encode(request)
        with self._lock, suppress(PandocFailed):  # whoever waits for an answer hears of it
            process = self._start(self._heap)
            try:
                _send(process, line)
                self._ahead.append(line)
            except BaseException as error:
                self.close()
                if not isinstance(error, OSError):
                    raise

    def parse(self, text: str, name: str) -> Document:
        """Return the post's syntax tree, with the positions of its leaves.

        `text` is the file as it stands on disk. Lines and columns count from its top; columns are
        those of the line without a byte order mark, NFC-normalised, tabs expanded to four columns
        (pandoc's own unit). The front matter is left out. Raises `NoteCycle` and `IndentedBlock`
        besides.
        """
        body, sign = hide_name(body_of(text))
        suspect = find_note_cycle(text)
        limit = None if suspect is None else _SUSPECT_LIMIT
        try:
            ast = self._parsed(body, name, limit, text)
        except PandocFailed:
            if suspect is None:
                raise
            label, line = suspect
            raise NoteCycle(name, line, label) from None
        ast = show_name(ast, sign)
        read_dialect(ast, text)
        return Document(ast)

    def parse_lines(self, body: str, text: str, name: str) -> list[Node]:
        """Return pandoc's own blocks of `body`: `body_of(text)` with some lines made empty."""
        return list(self._parsed(body, name, _SUSPECT_LIMIT, text)["blocks"])

    def _parsed(self, body: str, name: str, limit: float | None, post: str) -> Node:
        """Return the tree of what pandoc is to read of a post's text."""
        line = None
        for text in (body, without_blank_indents(body)):
            try:
                for said, back in readings(text):
                    read = partial(decoded_tree, back, post)
                    request = {**_PARSE, "text": said}
                    ast: Node | None = self._ask(request, name, len(said), limit, read)
                    if ast is not None:
                        return ast
            except PandocFailed as refused:
                line = find_indented_block(text, refused.why)
                if line is None:
                    raise
        raise IndentedBlock(name, line or 0)

    def render(self, document: Document, to: str, options: Mapping[str, Any]) -> str:
        """Return the document in pandoc's format `to`; positions leave no trace.

        `options` are pandoc's writer options by their Lua names (``wrap_text``,
        ``html_math_method``, ``variables``), and two of our own: ``template`` (the text of a
        template: the output is then a whole document) and ``pictures`` (the addresses of images,
        for each of which a Word file has a stand-in). A Word file comes as JSON: the text of its
        parts by name, empty for what is no XML.
        """
        rest = {key: value for key, value in options.items() if key not in _OWN_OPTIONS}
        request = {
            "operation": "render",
            "ast": plain_json(document.ast),
            "to": to,
            "options": rest,
        }
        if options.get("template"):
            request["template"] = options["template"]
        request["pictures"] = options.get("pictures", [])
        return str(self._ask(request, f"writing {to}", len(request["ast"]) // 16))

    def cite(
        self, document: Document, entries: Sequence[Entry], csl: str, *, plain: bool = False
    ) -> Document:
        """Return the document as citeproc makes it: citations written out, and a list of sources.

        `entries` are CSL JSON, `csl` is the text of the style. No positions are left. Entries that
        are `plain` are read as they are, which is quicker than as metadata.
        """
        ast = plain_json(document.ast)
        library = msgspec.json.encode(entries).decode()
        request: dict[str, Any] = {"operation": "cite", "ast": ast, "csl": csl, "plain": plain}
        request["references"] = library
        return Document(self._ask(request, "writing json", len(ast) // 16))

    def csl_json(self, bibtex: str) -> list[dict[str, Any]]:
        """Return the entries of a BibTeX or BibLaTeX bibliography as CSL JSON, in its order."""
        entries = json.loads(self.convert(bibtex, "biblatex", "csljson"))
        return list(entries)

    def convert(self, text: str, from_: str, to: str) -> str:
        """Return `text`, read in pandoc's format `from_`, in its format `to`."""
        request = {"operation": "convert", "text": text, "from": from_, "to": to}
        return str(self._ask(request, f"reading {from_}", len(text)))

    def _ask(
        self,
        request: Mapping[str, Any],
        doing: str,
        size: int,
        limit: float | None = None,
        read: _Read = decoded,
    ) -> Any:
        large = size > _LARGE
        with self._lock:
            if large and self._heap != _HEAP[large]:
                self.close()
            process = self._start(_HEAP[large])
            with self.patience.wait(process.kill, limit, large=large) as bound:
                said = self._exchange(process, msgspec.json.encode(request), doing, bound)
        answer = read(said.decode())
        if not answer["ok"]:
            raise PandocFailed(doing, f"refused it ({_one_line(answer['error'])})")
        return answer["value"]

    def _start(self, heap: str) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        worker = Path(__file__).with_name("worker.lua")
        bounds = ["+RTS", heap, _NURSERY, "-RTS"]
        command: list[str | Path] = [pandoc_path(), *bounds, "lua", worker]
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # never read, so it could fill up and block
            )
        except OSError as error:
            raise PandocFailed("starting pandoc", f"did not start ({error.strerror})") from None
        weakref.finalize(self, _end, process)
        self._process, self._heap = process, heap
        return process

    def _exchange(
        self, process: subprocess.Popen[bytes], line: bytes, doing: str, bound: Deadline
    ) -> bytes:
        """Send one request and return its answer; whatever goes wrong ends the process.

        What was asked ahead is answered first; it may be this very request.
        """
        try:
            while self._ahead:
                asked = self._ahead.pop(0)
                answer = _receive(process)
                if asked == line:
                    return answer
            _send(process, line)
            return _receive(process)
        except BaseException as error:
            self.close()
            if isinstance(error, OSError | EOFError):
                raise PandocFailed(doing, _reason(process, bound)) from None
            raise


def _send(process: subprocess.Popen[bytes], line: bytes) -> None:
    assert process.stdin is not None
    process.stdin.write(line + b"\n")
    process.stdin.flush()


def _receive(process: subprocess.Popen[bytes]) -> bytes:
    assert process.stdout is not None
    answer = process.stdout.readline()
    if not answer.endswith(b"\n"):
        raise EOFError
    return answer


_DOCUMENT_LIMIT = 30.0
_DOCUMENT_LIMIT_A_MEGABYTE = 5.0
"""Seconds that a document may take to be read, and as many more for its size."""


def read_document(data: bytes, form: str) -> Node:
    """Return the syntax tree of a document in pandoc's format `form`, read in a sandbox.

    A process of its own, with bounds of memory and time: what strangers wrote in a binary format is
    no matter for the one that reads the posts. Raises `PandocFailed`.
    """
    doing = f"reading {form}"
    limit = _DOCUMENT_LIMIT + _DOCUMENT_LIMIT_A_MEGABYTE * len(data) / 1e6
    bounds = ["+RTS", _HEAP[1], "-RTS"]
    command = [str(pandoc_path()), *bounds, "--sandbox", "-f", form, "-t", "json"]
    try:
        said = subprocess.run(command, input=data, capture_output=True, check=False, timeout=limit)
    except subprocess.TimeoutExpired:
        why = f"took longer than {limit:.0f} seconds and was stopped"
        raise PandocFailed(doing, why) from None
    except OSError as error:
        raise PandocFailed(doing, f"did not start ({error.strerror})") from None
    if said.returncode == _NO_MEMORY:
        raise PandocFailed(doing, "ran out of memory and was stopped")
    if said.returncode:
        raise PandocFailed(doing, f"refused it ({_one_line(said.stderr.decode(errors='replace'))})")
    try:
        return decoded(said.stdout)
    except RecursionError:
        raise PandocFailed(doing, "found it nested too deeply") from None


_OWN_OPTIONS = frozenset({"template", "pictures"})


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process for good and leave no zombie.

    One that is idle ends by itself when nothing more can come, and takes its temporary file with
    it.
    """
    _shut(process.stdin)
    _shut(process.stdout)
    try:
        process.wait(_PARTING)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _shut(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        with suppress(OSError):  # what was buffered has no reader any more
            pipe.close()


def _reason(process: subprocess.Popen[bytes], bound: Deadline) -> str:
    if bound.passed:
        return f"took longer than {bound.granted:.0f} seconds and was stopped"
    if process.returncode == _NO_MEMORY:
        return "ran out of memory and was stopped"
    return f"stopped unexpectedly (exit status {process.returncode})"


def _one_line(said: str) -> str:
    return " ".join(said.split())
