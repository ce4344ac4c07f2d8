"""What an author's own markup may hold: tags, attributes, addresses, styles, names.

All lists say what may stay; what no list names goes. Tags and attributes are those of the HTML
standard (https://html.spec.whatwg.org/multipage/indices.html) that set text and run nothing; what
WordPress is given is what it lets an author without further rights write (`wp_kses_post`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

VOID = frozenset({"br", "col", "hr", "img", "source", "track", "wbr"})
"""Elements without an end."""

UNSEEN = frozenset(
    "applet iframe math noembed noframes noscript object script style svg template textarea "
    "title xmp".split()
)
"""Elements that go with all they hold: it is no text, or is read by rules of its own."""

PHRASES = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em i ins kbd mark q rb rp rt ruby s samp small "
    "span strong sub sup time u var wbr".split()
)
"""Elements that may stand inside a paragraph."""

_BLOCKS = frozenset(
    "blockquote caption col colgroup dd details div dl dt figcaption figure h2 h3 h4 h5 h6 hr "
    "li ol p pre summary table tbody td tfoot th thead tr ul".split()
)

_TABLE = frozenset({"table"})
_ROWS = frozenset({"table", "tbody", "tfoot", "thead"})
_LISTS = frozenset({"ol", "ul"})
WITHIN: Mapping[str, frozenset[str]] = {
    "caption": _TABLE,
    "col": frozenset({"colgroup", "table"}),
    "colgroup": _TABLE,
    "dd": frozenset({"dl", "div"}),
    "dt": frozenset({"dl", "div"}),
    "figcaption": frozenset({"figure"}),
    "li": _LISTS,
    "rb": frozenset({"ruby"}),
    "rp": frozenset({"ruby"}),
    "rt": frozenset({"ruby"}),
    "summary": frozenset({"details"}),
    "tbody": _TABLE,
    "td": frozenset({"tr"}),
    "tfoot": _TABLE,
    "th": frozenset({"tr"}),
    "thead": _TABLE,
    "tr": _ROWS,
}
"""What an element must stand in directly. Elsewhere it would end an element of the page's own: a
browser that meets a list's item closes the one before it."""

ENDS: Mapping[str, frozenset[str]] = {
    "dd": frozenset({"dd", "dt"}),
    "dt": frozenset({"dd", "dt"}),
    "li": frozenset({"li"}),
    "p": frozenset({"p"}),
    "rb": frozenset({"rb", "rp", "rt"}),
    "rp": frozenset({"rb", "rp", "rt"}),
    "rt": frozenset({"rb", "rp", "rt"}),
    "tbody": frozenset({"td", "th", "tr", "tbody", "thead", "colgroup", "caption"}),
    "td": frozenset({"td", "th"}),
    "tfoot": frozenset({"td", "th", "tr", "tbody", "thead", "colgroup", "caption"}),
    "th": frozenset({"td", "th"}),
    "thead": frozenset({"colgroup", "caption"}),
    "tr": frozenset({"td", "th", "tr", "colgroup", "caption"}),
}
"""The elements whose end tag may be left out before this one begins."""

