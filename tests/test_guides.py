"""The guides do what they say, followed step by step in an empty folder.

What the commands said is held to what a page shows; `--accept` writes it into the page.
"""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import typst
from tests.conftest import Golden
from tests.publishers.fake_site import FakeSite, fake_site
from tests.walkthrough import followed

from pubtool.readers.wxr import read_wxr

ROOT = Path(__file__).parents[1]
GUIDES = ROOT / "docs" / "guides"
EXAMPLES = ROOT / "docs" / "examples"


def saved(folder: Path, *examples: str) -> Path:
    """Return a folder in whose `work` a reader has saved some of the example files."""
    (folder / "work").mkdir()
    for name in examples:
        shutil.copy(EXAMPLES / name, folder / "work")
    return folder


def waive_at_the_desk(code: str, reason: str) -> str:
    """Return the command that waives the one finding of a code, as an editor does."""
    script = f"""
from pathlib import Path
from tests.reviewing import form, reviewing
with reviewing(Path(".")) as desk:
    pages = [desk.get(path + "&do=waive").text for path in desk.items()]
    [page] = [page for page in pages if 'value="{code}"' in page]
    given = {{"code": {code!r}, "reason": {reason!r}}}
    assert desk.post("/waive", form(page, "waive") | given).status == 303
"""
    run = f'PYTHONPATH="$PYTHONPATH:"{shlex.quote(str(ROOT))} {shlex.quote(sys.executable)}'
    return f"{run} -c {shlex.quote(script)}\n"


def edited(path: str, changes: Mapping[str, str]) -> str:
    """Return the command that makes changes in a file; fails where there is nothing to change."""
    script = f"""
from pathlib import Path
path = Path({path!r})
text = path.read_text(encoding="utf-8")
for old, new in {dict(changes)!r}.items():
    assert old in text, old
    text = text.replace(old, new)
path.write_text(text, encoding="utf-8")
"""
    return f"{shlex.quote(sys.executable)} -c {shlex.quote(script)}\n"


def test_the_example_s_pdf_is_what_is_written_beside_it() -> None:
    made = typst.compile(EXAMPLES / "holmes1897.typ", ignore_system_fonts=True)
    assert made == (EXAMPLES / "holmes1897.pdf").read_bytes()


def test_a_cite_check(tmp_path: Path, golden: Golden) -> None:
    path = GUIDES / "cite-check.md"
    reason = "transcript in the file, checked 12 May"
    elsewhere = {
        "the interview is waived at the desk": waive_at_the_desk("Q302", reason),
        "the author mends the article": edited(
            "posts/the-bad-man.md",
            {
                "of public force": "of the public force",
                "[^3]: [@holmes1897, p. 459]": "[^3]: [@holmes1897, p. 469]",
            },
        ),
    }
    folder = saved(tmp_path, "holmes1897.pdf")
    shown = {"2026-11-26": date.today().isoformat()}  # the day of the waiver
    golden(path, followed(path.read_text(encoding="utf-8"), folder, shown, elsewhere))


def test_a_blog_with_a_series(tmp_path: Path, golden: Golden) -> None:
    path = GUIDES / "series.md"
    elsewhere = {
        "the word and the number are mended": edited(
            "posts/what-he-left.md", {"to confront": "to front", "part: 3": "part: 2"}
        )
    }
    golden(path, followed(path.read_text(encoding="utf-8"), saved(tmp_path), {}, elsewhere))


def test_a_newsroom_s_archive(tmp_path: Path, golden: Golden) -> None:
    path = GUIDES / "newsroom.md"
    corrected = {"“the bridge is safe for all traffic”": "“the bridge is not safe for lorries”"}
    interview = "<!-- pubtool: waive Q302 -- interview, 20 November 2026, notebook p. 14 -->"
    elsewhere = {
        "the new post is mended": edited(
            "posts/2026/bridge.md",
            {"One driver": f"{interview}\nOne driver", "respect for": "respect to"},
        ),
        "the two columns are corrected": "".join(
            edited(f"posts/2013/column-{number}.md", corrected) for number in (133, 233)
        ),
    }
    golden(path, followed(path.read_text(encoding="utf-8"), saved(tmp_path), {}, elsewhere))


def edited_on(site: FakeSite, old: str, new: str) -> str:
    """Return the command that changes words of the first post as an editor does on the site."""
    script = f"""
import base64, json
from urllib.request import Request, urlopen
key = base64.b64encode({f"{site.user}:{site.password}".encode()!r}).decode()
headers = {{"Authorization": "Basic " + key, "Content-Type": "application/json"}}
place = {f"{site.home}/wp-json/wp/v2/posts/11"!r}
with urlopen(Request(place + "?context=edit", headers=headers)) as answer:
    content = json.load(answer)["content"]["raw"]
assert {old!r} in content
body = json.dumps({{"content": content.replace({old!r}, {new!r})}}).encode()
urlopen(Request(place, body, headers, method="POST")).close()
"""
    return f"{shlex.quote(sys.executable)} -c {shlex.quote(script)}\n"


def test_bringing_a_wordpress_blog_home(tmp_path: Path, golden: Golden) -> None:
    path = GUIDES / "wordpress.md"
    letter = "<!-- pubtool: waive Q303 -- letter of 2019, in the file -->"
    exported = read_wxr("blog.xml", [(EXAMPLES / "blog.xml").read_bytes()]).entries
    with fake_site() as site:
        for entry in exported:
            if entry.kind == "post":
                site.hold(entry.id, title=entry.title, content=entry.content, slug=entry.slug,
                          excerpt=entry.excerpt, date_gmt=entry.date[:19])  # fmt: skip
        shown = {
            "https://blog.example.org": site.home,
            '"anna"': f'"{site.user}"',
            "as anna": f"as {site.user}",
        }
        elsewhere = {
            "the reader's letter is waived": edited(
                "posts/ten-years.md",
                {"A reader": f"{letter}\nA reader"},
            ),
            "the post is edited on the site": edited_on(
                site, "for two minutes", "for some two minutes"
            ),
            "the post is edited here and on the site": edited(
                "posts/at-gettysburg.md", {"everybody knows": "we all know"}
            )
            + edited_on(site, "everybody knows", "everyone knows"),
        }
        page = path.read_text(encoding="utf-8")
        golden(path, followed(page, saved(tmp_path, "blog.xml"), shown, elsewhere))
