"""The preview's own pages, and what it adds to a post's: remarks, a bar, a script that reloads."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from html import unescape
from typing import Any

from pubtool.pipeline import Answer, Line, Remarks
from pubtool.server.rendering import render

OWN_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page of the preview's own may do."""

_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">\n?')
_TRUSTED = "frame-ancestors 'none'"
"""What is said of the page of a project whose authors are trusted: it has no policy."""


GONE = "gone"
"""The fingerprint of an address where nothing is."""


def dress(answer: Answer, shown: str) -> tuple[bytes, str]:
    """Return a site's page with the preview's bar and remarks, and the policy that it is under.

    `shown` is the page's fingerprint, by which its script knows that there is another.

    The page's own policy moves to the answer's head, where our script and its requests are added.
    """
    found = _POLICY.search(answer.data)
    policy = _with_ours(unescape(found[1].decode())) if found else _TRUSTED
    page = _POLICY.sub(b"", answer.data, count=1) if found else answer.data
    head, end, rest = page.rpartition(b"</body>")
    if not end:
        return page, policy
    ours = _template("bar.html", remarks=_told(answer.remarks), post=answer.post, shown=shown)
    return head + ours + end + rest, policy


def fault_page(fault: str, post: str, shown: str) -> bytes:
    """Return the page that stands where none can be made."""
    return _template("fault.html", fault=fault, post=post, shown=shown, remarks=None)


def missing_page(address: str) -> bytes:
    """Return the page for an address where nothing is."""
    return _template("missing.html", address=address, post="", shown=GONE, remarks=None)


def list_page(lines: Sequence[Line], shown: str) -> bytes:
    """Return the list of all posts and what was found in each."""
    return _template("posts.html", lines=lines, post="", shown=shown, remarks=None)


def _with_ours(policy: str) -> str:
    """Return a policy that lets our script and style in, and no page round it."""
    rules = {
        name: values
        for name, _, values in (part.strip().partition(" ") for part in policy.split(";"))
        if name
    }
    for name in ("script-src", "connect-src", "style-src"):
        values = [
            value for value in rules.get(name, "").split() if value not in ("'none'", "'self'")
        ]
        rules[name] = " ".join(["'self'", *values])
    rules["frame-ancestors"] = "'none'"
    return "; ".join(f"{name} {values}".strip() for name, values in rules.items())


def _told(remarks: Remarks | None) -> str:
    """Return the remarks as JSON that can stand in a page."""
    if remarks is None:
        return ""
    text = json.dumps(asdict(remarks), ensure_ascii=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _template(name: str, **context: Any) -> bytes:
    return render(__package__, name, **context).encode("utf-8", "replace")
