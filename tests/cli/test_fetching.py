"""The commands that touch the network, from the command line to the files, against loopback."""

from __future__ import annotations

import gzip
import os
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typst
from click.testing import CliRunner, Result
from tests.loopback import Site, answer, data, raw, redirect, serve
from warcio.archiveiterator import ArchiveIterator

from pubtool.cli import program
from pubtool.readers.lock import Pin, read_lock

NOW = "2026-05-03T10:20:30Z"
FILLER = (
    "The harbour was opened in the spring, and its keeper lit the lamp on every evening of the "
    "year, in fog and in frost, without a single night of darkness being told of in the log. "
)
QUOTED = "A pilot must trust the soundings and nobody's memory of them."
OTHER = "Oil for the lamp is stored in the cellar below the stairs."
BIBLIOGRAPHY = """\
@online{pilot2020,
  author = {Pilot, Anna},
  title  = {On Soundings},
  date   = {2020},
  url    = {URL/page},
  note   = {Archived at \\url{https://web.archive.org/web/2021/http://example.org/page}},
}

@book{shelf1999,
  author = {Shelf, B.},
  title  = {A Book Without an Address},
  date   = {1999},
  publisher = {House},
}
"""
POST = f"""\
---
title: A
date: 2026-01-01
status: publish
---

Pilot writes: “{QUOTED}” [@pilot2020]

She adds: “{OTHER}” [@pilot2020]
"""
Run = Callable[..., Result]


def page(*sentences: str, head: str = "<meta charset=utf-8>") -> str:
    told = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    head = f"<head>{head}<title>On Soundings</title></head>"
    return f"<!doctype html><html>{head}<body><article>{told}</article></body></html>"


WHOLE = page(FILLER, QUOTED, OTHER)


def pdf(text: str) -> bytes:
    return bytes(typst.compile(text.encode()))


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as site:
        site.routes["/page"] = answer(WHOLE)
        yield site


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxies, no pauses, a steady clock, and no connection that leaves this machine."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    monkeypatch.setattr("pubtool.cli.fetching.now", lambda: NOW)
    connect = socket.create_connection

    def guarded(address: tuple[str, int], *rest: Any, **more: Any) -> socket.socket:
        assert address[0].startswith("127.")
        return connect(address, *rest, **more)

    monkeypatch.setattr(socket, "create_connection", guarded)


