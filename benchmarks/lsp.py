"""How long after a keystroke an editor has the diagnostics of `pubtool lsp`.

    PYTHONPATH=SRC:. python benchmarks/lsp.py PROJECT POST [KEYSTROKES]

SRC is the package's folder as an absolute path: the server runs in the project. PROJECT is one that
benchmarks/speed/prepare.py made, or any other; POST is one of its posts, such as `posts/long.md`.
Each keystroke is a didChange of one letter in one of its paragraphs, timed from the client's side
until the diagnostics of that version have come; the next one follows at once, so that the author
never pauses. Nothing is written to the post. The CPU time of a keystroke is the server's and its
pandoc's (Linux only); it hangs less on what else the machine does.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.lsp.client import Client


def main() -> None:
    root, path = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 200
    text, random = path.read_text("utf-8"), Random(1)
    lines = [n for n, line in enumerate(text.split("\n")) if len(line) > 40]
    with Client(root, "utf-32") as client:
        begin = time.perf_counter()
        uri = client.open(path, text)
        found = client.published(uri, 1)
        print(f"first diagnostics after {time.perf_counter() - begin:.2f} s: {len(found)}")
        took, before = [], cpu_seconds(client.server.pid)
        memory = [resident(client.server.pid)]
        for version in range(2, count + 2):
            place = {"line": random.choice(lines), "character": random.randrange(40)}
            change = {"range": {"start": place, "end": place}, "text": random.choice("aeint ")}
            begin = time.perf_counter()
            client.change(uri, version, change)
            client.published(uri, version)
            took.append(1000 * (time.perf_counter() - begin))
            if version % max(1, count // 4) == 1:
                memory.append(resident(client.server.pid))
        spent = {name: 1000 * (now - before.get(name, 0)) / count
                 for name, now in cpu_seconds(client.server.pid).items()}  # fmt: skip
        took.sort()
        p99 = took[min(len(took) - 1, round(0.99 * len(took)))]
        print(f"keystroke to diagnostics, {count}: p50 {statistics.median(took):.0f} ms, "
              f"p99 {p99:.0f} ms, most {took[-1]:.0f} ms")  # fmt: skip
        shares = ", ".join(f"{name} {cpu:.1f} ms" for name, cpu in spent.items())
        print(f"CPU a keystroke: {shares}; load of the machine {os.getloadavg()[0]:.1f}")
        print(
            "memory of the server, at each quarter:", " ".join(f"{mb:.0f}" for mb in memory), "MB"
        )
        client.leave()


def resident(pid: int) -> float:
    """Return the memory of a process in MB."""
    told = Path("/proc", str(pid), "status").read_text("utf-8").partition("VmRSS:")[2]
    return int(told.split()[0]) / 1024


def cpu_seconds(pid: int) -> dict[str, float]:
    """Return the CPU time of a process and of its children, by their names."""
    tick = os.sysconf("SC_CLK_TCK")
    spent = dict[str, float]()
    for folder in _with_children(pid):
        name, _, rest = (folder / "stat").read_text().partition(") ")
        fields = rest.split()
        spent[name.partition("(")[2]] = (int(fields[11]) + int(fields[12])) / tick
    return spent


def _with_children(pid: int) -> Iterator[Path]:
    folder = Path("/proc", str(pid))
    if folder.exists():
        yield folder
        for task in folder.glob("task/*/children"):
            for child in task.read_text().split():
                yield from _with_children(int(child))


if __name__ == "__main__":
    main()
