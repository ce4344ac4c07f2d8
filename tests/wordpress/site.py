"""A WordPress that runs: PHP's own server on loopback, with a database for this run alone.

Runs share WordPress's files and a database as it is after installation, which each copies; so
several can go on side by side, and `Site.reset` is the copying of one file. A run's folder is
locked while it lasts: the folders of killed runs are known by their open locks and removed. The
server ends with the process that started it, however that ends, since it watches a pipe.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.wordpress.files import Edition, Missing, locked

PHP = Path(__file__).parent / "php"
EXTENSIONS = ("pdo_sqlite", "dom", "mbstring", "curl", "gd")
DATABASE = ".ht.sqlite"
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
SERVER = (
    'php -d opcache.enable_cli=1 -d upload_max_filesize=64M -d post_max_size=64M -S "$1" -t "$2" '
    '"$3" & cat >/dev/null; trap "" TERM; kill -TERM 0'
)
"""Ends itself and the server's workers once its standard input is closed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site said to one request."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Site:
    """A running WordPress."""

    url: str
    """Its home, without a slash at the end."""
    version: str
    """WordPress's own, such as ``6.8.12``."""
    newest: bool
    """Whether it is the newest that can be had: the one that pubtool's blocks aim at."""
    php: str
    """PHP's version."""
    htdocs: Path
    """WordPress's files; shared with other runs."""
    folder: Path
    """What this run writes."""
    fresh: Path
    """The database as it is after installation."""
    login: str
    """The password of `user` in the browser."""
    accounts: Mapping[str, str]
    """Application passwords by account name, which is its role's too."""

    @property
    def user(self) -> str:
        """The administrator."""
        return "admin"

    @property
    def password(self) -> str:
        """The administrator's application password."""
        return self.accounts["admin"]

    @property
    def author(self) -> tuple[str, str]:
        """Name and application password: publishes own posts, writes no unfiltered HTML."""
        return "author", self.accounts["author"]

    @property
    def contributor(self) -> tuple[str, str]:
        """Name and application password: writes drafts, publishes and uploads nothing."""
        return "contributor", self.accounts["contributor"]

    @property
    def uploads(self) -> Path:
        return self.htdocs / "wp-content" / "uploads" / self.folder.name

    def reset(self) -> None:
        """Put the site back to what it was after installation."""
        database = self.folder / "database"
        database.mkdir(exist_ok=True)
        copy = self.folder / "database.new"
        shutil.copyfile(self.fresh, copy)
        for left in database.glob(DATABASE + "-*"):  # journals of the database that goes
            left.unlink()
        copy.replace(database / DATABASE)
        shutil.rmtree(self.uploads, ignore_errors=True)
        self.uploads.mkdir()
        self.forget_requests()

    def ask(
        self,
        method: str,
        address: str,
        *,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        account: tuple[str, str] | None = None,
    ) -> Answer:
        """Return the answer to a request, whatever its status; redirects are followed.

        `address` starts with a slash; a `body` that is not bytes goes as JSON. Asked with urllib,
        so that a fault of our own client cannot hide itself.
        """
        sent = dict(headers or {})
        if account:
            sent["Authorization"] = "Basic " + base64.b64encode(":".join(account).encode()).decode()
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        request = urllib.request.Request(self.url + address, body, sent, method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=60) as answer:
                named = {name.lower(): value for name, value in answer.headers.items()}
                return Answer(answer.status, named, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                named = {name.lower(): value for name, value in error.headers.items()}
                return Answer(error.code, named, error.read())

    def rest(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        account: tuple[str, str] | None = None,
    ) -> Any:
        """Return the JSON of ``/wp-json/wp/v2/PATH``, asked as the administrator by default.

        Fails the test where the site refuses.
        """
        asked_as = account or (self.user, self.password)
        address = f"/wp-json/wp/v2/{path.lstrip('/')}"
        answer = self.ask(method, address, body=body, headers=headers, account=asked_as)
        assert answer.status < 400, f"{method} {address}: {answer.status} {answer.body[:500]!r}"
        return answer.json

    def posts(self, query: str = "") -> list[dict[str, Any]]:
        """The first hundred posts by id, of any status but the trash's, in the edit context."""
        listed = self.rest(
            "GET", f"posts?context=edit&status=any&per_page=100&orderby=id&order=asc&{query}"
        )
        assert isinstance(listed, list)
        return listed

    def requests(self) -> list[tuple[str, str]]:
        """Method and address of each request since the last `reset` or `forget_requests`."""
        lines = (self.folder / "requests.log").read_text(encoding="utf-8").splitlines()
        return [(method, address) for method, _, address in (one.partition(" ") for one in lines)]

    def writes(self) -> list[tuple[str, str]]:
        """Those requests that ask for a change."""
        return [one for one in self.requests() if one[0] in WRITES]

    def forget_requests(self) -> None:
        (self.folder / "requests.log").write_text("", encoding="utf-8")

    def run_php(self, script: Path, *arguments: str) -> str:
        """Return what a script of ours prints, run against this site; it is given HTDOCS first."""
        return php(script, self.htdocs, self.folder, self.url, *arguments)


def php(script: Path, htdocs: Path, folder: Path, url: str, *arguments: str) -> str:
    done = subprocess.run(
        ["php", str(script), str(htdocs), *arguments],
        env=environment(folder, url),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def environment(folder: Path, url: str) -> dict[str, str]:
    """What the settings in config.php read."""
    return os.environ | {
        "PUBTOOL_WP_RUN": str(folder),
        "PUBTOOL_WP_URL": url,
        "PHP_CLI_SERVER_WORKERS": "4",
    }


def need_php() -> None:
    """Raise Missing where there is no PHP, or one without what WordPress needs."""
    if shutil.which("php") is None:
        raise Missing("php-cli")
    listed = subprocess.run(["php", "-m"], capture_output=True, text=True, check=True).stdout
    wanting = [one for one in EXTENSIONS if one not in listed.split()]
    if wanting:
        raise Missing("PHP's extensions " + ", ".join(wanting))


def installed(edition: Edition) -> tuple[Path, dict[str, Any]]:
    """Return an edition's fresh database and accounts; installs it the first time."""
    digest = hashlib.sha256(edition.version.encode())
    for name in ("config.php", "install.php"):
        digest.update((PHP / name).read_bytes())
    fresh = edition.folder / f"fresh-{digest.hexdigest()[:12]}.sqlite"
    told = fresh.with_suffix(".json")
    with locked(edition.folder):
        if not told.exists():
            for old in edition.folder.glob("fresh-*"):
                old.unlink()
            shutil.copyfile(PHP / "config.php", edition.htdocs / "wp-config.php")
            with tempfile.TemporaryDirectory(dir=edition.folder) as making:
                folder = Path(making)
                (folder / "database").mkdir()
                text = php(PHP / "install.php", edition.htdocs, folder, "http://127.0.0.1")
                (folder / "database" / DATABASE).replace(fresh)
            told.write_text(text, encoding="utf-8")  # last: it says that the database is complete
    return fresh, json.loads(told.read_text(encoding="utf-8"))


@contextmanager
def running(edition: Edition) -> Iterator[Site]:
    """Yield a site of an edition, as it is after installation; it ends with the block.

    Raises Missing where the machine has no PHP or not the edition's files.
    """
    need_php()
    if not edition.htdocs.exists():
        raise Missing("its files")
    fresh, told = installed(edition)
    with run_folder(edition) as folder, served(edition, folder) as url:
        site = Site(
            url=url,
            version=edition.version,
            newest=edition.newest,
            php=told["php"],
            htdocs=edition.htdocs,
            folder=folder,
            fresh=fresh,
            login=told["login"],
            accounts=told["accounts"],
        )
        site.reset()
        wait_for(site)
        yield site


@contextmanager
def run_folder(edition: Edition) -> Iterator[Path]:
    """Yield a folder for what one run writes, and remove those that killed runs have left."""
    runs = edition.folder / "runs"
    uploads = edition.htdocs / "wp-content" / "uploads"
    with locked(runs):
        for left in runs.glob("run-*"):
            with (left / "lock").open("w") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                remove(left, uploads)
        folder = Path(tempfile.mkdtemp(prefix="run-", dir=runs))
        lock = (folder / "lock").open("w")
        fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        lock.close()
        remove(folder, uploads)


def remove(folder: Path, uploads: Path) -> None:
    shutil.rmtree(uploads / folder.name, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def served(edition: Edition, folder: Path) -> Iterator[str]:
    """Yield the address of a server on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"127.0.0.1:{free.getsockname()[1]}"
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            ["sh", "-c", SERVER, "sh", place, str(edition.htdocs), str(PHP / "router.php")],
            cwd=edition.htdocs,
            env=environment(folder, f"http://{place}"),
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,  # a group of its own, so that it can end as one
        )
    try:
        yield f"http://{place}"
    finally:
        assert server.stdin
        server.stdin.close()
        server.wait(timeout=20)


def wait_for(site: Site) -> None:
    """Return once a site answers; its server's own words where it does not."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            if site.ask("GET", "/wp-json/").status == 200:
                site.forget_requests()
                return
        except OSError:
            time.sleep(0.02)
    raise AssertionError((site.folder / "server.log").read_text(encoding="utf-8"))
