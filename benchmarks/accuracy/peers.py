"""What other tools say of the same cases, each as a child process in an environment of its own.

An adapter (benchmarks/peers/adapters/) gets the quotation and the source that it cites, and no
label. Tools that take a second or more a quotation on a whole book get the same sample: a few cases
of each kind, and of the source a window round the passage, which is in their favour.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Protocol

from places import is_right

from cases import Case, World

ADAPTERS = Path(__file__).parents[1] / "peers" / "adapters"
WINDOW = 20_000
"""Characters of a source that a slow tool gets."""
SLOW_EACH = 4
"""Cases of each kind that a slow tool gets, half of them short ones."""
GRACE = 30
"""Seconds by which a tool may overrun its time before it is stopped."""


@dataclass(frozen=True)
class Peer:
    """A tool to compare with."""

    name: str
    distribution: str
    """What it is installed as."""
    adapter: str
    slow: bool = False
    places: bool = True
    """Whether it names the place in the source."""


NOT_ASKED = frozenset({"wrong page"})
"""Of the tools only citefact reads pages, and only those of PDFs."""
OPINION = "[sic] on a sound word"
"""The kind whose label is a matter of opinion; see README.md."""
PEERS = (
    Peer("krokai", "krokai", "with_krokai.py", places=False),
    Peer("citefact", "citefact", "with_citefact.py", places=False),
    Peer("quotecheck", "quotecheck", "with_quotecheck.py"),
    Peer("rapidfuzz scan", "rapidfuzz", "with_rapidfuzz.py"),
    Peer("edlib scan", "edlib", "with_edlib.py"),
    Peer("Quid", "quid", "with_quid.py", slow=True),
    Peer("text-matcher", "text-matcher", "with_text_matcher.py", slow=True),
    Peer("fuzzysearch", "fuzzysearch", "with_fuzzysearch.py", slow=True),
)


@dataclass(frozen=True)
class Said:
    """What a tool said of one case; pubtool's own outcome has the same shape here."""

    kind: str
    false: bool
    words: int
    accepted: bool | None
    """None for a quotation that the tool does not take."""
    place: bool | None
    """Whether the place is right; None where there is none to find or the tool names none."""


@dataclass(frozen=True)
class Result:
    """A tool's answers."""

    name: str
    version: str
    said: tuple[Said, ...]
    seconds: float
    """CPU seconds, the preparing of the sources included."""
    remark: str = ""


@dataclass(frozen=True)
class _Row:
    case: Case
    source: Path

    @property
    def has_place(self) -> bool:
        """Whether the passage stands in the cited source, the only one that a tool is given."""
        return bool(self.case.key) and self.case.key == self.case.cited

    @property
    def text(self) -> str:
        """The source's text."""
        return self.source.read_bytes().decode("utf-8")


class Outcome(Protocol):
    """What `own_result` needs to know of pubtool's outcome."""

    @property
    def kind(self) -> str: ...
    @property
    def false(self) -> bool: ...
    @property
    def words(self) -> int: ...
    @property
    def verdict(self) -> str: ...
    @property
    def passed(self) -> bool: ...
    @property
    def place(self) -> bool | None: ...


class Sheet:
    """The cases of a run, with their sources written to a folder."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.random = Random(f"{seed} peers")
        self.rows: list[_Row] = []
        self.seconds = 0.0
        """CPU seconds that pubtool spent on the cases, the indexing of the sources included."""

    @contextmanager
    def clock(self) -> Iterator[None]:
        """Count the CPU seconds of a block as pubtool's."""
        begin = time.process_time()
        yield
        self.seconds += time.process_time() - begin

    def add(self, world: World, cases: Sequence[Case]) -> None:
        """Add the cases of a kind."""
        folder = self.folder / world.name
        if not folder.exists():
            folder.mkdir()
            for text in world.texts:
                (folder / f"{text.key}.txt").write_text(text.source, encoding="utf-8", newline="")
        self.rows += [_Row(case, folder / f"{case.cited}.txt") for case in cases]

    def write(self) -> tuple[Path, Path]:
        """Write all the cases, and the slow tools' sample, in an order that is no one's."""
        order = [n for n, row in enumerate(self.rows) if row.case.kind.name not in NOT_ASKED]
        self.random.shuffle(order)
        every = self.folder / "all.json"
        every.write_text(json.dumps([self._item(n, 0, None) for n in order]), encoding="utf-8")
        few = self.folder / "sample.json"
        sample = self._sample(order)
        few.write_text(json.dumps([self._windowed(n) for n in sample]), encoding="utf-8")
        return every, few

    def _item(self, number: int, start: int, end: int | None) -> dict[str, object]:
        row = self.rows[number]
        return {
            "number": number,
            "text": row.case.made.text,
            "block": row.case.kind.name == "block quote",
            "source": str(row.source),
            "start": start,
            "end": end,
        }

    def _sample(self, order: Iterable[int]) -> list[int]:
        counts: dict[tuple[str, bool], int] = {}
        chosen = []
        for number in order:
            case = self.rows[number].case
            short = case.words < 8
            most = SLOW_EACH // 2 if case.kind.least <= 7 else SLOW_EACH
            key = (case.kind.name, short)
            if counts.get(key, 0) < most:
                counts[key] = counts.get(key, 0) + 1
                chosen.append(number)
        return chosen

    def _windowed(self, number: int) -> dict[str, object]:
        """Return a case with a window of its source: round the passage where it has one there."""
        row = self.rows[number]
        size = len(row.text)
        length = max(WINDOW, 2 * (row.case.end - row.case.start))
        least, most = 0, max(size - length, 0)
        if row.has_place:
            least = max(row.case.end - length, 0)
            most = min(max(row.case.start, least), max(most, least))
        start = self.random.randint(least, max(most, least))
        return self._item(number, start, start + length)


