"""Pages made of templates, and the files that go with them: what the server's rooms share."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pubtool.pipeline import printable

if TYPE_CHECKING:
    from jinja2 import Environment


def render(package: str, name: str, **context: Any) -> str:
    """Return a package's template with values put in, each as text that cannot be markup.

    Nor can it steer: control characters and those that turn the direction of a line are U+FFFD.
    """
    return _environment(package).get_template(name).render(**context)


def static(package: str, name: str) -> bytes:
    """Return a file of a package's own."""
    return _static(package, name)


def fingerprint(data: bytes, *parts: str) -> str:
    """Return what differs where a page does."""
    whole = hashlib.sha256(data)
    for part in parts:
        whole.update(f"\0{part}".encode("utf-8", "surrogatepass"))
    return whole.hexdigest()[:16]


@cache
def _static(package: str, name: str) -> bytes:
    return files(package).joinpath("static", name).read_bytes()


@cache
def _environment(package: str) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(package, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )


def _harmless(value: Any) -> Any:
    """Return what a template shows; text that is markup already is ours, and stays."""
    return printable(value) if type(value) is str else value
