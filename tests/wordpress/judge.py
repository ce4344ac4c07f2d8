"""What a WordPress's own editor scripts say of block markup.

validate/judge.mjs runs them in a window without a screen; it needs node and the packages of
validate/package.json, but neither PHP nor a server.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.wordpress.files import Missing

JUDGE = Path(__file__).parent / "validate"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one WordPress says of one text."""

    valid: bool
    """The editor opens it without a notice of unexpected or invalid content."""
    current: bool
    """Valid by the rules of this version alone, without those for older forms, and balanced."""
    stable: bool
    """Opening and saving it changes no byte, white space at the ends left aside."""
    issues: tuple[str, ...]
    """What speaks against `current`."""
    saved: str
    """The text as the editor would save it."""


def judge(htdocs: Path, markup: str) -> Judgement:
    """Return what the WordPress in a folder says of one text."""
    return judge_all(htdocs, [markup])[0]


def judge_all(htdocs: Path, markups: Sequence[str]) -> list[Judgement]:
    """Return what the WordPress in a folder says of each text, in order; it starts up once.

    Raises Missing where there is no node, or not its packages.
    """
    if shutil.which("node") is None or not (JUDGE / "node_modules" / "jsdom").is_dir():
        raise Missing("node and jsdom")
    done = subprocess.run(
        ["node", str(JUDGE / "judge.mjs"), str(htdocs)],
        input=json.dumps(markups),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [
        Judgement(said["valid"], said["current"], said["stable"], tuple(said["issues"]),
                  said["saved"])
        for said in json.loads(done.stdout)
    ]  # fmt: skip