def run_peers(
    sheet: Sheet, environment: Path, seconds: float, say: Callable[[str], None]
) -> list[Result]:
    """Return what each tool said; one that is not there is named in a line and left out."""
    python = environment / "bin" / "python"
    every, few = sheet.write()
    results = []
    for peer in PEERS:
        version = _version(python, peer.distribution)
        if not version:
            say(f"left out: {peer.name} is not installed in {environment.name}")
            continue
        cases = few if peer.slow else every
        answers = sheet.folder / f"{peer.distribution}.jsonl"
        remark = _run(python, peer, cases, answers, seconds)
        results.append(_result(sheet, peer, version, answers, remark))
        say(f"{peer.name}: {len(results[-1].said)} cases")
    return results


def own_result(sheet: Sheet, outcomes: Sequence[Outcome], version: str) -> Result:
    """Return pubtool's own answers in the same shape; `unchecked` is one that it does not take."""
    said = tuple(
        Said(
            outcome.kind, outcome.false, outcome.words,
            None if outcome.verdict == "unchecked" else outcome.passed,
            outcome.place if row.has_place else None,
        )
        for outcome, row in zip(outcomes, sheet.rows, strict=True)
        if outcome.kind not in NOT_ASKED
    )  # fmt: skip
    remark = "every source at once, not only the cited one"
    return Result("pubtool", version, said, sheet.seconds, remark)


def _version(python: Path, distribution: str) -> str:
    code = f"from importlib.metadata import version; print(version({distribution!r}))"
    try:
        done = subprocess.run((python, "-c", code), capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def _run(python: Path, peer: Peer, cases: Path, answers: Path, seconds: float) -> str:
    """Run an adapter; return a remark where it did not come to its end."""
    command = (python, ADAPTERS / peer.adapter, cases, answers, str(seconds))
    answers.write_text("", encoding="utf-8")
    begin = time.monotonic()
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=seconds + GRACE
        )
    except subprocess.TimeoutExpired:
        return f"stopped after {seconds + GRACE:.0f} s"
    if done.returncode:
        return f"broke off: {done.stderr.strip().splitlines()[-1]}"
    return f"its {seconds:.0f} s were used up" if time.monotonic() - begin > seconds else ""


def _result(sheet: Sheet, peer: Peer, version: str, answers: Path, remark: str) -> Result:
    starts = {
        item["number"]: item["start"]
        for item in json.loads((sheet.folder / "sample.json").read_text(encoding="utf-8"))
    }
    said, spent = [], 0.0
    for line in answers.read_text(encoding="utf-8").splitlines():
        number, word, start, end, spent = json.loads(line)
        offset = starts[number] if peer.slow else 0
        found = None if start is None else (start + offset, end + offset)
        said.append(_said(sheet.rows[number], peer, word, found))
    return Result(peer.name, version, tuple(said), spent, remark)


def _said(row: _Row, peer: Peer, word: str, found: tuple[int, int] | None) -> Said:
    case = row.case
    taken = word != "unsupported"
    place = None
    if peer.places and taken and row.has_place:
        place = found is not None and is_right(*found, row.text[found[0] : found[1]], case)
    accepted = word == "accepted" if taken else None
    return Said(case.kind.name, case.kind.false, case.words, accepted, place)


# --- Report ---------------------------------------------------------------------------------------


def totals_table(results: Sequence[Result]) -> str:
    """Return one line a tool: how often it is wrong, how often it finds the place, how fast."""
    lines = [
        "| tool | version | n | does not take % | false alarm % (n) | false pass % (n) "
        f"| the same without {OPINION} | place right % (n) | quotations a CPU second | remark |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for result in results:
        said = result.said
        false = [s for s in said if s.false]
        speed = f"{len(said) / result.seconds:.1f}" if result.seconds else "-"
        cells = (
            result.name, result.version, str(len(said)),
            _share([s.accepted is None for s in said], count=False),
            _share([s.accepted is False for s in said if not s.false]),
            _share([s.accepted is True for s in false]),
            _share([s.accepted is True for s in false if s.kind != OPINION], count=False),
            _share([s.place for s in said if s.place is not None]),
            speed, result.remark,
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def kinds_table(results: Sequence[Result], kinds: Iterable[str]) -> str:
    """Return one line a kind: in per cent, the alarms of a faithful one, the passes of a false."""
    lines = [
        f"| kind | {' | '.join(result.name for result in results)} |",
        "|---" * (len(results) + 1) + "|",
    ]
    for kind in kinds:
        cells = []
        for result in results:
            rows = [s for s in result.said if s.kind == kind]
            cells.append(_share([s.accepted is s.false for s in rows], count=False))
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _share(values: Sequence[bool | None], *, count: bool = True) -> str:
    """Return a share in per cent, with how many there are; `-` for none."""
    if not values:
        return "-"
    share = f"{100 * sum(map(bool, values)) / len(values):.1f}"
    return f"{share} ({len(values)})" if count else share
