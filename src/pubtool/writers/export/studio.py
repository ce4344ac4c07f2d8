"""One export under way: what the jobs of several formats need is made once, when the first asks."""

from __future__ import annotations

from typing import Any

from pubtool.system.files import sha256
from pubtool.system.pandoc import Pandoc
from pubtool.writers.citations import references
from pubtool.writers.export.jobs import digest
from pubtool.writers.html.rendering import Templates
from pubtool.writers.links import linked_posts
from pubtool.writers.material import Desk, Material
from pubtool.writers.overrides import FOLDER, override_names, stray_templates
from pubtool.writers.site import Page, Site, neighbours, series_of


class Studio:
    """A material, the formats that are wanted, and what their jobs depend on."""

    def __init__(self, material: Material, formats: frozenset[str], pandoc: Pandoc) -> None:
        self.material = material
        self.formats = formats
        self.pandoc = pandoc
        self.desk = Desk(material, pandoc)
        self.excerpts = {page.path: self._excerpt(page.path) for page in material.site.every}
        """What lists say of each post, by path."""
        self.templates = Templates(self.override)
        self._needs: dict[str, str] = {}
        self._overrides: dict[str, bytes | None] = {}

    def override(self, name: str) -> bytes | None:
        """Return the project's own template or style of that name; None where it has none.

        A job whose files are made with it counts it in its digest.
        """
        if name not in self._overrides:
            self._overrides[name] = self.material.read_file(f"{FOLDER}/{name}")
        return self._overrides[name]

    def stray_templates(self) -> tuple[str, ...]:
        """Return a sentence for each file of the project's templates that nothing asks for."""
        pages = [name for name in override_names() if name.endswith(".html")]
        included = {one for name in pages for one in self.templates.included(name)}
        return stray_templates(self.material.templates, included)

    @property
    def site(self) -> Site:
        """All that is to be written."""
        return self.material.site

    @property
    def site_facts(self) -> list[Any]:
        """What every page depends on."""
        site = self.site
        return [site.title, site.author, site.url, site.lang, site.draft]

    def needs(self, page: Page) -> str:
        """Return a digest of all that a post's output depends on in every format."""
        if page.path not in self._needs:
            self._needs[page.path] = digest(self._needs_of_post(page))
        return self._needs[page.path]

    def near(self, page: Page) -> list[Any]:
        """Return what a post's place in its series depends on."""
        return [[repr(s), neighbours(s, page)] for s in series_of(self.site, page)]

    def absolute(self, page: Page) -> str:
        """Return a post's address on the web; empty where the site's is not known."""
        return f"{self.site.url}/{page.slug}/" if self.site.url else ""

    def _needs_of_post(self, page: Page) -> list[Any]:
        checked = self.material.posts[page.path]
        pages = self.desk.pages
        return [
            self.site_facts,
            repr(page),
            checked.post.text,
            repr(checked.verdicts),
            references(checked.facts.cited, self.material.bibliography, page.lang),
            [source.csl for source in self.desk.verdict_sources(page)],
            self.desk.style_digest(page),
            {name: sha256(data) for name, data in self.desk.images(page.path).data.items()},
            [[p, repr(pages.get(p))] for p in linked_posts(checked.facts.links, page.path)],
        ]

    def _excerpt(self, path: str) -> str:
        checked = self.material.posts[path]
        return checked.post.front.excerpt or checked.facts.opening
