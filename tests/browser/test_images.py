"""Images in a real browser: it takes the size that it needs, and nothing moves when it comes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.devtools import Page
from tests.pictures import picture

POST = """---
title: Images
status: publish
date: 2026-05-03
---

Words before.

![One](a.png)

![Two](b.jpg)

![Half](a.png){width=50%}

Words after.
"""
MEASURE = "[...document.images].map(i => [i.currentSrc.split('/').pop(), i.width, i.height])"
SHIFTS = """new Promise(done => new PerformanceObserver(all => done(
  all.getEntries().reduce((sum, entry) => sum + entry.value, 0)
)).observe({type: "layout-shift", buffered: true}) || setTimeout(() => done(0), 300))"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("images")
    (project / "posts").mkdir()
    (project / "posts" / "a.md").write_text(POST, encoding="utf-8")
    (project / "posts" / "a.png").write_bytes(picture(90, size=(2400, 1200)))
    (project / "posts" / "b.jpg").write_bytes(picture(90, "JPEG", size=(700, 400)))
    (project / "references.bib").touch()
    build = (sys.executable, "-m", "pubtool", "--project", str(project), "build", "--to", "html")
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "public" / "a" / "index.html"


@pytest.mark.parametrize(
    ("width", "scale", "taken"),
    [
        (390, 1, ["a.480w.png", "b.480w.jpg", "a.480w.png"]),
        (390, 3, ["a.1440w.png", "b.jpg", "a.1440w.png"]),
        (1280, 1, ["a.960w.png", "b.jpg", "a.960w.png"]),
        (1280, 2, ["a.1440w.png", "b.jpg", "a.1440w.png"]),
    ],
)
def test_the_size_that_the_window_needs_is_taken(
    width: int, scale: int, taken: list[str], page: Path, browser: Page
) -> None:
    browser.size(width, 4000, scale)
    browser.go(page.as_uri())
    browser.wait("[...document.images].every(image => image.complete)")
    assert [name for name, _, _ in browser.run(MEASURE)] == taken


@pytest.mark.parametrize("width", [320, 390, 600, 700, 900, 1280, 2560])
def test_what_is_promised_of_the_width_is_so(width: int, page: Path, browser: Page) -> None:
    browser.size(width, 900)
    browser.go(page.as_uri())
    shown = browser.run(MEASURE)[0][1]
    promised = 640 if width >= 672 else width * 0.9
    assert shown <= promised * 1.02, "else it would be coarse"
    assert shown >= promised * 0.9


def test_nothing_moves_when_an_image_comes(page: Path, browser: Page) -> None:
    browser.size(390, 800)
    browser.go(page.as_uri())
    assert browser.run(SHIFTS) == 0
    for _, width, height in browser.run(MEASURE):
        assert width > 0
        assert 1.7 < width / height < 2.1
