"""`pull`, against a site in memory that our own publisher has filled."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from tests.publishers.memory_site import MemorySite
from tests.publishers.pulling import (
    POST,
    edit,
    plan,
    publish,
    pull,
    text_of,
    write,
)

from pubtool.errors import NotThere
from pubtool.pipeline.pulled import Outcome
from pubtool.publishers.wordpress.plan import Kind, Side
from pubtool.system.config import Project

RULE = '<hr class="wp-block-separator has-alpha-channel-opacity"/>'


def test_what_nobody_edited_stays(project: Project, site: MemorySite) -> None:
    (post,) = pull(project, site).posts
    assert (post.path, post.outcome) == ("posts/a.md", Outcome.SAME)
    assert text_of(project) == POST


EDITS = [
    (("The last,", "The very last,"), ("The last,", "The very last,")),
    (("<em>emphasis</em>", "<strong>force</strong>"), ("*emphasis*", "**force**")),
    (("<li>two</li>", "<li>two and a half</li>"), ("- two\n", "- two and a half\n")),
    (("The first paragraph", "The opening"), ("The first paragraph", "The opening")),
]


@pytest.mark.parametrize(("there", "here"), EDITS)
def test_an_edit_comes_home_and_nothing_else_changes(
    there: tuple[str, str], here: tuple[str, str], project: Project, site: MemorySite
) -> None:
    edit(site, lambda content: content.replace(*there))
    (post,) = pull(project, site).posts
    assert (post.outcome, post.why) == (Outcome.MERGED, "")
    assert text_of(project) == POST.replace(*here)
    assert "@mill1859" in text_of(project)


def test_after_that_both_are_the_same(project: Project, site: MemorySite) -> None:
    edit(site, lambda content: content.replace("The last,", "The very last,"))
    pull(project, site)
    assert [post.outcome for post in pull(project, site).posts] == [Outcome.SAME]
    before = dict(site.content)
    assert publish(project, site) in ([Kind.UNCHANGED], [Kind.RECORD])
    assert site.content == before


def test_a_new_and_a_deleted_paragraph(project: Project, site: MemorySite) -> None:
    new = "<!-- wp:paragraph -->\n<p>New.</p>\n<!-- /wp:paragraph -->\n\n"
    last = "<!-- wp:separator -->\n" + RULE + "\n<!-- /wp:separator -->\n\n"
    lists = "<!-- wp:list -->"
    edit(site, lambda text: text.replace(last, "").replace(lists, f"{new}{lists}", 1))
    (post,) = pull(project, site).posts
    assert post.outcome is Outcome.MERGED
    text = text_of(project)
    assert text == POST.replace("---\n\nThe last", "The last").replace("- one", "New.\n\n- one")


def test_a_note_whose_words_were_edited_has_them_in_its_line(
    project: Project, site: MemorySite
) -> None:
    (post,) = site.content.values()
    edit(site, str, footnotes=post.footnotes.replace("The words", "New words"))
    (pulled,) = pull(project, site).posts
    assert "note.^[New words of the note, citing" in pulled.diff


def test_a_title_comes_home(project: Project, site: MemorySite) -> None:
    edit(site, str, title="Another: title")
    (post,) = pull(project, site).posts
    assert post.outcome is Outcome.MERGED
    assert text_of(project) == POST.replace("title: A post", 'title: "Another: title"')


def test_marks_that_nobody_changed_stay_as_they_were_typed(
    project: Project, site: MemorySite
) -> None:
    straight = POST.replace("“so” [@mill1859, 12].", 'it\'s "so" [@mill1859, 12]. So "no".')
    write(project, straight)
    assert publish(project, site) == [Kind.UPDATE]
    edit(site, lambda content: content.replace("The last,", "The very last,"))
    (post,) = pull(project, site).posts
    assert post.outcome is Outcome.MERGED
    assert text_of(project) == straight.replace("The last,", "The very last,")


OURS = POST.replace("The second", "Our second")
BOTH = OURS.replace("The last,", "The very last,")


@pytest.fixture
def twice(project: Project, site: MemorySite) -> None:
    """Both have edited the post: each another paragraph."""
    edit(site, lambda content: content.replace("The last,", "The very last,"))
    write(project, OURS)


@pytest.mark.usefixtures("twice")
def test_edits_of_different_paragraphs_are_both_kept(project: Project, site: MemorySite) -> None:
    assert plan(project, site) == [Kind.CONFLICT]
    (post,) = pull(project, site).posts
    assert (post.outcome, post.why) == (Outcome.MERGED, "")
    assert text_of(project) == BOTH
    assert publish(project, site) == [Kind.UPDATE]
    (there,) = site.content.values()
    assert "Our second" in there.content
    assert "The very last," in there.content
    assert publish(project, site) == [Kind.UNCHANGED]


@pytest.mark.usefixtures("twice")
def test_after_that_the_next_two_edits_are_merged_too(project: Project, site: MemorySite) -> None:
    pull(project, site)
    edit(site, lambda content: content.replace("<li>two</li>", "<li>three</li>"))
    write(project, BOTH.replace("Our second", "Our own second"))
    (post,) = pull(project, site).posts
    assert post.outcome is Outcome.MERGED
    ours = BOTH.replace("Our second", "Our own second")
    assert text_of(project) == ours.replace("- two", "- three")


@pytest.mark.usefixtures("twice")
def test_of_a_paragraph_that_both_edited_ours_stays_and_theirs_is_shown(
    project: Project, site: MemorySite
) -> None:
    edit(site, lambda content: content.replace("The second", "Their second"))
    (post,) = pull(project, site).posts
    assert post.outcome is Outcome.PARTLY
    assert post.is_left
    assert text_of(project) == BOTH, "what only the site changed is there"
    assert "+Their second has *emphasis*." in post.diff
    assert "-Our second has *emphasis*." in post.diff
    assert "-The very last," not in post.diff
    assert plan(project, site) == [Kind.CONFLICT], "nothing is sent before that is settled"
    (again,) = pull(project, site).posts
    assert again.outcome is Outcome.BOTH
    assert text_of(project) == BOTH


def test_a_paragraph_that_both_edited_is_all_there_is(project: Project, site: MemorySite) -> None:
    edit(site, lambda content: content.replace("The second", "Their second"))
    write(project, OURS)
    (post,) = pull(project, site).posts
    assert post.outcome is Outcome.BOTH
    assert "content" in post.why
    assert "+Their second" in post.diff
    assert text_of(project) == OURS


@pytest.mark.usefixtures("twice")
def test_a_cache_that_is_gone_costs_nothing(project: Project, site: MemorySite) -> None:
    """What a site gave back stands in the lock file, block by block; the cache may be deleted."""
    shutil.rmtree(project.root / ".pubtool")
    (post,) = pull(project, site).posts
    assert (post.outcome, post.why) == (Outcome.MERGED, "")
    assert text_of(project) == BOTH


@pytest.mark.usefixtures("twice")
def test_without_the_cache_a_paragraph_that_both_edited_is_ours_and_told(
    project: Project, site: MemorySite
) -> None:
    shutil.rmtree(project.root / ".pubtool")
    edit(site, lambda content: content.replace("The second", "Their second"))
    (post,) = pull(project, site).posts
    assert post.outcome is Outcome.PARTLY
    assert text_of(project) == BOTH
    assert "+Their second has *emphasis*." in post.diff


@pytest.mark.usefixtures("twice")
def test_a_note_that_ours_alone_changed_is_no_edit_of_theirs(
    project: Project, site: MemorySite
) -> None:
    shutil.rmtree(project.root / ".pubtool")
    path = project.root / "posts" / "a.md"
    path.write_text(path.read_text().replace("The words of", "Other words of"))
    (post,) = pull(project, site).posts
    assert post.outcome is Outcome.MERGED
    assert text_of(project) == BOTH.replace("The words of", "Other words of")


@pytest.mark.usefixtures("twice")
def test_without_what_was_published_last_both_are_left_alone(
    project: Project, site: MemorySite
) -> None:
    shutil.rmtree(project.root / ".pubtool")
    lock = project.root / "published" / "blog.lock"
    lines = lock.read_text().splitlines(keepends=True)
    lock.write_text("".join(line for line in lines if not line.startswith("blocks = ")))
    (post,) = pull(project, site).posts
    assert post.outcome is Outcome.BOTH
    assert "+The very last," in post.diff
    assert text_of(project) == OURS


@pytest.mark.usefixtures("twice")
def test_a_title_that_both_changed_is_left_alone(project: Project, site: MemorySite) -> None:
    edit(site, str, title="Theirs")
    ours = OURS.replace("title: A post", "title: Ours")
    write(project, ours)
    (post,) = pull(project, site).posts
    assert (post.outcome, text_of(project)) == (Outcome.BOTH, ours)


@pytest.mark.usefixtures("twice")
def test_a_title_that_the_site_alone_changed_comes_home_too(
    project: Project, site: MemorySite
) -> None:
    edit(site, str, title="Theirs")
    (post,) = pull(project, site).posts
    assert post.outcome is Outcome.MERGED
    assert text_of(project) == BOTH.replace("title: A post", "title: Theirs")
    assert publish(project, site) == [Kind.UPDATE]
    assert [post.title for post in site.content.values()] == ["Theirs"]


SAID = "The liberty of the press is of use."


@pytest.fixture
def quoting(project: Project, site: MemorySite) -> str:
    """The post, published with a quotation that was compared with its source."""
    (project.root / "sources").mkdir()
    (project.root / "sources" / "mill1859.txt").write_text(SAID)
    quoting = POST.replace("The last, “so”", "The last, “liberty of the press is of use”")
    write(project, quoting)
    assert publish(project, site) == [Kind.UPDATE]
    (there,) = site.content.values()
    assert "<strong>✓ Word for word; not compared: page 12" in there.content
    return quoting


def test_a_misquotation_that_is_made_on_the_site_comes_home(
    quoting: str, project: Project, site: MemorySite
) -> None:
    edit(site, lambda content: content.replace("press is of use</span>", "press is no use</span>"))
    (post,) = pull(project, site).posts
    assert (post.outcome, post.why) == (Outcome.MERGED, "")
    assert text_of(project) == quoting.replace("press is of use", "press is no use")


def test_what_follows_from_a_changed_quotation_is_no_conflict_of_its_own(
    quoting: str, project: Project, site: MemorySite
) -> None:
    edit(site, lambda content: content.replace("The first paragraph", "The opening"))
    ours = quoting.replace("liberty of the press is of use", "liberty of the press")
    write(project, ours)
    (post,) = pull(project, site).posts
    assert post.outcome is Outcome.MERGED
    assert text_of(project) == ours.replace("The first paragraph", "The opening")
    write(project, ours)
    edit(site, lambda content: content.replace("The opening", "The very opening"))
    assert publish(project, site, Side.THEIRS) == [Kind.RECORD]
    (post,) = pull(project, site).posts
    assert post.outcome is Outcome.REPLACED
    assert text_of(project) == quoting.replace("The first paragraph", "The very opening")


@pytest.mark.usefixtures("quoting")
def test_an_edit_of_the_proof_is_left_alone(project: Project, site: MemorySite) -> None:
    before = text_of(project)
    edit(site, lambda content: content.replace("✓ Word for word", "✓ So it is"))
    (post,) = pull(project, site).posts
    assert (post.outcome, text_of(project)) == (Outcome.BOTH, before)


@pytest.mark.usefixtures("twice")
def test_what_theirs_gives_up_is_kept_in_a_copy(project: Project, site: MemorySite) -> None:
    (project.root / "posts" / "a.md.orig").write_text("Somebody's.")
    assert publish(project, site, Side.THEIRS) == [Kind.RECORD]
    (post,) = pull(project, site).posts
    assert (post.outcome, post.copy) == (Outcome.REPLACED, "posts/a.md.orig2")
    assert (project.root / post.copy).read_text(encoding="utf-8") == OURS
    assert (project.root / "posts" / "a.md.orig").read_text() == "Somebody's."
    assert text_of(project) == POST.replace("The last,", "The very last,")


def test_an_edit_of_what_we_write_ourselves_is_left_alone(
    project: Project, site: MemorySite
) -> None:
    edit(site, lambda content: content.replace("Sources</h2>", "Works</h2>"))
    (post,) = pull(project, site).posts
    assert post.outcome is Outcome.BOTH
    assert text_of(project) == POST


def test_a_post_of_the_site_s_own_becomes_a_file(project: Project, site: MemorySite) -> None:
    content = "<!-- wp:paragraph -->\n<p>“Their” words.</p>\n<!-- /wp:paragraph -->"
    fields = {"title": "Theirs", "slug": "theirs", "status": "publish", "content": content}
    site.create(fields)
    home = pull(project, site, dry=True)
    assert not (project.root / "posts" / "theirs.md").exists()
    home = pull(project, site)
    assert [(p.path, p.outcome) for p in home.posts] == [
        ("posts/a.md", Outcome.SAME),
        ("posts/theirs.md", Outcome.NEW),
    ]
    text = (project.root / "posts" / "theirs.md").read_text(encoding="utf-8")
    assert "title: Theirs\n" in text
    assert text.endswith("\n\n“Their” words.\n")


def test_from_then_on_it_is_published_from_its_file(project: Project, site: MemorySite) -> None:
    content = "<!-- wp:paragraph -->\n<p>Their words.</p>\n<!-- /wp:paragraph -->"
    made = site.create({"title": "T", "slug": "t", "status": "publish", "content": content})
    pull(project, site)
    before = dict(site.content)
    assert set(publish(project, site)) <= {Kind.UNCHANGED, Kind.RECORD}
    assert site.content == before
    path = project.root / "posts" / "t.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Their words", "Our words"), encoding="utf-8")
    publish(project, site)
    assert "<p>Our words.</p>" in site.content[made.id].content
    assert len(site.content) == 2


def test_what_a_password_keeps_from_readers_is_not_published_here(
    project: Project, site: MemorySite
) -> None:
    made = site.create({"title": "S", "slug": "s", "status": "publish", "content": "<p>Hush.</p>"})
    site.content[made.id] = replace(site.content[made.id], password=True, sticky=True)
    pull(project, site)
    text = (project.root / "posts" / "s.md").read_text(encoding="utf-8")
    assert "status: private\n" in text
    assert "sticky: true" in text
    assert set(publish(project, site)) <= {Kind.UNCHANGED, Kind.RECORD}
    assert site.content[made.id].status == "publish"


def test_a_field_that_the_file_lacks_comes_last(project: Project, site: MemorySite) -> None:
    text = text_of(project)
    lines = [line for line in text.splitlines() if not line.startswith("excerpt:")]
    (project.root / "posts" / "a.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    publish(project, site)
    edit(site, str, excerpt="Theirs")
    pull(project, site)
    head = text_of(project).split("---\n")[1]
    assert head.splitlines()[-1] == "excerpt: Theirs"


def test_only_what_is_named(project: Project, site: MemorySite) -> None:
    site.create({"title": "B", "slug": "b", "status": "draft", "content": "x"})
    site.create({"title": "C", "slug": "c", "status": "draft", "content": "x"})
    assert [p.path for p in pull(project, site, "b", dry=True).posts] == ["posts/b.md"]
    with pytest.raises(NotThere, match="nothing-like-it"):
        pull(project, site, "nothing-like-it")
