"""The language server in a real editor: Neovim, as Debian has it, without a plugin."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("neovim.lua")
HEAD = "---\ntitle: A post\ndate: 2026-01-01\n---\n\n"
POST = f"{HEAD}She says: “Care is a habit that takes time” [@brown1999].\n"


@pytest.mark.skipif(not shutil.which("nvim"), reason="tests/system-needs.sh installs Neovim")
def test_a_writer_sees_what_is_wrong_and_mends_it_in_neovim(project: Path) -> None:
    post = project / "posts" / "one.md"
    post.write_text(POST, encoding="utf-8")
    command = ["nvim", "--headless", "--clean", "-n", "-c", f"luafile {SCRIPT}", "-c", "qa!"]
    environment = {**os.environ, "POST": str(post), "PYTHON": sys.executable}
    done = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("{"), done.stderr
    seen = json.loads(done.stdout)
    assert "Q101 at line 6" in seen["found"]
    assert "practice" in seen["hover"]
    assert seen["definition"] == "sources/brown1999.txt"
    assert "@brown1999" in seen["lens"]
    assert "Care is a practice that takes time" in seen["fixed"]
    assert seen["completion"] == "brown1999"
    assert post.read_text(encoding="utf-8") == POST, "nothing is saved but by the writer"
