from __future__ import annotations

from pathlib import Path

import pytest

SOURCE = """Care is a practice that takes time. It cannot be hurried without loss.

Those who give it seldom speak of what it costs them, and nobody asks.
"""
BIBLIOGRAPHY = """@book{brown1999,
  author = {Brown, Anna},
  title = {The Practice of Care},
  year = {1999},
}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one source, and no post yet."""
    (tmp_path / "pubtool.toml").write_text("")
    (tmp_path / "posts").mkdir()
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/brown1999.txt").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "references.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    return tmp_path