@pytest.fixture
def project(tmp_path: Path, site: Site) -> Path:
    settings = (
        f'[network]\nallow-hosts = ["127.0.0.1:{site.port}"]\ndoi-resolver = "{site.url("/doi")}"\n'
    )
    (tmp_path / "pubtool.toml").write_text(settings, encoding="utf-8")
    text = BIBLIOGRAPHY.replace("URL", site.url(""))
    (tmp_path / "references.bib").write_text(text, encoding="utf-8")
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "a.md").write_text(POST, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(project: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(project)
    return lambda *arguments: CliRunner().invoke(program, ["sources", *arguments])


def tree(project: Path) -> dict[str, bytes]:
    """All files of the project, the cache left out."""
    return {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in project.rglob("*")
        if path.is_file() and ".pubtool" not in path.parts
    }


def pin(project: Path, key: str) -> Pin:
    lock = read_lock((project / "sources.lock").read_text(encoding="utf-8"), "sources.lock")
    return {str(one): value for one, value in lock.pins.items()}[key]


def records(path: Path) -> list[tuple[str, str, str, bytes]]:
    """Type, date, address and content of each record, as another program reads them."""
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            headers = record.rec_headers
            content = record.content_stream().read()
            assert record.digest_checker.passed is not False
            told = headers.get_header("WARC-Target-URI") or ""
            found.append((record.rec_type, headers.get_header("WARC-Date"), told, content))
    return found


def refused(result: Result, project: Path, before: dict[str, bytes]) -> str:
    """Return the one sentence of a command that could not run and changed nothing."""
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith("pubtool: error: ")
    assert result.stderr.count("\n") == 1
    assert tree(project) == before
    return result.stderr


# --- add URL --------------------------------------------------------------------------------------


def test_a_page_is_stored_pinned_and_kept_as_a_snapshot(
    run: Run, project: Path, site: Site
) -> None:
    site.routes["/old"] = redirect("/page")
    result = run("add", site.url("/old"), "--key", "pilot2020")
    assert (result.exit_code, result.stderr) == (0, "")
    assert (
        result.stdout == "added sources/pilot2020.html (59 words) and pinned it in sources.lock\n"
    )
    assert (project / "sources" / "pilot2020.html").read_text(encoding="utf-8") == WHOLE
    pinned = pin(project, "pilot2020")
    assert pinned.origin == site.url("/page")
    assert pinned.retrieved == "2026-05-03"
    assert pinned.archive == "https://web.archive.org/web/2021/http://example.org/page"
    assert pinned.snapshot == "sources/.warc/pilot2020.warc.gz"
    kept = records(project / pinned.snapshot)
    assert [(kind, url) for kind, _, url, _ in kept] == [
        ("warcinfo", ""),
        ("response", site.url("/old")),
        ("request", site.url("/old")),
        ("response", site.url("/page")),
        ("request", site.url("/page")),
    ]
    assert {date for _, date, _, _ in kept} == {NOW}
    assert kept[3][3] == WHOLE.encode()


def test_what_was_added_verifies_and_is_checked_against(run: Run, site: Site) -> None:
    run("add", site.url("/page"), "--key", "pilot2020")
    assert run("verify").exit_code == 0
    assert "pinned" in run("list").stdout
    checked = CliRunner().invoke(program, ["check"])
    assert "2 quotations in 1 post: 2 checked, 2 passed" in checked.stdout


def test_what_was_added_can_be_removed(run: Run, project: Path, site: Site) -> None:
    before = tree(project)
    run("add", site.url("/page"), "--key", "pilot2020")
    result = run("remove", "pilot2020")
    assert "sources/pilot2020.html, sources/.warc/pilot2020.warc.gz" in result.stdout
    left = {name: data for name, data in tree(project).items() if name != "sources.lock"}
    assert left == before


def test_the_key_is_that_of_the_entry_with_the_address(run: Run, project: Path, site: Site) -> None:
    assert run("add", site.url("/page")).exit_code == 0
    assert (project / "sources" / "pilot2020.html").exists()


def test_two_runs_give_the_same_bytes(run: Run, project: Path, site: Site) -> None:
    run("add", site.url("/page"), "--key", "pilot2020")
    first = (project / "sources" / ".warc" / "pilot2020.warc.gz").read_bytes()
    (project / "sources" / "pilot2020.html").unlink()
    (project / "sources" / ".warc" / "pilot2020.warc.gz").unlink()

    def undated(data: bytes) -> bytes:
        return re.sub(rb"Date: [^\r]*GMT|<urn:uuid:[^>]*>|sha256:\w+", b"", gzip.decompress(data))

    run("add", site.url("/page"), "--key", "pilot2020")
    second = (project / "sources" / ".warc" / "pilot2020.warc.gz").read_bytes()
    assert undated(first) == undated(second)


def test_a_file_that_stands_there_is_never_overwritten(run: Run, project: Path, site: Site) -> None:
    (project / "sources").mkdir()
    (project / "sources" / "pilot2020.txt").write_text("My own copy.", encoding="utf-8")
    before = tree(project)
    said = refused(run("add", site.url("/page"), "--key", "pilot2020"), project, before)
    assert "sources/pilot2020.txt: not added: it stands there already" in said
    assert site.asked == [], "nothing was asked in vain"


def test_a_key_that_the_library_lacks_is_refused(run: Run, project: Path, site: Site) -> None:
    said = refused(run("add", site.url("/page"), "--key", "pilot2021"), project, tree(project))
    assert "did you mean pilot2020?" in said
    said = refused(run("add", site.url("/nowhere")), project, tree(project))
    assert "no entry has this address; say whose with --key" in said
    assert site.asked == []


def test_an_address_is_its_own_origin(run: Run, site: Site) -> None:
    result = run("add", site.url("/page"), "--key", "pilot2020", "--origin", "a friend")
    assert result.exit_code == 2
    assert "--origin is for a file" in result.stderr


def test_a_private_host_is_refused_until_it_is_allowed(run: Run, project: Path, site: Site) -> None:
    (project / "pubtool.toml").write_text("", encoding="utf-8")
    before = tree(project)
    said = refused(run("add", site.url("/page"), "--key", "pilot2020"), project, before)
    assert "127.0.0.1 is no public address but a loopback one; allow that machine" in said
    assert site.asked == []
    again = run("add", site.url("/page"), "--key", "pilot2020", "--allow-host", "127.0.0.1")
    assert again.exit_code == 0


STAND_INS = {
    "a login page": (
        page("Please log in.", head="<meta charset=utf-8>") + "<input type=password name=p>",
        "what came is a login page, “On Soundings”",
    ),
    "a puzzle": (
        page("One more step.") + "<div class='g-recaptcha'></div>",
        "what came is a test whether you are human",
    ),
    "a question of consent": (
        page("We value your privacy. Accept all. Reject all. Our partners store cookies."),
        "what came is a question for your consent",
    ),
    "a page that a browser builds": (
        "<!doctype html><title>App</title><div id=root></div><script>1</script>"
        "<noscript>You need to enable JavaScript to run this app.</noscript>",
        "almost no text (",
    ),
    "nothing": ("", "it is empty"),
}


@pytest.mark.parametrize("case", STAND_INS)
def test_what_only_stands_for_the_page_is_refused(
    run: Run, project: Path, site: Site, case: str
) -> None:
    body, why = STAND_INS[case]
    site.routes["/page"] = answer(body)
    said = refused(run("add", site.url("/page"), "--key", "pilot2020"), project, tree(project))
    assert why in said
    assert "save the page or the PDF, and add that file" in said


def test_a_pdf_is_stored_as_one_whatever_it_is_called(run: Run, project: Path, site: Site) -> None:
    site.routes["/download"] = answer(pdf(QUOTED + " " + FILLER))
    assert run("add", site.url("/download"), "--key", "pilot2020").exit_code == 0
    assert (project / "sources" / "pilot2020.pdf").exists()


@pytest.mark.parametrize("path", ["/paper.pdf", "/paper.pdf?download=1", "/typed"])
def test_a_pdf_that_is_a_web_page_is_refused(
    run: Run, project: Path, site: Site, path: str
) -> None:
    kind = "application/pdf" if path == "/typed" else "text/html"
    site.routes[path] = answer(page("Sign in to read.", FILLER), kind=kind)
    said = refused(run("add", site.url(path), "--key", "pilot2020"), project, tree(project))
    assert "a PDF was expected, and a web page came, “On Soundings”" in said


@pytest.mark.parametrize(
    ("kind", "head", "encoding"),
    [
        ("text/html; charset=windows-1251", "", "cp1251"),
        ("text/html; charset=utf-8", "<meta charset=iso-8859-1>", "utf-8"),
        ("text/html", '<meta http-equiv=x content="text/html; charset=windows-1251">', "cp1251"),
        ("text/html; charset=nonsense", "<meta charset=windows-1251>", "cp1251"),
        ("text/html", "<meta charset=utf-16>", "utf-8"),
        ("text/html", "", "utf-8"),
        ("text/html", "", "utf-8-sig"),
        ("text/html; charset=utf-16le", "", "utf-16-le"),
    ],
)
def test_an_encoding_told_in_the_header_alone_is_not_lost(  # noqa: PLR0917
    run: Run, project: Path, site: Site, kind: str, head: str, encoding: str
) -> None:
    words = "Лоцман должен верить промерам, а не чьей-то памяти о них."
    site.routes["/page"] = answer(page(words, FILLER, head=head).encode(encoding), kind=kind)
    assert run("add", site.url("/page"), "--key", "pilot2020").exit_code == 0
    assert words in run("show", "pilot2020", "--text").stdout


def test_curly_marks_of_an_old_page_are_read_as_browsers_do(run: Run, site: Site) -> None:
    old = page(FILLER, "“Café” – it’s said", FILLER, head="<meta charset=iso-8859-1>").encode(
        "cp1252"
    )
    site.routes["/page"] = answer(old, kind="text/html")
    run("add", site.url("/page"), "--key", "pilot2020")
    assert "“Café” – it’s said" in run("show", "pilot2020", "--text").stdout


def test_a_wrong_encoding_is_one_sentence(run: Run, project: Path, site: Site) -> None:
    site.routes["/page"] = answer("Лоцман".encode("cp1251") * 50, kind="text/plain")
    said = refused(run("add", site.url("/page"), "--key", "pilot2020"), project, tree(project))
    assert "it does not say its encoding, and is not in UTF-8" in said


def test_a_page_that_names_a_pdf_says_so(run: Run, site: Site) -> None:
    head = '<meta charset=utf-8><meta name="citation_pdf_url" content="/paper.pdf">'
    site.routes["/page"] = answer(page(FILLER, QUOTED, head=head))
    said = run("add", site.url("/page"), "--key", "pilot2020").stdout
    assert f"the page names a PDF of the work, which has pages: {site.url('/paper.pdf')}" in said


def test_a_file_is_a_file_though_its_name_is_a_doi(run: Run, project: Path, site: Site) -> None:
    (project / "10.1000").mkdir()
    (project / "10.1000" / "x.txt").write_text(FILLER, encoding="utf-8")
    assert run("add", "10.1000/x.txt", "--key", "shelf1999").exit_code == 0
    assert site.asked == []


# --- add DOI --------------------------------------------------------------------------------------

DOI = "10.1234/Sound_(2021)"
ITEM = {
    "type": "journal-article",
    "title": "Soundings &amp; <i>memory</i>",
    "author": [{"family": "Größe", "given": "Ä."}, {"name": "Harbour & Co"}],
    "container-title": "Journal of Harbours",
    "issued": {"date-parts": [[2021, 3]]},
    "page": "1-9", "volume": "4", "issue": "2", "DOI": DOI, "ISSN": ["1234-5678"],
    "URL": "http://dx.doi.org/10.1234/Sound_(2021)",
}  # fmt: skip
CSL = "application/vnd.citationstyles.csl+json"
BIBTEX = """\
@article{Grosse_2021, title={Soundings & <i>memory</i>}, volume={4}, DOI={10.1234/Sound_(2021)},
 author={Größe, Ä. and {Harbour & Co}}, year={2021}, month=mar,
 journal={Journal of Harbours}, pages={1-9} }
"""
ENTRY = """\
@article{grosse2021,
  author = {Größe, Ä. and {Harbour \\& Co}},
  title = {Soundings \\& \\emph{Memory}},
  journal = {Journal of Harbours},
  volume = {4},
  number = {2},
  pages = {1-9},
  date = {2021-03},
  urldate = {2026-05-03},
  url = {https://doi.org/10.1234/Sound_(2021)},
  doi = {10.1234/Sound_(2021)},
  issn = {1234-5678}
}
"""


def resolve(site: Site, item: dict[str, Any], landing: str = page(FILLER)) -> None:
    """Let the resolver answer as one does: programs get metadata, people the publisher's page."""
    meta, paper = data(item, CSL), answer(landing)
    site.routes[f"/doi/{DOI}"] = lambda handler: (
        meta if "json" in (handler.headers["Accept"] or "") else paper
    )(handler)


@pytest.mark.parametrize(
    "written",
    [DOI, DOI.lower(), f"doi:{DOI}", f"DOI: {DOI}", f"https://doi.org/{DOI}",
     "http://dx.doi.org/10.1234/Sound_%282021%29"],
)  # fmt: skip
def test_a_doi_becomes_an_entry_behind_the_others(
    run: Run, project: Path, site: Site, written: str
) -> None:
    resolve(site, {**ITEM, "DOI": DOI})
    site.routes[f"/doi/{DOI.lower()}"] = site.routes[f"/doi/{DOI}"]
    before = (project / "references.bib").read_bytes()
    result = run("add", written)
    assert result.exit_code == 0
    assert "no full text: " in result.stderr
    assert "the page of this DOI names no PDF" in result.stderr
    assert "pubtool sources add FILE --key grosse2021" in result.stdout
    after = (project / "references.bib").read_bytes()
    assert after.startswith(before)
    added = after[len(before) :].decode()
    assert added.lower() == f"\n{ENTRY}".lower()
    assert not (project / "sources").exists()
    assert "grosse2021" in run("list").stdout


def test_bibtex_is_taken_where_there_is_nothing_better(run: Run, project: Path, site: Site) -> None:
    site.routes[f"/doi/{DOI}"] = answer(BIBTEX, kind="application/x-bibtex")
    assert run("add", DOI, "--key", "mine").exit_code == 0
    text = (project / "references.bib").read_text(encoding="utf-8")
    assert "@article{mine,\n  author = {Größe, Ä. and {Harbour \\& Co}},\n" in text
    assert f"doi = {{{DOI}}}" in text


def test_a_doi_that_the_library_has_is_not_added_again(run: Run, project: Path, site: Site) -> None:
    resolve(site, ITEM)
    run("add", DOI)
    before, asked = tree(project), len(site.asked)
    result = run("add", DOI.upper())
    assert result.exit_code == 0
    assert result.stdout == (
        "10.1234/SOUND_(2021) is in references.bib already, as grosse2021; nothing was written\n"
    )
    assert tree(project) == before
    assert len(site.asked) == asked


def test_a_second_work_of_an_author_s_year_gets_a_letter(run: Run, site: Site) -> None:
    resolve(site, ITEM)
    run("add", DOI)
    site.routes["/doi/10.1234/other"] = site.routes[f"/doi/{DOI}"]
    assert "added grosse2021a to references.bib" in run("add", "10.1234/other").stdout


def test_the_key_of_another_work_is_refused(run: Run, project: Path, site: Site) -> None:
    said = refused(run("add", DOI, "--key", "pilot2020"), project, tree(project))
    assert "the key pilot2020 is another entry's" in said
    assert site.asked == []


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<html>no such DOI</html>", "its metadata are neither JSON nor BibTeX"),
        ("{", "its metadata are no JSON"),
        ("{}", "its metadata name no title"),
        ("@article{x, title={never closed", "its metadata are neither JSON nor BibTeX"),
    ],
)
def test_a_resolver_that_answers_nonsense_is_one_sentence(
    run: Run, project: Path, site: Site, body: str, why: str
) -> None:
    site.routes[f"/doi/{DOI}"] = answer(body)
    assert why in refused(run("add", DOI), project, tree(project))


