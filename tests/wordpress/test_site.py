"""The test sites are what the other tests take them for."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.wordpress.files import EDITIONS
from tests.wordpress.site import Site, running

PARAGRAPH = "<!-- wp:paragraph -->\n<p>A <em>word</em>.</p>\n<!-- /wp:paragraph -->"


def test_the_editions_are_two_and_one_is_the_newest() -> None:
    assert [edition.newest for edition in EDITIONS] == [False, True]


def test_the_older_one_is_6_8_and_the_newest_is_later(wordpress: Site) -> None:
    number = tuple(int(part) for part in wordpress.version.split(".")[:2])
    assert (number > (6, 8)) if wordpress.newest else (number == (6, 8))


def test_a_fresh_site_has_no_posts_and_three_roles(wordpress: Site) -> None:
    assert wordpress.posts() == []
    for account in ((wordpress.user, wordpress.password), wordpress.author, wordpress.contributor):
        me = wordpress.rest("GET", "users/me?context=edit", account=account)
        role = "administrator" if account[0] == "admin" else account[0]
        assert me["roles"] == [role]
        assert ("unfiltered_html" in me["capabilities"]) == (role == "administrator")
        assert ("publish_posts" in me["capabilities"]) == (role != "contributor")


def test_a_reset_takes_posts_and_files_away_and_keeps_the_accounts(wordpress: Site) -> None:
    picture = (Path(__file__).parent / "dot.png").read_bytes()
    headers = {"Content-Type": "image/png", "Content-Disposition": "attachment; filename=dot.png"}
    media = wordpress.rest("POST", "media", body=picture, headers=headers)
    address = media["source_url"].removeprefix(wordpress.url)
    assert wordpress.ask("GET", address).body == picture
    wordpress.rest("POST", "posts", body={"title": "One", "content": PARAGRAPH})
    assert [method for method, _ in wordpress.writes()] == ["POST", "POST"]
    started = time.monotonic()
    wordpress.reset()
    assert time.monotonic() - started < 5  # measured: 0.1 s
    assert wordpress.writes() == []
    assert wordpress.posts() == []
    assert wordpress.ask("GET", address).status == 404


def test_a_published_post_is_shown(wordpress: Site) -> None:
    fields = {"title": "Shown", "status": "publish", "content": PARAGRAPH}
    post = wordpress.rest("POST", "posts", body=fields, account=wordpress.author)
    page = wordpress.ask("GET", post["link"].removeprefix(wordpress.url))
    assert page.status == 200
    assert b">A <em>word</em>.</p>" in page.body


def test_an_account_with_a_wrong_password_may_not_write(wordpress: Site) -> None:
    answer = wordpress.ask("POST", "/wp-json/wp/v2/posts", body={}, account=("admin", "wrong"))
    assert answer.status == 401


def test_a_second_run_beside_this_one_sees_nothing_of_it(wordpress: Site) -> None:
    wordpress.rest("POST", "posts", body={"title": "Mine", "status": "publish"})
    [edition] = [one for one in EDITIONS if one.newest == wordpress.newest]
    with running(edition) as other:
        assert other.url != wordpress.url
        assert other.posts() == []
    assert wordpress.posts() != []


def test_what_a_killed_run_leaves_is_removed_and_its_server_ends(wordpress: Site) -> None:
    [edition] = [one for one in EDITIONS if one.newest == wordpress.newest]
    script = (
        "import os, signal; from tests.wordpress.files import EDITIONS\n"
        "from tests.wordpress.site import running\n"
        f"with running(EDITIONS[{EDITIONS.index(edition)}]) as site:\n"
        "    print(site.folder, site.url, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=False
    )
    folder, url = done.stdout.split()
    assert Path(folder).exists()
    deadline = time.monotonic() + 10
    port = int(url.rpartition(":")[2])
    while answers(port):
        assert time.monotonic() < deadline, "the server of a killed run goes on"
        time.sleep(0.05)
    with running(edition):
        assert not Path(folder).exists()
    assert wordpress.folder.exists()


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
