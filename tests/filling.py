"""A folder with the files that a test names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def fill(folder: Path, files: Mapping[str, str]) -> Path:
    """Write texts below a folder, each under its path there, and return the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