def test_a_doi_that_nobody_knows_is_one_sentence(run: Run, project: Path, site: Site) -> None:
    assert "nothing stands there: the server answers 404" in refused(
        run("add", DOI), project, tree(project)
    )


def test_the_text_that_the_registry_names_is_fetched(run: Run, project: Path, site: Site) -> None:
    link = {"URL": site.url("/tdm"), "content-type": "application/pdf"}
    mining = {**link, "intended-application": "text-mining"}
    resolve(site, {**ITEM, "link": [{**link, "URL": site.url("/no")}, mining]})
    site.routes["/tdm"] = answer(pdf(QUOTED + FILLER), kind="application/pdf")
    result = run("add", DOI)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (project / "sources" / "grosse2021.pdf").exists()
    assert pin(project, "grosse2021").origin == site.url("/tdm")
    assert "/no" not in site.paths


def test_the_text_that_the_publisher_s_page_names_is_fetched(
    run: Run, project: Path, site: Site
) -> None:
    head = '<meta name="citation_pdf_url" content="../paper.pdf">'
    resolve(site, ITEM, page(FILLER, head=head))
    site.routes["/doi/paper.pdf"] = answer(pdf(QUOTED + FILLER), kind="application/pdf")
    result = run("add", DOI)
    assert (result.exit_code, result.stderr) == (0, "")
    assert pin(project, "grosse2021").origin == site.url("/doi/paper.pdf")


