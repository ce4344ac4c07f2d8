"""`publish` to a site that goes wrong in each way, at each step, one after the other.

Whatever happens on the way, in the end the site is what one undisturbed run makes of it.
"""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.cli.test_publish import POSTS, png
from tests.loopback import redirect
from tests.publishers.fake_site import (
    DROP,
    LOGIN_PAGE,
    FakeSite,
    Fault,
    after,
    answer,
    before,
    fake_site,
    noisy,
    truncated,
    wp_error,
)

from pubtool.cli import program

ROUTES = (
    "GET /posts", "GET /media", "GET /tags", "POST /tags", "POST /categories", "POST /media",
    "POST /media/*", "POST /posts", "POST /posts/*", "GET /posts/*",
)  # fmt: skip
"""What publishing asks, below the API's address; `tests/publishers/test_rest.py` has the rest."""
FAULTS: dict[str, Fault] = {
    "401": before(wp_error(401, "rest_not_logged_in", "You are not currently logged in.")),
    "404": before(answer("<title>Not found</title>", 404)),
    "409": before(wp_error(409, "conflict", "Somebody is editing.")),
    "429": before(answer("", 429, Retry_After="1")),
    "500 after": after(answer("", 500)),
    "502 after": after(answer("<h1>Bad Gateway</h1>", 502)),
    "HTML after": after(answer("<p>Hello</p>")),
    "login page": before(LOGIN_PAGE),
    "other host": before(redirect("https://evil.invalid/")),
    "truncated": truncated,
    "noisy": noisy,
    "dropped": before(DROP),
    "dropped after": after(DROP),
}


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)


def made(folder: Path) -> Path:
    """Return a new project of two posts."""
    root = folder / "project"
    (root / "posts").mkdir(parents=True)
    (root / "references.bib").touch()
    (root / "posts" / "red.png").write_bytes(png(255))
    for name, text in POSTS.items():
        (root / "posts" / f"{name}.md").write_text(text, encoding="utf-8")
    return root


def change(project: Path, step: int) -> None:
    """Write on: another image, tag and category in a post; where a step needs one, a new one."""
    (project / "posts" / "red.png").write_bytes(png(step))
    text = POSTS["first"].replace("[one, ", f"[t{step}, ").replace("[News]", f"[News {step}]")
    (project / "posts" / "first.md").write_text(text, encoding="utf-8")
    if ROUTES[step].endswith(" /posts"):
        new = f"---\ntitle: Number {step}\n---\n\nSee [the first](first.md).\n"
        (project / "posts" / f"number-{step}.md").write_text(new, encoding="utf-8")


def publish(project: Path, site: FakeSite, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """Publish, and return the exit status and all that was printed, which holds no secret."""
    settings = f'[sites.blog]\nurl = "{site.home}"\nuser = "{site.user}"\n'
    (project / "pubtool.toml").write_text(settings, encoding="utf-8")
    monkeypatch.setenv("PUBTOOL_PASSWORD_BLOG", site.password)
    result = CliRunner().invoke(
        program, ["-v", "--project", str(project), "publish", "blog", "--yes"]
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    logins = {one.headers.get("authorization", "") for one in site.requests} - {""}
    words = {site.password, *logins, *(login.split()[1] for login in logins)}
    assert not any(word in result.output for word in words)
    assert "Traceback" not in result.output
    said = result.exit_code, result.output
    del result
    gc.collect()  # here, since SQLite refuses to be closed by the server's thread
    return said


def state(site: FakeSite) -> dict[str, Any]:
    """The posts by their slugs, whatever the site's address and the numbers of what is on it."""
    media = {number: one["slug"] for number, one in site.media.items()}
    names = {kind: {n: one["name"] for n, one in by.items()} for kind, by in site.terms.items()}
    slugs = {number: post["slug"] for number, post in site.posts.items()}

    def content(text: str) -> str:
        text = re.sub(r"http://127\.0\.0\.1:\d+", "", text)
        text = re.sub(r"/\?p=(\d+)", lambda m: f"/{slugs[int(m[1])]}/", text)
        text = re.sub(r'"pubtool":"[^"]+"', '"pubtool":"ours"', text)
        return re.sub(r'(wp-image-|"id":)(\d+)', lambda m: m[1] + media[int(m[2])], text)

    posts = [
        {
            "content": content(post["content"]),
            "terms": [sorted(names[kind][n] for n in post[kind]) for kind in names],
            "featured": media.get(post["featured_media"]),
            **{key: post[key] for key in ("title", "slug", "status", "excerpt", "footnotes")},
        }
        for post in site.posts.values()
    ]
    return {post["slug"]: post for post in posts}


def doubles(site: FakeSite) -> list[str]:
    """What is on the site twice."""
    named = [f"post {post['title']}" for post in site.posts.values()]
    named += [f"image {one['data']!r}" for one in site.media.values()]
    named += [f"{kind} {one['name']}" for kind, by in site.terms.items() for one in by.values()]
    return [name for name in named if named.count(name) > 1]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What one run makes of an empty site, when all has been written."""
    root = made(tmp_path_factory.mktemp("undisturbed"))
    for step in range(len(ROUTES)):
        change(root, step)
    with pytest.MonkeyPatch.context() as monkeypatch, fake_site() as site:
        status, said = publish(root, site, monkeypatch)
        assert status == 0, said
        yield state(site)


@pytest.mark.parametrize("name", FAULTS)
def test_faults_at_every_step_leave_the_site_as_one_run_does(
    tmp_path: Path, undisturbed: dict[str, Any], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    project = made(tmp_path)
    with fake_site() as site:
        assert publish(project, site, monkeypatch)[0] == 0
        for step, route in enumerate(ROUTES):
            change(project, step)
            site.fault(route, FAULTS[name])
            status, said = publish(project, site, monkeypatch)
            assert status in (0, 1, 2), said
            assert site.faults.pop()[1] == [0, 0], f"{route} was not asked"
            assert doubles(site) == [], route
        status, said = publish(project, site, monkeypatch)
        assert status == 0, said
        assert state(site) == undisturbed
        writes = len(site.writes)
        assert publish(project, site, monkeypatch)[0] == 0
        assert len(site.writes) == writes, "the second run sends no write"
