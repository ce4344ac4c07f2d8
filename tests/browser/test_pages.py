"""The built pages in a real browser: accessible, and no wider than the screen they are on.

Each page is opened in headless Chromium with axe-core and a probe written into a copy of it; the
probe leaves its findings in the document, and `--dump-dom` prints that. tests/system-needs.sh
installs both programs where it can.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome")
PROBE = """
<script>
addEventListener("load", async () => {
  const found = await axe.run(document, {resultTypes: ["violations"]});
  const report = {
    screen: document.documentElement.clientWidth,
    page: document.documentElement.scrollWidth,
    violations: found.violations.map(v => [v.id, v.nodes.map(n => n.html)]),
  };
  const place = document.createElement("pre");
  place.id = "probe";
  place.textContent = JSON.stringify(report);
  document.body.append(place);
});
</script>
"""
WIDTHS = {"phone": 390, "desktop": 1280}


@pytest.fixture(scope="module")
def browser() -> str:
    found = os.environ.get("PUBTOOL_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium; tests/system-needs.sh installs it where it can")
    if not AXE.exists():
        pytest.skip("no axe-core; tests/system-needs.sh installs it where it can")
    return found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The HTML pages of the example series, freshly built."""
    project = tmp_path_factory.mktemp("series")
    for name in ("posts", "sources"):
        shutil.copytree(ROOT / name, project / name)
    for name in ("pubtool.toml", "references.bib"):
        shutil.copy(ROOT / name, project)
    build = (sys.executable, "-m", "pubtool", "--project", str(project), "build", "--to", "html")
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return sorted((project / "public").rglob("*.html"))


def probe(browser: str, page: Path, width: int) -> dict[str, Any]:
    """Return what axe-core and the page's own measures say at a width in CSS pixels."""
    guarded = page.read_text(encoding="utf-8")  # the page lets no script run, nor ours
    text = re.sub(r"<meta http-equiv=.Content-Security-Policy.[^>]*>", "", guarded)
    script = f"<script>{AXE.read_text(encoding='utf-8')}</script>{PROBE}"
    probed = page.with_name(f"probed-{width}.html")
    probed.write_text(text.replace("</head>", script + "</head>", 1), encoding="utf-8")
    frame = page.with_name(f"frame-{width}.html")
    frame.write_text(frame_of(probed.name, width), encoding="utf-8")
    command = (browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
               "--allow-file-access-from-files", "--window-size=1400,1000",
               "--virtual-time-budget=20000", "--dump-dom", frame.as_uri())  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=90, check=True)
    found = re.search(r'<pre id="result">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found, f"{page.name}: the probe did not run"
    report: dict[str, Any] = json.loads(html.unescape(found.group(1)))
    return report


def frame_of(name: str, width: int) -> str:
    """A page that shows another at a width, since a headless window has a least one, and copies its
    probe's result out."""
    return f"""<!doctype html><title>frame</title>
<iframe id="f" src="{name}" style="width:{width}px;height:900px;border:0"></iframe>
<script>
const wait = setInterval(() => {{
  const found = document.getElementById("f").contentDocument?.getElementById("probe");
  if (!found) return;
  clearInterval(wait);
  const copy = document.createElement("pre");
  copy.id = "result";
  copy.textContent = found.textContent;
  document.body.append(copy);
}}, 50);
</script>"""


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_the_pages_of_the_series_pass_axe_and_fit_the_screen(
    browser: str, pages: list[Path], width: int
) -> None:
    assert len(pages) >= len(list((ROOT / "posts").glob("*.md")))
    for page in pages:
        report = probe(browser, page, width)
        assert report["violations"] == [], page.parent.name
        assert report["screen"] == width
        assert report["page"] <= width, f"{page.parent.name} scrolls sideways"


def test_the_probe_sees_a_bad_page(browser: str, tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text(
        '<!doctype html><html lang="en"><head><title>Bad</title></head>'
        '<body><main><h1>Bad</h1><img src="a.png"><div style="width:3000px">wide</div></main>',
        encoding="utf-8",
    )
    report = probe(browser, page, WIDTHS["phone"])
    assert "image-alt" in [name for name, _ in report["violations"]]
    assert report["page"] > WIDTHS["phone"]