def test_a_page_is_never_taken_for_a_work_s_full_text(run: Run, project: Path, site: Site) -> None:
    kinds = ("text/html", "unspecified", "text/plain")
    links = [
        {"URL": site.url(f"/{kind}"), "content-type": kind, "intended-application": "text-mining"}
        for kind in kinds
    ]
    resolve(site, {**ITEM, "link": links})
    for kind in kinds:
        site.routes[f"/{kind}"] = answer(page(FILLER))
    result = run("add", DOI)
    assert result.exit_code == 0
    assert "the page of this DOI names no PDF of the full text" in result.stderr
    assert not (project / "sources").exists()
    assert [path for path in site.paths if "doi" not in path] == ["/unspecified"]


def test_a_text_that_waits_for_its_entry_is_left_alone(run: Run, project: Path, site: Site) -> None:
    resolve(site, ITEM)
    (project / "sources").mkdir()
    (project / "sources" / "grosse2021.txt").write_text(FILLER, encoding="utf-8")
    result = run("add", DOI)
    assert result.exit_code == 0
    assert "sources/grosse2021.txt: not added: it stands there already" in result.stderr
    assert "grosse2021" in (project / "references.bib").read_text(encoding="utf-8")


def test_a_text_behind_a_login_is_left_to_the_author(run: Run, project: Path, site: Site) -> None:
    head = '<meta name="citation_pdf_url" content="/paper.pdf">'
    resolve(site, ITEM, page(FILLER, head=head))
    site.routes["/paper.pdf"] = answer(page("Sign in", FILLER))
    result = run("add", DOI)
    assert result.exit_code == 0
    assert "a PDF was expected, and a web page came" in result.stderr
    assert "grosse2021" in (project / "references.bib").read_text(encoding="utf-8")
    assert not (project / "sources").exists()


