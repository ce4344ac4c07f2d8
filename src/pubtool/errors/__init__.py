"""What can go wrong for a user: one family, one voice.

Each kind says what is wrong and ends with the mend, in one sentence, worded here and nowhere else.
`pubtool.cli` prints it and exits with status 2. An exception that is not of this family is a bug of
ours, and is shown as one.
"""

from __future__ import annotations

from pathlib import Path, PurePath

from pubtool.errors.building import BadAlias as BadAlias
from pubtool.errors.building import BadFont as BadFont
from pubtool.errors.building import BadOutput as BadOutput
from pubtool.errors.building import BadReference as BadReference
from pubtool.errors.building import BadTemplate as BadTemplate
from pubtool.errors.building import GlyphMissing as GlyphMissing
from pubtool.errors.building import ImageUnfit as ImageUnfit
from pubtool.errors.building import SameSlug as SameSlug
from pubtool.errors.building import TypesetFailed as TypesetFailed
from pubtool.errors.citing import BadStyle as BadStyle
from pubtool.errors.citing import EntryNotRead as EntryNotRead
from pubtool.errors.citing import NoEntry as NoEntry
from pubtool.errors.citing import UnknownKey as UnknownKey
from pubtool.errors.citing import UnknownStyle as UnknownStyle
from pubtool.errors.deciding import BadBaseline as BadBaseline
from pubtool.errors.deciding import BadDecision as BadDecision
from pubtool.errors.deciding import DecidedMeanwhile as DecidedMeanwhile
from pubtool.errors.deciding import NoBaseline as NoBaseline
from pubtool.errors.family import PubtoolError as PubtoolError
from pubtool.errors.publishing import BadCredentials as BadCredentials
from pubtool.errors.publishing import NoPassword as NoPassword
from pubtool.errors.publishing import NoPermission as NoPermission
from pubtool.errors.publishing import NotConfirmed as NotConfirmed
from pubtool.errors.publishing import NotEncrypted as NotEncrypted
from pubtool.errors.publishing import NotThere as NotThere
from pubtool.errors.publishing import NotWordPress as NotWordPress
from pubtool.errors.publishing import OtherSite as OtherSite
from pubtool.errors.publishing import OutcomeUnknown as OutcomeUnknown
from pubtool.errors.publishing import SiteRefused as SiteRefused
from pubtool.errors.publishing import SiteUnreachable as SiteUnreachable
from pubtool.errors.publishing import UnknownSite as UnknownSite
from pubtool.errors.serving import PortTaken as PortTaken
from pubtool.errors.shell import typed as typed


class NoProject(PubtoolError):
    """No project was found."""

    def __init__(self, start: Path, below: str = "") -> None:
        """Take the folder that was looked in, and the name of a project's right below it."""
        mend = (
            f"there is one in {below}/: go there first, with `{typed('cd', below)}`"
            if below
            else "run `pubtool init` to make one, or name one with --project"
        )
        super().__init__(
            f"{start}: no pubtool project here or above (no pubtool.toml, and no posts/ beside a "
            f"references.bib); {mend}"
        )


class BadSettings(PubtoolError):
    """pubtool.toml cannot be used."""

    def __init__(self, path: str, line: int | None, why: str, mend: str) -> None:
        super().__init__(f"{path}{f':{line}' if line else ''}: {why}; {mend}")


class BadLock(PubtoolError):
    """sources.lock cannot be used."""

    def __init__(self, path: str, line: int | None, why: str) -> None:
        super().__init__(
            f"{path}{f':{line}' if line else ''}: {why}; mend the file, or take it back from "
            "version control"
        )


class NotUtf8(PubtoolError):
    """A text file is in another encoding."""

    def __init__(self, path: str, line: int, likely: str) -> None:
        super().__init__(
            f"{path}:{line}: not UTF-8; save the file as UTF-8 in an editor, or convert it with "
            f"`iconv -f {likely} -t UTF-8`"
        )


