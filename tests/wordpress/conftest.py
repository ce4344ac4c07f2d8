"""Real WordPress sites for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.wordpress.files import EDITIONS, Edition, Missing
from tests.wordpress.site import Site, running


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
