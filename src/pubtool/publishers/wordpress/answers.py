"""What a site's answer is where it is not the JSON that was asked for, and what helps.

A site behind a firewall, in maintenance or with a broken plugin answers with a page for people.
What such a page looks like is a guess, so its first words are always quoted beside it.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

_QUOTED = 80
"""Signs of a page that are shown."""
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_HIDDEN = re.compile(r"<(script|style|head)\b.*?</\1>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_WITHIN = re.compile(r"</?(?:a|b|cite|code|em|i|mark|q|small|span|strong|sub|sup)\b[^>]*>")
"""Tags that part no words."""
_TAG = re.compile(r"<[^>]*>")
_PHP = re.compile(
    rb"\s*(?:<br\s*/?>\s*)?(?:<b>)?(?:PHP )?"
    rb"(Warning|Notice|Deprecated|Fatal error|Parse error)(?:</b>)?:\s"
)
"""How PHP prints a fault of its own, with `html_errors` or without."""
_LOG = "look into the site's error log"
LATER = f"try again later; if it stays so, {_LOG}"
"""What helps where nothing says what else would."""
_LINE = re.compile(rb"^[\[{]", re.MULTILINE)
_TRIED = 50
"""Lines at which JSON may begin behind warnings."""
_PAGES: tuple[tuple[str, str, str], ...] = (
    (
        r"loginform|wp-login\.php|wp-submit",
        "a login page",
        "let /wp-json/ through whatever closes the site or its REST API to visitors",
    ),
    (
        r"scheduled maintenance|maintenance mode|under maintenance",
        "a maintenance page",
        "try again when the site's maintenance is over",
    ),
    (
        r"cloudflare|you have been blocked|access denied|wordfence|sucuri|mod_security|"
        r"request rejected|captcha|are you (?:a )?human",
        "a firewall's page",
        "have the firewall let programs through to /wp-json/, or ask the site's host to",
    ),
    (
        r"critical error on this website|fatal error",
        "WordPress's page for a critical error",
        _LOG,
    ),
    (
        r"error establishing a database connection",
        "WordPress's page for a database that does not answer",
        "try again later, or ask the site's host",
    ),
)
_DISPLAY = "set WP_DEBUG_DISPLAY to false in the site's wp-config.php"


@dataclass(frozen=True, slots=True)
class Odd:
    """An answer that is no JSON of the API's."""

    why: str
    """A clause: ``it answers 200 with a login page (“Log In”)``."""
    mend: str = ""
    """Where the status alone does not tell what helps."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An error in WordPress's own words."""

    code: str
    message: str
    data: Mapping[str, Any]


def read(status: int, body: bytes, media_type: str) -> Any:
    """Return the JSON of an answer, or `Odd` where it is none.

    Warnings of PHP's before the JSON are passed over where the answer still says that it is JSON.
    Where it does not, they were sent before WordPress could give status and headers, the number of
    a list's pages among them, and what follows is only half of what was said.
    """
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        if "json" in media_type.lower() and _PHP.match(body):
            for start in islice(_LINE.finditer(body), _TRIED):
                with suppress(ValueError, RecursionError):
                    return json.loads(body[start.end() - 1 :])
        return _odd(status, body)


def fault_of(value: Any) -> Fault | None:
    """Return the error that an answer is, None where it is none in WordPress's form."""
    if not isinstance(value, dict) or not isinstance(value.get("code"), str):
        return None
    if not isinstance(value.get("message"), str):
        return None
    data = value.get("data")
    return Fault(value["code"], plain(value["message"]), data if isinstance(data, dict) else {})


def plain(text: str) -> str:
    """Return HTML as a line of plain text, without what cannot be printed."""
    bare = html.unescape(_TAG.sub(" ", _WITHIN.sub("", _HIDDEN.sub(" ", text))))
    shown = "".join(sign if sign.isprintable() else " " for sign in bare)
    return " ".join(shown.split())


