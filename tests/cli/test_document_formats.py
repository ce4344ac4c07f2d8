"""Each format of a source from end to end: what is quoted right from it, and what is not."""

from __future__ import annotations

import email.mime.multipart
import email.mime.text
import json
import subprocess
import sys
from pathlib import Path

import pytest

from pubtool.readers.sources.document import FORMATS
from pubtool.system.pandoc import pandoc_path

SOURCE = """# Article 1

The keeper shall light the *single lamp* at dusk[^1] and sound the horn whenever a ship is near.

He shall enter every ship that passes in the book of the tower. No light shall burn elsewhere.

(a) The oil is counted on the first day of the month.
(b) The log is closed by two witnesses.

[^1]: The report of the harbour master calls it a lantern of brass.
"""
POST = """“The keeper shall light the *single lamp* at dusk and sound the horn” [@k, art. 1].

“The keeper shall light the *single lamp* at dawn and sound the horn” [@k, art. 1].

“The report of the harbour master calls it a lantern of brass” [@k, n. 1].

“whenever a ship is near. He shall enter every ship that passes” [@k, art. 1].

“He shall enter *every ship* that passes in the book of the tower” [@k, art. 1].

“The keeper shall light the single lamp at dusk and sound the horn” [@k, art. 1].

“The oil is counted on the first day of the month” [@k, art. 1(a)].

“The log is closed by two witnesses” [@k, art. 1(a)].
"""
EXPECTED = [
    ("verbatim", []),
    ("altered", ["Q101"]),
    ("verbatim", []),
    ("verbatim", []),
    ("adapted", ["Q108"]),
    ("adapted", ["Q108"]),
    ("verbatim", []),
    ("mislocated", ["Q202"]),
]
UNLETTERED = ("mediawiki", "html", "mhtml")
"""Lists there have no letters in their text."""
FORMS = {form: ending for ending, form in FORMATS.items()} | {"html": ".html"}


def made(form: str) -> bytes:
    command = [str(pandoc_path()), "-f", "markdown-smart", "-t", form, "-s"]
    metadata = ["-M", "title=Orders of the Tower", "-o", "-"]
    return subprocess.run(
        [*command, *metadata], input=SOURCE.encode(), capture_output=True, check=True
    ).stdout


def saved_by_a_browser() -> bytes:
    """Return the page as MHTML."""
    archive = email.mime.multipart.MIMEMultipart("related", type="text/html")
    archive.attach(email.mime.text.MIMEText(made("html").decode(), "html", "utf-8"))
    archive.attach(email.mime.text.MIMEText("body {color: black}", "css", "utf-8"))
    return archive.as_bytes()


@pytest.mark.parametrize("form", [*FORMS, "mhtml"])
def test_quotations_from_a_document_are_judged(form: str, tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "posts").mkdir()
    data = saved_by_a_browser() if form == "mhtml" else made(form)
    (tmp_path / f"sources/k{FORMS.get(form, '.mhtml')}").write_bytes(data)
    (tmp_path / "references.bib").write_text("@misc{k, title = {Orders}}", encoding="utf-8")
    (tmp_path / "posts/post.md").write_text(POST, encoding="utf-8")
    command = [sys.executable, "-m", "pubtool", "--project", str(tmp_path), "check"]
    said = subprocess.run([*command, "--format", "json"], capture_output=True, check=False)
    (post,) = json.loads(said.stdout)["posts"]
    found = [(q["verdict"], q["findings"]) for q in post["quotations"]]
    assert found[:-2] == EXPECTED[:-2]
    if form not in UNLETTERED:
        assert found[-2:] == EXPECTED[-2:]
