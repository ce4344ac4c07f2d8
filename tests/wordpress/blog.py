"""A project that is published on a test site by the command, as its author does it."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.pictures import picture
from tests.wordpress.project import pubtool, started
from tests.wordpress.site import Site

PASSWORD = "PUBTOOL_PASSWORD_BLOG"


@dataclass(frozen=True, slots=True)
class Run:
    """What the command said."""

    status: int
    output: str
    """What goes to standard output."""
    messages: str
    """What goes to standard error."""

    @property
    def said(self) -> str:
        return self.output + self.messages


@dataclass(frozen=True, slots=True)
class Blog:
    """A project whose site is called ``blog``."""

    folder: Path
    site: Site
    account: tuple[str, str]

    def write(self, name: str, text: str = "Words.", **front: str) -> Path:
        """Write ``posts/NAME.md``; front matter is given as YAML, underscores for hyphens."""
        given = {"title": name.capitalize(), "status": "publish", "date": "2026-05-03", **front}
        lines = "".join(f"{key.replace('_', '-')}: {value}\n" for key, value in given.items())
        path = self.folder / "posts" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{lines}---\n\n{text}\n", encoding="utf-8")
        return path

    def picture(self, name: str, shade: int = 0) -> Path:
        """Write a picture; each shade is another file to the site."""
        path = self.folder / "posts" / name
        path.write_bytes(picture(shade, size=(2, 2)))
        return path

    def publish(self, *arguments: str, password: str | None = None) -> Run:
        """Run ``pubtool publish blog`` without a question."""
        return self.run("publish", "blog", "--yes", *arguments, password=password)

    def run(self, *arguments: str, password: str | None = None) -> Run:
        given = self.account[1] if password is None else password
        return ran(pubtool(self.folder, *arguments, **{PASSWORD: given}))

    def killed_after(self, seconds: float) -> bool:
        """Start publishing and kill it after a while; return whether it was still going on."""
        environment = {PASSWORD: self.account[1]}
        with started(self.folder, "publish", "blog", "--yes", **environment) as process:
            try:
                process.wait(timeout=seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                return True
        return False

    def published(self, *arguments: str) -> Run:
        """Publish, and fail the test where that does not go well."""
        run = self.publish(*arguments)
        assert run.status == 0, run.said
        return run

    def remembered(self) -> str:
        """What the project remembers of the site."""
        return (self.folder / "published" / "blog.lock").read_text(encoding="utf-8")

    def forget(self) -> None:
        (self.folder / "published" / "blog.lock").unlink()


def ran(done: subprocess.CompletedProcess[str]) -> Run:
    """What a finished command said; a traceback is never an answer."""
    assert "Traceback" not in done.stderr, done.stderr
    return Run(done.returncode, done.stdout, done.stderr)


def blog(folder: Path, site: Site, account: tuple[str, str] | None = None) -> Blog:
    """Make a project without posts for a site, with the administrator's account by default."""
    who = account or (site.user, site.password)
    (folder / "posts").mkdir(parents=True)
    (folder / "pubtool.toml").write_text(
        f'[site]\ntitle = "A blog"\n\n[sites.blog]\nurl = "{site.url}"\nuser = "{who[0]}"\n',
        encoding="utf-8",
    )
    return Blog(folder, site, who)


def own_mark(content: str) -> str:
    """The mark by which pubtool knows a post again."""
    found = re.findall(r'"pubtool":"([0-9a-f-]{36})"', content)
    assert len(found) == 1, content
    return str(found[0])
