"""Decisions written: two at once lose nothing, and whoever is killed leaves whole files."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from pubtool.errors import BadDecision, DecidedMeanwhile
from pubtool.model import Choice, Code, Decision
from pubtool.pipeline.deciding import all_decisions, decide, decisions_of, standing, withdraw

POST, QUOTATION = "posts/a.md", "q-12ab"
WAIVER = Decision(
    POST, QUOTATION, "The lamp is lit", Choice.WAIVE, "absent", (Code("Q301"),), "a letter"
)
ACCEPTED = Decision(POST, QUOTATION, "The lamp is lit", Choice.ACCEPT, "absent")


def test_the_last_decision_holds_and_the_others_are_its_history(tmp_path: Path) -> None:
    decide(tmp_path, ACCEPTED)
    now = decide(tmp_path, WAIVER)
    assert now.decisions == (ACCEPTED, WAIVER)
    assert now.last == WAIVER
    assert standing(tmp_path, POST, QUOTATION) == now
    assert all_decisions(tmp_path) == decisions_of(tmp_path, POST) == (now,)
    assert decisions_of(tmp_path, "posts/b.md") == ()


def test_what_is_taken_back_leaves_the_decision_before(tmp_path: Path) -> None:
    first = decide(tmp_path, ACCEPTED)
    second = decide(tmp_path, WAIVER, expected=first.digest)
    assert withdraw(tmp_path, POST, QUOTATION, expected=second.digest) == first
    gone = withdraw(tmp_path, POST, QUOTATION)
    assert (gone.decisions, gone.digest) == ((), "")
    assert not (tmp_path / "decisions").exists()
    assert withdraw(tmp_path, POST, QUOTATION) == gone


def test_the_same_is_not_written_twice(tmp_path: Path) -> None:
    assert decide(tmp_path, WAIVER) == decide(tmp_path, WAIVER)


def test_whoever_looked_at_something_else_is_told_what_stands_there(tmp_path: Path) -> None:
    seen = standing(tmp_path, POST, QUOTATION)
    now = decide(tmp_path, ACCEPTED, expected=seen.digest)
    with pytest.raises(DecidedMeanwhile, match="somebody else has decided") as raised:
        decide(tmp_path, WAIVER, expected=seen.digest)
    assert raised.value.there == now.text
    with pytest.raises(DecidedMeanwhile):
        withdraw(tmp_path, POST, QUOTATION, expected=seen.digest)
    assert standing(tmp_path, POST, QUOTATION) == now


def test_a_waiver_without_a_reason_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(BadDecision, match="no reason"):
        decide(tmp_path, replace(WAIVER, reason=" "))
    assert not (tmp_path / "decisions").exists()


def test_a_file_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "decisions" / "a" / "q-12ab.toml"
    file.parent.mkdir(parents=True)
    for wrong in (b"choice", b"\xff"):
        file.write_bytes(wrong)
        [found] = all_decisions(tmp_path)
        assert found.fault is not None
        with pytest.raises(type(found.fault)):
            decide(tmp_path, WAIVER)
        with pytest.raises(type(found.fault)):
            withdraw(tmp_path, POST, QUOTATION)
        assert file.read_bytes() == wrong


def test_two_who_decide_at_once_lose_nothing(tmp_path: Path) -> None:
    def work(who: str) -> None:
        for number in range(20):
            decide(tmp_path, replace(WAIVER, by=who, on=str(number)))

    threads = [threading.Thread(target=work, args=(who,)) for who in ("Ada", "Bo", "Cy")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = standing(tmp_path, POST, QUOTATION).decisions
    for who in ("Ada", "Bo", "Cy"):
        assert [d.on for d in found if d.by == who] == [str(number) for number in range(20)]


WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from pubtool.model import Choice, Code, Decision
from pubtool.pipeline.deciding import decide
root, who = Path(sys.argv[1]), sys.argv[2]
one = Decision("posts/a.md", "q-12ab", "x", Choice.WAIVE, "absent", (Code("Q301"),), "r", who)
for number in range(10_000):
    decide(root, replace(one, on=str(number)))
    print(number, flush=True)
"""


def test_whoever_is_killed_leaves_every_decision_that_was_said_to_be_made(tmp_path: Path) -> None:
    for turn, wait in enumerate((0.03, 0.05, 0.08)):
        told = _killed_after(wait, tmp_path, [f"Ada{turn}", f"Bo{turn}"])
        kept = standing(tmp_path, POST, QUOTATION)
        assert kept.fault is None
        for who, count in told.items():
            assert sum(decision.by == who for decision in kept.decisions) >= count > 0
    decide(tmp_path, ACCEPTED)
    assert [path.name for path in (tmp_path / "decisions" / "a").iterdir()] == ["q-12ab.toml"]


def _killed_after(seconds: float, root: Path, names: Sequence[str]) -> dict[str, int]:
    """Return how many decisions each of some writers said to be made before it was killed."""
    command = [sys.executable, "-c", WRITER, str(root)]
    with ExitStack() as stack:
        writers = {
            name: stack.enter_context(subprocess.Popen([*command, name], stdout=subprocess.PIPE))
            for name in names
        }
        outputs = {name: writer.stdout for name, writer in writers.items() if writer.stdout}
        for output in outputs.values():
            output.readline()  # it has begun
        time.sleep(seconds)
        for writer in writers.values():
            writer.kill()
        return {name: 1 + len(output.read().splitlines()) for name, output in outputs.items()}
