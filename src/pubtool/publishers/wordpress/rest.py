"""A WordPress site over its REST API: the one real `Remote`.

Written against WordPress 6.8 and 7.1 as they answer, and held to them by tests.
"""

from __future__ import annotations

import base64
import html
import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeVar
from urllib.parse import quote, urlsplit

from pubtool.errors import BadCredentials, NoPermission, SiteRefused, SiteUnreachable
from pubtool.publishers.wordpress.answers import Odd
from pubtool.publishers.wordpress.calls import Answer, Calls, Errand
from pubtool.publishers.wordpress.discovery import Found, discover, is_hosted
from pubtool.publishers.wordpress.records import media_of, post_of, term_of
from pubtool.publishers.wordpress.remote import Account, Media, Remote, RemotePost, Taxonomy, Term
from pubtool.system.secret import Secret

T = TypeVar("T")

_ROUTES: Mapping[Taxonomy, str] = {"category": "/categories", "post_tag": "/tags"}
_EDIT = {"context": "edit"}
_MOST = 100
"""Items of a page; the API gives no more."""
_GONE = frozenset({"rest_post_invalid_id", "rest_term_invalid"})


def connect(
    url: str,
    user: str,
    secret: Secret,
    *,
    auth: str = "basic",
    allowed: Sequence[str] = (),
) -> Remote:
    """Return a site that an account can read and write; nothing is asked of it yet.

    `secret` is the account's application password or, where `auth` is ``bearer``, a token. The
    site's own host may be private, since its address was written down; `allowed` are others. Raises
    `BadCredentials` where the secret cannot be sent.
    """
    own = urlsplit(url).netloc.rpartition("@")[2]
    return RestSite(Calls(url, login_of(url, user, secret, auth), (*allowed, own)))


def login_of(url: str, user: str, secret: Secret, auth: str) -> Secret:
    """Return the Authorization header's value; raise `BadCredentials` where there can be none."""
    said = secret.reveal()
    if not said or any(not sign.isprintable() for sign in said):
        raise BadCredentials(url, "its password is empty or has control characters", "mend it")
    if auth == "bearer":
        if not said.isascii() or " " in said:
            raise BadCredentials(url, "its token has signs that no token has", "mend it")
        return Secret(f"Bearer {said}")
    if is_hosted(url):
        why = "WordPress.com takes no application password but a token"
        raise BadCredentials(url, why, 'write auth = "bearer" for it in pubtool.toml')
    if not user or ":" in user:
        why = f"{user!r} is no user's name" if user else "no user's name is given"
        raise BadCredentials(url, why, "set `user` in pubtool.toml")
    return Secret("Basic " + base64.b64encode(f"{user}:{said}".encode()).decode("ascii"))


