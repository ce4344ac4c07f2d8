"""Settings: strict, with the line and the nearest known key."""

from pathlib import Path

import pytest

from pubtool.errors import BadSettings, NoProject, NotUtf8
from pubtool.model import Settings, Severity, SiteSettings
from pubtool.system.config import describe, find_project, load_settings


def write(root: Path, text: str) -> Path:
    (root / "pubtool.toml").write_text(text, encoding="utf-8")
    return root


def test_project_is_the_nearest_folder_above_with_settings(tmp_path: Path) -> None:
    write(tmp_path, "[site]\ntitle = 'outer'\n")
    inner = tmp_path / "inner"
    deep = inner / "posts" / "2026"
    deep.mkdir(parents=True)
    assert find_project(deep).settings.title == "outer"
    write(inner, "")
    assert find_project(deep).root == inner.resolve()


def test_posts_beside_a_bibliography_are_a_project(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "references.bib").touch()
    project = find_project(tmp_path / "posts")
    assert (project.root, project.settings) == (tmp_path.resolve(), Settings())
    assert set(project.origins.values()) == {"default"}


@pytest.mark.parametrize("there", ["posts/", "references.bib", ""])
def test_half_a_project_is_none(tmp_path: Path, there: str) -> None:
    if there.endswith("/"):
        (tmp_path / there).mkdir()
    elif there:
        (tmp_path / there).touch()
    with pytest.raises(NoProject):
        find_project(tmp_path)


def test_every_key_is_read_with_its_origin(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        """\
[site]
title = "Notes"   # a comment
author = "A. Uthor"
url = "https://example.org/notes"
lang = "de"
search = true

[check]
convention = "bluebook"
fail-on = "warning"
cluster-index = "s3://bucket/index"
select = [
  "Q1",
]
ignore = ["Q107", "Q203"]

[build]
formats = ["html", "html"]
output = "site/public"
csl = "styles/own.csl"
raw-html = "trusted"
remote-images = true

[images]
keep-metadata = true

[pdf]
paper = "us-letter"

[wordpress]
footnotes = "list"
proof = "details"
series = "tag"

[network]
allow-hosts = ["wiki.lan", "localhost:8000", "[::1]:80", "::1"]
doi-resolver = "http://localhost:8000/doi"

[sites.test]
url = "http://localhost:8881/blog/"
user = "editor"
auth = "bearer"
footnotes = "list"
series = "tag"

[sites]
blog.url = "https://example.org"
""",
    )
    project = load_settings(root)
    assert project.settings == Settings(
        title="Notes",
        author="A. Uthor",
        url="https://example.org/notes",
        lang="de",
        convention="bluebook",
        fail_on=Severity.WARNING,
        cluster_index="s3://bucket/index",
        select=("Q1",),
        ignore=("Q107", "Q203"),
        formats=("html",),
        output="site/public",
        csl="styles/own.csl",
        search=True,
        raw_html="trusted",
        remote_images=True,
        keep_metadata=True,
        pdf_paper="us-letter",
        wordpress_footnotes="list",
        wordpress_proof="details",
        wordpress_series="tag",
        allow_hosts=("wiki.lan", "localhost:8000", "[::1]:80", "::1"),
        doi_resolver="http://localhost:8000/doi",
        sites=(
            SiteSettings("blog", "https://example.org"),
            SiteSettings("test", "http://localhost:8881/blog", "editor", "bearer", "list", "tag"),
        ),
    )
    lines = {name: origin.rpartition(":")[2] for name, origin in project.origins.items()}
    blog, test = "47 default default default default", "40 41 42 43 44"
    rest = "2 3 4 5 6 9 10 11 12 15 18 19 20 21 22 25 28 31 32 33 36 37"
    assert list(lines.values()) == f"{rest} {blog} {test}".split()


