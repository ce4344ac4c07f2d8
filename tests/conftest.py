"""What every test shares: the switch that forbids skips, and golden files.

``PUBTOOL_NO_SKIPS=1`` (set by ``.ci/run``) turns each skipped test into a failed run, so that
a missing browser cannot pass for a working page; only what is marked ``unobtainable``, because no
registry has what it needs, may still be skipped. ``--accept`` (``make accept``) rewrites the golden
files; the diff is the review.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from tests.devtools import NoBrowser, Page, browsing

settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")  # a run says the same of the same commit, on any machine

Golden = Callable[[Path, str], None]
"""Compares a text with a golden file, or rewrites the file under ``--accept``."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the golden files")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Return a function that holds a text to the golden file at a path."""
    accept = bool(request.config.getoption("--accept"))

    def compare(path: Path, text: str) -> None:
        if accept:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
            return
        assert path.exists(), f"{path} is missing; `make accept` writes it"
        assert text == path.read_bytes().decode("utf-8")

    return compare


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The one browser of the run: to start it takes longer than to look at a page."""
    try:
        with browsing(tmp_path_factory.mktemp("profile")) as opened:
            yield opened
    except NoBrowser:
        pytest.skip("no Chromium; tests/system-needs.sh installs it where it can")


@pytest.fixture
def browser(chromium: Page) -> Iterator[Page]:
    """That browser, as at the beginning."""
    chromium.fresh()
    yield chromium
    chromium.fresh()  # a page that stays open goes on working


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if exitstatus == pytest.ExitCode.OK and forbidden_skips(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skips = forbidden_skips(terminalreporter.config)
    if skips:
        terminalreporter.section("skipped where nothing may be skipped", red=True, bold=True)
    for name in skips:
        terminalreporter.line(name)


def forbidden_skips(config: pytest.Config) -> list[str]:
    """Return what was skipped, whole modules included, although nothing may be."""
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("PUBTOOL_NO_SKIPS") or terminal is None:
        return []
    skipped = terminal.stats.get("skipped", [])
    return [report.nodeid for report in skipped if "unobtainable" not in report.keywords]
