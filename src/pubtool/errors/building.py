"""What keeps an export from being made."""

from __future__ import annotations

from pubtool.errors.family import PubtoolError


class TypesetFailed(PubtoolError):
    """Typst refused a document."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            f"{path}: the PDF could not be typeset ({why}); mend it, or build without pdf in --to"
        )


class ImageUnfit(TypesetFailed):
    """An image of a post cannot be set; `line` is 0 where the post itself has not got it."""

    def __init__(self, path: str, line: int, why: str, mend: str) -> None:
        where = f"{path}:{line}" if line else path
        PubtoolError.__init__(self, f"{where}: {why}; {mend}, or build without pdf in --to")


class BadFont(PubtoolError):
    """A file of the project's folder of typefaces is none that can be used."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path}: no TrueType or OpenType font; put the font's .ttf, .otf or .ttc file there, "
            "or take this one out"
        )


class GlyphMissing(PubtoolError):
    """No typeface at hand has a character of a post; `line` is 0 where the post itself has not."""

    def __init__(self, path: str, line: int, characters: str) -> None:
        shown = [
            f"{one} (U+{ord(one):04X})" if one.isprintable() else f"U+{ord(one):04X}"
            for one in characters[:6]
        ]
        more = f" and {len(characters) - 6} more" if len(characters) > 6 else ""
        where = f"{path}:{line}" if line else f"{path} (or what it cites)"
        them = "it" if len(characters) == 1 else "them"
        super().__init__(
            f"{where}: no font has {', '.join(shown)}{more}; put a font file that has {them} into "
            "the project's folder fonts/, or build without pdf in --to"
        )


class BadTemplate(PubtoolError):
    """A template of the project's cannot be used."""

    def __init__(self, path: str, line: int, why: str) -> None:
        super().__init__(
            f"{path}:{line}: the template cannot be used: {why}; mend the line, or remove the file "
            "to have ours again"
        )


class BadReference(PubtoolError):
    """The project's own Word document that gives the styles cannot be used."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"templates/reference.docx: it cannot give the styles: {why}; save it anew as .docx, "
            "or remove it to have ours again"
        )


class BadOutput(PubtoolError):
    """A folder that pages cannot be written to."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            f"{path}: no place for the pages, {why}; name another folder with --output, or as "
            "`output` in pubtool.toml"
        )


class SameSlug(PubtoolError):
    """Two posts would be written to one address."""

    def __init__(self, path: str, slug: str, other: str) -> None:
        super().__init__(
            f"{path}: its address {slug!r} is that of {other} already; give one of the two "
            "another `slug` in its front matter"
        )


class BadAlias(PubtoolError):
    """A former address that no page can stand at."""

    def __init__(self, path: str, alias: str, why: str, mend: str) -> None:
        super().__init__(f"{path}: the alias {alias!r} {why}; {mend}")
