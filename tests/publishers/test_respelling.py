"""`pull` of what an editor only spelled otherwise, and of what was written behind our own blocks.

`classic` writes a post as the Classic editor of WordPress 7.1.4 and 6.8.12 did when it saved one.
"""

from __future__ import annotations

import re

import pytest
from tests.publishers.memory_site import MemorySite
from tests.publishers.pulling import POST, edit, plan, publish, pull, text_of, write

from pubtool.pipeline.pulled import Outcome
from pubtool.publishers.wordpress.plan import Kind
from pubtool.readers.wordpress.merging import Edited, Sent
from pubtool.readers.wordpress.respelling import as_sent
from pubtool.system.config import Project


def classic(content: str) -> str:
    """Return a post as TinyMCE writes it."""

    def turned(tag: re.Match[str]) -> str:
        attributes = re.findall(r'[\w-]+="[^"]*"', tag[2])
        spaced = (re.sub(r":(?=\S)|;(?=\S)", r"\g<0> ", one) for one in reversed(attributes))
        return f"<{tag[1]} {' '.join(spaced)}{tag[3]}>"

    text = re.sub(r'<(a|img|sup)((?: [\w-]+="[^"]*")+)(/?)>', turned, content)
    text = re.sub(r"<(br|hr\b[^>]*?)/?>", r"<\1 />", text)
    text = re.sub(r"(</?(?:table|thead|tbody|tr)>|</t[dh]>)", "\\1\n", text)
    text = text.replace("--><details", "-->\n<details").replace("<summary>", "\n<summary>")
    text = re.sub(r"</details>\s*<!--", "</details><!--", text)
    return (text.rstrip() + "\n<p>&nbsp;</p>").replace("\n", "\r\n")


BEHIND = "\n\n<!-- wp:paragraph -->\n<p>Written at the end.</p>\n<!-- /wp:paragraph -->"


def test_what_the_classic_editor_only_writes_anew_is_no_edit(
    project: Project, site: MemorySite
) -> None:
    edit(site, classic)
    (post,) = pull(project, site).posts
    assert (post.outcome, post.why, post.diff) == (Outcome.MERGED, "", "")
    assert text_of(project) == POST
    before = dict(site.content)
    assert publish(project, site) in ([Kind.UNCHANGED], [Kind.RECORD])
    assert site.content == before


def test_an_edit_in_the_classic_editor_comes_home_alone(project: Project, site: MemorySite) -> None:
    edit(site, lambda content: classic(content.replace("The last,", "The very last,")))
    (post,) = pull(project, site).posts
    assert (post.outcome, post.why) == (Outcome.MERGED, "")
    assert text_of(project) == POST.replace("The last,", "The very last,")


@pytest.mark.parametrize("cached", [True, False])
def test_an_edit_in_the_classic_editor_is_merged_with_ours(
    project: Project, site: MemorySite, *, cached: bool
) -> None:
    edit(site, lambda content: classic(content.replace("The last,", "The very last,")))
    ours = POST.replace("The second", "Our second")
    write(project, ours)
    if not cached:
        for path in (project.root / ".pubtool").rglob("*"):
            if path.is_file():
                path.unlink()
    assert plan(project, site) == [Kind.CONFLICT]
    (post,) = pull(project, site).posts
    assert (post.outcome, post.why) == (Outcome.MERGED, "")
    assert text_of(project) == ours.replace("The last,", "The very last,")
    assert publish(project, site) == [Kind.UPDATE]


def test_ours_may_be_sent_over_what_is_only_spelled_otherwise(
    project: Project, site: MemorySite
) -> None:
    edit(site, classic)
    ours = POST.replace("The second", "Our second")
    write(project, ours)
    (post,) = pull(project, site).posts
    assert (post.outcome, post.why) == (Outcome.MERGED, "")
    assert text_of(project) == ours
    assert publish(project, site) == [Kind.UPDATE]


def test_a_first_block_that_lost_our_mark_is_no_edit(project: Project, site: MemorySite) -> None:
    edit(site, lambda content: re.sub(r' \{"metadata":\{"pubtool":"[^"]*"\}\}', "", content))
    ours = POST.replace("The first", "Our first")
    write(project, ours)
    (post,) = pull(project, site).posts
    assert (post.outcome, post.why) == (Outcome.MERGED, "")
    assert text_of(project) == ours
    assert publish(project, site) == [Kind.UPDATE]
    (there,) = site.content.values()
    assert '"pubtool":"' in there.content


