"""A run that is killed anywhere, and goes on later, leaves the site of an uninterrupted one.

Exhaustive over one rich project: before and after every request that writes, and before and after
every save of the file. Hypothesis then kills several runs on end, of projects that it makes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.publishers.articles import Project, outgoing, picture
from tests.publishers.memory_site import MemorySite

from pubtool.errors import OutcomeUnknown
from pubtool.model import Outgoing
from pubtool.publishers.wordpress.plan import Kind
from pubtool.publishers.wordpress.remote import RemotePost
from pubtool.publishers.wordpress.state import State


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Fuse:
    """Raises at the n-th moment, once."""

    left: int
    make: Callable[[], BaseException] = Killed

    def __call__(self, *_: object) -> None:
        self.left -= 1
        if self.left == 0:
            raise self.make()


@dataclass
class FusedProject(Project):
    """A project whose runs may be killed just before or just after the file is saved."""

    fuse: Fuse | None = None

    def save(self, state: State) -> None:
        if self.fuse:
            self.fuse()
        super().save(state)
        if self.fuse:
            self.fuse()


SHARED = picture("shared.png", alt="Both show it")
POSTS = (
    outgoing(
        "posts/one.md",
        links=("posts/two.md", "posts/three.md"),
        pictures=(SHARED, picture("a.png", alt="A", caption="Of a")),
        categories=("News", "R&D"),
        tags=("x",),
        footnotes='[{"content":"a note","id":"1"}]',
    ),
    outgoing("posts/two.md", links=("posts/one.md",), status="publish", featured=SHARED),
    outgoing("posts/three.md", pictures=(SHARED,), series=("A series",), excerpt="Short."),
)
CHANGED = (
    outgoing("posts/one.md", links=("posts/four.md",), text="Other words.", categories=("News",)),
    outgoing("posts/two.md", status="publish", title="Two, retold", pictures=(picture("b.png"),)),
    outgoing("posts/four.md", links=("posts/one.md",), tags=("X", "y")),
)


def finished(*versions: tuple[Outgoing, ...]) -> MemorySite:
    """The site after runs that nothing interrupts."""
    site = MemorySite()
    project = Project(site)
    for posts in versions:
        project.publish(*posts)
    return site


def moments(*versions: tuple[Outgoing, ...]) -> int:
    """How many moments the last of the runs has at which it can be killed."""
    site = MemorySite()
    project = FusedProject(site)
    for posts in versions[:-1]:
        project.publish(*posts)
    fuse = Fuse(10_000)
    site.interrupt, project.fuse = fuse, fuse
    project.publish(*versions[-1])
    return 10_000 - fuse.left


FIRST, SECOND = (POSTS,), (POSTS, CHANGED)


@pytest.mark.parametrize("versions", [FIRST, SECOND], ids=["new", "changed"])
def test_killed_at_any_moment_and_run_again_the_site_is_the_same(
    versions: tuple[tuple[Outgoing, ...], ...],
) -> None:
    wanted = finished(*versions).summary()
    count = moments(*versions)
    assert count > 20
    for moment in range(1, count + 1):
        site = MemorySite()
        project = FusedProject(site)
        for posts in versions[:-1]:
            project.publish(*posts)
        fuse = Fuse(moment)
        site.interrupt, project.fuse = fuse, fuse
        with pytest.raises(Killed):
            project.publish(*versions[-1])
        after = project.publish(*versions[-1])
        assert site.summary() == wanted, f"killed at moment {moment}"
        assert not any(done.action.leaves_something for done in after.values())
        seen = list(site.writes)
        project.publish(*versions[-1])
        assert site.writes == seen, f"killed at moment {moment}: a later run writes again"


@pytest.mark.parametrize("versions", [FIRST, SECOND], ids=["new", "changed"])
def test_an_answer_that_is_lost_anywhere_costs_nothing(
    versions: tuple[tuple[Outgoing, ...], ...],
) -> None:
    wanted = finished(*versions).summary()
    site = MemorySite()
    project = Project(site)
    for posts in versions[:-1]:
        project.publish(*posts)
    counter = Fuse(10_000)
    site.interrupt = counter
    project.publish(*versions[-1])
    for moment in range(1, 10_000 - counter.left + 1):
        site = MemorySite()
        project = Project(site)
        for posts in versions[:-1]:
            project.publish(*posts)
        site.interrupt = Fuse(moment, lambda: OutcomeUnknown("it", "the line was cut"))
        done = project.publish(*versions[-1])
        assert not [one.failure for one in done.values() if one.failure]
        assert site.summary() == wanted, f"lost at moment {moment}"
        seen = list(site.writes)
        project.publish(*versions[-1])
        assert site.writes == seen


names = st.sampled_from(["a", "b", "c", "d"])
pictures = st.lists(st.sampled_from(["p.png", "q.png", "r.png"]), max_size=2, unique=True)


@st.composite
def projects(draw: st.DrawFn) -> tuple[Outgoing, ...]:
    chosen = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    return tuple(
        outgoing(
            f"posts/{name}.md",
            text=draw(st.sampled_from(["One.", "Two.", "Three."])),
            links=tuple(f"posts/{other}.md" for other in draw(st.lists(names, max_size=2))),
            pictures=tuple(picture(file, alt=file) for file in draw(pictures)),
            tags=tuple(draw(st.lists(st.sampled_from(["t", "u", "U"]), max_size=2))),
            status=draw(st.sampled_from(["draft", "publish", "private"])),
        )
        for name in chosen
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(projects(), min_size=1, max_size=3), st.lists(st.integers(1, 60), max_size=6))
def test_killed_again_and_again_the_site_is_the_same(
    versions: list[tuple[Outgoing, ...]], kills: list[int]
) -> None:
    calm, rough = MemorySite(), MemorySite()
    steady, shaken = Project(calm), FusedProject(rough)
    everywhere = [f"posts/{name}.md" for name in "abcd"]
    for posts in versions:
        steady.publish(*posts, present=everywhere)
        while kills:
            fuse = Fuse(kills.pop())
            rough.interrupt, shaken.fuse = fuse, fuse
            try:
                shaken.publish(*posts, present=everywhere)
            except Killed:
                continue
            break
        rough.interrupt, shaken.fuse = Fuse(0), None
        shaken.publish(*posts, present=everywhere)
        assert rough.summary() == calm.summary()
    seen = list(rough.writes)
    shaken.publish(*versions[-1], present=everywhere)
    assert rough.writes == seen


def test_a_site_that_heard_us_too_late_is_told_and_the_next_run_stops_too() -> None:
    class Late(MemorySite):
        """Makes the first post when everybody has given up on it."""

        def create(self, fields: Mapping[str, Any]) -> RemotePost:
            if not asked:
                asked.append(dict(fields))
                raise OutcomeUnknown("creating the post", "no answer", "run it again")
            super().create(asked[0])
            return super().create(fields)

    asked: list[dict[str, Any]] = []
    site = Late()
    project = Project(site)
    done = project.publish(POSTS[0])["posts/one.md"]
    assert (done.action.kind, len(done.action.candidates)) == (Kind.CONFLICT, 2)
    assert sum(project.waited) >= 20, "it was looked for, more than once"
    action = project.plan(POSTS[0]).actions[0]
    assert (action.kind, len(action.candidates)) == (Kind.CONFLICT, 2)
    del site.content[action.candidates[1].id]
    assert project.publish(POSTS[0])["posts/one.md"].action.kind is Kind.RECORD