# --- fetch ----------------------------------------------------------------------------------------


def test_what_would_be_fetched_is_said_first(run: Run, project: Path, site: Site) -> None:
    before = tree(project)
    result = run("fetch", "--dry-run")
    assert result.stdout == f"pilot2020  {site.url('/page')}\n"
    assert (result.exit_code, site.asked) == (0, [])
    assert tree(project) == before


def test_entries_without_a_text_get_theirs(run: Run, project: Path, site: Site) -> None:
    result = run("fetch")
    assert result.exit_code == 0
    assert result.stdout.endswith("1 text fetched, 0 not\n")
    assert (project / "sources" / "pilot2020.html").exists()
    again = run("fetch")
    assert (again.exit_code, again.stdout) == (0, "nothing to fetch\n")


def test_one_that_fails_costs_no_other(run: Run, project: Path, site: Site) -> None:
    more = f"\n@online{{aaa, title={{A}}, date={{2020}}, url={{{site.url('/none')}}}}}\n"
    path = project / "references.bib"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    result = run("fetch", "aaa", "shelf1999", "pilot2020")
    assert result.exit_code == 2
    assert "pubtool: aaa: " in result.stderr
    assert "nothing stands there" in result.stderr
    assert "shelf1999: not added: its entry names no url and no doi" in result.stderr
    assert result.stdout.endswith("1 text fetched, 2 not\n")
    assert (project / "sources" / "pilot2020.html").exists()


