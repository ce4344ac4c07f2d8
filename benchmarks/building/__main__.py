"""What `pubtool build` costs: cold, unchanged, after one edit; beside pelican and plain pandoc.

    python benchmarks/building [POSTS] [--formats html] [--project DIR] [--pelican PROGRAM]

Makes a project of so many posts with twenty quotations each (see making.py), or takes the one in
DIR, which is not changed: it is copied. CPU seconds are user and system time of the program and of
all that it started, pandoc included; wall seconds are what a person waits; the peak is that of the
largest single process. Pin it to one core with `taskset -c 0` where the machine has others to do.
Modules are compiled before, as an installer compiles them: otherwise every run does it again where
PYTHONDONTWRITEBYTECODE is set, a quarter of a second.
"""

from __future__ import annotations

import argparse
import compileall
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from making import ROOT, make_project

PROBE = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
sys.stderr.write(done.stderr.decode(errors="replace")[-400:] if done.returncode else "")
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
sys.exit(done.returncode)
"""


def main() -> None:
    """Make the project, build it in each state, and print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("posts", nargs="?", type=int, default=1000)
    parser.add_argument("--formats", default="html")
    parser.add_argument("--project", type=Path)
    parser.add_argument("--pelican", type=Path, help="pelican's program, to be timed as well")
    given = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # our templates are compiled by the first run
    compileall.compile_dir(ROOT / "src", quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "project")
        if given.project:
            shutil.copytree(
                given.project, root, ignore=shutil.ignore_patterns(".pubtool", "public")
            )
        else:
            make_project(root, given.posts)
        posts = sorted((root / "posts").glob("*.md"))
        print(f"{len(posts)} posts, {given.formats}\n")
        print("| what | CPU s | CPU ms a post | wall s | peak MB |\n|---|---|---|---|---|")
        states(root, posts, given.formats)
        plain_pandoc(posts)
        if given.pelican:
            pelican(given.pelican, posts, Path(folder, "pelican"))


def states(root: Path, posts: Sequence[Path], formats: str) -> None:
    """Build a project as it is worked on, and print what each build costs."""
    build = [
        sys.executable,
        "-m",
        "pubtool",
        "--project",
        str(root),
        "-q",
        "build",
        "--to",
        formats,
    ]
    measure("cold: nothing is remembered", build, len(posts))
    time.sleep(2.1)  # a file that was just written is not known by its stamp
    measure("unchanged, the first time", build, len(posts))
    measure("unchanged", build, len(posts))
    append(posts[len(posts) // 2], "\nOne more line.\n")
    measure("one post edited", build, len(posts))
    retitle(posts[len(posts) // 3])
    measure("one title changed", build, len(posts))
    source = min((root / "sources").iterdir())
    append(source, "\nOne more line.\n")
    measure("one source edited", build, len(posts))
    shutil.rmtree(root / "public")
    measure("the output removed", build, len(posts))


def plain_pandoc(posts: Sequence[Path]) -> None:
    """Print what pandoc alone takes: a process for each post, no citations, no check."""
    listed = " ".join(map(str, posts))
    script = f"for post in {listed}; do pandoc -f commonmark_x -t html -s $post -o /dev/null; done"
    path = f"{pandoc_folder()}{os.pathsep}{os.environ['PATH']}"
    measure(
        "plain pandoc, a process a post", ["env", f"PATH={path}", "sh", "-c", script], len(posts)
    )


def pandoc_folder() -> Path:
    """Return the folder of the pandoc that pubtool runs."""
    from pubtool.system.pandoc import pandoc_path

    return pandoc_path().parent


def pelican(program: Path, posts: Sequence[Path], folder: Path) -> None:
    """Print what pelican takes for the same posts: Markdown to HTML with its stock theme."""
    content = folder / "content"
    content.mkdir(parents=True)
    for post in posts:
        content.joinpath(post.name).write_text(for_pelican(post.read_text("utf-8")), "utf-8")
    settings = folder / "settings.py"
    settings.write_text(
        "SITENAME = 'x'\nTIMEZONE = 'UTC'\nDEFAULT_LANG = 'en'\nLOAD_CONTENT_CACHE = False\n"
    )
    output = folder / "output"
    command = [str(program), str(content), "-s", str(settings), "-o", str(output), "-q"]
    measure("pelican", command, len(posts))


def for_pelican(text: str) -> str:
    """Return a post with the head that pelican reads; its tags and series become tags."""
    head, body = text.removeprefix("---\n").split("\n---\n", 1)
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    tags = fields.get("tags", "").strip("[]")
    return f"Title: {fields['title']}\nDate: {fields['date']}\nTags: {tags}\n\n{body}"


def measure(what: str, command: Sequence[str], posts: int) -> None:
    """Run a command and print a row of the table."""
    begin = time.perf_counter()
    probe = [sys.executable, "-c", PROBE, *command]
    done = subprocess.run(probe, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - begin
    if done.returncode:
        sys.exit(f"{what}: {done.stderr}")
    cpu, peak = map(float, done.stdout.split())
    print(
        f"| {what} | {cpu:.2f} | {1000 * cpu / posts:.1f} | {wall:.2f} | {peak:.0f} |", flush=True
    )


def append(path: Path, text: str) -> None:
    """Add a line to a file."""
    path.write_text(path.read_text("utf-8") + text, encoding="utf-8")


def retitle(path: Path) -> None:
    """Give a post another title."""
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"(?m)^title: ", "title: Another ", text, count=1), encoding="utf-8")


if __name__ == "__main__":
    main()