@pytest.mark.parametrize(
    "text",
    [
        "\nsite.title = 'x'\n",
        "\nsite = {title = 'x'}\n",
        "[site]\n'title' = 'x'\n",
        "[ site ]\ntitle='x'\n",
    ],
)
def test_other_spellings_of_toml_have_their_line_too(tmp_path: Path, text: str) -> None:
    assert load_settings(write(tmp_path, text)).origins["site.title"] == "pubtool.toml:2"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[site]\ntitel = 'x'\n", 2, "did you mean title?"),
        ("\n[chekc]\nfail-on = 'error'\n", 2, "did you mean check?"),
        ("[check]\nfail_on = 'error'\n", 2, "did you mean fail-on?"),
        ("[site]\noutput = 'x'\n", 2, "did you mean build.output?"),
        ("title = 'x'\n", 1, "site.title"),
        ("[site]\nqwertz = 1\n", 2, "title, author, url, lang"),
        ("site = 3\n", 1, "not a section"),
        ("[site]\ntitle = 3\n", 2, "quotation marks"),
        ("[site]\ntitle = true\n", 2, "true or false"),
        ("[site]\nlang = 'not a language'\n", 2, "language"),
        ("[site]\nurl = 'example.org'\n", 2, "https://"),
        ("[check]\nconvention = 'chicgo'\n", 2, "did you mean chicago?"),
        ("[check]\nfail-on = 'never'\n", 2, "error, warning, info"),
        ("[check]\nselect = 'Q1'\n", 2, "not a list"),
        ("[check]\n\nignore = ['E501']\n", 3, "E501"),
        ("[check]\nignore = ['Q1', 2]\n", 2, "list"),
        ("[build]\nformats = ['html', 'odt']\n", 2, "html, pdf, epub, docx, wordpress"),
        ("[build]\noutput = '../public'\n", 2, "out of the project"),
        ("[build]\noutput = 'a/../../b'\n", 2, "out of the project"),
        ("[build]\noutput = '/tmp/public'\n", 2, "inside the project"),
        ("[build]\noutput = 'C:\\public'\n", 2, "inside the project"),
        ("[build]\noutput = '.'\n", 2, "inside the project"),
        ("[build]\noutput = ''\n", 2, "inside the project"),
        ("[build]\noutput = 'posts'\n", 2, "needs itself"),
        ("[build]\noutput = '.git'\n", 2, "needs itself"),
        ("[network]\nallow-hosts = ['http://wiki.lan']\n", 2, "no host"),
        ("[network]\nallow-hosts = ['wiki.lan/a']\n", 2, "no host"),
        ("[network]\nallow-hosts = ['']\n", 2, "no host"),
        ("[network]\nallow-hosts = 'wiki.lan'\n", 2, "not a list"),
        ("[network]\ndoi-resolver = 'doi.org'\n", 2, "https://"),
        ("[network]\ndoi-resolver = ''\n", 2, "https://doi.org"),
        ("sites = 3\n", 1, "not a section"),
        ("[sites]\nblog = 'https://example.org'\n", 2, "[sites.NAME]"),
        ("\n[sites.blog]\nuser = 'me'\n", 2, "has no url"),
        ("[sites.blog]\nurl = ''\n", 2, "is empty"),
        ("[sites.blog]\nurl = 'example.org'\n", 2, "https://"),
        ("[sites.blog]\nurl = 'https://me:secret@example.org'\n", 2, "a password in it"),
        ("[sites.blog]\nurl = 'https://example.org/?p=1'\n", 2, "has a ? or # in it"),
        ("[sites.blog]\nurl = 'https://a.org'\nauth = 'oauth'\n", 3, "basic, bearer"),
        ("[sites.blog]\nurl = 'https://a.org'\nfootnotes = 'none'\n", 3, "auto, core, list"),
        ("[sites.blog]\nurl = 'https://a.org'\nseries = 'tags'\n", 3, "did you mean tag?"),
        ("[sites.blog]\nurl = 'https://a.org'\npassword = 'x'\n", 3, "never stands here"),
        ("[sites.blog]\nurl = 'https://a.org'\nApp_Password = 'x'\n", 3, "never stands here"),
        ("[sites.blog]\nurl = 'https://a.org'\nusr = 'x'\n", 3, "did you mean user?"),
        ("\n[sites.'my blog']\nurl = 'https://a.org'\n", 2, "no name for a site"),
        ("[sites.'../x']\nurl = 'https://a.org'\n", 1, "no name for a site"),
        (
            "[site.blog]\nurl = 'https://a.org'\n",
            1,
            "there is no setting `site.blog`; write [sites.blog]",
        ),
        ("[build\n", 1, "not TOML"),
        ("[site]\ntitle = 'x\n", 2, "not TOML"),
        ("[site]\ntitle = 'x'\ntitle = 'y'\n", 3, "not TOML"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    with pytest.raises(BadSettings) as error:
        load_settings(write(tmp_path, text))
    assert str(error.value).startswith(f"pubtool.toml:{line}: ")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_output_may_not_leave_by_a_link(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (root / "out").symlink_to(tmp_path)
    with pytest.raises(BadSettings, match="out of the project"):
        load_settings(write(root, "[build]\noutput = 'out/public'\n"))


def test_settings_in_another_encoding_are_refused(tmp_path: Path) -> None:
    (tmp_path / "pubtool.toml").write_bytes(b"[site]\ntitle = 'caf\xe9'\n")
    with pytest.raises(NotUtf8, match=r"pubtool\.toml:2"):
        load_settings(tmp_path)


def test_description_shows_values_as_toml_and_where_they_are_from(tmp_path: Path) -> None:
    text = "[check]\nfail-on = 'info'\nignore = ['Q1']\n"
    rows = describe(load_settings(write(tmp_path, text)))
    assert ("check.fail-on", '"info"', "pubtool.toml:2") in rows
    assert ("check.ignore", '["Q1"]', "pubtool.toml:3") in rows
    assert ("build.output", '"public"', "default") in rows
    assert [name for name, _, _ in rows][:2] == ["site.title", "site.author"]
