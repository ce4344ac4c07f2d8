"""Sites of the tests are in memory or on this machine, whatever proxies its environment names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.publishers.memory_site import MemorySite
from tests.publishers.pulling import MILL, POST, SETTINGS, publish

from pubtool.publishers.wordpress.plan import Kind
from pubtool.system.config import Project, find_project


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture
def site() -> MemorySite:
    return MemorySite()


@pytest.fixture
def project(tmp_path: Path, site: MemorySite) -> Project:
    """Return a project whose one post is on the site."""
    (tmp_path / "pubtool.toml").write_text(SETTINGS)
    (tmp_path / "references.bib").write_text(MILL)
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "a.md").write_text(POST)
    found = find_project(tmp_path)
    assert publish(found, site) == [Kind.CREATE]
    return found
