"""Posts of a few quotations each, and what `pubtool check` costs over all of them."""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

from sample import Labelled

QUOTATIONS = 3
"""In each post."""


def write_posts(project: Path, count: int, quotations: Sequence[Labelled]) -> None:
    """Write posts that take their quotations from a list, in turn."""
    for number in range(count):
        paragraphs = [
            f"On this it says there: “{quotations[at % len(quotations)].text}” "
            f"[@{quotations[at % len(quotations)].cited}]."
            for at in range(number * QUOTATIONS, (number + 1) * QUOTATIONS)
        ]
        (project / "posts" / f"post-{number:05}.md").write_text(_post(number, paragraphs))


_SENTENCE = re.compile(r"[A-Z][a-z][^.|`#<>*_\[\]\"“”@]{30,250}\.")
_OWN = 60
"""Words of its own that a long post has to each quotation, about."""


def write_long_post(
    project: Path, quotations: Sequence[Labelled], held_back: Sequence[str], seed: int
) -> None:
    """Write `posts/long.md` of some quotations, its own prose from documents held back."""
    random = Random(f"{seed} long post")
    sentences = [" ".join(s.split()) for text in held_back for s in _SENTENCE.findall(text)]
    parts = []
    for quotation in quotations:
        own = list[str]()
        while sum(len(sentence.split()) for sentence in own) < _OWN:
            own.append(random.choice(sentences))
        said = f"On this it says there: “{quotation.text}” [@{quotation.cited}]."
        parts.append(" ".join((*own[:1], said, *own[1:])))
    (project / "posts" / "long.md").write_text(_post(0, parts), encoding="utf-8")


def _post(number: int, paragraphs: Sequence[str]) -> str:
    head = f"---\ntitle: Post {number}\ndate: 2026-01-01\n---\n"
    return head + "".join(f"\n{paragraph}\n" for paragraph in paragraphs)


def check(project: Path) -> tuple[float, float]:
    """Return the CPU seconds (children included) and the wall seconds of one `pubtool check`."""
    command = (sys.executable, "-m", "pubtool", "--project", str(project), "check")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    wall = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode > 1:
        sys.exit(f"pubtool check could not run: {done.stderr.decode(errors='replace')}")
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return cpu, wall


def measure(project: Path) -> dict[str, tuple[float, float]]:
    """Return what a check costs without caches, with them, and after one post was edited."""
    shutil.rmtree(project / ".pubtool", ignore_errors=True)
    figures = {"cold": check(project), "warm": check(project)}
    first = min((project / "posts").glob("*.md"))
    first.write_text(first.read_text() + "\nOne more line.\n")
    figures["warm, one post edited"] = check(project)
    return figures
