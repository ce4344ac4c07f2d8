"""How long `pubtool review` takes to open, to show the next quotation, and to save a decision.

    python benchmarks/review.py PROJECT [QUOTATIONS]

PROJECT (one that benchmarks/building made) is copied and checked once, so that its verdicts are
known: what is timed is a new process. *Opens* is from the start of the program until the list of
posts was answered, *all counted* until no post of it is still being looked up. *Next* is from the
request for a quotation's page until all of it was read, *saved* from the request that accepts a
quotation until its answer. A browser's own time to draw is in none of them, nor the picture of a
source's page, which comes after the page.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from html import unescape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.reviewing import Desk, form, reviewing


def main() -> None:
    """Review the project, and print what was measured."""
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "project")
        shutil.copytree(sys.argv[1], root, ignore=shutil.ignore_patterns("public"))
        check = (sys.executable, "-m", "pubtool", "--project", str(root), "check")
        subprocess.run(check, stdout=subprocess.DEVNULL, check=False)
        begin = time.perf_counter()
        with reviewing(root) as desk:
            page = desk.get("/").text
            opened = time.perf_counter() - begin
            while "still being checked" in page:
                page = desk.get("/").text
            posts = len([*(root / "posts").rglob("*.md")])
            print(f"{posts} posts: opens in {opened:.2f} s, "
                  f"all counted after {time.perf_counter() - begin:.2f} s")  # fmt: skip
            paths = walk(desk, count)
            tell("next", [timed(desk, path) for path in paths])
            tell("the same again", [timed(desk, path) for path in paths])
            tell("saved", [saved(desk, path) for path in paths])


def walk(desk: Desk, count: int) -> list[str]:
    """Return the addresses of so many quotations, as the posts' pages have them."""
    paths = list[str]()
    for post in re.findall(r'href="(/post/[^"]+)"', desk.get("/?show=all").text):
        page = desk.get(unescape(post)).text
        paths += map(unescape, dict.fromkeys(re.findall(r'href="(/quotation/[^"]+)"', page)))
        if len(paths) >= count:
            break
    return paths[:count]


def timed(desk: Desk, path: str) -> float:
    """Return the milliseconds until a page was read."""
    begin = time.perf_counter()
    desk.get(path)
    return 1000 * (time.perf_counter() - begin)


def saved(desk: Desk, path: str) -> float:
    """Return the milliseconds until an accepted quotation was answered."""
    fields = form(desk.get(path).text, "accept")
    begin = time.perf_counter()
    answer = desk.post("/accept", fields)
    assert answer.status == 303, answer.text
    return 1000 * (time.perf_counter() - begin)


def tell(name: str, took: Sequence[float]) -> None:
    """Print the median and the ends of some times."""
    ordered = sorted(took)
    late = ordered[int(0.99 * (len(ordered) - 1))]
    print(f"{name}: median {statistics.median(ordered):.0f} ms, 99 % below {late:.0f} ms, "
          f"at most {ordered[-1]:.0f} ms ({len(ordered)})")  # fmt: skip


if __name__ == "__main__":
    main()
