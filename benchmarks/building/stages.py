"""Where the CPU of a cold build goes: pandoc's by request, our own by stage.

    python benchmarks/building/stages.py [POSTS]

Makes a project as `benchmarks/building` does and builds it to HTML in this process. A stage counts
all that it calls; what is indented is part of the line above it. Milliseconds a post. Linux only:
the kernel says what pandoc has used.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

from making import make_project

from pubtool.pipeline.building import build
from pubtool.pipeline.targets import BuildMode
from pubtool.system.config import find_project
from pubtool.system.pandoc import Pandoc

STAGES = """
pubtool.pipeline.building check_for_build
  pubtool.pipeline.library open_library
  pubtool.system.pandoc Pandoc.parse
    pubtool.system.dialect.stand_ins stand_in
    pubtool.system.pandoc read_dialect
  pubtool.readers.post read_post
  pubtool.checker.check check_post
    pubtool.checker.check find_borrowing
    pubtool.checker.check _check
  pubtool.pipeline.gathering prepare
    pubtool.writers.material sanitise
    pubtool.writers.material annotate
pubtool.pipeline.building Outputs.make
  pubtool.writers.material Desk.ready
    pubtool.writers.material resolve
  pubtool.writers.export.pages make_body
  pubtool.writers.html post_page
  pubtool.writers.export.evidence read_page
  pubtool.writers.export.evidence post_verification
pubtool.pipeline.building Outputs.write
""".strip("\n").splitlines()
"""A module and a function of it, as the module that calls it knows it."""

used: Counter[str] = Counter()


def main() -> None:
    """Make the project, build it, and print a table."""
    posts = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    for stage in STAGES:
        watch(stage)
    watch_pandoc()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "project")
        make_project(root, posts)
        begin = time.process_time()
        build(
            find_project(root.resolve()),
            formats=("html",),
            output=root / "public",
            mode=BuildMode.STRICT,
            progress=lambda *_: None,
        )
        used["all of Python"] = time.process_time() - begin
    for name in ("all of Python", *STAGES, *sorted(n for n in used if n.startswith("pandoc:"))):
        print(f"{1000 * used[name] / posts:8.2f}  {name}")


def watch(stage: str) -> None:
    """Have the calls of a function of ours timed, in Python's own CPU time."""
    module, _, path = stage.strip().partition(" ")
    *holder, name = path.split(".")
    place: Any = import_module(module)
    for part in holder:
        place = getattr(place, part)
    function: Callable[..., Any] = getattr(place, name)

    @wraps(function)
    def timed(*given: Any, **named: Any) -> Any:
        begin = time.process_time()
        try:
            return function(*given, **named)
        finally:
            used[stage] += time.process_time() - begin

    setattr(place, name, timed)


def watch_pandoc() -> None:
    """Have what pandoc uses for each kind of request counted."""
    exchange: Callable[..., bytes] = Pandoc._exchange

    def counted(self: Pandoc, process: Any, line: bytes, doing: str, limit: float) -> bytes:
        before = seconds_of(process.pid)
        answer = exchange(self, process, line, doing, limit)
        what = "reading a post" if doing.startswith("posts/") else doing
        used[f"pandoc: {what}"] += seconds_of(process.pid) - before
        return answer

    Pandoc._exchange = counted  # type: ignore[method-assign]


def seconds_of(process: int) -> float:
    """Return the CPU seconds that a process has used."""
    return int(Path(f"/proc/{process}/schedstat").read_text("ascii").split()[0]) / 1e9


if __name__ == "__main__":
    main()
