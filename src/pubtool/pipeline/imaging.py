"""The images that imported posts show, fetched into the project.

What a post shows is listed beside it in ``images.txt``. An image is named by what it holds, so that
one that stands at several addresses is kept once; a post's lines change in its addresses alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from pubtool.errors import NotFetched, NotOfTheWeb
from pubtool.pipeline.fetching import Network
from pubtool.pipeline.sight import POSTS
from pubtool.system.config import Project
from pubtool.system.files import read_bytes, sha256, write_atomic
from pubtool.system.messages import Limits
from pubtool.system.transaction import Change, apply_changes
from pubtool.system.web import Web

LIST = "images.txt"
"""Beside the posts: the addresses of images that are still on the web, one a line."""

FOLDER = "images"
_ACCEPT = "image/avif,image/webp,image/png,image/jpeg,image/gif,image/svg+xml;q=0.8,image/*;q=0.5"
_LARGEST = 30_000_000
"""Bytes of one image; a photograph as a camera makes it has about ten million."""
_LONGEST = 40
_KINDS: Mapping[str, re.Pattern[bytes]] = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpg": re.compile(rb"\xff\xd8\xff"),
    "gif": re.compile(rb"GIF8[79]a"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    "avif": re.compile(rb"....ftypavi[fs]", re.DOTALL),
    "svg": re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)?<svg\b", re.DOTALL),
}
"""What a file of each kind begins with: what a server says of it is not believed."""


@dataclass(frozen=True)
class FetchedImage:
    """What became of one address."""

    url: str
    path: str
    """Where it is now, relative to the project; empty where it was not fetched."""
    why: str = ""
    """Why it was not."""


def list_images(folder: Path, urls: Iterable[str]) -> list[Change]:
    """Return the change that adds addresses to the list of a folder of posts; none if all stand."""
    listed = folder / LIST
    before = read_bytes(listed) if listed.is_file() else None
    known = before.decode("utf-8", "replace").split() if before else []
    every = list(dict.fromkeys([*known, *urls]))
    if every == known:
        return []
    return [Change(listed, "".join(f"{url}\n" for url in every).encode(), before)]


def fetch_images(project: Project, network: Network) -> Iterator[FetchedImage]:
    """Fetch the listed images, one by one, and then lead the posts to them.

    Raises CannotWrite, after which no post was changed.
    """
    limits = Limits(size=_LARGEST)
    allowed = (*project.settings.allow_hosts, *network.allowed)
    web = Web(allowed, limits)
    for folder, urls in _listed(project):
        places: dict[str, str] = {}
        known: dict[str, str] = {}
        for url in urls:
            try:
                places[url] = _fetch(web, url, folder, known)
            except (NotFetched, NotOfTheWeb) as error:
                yield FetchedImage(url, "", str(error))
            else:
                path = folder / places[url]
                yield FetchedImage(url, path.relative_to(project.root).as_posix())
        _lead(project.root, folder, places)


def images_to_fetch(project: Project) -> tuple[str, ...]:
    """Return the addresses that `fetch_images` would ask."""
    return tuple(dict.fromkeys(url for _, urls in _listed(project) for url in urls))


def _listed(project: Project) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Give each folder of posts with the addresses that are listed there."""
    for listed in sorted((project.root / POSTS).rglob(LIST)):
        urls = read_bytes(listed).decode("utf-8", "replace").split()
        yield listed.parent, tuple(dict.fromkeys(urls))


def _fetch(web: Web, url: str, folder: Path, known: dict[str, str]) -> str:
    """Return where an image is now, relative to the folder of the posts."""
    address = f"https:{url}" if url.startswith("//") else url
    data = web.fetch(address, _ACCEPT).body
    ending = next((kind for kind, begins in _KINDS.items() if begins.match(data)), "")
    if not ending:
        raise NotFetched(url, "what stands there is no image", "look at the address")
    digest = sha256(data)
    if digest not in known:
        stem = PurePosixPath(unquote(urlsplit(address).path)).stem
        plain = "-".join(re.findall(r"[a-z0-9]+", stem.lower()))
        plain = plain.removesuffix(f"-{digest[:12]}")[:_LONGEST].strip("-") or "image"
        known[digest] = f"{FOLDER}/{plain}-{digest[:12]}.{ending}"
        write_atomic(folder / known[digest], data)
    return known[digest]


def _lead(root: Path, folder: Path, places: Mapping[str, str]) -> None:
    """Lead the posts of a folder to the images, and strike these from the list."""
    if not places:
        return
    listed = folder / LIST
    before = read_bytes(listed)
    left = [url for url in before.decode("utf-8", "replace").split() if url not in places]
    changes = [Change(listed, "".join(f"{url}\n" for url in left).encode(), before)]
    longest = sorted(places, key=len, reverse=True)
    for post in sorted(folder.glob("*.md")):
        data = read_bytes(post)
        text = data.decode("utf-8", "surrogateescape")
        for url in longest:
            text = _led(text, url, places[url])
        changes.append(Change(post, text.encode("utf-8", "surrogateescape"), data))
    apply_changes(root, changes)


def _led(text: str, url: str, place: str) -> str:
    """Return a post with an image's address changed: in its lines, and in its front matter.

    Only where the address is a whole one, as it stands in Markdown and in YAML.
    """
    if url not in text and url.replace(" ", "%20") not in text:
        return text
    written = re.escape(url.replace(" ", "%20"))
    inside = re.compile(rf"(?<=\]\(){written}(?=[)\s])|(?<=\]\()<{written}>(?=[)\s])")
    head = re.compile(rf'^image: "?{written}"?$', re.MULTILINE)
    return head.sub(lambda _: f"image: {place}", inside.sub(lambda _: place, text), count=1)
