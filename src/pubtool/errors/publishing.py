"""What can go wrong between us and a site that is published to."""

from collections.abc import Mapping
from typing import Any

from pubtool.errors.family import PubtoolError


class NoPassword(PubtoolError):
    """Nothing says the password of a site."""

    def __init__(self, site: str, variable: str, path: str, keyring: str) -> None:
        super().__init__(
            f"{site}: no password in {variable}, in {path}, {keyring}; make one for pubtool on the "
            "site, an application password (Users, Profile, at the foot of the page), and give it "
            f'with `export {variable}="…"`'
        )


class BadCredentials(PubtoolError):
    """A place where a password stands cannot be used."""

    def __init__(self, place: str, why: str, mend: str) -> None:
        super().__init__(f"{place}: {why}; {mend}")


class NotEncrypted(PubtoolError):
    """A password would go over a line that others can read."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{url}: no password is sent without encryption; write the site's address with "
            "https://, and have a certificate put on the site if it has none"
        )


class SiteUnreachable(PubtoolError):
    """A site did not answer, or with nothing that can be used; nothing was changed there."""

    def __init__(self, errand: str, why: str, mend: str = "try again later") -> None:
        """Take what was wanted as ``ADDRESS: reading the posts``."""
        super().__init__(f"{errand} failed: {why}; {mend}")
        self.why = why


class NotWordPress(PubtoolError):
    """Nothing at an address speaks WordPress's REST API."""

    def __init__(self, url: str, why: str, mend: str) -> None:
        super().__init__(f"{url}: no REST API of WordPress is found: {why}; {mend}")


class SiteRefused(PubtoolError):
    """A site says that it did not do what it was asked."""

    def __init__(self, errand: str, why: str, mend: str) -> None:
        super().__init__(f"{errand} was refused: {why}; {mend}")
        self.why = why
        self.status = 0
        """Of HTTP, where the answer had one."""
        self.code = ""
        """WordPress's own, such as ``rest_cannot_create``, where it said one."""
        self.data: Mapping[str, Any] = {}
        """What WordPress said beside it, such as the ``term_id`` of a term that exists."""


class NoPermission(SiteRefused):
    """A site does not know the account, or does not permit it something."""


class OutcomeUnknown(PubtoolError):
    """A request that writes went out, and nothing says whether it was done."""

    def __init__(self, errand: str, why: str, mend: str = "") -> None:
        first = f"{mend}, and " if mend else ""
        super().__init__(
            f"{errand} may have been done or not: {why}; {first}run it again, which looks at the "
            "site before it writes"
        )
        self.why = why


class UnknownSite(PubtoolError):
    """A command was given a site that the settings do not name."""

    def __init__(self, name: str, known: tuple[str, ...], near: str) -> None:
        if near:
            hint = f"did you mean {near}?"
        elif known:
            hint = f"there is {', '.join(known)}"
        else:
            hint = 'add a section [sites.NAME] with url = "https://…"'
        super().__init__(f"{name}: no such site in pubtool.toml; {hint}")


class NotThere(PubtoolError):
    """A post was to be pulled that neither the site nor the project has under that name."""

    def __init__(self, name: str, site: str) -> None:
        super().__init__(
            f"{name}: {site} has no such post; give its file below posts/, or the slug that ends "
            "its address"
        )


class OtherSite(PubtoolError):
    """What was published is remembered of another site than the one that answers."""

    def __init__(self, path: str, remembered: str, found: str) -> None:
        super().__init__(
            f"{path}: is about {remembered}, and the site that answers is {found}; if the site has "
            f"moved, write its new address in that file's first lines, and if it is another one, "
            "give it a section and a name of its own in pubtool.toml"
        )


class NotConfirmed(PubtoolError):
    """A plan would change a site, and nobody can be asked."""

    def __init__(self, site: str) -> None:
        super().__init__(
            f"{site}: nothing was sent, for there is nobody to ask; look at the plan, and give "
            "--yes to carry it out"
        )