def test_a_work_s_page_is_not_taken_for_the_work(run: Run, project: Path, site: Site) -> None:
    head = '<meta charset=utf-8><meta name="citation_title" content="T">'
    site.routes["/page"] = answer(page(FILLER, head=head))
    result = run("fetch")
    assert result.exit_code == 2
    assert "it is a work's page, which may hold no more than its abstract" in result.stderr
    assert f"pubtool sources add {site.url('/page')} --key pilot2020" in result.stderr
    named = head + '<meta name="citation_pdf_url" content="/paper.pdf">'
    site.routes["/page"] = answer(page(FILLER, head=named))
    site.routes["/paper.pdf"] = answer(pdf(QUOTED + FILLER), kind="application/pdf")
    assert run("fetch").exit_code == 0
    assert (project / "sources" / "pilot2020.pdf").exists()


# --- refresh --------------------------------------------------------------------------------------


@pytest.fixture
def pinned(run: Run, site: Site) -> None:
    assert run("add", site.url("/page"), "--key", "pilot2020").exit_code == 0
    site.asked.clear()


@pytest.mark.usefixtures("pinned")
def test_an_unchanged_page_keeps_its_quotations(run: Run, project: Path, site: Site) -> None:
    site.routes["/page"] = answer(WHOLE.replace("<p>", "<p class=new>\n"))  # words are what counts
    before = tree(project)
    result = run("refresh")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "pilot2020  unchanged, 59 words",
        "  posts/a.md:7  stands  “A pilot must trust the soundings and nobody's memory⋯",
        "  posts/a.md:9  stands  “Oil for the lamp is stored in the cellar below the⋯",
        "1 page: 1 unchanged; 2 quotations stand, 0 no longer",
    ]
    assert tree(project) == before


