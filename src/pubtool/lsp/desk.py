"""The thread that checks what is typed, one post at a time, the newest text of each.

Whoever types waits for nothing: texts are put on the desk and taken from it when it is free. What
is asked (a hover, an action) is answered after the checks that were waiting when it was asked.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Collection
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pubtool.errors import PubtoolError
from pubtool.lsp.texts import Text
from pubtool.model import PostReport
from pubtool.pipeline.keystrokes import Superseded
from pubtool.pipeline.writing import Writing

PAUSE = 0.7
"""Seconds without a change after which everything is said."""
REST = 3.0
"""Seconds between two looks at the files where the editor does not tell of changes."""
_IDLE = 250
"""How many times as long as a look takes the next one waits, at least: half a percent of a core."""

_LOG = logging.getLogger("pubtool")


@dataclass(frozen=True)
class Draft:
    """A post as it stands in an editor."""

    uri: str
    root: Path
    name: str
    text: Text
    version: int
    at: int
    """Where its author types, -1 for nowhere."""


Checked = Callable[[Draft, PostReport, Writing, bool], None]
"""Told of a report, and whether the author has paused; called in the desk's thread."""

Failed = Callable[[Draft, str], None]
"""Told why a draft could not be checked; called in the desk's thread."""


class Desk:
    """Checks drafts and answers questions in a thread of its own."""

    def __init__(self, told: Checked, failed: Failed, idle: Callable[[], None]) -> None:
        """Take who is told; `idle` looks for what nobody told of, in the desk's thread."""
        self._told = told
        self._failed = failed
        self._idle = idle
        self.looks = True
        """Whether to look now and then at files that the editor does not tell of."""
        self._rest = REST
        self._waiting: dict[str, Draft] = {}
        self._typed: dict[str, Draft] = {}
        """Drafts that are to be looked at as a whole once their authors pause."""
        self._asked: deque[tuple[Future[Any], Callable[[], Any]]] = deque()
        self._projects: dict[Path, Writing] = {}
        self._changed = set[Path]()
        """The projects of which some file was said to have changed."""
        self._settling: Writing | None = None
        """The project in which a draft is looked at as a whole."""
        self._news = threading.Condition()
        self._ends = False
        self._thread = threading.Thread(target=self._work, name="desk", daemon=True)
        self._thread.start()

    def put(self, draft: Draft) -> None:
        """Have a draft checked; an older one of the same post is dropped."""
        with self._news:
            self._waiting[draft.uri] = draft
            self._typed.pop(draft.uri, None)
            self._notify()

    def changed(self, roots: Collection[Path]) -> None:
        """Have what is asked of some projects from now on answered from their files as they are."""
        with self._news:
            self._changed.update(roots)

    def drop(self, uri: str) -> None:
        """Forget a draft."""
        with self._news:
            self._waiting.pop(uri, None)
            self._typed.pop(uri, None)

    def ask(self, question: Callable[[], Any]) -> Future[Any]:
        """Have a question answered; a future that is cancelled in time is not."""
        future: Future[Any] = Future()
        with self._news:
            self._asked.append((future, question))
            self._notify()
        return future

    def _notify(self) -> None:
        """Wake the thread; what it does in a pause has time to end, and not more."""
        if self._settling is not None:
            self._settling.hurry()
        self._news.notify()

    def close(self) -> None:
        """End the thread after what it is doing."""
        with self._news:
            self._ends = True
            self._news.notify()
        self._thread.join(timeout=2)

    def project(self, root: Path) -> Writing:
        """Return a project; to be called by questions, in the desk's thread."""
        if root not in self._projects:
            self._projects[root] = Writing(root)
            self._changed.add(root)
        if root in self._changed:
            self._changed.discard(root)
            self._projects[root].look()
        return self._projects[root]

    def _work(self) -> None:
        while not self._ends:
            with self._news:
                if not (self._waiting or self._asked or self._ends):
                    idle = not self._news.wait(self._pause())
                    due = self._typed.popitem()[1] if idle and self._typed else None
                else:
                    idle, due = False, None
                draft = next(iter(self._waiting.values()), None)
                if draft is not None:
                    del self._waiting[draft.uri]
                asked = self._asked.popleft() if draft is None and self._asked else None
            if draft is not None:
                self._check(draft, settled=False)
            elif asked is not None:
                _answer(*asked)
            elif due is not None:
                self._check(due, settled=True)
            elif idle:
                self._look()
        for project in self._projects.values():
            project.close()

    def _pause(self) -> float | None:
        """Return the seconds to wait for news, None for any number."""
        if self._typed:
            return PAUSE
        return self._rest if self.looks and self._projects else None

    def _look(self) -> None:
        """Have files looked at that nobody told of, and that seldomer the longer it takes."""
        begin = time.perf_counter()
        self._idle()
        self._rest = max(REST, _IDLE * (time.perf_counter() - begin))

    def _check(self, draft: Draft, *, settled: bool) -> None:
        try:
            project = self.project(draft.root)
            report = self._settle(project, draft) if settled else _type(project, draft)
        except Superseded:
            self._settle_later(draft)
            return
        except PubtoolError as error:
            if settled and self._has_news():
                self._settle_later(draft)  # it was hurried
                return
            _LOG.warning("%s: %s", draft.name, error)
            self._failed(draft, str(error))
            if not settled:
                self._settle_later(draft)  # a program that was killed is there again
            return
        except Exception as error:
            _LOG.error("bug: %s: %s: %s", draft.name, type(error).__name__, error)
            self._failed(draft, f"a fault of pubtool ({type(error).__name__}: {error})")
            return
        if not settled:
            self._settle_later(draft)
        self._told(draft, report, project, settled)

    def _settle(self, project: Writing, draft: Draft) -> PostReport:
        self._settling = project
        try:
            project.look()
            return project.settle(draft.name, draft.text.text, self._has_news)
        finally:
            self._settling = None

    def _settle_later(self, draft: Draft) -> None:
        with self._news:
            if draft.uri not in self._waiting:
                self._typed.setdefault(draft.uri, draft)

    def _has_news(self) -> bool:
        return bool(self._waiting or self._asked or self._ends)


def _type(project: Writing, draft: Draft) -> PostReport:
    return project.check(draft.name, draft.text.text)


def _answer(future: Future[Any], question: Callable[[], Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(question())
    except Exception as error:
        _LOG.error("%s: %s", type(error).__name__, error)
        future.set_result(None)
