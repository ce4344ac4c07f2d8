"""The only room that knows two others: it joins, caches and runs them.

What the commands call is named here and loaded when it is first asked for, so that `check` does not
wait for what only `build` needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pubtool.pipeline.building import BuildMode, BuildResult, build
    from pubtool.pipeline.checking import check
    from pubtool.pipeline.sources import (
        SourceLine,
        add_source,
        list_sources,
        show_source,
        verify_sources,
    )

_HOME = {
    "BuildMode": "building",
    "BuildResult": "building",
    "build": "building",
    "check": "checking",
    "SourceLine": "sources",
    "add_source": "sources",
    "list_sources": "sources",
    "show_source": "sources",
    "verify_sources": "sources",
}

__all__ = [
    "BuildMode",
    "BuildResult",
    "SourceLine",
    "add_source",
    "build",
    "check",
    "list_sources",
    "show_source",
    "verify_sources",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
