"""The desk's pages: what there is to see, put into templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote, urlencode

from pubtool.model import Choice, Decision, NoPicture
from pubtool.pipeline.reviewing import (
    ALL,
    FILTERS,
    KNOWN,
    WAITING,
    Item,
    Named,
    Review,
    Seen,
    name_locator,
    seen_now,
)
from pubtool.server.rendering import render

POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may do: nothing that is not ours, and nothing that is written in the page itself."""

PANELS = ("waive", "fix", "cite", "undo", "keys", "name")
"""What can be opened on a page by ``do``."""

_LONG, _ENDS = 700, 250
"""Code points of a stretch in which nothing differs, of which the middle is folded away, and of its
ends."""
_STATES = {"passes": "✓", "open": "○", "fails": "✗"}
_NAMES = {WAITING: "Waiting", KNOWN: "In the baseline", ALL: "All"}
_ALWAYS = (WAITING, ALL)
"""The filters that are offered even where nothing passes them."""
_HEADINGS = {
    WAITING: "Waiting for a decision",
    KNOWN: "In the baseline",
    ALL: "All quotations",
}


@dataclass(frozen=True)
class Wish:
    """What a request wants to see besides the page itself."""

    show: str = WAITING
    """The filter by which the editor goes from one quotation to the next."""
    do: str = ""
    """The panel that is open."""
    find: str = ""
    """Words of a source that is looked for."""
    step: int = 0
    """The step that was just taken, or undone."""
    was: str = ""
    """The id of the quotation that was asked for, where its words are others now."""
    problem: str = ""
    """Why what was asked for was not done."""
    theirs: Decision | None = None
    overtaken: bool = False
    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What the editor had typed into a form that could not be used."""


def address(item: Item | None, show: str, **more: object) -> str:
    """Return a quotation's address, with what is to be shown along with it."""
    if item is None:
        return f"/?{urlencode({'show': show, **more})}"
    return f"/quotation/{quote(item.post)}/{item.id}?{urlencode({'show': show, **more})}"


class Pages:
    """Makes the desk's pages."""

    def __init__(self, review: Review, secret: str) -> None:
        """Take what is reviewed, and the secret that every form holds."""
        self._review = review
        self._secret = secret

    def posts(self, wish: Wish) -> str:
        """Return the list of all posts."""
        if self._review.fault:
            return self._page("fault.html", wish, "This project", fault=self._review.fault)
        lines = self._review.lines(wish.show)
        shown = [one for one in lines if wish.show == ALL or one.shown or one.fault]
        return self._page(
            "posts.html",
            wish,
            _HEADINGS.get(wish.show, f"Quotations found {wish.show}"),
            lines=shown,
            any_posts=bool(lines),
            unchecked=sum(not (one.checked or one.fault) for one in lines),
            first=next(iter(self._review.items(wish.show)), None),
        )

    def post(self, path: str, wish: Wish) -> str | None:
        """Return a post's page; None where there is none."""
        page = self._review.post(path)
        if page is not None:
            items = {item.id: item for item in page.items}
            here = f"/post/{quote(path)}?show={wish.show}"
            lang = self._review.lang(path)
            return self._page(
                "post.html", wish, page.title, post=page, items=items, here=here, lang=lang
            )
        fault = self._review.fault or self._review.post_fault(path)
        return self._page("fault.html", wish, path, fault=fault) if fault else None

    def quotation(self, item: Item, wish: Wish) -> str:
        """Return a quotation's page."""
        look = self._review.at(item)
        before, behind = self._review.neighbours(item, wish.show)
        others = self._review.others(item)
        likely = next((other for other in others if other.passes), None) or look.match
        return self._page(
            "quotation.html",
            wish,
            f"{look.item.verdict}: {look.item.words}",
            look=look,
            title=self._review.title(item.post),
            before=before,
            behind=behind,
            others=others,
            seen=seen_now(self._review, item),
            sources=self._sources(wish, likely.key if likely else ""),
            suggested=name_locator(likely.locator) if likely and likely.locator else "",
            here=address(item, wish.show),
            lang=self._review.lang(item.post),
            folded=folded,
        )

    def pictures(self, item: Item, wish: Wish) -> str:
        """Return the page with the pictures of the source's pages that a passage stands on."""
        pages, here = self._review.pictures(item), address(item, wish.show)
        return self._page(
            "pictures.html",
            wish,
            "The source’s page",
            item=item,
            pages=() if isinstance(pages, NoPicture) else pages,
            why=pages.why if isinstance(pages, NoPicture) else "",
            here=here,
        )

    def gone(self, path: str, wish: Wish) -> str:
        """Return the page for a quotation that its post has no more."""
        return self._page("gone.html", wish, "Gone", path=path, title=self._review.title(path))

    def rule(self, code: str, wish: Wish) -> str | None:
        """Return a rule's page; None for a code that no rule has."""
        if self._review.fault:
            return self.posts(wish)
        text = self._review.rule(code)
        return self._page("rule.html", wish, code, text=text) if text else None

    def missing(self, wish: Wish) -> str:
        """Return the page for an address where nothing is."""
        return self._page("missing.html", wish, "Nothing here")

    def _sources(self, wish: Wish, first: str) -> tuple[Named, ...]:
        return self._review.search_sources(wish.find, first) if wish.do == "cite" else ()

    def _page(self, name: str, wish: Wish, heading: str, **context: Any) -> str:
        """Return a page, dressed as all are."""
        context.setdefault("here", address(None, wish.show))
        return render(
            __package__,
            name,
            **context,
            wish=wish,
            heading=heading,
            address=address,
            url=quote,
            decided=in_words,
            states=_STATES,
            secret=self._secret,
            who=self._review.who,
            filters=self._filters(),
            last=self._review.steps.last,
            said=self._review.steps.told(wish.step),
        )

    def _filters(self) -> list[tuple[str, str, int]]:
        if self._review.fault:
            return []
        counts = self._review.counts()
        return [
            (show, _NAMES.get(show, show), counts[show])
            for show in FILTERS
            if counts[show] or show in _ALWAYS
        ]


def folded(text: str) -> tuple[str, ...]:
    """Return a stretch in which nothing differs: whole, or its beginning, the middle and its end.

    Who looks for the one word that differs in a passage of a page need not read all of it.
    """
    if len(text) <= _LONG:
        return (text,)
    head = text[:_ENDS].rpartition(" ")[0] or text[:_ENDS]
    tail = text[-_ENDS:].partition(" ")[2] or text[-_ENDS:]
    return head, text[len(head) : len(text) - len(tail)], tail


def in_words(decision: Decision) -> str:
    """Return a decision as it is told: ``waived Q301 by Ada on 2026-05-03: interview``."""
    waived = f"Waived {', '.join(decision.codes)}"
    said = "Accepted" if decision.choice is Choice.ACCEPT else waived
    said += f" by {decision.by}" if decision.by else ""
    said += f" on {decision.on}" if decision.on else ""
    return f"{said}: {decision.reason}" if decision.reason else said


def start_page() -> str:
    """Return the page that leads on from the start address.

    No redirect does: where a link elsewhere led to the start address, the browser would follow it
    without the cookie that it was just given.
    """
    return render(__package__, "start.html")


def seen_of(fields: Mapping[str, Sequence[str]]) -> Seen:
    """Return what an editor was shown, as a form of ours says."""

    def one(name: str) -> str:
        return fields.get(name, [""])[0]

    return Seen(unquote(one("post")), one("quotation"), one("seen"), one("decided"), one("text"))
