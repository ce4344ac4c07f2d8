"""HTML as an author wrote it, cut into pieces, and the pieces that may stay written anew.

Nothing of the author's reaches the output as it stands: a tag that may stay is written from its
name and its attributes, text is escaped. What a browser would make of the input is therefore no
question: it sees only what is written here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape

from pubtool.text.patterns import late
from pubtool.writers.sanitise.policy import (
    ADDRESSES,
    ENDS,
    FOR_EDITORS,
    PHRASES,
    RELATIONS,
    UNSEEN,
    VOID,
    WITHIN,
    Policy,
    address_fault,
    is_our_class,
    is_our_id,
    safe_style,
)

Tell = Callable[[str, str], None]
"""Notes what is left out, and why."""

_VALUE = r"\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+"
_NAME = r"[^\s\"'<>/=]+"
_PIECE = late(
    r"(?P<comment><!--.*?(?:-->|\Z))"
    r"|(?P<other><[!?][^>]*(?:>|\Z))"
    r"|<(?P<slash>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)"
    rf"(?P<attributes>(?:\s+{_NAME}(?:\s*=\s*(?:{_VALUE}))?)*)\s*/?>",
    re.DOTALL,
)
"""A comment, a declaration or a tag, by CommonMark's grammar. A tag that is written otherwise (with
its attributes run together, or never closed) is shown as the text that it is."""
_ATTRIBUTE = late(rf"\s+({_NAME})(?:\s*=\s*({_VALUE}))?", re.DOTALL)
_REFERENCE = late(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]*;)")
_UNWRITABLE = late("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
"""Characters that XML, and with it a book, cannot hold."""
_ACTIVE = "nothing of an author's may run, or fetch from elsewhere"
_NOT_OF_TEXT = "it is none that an author may use"


@dataclass(frozen=True)
class Tag:
    """A tag that the author wrote."""

    name: str
    """In lower case."""
    ends: bool
    pairs: tuple[tuple[str, str], ...] = ()
    """Its attributes, in their order, names in lower case, values as a browser reads them."""
    source: str = ""
    """As it stands in the post; empty where an attribute is there twice."""

    def __str__(self) -> str:
        return f"</{self.name}>" if self.ends else f"<{self.name}>"


def pieces(html: str, tell: Tell) -> Iterator[Tag | str]:
    """Yield the tags of a piece of HTML, and its text as it stands; what is hidden in it goes.

    Comments are for editors and go without a word; declarations, and elements that hold no text or
    are read by rules of their own, are told.
    """
    at = 0
    endless: set[str] = set()
    while at < len(html):
        found = _PIECE.search(html, at)
        if found is None:
            break
        if found.start() > at:
            yield html[at : found.start()]
        at = found.end()
        if found["other"]:
            tell(_short(found["other"]), "it is no element")
        elif found["name"]:
            tag = _tag(found)
            if tag.name in UNSEEN and not tag.ends:
                tell(str(tag), _ACTIVE)
                end = 0 if tag.name in endless else _end_of(tag.name, html, at)
                if not end:
                    endless.add(tag.name)
                at = max(at, end)
            else:
                yield tag
    if at < len(html):
        yield html[at:]


def image_sources(html: str) -> Iterator[str]:
    """Yield the addresses of the images in a piece of HTML."""
    for piece in pieces(html, lambda *_: None):
        if isinstance(piece, Tag) and piece.name == "img":
            yield from (value for name, value in piece.pairs if name == "src" and value)


def _tag(found: re.Match[str]) -> Tag:
    if found["slash"]:
        return Tag(found["name"].lower(), ends=True)
    pairs: dict[str, str] = {}
    given = _ATTRIBUTE.findall(found["attributes"])
    for name, value in given:
        plain = value[1:-1] if value[:1] in ('"', "'") else value
        pairs.setdefault(name.lower(), _REFERENCE.sub(lambda ref: unescape(ref[0]), plain))
    source = found[0] if len(pairs) == len(given) else ""
    return Tag(found["name"].lower(), ends=False, pairs=tuple(pairs.items()), source=source)


def _end_of(name: str, html: str, at: int) -> int:
    """Return where an element ends of which nothing stays; 0 where it never does."""
    found = re.compile(rf"</{name}\b[^>]*>", re.IGNORECASE).search(html, at)
    return found.end() if found else 0


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 40 else f"{plain[:39]}…"


# --- What stays of a tag --------------------------------------------------------------------------


def safe_pairs(
    kind: str, pairs: Sequence[tuple[str, str]], policy: Policy, tell: Tell
) -> list[tuple[str, str]]:
    """Return the attributes that may stay, of a tag or, with a capital, a type of pandoc's."""
    tag = kind if kind.islower() else ""
    kept = []
    for name, value in pairs:
        if name in FOR_EDITORS and not tag:
            continue
        if not policy.may_have(tag, name.lower()):
            tell(f"the attribute {name}", _ACTIVE if name.startswith("on") else _NOT_OF_TEXT)
            continue
        stays = _safe_value(kind, name.lower(), value, policy, tell)
        if stays is not None:
            kept.append((name, stays))
    return kept


