"""What publishing many posts on a real WordPress costs, twice, and killed on the way.

The site is that of the tests (`tests/wordpress`), the newest version, on loopback. Each post has an
image of its own, a note, a link to the next and a tag. Three things are measured: the first run,
the second run (which has nothing to send), and a first run that is killed at random moments and
started again each time; what the site holds after that is compared with what it held before.

    python benchmarks/publishing.py [POSTS] [KILLS]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.wordpress.blog import Blog, blog  # noqa: E402 (found by the line above)
from tests.wordpress.files import EDITIONS  # noqa: E402
from tests.wordpress.holding import holding  # noqa: E402
from tests.wordpress.site import running  # noqa: E402


def fill(project: Blog, posts: int) -> None:
    for number in range(posts):
        project.picture(f"dot-{number}.png", number)
        text = (
            f"Post {number}.[^1] See [the next](post-{(number + 1) % posts}.md).\n\n"
            f"![Dot {number}](dot-{number}.png)\n\n[^1]: Note {number}."
        )
        project.write(f"post-{number}", text, tags=f"[t{number % 7}]", series="The series")


def timed(project: Blog) -> tuple[float, int]:
    """Return the seconds of a run, and how many requests wanted to change something."""
    project.site.forget_requests()
    started = time.perf_counter()
    assert not project.killed_after(3600)
    return time.perf_counter() - started, len(project.site.writes())


def main(posts: int, kills: int) -> None:
    random.seed(posts)
    with tempfile.TemporaryDirectory() as folder, running(EDITIONS[-1]) as site:
        calm = blog(Path(folder) / "calm", site)
        fill(calm, posts)
        first, writes = timed(calm)
        print(f"{posts} posts with {posts} images, WordPress {site.version}, PHP {site.php}")
        print(f"first run   {first:7.1f} s, {writes} requests that write")
        second, writes = timed(calm)
        print(f"second run  {second:7.1f} s, {writes} requests that write")
        wanted = holding(site)
        site.reset()
        restless = blog(Path(folder) / "restless", site)
        fill(restless, posts)
        most = second + 2 * first / kills
        done = sum(restless.killed_after(random.uniform(0, most)) for _ in range(kills))
        timed(restless)
        same = "the same" if holding(site) == wanted else "NOT the same"
        print(f"killed {done} times and resumed: the site holds {same}")


if __name__ == "__main__":
    main(*(int(one) for one in [*sys.argv[1:], "200", "20"][:2]))