_OF_WORD_PROCESSORS = (".docx", ".odt", ".rtf")


class NoSuchPost(PubtoolError):
    """A path on the command line names no post."""

    def __init__(self, path: str, near: str = "", rename: str = "") -> None:
        """Take the path, the post that may be meant, and the name that a file there must have."""
        hint = f"did you mean {typed(near)}?" if near else "give a path below posts/"
        if rename and path.casefold().endswith(_OF_WORD_PROCESSORS):
            name = PurePath(path).name
            hint = (
                f"a post is a Markdown text: save this as one, {rename}, for example with "
                f"`{typed('pandoc', name, '-o', rename)}`"
            )
        elif rename:
            hint = f"a post's name ends with .md: rename it to {rename}"
        super().__init__(f"{path}: no such post in this project; {hint}")


class CannotRead(PubtoolError):
    """A file cannot be opened or read."""

    def __init__(self, path: str, error: OSError) -> None:
        super().__init__(
            f"{path}: cannot be read ({error.strerror or error}); check that it exists and that "
            "you may read it"
        )


class CannotWrite(PubtoolError):
    """A file cannot be written; what stood there still stands."""

    def __init__(self, path: str, error: OSError) -> None:
        super().__init__(
            f"{path}: cannot be written ({error.strerror or error}), nothing there was changed; "
            "check the folder's permissions and the free space"
        )


class AlreadyThere(PubtoolError):
    """A file that would be created exists."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path}: exists already and was left alone; choose another name")


class NoCluster(PubtoolError):
    """No Dask scheduler can be used."""

    def __init__(self, address: str, why: str, mend: str) -> None:
        super().__init__(f"--scheduler {address}: {why}; {mend}")


class CannotReach(PubtoolError):
    """Shared storage cannot be used."""

    def __init__(self, place: str, why: str) -> None:
        said = why.splitlines()[0] if why else "no reason given"
        super().__init__(
            f"{place}: not to be read or written ({said}); see check.cluster-index in pubtool.toml"
        )


class OtherVersion(PubtoolError):
    """A worker has another version of this program."""

    def __init__(self, worker: str, ours: str) -> None:
        super().__init__(
            f"a worker of the cluster has pubtool {worker}, and this is {ours}; install the same "
            "version on all machines"
        )


class IndexUnusable(PubtoolError):
    """A worker cannot use the index."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"{place}: a worker of the cluster finds the index damaged; run `pubtool check` once "
            "without --scheduler, which makes it anew"
        )


class PandocFailed(PubtoolError):
    """pandoc is missing, ran out of time or memory, or refused its input."""

    def __init__(self, doing: str, why: str) -> None:
        super().__init__(f"{doing}: pandoc {why}; `pubtool doctor` says what is installed")
        self.why = why


class NoteCycle(PubtoolError):
    """A footnote refers to itself, straight or through others."""

    def __init__(self, path: str, line: int, label: str) -> None:
        super().__init__(
            f"{path}:{line}: the footnote [^{label}] refers back to itself; take the reference "
            "out of its own text"
        )


class IndentedBlock(PubtoolError):
    """A block below a line of attributes is indented, at which pandoc stops."""

    def __init__(self, path: str, line: int) -> None:
        super().__init__(
            f"{path}:{line}: pandoc reads no block that is indented below its attributes {{…}}; "
            "take out the white space at the head of the line"
        )


class UnknownCode(PubtoolError):
    """`explain` was asked for a code that no rule has."""

    def __init__(self, code: str, near: str) -> None:
        hint = f"did you mean {near}?" if near else "`pubtool explain` lists them all"
        super().__init__(f"{code}: no such finding; {hint}")


class NoRecogniser(PubtoolError):
    """A scan was to be read, and nothing that reads scans is installed."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            f"{path}: not added: a scan without a text layer; {why}, or add a copy with text"
        )


class CannotRecognise(PubtoolError):
    """A character recogniser could not read a scan."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            f"{path}: not added: the recogniser {why}; look at the scan, or add a copy with text"
        )