_EVERYWHERE = frozenset({"class", "dir", "id", "lang", "title", "style"})
_OF_TAGS: Mapping[str, frozenset[str]] = {
    "a": frozenset({"href", "hreflang", "rel"}),
    "blockquote": frozenset({"cite"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "data": frozenset({"value"}),
    "del": frozenset({"cite", "datetime"}),
    "details": frozenset({"open"}),
    "img": frozenset({"alt", "height", "src", "width"}),
    "ins": frozenset({"cite", "datetime"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "q": frozenset({"cite"}),
    "td": frozenset({"colspan", "headers", "rowspan"}),
    "th": frozenset({"abbr", "colspan", "headers", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}
_OF_ELEMENTS = frozenset(
    {"alt", "data-emoji", "height", "startfrom", "start-from", "summary", "width"}
)
"""Attributes that pandoc's own elements may have besides: it reads them itself."""
FOR_EDITORS = frozenset({"waive", "reason"})
"""Attributes that the checker reads, and no reader sees."""

ADDRESSES = frozenset({"cite", "href", "poster", "src"})
"""Attributes whose value is an address."""
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
RELATIONS = frozenset(
    {"author", "external", "license", "nofollow", "noopener", "noreferrer", "ugc"}
)
"""What a link may say of itself; ``me``, ``pingback`` and others would speak for the whole site."""

_STYLES = frozenset(
    "font-style font-variant font-weight text-align text-decoration text-indent text-transform "
    "vertical-align white-space list-style-type".split()
)
_STYLE_VALUE = re.compile(r"[a-z0-9 .%#,-]+", re.IGNORECASE)
"""Nothing that calls a function, escapes a letter or overrides the page: no ``( \\ ! / :``."""

_WORDPRESS_TAGS = frozenset(
    "acronym address article aside audio big button center fieldset font footer h1 header "
    "hgroup img label legend main map area menu nav picture section source strike tt track "
    "video".split()
)
_WORDPRESS_ATTRIBUTES = frozenset(
    "abbr align alt autoplay axis bgcolor border cellpadding cellspacing charoff cite color "
    "colspan controls coords datetime default disabled download face for headers height hidden "
    "href hreflang hspace kind label loop muted name nowrap open playsinline poster preload rel "
    "reversed role rowspan rules scope shape size span src srclang start summary tabindex "
    "target type usemap valign value vspace width".split()
)
_WORDPRESS_STYLES = frozenset(
    "background background-color border border-bottom border-collapse border-color border-left "
    "border-radius border-right border-spacing border-style border-top border-width clear color "
    "column-count column-gap columns display float font font-family font-size gap height "
    "letter-spacing line-height margin margin-bottom margin-left margin-right margin-top max- "
    "height max-width min-height min-width overflow padding padding-bottom padding-left "
    "padding-right padding-top width word-spacing".split()
)


@dataclass(frozen=True)
class Policy:
    """What one kind of output may hold."""

    name: str
    tags: frozenset[str]
    attributes: frozenset[str]
    """Those of every element, besides those of its tag."""
    styles: frozenset[str]
    data: bool
    """Whether attributes ``aria-…`` and ``data-…`` may stay that are not ours."""
    whole: bool
    """Whether elements are brought to an end where they stand, and images become pandoc's own."""
    reserved: bool
    """Whether the page has names and classes of its own."""

    def may_have(self, tag: str, name: str) -> bool:
        """Whether an element may have an attribute, its value apart; pandoc's own are no tag."""
        if name in self.attributes or name in _OF_TAGS.get(tag, ()):
            return True
        if not tag and name in _OF_ELEMENTS:
            return True
        prefix = name.partition("-")[0]
        ours = name in _OUR_DATA or name.startswith("data-wp-")
        return self.data and prefix in ("aria", "data") and not ours


_OUR_DATA = frozenset({"data-verdict", "data-source", "data-locator", "data-part-of"})

PAGE = Policy(
    "page",
    PHRASES | _BLOCKS | {"img"},
    _EVERYWHERE,
    _STYLES,
    data=False,
    whole=True,
    reserved=True,
)
"""Pages, PDFs and books."""

WORDPRESS = Policy(
    "WordPress",
    PHRASES | _BLOCKS | _WORDPRESS_TAGS,
    _EVERYWHERE | _WORDPRESS_ATTRIBUTES,
    _STYLES | _WORDPRESS_STYLES,
    data=True,
    whole=False,
    reserved=False,
)


def address_fault(address: str) -> str:
    """Return why an address may not be led to, or nothing where it may.

    What a browser skips inside an address (https://url.spec.whatwg.org/#concept-basic-url-parser)
    is skipped here, and all other marks that nobody sees.
    """
    seen = "".join(c for c in address if c.isprintable() and not c.isspace())
    scheme, colon, _ = seen.partition(":")
    if not colon or re.search(r"[/?#]", scheme):
        return ""
    if scheme.lower() in SCHEMES:
        return ""
    return f"addresses that begin with {scheme[:20]}: are not led to"


def safe_style(text: str, policy: Policy) -> tuple[str, list[str]]:
    """Return the declarations of a ``style`` that may stay, and those that go."""
    kept: list[str] = []
    gone: list[str] = []
    for declaration in filter(None, (part.strip() for part in text.split(";"))):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        good = name.lower() in policy.styles and _STYLE_VALUE.fullmatch(value)
        (kept if good else gone).append(declaration)
    return ";".join(kept), gone


# --- Names that are the page's own ----------------------------------------------------------------

_AUTHORS = frozenset(
    "center details epigraph figure kbd left mark note open pullquote quote right smallcaps ul "
    "underline unlisted unnumbered verse".split()
)
"""Classes that docs/writing-posts.md gives to authors, though our stylesheet knows some."""
_PANDOCS = frozenset(
    "citation csl-bib-body csl-entry csl-indent csl-left-margin csl-right-inline footnote-back "
    "footnote-ref footnotes quotation references task-list".split()
)
_PANDOCS_IDS = re.compile(
    r"Mark\d+|(?:mark|proof|note|source|side)-.*|q-[0-9a-f]+|(?:cb|fn|fnref)\d+.*|refs?|ref-.*"
)


def is_our_class(name: str, kind: str) -> bool:
    """Whether a class is the page's own, on an element of pandoc's type `kind` (or of HTML)."""
    if name == "mark":  # on a span it is pandoc's word for what is highlighted
        return kind not in ("Span", "Emph")
    return name in our_names()[0] or name in _PANDOCS


def is_our_id(name: str) -> bool:
    """Whether an id is the page's own."""
    exact, prefixes = our_names()[1:]
    known = name in exact or name.startswith(prefixes)
    return known or _PANDOCS_IDS.fullmatch(name) is not None


@cache
def our_names() -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    """Return the classes, the ids and what ids begin with that our stylesheet and templates name.

    They are read there, so that a new one is reserved as soon as it is used.
    """
    classes: set[str] = set()
    ids: set[str] = set()
    prefixes: set[str] = set()
    for name, text in _page_files():
        if name.endswith(".css"):
            plain = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
            classes.update(re.findall(r"\.([A-Za-z][\w-]*)", plain))
        for value in re.findall(r"\bclass=\"([^\"]*)\"", text):
            classes.update(re.findall(r"[A-Za-z][\w-]*", value))
        ids.update(re.findall(r"\bid=\"([^\"{]+)\"", text))
        prefixes.update(re.findall(r"\bid=\"([^\"{]+)\{", text))
    return frozenset(classes - _AUTHORS), frozenset(ids), tuple(sorted(prefixes))


def _page_files() -> Iterator[tuple[str, str]]:
    folder = files("pubtool.writers.html")
    for entry in (*folder.iterdir(), *folder.joinpath("templates").iterdir()):
        if entry.name.endswith((".css", ".html", ".xml")):
            yield entry.name, entry.read_text(encoding="utf-8")
