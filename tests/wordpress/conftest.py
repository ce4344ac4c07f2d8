"""Real WordPress sites for the tests of this folder."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.wordpress.files import EDITIONS, Edition, Missing
from tests.wordpress.project import pubtool
from tests.wordpress.site import PHP, Site, need_php, running

HERE = Path(__file__).parent


@pytest.fixture(scope="session", params=EDITIONS, ids=lambda edition: edition.name)
def server(request: pytest.FixtureRequest) -> Iterator[Site]:
    """A server for the whole run; skips what needs it where the machine cannot have one."""
    edition: Edition = request.param
    try:
        with running(edition) as site:
            yield site
    except Missing as missing:
        pytest.skip(
            f"no WordPress {edition.name}: missing {missing}; "
            "tests/system-needs.sh installs it where it can"
        )


@pytest.fixture(scope="module")
def wordpress(server: Site) -> Site:
    """A WordPress as it is after installation, of each edition in turn."""
    server.reset()
    return server


@pytest.fixture(scope="session")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The import file of showcase/, freshly built."""
    project = tmp_path_factory.mktemp("exported") / "showcase"
    shutil.copytree(HERE / "showcase", project)
    done = pubtool(project, "build", "--draft", "--to", "wordpress")
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "public" / "wordpress" / "posts.xml"


@pytest.fixture(scope="session")
def exported(export: Path) -> dict[str, Any]:
    """What PHP reads in that file, in the way of WordPress's importer."""
    try:
        need_php()
    except Missing as missing:
        pytest.skip(f"no {missing}; tests/system-needs.sh installs it where it can")
    done = subprocess.run(
        ["php", str(PHP / "read_wxr.php"), str(export)], capture_output=True, text=True, check=True
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told
