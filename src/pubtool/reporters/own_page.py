"""The head of a report that is one file of HTML: its style within, and a policy for no more."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256


def head(title: str, style: str, *more: str) -> Iterator[str]:
    """Yield the lines up to the body; `more` are elements that stand before the title."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield from more
    yield f"<title>{title}</title>"
    yield f"<style>{style}</style>"
    yield "</head>"
    yield "<body>"
