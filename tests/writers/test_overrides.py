"""A project's own templates and styles: file by file, in a sandbox, their faults told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from pubtool.errors import BadTemplate, NotUtf8
from pubtool.system.pandoc import Pandoc
from pubtool.writers.export import Material, plan_jobs
from pubtool.writers.overrides import override_names, stray_templates


@pytest.fixture
def site(post: Any, material: Any) -> Any:
    """Return a maker of a site of one post with files of the project's."""

    def make(**files: str | bytes) -> Material:
        given = {
            f"templates/{name.replace('__', '.')}": one.encode() if isinstance(one, str) else one
            for name, one in files.items()
        }
        made: Material = material(post("Words."), files=given)
        return made

    return make


def test_a_template_of_the_project_s_takes_the_place_of_ours(site: Any, write: Any) -> None:
    own = '{% extends "base.html" %}{% block main %}<h1>Mine: {{ site.title }}</h1>{% endblock %}'
    files = write(site(index__html=own), "html")
    assert "<h1>Mine: A site</h1>" in files["index.html"].decode()
    assert files["a/index.html"] == write(site(), "html")["a/index.html"]


def test_a_style_of_the_project_s_takes_the_place_of_ours(site: Any, write: Any) -> None:
    files = write(site(style__css="p { margin: 0 }"), "html")
    assert files["style.css"] == b"p { margin: 0 }"
    assert files["lists.css"] == b"", "ours would be laid over the project's own"
    files = write(site(style__css="", lists__css="p { margin: 0 }"), "html")
    assert files["lists.css"] == b"p { margin: 0 }"


def test_an_included_file_may_have_any_name(site: Any, write: Any) -> None:
    given = site(post__html='{% include "mine.html" %}', mine__html="<p>{{ page.title }}</p>")
    assert write(given, "html")["a/index.html"] == b"<p>A post</p>\n"


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("index__html", "\n{% if %}", r"templates/index\.html:2: .*Expected an expression"),
        ("index__html", "\n\n{{ nothing }}", r"index\.html:3: .*for `nothing`, and gets none"),
        ("index__html", "{{ site.nix }}", r"templates/index\.html:1: .*a part `nix` that is not"),
        ("index__html", "{{ 'a'.nix() }}", r"templates/index\.html:1: .*a part `nix` that is not"),
        ("index__html", "{{ 1 + 'a' }}", r"index\.html:1: .*asks for what cannot be done"),
        ("index__html", "{{ 1 / 0 }}", r"index\.html:1: .*asks for what cannot be done"),
        ("index__html", '\n{% include "no.html" %}', r":2: .*no template is called no\.html"),
        ("index__html", "{% include 'index.html' %}", r":1: .*includes itself without an end"),
        ("index__html", "{{ ''.__class__.mro() }}", r":1: .*`__class__`, which no template may"),
        ("index__html", "\n{{ 5 | day }}", r"templates/index\.html:2: .*asks for what cannot be"),
        ("list__html", "nothing", r"templates/list\.html:1: .*lacks the macro `posts`"),
        ("base__html", "\n{{ nothing }}", r"base\.html:2: .*for `nothing`, and gets none"),
    ],
    ids=str,
)
def test_a_fault_is_told_with_its_file_and_line(
    name: str, text: str, sentence: str, site: Any, write: Any
) -> None:
    with pytest.raises(BadTemplate, match=sentence) as caught:
        write(site(**{name: text}), "html")
    assert "\n" not in str(caught.value)


def test_a_template_in_another_encoding_is_told(site: Any, write: Any) -> None:
    with pytest.raises(NotUtf8, match=r"templates/index\.html:2"):
        write(site(index__html=b"a\n\xe9"), "html")


def test_a_fault_of_ours_is_a_bug(site: Any, write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pubtool.writers.words.Words.day", lambda self, date: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write(site(), "html")


@pytest.mark.parametrize(
    ("name", "touched"),
    [
        ("post__html", {"html:posts/a.md"}),
        ("index__html", {"html:index"}),
        ("style__css", {"html:style.css", "html:lists.css"}),
        ("lists__css", {"html:lists.css"}),
        ("series__html", set()),
    ],
)
def test_a_template_touches_the_jobs_that_use_it(
    name: str, touched: set[str], site: Any, pandoc: Pandoc
) -> None:
    def digests(given: Material) -> set[tuple[str, str]]:
        return {(job.name, job.digest) for job in plan_jobs(given, ("html",), pandoc)}

    assert {job for job, _ in digests(site(**{name: "x"})) - digests(site())} == touched


def test_the_base_of_all_touches_all_pages(site: Any, pandoc: Pandoc) -> None:
    def digests(given: Material) -> set[tuple[str, str]]:
        return {(job.name, job.digest) for job in plan_jobs(given, ("html",), pandoc)}

    same = digests(site(base__html="x")) & digests(site())
    assert {job for job, _ in same} == {
        "html:remarks",
        "html:style.css",
        "html:lists.css",
        "html:verification",
    }


def test_a_stray_file_is_named_with_the_nearest_name() -> None:
    names = ("index.html", "post.htm", "stile.css", "mine.html", "notes.txt", "sub/base.html")
    assert stray_templates(names, ("mine.html",)) == (
        "templates/notes.txt: not used: no template has that name, and none of yours includes it; "
        "docs/pages.md lists them",
        "templates/post.htm: not used: did you mean post.html?",
        "templates/stile.css: not used: did you mean style.css?",
        "templates/sub/base.html: not used: did you mean base.html?",
    )


def test_every_name_is_explained() -> None:
    page = (Path(__file__).parents[2] / "docs" / "pages.md").read_text(encoding="utf-8")
    table = page.partition("## Templates and styles of your own")[2]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert sorted(re.findall(r"`([^`]+)`", "".join(rows))) == list(override_names())


def test_every_name_is_known() -> None:
    assert {"base.html", "post.html", "style.css", "template.typ"} <= set(override_names())
