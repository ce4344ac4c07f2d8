"""What can go wrong with what was decided: decisions, the baseline."""

from pubtool.errors.family import PubtoolError


class BadDecision(PubtoolError):
    """A file of decisions cannot be used."""

    def __init__(self, path: str, line: int, why: str) -> None:
        super().__init__(f"{path}:{line}: {why}")
        self.line = line
        """1-based."""
        self.why = why
        """What is wrong and what mends it, without the place."""


class DecidedMeanwhile(PubtoolError):
    """Somebody else has decided since; what stands there still stands."""

    def __init__(self, path: str, there: str) -> None:
        super().__init__(
            f"{path}: somebody else has decided about this quotation meanwhile, and nothing was "
            "changed; look at what stands there now, and decide again"
        )
        self.there = there
        """The file's text as it stands; empty where it is gone."""


class BadBaseline(PubtoolError):
    """baseline.toml cannot be used."""

    def __init__(self, path: str, line: int, why: str) -> None:
        super().__init__(f"{path}:{line}: {why}")


class NoBaseline(PubtoolError):
    """There is no baseline to compare with."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path}: there is no baseline yet; write what is found today with `pubtool check "
            "--write-baseline`"
        )
