"""Set the PDFs of a made-up project: what a post and a series take, by post and by page.

    .venv/bin/python benchmarks/pdf.py [POSTS]

The project is that of `building/making.py` (20 quotations a post). It is checked first, so that the
time of the check does not count. Then all PDFs are built by the command, and told is the processor
time of pubtool and its pandoc together, which another program on the machine changes less than the
clock's.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pypdfium2
from building.making import make_project


def run(*arguments: str) -> tuple[float, float]:
    """Run pubtool and return the seconds of the processors and of the clock."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, "-m", "pubtool", *arguments], check=False, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, time.perf_counter() - start


def pages(path: Path) -> int:
    """Return how many pages a PDF has."""
    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def main(posts: int) -> None:
    """Make the project, build its PDFs and print what that took."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "project")
        make_project(root, posts)
        run("--project", str(root), "check")
        used, waited = run("--project", str(root), "build", "--draft", "--to", "pdf")
        made = sorted((root / "public").rglob("*.pdf"))
        counts = {path: pages(path) for path in made}
        books = [path for path in made if "series" in path.parts]
        whole, size = sum(counts.values()), sum(path.stat().st_size for path in made)
        print(f"{len(made) - len(books)} posts and {len(books)} books, {whole} pages")
        print(f"largest book: {max((counts[book] for book in books), default=0)} pages")
        print(f"{used:.1f} s of CPU ({waited:.1f} s), {used / len(made) * 1e3:.0f} ms a PDF")
        print(f"{used / whole * 1e3:.1f} ms and {size / whole / 1e3:.1f} kB a page")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
