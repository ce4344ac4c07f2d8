"""Publish many posts on a real WordPress, twice, then with the process killed again and again.

    PUBTOOL_PASSWORD_BENCH="xxxx xxxx" python benchmarks/publishing.py URL USER --wipe

The site is emptied before each part (posts, images, categories, tags): give it one of its own. The
table says how long a first run takes, that a second one sends nothing, and whether the site after
some kills (SIGKILL at a random moment after a random number of saves) is that of a run that nobody
disturbed.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import random
import re
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request
import zlib
from pathlib import Path
from typing import Any

LOCK = Path("published") / "bench.lock"
PASSWORD = "PUBTOOL_PASSWORD_BENCH"
WORDS = "the harbour was opened in spring and its keeper lit the lamp on every evening".split()


class Site:
    """The site, asked without pubtool."""

    def __init__(self, url: str, user: str) -> None:
        self.url = url.rstrip("/")
        login = f"{user}:{os.environ[PASSWORD]}".encode()
        self._headers = {"Authorization": f"Basic {base64.b64encode(login).decode()}"}

    def ask(self, path: str, method: str = "GET") -> Any:
        url = f"{self.url}/?rest_route=/wp/v2/{path}"
        request = urllib.request.Request(url, method=method, headers=self._headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def all(self, kind: str, more: str = "") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for page in range(1, 100):
            items = self.ask(f"{kind}&per_page=100&page={page}&orderby=id&order=asc{more}")
            found += items
            if len(items) < 100:
                break
        return found

    def wipe(self) -> None:
        """Delete everything."""
        for kind, more in (("posts", "&status=any,trash"), ("media", ""), ("tags", "")):
            for item in self.all(kind, f"{more}&context=edit"):
                self.ask(f"{kind}/{item['id']}&force=true", "DELETE")
        for item in self.all("categories"):
            if item["id"] != 1:
                self.ask(f"categories/{item['id']}&force=true", "DELETE")

    def snapshot(self) -> list[str]:
        """Return all that visitors and editors see, ids and times aside."""
        names = {
            kind: {item["id"]: item["name"] for item in self.all(kind)}
            for kind in ("categories", "tags")
        }
        media = {item["id"]: item for item in self.all("media", "&context=edit")}
        posts = self.all("posts", "&status=any&context=edit")
        slugs = {str(post["id"]): post["slug"] for post in posts}
        rows = [json.dumps([kind, sorted(found.values())]) for kind, found in names.items()]
        for item in media.values():
            caption = item["caption"]["raw"]
            rows.append(json.dumps([item["slug"], item["alt_text"], caption]))
        for post in posts:
            content = post["content"]["raw"]
            content = re.sub(r"\?p=(\d+)", lambda found: f"?p={slugs[found[1]]}", content)
            content = re.sub(
                r"wp-image-(\d+)|\"id\":(\d+)",
                lambda found: media[int(found[1] or found[2])]["slug"],
                content,
            )
            row = [post[name] for name in ("slug", "status", "date_gmt", "meta")]
            row += [post["title"]["raw"], post["excerpt"]["raw"], content]
            row += [sorted(names[kind][n] for n in post[kind]) for kind in names]
            row.append(media.get(post["featured_media"], {}).get("slug", ""))
            rows.append(json.dumps(row))
        return sorted(rows)


def make_project(root: Path, site: Site, user: str, count: int) -> None:
    """Write posts that link to each other, each with an image and a note."""
    chance = random.Random(1)
    posts = root / "posts"
    posts.mkdir(parents=True)
    settings = f'[site]\ntitle = "Bench"\n\n[sites.bench]\nurl = "{site.url}"\nuser = "{user}"\n'
    (root / "pubtool.toml").write_text(settings, encoding="utf-8")
    (root / "references.bib").touch()
    for number in range(count):
        (posts / f"image-{number}.png").write_bytes(png(number))
        text = " ".join(chance.choices(WORDS, k=300)).capitalize()
        head = [
            f"title: Post {number} & others",
            f"date: 2026-0{1 + number % 9}-1{number % 9}T08:00:00Z",
            f"status: {'publish' if number % 2 else 'draft'}",
            f"categories: [Kind {number % 7}]",
            f"tags: [t{number % 130}, R&D]",
            f"series: {{name: Series {number % 5}, part: {number // 5 + 1}}}",
            f"image: image-{number}.png",
            f"image-alt: Picture {number}",
        ]
        body = [
            f"{text}.[^1]",
            f"See [the next](post-{(number + 1) % count}.md).",
            f"![Picture {number}](image-{number}.png)",
            f"[^1]: A note of post {number}.",
        ]
        text = "\n".join(["---", *head, "---", ""]) + "\n" + "\n\n".join(body) + "\n"
        (posts / f"post-{number}.md").write_text(text, encoding="utf-8")


def png(number: int) -> bytes:
    """Return a picture unlike all others."""
    rows = b"".join(b"\0" + bytes((number % 256, number // 256, 0)) * 16 for _ in range(9))

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", 16, 9, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def start(root: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pubtool", "--project", str(root), "publish", "bench", "-y"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=subprocess.STDOUT, text=True)


def run(root: Path) -> tuple[float, str]:
    """Publish; return the seconds and the last line."""
    begun = time.monotonic()
    process = start(root)
    said, _ = process.communicate(timeout=3600)
    if process.returncode:
        print(said)
        raise SystemExit(f"publish ended with {process.returncode}")
    return time.monotonic() - begun, said.splitlines()[-1]


def kill_after(root: Path, saves: int, pause: float) -> bool:
    """Publish, and kill it so long after so many saves; return whether it was still at work."""
    process = start(root)
    seen, count, lock = b"", -1, root / LOCK
    while process.poll() is None and count < saves:
        now = lock.read_bytes() if lock.exists() else b""
        if now != seen or count < 0:
            seen, count = now, count + 1
        time.sleep(0.001)
    time.sleep(pause)
    alive = process.poll() is None
    process.kill()
    process.communicate()
    return alive


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("url")
    parser.add_argument("user")
    parser.add_argument("--posts", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wipe", action="store_true", help="yes, delete all that is on the site")
    asked = parser.parse_args()
    if not asked.wipe:
        raise SystemExit("everything on the site is deleted; say --wipe if that is meant")
    site, chance = Site(asked.url, asked.user), random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as folder:
        calm = Path(folder) / "calm"
        make_project(calm, site, asked.user, asked.posts)
        site.wipe()
        first, said = run(calm)
        wanted = site.snapshot()
        second, again = run(calm)
        unchanged = site.snapshot() == wanted
        print(f"| first run, {asked.posts} posts and images | {first:.1f} s | {said} |")
        print(f"| second run | {second:.1f} s | {again}; site unchanged: {unchanged} |")
        rough = Path(folder) / "rough"
        make_project(rough, site, asked.user, asked.posts)
        site.wipe()
        kills, saves = 0, asked.posts * 6 // max(asked.kills, 1)
        while kills < asked.kills:
            if not kill_after(rough, chance.randint(1, saves), chance.uniform(0.0, 0.05)):
                break
            kills += 1
        last, said = run(rough)
        found = site.snapshot()
        print(f"| after {kills} kills, the last run | {last:.1f} s | {said} |")
        missing, extra = set(wanted) - set(found), set(found) - set(wanted)
        print(
            f"| equal to the calm site | {found == wanted} | {len(missing)}, {len(extra)} differ |"
        )
        for row in sorted(missing | extra)[:6]:
            print(row[:300])
        final, quiet = run(rough)
        print(f"| one run more | {final:.1f} s | {quiet}; unchanged: {site.snapshot() == found} |")


if __name__ == "__main__":
    main()
