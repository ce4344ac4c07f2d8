"""Posts on their way to a site, made by hand; and a run of the publisher on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pubtool.model import Article, Outgoing, Picture, Placed
from pubtool.publishers.wordpress.apply import Application, Done
from pubtool.publishers.wordpress.journal import Journal
from pubtool.publishers.wordpress.plan import Side
from pubtool.publishers.wordpress.planning import Circumstances, Plan, make_plan
from pubtool.publishers.wordpress.remote import Remote
from pubtool.publishers.wordpress.sending import Habits
from pubtool.publishers.wordpress.state import State, read_state, render_state

NOW = "2026-11-25T12:00:00Z"
LOCK = "published/blog.lock"


def outgoing(path: str, **given: Any) -> Outgoing:
    """Return a post; its content names its pictures' addresses and the posts that it links to."""
    pictures: tuple[Picture, ...] = given.pop("pictures", ())
    links: tuple[str, ...] = given.pop("links", ())
    text: str = given.pop("text", "Words.")
    footnotes: str = given.pop("footnotes", "")

    def write(placed: Mapping[str, Placed], addresses: Mapping[str, str]) -> Article:
        blocks = [f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->"]
        for picture in pictures:
            url = placed[picture.name].url if picture.name in placed else picture.name
            html = f'<figure class="wp-block-image"><img src="{url}" alt=""/></figure>'
            blocks.append(f"<!-- wp:image -->\n{html}\n<!-- /wp:image -->")
        for other in links:
            to = f'<a href="{addresses[other]}">there</a>' if other in addresses else "there"
            blocks.append(f"<!-- wp:paragraph -->\n<p>{to}</p>\n<!-- /wp:paragraph -->")
        return Article("\n\n".join(blocks) + "\n", footnotes, tuple(range(5, 5 + len(blocks))))

    slug = path.rpartition("/")[2].removesuffix(".md")
    fields: dict[str, Any] = {
        "slug": slug,
        "title": slug.title(),
        "status": "draft",
        "date": "",
        "excerpt": "",
        "categories": (),
        "tags": (),
        "series": (),
        "featured": None,
        "absent": (),
    }
    return Outgoing(path=path, pictures=pictures, links=links, write=write, **{**fields, **given})


def picture(name: str, data: bytes = b"", alt: str = "", caption: str = "") -> Picture:
    return Picture(name, data or name.encode(), alt, caption)


@dataclass
class Project:
    """A project that publishes on a site, with its file of what was published."""

    remote: Remote
    text: str = ""
    """Of the file."""
    saves: int = 0
    waited: list[float] = field(default_factory=list)

    @property
    def state(self) -> State:
        return read_state(self.text, LOCK)

    def plan(self, *posts: Outgoing, present: Sequence[str] = (), **given: Any) -> Plan:
        """Return the plan for some posts; `present` are other paths that the project has."""
        paths = frozenset([*present, *(post.path for post in posts)])
        habits = Habits(given.pop("status", ""), given.pop("series", "category"))
        side = given.pop("side", Side.NEITHER)
        about = Circumstances(LOCK, "Essays", paths, habits, side, given.pop("now", NOW))
        return make_plan(self.remote, self.remote.account(), posts, self.state, about)

    def publish(self, *posts: Outgoing, **given: Any) -> dict[str, Done]:
        """Plan and apply; return what became of each post in the end."""
        habits = Habits(given.get("status", ""), given.get("series", "category"))
        plan = self.plan(*posts, **given)
        journal = Journal(plan.state, self.save)
        by_path = {post.path: post for post in posts}
        run = Application(self.remote, journal, by_path, habits, plan.rules, self.waited.append)
        found: dict[str, Done] = {}
        for done in run.run(plan.actions):
            found[done.action.path] = done
        return found

    def save(self, state: State) -> None:
        """Write the file, and see that it reads back as what was meant."""
        self.text = render_state(state)
        self.saves += 1
        assert read_state(self.text, LOCK) == state
