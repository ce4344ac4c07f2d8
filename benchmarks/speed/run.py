"""How fast pubtool indexes, opens, locates and judges, over real text, beside two plain scans.

    python benchmarks/speed/run.py --size 10|100|1000 [--posts 10000] [--seed N] [--runs N]
                                   [--quotations N] [--peers FOLDER] [--scan-seconds N]

Prints Markdown tables. See README.md in the folder above.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from posts import QUOTATIONS, measure
from sample import SHARES, Labelled

HERE = Path(__file__).parent
DUE = {
    "exact": {"verbatim", "adapted"},
    "one word changed": {"altered", "absent"},
    "ellipsis": {"verbatim", "adapted"},
    "absent": {"absent"},
}
"""The verdicts that are right; the place is not looked at here, see the accuracy benchmark."""


def child(*arguments: str, python: str = sys.executable, script: str = "measure.py") -> dict:
    """Return what a measurement in a process of its own printed."""
    command = (python, str(HERE / script), *arguments)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(arguments)}\n{done.stderr}")
    return json.loads(done.stdout)


def index_table(project: Path, text: int, runs: int) -> str:
    """Return what indexing and opening cost, for so many bytes of text."""
    builds = []
    for _ in range(runs):
        drop_index(project)
        builds.append(child("build", str(project)))
    opens = [child("open", str(project)) for _ in range(runs)]
    seconds = statistics.median(build["seconds"] for build in builds)
    size = builds[-1]["index_bytes"]
    per_byte = f"{size / text:.2f}" if size else "- (in memory only)"
    opening = 1000 * statistics.median(found["seconds"] for found in opens)
    fresh = 1000 * statistics.median(found["fresh"] for found in opens)
    rows = (
        ("index, MB of text a second and core", runs, f"{text / 1e6 / seconds:.2f}"),
        ("index, bytes a byte of text", 1, per_byte),
        ("opening, ms", runs, f"{opening:,.1f}"),
        ("asking whether a source has changed, ms", runs, f"{fresh:,.1f}"),
        ("peak memory of indexing, MB", 1, f"{builds[-1]['peak_mb']:,.0f}"),
        ("private memory after opening, MB", 1, f"{opens[-1]['private_mb']:,.0f}"),
    )
    return "\n".join(["| | n | |", "|---|---|---|", *(f"| {a} | {n} | {b} |" for a, n, b in rows)])


def drop_index(project: Path) -> None:
    """Take away what a build left, so that the next one starts anew."""
    folder = project / ".pubtool"
    for file in sorted(folder.rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()


def judge_table(found: dict, quotations: Sequence[Labelled]) -> str:
    """Return how fast and how right each label is judged, by the medians of the runs."""
    lines = [
        "| label | n | right % | quotations a CPU second | median ms | 99th percentile ms |",
        "|---|---|---|---|---|---|",
    ]
    middle = [statistics.median(each) for each in zip(*found["seconds"], strict=True)]
    for label in ("all", *SHARES):
        rows = [n for n, q in enumerate(quotations[: len(middle)]) if label in ("all", q.label)]
        if not rows:
            continue
        right = sum(found["verdicts"][n] in DUE[quotations[n].label] for n in rows)
        times = sorted(middle[n] for n in rows)
        lines.append(
            f"| {label} | {len(rows)} | {100 * right / len(rows):.1f} | "
            f"{len(rows) / sum(times):,.1f} | {1000 * statistics.median(times):.2f} | "
            f"{1000 * times[int(0.99 * (len(times) - 1))]:.2f} |"
        )
    passes = [sum(run) for run in found["seconds"]]
    shown = ", ".join(f"{len(middle) / spent:,.1f}" for spent in passes)
    lines.append(f"\nEach pass over all {len(middle)}, quotations a CPU second: {shown}.")
    lines.append(
        f"Peak memory {found['peak_mb']:,.0f} MB, private (without mapped files) "
        f"{found['private_mb']:,.0f} MB."
    )
    return "\n".join(lines)


def scan_table(project: Path, file: Path, options: argparse.Namespace, made: list[Labelled]) -> str:
    """Return how fast and how right a plain scan is, with what it could do in its time."""
    lines = ["| scan | n | right % | quotations a CPU second |", "|---|---|---|---|"]
    ways = [("rapidfuzz", sys.executable)]
    if options.peers and has_edlib(options.peers / "bin" / "python"):
        ways.append(("edlib", str(options.peers / "bin" / "python")))
    for way, python in ways:
        found = child(
            way, str(project), str(file), str(options.scan_seconds), python=python, script="scan.py"
        )
        said = found["accepted"]
        pairs = zip(said, made, strict=False)
        right = sum(yes == (q.label in ("exact", "ellipsis")) for yes, q in pairs)
        speed = len(said) / found["seconds"]
        lines.append(f"| {way} | {len(said)} | {100 * right / len(said):.1f} | {speed:.2f} |")
    return "\n".join(lines)


def has_edlib(python: Path) -> bool:
    """Whether an environment has edlib; one that has not is named in a line."""
    command = (str(python), "-c", "import edlib")
    if python.exists() and not subprocess.run(command, capture_output=True, check=False).returncode:
        return True
    print("left out: edlib is not installed there\n")
    return False


def posts_table(project: Path, count: int) -> str:
    """Return what checking all posts costs as a process, cold and warm."""
    lines = [
        f"{count:,} posts of {QUOTATIONS} quotations, `pubtool check` as a process, one run each\n",
        "| | CPU s | wall s |",
        "|---|---|---|",
    ]
    for name, (cpu, wall) in measure(project).items():
        lines.append(f"| {name} | {cpu:,.1f} | {wall:,.1f} |")
    return "\n".join(lines)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=10, help="MB of text (10)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=3, help="of which medians are taken (3)")
    parser.add_argument("--quotations", type=int, default=1000)
    parser.add_argument("--judge-seconds", type=float, default=300, help="for all runs (300)")
    parser.add_argument("--posts", type=int, default=0, help="posts to check as a process (0)")
    parser.add_argument("--peers", type=Path, help="the environment that has edlib")
    parser.add_argument("--scan-seconds", type=float, default=60, help="for each scan (60)")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        numbers = map(str, (options.size, options.quotations, options.posts, options.seed))
        corpus = child(name, *numbers, script="prepare.py")
        project, file = folder / "project", folder / "quotations.json"
        made = [Labelled(**each) for each in json.loads(file.read_text(encoding="utf-8"))]
        copied = 100 * corpus["copied"] / corpus["size"]
        print(
            f"seed {options.seed}: {corpus['size'] / 1e6:,.1f} MB, {corpus['sources']:,} sources, "
            f"{100 - copied:.1f} % real text, {copied:.1f} % perturbed copies\n"
        )
        print(f"## Index\n\n{index_table(project, corpus['size'], options.runs)}\n", flush=True)
        found = child(
            "judge", str(project), str(file), str(options.runs), str(options.judge_seconds)
        )
        print(f"## Locating and judging\n\n{judge_table(found, made)}\n", flush=True)
        print(f"## Plain scans\n\n{scan_table(project, file, options, made)}\n", flush=True)
        if options.posts:
            print(f"## Posts\n\n{posts_table(project, options.posts)}\n")


if __name__ == "__main__":
    main()
