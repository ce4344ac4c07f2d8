"""What comes of hostile and damaged files as sources: how long each takes, and what is said.

    python -m benchmarks.hostile [SEED] [FILES]

Prints the slowest, whatever was no plain sentence, and how many gave a text, a reason, or a fault.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.hostile import hostile_files

from pubtool.model import Key, MissingText, Source
from pubtool.readers.lock import Lock
from pubtool.readers.sources.read import read_source


def main() -> None:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    outcomes, times = Counter[str](), list[tuple[float, str, str]]()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "project")
        (root / "sources").mkdir(parents=True)
        for number, (name, data) in enumerate(hostile_files(seed, count)):
            key = Key(f"k{number}")
            (root / "sources" / f"{key}.{name.rpartition('.')[2]}").write_bytes(data)
            start = time.perf_counter()
            try:
                found = read_source(Source(key, "book", "K"), root, Lock())
            except Exception as error:
                outcome, said = "fault", repr(error)
            else:
                missing = isinstance(found, MissingText)
                outcome = found.why.value if isinstance(found, MissingText) else "text"
                said = found.detail if isinstance(found, MissingText) else ""
                assert not missing or "\n" not in said, said
            outcomes[outcome] += 1
            times.append((time.perf_counter() - start, name, said))
        strangers = [path for path in Path(folder).rglob("*") if root not in (path, *path.parents)]
    for seconds, name, said in sorted(times, reverse=True)[:6]:
        print(f"{seconds:6.1f} s  {name}: {said}")
    print(f"{count} files: {dict(outcomes)}; {len(strangers)} files outside the project")


if __name__ == "__main__":
    main()