def _safe_value(kind: str, name: str, value: str, policy: Policy, tell: Tell) -> str | None:
    """Return what stays of an attribute's value; None where the attribute goes."""
    if name in ADDRESSES:
        why = address_fault(value)
        if why:
            tell(f"the address {_short(value)}", why)
        return None if why else value
    if name == "style":
        kept, gone = safe_style(value, policy)
        for declaration in gone:
            tell(f"the style {_short(declaration)}", "it can cover the page or fetch something")
        return kept or None
    if name == "rel":
        return " ".join(word for word in value.lower().split() if word in RELATIONS) or None
    if name == "id":
        return safe_id(value, policy, tell) or None
    if name == "class":
        return " ".join(safe_classes(kind, value.split(), policy, tell)) or None
    return value


def safe_id(name: str, policy: Policy, tell: Tell) -> str:
    """Return an id that may stay, or nothing."""
    if not policy.reserved or not is_our_id(name):
        return name
    tell(f"the id {name}", "the page itself uses it")
    return ""


def safe_classes(kind: str, names: Sequence[str], policy: Policy, tell: Tell) -> list[str]:
    """Return the classes that may stay."""
    kept = []
    for name in names:
        if name == "quotation" or (policy.reserved and is_our_class(name, kind)):
            tell(f"the class {name}", "it would look like something that the page itself says")
        else:
            kept.append(name)
    return kept


# --- Writing --------------------------------------------------------------------------------------


class Balance:
    """The author's elements that are open in one list of pandoc's, and what comes of each tag."""

    def __init__(self, policy: Policy, tell: Tell, *, inline: bool) -> None:
        self._policy = policy
        self._tell = tell
        self._inline = inline
        self._open: list[str] = []
        self._count: Counter[str] = Counter()
        """How often each stands there: to look through a long list for each tag would take long."""

    def write(self, piece: Tag | str) -> str:
        """Return a piece as it may stand there; nothing for one that goes."""
        if isinstance(piece, str):
            if not self._policy.whole:
                return piece.replace("<", "&lt;")
            return escape(_UNWRITABLE.sub("", unescape(piece)), quote=False)
        if piece.name not in self._policy.tags:
            self._tell(str(piece), _ACTIVE if piece.name in _RUNS else _NOT_OF_TEXT)
            return ""
        if not self._policy.whole:
            return f"</{piece.name}>" if piece.ends else self._start(piece)
        if self._inline and piece.name not in PHRASES:
            self._tell(str(piece), "a paragraph holds text alone; put it on a line of its own")
            return ""
        return self._ended(piece) if piece.ends else self._begun(piece)

    def before_block(self) -> str:
        """Return the end of a paragraph that is open, as a browser ends it before a block."""
        if self._inline or self._open[-1:] != ["p"]:
            return ""
        return self._close()

    def rest(self) -> str:
        """Return the ends of all that is still open."""
        for name in self._open:
            if name not in ENDS:
                self._tell(f"<{name}>", "it has no end, and was ended with what it stands in")
        closed = "".join(f"</{name}>" for name in reversed(self._open))
        self._open.clear()
        self._count.clear()
        return closed

    def _begun(self, tag: Tag) -> str:
        before = ""
        ending = ENDS.get(tag.name, frozenset())
        if tag.name not in PHRASES:
            ending |= {"p"}
        while self._open and self._open[-1] in ending:
            before += self._close()
        around = self._open[-1] if self._open else ""
        if tag.name in WITHIN and around not in WITHIN[tag.name]:
            self._tell(str(tag), f"it stands only in {' or '.join(sorted(WITHIN[tag.name]))}")
            return before
        if tag.name not in VOID:
            self._open.append(tag.name)
            self._count[tag.name] += 1
        return before + self._start(tag)

    def _ended(self, tag: Tag) -> str:
        if tag.name in VOID:
            return ""
        if not self._count[tag.name]:
            self._tell(str(tag), "nothing is open that it would end")
            return ""
        closed = [self._close()]
        while closed[-1] != f"</{tag.name}>":
            closed.append(self._close())
        return "".join(closed)

    def _close(self) -> str:
        """Return the end of the element that was opened last."""
        name = self._open.pop()
        self._count[name] -= 1
        return f"</{name}>"

    def _start(self, tag: Tag) -> str:
        pairs = safe_pairs(tag.name, tag.pairs, self._policy, self._tell)
        if not self._policy.whole and tag.source and tuple(pairs) == tag.pairs:
            return tag.source
        words = "".join(f' {name}="{escape(_UNWRITABLE.sub("", value))}"' for name, value in pairs)
        return f"<{tag.name}{words}{' /' if tag.name in VOID else ''}>"


_RUNS = UNSEEN | frozenset(
    "audio base bgsound button dialog embed form frame frameset fencedframe input link meta param "
    "picture portal select source track video".split()
)
"""Elements that run, fetch, send or change what the page is."""
