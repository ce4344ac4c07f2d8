"""Sources from strangers: whatever they hold, the run goes on, in time, and writes nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.hostile import hostile_files

SEED = 20_261
COUNT = 90
LIMIT = 100
"""Seconds for all of them: a single one that met its own bound would take 60."""


def names(folder: Path) -> list[str]:
    return sorted(str(path) for path in folder.rglob("*") if ".pubtool" not in path.parts)


@pytest.mark.timeout(300)
def test_hostile_sources_harm_nobody(tmp_path: Path) -> None:
    root = tmp_path / "a" / "b" / "project"
    (root / "sources").mkdir(parents=True)
    (root / "posts").mkdir()
    entries, quotations = [], []
    for number, (name, data) in enumerate(hostile_files(SEED, COUNT)):
        key = f"k{number}"
        (root / "sources" / f"{key}.{name.rpartition('.')[2]}").write_bytes(data)
        entries.append(f"@misc{{{key}, title = {{Work {key}}}}}")
        quotations.append(f"“The ships of harbour {key} were counted by nobody” [@{key}].")
    (root / "references.bib").write_text("\n".join(entries), encoding="utf-8")
    (root / "posts/post.md").write_text("\n\n".join(quotations), encoding="utf-8")
    before = names(tmp_path)
    start = time.monotonic()
    command = [sys.executable, "-m", "pubtool", "--project", str(root), "check", "--format", "json"]
    said = subprocess.run(command, capture_output=True, check=False, timeout=250)
    assert said.returncode == 1, said.stderr.decode()
    assert said.stderr == b""
    assert time.monotonic() - start < LIMIT
    assert names(tmp_path) == before
    (post,) = json.loads(said.stdout)["posts"]
    assert len(post["quotations"]) == COUNT
    verdicts = {quotation["verdict"] for quotation in post["quotations"]}
    assert verdicts <= {"unchecked", "absent", "misattributed"}
    for finding in post["findings"]:
        assert "\n" not in finding["message"]
        assert "Traceback" not in finding["message"]
