"""The settings: `pubtool.toml`, merged with the defaults."""

from __future__ import annotations

from dataclasses import dataclass

from pubtool.model.finding import Severity

FORMATS = ("html", "pdf", "epub", "docx", "wordpress")
"""What can be built, in the order in which it is."""

PAPERS = ("a4", "us-letter")
"""The sizes of paper that a PDF can have."""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """A site that posts are published on: a section ``[sites.NAME]``."""

    name: str
    """Letters, digits, hyphens and underscores; it names files."""
    url: str
    """The site's home, or its API's address, without a slash at the end."""
    user: str = ""
    """The account's name; empty leaves it to where the password is kept."""
    auth: str = "basic"
    """``basic``: an application password; ``bearer``: a token, as WordPress.com wants it."""
    footnotes: str = "auto"
    """``core``: the editor's own footnotes; ``list``: a list in the text; ``auto``: as
    `Settings.wordpress_footnotes` has it, or by what the site can."""
    series: str = "auto"
    """What a series becomes there: ``category``, ``tag`` or ``none``; ``auto``: as
    `Settings.wordpress_series` has it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`pubtool.toml`, merged with the defaults."""

    title: str = ""
    """The site's title."""
    author: str = ""
    """The author of posts that name none."""
    url: str = ""
    """The address that the site will have, for absolute links; empty is fine."""
    lang: str = "en-US"
    """BCP 47."""
    search: bool = False
    """Whether the site has a search page."""
    convention: str = "chicago"
    """The set of quoting conventions in force."""
    cluster_index: str = ""
    """Where a cluster's workers read the index: a folder, or an address of fsspec's; empty is the
    project's own folder."""
    fail_on: Severity = Severity.ERROR
    select: tuple[str, ...] = ()
    """Codes or prefixes to report alone; empty means all."""
    ignore: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("html", "pdf", "wordpress")
    output: str = "public"
    raw_html: str = "safe"
    """``safe``: what authors wrote as HTML, attributes and addresses is held to a list of what may
    stay; ``trusted``: it goes out as they wrote it."""
    keep_metadata: bool = False
    """Whether images keep what cameras and programs wrote into them: places, persons."""
    remote_images: bool = False
    """Whether a page may show images from elsewhere, which tells their server of its readers."""
    csl: str = "chicago-notes-bibliography"
    """A style of the CSL repository, by name, or the path of a .csl file in the project."""
    pdf_paper: str = "a4"
    """The size of paper: ``a4`` or ``us-letter``."""
    allow_hosts: tuple[str, ...] = ()
    """Hosts (``name`` or ``name:port``) that may be fetched from although they are private."""
    doi_resolver: str = "https://doi.org"
    wordpress_footnotes: str = "auto"
    """``core`` for WordPress's own, ``list`` for a list in the text; ``auto``: a list in the file
    that is pasted, WordPress's own everywhere else."""
    wordpress_proof: str = "details"
    """What is told of checked quotations: ``details``, marks and a block at the end; ``data``,
    their attributes alone, which no reader sees; ``none``."""
    wordpress_series: str = "category"
    """What a series is in WordPress: a ``category`` or a ``tag``."""
    sites: tuple[SiteSettings, ...] = ()
    """Where posts are published, by name."""
