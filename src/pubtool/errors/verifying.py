"""What can go wrong with the record of a verification."""

from pubtool.errors.family import PubtoolError


class BadVerification(PubtoolError):
    """A verification cannot be used."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            f"{path}: no verification that can be read: {why}; write it anew with `pubtool build`, "
            "or take it back from where it was published"
        )


class NoVerification(PubtoolError):
    """There is nothing to verify."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"{folder}: no verification.json here or in its folders; write the pages first with "
            "`pubtool build --to html`, or name the files"
        )