class RestSite:
    """A site over its REST API. Its API is looked for at the first call, and remembered."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._found: Found | None = None

    def account(self) -> Account:
        """Return what the site says of itself and of us; see `Remote`."""
        found = self._site()
        errand = self._errand("logging in", "/users/me", _EDIT)
        me = self._calls.want(errand)
        capabilities = me.get("capabilities") if isinstance(me, dict) else None
        if not isinstance(me, dict) or not isinstance(capabilities, dict):
            why = "it does not say what the account may do"
            raise SiteUnreachable(self._calls.errand(errand), why, "check the site's address")
        return Account(
            name=html.unescape(found.name),
            url=found.home,
            version=found.version,
            user=str(me.get("username") or me.get("slug") or me.get("name") or ""),
            user_id=int(me.get("id") or 0),
            capabilities=frozenset(name for name, has in capabilities.items() if has),
            footnotes=self._has_footnotes(),
            gmt_offset=found.gmt_offset,
        )

    def post(self, identifier: int) -> RemotePost | None:
        """Return a post; see `Remote`."""
        answer = self._one("reading the post", f"/posts/{identifier}", _EDIT)
        found = None if answer is None else self._known(*answer, post_of)
        return None if found is None or found.status == "trash" else found

    def posts(self, *, slug: str = "", search: str = "") -> Sequence[RemotePost]:
        """Return posts; see `Remote`."""
        query = {"status": "any", **_EDIT}
        query |= {name: said for name, said in (("slug", slug), ("search", search)) if said}
        return tuple(self._all("reading the posts", "/posts", query, post_of))

    def create(self, fields: Mapping[str, Any]) -> RemotePost:
        """Make a post; see `Remote`."""
        return self._write(f"creating the post {_named(fields)}", "/posts", fields, post_of)

    def update(self, identifier: int, fields: Mapping[str, Any]) -> RemotePost:
        """Change a post; see `Remote`."""
        doing, route = f"updating the post {identifier}", f"/posts/{identifier}"
        return self._write(doing, route, fields, post_of, again="yes")

    def terms(self, taxonomy: Taxonomy) -> Sequence[Term]:
        """Return all terms; see `Remote`."""
        route = _ROUTES[taxonomy]
        return tuple(self._all(f"reading the {route[1:]}", route, {}, term_of))

    def create_term(self, taxonomy: Taxonomy, name: str, slug: str) -> Term:
        """Make a term, or return the one that is there; see `Remote`.

        Asked twice, WordPress makes none twice: it says ``term_exists``, with the id.
        """
        route = _ROUTES[taxonomy]
        fields = {"name": name} | ({"slug": slug} if slug else {})
        try:
            return self._write(f"making the term {name!r}", route, fields, term_of, again="yes")
        except SiteRefused as error:
            if error.code != "term_exists" or not isinstance(error.data.get("term_id"), int):
                raise
            number = error.data["term_id"]
        errand = self._errand(f"reading the term {name!r}", f"{route}/{number}")
        return self._known(errand, self._calls.ask(errand), term_of)

    def media(self, slug: str) -> Sequence[Media]:
        """Return attachments; see `Remote`.

        An account that may not edit others' is not shown theirs in the edit context: those are read
        as visitors see them.
        """
        doing, query = "looking for an image", {"slug": slug}
        seen = {one.id: one for one in self._all(doing, "/media", query, media_of)}
        if seen:
            seen |= {one.id: one for one in self._all(doing, "/media", query | _EDIT, media_of)}
        return tuple(seen[number] for number in sorted(seen))

    def media_of(self, identifier: int) -> Media | None:
        """Return an attachment; see `Remote`."""
        route = f"/media/{identifier}"
        try:
            answer = self._one("reading the image", route, _EDIT)
        except NoPermission:
            answer = self._one("reading the image", route, {})
        return None if answer is None else self._known(*answer, media_of)

    def upload(self, name: str, slug: str, data: bytes, media_type: str) -> Media:
        """Upload a file; see `Remote`."""
        headers = {"Content-Type": media_type, "Content-Disposition": disposition(name)}
        url = self._site().api.at("/media", {"slug": slug, "title": name.rpartition(".")[0]})
        errand = Errand(f"uploading {name}", url, "POST", headers, data)
        answer = self._calls.ask(errand)
        stored = answer.exchange.header("X-WP-Upload-Attachment-ID")
        if answer.status >= 500 and stored.isascii() and stored.isdigit():
            # it has the file, and ran out of memory or time when it made the smaller sizes
            found = self.media_of(int(stored))
            if found is not None:
                return found
        return self._known(errand, answer, media_of)

    def describe(self, identifier: int, *, alt: str, caption: str) -> Media:
        """Set the texts of an attachment; see `Remote`."""
        fields = {"alt_text": alt, "caption": caption}
        doing, route = "describing the image", f"/media/{identifier}"
        return self._write(doing, route, fields, media_of, again="yes")

    # --- How it is asked --------------------------------------------------------------------------

    def _site(self) -> Found:
        """Return the API, looked for once; raise `NoPermission` where it hears no password."""
        if self._found is None:
            found = discover(self._calls, self._calls.site)
            if found.passwords is False and self._calls.login.reveal().startswith("Basic "):
                raise self._deaf(found)
            self._found = found
        return self._found

    def _deaf(self, found: Found) -> NoPermission:
        errand = f"{self._calls.site}: logging in"
        if found.api.root.startswith("https://"):
            why = "the site has application passwords switched off"
            mend = "see whether a security plugin does that, and allow them"
        else:
            why = "over http WordPress takes no application passwords"
            mend = (
                "give the site a certificate and write its address with https://, or set "
                "WP_ENVIRONMENT_TYPE to local if it is a test site"
            )
        return NoPermission(errand, why, mend)

    def _errand(self, doing: str, route: str, query: Mapping[str, str] | None = None) -> Errand:
        return Errand(doing, self._site().api.at(route, query))

    def _one(
        self, doing: str, route: str, query: Mapping[str, str]
    ) -> tuple[Errand, Answer] | None:
        """Return the answer for one item, None where WordPress says that there is none."""
        errand = self._errand(doing, route, query)
        answer = self._calls.ask(errand)
        gone = answer.status in (404, 410) and answer.fault and answer.fault.code in _GONE
        if gone:
            return None
        self._calls.settle(errand, answer)
        return errand, answer

    def _all(
        self, doing: str, route: str, query: Mapping[str, str], noun: Callable[[Any], T]
    ) -> Iterator[T]:
        """Yield the items of all pages, by id.

        The header that counts the pages may be lost on the way; then pages are read until there is
        none. A page may be short, since what the account may not edit is left out of it.
        """
        number, pages = 1, ""
        while True:
            paged = {"per_page": str(_MOST), "page": str(number), "orderby": "id", "order": "asc"}
            errand = self._errand(doing, route, {**query, **paged})
            answer = self._calls.ask(errand)
            beyond = answer.fault and answer.fault.code.endswith("_invalid_page_number")
            if beyond and number > 1:
                return
            items = self._known(errand, answer, _items)
            for item in items:
                yield self._read(errand, answer, item, noun)
            pages = answer.exchange.header("X-WP-TotalPages").strip()
            number += 1
            if number > int(pages) if pages.isascii() and pages.isdigit() else not items:
                return

    def _write(
        self,
        doing: str,
        route: str,
        fields: Mapping[str, Any],
        noun: Callable[[Any], T],
        again: Literal["yes", "no"] = "no",
    ) -> T:
        """Send fields as JSON, and return what the site has now."""
        body = json.dumps(fields, ensure_ascii=False).encode("utf-8")
        headers = {"Content-Type": "application/json"}
        url = self._site().api.at(route, _EDIT)
        errand = Errand(doing, url, "POST", headers, body, repeatable=again == "yes")
        return self._known(errand, self._calls.ask(errand), noun)

    def _known(self, errand: Errand, answer: Answer, noun: Callable[[Any], T]) -> T:
        """Return what an answer says, as a noun."""
        return self._read(errand, answer, self._calls.settle(errand, answer), noun)

    def _read(self, errand: Errand, answer: Answer, said: Any, noun: Callable[[Any], T]) -> T:
        try:
            return noun(said)
        except (KeyError, TypeError, ValueError, AttributeError):
            why = f"it answers {answer.status} with JSON that is not WordPress's"
            raise self._calls.unusable(errand, Odd(why, "check the site's address")) from None

    def _has_footnotes(self) -> bool:
        """Whether posts have the field: by their schema, or by one of them where that is closed."""
        url = self._site().api.at("/posts", {"_fields": "schema"})
        answer = self._calls.ask(Errand("reading the schema of posts", url, "OPTIONS"))
        try:
            return "footnotes" in answer.value["schema"]["properties"]["meta"]["properties"]
        except (KeyError, TypeError):
            query = {"per_page": "1", "status": "any", "_fields": "meta"}
            first = self._errand("reading a post", "/posts", query)
            said = self._known(first, self._calls.ask(first), _items)
            return bool(said) and "footnotes" in (said[0].get("meta") or ())


def disposition(name: str) -> str:
    """Return the Content-Disposition of a file: an ASCII name, and the true one beside it.

    RFC 6266 and 5987. WordPress reads the plain ``filename`` alone, up to the next quotation mark
    or semicolon, and refuses an answer without it.
    """
    stem, dot, ending = name.rpartition(".")
    plain = "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in "-_. ") else "-"
        for sign in unicodedata.normalize("NFKD", stem if dot else ending)
        if not unicodedata.combining(sign)
    )
    shown = plain.strip("-. ") or "file"
    shown += f".{ending}" if dot and ending.isascii() and ending.isalnum() else ""
    exact = "" if shown == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    return f'attachment; filename="{shown}"{exact}'


def _items(said: Any) -> list[Any]:
    if not isinstance(said, list):
        raise TypeError(said)
    return said


def _named(fields: Mapping[str, Any]) -> str:
    return repr(str(fields.get("slug") or fields.get("title") or "without a name"))
