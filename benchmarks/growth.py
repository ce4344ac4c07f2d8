"""Which functions of a command are called more often than the posts grow: what is quadratic.

    python benchmarks/growth.py [POSTS] [--warm] [-- COMMAND OPTIONS]

Profiles a command (`check` unless one is given) on a made-up project of so many posts, and on one
of twice as many, and prints each function whose calls, or whose own time, grew by far more than the
posts. The project has what invites comparing all with all: one series of every post, a passage
that all quote with other ends, links to other posts' pages and to none, many tags and works under
two keys. With `--warm` the command runs once before, and what is profiled is a second run after one
edit.
Calls are the same on any machine; seconds are the profiler's, and only rank.
"""

from __future__ import annotations

import argparse
import pstats
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

WORDS = 8_000
"""Of each source."""
SOURCES = 4
CALLS, SECONDS = 2.3, 2.8
"""How many times as many calls, and as much time, as for half of the posts are told."""
LEAST = 0.15
"""Seconds of its own that a function takes to be told for its time."""

PROFILED = """
import cProfile, sys
from pubtool.cli import main
profile = cProfile.Profile()
try:
    profile.runcall(main)
finally:
    profile.dump_stats({!r})
"""

Function = tuple[str, int, str]


def make_project(root: Path, posts: int) -> None:
    """Write the project."""
    chance = Random(1)
    common = [f"word{chance.randrange(3_000)}" for _ in range(WORDS * SOURCES)]
    sources = [common[n * WORDS : (n + 1) * WORDS] for n in range(SOURCES)]
    for name in ("posts", "sources"):
        (root / name).mkdir(parents=True)
    (root / "pubtool.toml").write_text(
        '[site]\ntitle = "T"\nurl = "https://example.org"\n', "utf-8"
    )
    entries = [f"@book{{s{n}, title = {{Book {n}}}, date = {{1900}}}}" for n in range(SOURCES)]
    for n in range(posts // 10):
        fields = f"author = {{Writer{n}, Bob}}, title = {{The matter of {n}}}, date = {{1950}}"
        entries += [f"@book{{{key}, {fields}}}" for key in (f"a{n}", f"b{n}")]
    (root / "references.bib").write_text("\n".join(entries) + "\n", encoding="utf-8")
    for n, words in enumerate(sources):
        lines = [" ".join(words[at : at + 12]) for at in range(0, WORDS, 12)]
        (root / "sources" / f"s{n}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for number in range(posts):
        text = make_post(number, posts, sources, Random(f"post {number}"))
        (root / "posts" / f"p{number:06}.md").write_text(text, encoding="utf-8")


def make_post(number: int, posts: int, sources: list[list[str]], chance: Random) -> str:
    """Return a post's text."""
    at, key = chance.randrange(WORDS - 10), chance.randrange(SOURCES)
    shared = sources[0][100 + chance.randrange(30) : 160 + chance.randrange(30)]
    if number % 3 == 0:
        shared[5] = f"changed{number % 7}"
    other, page = chance.randrange(posts), chance.randrange(posts)
    work = f"{'ab'[number % 3 == 0]}{number % (posts // 10)}"
    return (
        f"---\ntitle: Post {number}\ndate: {2000 + number % 25}-{number % 12 + 1:02}-01\n"
        f"status: publish\nseries: {{name: Weekly, part: {number + 1}}}\n"
        f"tags: [t{number % 20}, u{number % (posts // 5)}]\naliases: [/old/{number}/]\n---\n\n"
        f"He says “{' '.join(sources[key][at : at + 10])}” [@s{key}].\n\n"
        f"All say “{' '.join(shared)}” [@s0].\n\n"
        f"See [one](p{other:06}.md), [a page](../p{page:06}/) "
        f"and [none](../nowhere-{number}/), and [@{work}].\n"
    )


def profile(root: Path, posts: int, command: list[str], *, warm: bool) -> dict[Function, tuple]:
    """Run the command, and return the calls and the own seconds of each function."""
    make_project(root, posts)
    stats = root.with_suffix(".stats")
    run = [sys.executable, "-c", PROFILED.format(str(stats)), "--project", str(root), *command]
    for _ in range(1 + warm):
        subprocess.run(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if warm:
            with (root / "posts" / "p000007.md").open("a", encoding="utf-8") as post:
                post.write("\nOne more line.\n")
    return {name: (each[1], each[2]) for name, each in pstats.Stats(str(stats)).stats.items()}


def main() -> None:
    """Profile both projects, and print what grew by too much."""
    arguments = sys.argv[1:]
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    parser = argparse.ArgumentParser()
    parser.add_argument("posts", nargs="?", type=int, default=400)
    parser.add_argument("--warm", action="store_true")
    given = parser.parse_args(arguments[:cut])
    command = arguments[cut + 1 :] or ["check"]
    with tempfile.TemporaryDirectory() as folder:
        few = profile(Path(folder, "few"), given.posts, command, warm=given.warm)
        many = profile(Path(folder, "many"), 2 * given.posts, command, warm=given.warm)
    print(f"{' '.join(command)}: {given.posts} and {2 * given.posts} posts")
    for name, (calls, seconds) in sorted(many.items(), key=lambda each: -each[1][1]):
        before, took = few.get(name, (0, 0.0))
        often = calls > 2 * given.posts and calls > CALLS * max(before, given.posts)
        if often or (seconds > LEAST and seconds > SECONDS * took):
            file, line, function = name
            print(f"{before:>9} -> {calls:>9} calls, {took:.2f} -> {seconds:.2f} s: "
                  f"{'/'.join(Path(file).parts[-3:])}:{line} {function}")  # fmt: skip


if __name__ == "__main__":
    main()
