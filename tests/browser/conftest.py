"""Sites for the browser to look at, each built once by the program itself."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and says nothing of it."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the test's output to itself."""


@dataclass(frozen=True)
class Built:
    """A site as it was written, and where a server gives it out."""

    folder: Path
    url: str
    """Without a slash at its end."""

    @property
    def pages(self) -> dict[str, str]:
        """The address of each page, by its path in the folder."""
        names = sorted(f.relative_to(self.folder).as_posix() for f in self.folder.rglob("*.html"))
        return {name: f"{self.url}/{name}" for name in names}

    def post(self, slug: str) -> str:
        """The address of a post's page."""
        return f"{self.url}/{slug}/index.html"


@contextmanager
def served(project: Path, *options: str) -> Iterator[Built]:
    """Build a project's pages by the program itself, and serve them on this machine."""
    command = (sys.executable, "-m", "pubtool", "--project", str(project), "build", "--to", "html")
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    with given_out(project / "public") as built:
        yield built


@contextmanager
def given_out(folder: Path) -> Iterator[Built]:
    """Serve the files of a folder on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Built(folder, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The example series, as its readers get it."""
    project = tmp_path_factory.mktemp("example")
    for name in ("posts", "sources"):
        shutil.copytree(ROOT / name, project / name)
    for name in ("pubtool.toml", "references.bib"):
        shutil.copy(ROOT / name, project)
    with served(project) as built:
        yield built


@pytest.fixture(scope="session")
def showcase(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """A draft with every kind of page and of verdict, in several languages."""
    project = tmp_path_factory.mktemp("showcase") / "project"
    shutil.copytree(HERE / "showcase", project)
    with served(project, "--draft") as built:
        yield built


@pytest.fixture(scope="session")
def twenty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """A post of twenty quotations and twenty notes, as its readers get it."""
    project = tmp_path_factory.mktemp("twenty") / "project"
    shutil.copytree(HERE / "showcase", project)
    for post in (project / "posts").iterdir():
        if post.stem != "twenty":
            post.unlink()
    with served(project) as built:
        yield built


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker's script."""
    if not AXE.exists():
        pytest.skip("no axe-core; tests/system-needs.sh installs it where it can")
    return AXE.read_text(encoding="utf-8")