def _odd(status: int, body: bytes) -> Odd:
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return Odd(f"it answers {status} with nothing")
    php = _PHP.match(start)
    if php:
        why = f"its answer begins with a {php[1].decode().lower()} of PHP's ({_first_words(start)})"
        return Odd(why, _LOG if b"error" in php[1] else _DISPLAY)
    if start[:1] in (b"{", b"["):
        return Odd(f"it answers {status} with JSON that is cut off or damaged")
    page = start.decode("utf-8", "replace")
    for pattern, what, mend in _PAGES:
        if re.search(pattern, page[:200_000], re.IGNORECASE):
            return Odd(f"it answers {status} with {what} ({_first_words(start)})", mend)
    what = "a page" if start[:1] == b"<" else "text"
    return Odd(f"it answers {status} with {what} instead of JSON ({_first_words(start)})")


def _first_words(body: bytes) -> str:
    title = _TITLE.search(body)
    said = plain((title[1] if title else body[:20_000]).decode("utf-8", "replace"))
    cut = said[:_QUOTED].rsplit(" ", 1)[0] + " …" if len(said) > _QUOTED else said
    return f"“{cut}”" if cut else "an empty page"


# --- Mends of WordPress's own errors --------------------------------------------------------------

_PASSWORD = (
    "check `user` and the application password letter by letter, or make a new one on the site "
    "(Users, Profile, at the foot of the page)"
)
_NOT_HEARD = (
    f"{_PASSWORD}; only if both are right, the host strips the "
    'Authorization header: ask it not to, or put `SetEnvIf Authorization "(.*)" '
    "HTTP_AUTHORIZATION=$1` into the site's .htaccess"
)
"""WordPress does not tell a password that it did not see from one that it came to see too late."""
_SWITCHED_OFF = "see whether a plugin switches the REST API off, and have it let this account in"
_MENDS: Mapping[str, str] = {
    "rest_not_logged_in": _NOT_HEARD,
    "incorrect_password": _PASSWORD,
    "invalid_username": _PASSWORD,
    "invalid_email": _PASSWORD,
    "invalid_token": "make a new token, and give it as the site's password",
    "application_passwords_disabled": "switch application passwords on, or use another account",
    "application_passwords_disabled_for_user": "use an account that may have them",
    "rest_cannot_publish": "leave it a draft (--status draft), or use an account that may publish",
    "rest_cannot_edit": "it is another's; use an account that may edit others' posts",
    "rest_forbidden_context": "it is another's; use an account that may edit others' posts",
    "rest_upload_sideload_error": "save the file as JPEG, PNG, GIF or WebP",
    "rest_upload_file_too_big": "make the file smaller",
    "rest_no_route": _SWITCHED_OFF,
    "rest_disabled": _SWITCHED_OFF,
    "rest_cannot_access": _SWITCHED_OFF,
    "rest_login_required": _SWITCHED_OFF,
    "rest_post_invalid_id": "run it again, which looks at what the site has",
}
_MENDS_OF_STATUS: Mapping[int, str] = {
    401: _PASSWORD,
    403: "use an account whose role permits it, or see whether a firewall stands before the site",
    404: "check the site's address, and see whether a plugin switches the REST API off",
    409: "somebody else is at it; wait until they are done, and run it again",
    410: "it was deleted on the site; run it again, which looks at what the site has",
    413: "make the file smaller, or have the site's limit raised (post_max_size)",
    423: "somebody else is at it; wait until they are done, and run it again",
    429: "try again later: the site asks for fewer requests",
}


_LETTERS = 24
"""What an application password has, in groups of four (WP_Application_Passwords::PW_LENGTH)."""


def why_no_application_password(password: str) -> str:
    """Return what helps against a refused password that cannot be right; empty if it may be."""
    letters = "".join(password.split())
    if len(letters) == _LETTERS and letters.isascii() and letters.isalnum():
        return ""
    return (
        f"an application password has {_LETTERS} letters and digits, and the one that was given "
        f"has {len(letters)} signs; it is not the password for logging in: make one on the site "
        "(Users, Profile, at the foot of the page) and copy all of it"
    )


def mend_of(status: int, code: str) -> str:
    """Return what helps against an error, by WordPress's code, else by the status; or nothing."""
    if code == "rest_cannot_create":
        return _NOT_HEARD if status == 401 else "use an account whose role permits it"
    return _MENDS.get(code) or _MENDS_OF_STATUS.get(status, "")
