"""A material under work: each post made ready for a writer, once."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import msgspec

from pubtool.errors import PandocFailed, UnknownStyle
from pubtool.model import (
    Document,
    Key,
    Node,
    Settings,
    Source,
    Verdict,
)
from pubtool.system.files import sha256
from pubtool.system.pandoc import Pandoc
from pubtool.writers.addresses import Links, Passage, links_to
from pubtool.writers.annotate import annotate, source_key
from pubtool.writers.ast import (
    ATTRIBUTED,
    RAW,
    attr,
    attr_of,
    change,
    element,
    has_class,
    is_comment,
    meld,
    with_attr,
)
from pubtool.writers.block_comments import is_for_wordpress
from pubtool.writers.captions import caption_tables
from pubtool.writers.citations import references, resolve, slim_kept
from pubtool.writers.csl.locales import citing_language
from pubtool.writers.csl.notes import shift_numbers
from pubtool.writers.csl.styles import blamed, read_style
from pubtool.writers.imagery import discreet, open_hearted
from pubtool.writers.imagery.kinds import Unusable, kind_of, right_name
from pubtool.writers.images import (
    Images,
    Placed,
    Treat,
    free_name,
    image_faults,
    link_remote,
    name_images,
    placed_images,
    read_images,
    remote_images,
)
from pubtool.writers.lines import drop_lines, mark_lines
from pubtool.writers.links import link_posts, local_path
from pubtool.writers.material import Checked, Material
from pubtool.writers.proof import Proof, Told, proofs, shown_match
from pubtool.writers.recent import Recent
from pubtool.writers.sanitise.policy import PAGE, WORDPRESS, Policy
from pubtool.writers.sanitise.tree import LeftOut, Safe, sanitise
from pubtool.writers.site import Page
from pubtool.writers.text_fragment import Searched
from pubtool.writers.words import words_in

_MOST_TREES = 8
"""Trees that are held: jobs that are about one post come one behind the other."""

_MOST_RESOLVED = 2000
"""Trees with their citations that are held, compressed (10 KB): feeds and books ask again."""

_MOST_TEXTS = 64
"""Sources whose text is kept for the next post: neighbours often quote the same."""

Address = Callable[[Page], str]
"""Where a post is; empty where a link to it must go."""


@dataclass(frozen=True)
class Prepared:
    """A post's tree with its verdicts, before anything but the post itself has been looked at."""

    ast: Node
    """Without positions, the blocks with their lines; only what may be shown."""
    left_out: tuple[LeftOut, ...]
    images: Placed
    """All its images."""


