"""What starting and checking the example series costs, beside what cannot be avoided.

The floor is measured in the same run: `pandoc --version`, and a process that imports every module
which a cold check has loaded when it ends. A cold check starts from a copy of the project without
caches; a warm one repeats it with nothing changed.
CPU seconds are user and system time of the process and its children (medians); wall seconds are
what a person waits. Numbers of two machines, or of one under two loads, do not compare: ratios do.
Modules are compiled before, as an installer compiles them.

    python benchmarks/startup.py [RUNS]
"""

from __future__ import annotations

import compileall
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
PARTS = ("pubtool.toml", "references.bib", "posts", "sources", "sources.lock")
"""What makes the example a project; `.pubtool/` and `public/` stay behind."""
PUBTOOL = (sys.executable, "-m", "pubtool")
PROBE = """
import contextlib, io, sys
sys.argv = ["pubtool", "--project", sys.argv[1], "check"]
with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())), contextlib.suppress(SystemExit):
    from pubtool.cli import main
    main()
print(*(name for name in sys.modules if name != "__main__"))
"""
"""Runs a check and prints the modules that are loaded afterwards, in the order of their loading."""
IMPORT = """
import contextlib, importlib, sys
for name in sys.argv[1:]:
    with contextlib.suppress(ImportError):
        importlib.import_module(name)
"""
HEAVY = "trafilatura bibtexparser typst pypdfium2 pypandoc yaml rapidfuzz lxml".split()


def cost(command: tuple[str, ...]) -> tuple[float, float]:
    """Return the CPU and wall seconds of one run; a status over 1 means that it could not run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode > 1:
        sys.exit(f"{' '.join(command)}\n{done.stderr.decode(errors='replace')}")
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, wall


def median(runs: int, measure: Callable[[], tuple[float, float]]) -> tuple[float, float]:
    """Return the medians of the CPU and the wall seconds of several runs."""
    results = [measure() for _ in range(runs)]
    return statistics.median(cpu for cpu, _ in results), statistics.median(w for _, w in results)


def copy_project(target: Path) -> Path:
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name)
        elif source.exists():
            shutil.copy(source, target / name)
    return target


def cold(folder: Path) -> Callable[[], tuple[float, float]]:
    """Return a measurement of `check` in a fresh copy of the project each time."""

    def measure() -> tuple[float, float]:
        with tempfile.TemporaryDirectory(dir=folder) as fresh:
            return cost((*PUBTOOL, "--project", str(copy_project(Path(fresh))), "check"))

    return measure


def loaded_by_check(folder: Path) -> list[str]:
    """Return every module that a cold `check` has loaded when it ends."""
    with tempfile.TemporaryDirectory(dir=folder) as fresh:
        project = copy_project(Path(fresh))
        command = (sys.executable, "-c", PROBE, str(project))
        done = subprocess.run(command, capture_output=True, check=True, text=True)
    return done.stdout.splitlines()[-1].split()


def loaded_by_help() -> list[str]:
    """Return the heavy modules that `pubtool --help` imports."""
    done = subprocess.run(
        (sys.executable, "-X", "importtime", *PUBTOOL[1:], "--help"),
        capture_output=True,
        check=True,
    )
    names = {line.rpartition(b"|")[2].strip().decode() for line in done.stderr.splitlines()}
    return sorted(names & set(HEAVY))


def pandoc() -> str:
    """Return the pandoc that pubtool would start."""
    code = "from pubtool.system.pandoc import pandoc_path; print(pandoc_path())"
    return subprocess.run(
        (sys.executable, "-c", code), capture_output=True, check=True, text=True
    ).stdout.strip()


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(ROOT / "src", quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder, "warm")
        project.mkdir()
        warm_check = (*PUBTOOL, "--project", str(copy_project(project)), "check")
        cost(warm_check)
        version = (pandoc(), "--version")
        imports = (sys.executable, "-c", IMPORT, *loaded_by_check(Path(folder)))
        rows = {
            "pandoc --version": median(runs, lambda: cost(version)),
            "imports of check": median(runs, lambda: cost(imports)),
            "pubtool --help": median(runs, lambda: cost((*PUBTOOL, "--help"))),
            "check, cold": median(runs, cold(Path(folder))),
            "check, warm": median(runs, lambda: cost(warm_check)),
        }
    print(f"medians of {runs} runs, seconds\n\n{'':20}{'CPU':>8}{'wall':>8}")
    for name, (cpu, wall) in rows.items():
        print(f"{name:20}{cpu:8.3f}{wall:8.3f}")
    floor = rows["pandoc --version"][0] + rows["imports of check"][0]
    print(f"\ncold over the floor: {rows['check, cold'][0] - floor:.3f} CPU (mark: at most 0.5)")
    print(f"warm: {rows['check, warm'][1]:.3f} wall (mark: at most 0.25)")
    print(f"heavy modules that --help imports: {', '.join(loaded_by_help()) or 'none'}")


if __name__ == "__main__":
    main()