@pytest.mark.usefixtures("pinned")
def test_words_that_no_longer_stand_are_named(run: Run, project: Path, site: Site) -> None:
    site.routes["/page"] = answer(page(FILLER, QUOTED.replace("must", "may"), OTHER))
    before = tree(project)
    result = run("refresh", "pilot2020")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "pilot2020  changed, 59 words then, 59 now"
    assert "posts/a.md:7" in lines[1]
    assert "NO LONGER STANDS (altered)" in lines[1]
    assert lines[2].startswith("  posts/a.md:9  stands  ")
    assert lines[3] == "1 page: 1 changed; 1 quotation stands, 1 no longer"
    assert max(map(len, lines)) <= 80
    assert tree(project) == before


@pytest.mark.usefixtures("pinned")
def test_a_page_that_grew_keeps_its_quotations(run: Run, site: Site) -> None:
    site.routes["/page"] = answer(
        page("A new preface says why the page was written again.", FILLER, QUOTED, OTHER)
    )
    result = run("refresh")
    assert result.exit_code == 0
    assert "changed, 59 words then, 69 now" in result.stdout


@pytest.mark.usefixtures("pinned")
def test_a_changed_page_is_accepted_when_that_is_asked_for(
    run: Run, project: Path, site: Site
) -> None:
    grown = page("A new preface says why the page was written again.", FILLER, QUOTED, OTHER)
    site.routes["/page"] = answer(grown)
    result = run("refresh", "--accept")
    assert result.exit_code == 0
    assert ", accepted" in result.stdout
    assert (project / "sources" / "pilot2020.html").read_text(encoding="utf-8") == grown
    assert run("verify").exit_code == 0
    kept = records(project / "sources" / ".warc" / "pilot2020.warc.gz")
    texts = [content for kind, _, _, content in kept if kind == "response"]
    assert texts == [WHOLE.encode(), grown.encode()], "the first snapshot is kept"


@pytest.mark.usefixtures("pinned")
def test_a_text_that_somebody_edited_is_not_overwritten(
    run: Run, project: Path, site: Site
) -> None:
    (project / "sources" / "pilot2020.html").write_text(WHOLE + "<p>mine", encoding="utf-8")
    site.routes["/page"] = answer(
        page("A new preface says why the page was written again.", FILLER, QUOTED, OTHER)
    )
    before = tree(project)
    result = run("refresh", "--accept")
    assert result.exit_code == 2
    assert "is not as it was pinned" in " ".join(result.stdout.split())
    assert tree(project) == before


