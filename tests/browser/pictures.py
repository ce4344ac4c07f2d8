"""Take the pictures of docs/pictures that show a post's page, and others to be looked at.

``python -m tests.browser.pictures`` writes the example post at three widths, light and dark, and
with a proof open; ``python -m tests.browser.pictures FOLDER`` writes the same of every post of the
showcase, whole, into a folder, for the eyes of whoever changes the stylesheet. The type is Noto
Serif from the package that the PDFs use, so that pictures differ by what was changed alone.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from PIL import Image
from tests.browser.conftest import HERE, ROOT, served
from tests.devtools import Page, browsing

PICTURES = ROOT / "docs" / "pictures"
POST = "what-the-cybercrime-convention-covers"
SIZES = {390: 844, 820: 1180, 1440: 1000}
COLOURS = 128
"""Enough for two inks, their edges and a highlight: a picture has some 60 KB."""
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>{folder}</dir>
</fontconfig>
"""


def use_our_type(folder: Path) -> None:
    """Let the browser that is started next find the type that the PDFs are set in."""
    package = find_spec("fontpkg_noto_serif")
    assert package is not None
    assert package.submodule_search_locations
    files = Path(next(iter(package.submodule_search_locations))) / "files"
    settings = folder / "fonts.conf"
    settings.write_text(FONTS.format(folder=files), encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(settings)


def shoot(page: Page, target: Path) -> None:
    """Write what the window shows, in few colours."""
    page.run("document.fonts.ready.then(() => 0)")
    raw = target.with_suffix(".raw")
    page.picture(raw)
    image = Image.open(io.BytesIO(raw.read_bytes())).convert("RGB")
    raw.unlink()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


def example(page: Page, url: str) -> None:
    """Write the pictures of docs/."""
    for width, height in SIZES.items():
        for scheme in ("light", "dark"):
            page.size(width, height)
            page.media(scheme=scheme)
            page.go(f"{url}/{POST}/index.html")
            shoot(page, PICTURES / f"page-{width}-{scheme}.png")
            if width == 1440 or (width, scheme) == (390, "light"):
                page.run("document.querySelector('#Mark12').scrollIntoView({block: 'center'})")
                page.click("#Mark12")
                shoot(page, PICTURES / f"proof-{width}-{scheme}.png")


def showcase(page: Page, url: str, names: list[str], folder: Path) -> None:
    """Write every post, whole, at each width and in each scheme."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        for width, height in SIZES.items():
            for scheme in ("light", "dark"):
                page.size(width, height)
                page.media(scheme=scheme)
                page.go(f"{url}/{name}")
                whole = page.run("document.documentElement.scrollHeight")
                page.size(width, min(int(whole), 6000))
                slug = name.removesuffix("/index.html").replace("/", "-")
                shoot(page, folder / f"{slug}-{width}-{scheme}.png")


def main(arguments: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        use_our_type(place)
        (place / "profile").mkdir()
        project = place / "project"
        if arguments:
            shutil.copytree(HERE / "showcase", project)
        else:
            for part in ("posts", "sources"):
                shutil.copytree(ROOT / part, project / part)
            for part in ("pubtool.toml", "references.bib"):
                shutil.copy(ROOT / part, project)
        options = ["--draft"] if arguments else []
        with served(project, *options) as built, browsing(place / "profile") as page:
            if arguments:
                showcase(page, built.url, list(built.pages), Path(arguments[0]))
            else:
                example(page, built.url)


if __name__ == "__main__":
    main(sys.argv[1:])
