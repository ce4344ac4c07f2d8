"""What writers may know of the sources' texts: each is opened only when its words are asked for."""

from __future__ import annotations

from functools import cache

from pubtool.model import Key, SourceText
from pubtool.pipeline.workspace import Workspace
from pubtool.writers.provenance import Provenance, Sources


def sources_of(workspace: Workspace) -> Sources:
    """Return the sources as a workspace has them."""

    @cache
    def provenance(key: Key) -> Provenance:
        pin = workspace.lock.pins.get(key)
        return Provenance(
            workspace.files_of(key),
            pin.origin if pin else "",
            pin.archive if pin else "",
            pin.sha256 if pin else "",
        )

    def text(key: Key) -> SourceText | None:
        parts = workspace.library.index.parts
        return parts.text(key) if key in parts else None

    @cache
    def reader(key: Key) -> str:
        from pubtool.readers.sources.extractors import extractor  # not for what is remembered

        names = workspace.files_of(key)
        return " ".join(extractor(workspace.root / names[0][0])) if names else ""

    return Sources(provenance, text, reader)