@pytest.mark.usefixtures("pinned")
@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_not_a_changed_one(run: Run, site: Site, status: int) -> None:
    site.routes["/page"] = answer("", status)
    result = run("refresh")
    assert result.exit_code == 0
    assert result.stdout.startswith("pilot2020  gone\n")
    assert "archived at https://web.archive.org/web/2021/http://example.org/page" in result.stdout
    assert result.stdout.endswith("1 page: 1 gone; 0 quotations stand, 0 no longer\n")


@pytest.mark.usefixtures("pinned")
@pytest.mark.parametrize(
    "route",
    [answer("", 500), raw(), answer(page("Please log in") + "<input type=password>"), answer("")],
)
def test_a_page_that_cannot_be_had_proves_nothing(run: Run, site: Site, route: Any) -> None:
    site.routes["/page"] = route
    result = run("refresh")
    assert result.exit_code == 2
    assert "1 unknown; 0 quotations stand, 0 no longer" in result.stdout


@pytest.mark.usefixtures("pinned")
def test_a_post_that_cannot_be_read_is_not_passed_over(run: Run, project: Path) -> None:
    (project / "posts" / "b.md").write_bytes(b"\xff")
    result = run("refresh")
    assert result.exit_code == 2
    assert result.stderr == (
        "pubtool: posts/b.md:1: not UTF-8; save the file as UTF-8 in an editor, or convert it with "
        "`iconv -f WINDOWS-1252 -t UTF-8`\n"
    )
    assert result.stdout.endswith("2 quotations stand, 0 no longer\n")


def test_a_passage_that_somebody_wrote_down_is_compared_by_its_quotations_alone(
    run: Run, project: Path, site: Site
) -> None:
    (project / "passages.txt").write_text(QUOTED, encoding="utf-8")
    origin = ("--extent", "excerpt", "--origin", site.url("/page"))
    run("add", "passages.txt", "--key", "pilot2020", *origin)
    before = tree(project)
    result = run("refresh", "--accept")
    assert result.exit_code == 0
    assert "live page, 59 words (the stored text is no copy of it)" in result.stdout
    assert "stands now (was unchecked)" in result.stdout
    assert tree(project) == before


def test_what_is_not_from_the_web_is_not_asked_for(run: Run, project: Path, site: Site) -> None:
    (project / "book.txt").write_text(FILLER, encoding="utf-8")
    run("add", "book.txt", "--key", "shelf1999", "--origin", "my shelf")
    assert run("refresh").stdout == "0 pages: 0 quotations stand, 0 no longer\n"
    result = run("refresh", "shelf1999")
    assert result.exit_code == 2
    assert "shelf1999: its text is not pinned with an address" in result.stderr
    assert site.asked == []


# --- All or nothing -------------------------------------------------------------------------------


def test_a_library_that_is_edited_meanwhile_is_left_alone(
    run: Run, project: Path, site: Site
) -> None:
    resolve(site, ITEM)
    answered = site.routes[f"/doi/{DOI}"]

    def slow(handler: Any) -> None:
        (project / "references.bib").write_text("% edited meanwhile\n", encoding="utf-8")
        answered(handler)

    site.routes[f"/doi/{DOI}"] = slow
    result = run("add", DOI)
    assert result.exit_code == 2
    assert "references.bib: changed while this was being prepared" in result.stderr
    assert (project / "references.bib").read_text(encoding="utf-8") == "% edited meanwhile\n"
    assert not (project / "sources").exists()


def test_checking_and_building_do_not_load_what_connects(project: Path) -> None:
    import subprocess
    import sys

    for command in (["check"], ["build", "--to", "html", "--draft"], ["sources", "verify"]):
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "pubtool", *command],
            cwd=project, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode < 2, done.stderr
        loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
        assert "pubtool.pipeline.sources" in loaded or "pubtool.pipeline.workspace" in loaded
        assert not loaded & {"pubtool.system.network", "pubtool.system.web", "protego"}
