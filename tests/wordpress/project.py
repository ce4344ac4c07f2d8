"""The command, run as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def pubtool(
    project: Path, *arguments: str, typed: str | None = None, **extra: str
) -> subprocess.CompletedProcess[str]:
    """Run ``pubtool`` on a project; `typed` is its standard input, `extra` its environment's."""
    return subprocess.run(
        [sys.executable, "-m", "pubtool", "--project", str(project), *arguments],
        env=os.environ | extra,
        input=typed,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
