"""Bind a series of many posts: the time of each format, beside the web pages of the same posts.

    .venv/bin/python benchmarks/books.py [POSTS]

The posts are those of `benchmarks.building.making`, twenty quotations each, all in one series.
Each format is built by a process of its own, after a check that has filled the cache; told are its
processor time, pandoc's included, and the size of the largest file.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.building.making import make_project

FORMATS = ("html", "epub", "docx")


def run(project: Path, *arguments: str) -> float:
    """Return the processor time of a command, in seconds."""
    before = os.times()
    subprocess.run(
        (sys.executable, "-m", "pubtool", "--project", str(project), *arguments),
        check=True,
        capture_output=True,
    )
    after = os.times()
    spent = (after.children_user, after.children_system)
    return sum(spent) - (before.children_user + before.children_system)


def main() -> None:
    """Print a line a format."""
    posts = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder, "project")
        make_project(project, posts)
        for number, post in enumerate(sorted((project / "posts").glob("*.md"))):
            text = post.read_text(encoding="utf-8")
            single = re.sub(r"^series: .*\n", "", text, flags=re.MULTILINE)
            whole = f"---\nseries: {{name: All of it, part: {number}}}\n"
            post.write_text(single.replace("---\n", whole, 1), encoding="utf-8")
        checked = run(project, "check")
        print(f"{posts} posts: check {checked:.1f} s of processor time")
        for name in FORMATS:
            cold, warm = (run(project, "build", "--to", name) for _ in range(2))
            files = (p for p in (project / "public").rglob(f"*.{name}") if p.is_file())
            largest = max(p.stat().st_size for p in files)
            print(f"{name}: cold {cold:.1f} s, unchanged {warm:.1f} s, largest {largest:,} bytes")


if __name__ == "__main__":
    main()
