"""The command, run as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PUBTOOL = (sys.executable, "-m", "pubtool", "--project")


def pubtool(
    project: Path, *arguments: str, typed: str | None = None, **extra: str
) -> subprocess.CompletedProcess[str]:
    """Run ``pubtool`` on a project; `typed` is its standard input, `extra` its environment's."""
    return subprocess.run(
        [*PUBTOOL, str(project), *arguments],
        env=os.environ | extra,
        input=typed,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )


def started(project: Path, *arguments: str, **extra: str) -> subprocess.Popen[bytes]:
    """Start ``pubtool`` on a project, and hear nothing of what it says."""
    return subprocess.Popen(
        [*PUBTOOL, str(project), *arguments],
        env=os.environ | extra,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
