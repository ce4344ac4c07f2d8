"""How long PDF files take to be read, beside pdftotext on the same files in the same run.

    python -m benchmarks.extraction.speed [SEED] [FILES]

CPU seconds of both, a process's start left out of neither: pubtool reads all files in one confined
process, as it does in a check; pdftotext is a process for each.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from random import Random

from benchmarks.extraction import manuals

from pubtool.readers.sources.extracted import Unusable
from pubtool.readers.sources.pdf import read_pdf
from pubtool.system.confined import confined


def cpu() -> float:
    """Return the CPU seconds of this process and of its children that have ended."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime


def main() -> None:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    files = manuals.find(Random(seed), count)
    pages = 0
    before = cpu()
    for path in files:
        try:
            pages += read_pdf(path.read_bytes(), path.name).text.count("\f") + 1
        except Unusable as error:
            print(error)
    confined().close()
    ours = cpu() - before
    before = cpu()
    for path in files:
        command = ["pdftotext", str(path), "-"]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    theirs = cpu() - before
    print(f"{len(files)} files, {pages} pages")
    print(f"pubtool   {ours:6.2f} s CPU, {1000 * ours / pages:.1f} ms a page")
    print(f"pdftotext {theirs:6.2f} s CPU, {1000 * theirs / pages:.1f} ms a page")
    print(f"ratio     {ours / theirs:6.2f}")


if __name__ == "__main__":
    main()
