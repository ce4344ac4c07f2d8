"""One measurement in a process of its own, so that its memory is its own; prints JSON.

python measure.py build PROJECT
python measure.py open PROJECT
python measure.py judge PROJECT QUOTATIONS.json RUNS SECONDS
"""

from __future__ import annotations

import json
import re
import resource
import sys
from pathlib import Path

import engine

from pubtool.model import Verdict

CHUNK = 20
"""Quotations between two looks at the clock."""


def memory() -> dict[str, float]:
    """Return the peak of resident memory, and what is now resident without mapped files, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rollup = Path("/proc/self/smaps_rollup")
    private = 0.0
    if rollup.exists():
        found = re.search(r"^Anonymous:\s+(\d+) kB", rollup.read_text(), re.MULTILINE)
        private = int(found.group(1)) / 1024 if found else 0.0
    return {"peak_mb": peak, "private_mb": private}


def measure_build(project: Path) -> dict[str, object]:
    figures = engine.build(project)
    return {"seconds": figures.seconds, "index_bytes": figures.index_bytes, **memory()}


def measure_open(project: Path) -> dict[str, object]:
    _library, figures = engine.open_(project)
    return {"seconds": figures.opening, "fresh": figures.fresh, **memory()}


def measure_judge(project: Path, quotations: Path, runs: int, budget: float) -> dict[str, object]:
    """Return the seconds of each quotation in each run, and the verdicts of the first.

    The first run stops when its share of the budget is spent; the others judge the same ones.
    """
    library, _ = engine.open_(project)
    data = json.loads(quotations.read_text(encoding="utf-8"))
    made = [engine.quotation(n, item["text"], item["cited"]) for n, item in enumerate(data)]
    first: list[tuple[Verdict, float]] = []
    while len(first) < len(made) and sum(spent for _, spent in first) < budget / runs:
        first += engine.judge_all(library, made[len(first) : len(first) + CHUNK])
    seconds = [[spent for _, spent in first]]
    for _ in range(runs - 1):
        judged = engine.judge_all(library, made[: len(first)])
        seconds.append([spent for _, spent in judged])
    verdicts = [verdict.kind.value for verdict, _ in first]
    return {"seconds": seconds, "verdicts": verdicts, **memory()}


def main() -> None:
    what, project, *rest = sys.argv[1:]
    if what == "build":
        found = measure_build(Path(project))
    elif what == "open":
        found = measure_open(Path(project))
    else:
        found = measure_judge(Path(project), Path(rest[0]), int(rest[1]), float(rest[2]))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
