"""`pull --images`: the images that imported posts show, from a server on loopback to the files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.loopback import Site, answer, redirect, serve

from pubtool.cli import program
from pubtool.system.files import sha256

PNG = b"\x89PNG\r\n\x1a\n rest"
GIF = b"GIF89a rest"


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as running:
        yield running


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "posts").mkdir()
    (tmp_path / "references.bib").touch()
    return tmp_path


def run(project: Path, *arguments: str) -> Result:
    given = ["--project", str(project), "pull", "--images", "--allow-host", "127.0.0.1", *arguments]
    return CliRunner().invoke(program, given)


def write(project: Path, text: str, *urls: str) -> Path:
    post = project / "posts" / "a.md"
    post.write_text(text, encoding="utf-8")
    (project / "posts" / "images.txt").write_text("".join(f"{url}\n" for url in urls))
    return post


def test_each_image_is_fetched_once_and_the_posts_lead_to_it(project: Path, site: Site) -> None:
    site.routes = {
        "/A%20lamp(1).png": answer(PNG),
        "/moved": redirect("/b.gif"),
        "/b.gif": answer(GIF),
        "/copy.gif": answer(GIF),
    }
    one, moved, copy = map(site.url, ("/A%20lamp(1).png", "/moved", "/copy.gif"))
    post = write(
        project,
        f'---\ntitle: A\nimage: "{one}"\n---\n\n![a](<{one}> "c") [![b]({moved})]({moved}x)\n\n'
        f"![]({copy}) {copy}\n",
        *(one, moved, copy),
    )
    result = run(project)
    assert result.exit_code == 0, result.output
    assert result.output == "3 images fetched, 0 not\n"
    png = f"images/a-lamp-1-{sha256(PNG)[:12]}.png"
    gif = f"images/moved-{sha256(GIF)[:12]}.gif"
    assert post.read_text(encoding="utf-8") == (
        f'---\ntitle: A\nimage: {png}\n---\n\n![a]({png} "c") [![b]({gif})]({moved}x)\n\n'
        f"![]({gif}) {copy}\n"
    )
    assert (project / "posts" / png).read_bytes() == PNG
    assert len(list((project / "posts" / "images").iterdir())) == 2
    assert (project / "posts" / "images.txt").read_text() == ""
    asked = len(site.paths)
    assert run(project).output == "no image to fetch\n"
    assert len(site.paths) == asked


def test_a_dry_run_asks_nobody(project: Path, site: Site) -> None:
    write(project, "", site.url("/a.png"), site.url("/b.png"))
    result = run(project, "--dry-run")
    assert (result.exit_code, result.output, site.paths) == (0, "2 images to fetch\n", [])


def test_an_image_that_was_named_by_what_it_holds_keeps_its_name(project: Path, site: Site) -> None:
    name = f"a-{sha256(PNG)[:12]}.png"
    site.routes = {f"/{name}": answer(PNG)}
    write(project, f"![a]({site.url(f'/{name}')})\n", site.url(f"/{name}"))
    assert run(project).exit_code == 0
    assert (project / "posts" / "images" / name).is_file()


def test_what_is_no_image_stays_where_it_is(project: Path, site: Site) -> None:
    site.routes = {"/a.png": answer(b"<html>Not found</html>"), "/b.png": answer(b"", 404)}
    urls = [site.url("/a.png"), site.url("/b.png")]
    text = f"![a]({urls[0]}) ![b]({urls[1]})\n"
    post = write(project, text, *urls)
    result = run(project)
    assert result.exit_code == 2
    assert "what stands there is no image" in result.output
    assert result.output.endswith("0 images fetched, 2 not\n")
    assert post.read_text() == text
    assert (project / "posts" / "images.txt").read_text().split() == urls
    assert not (project / "posts" / "images").exists()


def test_an_address_of_this_machine_is_not_asked_unless_it_is_named(
    project: Path, site: Site
) -> None:
    site.routes = {"/a.png": answer(PNG)}
    write(project, "x\n", site.url("/a.png"))
    given = ["--project", str(project), "pull", "--images"]
    result = CliRunner().invoke(program, given)
    assert result.exit_code == 2
    assert site.asked == []


def test_a_site_or_images_must_be_named(project: Path) -> None:
    result = CliRunner().invoke(program, ["--project", str(project), "pull"])
    assert result.exit_code == 2
    assert "--images" in result.output