@pytest.mark.parametrize("ours", [POST, POST.replace("The second", "Our second")])
def test_what_is_written_behind_the_sources_comes_before_them(
    ours: str, project: Project, site: MemorySite
) -> None:
    """The cursor is there when somebody goes to the end of a post and writes on."""
    edit(site, lambda content: content + BEHIND)
    write(project, ours)
    (post,) = pull(project, site).posts
    assert (post.outcome, post.why) == (Outcome.MERGED, "")
    text = text_of(project)
    assert (
        text.replace("Written at the end.\n\n", "").replace("\n\nWritten at the end.", "") == ours
    )
    assert "Written at the end." in text
    assert publish(project, site) == [Kind.UPDATE]
    (there,) = site.content.values()
    assert there.content.index("Written at the end.") < there.content.index(">Sources</h2>")
    assert [post.outcome for post in pull(project, site).posts] == [Outcome.SAME]


def test_a_changed_list_of_sources_is_not_text_behind_them(
    project: Project, site: MemorySite
) -> None:
    edit(site, lambda content: content.replace("<em>On Liberty</em>", "<em>On liberty</em>"))
    (post,) = pull(project, site).posts
    assert post.outcome is Outcome.BOTH
    assert text_of(project) == POST


P = "<!-- wp:paragraph -->\n<p>{}</p>\n<!-- /wp:paragraph -->"
CODE = '<!-- wp:code -->\n<pre class="wp-block-code"><code>{}</code></pre>\n<!-- /wp:code -->'
SPELLINGS = [
    (P.format('A <a href="x" id="y">b</a>.'), P.format('A <a id="y" href="x">b</a>.'), True),
    (P.format("A<br>b"), P.format("A<br />b"), True),
    (P.format("A &amp; “b”"), P.format("A &#038; “b”"), True),
    (P.format("A b"), P.format("\r\nA b\r\n"), True),
    (P.format("A b"), P.format("A\nb"), True),
    (P.format("A <em>b</em> c"), P.format("A<em>b</em> c"), False),
    (P.format("A b"), P.format("A\u00a0b"), False),
    (P.format("A b"), P.format("A b "), True),
    (P.format("A b"), P.format("A <strong>b</strong>"), False),
    (P.format('A <a href="x">b</a>'), P.format('A <a href="z">b</a>'), False),
    (P.format("A b"), P.format("A b").replace("wp:paragraph", 'wp:paragraph {"a":1}', 1), False),
    (CODE.format("a\n  b"), CODE.format("a\n b"), False),
    (CODE.format("  a"), CODE.format("a"), False),
]  # fmt: skip


@pytest.mark.parametrize(("ours", "theirs", "same"), SPELLINGS)
def test_what_is_one_spelling_of_another(ours: str, theirs: str, *, same: bool) -> None:
    found = as_sent(Edited(theirs, {}), Sent("", ours, {}, (1,)))
    assert (found.edited.content == ours) is same
    assert same or found.edited.content == theirs
    assert not found.restored


FORMULA = POST.replace("The second has", "The second, $x^2$, has")


def without_math(content: str) -> str:
    """Take formulas out and leave their text: the Classic editor, and WordPress for authors."""
    return re.sub(r"</?(?:math|m[a-z]+)\b[^>]*>", "", content.replace("<mark>", "<MARK>")).replace(
        "<MARK>", "<mark>"
    )


def test_a_formula_that_the_classic_editor_broke_is_not_brought_home(
    project: Project, site: MemorySite
) -> None:
    write(project, FORMULA)
    assert publish(project, site) == [Kind.UPDATE]
    edit(site, lambda content: classic(without_math(content)))
    (post,) = pull(project, site).posts
    assert (post.outcome, post.diff) == (Outcome.MERGED, "")
    assert text_of(project) == FORMULA
    assert publish(project, site) == [Kind.UPDATE]
    assert "<math" in next(iter(site.content.values())).content


def test_what_the_site_took_out_at_once_is_no_edit(project: Project, site: MemorySite) -> None:
    site.changes = without_math
    write(project, FORMULA)
    publish(project, site)
    edit(site, lambda content: content.replace("The last,", "The very last,"))
    (post,) = pull(project, site).posts
    assert post.outcome is Outcome.MERGED
    assert text_of(project) == FORMULA.replace("The last,", "The very last,")
