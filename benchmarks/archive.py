"""What `check` costs on a large archive: cold, with nothing changed, and with one post edited.

Makes an archive of N posts of a few quotations each (every tenth post misquotes) and checks it.
Wall seconds are what a person waits, CPU seconds are user and system time of all processes, and the
peak is that of the largest single process in MiB. The state is what `.pubtool` holds. Numbers of
two machines do not compare.

    python benchmarks/archive.py [POSTS] [-- OPTIONS OF CHECK]
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = 30_000
"""Of each source: a book of a hundred pages."""
SOURCES = 5
ENTRY = "@book{{s{n}, author = {{Author{n}, Ann}}, title = {{Book {n}}}, date = {{1900}}}}\n"
FRONT = "---\ntitle: Post {n}\ndate: 2026-01-01\nstatus: publish\n---\n\n"


def make_sources(chance: random.Random) -> list[list[str]]:
    """Return the sources as words, from a vocabulary in which few are frequent."""
    letters = "abcdefghiklmnoprstuvwy"
    vocabulary = ["".join(chance.choices(letters, k=chance.randint(2, 10))) for _ in range(6_000)]
    weights = [1 / (rank + 3) for rank in range(len(vocabulary))]
    return [chance.choices(vocabulary, weights, k=WORDS) for _ in range(SOURCES)]


def make_post(n: int, sources: list[list[str]], chance: random.Random) -> str:
    paragraphs = [FRONT.format(n=n)]
    for number in range(chance.randint(2, 5)):
        key = chance.randrange(SOURCES)
        start = chance.randrange(WORDS - 30)
        quoted = sources[key][start : start + chance.randint(8, 20)]
        if n % 10 == 0 and number == 0:
            quoted[4] = "misquoted"
        own = " ".join(f"remark{chance.randrange(5_000)}" for _ in range(60))
        paragraphs.append(f"{own}: “{' '.join(quoted)}” [@s{key}].\n\n")
    return "".join(paragraphs)


def make_archive(root: Path, posts: int) -> None:
    chance = random.Random(1)
    sources = make_sources(chance)
    for name in ("posts", "sources"):
        (root / name).mkdir(parents=True)
    (root / "pubtool.toml").write_text("", encoding="utf-8")
    entries = "".join(ENTRY.format(n=n) for n in range(SOURCES))
    (root / "references.bib").write_text(entries, encoding="utf-8")
    for n, words in enumerate(sources):
        lines = [" ".join(words[at : at + 12]) for at in range(0, WORDS, 12)]
        (root / "sources" / f"s{n}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for n in range(posts):
        post = root / "posts" / f"{n // 500:03}" / f"{n:06}.md"
        post.parent.mkdir(exist_ok=True)
        post.write_text(make_post(n, sources, chance), encoding="utf-8")


def measure(what: str, root: Path, options: list[str]) -> bytes:
    """Run a check, print what it cost, and return what it reported."""
    before, start = os.times(), time.perf_counter()
    with tempfile.TemporaryFile() as report:
        command = [sys.executable, "-c", PROBE, "--project", str(root), "check", *options]
        done = subprocess.run(command, stdout=report, stderr=subprocess.PIPE, check=False)
        report.seek(0)
        data = report.read()
    wall, after = time.perf_counter() - start, os.times()
    if done.returncode > 1:
        sys.exit(done.stderr.decode(errors="replace"))
    cpu = sum(after[2:4]) - sum(before[2:4])
    state = [path.stat().st_size for path in (root / ".pubtool").rglob("*") if path.is_file()]
    print(f"{what:<12} wall {wall:8.2f} s   CPU {cpu:8.2f} s   peak {int(done.stderr):6} MiB   "
          f"state {sum(state) / 1e6:8.1f} MB in {len(state)} files", flush=True)  # fmt: skip
    return data


PROBE = """
import resource, sys
from pubtool.cli import main
try:
    main()
finally:
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    print(max(resource.getrusage(each).ru_maxrss for each in who) // 1024, file=sys.stderr)
"""
"""Runs pubtool and prints the peak; on Linux, where the unit is the KiB."""


def main() -> None:
    arguments = sys.argv[1:]
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    posts, options = int((arguments[:cut] or ["1000"])[0]), arguments[cut + 1 :]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "archive"
        make_archive(root, posts)
        print(f"{posts} posts")
        cold = measure("cold", root, options)
        same = [measure("unchanged", root, options) == cold for _ in range(3)]
        post = root / "posts" / "000" / "000001.md"
        post.write_text(post.read_text("utf-8") + "\nOne more remark.\n", encoding="utf-8")
        measure("one edited", root, options)
        print("the same report" if all(same) else "NOT THE SAME REPORT")


if __name__ == "__main__":
    main()
