"""How long after a save `pubtool serve` has the new page, and what it costs at rest.

    python benchmarks/serve.py PROJECT [EDITS]

PROJECT (one that benchmarks/building made, built once so that its posts are known) is copied. Each
edit adds a word to a post and is timed from the save until the page that a browser would reload
has it: the server's event, its answer about the page, and the page itself. A browser's own time to
draw it is not in the figure.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

REST = 20.0
"""Seconds over which the server is left alone."""


def main() -> None:
    """Serve the project, edit it, and print what was measured."""
    edits = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "project")
        shutil.copytree(sys.argv[1], root, ignore=shutil.ignore_patterns("public"))
        posts = sorted((root / "posts").glob("*.md"))
        command = (sys.executable, "-m", "pubtool", "--project", str(root), "serve", "--port", "0")
        server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert server.stderr is not None
        begin = time.perf_counter()
        port = int(re.search(r":(\d+)/", server.stderr.readline())[1])  # type: ignore[index]
        get(port, f"/{posts[0].stem}/")
        print(f"{len(posts)} posts; first page after {time.perf_counter() - begin:.2f} s")
        settle(port)
        print(f"all checked after {time.perf_counter() - begin:.1f} s")
        before = spent(server.pid)
        took = sorted(edit(port, posts[number * 7 % len(posts)], number) for number in range(edits))
        cpu = 1000 * (spent(server.pid) - before) / edits
        p95 = took[min(edits - 1, round(0.95 * edits))]
        print(f"an edit shows after {statistics.median(took):.2f} s (p50 of {edits}), "
              f"{p95:.2f} s (p95), {took[-1]:.2f} s at most; CPU an edit {cpu:.0f} ms")  # fmt: skip
        before = spent(server.pid)
        time.sleep(REST)
        share = 100 * (spent(server.pid) - before) / REST
        print(f"at rest {share:.2f} % of a core; memory {resident(server.pid):.0f} MB")
        server.terminate()
        server.wait()


def edit(port: int, post: Path, number: int) -> float:
    """Add a word to a post; return the seconds until its page has it."""
    get(port, f"/{post.stem}/")
    word = f"Newword{number}"
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as events:
        events.request("GET", "/-/events")
        stream = events.getresponse()
        stream.readline()
        stream.readline()
        post.write_text(f"{post.read_text('utf-8')}\n{word}.\n", encoding="utf-8")
        begin = time.perf_counter()
        while stream.readline():
            get(port, f"/-/state?at=/{post.stem}/")
            if word in get(port, f"/{post.stem}/"):
                return time.perf_counter() - begin
    sys.exit("the server has gone")


def settle(port: int) -> None:
    """Wait until every post is checked."""
    while '"waiting": 0,' not in get(port, "/-/state?at=/-/"):
        time.sleep(0.5)


def get(port: int, path: str) -> str:
    """Return what is answered."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=600)) as connection:
        connection.request("GET", path)
        return connection.getresponse().read().decode("utf-8", "replace")


def spent(pid: int) -> float:
    """Return the CPU seconds of a process, without its pandoc's."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    """Return the memory of a process in MB."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text("utf-8"))
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    main()
