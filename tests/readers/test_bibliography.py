"""The bibliography: what pandoc reads, and what is reported at its line."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pubtool.errors import PandocFailed
from pubtool.model import Bibliography, Key, Name, Severity
from pubtool.readers.bibliography import read_bibliography
from pubtool.readers.file_field import choose_file
from pubtool.system.pandoc import Pandoc


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as program:
        yield program


@pytest.fixture
def read(pandoc: Pandoc) -> Any:
    return lambda text: read_bibliography("references.bib", text, pandoc.csl_json)


def found(bibliography: Bibliography) -> list[tuple[str, int]]:
    return [
        (f.code, bibliography.text.count("\n", 0, f.span.start) + 1) for f in bibliography.findings
    ]


def messages(bibliography: Bibliography) -> str:
    return "\n".join(finding.message for finding in bibliography.findings)


KUNZE = """\
@article{kunze2010,
  author = {Kunze, Erin I.},
  title = {{Sex Trafficking Via the Internet}: How Agreements \\emph{Fail}},
  shorttitle = {Sex Trafficking},
  journaltitle = {Journal of High Technology Law},
  date = {2010-05},
  pages = {241--289},
  url = {https://example.org/kunze},
  file = {:sources/kunze.pdf:PDF},
  keywords = {law, internet},
}
"""
GOOD = "@book{good, author = {Good, Ann}, title = {Fine}, year = 1999}\n"


def test_entry_is_read_by_pandoc(read: Any) -> None:
    bibliography = read(f"\n{KUNZE}")
    source = bibliography.sources["kunze2010"]
    assert bibliography.findings == ()
    assert (source.type, source.year, source.line) == ("article-journal", "2010", 2)
    assert source.title == "Sex Trafficking Via the Internet: How Agreements Fail"
    assert source.short_title == "Sex Trafficking"
    assert source.container == "Journal of High Technology Law"
    assert source.authors == (Name("Kunze", "Erin I."),)
    assert source.file == "sources/kunze.pdf"
    assert source.url == "https://example.org/kunze"
    assert source.csl["page"] == "241-289"


@pytest.mark.parametrize(
    ("publisher", "said"),
    [
        ("Ticknor and Fields", "Ticknor and Fields"),
        ("{Faber and Faber}", "Faber and Faber"),
        ("Little, Brown and Company", "Little, Brown and Company"),
        ("One; Two", "One; Two"),
    ],
)
def test_a_publisher_is_named_as_it_was_written(read: Any, publisher: str, said: str) -> None:
    bibliography = read(f"@book{{a, title = {{T}}, publisher = {{{publisher}}}, date = {{1854}}}}")
    assert bibliography.sources[Key("a")].csl["publisher"] == said


@pytest.mark.parametrize(
    ("type_", "csl"),
    [
        ("online", "webpage"),
        ("legislation", "legislation"),
        ("treaty", "treaty"),
        ("interview", "interview"),
        ("jurisdiction", "legal_case"),
        ("misc", "document"),
        ("report", "report"),
        ("web_page", "webpage"),
    ],
)
def test_types_become_those_of_csl(read: Any, type_: str, csl: str) -> None:
    bibliography = read(f"@{type_}{{k, title = {{T}}, date = {{2000}}, author = {{A B}}}}")
    assert bibliography.sources["k"].type == csl
    assert bibliography.sources["k"].csl["type"] == csl
    assert all(finding.code == "Q404" for finding in bibliography.findings)


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("author = {Ludwig van Beethoven}", (Name("van Beethoven", "Ludwig"),)),
        ("author = {de Gaulle, Charles}", (Name("de Gaulle", "Charles"),)),
        ("author = {{Council of Europe} and others}", (Name("Council of Europe"),)),
        ("editor = {Ed Itor}", (Name("Itor", "Ed"),)),
        ("organization = {UNODC}", (Name("UNODC"),)),
        ("publisher = {Random House}", ()),
        ('author = {{\\"O}zg{\\"u}r, A.}', (Name("Özgür", "A."),)),
    ],
)
def test_names(read: Any, field: str, names: tuple[Name, ...]) -> None:
    assert read(f"@online{{k, title = {{T}}, {field}}}").sources["k"].authors == names


BROKEN = [
    (
        "unclosed brace",
        "@book{bad,\n  title = {Open,\n  year = 2000\n}\n",
        "not closed",
    ),
    ("unclosed quotation mark", '@book{bad,\n title = "Open,\n year = 2000\n}\n', "quotation mark"),
    ("missing closing brace", "@book{bad,\n  title = {T},\n  year = 2000\n", "not closed"),
    ("missing comma", "@book{bad, title = {A} author = {B}, year = 2000}\n", "comma is missing"),
    ("missing equals sign", "@book{bad, title {A}, year = 2000}\n", "no `=`"),
    ("field without a value", "@book{bad, title = {A}, year}\n", "`year` has no value"),
    ("empty key", "@book{, title = {A}}\n", "no key"),
    ("no key at all", "@book{title = {A}, year = 2000}\n", "no key"),
    ("blank in the key", "@book{bad key, title = {A}}\n", "blank"),
    ("key alone", "@book{bad}\n", "nothing else"),
    ("field twice", "@book{bad, title = {A}, title = {B}}\n", "`title` twice"),
    ("no brace", "@book bad, title = {A}\n", "no brace"),
    ("lone string", "@book{bad, title = {A} # }\n", "`title` is not closed"),
]


@pytest.mark.parametrize(("bad", "said"), [c[1:] for c in BROKEN], ids=[c[0] for c in BROKEN])
def test_entry_that_did_not_parse_costs_no_other(read: Any, bad: str, said: str) -> None:
    bibliography = read(f"{GOOD}\n{bad}\n@misc{{after, title = {{Still here}}}}\n")
    assert list(bibliography.sources) == ["good", "after"]
    assert [code for code, _ in found(bibliography)] == ["Q403"]
    assert found(bibliography)[0][1] in (3, 4)
    assert said in messages(bibliography)
    assert bibliography.findings[0].severity is Severity.ERROR


def test_key_of_a_broken_entry_is_known(read: Any) -> None:
    assert read("@book{bad,\n title = {Open,\n}\n").broken == ("bad",)


def test_entry_at_the_end_of_the_file_that_is_never_closed(read: Any) -> None:
    bibliography = read(f"{GOOD}@book{{bad,\n  title = {{T}},\n")
    assert (found(bibliography), bibliography.broken) == ([("Q403", 2)], ("bad",))


def test_missing_comma_is_shown_at_its_field(read: Any) -> None:
    bibliography = read("@book{bad,\n  year = 2000,\n  title = {A}\n  author = {B}\n}\n")
    assert found(bibliography) == [("Q403", 3)]


@pytest.mark.parametrize("line", [2, 3, 4])
def test_unclosed_brace_is_shown_at_its_field(read: Any, line: int) -> None:
    lines = ["@book{bad,", "  title = {A {B}},", "  note = {C},", "  year = {2000},", "}"]
    lines[line - 1] = lines[line - 1].replace("}", "", 1)
    bibliography = read("\n".join(lines) + "\n\n" + GOOD)
    assert (found(bibliography), list(bibliography.sources)) == ([("Q403", line)], ["good"])


def test_what_only_pandoc_refuses_is_found_too(read: Any) -> None:
    bad = "@book{bad, title = {A}, ye ar = 2000}\n"
    bibliography = read(GOOD + bad + KUNZE)
    assert list(bibliography.sources) == ["good", "kunze2010"]
    assert found(bibliography) == [("Q403", 2)]


def test_of_two_entries_with_one_key_neither_is_believed(read: Any) -> None:
    bibliography = read(f"{GOOD}{KUNZE}@book{{good, title = {{Other}}}}\n")
    assert list(bibliography.sources) == ["kunze2010"]
    assert bibliography.ambiguous == ("good",)
    assert found(bibliography) == [("Q402", 13)]
    assert "line 1" in messages(bibliography)


def test_broken_entry_still_claims_its_key(read: Any) -> None:
    bibliography = read("@book{good, title = {A}, title = {B}}\n" + GOOD)
    assert bibliography.sources == {}
    assert (bibliography.ambiguous, bibliography.broken) == (("good",), ())
    assert found(bibliography) == [("Q403", 1), ("Q402", 2)]


def test_keys_differ_by_case(read: Any) -> None:
    assert list(read("@misc{Dup, title={A}}\n@misc{dup, title={B}}").sources) == ["Dup", "dup"]


@pytest.mark.parametrize(
    ("entry", "lacks"),
    [
        ("@book{k, author = {A B}, year = 2000}", "no title"),
        ("@article{k, title = {T}, year = 2000, journal = {J}}", "author"),
        ("@article{k, title = {T}, year = 2000, author = {A B}}", "journal"),
        ("@incollection{k, title = {T}, year = 2000, author = {A B}}", "in which book"),
        ("@report{k, title = {T}, year = 2000, author = {A B}}", "`institution`"),
        ("@online{k, title = {T}, year = 2000}", "`url`"),
        ("@book{k, title = {T}, author = {A B}}", "date"),
        ("@treaty{k, title = {T}}", "date"),
        ("@online{k, url = {https://example.org}}", "no title"),
        (
            "@incollection{k, title = {T}, author = {A B}, crossref = {p}}\n"
            "@book{p, title = {B}, author = {C D}, year = 2000, publisher = {P}}",
            "make that a @collection",
        ),
        ("@book{k, title = {T}, author = {A B}, year = 2000, series = lncs}", "`lncs`"),
    ],
)
def test_missing_field_is_a_warning(read: Any, entry: str, lacks: str) -> None:
    bibliography = read(entry)
    assert found(bibliography) == [("Q404", 1)]
    assert lacks in messages(bibliography)
    assert bibliography.findings[0].severity is Severity.WARNING
    assert "k" in bibliography.sources


@pytest.mark.parametrize(
    "entry",
    [
        "@online{k, title = {T}, url = {https://example.org}}",
        "@misc{k, title = {T}}",
        "@treaty{k, title = {T}, date = {2000-11-15}}",
        "@report{k, title = {T}, institution = {UNODC}, year = 2009}",
        "@book{k, title = {T}, editor = {A B}, year = {forthcoming}}",
        "@book{k, title = {T}, author = {A B}, year = 2000, month = jan # { 3}}",
        "@collection{c, title = {C}, editor = {A B}, date = {1990}}\n"
        "@incollection{k, title = {T}, author = {C D}, crossref = {c}}",
        "@book(k, title = {T}, author = {A B}, year = 2000)",
        "@book{k, title = {T}, author = {A B}, year = 2000, keywords = {a}, keywords = {b}}",
    ],
)
def test_complete_entry_gives_no_finding(read: Any, entry: str) -> None:
    bibliography = read(entry)
    assert (messages(bibliography), "k" in bibliography.sources) == ("", True)


def test_strings_and_preamble_reach_pandoc(read: Any) -> None:
    text = '@string{j = "J. L."}\n@preamble{"x"}\n@comment{not @book{k}}\n'
    bibliography = read(text + "@article{k, title={T}, author={A B}, year=1, journal = j # { B}}")
    assert bibliography.sources["k"].container == "J. L. B"
    assert bibliography.findings == ()


def test_broken_string_costs_only_what_uses_it(read: Any) -> None:
    bibliography = read(f"@string{{j = {{Open\n\n{GOOD}")
    assert list(bibliography.sources) == ["good"]
    assert [code for code, _ in found(bibliography)] == ["Q403"]


@pytest.mark.parametrize("text", ["", "\ufeff", "no entries here", "@", "@{}", "@book{", "}{"])
def test_odd_files_do_not_crash(read: Any, text: str) -> None:
    assert read(text).sources == {}


PIECES = st.sampled_from(
    """@book{ @misc( @string{ @comment{ @ k dup , { } " # = ) title year {A} 2000 \\ % é""".split()
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES | st.sampled_from([" ", "\n"]), max_size=25).map("".join))
def test_no_file_crashes_or_costs_a_sound_entry(pandoc: Pandoc, noise: str) -> None:
    text = f"{noise}\n\n{GOOD}"
    bibliography = read_bibliography("references.bib", text, pandoc.csl_json)
    assert "good" in bibliography.sources
    for finding in bibliography.findings:
        assert 0 <= finding.span.start <= finding.span.end <= len(text)


def test_windows_line_ends_and_byte_order_mark_keep_their_lines(read: Any) -> None:
    text = "\ufeff" + (GOOD + "\n@misc{k, title={T}, title={U}}\n").replace("\n", "\r\n")
    bibliography = read(text)
    assert found(bibliography) == [("Q403", 3)]
    assert list(bibliography.sources) == ["good"]


def test_nothing_is_written_to_standard_error(read: Any, capfd: Any) -> None:
    read("@book{bad, title = {A\n\n" + GOOD)
    assert capfd.readouterr() == ("", "")


def test_fault_of_pandoc_itself_is_not_blamed_on_entries() -> None:
    def fails(_: str) -> list[dict[str, Any]]:
        raise PandocFailed("reading biblatex", "could not be started")

    with pytest.raises(PandocFailed):
        read_bibliography("references.bib", GOOD, fails)


def test_entries_keep_the_order_of_the_file(read: Any) -> None:
    text = "".join(f"@misc{{k{number}, title = {{T}}}}\n" for number in (3, 1, 2))
    assert list(read(text).sources) == [Key("k3"), Key("k1"), Key("k2")]


@pytest.mark.parametrize(
    ("field", "path"),
    [
        ("", ""),
        ("sources/a.pdf", "sources/a.pdf"),
        (":sources/a.pdf:PDF", "sources/a.pdf"),
        ("Full text:sources/a.pdf:PDF", "sources/a.pdf"),
        ("Title.pdf:files/12/Title.pdf:application/pdf", "files/12/Title.pdf"),
        ("Title.pdf:files/12/Title.pdf", "files/12/Title.pdf"),
        ("files/12/Title.pdf:application/pdf", "files/12/Title.pdf"),
        (r":C\:\\Users\\me\\a.pdf:PDF", "C:/Users/me/a.pdf"),
        (r"C:\Users\me\a.pdf", "C:/Users/me/a.pdf"),
        (r"Text:C:\Users\me\a.pdf:application/pdf", "C:/Users/me/a.pdf"),
        (r"sources\a.pdf", "sources/a.pdf"),
        (r"sources\\a\_b.pdf", "sources/a_b.pdf"),
        (r"Part 1\: On x:sources/a\;b.pdf:PDF", "sources/a;b.pdf"),
        (":a.djvu:DjVu;:a.pdf:PDF", "a.pdf"),
        (":/home/me/a.txt:Text;:sources/a.pdf:PDF", "sources/a.pdf"),
        (":a.pdf:PDF;:b.txt:Text", "a.pdf"),
        ("a.pdf;b.txt", "a.pdf"),
        ("~/a.pdf", "~/a.pdf"),
        ("https://example.org/a.pdf", ""),
    ],
)
def test_file_field(field: str, path: str) -> None:
    assert choose_file(field) == path


# --- Lint -----------------------------------------------------------------------------------------

BOOK = "@book{{k, title = {{Lamps of It}}, author = {{A B}}, year = 2000, publisher = {{P}}, {}}}"


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("doi = {10.1000/182}", ""),
        ("doi = {https://doi.org/10.1000/a_b(c)d}", ""),
        (r"doi = {10.1007/978-3-030-12345-6\_7}", ""),
        ("doi = {182}", "Q407"),
        ("isbn = {978 3 16 148410 0}", ""),
        ("isbn = {0-306-40615-2 978-0-306-40615-7}", ""),
        ("isbn = {0-8044-2957-X}", ""),
        ("isbn = {978-3-16-148410-1}", "Q407"),
        ("issn = {2049-3630}", ""),
        ("issn = {2049-3631}", "Q407"),
        ("url = {https://example.org/a?b=c#d}", ""),
        (r"url = {\url{https://example.org/a\_b}}", ""),
        ("url = {see the library}", "Q407"),
        ("urldate = {2010-05-03}", ""),
        ("urldate = {3 May 2010}", "Q408"),
        ("origdate = {1900~/1905?}", ""),
        ("origdate = {19XX}", ""),
        ("origdate = {../1900}", ""),
        ("origdate = {1900-13-40}", "Q408"),
        ("pages = {245--46}", ""),
        ("pages = {S12--S19}", ""),
        ("pages = {iv--xii, 3}", ""),
        ("pages = {257--245}", "Q409"),
        ("pages = {p. 12}", "Q409"),
        ("pages = {1024–1031}", ""),
    ],
)
def test_a_field_that_cannot_be_right_is_found_at_its_place(
    read: Any, field: str, code: str
) -> None:
    text = BOOK.format(field)
    findings = read(text).findings
    assert [finding.code for finding in findings] == ([code] if code else [])
    if findings:
        value = field.partition(" = ")[2]
        assert text[findings[0].span.start : findings[0].span.end] == value


def test_a_parent_that_is_not_there_is_an_error_at_the_field(read: Any) -> None:
    text = BOOK.format("crossref = {gone}")
    (finding,) = read(text).findings
    assert (finding.code, finding.severity) == ("Q410", Severity.ERROR)
    assert text[finding.span.start : finding.span.end] == "{gone}"


def test_inherited_and_joined_fields_are_pandoc_s(read: Any) -> None:
    bibliography = read(
        '@string{jn = "Harbour"}\n'
        "@article{a, title = {T}, author = {A B}, journal = jn # { Review}, year = 2000}\n"
        "@inproceedings{b, title = {T two}, author = {C D}, crossref = {p}}\n"
        "@proceedings{p, title = {Lamps}, editor = {E F}, year = 2001, publisher = {P}}\n"
    )
    assert bibliography.findings == ()
    assert bibliography.sources["a"].container == "Harbour Review"
    assert (bibliography.sources["b"].container, bibliography.sources["b"].year) == (
        "Lamps",
        "2001",
    )
