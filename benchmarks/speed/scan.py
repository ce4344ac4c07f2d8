"""The plain way to look a quotation up: scan every source for its likest stretch. Prints JSON.

    python scan.py rapidfuzz|edlib PROJECT QUOTATIONS.json SECONDS

Run by a Python that has the library. A quotation counts as accepted from a likeness of 95 per cent
on; the sources are in small letters with single spaces, made so before the clock starts.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

LEAST = 95
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    return _SPACE.sub(" ", text.lower()).strip()


def by_rapidfuzz(quoted: str, texts: list[str]) -> bool:
    from rapidfuzz import fuzz

    best = 0.0
    for text in texts:
        best = max(best, fuzz.partial_ratio(quoted, text, score_cutoff=best))
    return best >= LEAST


def by_edlib(quoted: str, texts: list[str]) -> bool:
    import edlib

    most = len(quoted.encode()) * (100 - LEAST) // 100
    words = quoted.encode()  # bytes: edlib takes an alphabet of at most 256
    least = len(words)
    for text in texts:
        found = edlib.align(words, text.encode(), mode="HW", task="distance", k=least)
        distance = found["editDistance"]
        least = min(least, distance) if distance >= 0 else least
    return least <= most


WAYS: dict[str, Callable[[str, list[str]], bool]] = {"rapidfuzz": by_rapidfuzz, "edlib": by_edlib}


def main() -> None:
    way, project, quotations, seconds = sys.argv[1:]
    files = sorted((Path(project) / "sources").glob("*.txt"))
    texts = [plain(file.read_text(encoding="utf-8")) for file in files]
    data = json.loads(Path(quotations).read_text(encoding="utf-8"))
    begin = time.process_time()
    said: list[bool] = []
    for item in data:
        said.append(WAYS[way](plain(item["text"]), texts))
        if time.process_time() - begin > float(seconds):
            break
    print(json.dumps({"accepted": said, "seconds": time.process_time() - begin}))


if __name__ == "__main__":
    main()
