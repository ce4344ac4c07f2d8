"""What can go wrong with a citation: its key, and its style."""

from pubtool.errors.family import PubtoolError


class UnknownStyle(PubtoolError):
    """A citation style is neither in the official repository nor in the project."""

    def __init__(self, name: str, near: tuple[str, ...]) -> None:
        hint = f"did you mean {' or '.join(near)}? " if near else ""
        super().__init__(
            f"csl: no citation style {name!r}; {hint}`pubtool styles WORDS` searches them all, and "
            "a .csl file in the project will do as well"
        )


class BadStyle(PubtoolError):
    """A file is no citation style that can be used."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"{name}: cannot be used as a citation style: {why}; mend the file, or name a style "
            "that `pubtool styles` lists"
        )


class UnknownKey(PubtoolError):
    """A command was given a citation key that the bibliography lacks."""

    def __init__(self, key: str, near: str) -> None:
        hint = (
            f"did you mean {near}?"
            if near
            else ("write its entry there first, or take a key that `pubtool sources list` names")
        )
        super().__init__(f"{key}: not in references.bib; {hint}")
