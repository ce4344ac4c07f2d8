"""Scans, with the real recogniser: read once, when they are added, and then by everybody alike."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import img2pdf
import pytest
import typst
from click.testing import CliRunner, Result

from pubtool.cli import program
from pubtool.system import ocr

Run = Callable[..., Result]
TEXT = """#set page(width: 12cm, height: 9cm, margin: 1.2cm, numbering: "1",
  header: [_The Keeper_ #h(1fr) Harbour Lamps])
#set text(size: 12pt)
#counter(page).update(245)
""" + "\n#pagebreak()\n".join(
    f"The {name} lamp of the harbour was lit at dusk by its keeper, who was seventy years old and "
    f"slept by day, and it burned until the {ship} came in from the sea."
    for name, ship in (("first", "schooner"), ("second", "brig"), ("third", "cutter"))
)
POST = """“The second lamp of the harbour was lit at dusk by its keeper” [@lamps, p. 246].

“The second lamp of the harbour was lit at dawn by its keeper” [@lamps, p. 246].

“it burned until the cutter came in from the sea” [@lamps, p. 246].
"""

needs_recogniser = pytest.mark.skipif(
    bool(ocr.why_no_recogniser()) or shutil.which("pdftoppm") is None,
    reason="needs tesseract-ocr, ghostscript and poppler-utils",
)


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a PDF of pictures."""
    folder = tmp_path_factory.mktemp("scan")
    (folder / "d.pdf").write_bytes(typst.compile(TEXT.encode(), ignore_system_fonts=True))
    command = ["pdftoppm", "-r", "300", "-gray", "-jpeg", "d.pdf", "p"]
    subprocess.run(command, cwd=folder, check=True)
    pictures = [path.read_bytes() for path in sorted(folder.glob("p-*.jpg"))]
    (folder / "scan.pdf").write_bytes(bytes(img2pdf.convert(pictures)))
    return folder / "scan.pdf"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/post.md").write_text(POST, encoding="utf-8")
    (tmp_path / "references.bib").write_text("@book{lamps, title={Lamps}}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(program, arguments)

    return call


@needs_recogniser
def test_a_scan_is_read_when_it_is_added_and_checked_without_the_recogniser(
    run: Run, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = run("sources", "add", str(scan), "--key", "lamps")
    assert added.exit_code == 0, added.output
    assert sorted(path.name for path in Path("sources").iterdir()) == ["lamps.hocr", "lamps.pdf"]
    assert "tesseract" in Path("sources/lamps.hocr").read_text(encoding="utf-8")
    assert run("sources", "verify").stdout == "No findings.\n1 pinned source compared\n"
    monkeypatch.setenv("PATH", "")
    checked = run("-q", "check")
    lines = checked.stdout.splitlines()
    assert "1 passed, 2 failed" in lines[-1]
    assert any("error[Q101]" in line and "dawn" in line for line in lines)
    assert any("error[Q202] stands at p. 247, not at p. 246" in line for line in lines)
    removed = run("sources", "remove", "lamps")
    assert "removed sources/lamps.pdf, sources/lamps.hocr" in removed.stdout


@needs_recogniser
def test_what_was_read_belongs_to_its_scan(run: Run, scan: Path) -> None:
    assert run("sources", "add", str(scan), "--key", "lamps").exit_code == 0
    other = Path("sources/lamps.pdf")
    other.write_bytes(other.read_bytes() + b"\n% another\n")
    listed = run("sources", "list").stdout
    assert "the .hocr beside it was read from another PDF" in " ".join(listed.split())


def test_without_a_recogniser_a_scan_is_refused_with_the_mend(
    run: Run, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    added = run("sources", "add", str(scan), "--key", "lamps")
    assert added.exit_code == 2
    assert "a scan without a text layer" in added.stderr
    assert "install" in added.stderr
    assert not Path("sources").exists()
