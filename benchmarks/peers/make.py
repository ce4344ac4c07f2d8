"""Make the environment of the peers: the tools that pubtool is compared with.

    python benchmarks/peers/make.py [FOLDER]

FOLDER is `build/peers` by default. Each tool is installed by itself, so that one which cannot be
had is named in a line and the others are there all the same.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "build" / "peers"


def requirements() -> list[str]:
    """Return the pinned requirements, one a tool."""
    lines = (HERE / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    venv.create(folder, with_pip=True)
    pip = (str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install")
    for requirement in requirements():
        done = subprocess.run((*pip, "--quiet", requirement), capture_output=True, check=False)
        print(f"{requirement}: {'installed' if not done.returncode else 'cannot be installed'}")


if __name__ == "__main__":
    main()
