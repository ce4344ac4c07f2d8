"""What is done with a post: the three-way comparison, identity, names, times. No network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from tests.publishers.articles import Project, outgoing, picture
from tests.publishers.memory_site import MemorySite

from pubtool.errors import OtherSite, OutcomeUnknown
from pubtool.model import Outgoing
from pubtool.publishers.wordpress.plan import Action, Kind, Side
from pubtool.publishers.wordpress.remote import RemotePost, Term
from pubtool.publishers.wordpress.state import render_state

PATH = "posts/a.md"
BASE: dict[str, Any] = {
    "title": "A",
    "text": "Old words.",
    "excerpt": "Short.",
    "categories": ("News",),
    "tags": ("x",),
    "date": "2026-05-03T10:00:00Z",
    "footnotes": '[{"content":"n","id":"1"}]',
}


def post(**given: Any) -> Outgoing:
    return outgoing(PATH, **{**BASE, **given})


def published(**given: Any) -> tuple[MemorySite, Project]:
    """A site that has the post as it was published once."""
    site = MemorySite()
    project = Project(site)
    project.publish(post(**given))
    site.writes.clear()
    return site, project


def only(project: Project, *posts: Outgoing, **given: Any) -> Action:
    """The action on the first post."""
    return project.plan(*posts, **given).actions[0]


def content(text: str) -> str:
    return f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->"


# --- Three ways -----------------------------------------------------------------------------------

CHANGES: dict[str, tuple[dict[str, Any], dict[str, Any], str, str, str]] = {
    # what we change, what the site changes, sent, both changed, edited there alone
    "nothing": ({}, {}, "", "", ""),
    "we change the text": ({"text": "New."}, {}, "content", "", ""),
    "we change the title": ({"title": "B"}, {}, "title", "", ""),
    "we change several": ({"title": "B", "tags": ("y",)}, {}, "title tags", "", ""),
    "we take the excerpt out": ({"excerpt": ""}, {}, "excerpt", "", ""),
    "we take the notes out": ({"footnotes": ""}, {}, "footnotes", "", ""),
    "we take the tags out": ({"tags": ()}, {}, "tags", "", ""),
    "we take the date out: WordPress keeps it": ({"date": ""}, {}, "", "", ""),
    "we publish": ({"status": "publish"}, {}, "status", "", ""),
    "we move it": ({"slug": "elsewhere"}, {}, "slug", "", ""),
    "a name twice is one": ({"tags": ("x", "X")}, {}, "", "", ""),
    "the text is edited there": ({}, {"content": content("Theirs.")}, "", "", "content"),
    "the title is edited there": ({}, {"title": "Theirs"}, "", "", "title"),
    "it is published there: theirs to say": ({}, {"status": "publish"}, "", "", ""),
    "a category is added there: it stays": ({}, {"categories": (1, 11)}, "", "", ""),
    "a tag is taken there: it stays so": ({}, {"tags": ()}, "", "", ""),
    "both the same field": ({"text": "N"}, {"content": content("T")}, "", "content", ""),
    "both another field": ({"tags": ("y",)}, {"content": content("T")}, "tags", "", "content"),
    "both the same title": ({"title": "New"}, {"title": "New"}, "", "", ""),
    "both the same title, as an entity": ({"title": "R&D"}, {"title": "R&amp;D"}, "", "", ""),
    "both publish": ({"status": "publish"}, {"status": "publish"}, "", "", ""),
    "both the status, differently": (
        {"status": "private"}, {"status": "publish"}, "", "status", "",
    ),
    "both the tags": ({"tags": ("y",)}, {"tags": ()}, "", "tags", ""),
    "both text and title": (
        {"text": "N", "title": "N"}, {"content": content("T"), "title": "T"},
        "", "title content", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_each_field_is_compared_three_ways(name: str) -> None:
    ours, theirs, sent, clashes, edited = CHANGES[name]
    site, project = published()
    if theirs:
        site.edit(site.only().id, **theirs)
    before = site.only()
    action = only(project, post(**ours))
    if clashes:
        assert (action.kind, action.clashes) == (Kind.CONFLICT, tuple(clashes.split()))
    else:
        assert action.fields == tuple(sent.split())
        assert action.edited == tuple(edited.split())
    done = project.publish(post(**ours))[PATH]
    assert done.action.leaves_something == bool(clashes or edited)
    now = site.only()
    if clashes:
        assert now == before, "a post that both changed was written to"
    for field in edited.split():
        assert getattr(now, field) == theirs[field], "an edit on the site was lost"
    seen = list(site.writes)
    again = only(project, post(**ours))
    assert again.fields == ()
    assert site.writes == seen
    assert again.leaves_something == bool(clashes or edited), "a conflict was forgotten"


def test_what_ours_overwrites_is_said_beforehand() -> None:
    site, project = published()
    site.edit(site.only().id, title="Theirs")
    action = only(project, post(text="New."), side=Side.OURS)
    assert action.notes == ("what the site has since as its title is overwritten",)
    assert only(project, post(text="New.")).notes == ()


def test_a_conflict_says_that_pull_comes_first() -> None:
    site, project = published()
    site.edit(site.only().id, title="Theirs")
    assert "; `pubtool pull` merges what was not" in only(project, post(title="B")).why


@pytest.mark.parametrize("name", [name for name, row in CHANGES.items() if row[3] or row[4]])
@pytest.mark.parametrize("side", [Side.OURS, Side.THEIRS])
def test_the_side_that_is_named_wins_and_the_next_run_is_quiet(name: str, side: Side) -> None:
    ours, theirs, *_ = CHANGES[name]
    site, project = published()
    site.edit(site.only().id, **theirs)
    before = site.only()
    project.publish(post(**ours), side=side)
    now = site.only()
    for field, value in theirs.items():
        kept = getattr(now, field) == value
        assert kept == (side is Side.THEIRS), field
    if side is Side.THEIRS:
        assert (now.content, now.title) == (before.content, before.title)
    seen = list(site.writes)
    quiet = project.publish(post(**ours))[PATH]
    assert not quiet.action.leaves_something
    assert site.writes == seen


def test_after_theirs_it_can_be_brought_home_until_our_next_change_is_sent() -> None:
    site, project = published()
    site.edit(site.only().id, content=content("Theirs."))
    project.publish(post(text="Ours."), side=Side.THEIRS)
    quiet = only(project, post(text="Ours."))
    assert (quiet.kept, quiet.fields, quiet.leaves_something) == (("content",), (), False)
    assert "pull" in " ".join(quiet.notes)
    project.publish(post(text="Merged by hand."))
    assert not only(project, post(text="Merged by hand.")).kept
    assert "Merged by hand." in site.only().content


def test_an_edit_between_the_plan_and_the_write_is_left_alone() -> None:
    site, project = published()
    meddled = content("Meddled.")

    class Late(MemorySite):
        def post(self, identifier: int) -> Any:
            found = super().post(identifier)
            if len(asked) == 1:
                self.edit(identifier, content=meddled)
                found = super().post(identifier)
            asked.append(identifier)
            return found

    asked: list[int] = []
    late = Late(site.content, names=site.names)
    project.remote = late
    done = project.publish(post(text="Ours."), outgoing("posts/b.md"))
    assert done[PATH].action.kind is Kind.CONFLICT
    assert "while this ran" in done[PATH].action.why
    assert done["posts/b.md"].post is not None, "the others go on"
    assert late.content[asked[0]].content == meddled
    assert only(project, post(text="Ours.")).clashes == ("content",)


def test_what_the_server_changes_is_no_edit_of_anybody() -> None:
    site = MemorySite(changes=lambda text: text.replace("<b>", "").replace("</b>", ""))
    project = Project(site)
    project.publish(post(text="A <b>bold</b> word."))
    seen = list(site.writes)
    quiet = project.publish(post(text="A <b>bold</b> word."))[PATH]
    assert not quiet.action.leaves_something
    assert site.writes == seen
    project.publish(post(text="Another <b>bold</b> word."))
    assert "Another bold word." in site.only().content


# --- Identity -------------------------------------------------------------------------------------


def test_a_stranger_s_post_is_not_overwritten_but_by_name() -> None:
    site = MemorySite()
    site.create({"slug": "a", "title": "Not ours", "content": "Theirs", "status": "publish"})
    project = Project(site)
    action = only(project, post())
    assert action.kind is Kind.CONFLICT
    assert [one.title for one in action.candidates] == ["Not ours"]
    assert "--ours" in action.why
    project.publish(post(), side=Side.THEIRS)
    assert site.only().content == "Theirs"
    (note,) = only(project, post(), side=Side.OURS).notes
    assert note == f"takes over id {site.only().id}, “Not ours”, which was not ours"
    project.publish(post(), side=Side.OURS)
    assert "Old words." in site.only().content
    assert only(project, post()).kind is Kind.UNCHANGED


def test_two_strangers_stop_even_ours() -> None:
    site = MemorySite()
    for title in ("One", "Two"):
        site.create({"slug": "a", "title": title, "content": "Theirs", "status": "draft"})
    action = only(Project(site), post(), side=Side.OURS)
    assert action.kind is Kind.CONFLICT
    assert [one.title for one in action.candidates] == ["One", "Two"]


def test_a_lost_memory_finds_the_post_by_its_mark() -> None:
    site, project = published()
    project.text = ""
    project.publish(post())
    assert len(site.content) == 1
    assert site.writes == []
    assert only(project, post()).kind is Kind.UNCHANGED


def test_a_lost_memory_knows_the_addresses_that_posts_link_to() -> None:
    site = MemorySite()
    project = Project(site)
    posts = outgoing("posts/a.md", links=("posts/b.md",)), outgoing("posts/b.md", links=(PATH,))
    project.publish(*posts)
    site.writes.clear()
    project.text = ""
    assert {action.kind for action in project.plan(*posts).actions} == {Kind.RECORD}
    project.publish(*posts)
    assert site.writes == []
    assert {action.kind for action in project.plan(*posts).actions} == {Kind.UNCHANGED}


def test_a_lost_memory_overwrites_nothing_that_differs() -> None:
    site, project = published()
    project.text = ""
    site.edit(site.only().id, content=site.only().content + "<p>theirs</p>")
    action = only(project, post())
    assert action.clashes == ("content",)
    assert "nobody can tell who changed" in action.why
    assert "changed both" not in action.why


def test_a_lock_file_without_blocks_gets_them_and_nothing_is_said_of_it() -> None:
    """As one that an older pubtool wrote; a thousand posts are no thousand lines of a plan."""
    _, project = published()
    lines = project.text.splitlines(keepends=True)
    project.text = "".join(line for line in lines if not line.startswith("blocks = "))
    assert len(project.text) < len("".join(lines))
    plan = project.plan(post())
    assert [action.kind for action in plan.actions] == [Kind.UNCHANGED]
    assert render_state(plan.state) == "".join(lines)


def test_two_copies_with_our_mark_stop() -> None:
    site, project = published()
    copy = site.only()
    site.create({"slug": "copy", "title": "Copy", "content": copy.content, "status": "draft"})
    assert only(project, post()).kind is Kind.UNCHANGED, "the stored id is the surest"
    project.text = ""
    action = only(project, post(), side=Side.OURS)
    assert (action.kind, len(action.candidates)) == (Kind.CONFLICT, 2)


def test_an_editor_may_take_the_marked_block_away() -> None:
    site, project = published()
    site.edit(site.only().id, content=content("All new."))
    assert only(project, post()).edited == ("content",)


def test_an_id_that_is_another_s_by_now_is_not_ours() -> None:
    site, project = published()
    was = site.only()
    site.content[was.id] = replace(was, slug="other", title="Other", content="Stranger's")
    action = only(project, post())
    assert (action.kind, action.candidates) == (Kind.CONFLICT, ())
    project.publish(post(), side=Side.OURS)
    assert site.content[was.id].content == "Stranger's"
    assert len(site.content) == 2


@pytest.mark.parametrize(
    ("side", "posts", "kind"),
    [
        (Side.NEITHER, 0, Kind.CONFLICT),
        (Side.OURS, 1, Kind.UNCHANGED),
        (Side.THEIRS, 0, Kind.UNCHANGED),
    ],
)
def test_a_post_that_was_deleted_there_is_not_made_again_unasked(
    side: Side, posts: int, kind: Kind
) -> None:
    site, project = published()
    site.content.clear()
    assert only(project, post()).kind is Kind.CONFLICT
    project.publish(post(), side=side)
    assert len(site.content) == posts
    assert only(project, post()).kind is kind


def test_two_projects_on_one_site_do_not_take_each_other_s_posts() -> None:
    site, _ = published()
    other = Project(site)
    action = other.plan(post(), side=Side.NEITHER).actions[0]
    assert action.kind is Kind.RECORD, "the same project, cloned"
    stranger = outgoing(PATH, slug="another", title="Hello")
    assert only(other, stranger).kind is Kind.CONFLICT
    assert len(site.content) == 1


def test_a_site_that_is_not_the_remembered_one_is_refused() -> None:
    _, project = published()
    project.text = project.text.replace("https://example.org", "https://other.example")
    with pytest.raises(OtherSite, match=r"published/blog\.lock"):
        project.plan(post())


# --- Moved files ----------------------------------------------------------------------------------

MOVES = {
    "the same slug": {"slug": "a", "title": "New", "text": "New"},
    "the same text": {"slug": "b", "title": "New"},
    "the same title": {"slug": "b", "text": "New"},
}


@pytest.mark.parametrize("name", MOVES)
def test_a_post_whose_file_was_moved_is_the_same_post(name: str) -> None:
    site, project = published()
    moved = outgoing("posts/2026/b.md", **{**BASE, **MOVES[name]})
    action = only(project, moved)
    assert (action.kind, action.moved_from) == (Kind.UPDATE, PATH)
    project.publish(moved)
    assert (len(site.content), list(project.state.posts)) == (1, ["posts/2026/b.md"])
    seen = list(site.writes)
    project.publish(moved)
    assert site.writes == seen
    fresh = project.publish(moved, post(text="A new one at the old place.", slug="new"))
    assert fresh[PATH].action.kind is Kind.CREATE
    assert len({entry.marker for entry in project.state.posts.values()}) == 2


def test_a_post_that_shares_nothing_is_a_new_one_and_the_old_one_is_named() -> None:
    _, project = published()
    plan = project.plan(outgoing("posts/b.md"))
    assert plan.actions[0].kind is Kind.CREATE
    assert plan.gone == (PATH,)


def test_a_file_that_may_be_either_of_two_stops() -> None:
    site = MemorySite()
    project = Project(site)
    project.publish(outgoing("posts/a.md", title="T"), outgoing("posts/b.md", title="T"))
    action = only(project, outgoing("posts/c.md", title="T", text="New"), side=Side.OURS)
    assert action.kind is Kind.CONFLICT
    assert "posts/a.md or posts/b.md" in action.why


# --- Names, images, times -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "there", "new"),
    [
        ("news", "News", False),
        ("R&D", "R&D", False),
        ("ÄRGER", "ärger", False),
        (" two  words", "two words", False),
        ("C++", "C", True),
        ("Novel", "Novels", True),
    ],
)
def test_terms_are_found_as_wordpress_compares_them(name: str, there: str, *, new: bool) -> None:
    site = MemorySite()
    site.names["post_tag"] = [Term(n, f"t{n}", f"t{n}") for n in range(2, 150)]
    site.names["post_tag"].append(Term(500, there, "there"))
    project = Project(site)
    plan = project.plan(post(tags=(name,), categories=()))
    assert plan.new_terms == ((("tag", name),) if new else ())
    project.publish(post(tags=(name,), categories=()))
    assert (500 in site.only().tags) is not new


@pytest.mark.parametrize(
    ("series", "categories", "tags"),
    [
        ("category", ["News", "Tales"], ["x"]),
        ("tag", ["News"], ["x", "Tales"]),
        ("none", ["News"], ["x"]),
    ],
)
def test_a_series_is_a_category_or_a_tag(
    series: str, categories: list[str], tags: list[str]
) -> None:
    action = only(Project(MemorySite()), post(series=("Tales",)), series=series)
    assert list(action.wanted.categories) == categories
    assert list(action.wanted.tags) == tags


def test_an_image_goes_up_once_whatever_it_is_called() -> None:
    site = MemorySite()
    project = Project(site)
    same = picture("x.png", b"bytes", alt="First")
    project.publish(
        post(pictures=(same,)),
        outgoing("posts/b.md", pictures=(picture("y.png", b"bytes", alt="Other"),)),
        outgoing("posts/c.md", featured=same),
    )
    assert site.writes.count("upload") == 1
    assert [one.alt for one in site.files.values()] == ["First"]
    assert len({one.content for one in site.content.values() if "files/" in one.content}) == 2
    seen = list(site.writes)
    project.text = "\n".join(
        line for line in project.text.splitlines() if not line.startswith(("[media", "url"))
    )
    project.text = ""
    project.publish(post(pictures=(same,)))
    assert site.writes == seen, "a forgotten image is found by what it holds"


def test_new_words_of_an_image_are_sent_although_its_post_is_as_it_was() -> None:
    site = MemorySite()
    project = Project(site)
    project.publish(post(featured=picture("x.png", alt="First")))
    project.publish(post(featured=picture("x.png", alt="Second", caption="A caption")))
    assert [(one.alt, one.caption) for one in site.files.values()] == [("Second", "A caption")]


def test_an_image_that_was_deleted_there_goes_up_again_when_its_post_is_sent() -> None:
    site = MemorySite()
    project = Project(site)
    shown = picture("x.png")
    project.publish(post(pictures=(shown,)))
    site.files.clear()
    project.publish(post(pictures=(shown,), text="New."))
    (file,) = site.files.values()
    assert file.url in site.only().content


TIMES = [
    ("future", "2027-01-01", Kind.CREATE, ""),
    ("future", "2026-11-25T12:30:00", Kind.CREATE, ""),
    ("future", "2026-11-25T13:30:00+02:00", Kind.REFUSED, "past"),
    ("future", "2026-05-03", Kind.REFUSED, "past"),
    ("future", "", Kind.REFUSED, "no date"),
    ("publish", "2026-05-03", Kind.CREATE, ""),
    ("publish", "2027-05-03", Kind.CREATE, "schedule"),
    ("draft", "2027-05-03", Kind.CREATE, ""),
]


@pytest.mark.parametrize(("status", "date", "kind", "said"), TIMES)
def test_no_post_is_published_at_another_time_than_it_says(
    status: str, date: str, kind: Kind, said: str
) -> None:
    action = only(Project(MemorySite()), outgoing(PATH, status=status, date=date))
    assert action.kind is kind
    assert said in " ".join([action.why, *action.notes])


@pytest.mark.parametrize(
    ("date", "sent"),
    [
        ("2026-05-03", {"date": "2026-05-03T00:00:00"}),
        ("2026-05-03 10:20", {"date": "2026-05-03T10:20:00"}),
        ("2026-05-03T10:20:30Z", {"date_gmt": "2026-05-03T10:20:30"}),
        ("2026-05-03T10:20:30+02:00", {"date_gmt": "2026-05-03T08:20:30"}),
        ("", {}),
    ],
)
def test_a_date_without_a_zone_is_the_site_s(date: str, sent: dict[str, str]) -> None:
    given: dict[str, Any] = {}

    class Noting(MemorySite):
        def create(self, fields: Any) -> Any:
            given.update(fields)
            return super().create(fields)

    Project(Noting()).publish(outgoing(PATH, date=date))
    assert {name: value for name, value in given.items() if name.startswith("date")} == sent


@pytest.mark.parametrize("status", ["draft", "publish", "private"])
def test_a_status_on_the_command_line_is_instead_of_the_post_s(status: str) -> None:
    site = MemorySite()
    Project(site).publish(post(status="publish"), status=status)
    assert site.only().status == status


def test_links_between_posts_are_written_in_the_run_that_makes_them() -> None:
    site = MemorySite()
    project = Project(site)
    posts = (
        outgoing("posts/a.md", links=("posts/b.md",), status="publish"),
        outgoing("posts/b.md", links=("posts/a.md",), status="publish"),
    )
    project.publish(*posts)
    by_slug = {one.slug: one for one in site.content.values()}
    assert by_slug["b"].link in by_slug["a"].content
    assert by_slug["a"].link in by_slug["b"].content
    seen = list(site.writes)
    project.publish(*posts)
    assert site.writes == seen
    site.edit(by_slug["b"].id, slug="renamed-there")
    project.publish(*posts)
    assert site.content[by_slug["b"].id].link in site.content[by_slug["a"].id].content


@dataclass
class Busy(MemorySite):
    """A site on which somebody edits the post at a moment of ours."""

    moment: str = ""
    """``written``: right after our update, before it is read back; ``lost``: the same, and nobody
    hears the answer; ``missed``: instead of our update, which is lost."""

    def update(self, identifier: int, fields: Mapping[str, Any]) -> RemotePost:
        moment, self.moment = self.moment, ""
        answer = super().update(identifier, fields) if moment != "missed" else None
        if moment:
            self.edit(identifier, content=content("An editor's."))
        if moment in ("lost", "missed") or answer is None:
            raise OutcomeUnknown("updating the post", "no answer", "run it again")
        return answer


@pytest.mark.parametrize("moment", ["written", "lost", "missed"])
def test_an_edit_in_the_moment_of_our_write_is_still_somebody_s(moment: str) -> None:
    quiet, project = published()
    site = Busy(quiet.content, names=quiet.names, moment=moment)
    project.remote = site
    done = project.publish(post(text="Ours."))[PATH]
    assert done.losses or done.action.kind is Kind.CONFLICT
    action = only(project, post(text="Ours, again."))
    assert action.kind is Kind.CONFLICT
    assert "content" in action.clashes
    assert site.only().content == content("An editor's.")
