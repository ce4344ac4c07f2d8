"""How long a library of many entries takes to load: cold, and from the cache.

    python benchmarks/bibliography.py [ENTRIES]

The library is made by chance; one post cites twenty of its entries. Each figure is of a process of
its own: wall and CPU seconds, its children (pandoc) included, less those of an empty library.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

_WORDS = (
    "lamp keeper harbour tower ship horn fog sea port oil night storm watch light signal coast "
    "pilot river trade law history treaty crime network early modern critical european"
).split()
_NAMES = "Orme Penrose Tregear Rowse Brückner Šimek Núñez Larsen Müller O'Brien Kunze Ito".split()
_LOAD = """
import sys
from pathlib import Path
from pubtool.pipeline.workspace import Workspace
from pubtool.system.config import find_project
with Workspace(find_project(Path(sys.argv[1]))) as workspace:
    print(len(workspace.bibliography.sources))
"""


def entry(number: int, random: Random) -> str:
    """Return an article as Zotero exports it."""
    title = " ".join(random.choices(_WORDS, k=random.randint(4, 12))).capitalize()
    names = [
        f"{random.choice(_NAMES)}, {random.choice('ABCDEFG')}." for _ in range(random.randint(1, 4))
    ]
    abstract = " ".join(random.choices(_WORDS, k=120))
    year = random.randint(1900, 2025)
    return f"""@article{{key{number},
  title = {{{title}: {{The}} {random.choice(_WORDS).capitalize()} {number}}},
  author = {{{" and ".join(names)}}},
  date = {{{year}-0{random.randint(1, 9)}}},
  journaltitle = {{Journal of {random.choice(_WORDS).capitalize()} Studies}},
  volume = {{{random.randint(1, 90)}}},
  pages = {{{number}--{number + 20}}},
  doi = {{10.1000/{number}}},
  abstract = {{{abstract}}},
  file = {{Full Text:files/{number}/a.pdf:application/pdf}}
}}
"""


def timed(root: Path) -> tuple[float, float]:
    """Return wall and CPU seconds of loading a project's bibliography."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", _LOAD, str(root)], check=True, stdout=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def project(root: Path, entries: int) -> Path:
    (root / "posts").mkdir(parents=True)
    random = Random(entries)
    library = "\n".join(entry(number, random) for number in range(entries))
    (root / "references.bib").write_text(library, encoding="utf-8")
    cited = " ".join(f"@key{random.randrange(entries)}" for _ in range(20)) if entries else ""
    (root / "posts/post.md").write_text(f"On {cited}.", encoding="utf-8")
    return root


def main() -> None:
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        empty = project(Path(folder, "empty"), 0)
        timed(empty)
        nothing = timed(empty)
        full = project(Path(folder, "full"), entries)
        for name in ("cold", "warm", "warm"):
            wall, cpu = timed(full)
            seconds = f"{wall - nothing[0]:.2f} s, {cpu - nothing[1]:.2f} s CPU"
            print(f"{entries} entries, {name}: {seconds}")


if __name__ == "__main__":
    main()
