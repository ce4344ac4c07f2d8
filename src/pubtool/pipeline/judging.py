"""One post's text in, its report out: remembered by all that it is made from, or made anew."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pubtool.errors import TooDeep
from pubtool.model import Post, PostReport
from pubtool.pipeline.decided import with_decisions_of
from pubtool.pipeline.heads import head_of
from pubtool.pipeline.store import encode
from pubtool.pipeline.workspace import Workspace
from pubtool.system.files import text_sha256

if TYPE_CHECKING:
    from pubtool.checker.check import Borrowing
    from pubtool.checker.setting import Judging

KIND = "verdicts"
"""What reports are kept as."""


def check_text(workspace: Workspace, name: str, text: str) -> PostReport:
    """Return the report on one post's text; raises PandocFailed and TooDeep."""
    return with_decisions_of(workspace.root, judge_text(workspace, name, text))


def judge_text(workspace: Workspace, name: str, text: str) -> PostReport:
    """Return the report on one post's text, whatever was decided; raises as `check_text`."""
    digest = digest_judged(workspace, name, text_sha256(text))
    found = workspace.store.find(KIND, digest, PostReport)
    if found is None:
        found = judge_post(workspace, name, text)[1]
        workspace.store.put(KIND, digest, encode(found))
    return found


def digest_judged(workspace: Workspace, name: str, check: str) -> str:
    """Return a digest of all that a post's report is made from; `check` is its text's SHA-256."""
    return workspace.digest_judged(KIND, name, check)


def judge_post(
    workspace: Workspace,
    name: str,
    text: str,
    judging: Judging | None = None,
    borrowing: Borrowing | None = None,
) -> tuple[Post, PostReport]:
    """Return a post read from its text, and its report, made anew; raise as `check_text` does.

    `judging` and `borrowing` may know something from before, see `checker.check.check_post`.
    """
    from pubtool.checker.check import check_post
    from pubtool.checker.conventions import CONVENTIONS

    convention = CONVENTIONS[workspace.project.settings.convention]
    try:
        post = read(workspace, name, text)
        return post, check_post(post, workspace.library, convention, judging, borrowing)
    except RecursionError:
        raise TooDeep(name) from None


def read(workspace: Workspace, name: str, text: str) -> Post:
    """Return a post read from its text; raises PandocFailed."""
    from pubtool.readers.post import read_post

    read_head = partial(head_of, workspace.store)
    lang = workspace.project.settings.lang
    return read_post(name, text, workspace.parse(text, name), read_head, lang)