class NotPinned(PubtoolError):
    """A source that the lock does not hold was to be removed from it."""

    def __init__(self, key: str) -> None:
        super().__init__(
            f"{key}: not pinned in sources.lock; what `pubtool sources add` did not put there, "
            "remove yourself"
        )


class UnknownPage(PubtoolError):
    """A source has no such printed page."""

    def __init__(self, key: str, page: str, pages: tuple[str, ...]) -> None:
        held = f"its pages are {pages[0]} to {pages[-1]}" if pages else "it has no numbered pages"
        super().__init__(f"{key}: no page {page}; {held}, see `pubtool sources show {key}`")


class TooDeep(PubtoolError):
    """A post's lists, block quotes or brackets stand too deep in each other."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path}: its block quotes, lists, notes or divisions are nested too deeply to be "
            "read; take some of them out of the others"
        )


class CannotPrint(PubtoolError):
    """Standard output takes nothing more."""

    def __init__(self, error: OSError) -> None:
        super().__init__(
            f"standard output: cannot be written ({error.strerror or error}); free some space "
            "there, or print to another place"
        )


class PostLost(PubtoolError):
    """The process that checked a post was killed, and so was the next one."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path}: not checked: the process that checked it was killed from outside, twice; "
            "give it more memory, or fewer processes with --jobs"
        )


class ImportLost(PubtoolError):
    """The process that made a post of an export was killed, and so was the next one."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path}: not imported, and nothing was written: the process that made it was killed "
            "from outside, twice; give it more memory"
        )


class BadSource(PubtoolError):
    """A file cannot become a source's text."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path}: not added: {why}")
        self.why = why


class NotFetched(PubtoolError):
    """An address gave nothing that can be used."""

    def __init__(self, url: str, why: str, mend: str = "") -> None:
        mend = mend or "open it in a browser, save the page or the PDF, and add that file"
        super().__init__(f"{url}: not fetched: {why}; {mend}")
        self.url = url
        self.why = why
        self.mend = mend


class Gone(NotFetched):
    """The server says that nothing stands at an address."""


class TooLarge(NotFetched):
    """An address gives more than we take."""

    def __init__(self, url: str, size: int) -> None:
        why = f"it is larger than {size / 1e6:,.0f} MB"
        super().__init__(url, why, "save the part that you need, and add that file")


class NotPublic(NotFetched):
    """An address leads to a machine that is not on the public Internet."""

    def __init__(self, url: str, shown: str, why: str, host: str) -> None:
        mend = (
            f"allow that machine with --allow-host {host}, or in network.allow-hosts, if you "
            "trust it"
        )
        super().__init__(url, f"{shown} is no public address but a {why} one", mend)
        self.machine = (shown, why, host)


class NotOfTheWeb(PubtoolError):
    """A source's text is from no address that could be looked at again."""

    def __init__(self, key: str) -> None:
        super().__init__(
            f"{key}: its text is not pinned with an address as its origin; pin one with `pubtool "
            f"sources add URL --key {key}`"
        )


class ChangedMeanwhile(PubtoolError):
    """A file was changed by somebody else while a command was at work."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path}: changed while this was being prepared, so nothing was written; run it again"
        )


class NoExport(PubtoolError):
    """A file that is to be imported is no export of WordPress's, or is damaged."""

    def __init__(self, path: str, line: int | None, why: str, mend: str = "") -> None:
        mend = mend or "export the blog again under Tools > Export"
        super().__init__(
            f"{path}{f':{line}' if line else ''}: no WordPress export to be read, for {why}, and "
            f"nothing was written; {mend}"
        )


class NoPlaceForPosts(PubtoolError):
    """A folder that no post is read from."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path}: no place for posts, which are read from the project's posts/ alone; name a "
            "folder below it with --into"
        )
