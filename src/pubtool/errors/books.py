"""What can go wrong where posts are bound as books."""

from __future__ import annotations

from pubtool.errors.family import PubtoolError


class BadReference(PubtoolError):
    """The project's own Word document that gives the styles cannot be used."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"templates/reference.docx: it cannot give the styles: {why}; save it anew as .docx, "
            "or remove it to have ours again"
        )