class Desk:
    """A material under work: what several writers need is made once, when the first asks."""

    def __init__(self, material: Material, pandoc: Pandoc) -> None:
        self.material = material
        self.pandoc = pandoc
        self.pages = {page.path: page for page in material.site.pages}
        """The public ones, by path."""
        self._images: Recent[str, Images] = Recent(_MOST_TREES)
        self._no_images = read_images((), "", material.read_file, self.treat)
        self._prepared: Recent[tuple[str, str], Prepared] = Recent(_MOST_TREES)
        self._resolved: Recent[tuple[str, str], bytes] = Recent(_MOST_RESOLVED)
        self._styles: dict[str, str] = {}
        self._slim = slim_kept(material.keep)
        self._texts: Recent[Key, Searched] = Recent(_MOST_TEXTS)

    def images(self, path: str) -> Images:
        """Return the images of the project that a post shows."""
        targets = self.material.posts[path].facts.images
        if not targets:
            return self._no_images
        if path not in self._images:
            read = self.material.read_file
            self._images[path] = read_images(targets, path, read, self.treat)
        return self._images[path]

    @property
    def treat(self) -> Treat:
        """What is done to an image before readers get it."""
        settings = self.material.settings
        if not settings.keep_metadata:
            return discreet
        return bytes if settings.raw_html == "trusted" else open_hearted

    def lead(self, page: Page) -> tuple[str, bytes] | None:
        """Return the name and the bytes, as the project has them, of the front matter's image.

        None where there is none or the project lacks it. Raises `Unusable` where it is no image.
        """
        images = self.images(page.path)
        file = local_path(self.material.posts[page.path].post.front.image, page.path)
        if name := images.names.get(file, ""):
            return name, images.files[name]
        data = self.material.read_file(file) if file else None
        if data is None:
            return None
        return free_name(right_name(file, kind_of(data)), images.files), data

    def lead_needs(self, page: Page) -> list[str]:
        """Return what depends on the front matter's image depends on: its name, and a digest.

        Nothing where there is none; of one that is no image a sentence that says so.
        """
        try:
            found = self.lead(page)
        except Unusable as error:
            return [str(error)]
        return [found[0], sha256(found[1])] if found else []

    def prepared(self, path: str, policy: Policy) -> Prepared:
        """Return a post's tree with its verdicts and with what may be shown of it."""
        key = path, policy.name
        if key not in self._prepared:
            checked = self.material.posts[path]
            self._prepared[key] = prepare(checked, self.material.settings, policy)
        return self._prepared[key]

    def left_out(self, page: Page) -> tuple[LeftOut, ...]:
        """Return what a post's pages and books lack of what its author wrote."""
        prepared = self.prepared(page.path, PAGE)
        why = "a page asks nothing of other servers; it links to the image instead"
        elsewhere = (LeftOut(line, f"the image {url}", why) for line, url in self._remote(page))
        return (*prepared.left_out, *self.unshown(page), *elsewhere)

    def _remote(self, page: Page) -> Placed:
        """Return the images of a post for which a link stands."""
        if self.material.settings.remote_images:
            return ()
        return remote_images(self.prepared(page.path, PAGE).images)

    def unshown(self, page: Page) -> tuple[LeftOut, ...]:
        """Return the images of a post that cannot be shown, for they are damaged or none."""
        placed = self.prepared(page.path, PAGE).images
        faults = image_faults(placed, page.path, self.images(page.path))
        return tuple(LeftOut(line, f"the image {target[:80]}", why) for line, target, why in faults)

    def ready(self, page: Page, address: Address) -> Document:
        """Return a post's document, citations and links written out; raises `PandocFailed`."""
        linked = link_posts(self._written(page, PAGE), page.path, self.pages, address)
        blocks = change(caption_tables(drop_lines(linked.ast["blocks"])), _without_wordpress_s, RAW)
        if self._remote(page):
            blocks = link_remote(blocks)
        return Document({**linked.ast, "blocks": blocks})

    def for_wordpress(self, page: Page, pages: Mapping[str, Page], address: Address) -> Document:
        """Return the same with what WordPress alone has a use for: lines, and its ``more``.

        Links to posts that are not among `pages`, by path, go. Raises `PandocFailed`.
        """
        linked = link_posts(self._written(page, WORDPRESS), page.path, pages, address)
        return Document(shift_numbers(linked.ast, 0))

    def proofs(self, page: Page) -> tuple[Proof, ...]:
        """Return what is told of a post's quotations."""
        sources = self.material.bibliography.sources
        told = Told(words_in(page.lang), sources, self._links, page.lang)
        return proofs(self.material.posts[page.path].verdicts, told)

    def _links(self, verdict: Verdict) -> Links:
        key, match = Key(source_key(verdict)), shown_match(verdict)
        passage = Passage(match, lambda: self._searched(key)) if match else None
        source = self.material.bibliography.sources.get(key)
        return links_to(source, self.material.sources.provenance(key), passage)

    def _searched(self, key: Key) -> Searched | None:
        """Return a source's text, ready to be looked through; the last few are kept."""
        if key not in self._texts:
            text = self.material.sources.text(key)
            if text is None:
                return None
            self._texts[key] = Searched(text)
        return self._texts[key]

    def verdict_sources(self, page: Page) -> tuple[Source, ...]:
        """Return the sources that a post's verdicts are about, by key."""
        sources = self.material.bibliography.sources
        keys = self.material.posts[page.path].found.sources
        return tuple(sources[key] for key in keys if key in sources)

    def style_digest(self, page: Page) -> str:
        """Return a digest of the text of a post's citation style. Raises `UnknownStyle`."""
        name = self._style_name(page)
        if name not in self._styles:
            self._styles[name] = sha256(self._style(page).encode())
        return self._styles[name]

    def _written(self, page: Page, policy: Policy) -> Document:
        """Return a post's document with its verdicts, the lines of its blocks and citations."""
        ast = self.prepared(page.path, policy).ast
        same = policy is PAGE or ast == self.prepared(page.path, PAGE).ast
        key = page.path, PAGE.name if same else policy.name
        if key not in self._resolved:
            checked = self.material.posts[page.path]
            illustrated = name_images(Document(ast), page.path, self.images(page.path))
            name = self._style_name(page)
            style = self._style(page)
            lang = citing_language(checked.post.front.lang, self.material.site.lang, style)
            entries = references(checked.facts.cited, self.material.bibliography, lang)
            try:
                resolved = resolve(illustrated, entries, style, lang, self.pandoc, slim=self._slim)
            except PandocFailed as error:
                raise blamed(name, error) from None
            self._resolved[key] = zlib.compress(msgspec.json.encode(resolved.ast), 1)
            return resolved
        return Document(msgspec.json.decode(zlib.decompress(self._resolved[key])))

    def _style_name(self, page: Page) -> str:
        return self.material.posts[page.path].post.front.csl or self.material.settings.csl

    def _style(self, page: Page) -> str:
        name, post = self._style_name(page), self.material.posts[page.path].post
        own = self.material.read_file(name) if name.endswith(".csl") else None
        try:
            return read_style(name, own)
        except UnknownStyle as error:
            where = f"{page.path}: csl" if post.front.csl else "pubtool.toml: build.csl"
            raise error.at(where) from None


def prepare(checked: Checked, settings: Settings, policy: Policy) -> Prepared:
    """Return a post's tree with its verdicts and with what may be shown of it.

    It is kept between runs, so that a new style or template needs no second reading.
    """
    trusted = settings.raw_html == "trusted"
    name = "trusted" if trusted else policy.name

    def make() -> Prepared:
        document = checked.document
        safe = Safe(document, ()) if trusted else sanitise(document, policy)
        placed = placed_images(safe.document) if checked.facts.images else ()
        marked = annotate(mark_lines(safe.document), checked.post.text, checked.verdicts)
        return Prepared(_clean(marked).ast, safe.left_out, placed)

    return checked.keep("prepared", Prepared, make, name, checked.found.digest)


def _clean(document: Document) -> Document:
    """Return the document without what is meant for editors: comments and waivers.

    ``[…]{.smallcaps}`` becomes pandoc's own element, which every writer knows.
    """

    def cleaned(node: Node) -> list[Node] | None:
        if is_comment(node):
            return None if is_for_wordpress(node) else []
        if node["t"] == "Span" and has_class(node, "smallcaps"):
            return [element("SmallCaps", node["c"][1])]
        identifier, classes, pairs = attr_of(node) or attr()
        kept = [pair for pair in pairs if pair[0] not in ("waive", "reason")]
        if len(kept) < len(pairs):
            return [with_attr(node, [identifier, classes, kept])]
        return None

    changed = change(document.ast, cleaned, RAW | ATTRIBUTED)
    return document if changed is document.ast else Document(meld(changed))


def _without_wordpress_s(node: Node) -> list[Node] | None:
    return [] if is_for_wordpress(node) else None
