"""Front matter: what each key may be, and what each fault costs."""

from __future__ import annotations

import pytest

from pubtool.model import FrontMatter, SeriesPart, Severity
from pubtool.readers.front_matter import read_front_matter


def read(yaml: str) -> FrontMatter:
    front, findings = read_front_matter("posts/a-post.md", f"---\n{yaml}\n---\n\nText.\n")
    assert not findings
    return front


def complaints(text: str) -> list[tuple[int, str]]:
    """The 1-based line and the message of each finding."""
    _, findings = read_front_matter("posts/a-post.md", text)
    assert all(found.code == "Q602" for found in findings)
    assert all(found.severity is Severity.ERROR for found in findings)
    return [(text.count("\n", 0, found.span.start) + 1, found.message) for found in findings]


@pytest.mark.parametrize(
    ("yaml", "field", "value"),
    [
        ("title: A title", "title", "A title"),
        ('title: "With: a colon"', "title", "With: a colon"),
        ("title: 1984", "title", "1984"),
        ("title: yes", "title", "yes"),
        ("title: |\n  Two\n  lines", "title", "Two\nlines"),
        ("title:", "title", ""),
        ("date: 2026-05-03", "date", "2026-05-03"),
        ("date: '2026-05-03'", "date", "2026-05-03"),
        ("date: 2026-05-03T10:00:00+02:00", "date", "2026-05-03T10:00:00+02:00"),
        ("slug: my-slug", "slug", "my-slug"),
        ("title: x", "slug", "a-post"),
        ("status: publish", "status", "publish"),
        ("title: x", "status", "draft"),
        ("author: Ann Author", "authors", ("Ann Author",)),
        ("author: [Ann, Bob]", "authors", ("Ann", "Bob")),
        ("author:\n- name: Ann\n- Bob", "authors", ("Ann", "Bob")),
        ("series: One", "series", (SeriesPart("One", None),)),
        ("series: {name: One, part: 2}", "series", (SeriesPart("One", 2),)),
        ("series: {name: One, part: 1.5}", "series", (SeriesPart("One", 1.5),)),
        ("series: [A, {name: B, part: 3}]", "series", (SeriesPart("A", None), SeriesPart("B", 3))),
        ("categories: [a, b]", "categories", ("a", "b")),
        ("tags: one tag", "tags", ("one tag",)),
        ("tags: [2026, b]", "tags", ("2026", "b")),
        ("excerpt: short", "excerpt", "short"),
        ("image: a.png\nimage-alt: A dog", "image_alt", "A dog"),
        ("lang: de-DE", "lang", "de-DE"),
        ("csl: bluebook", "csl", "bluebook"),
        ("aliases: [/old]", "aliases", ("/old",)),
        (
            "mine: {a: [1, 2.5, true, null, 2020-01-02]}",
            "other",
            (("mine", {"a": [1, 2.5, True, None, "2020-01-02"]}),),
        ),
        ("b: 1\na: 2", "other", (("b", 1), ("a", 2))),
        ("<<: x", "other", (("<<", "x"),)),
        ("", "title", ""),
        ("# only a comment", "title", ""),
    ],
)
def test_a_key_fills_its_field(yaml: str, field: str, value: object) -> None:
    assert getattr(read(yaml), field) == value


@pytest.mark.parametrize(
    ("yaml", "line", "says"),
    [
        ("title: x\ndate: yesterday", 3, "date must be a date such as 2026-05-03"),
        ("date: 2026-02-31", 2, "date must be a date such as 2026-05-03"),
        ("lang: 3", 2, "lang must be a language by its BCP 47 tag, such as en or en-GB"),
        ("date: [2026]", 2, "date must be a text"),
        ("title: [a]", 2, "title must be a text"),
        ("title: {a: b}", 2, "title must be a text"),
        ("status: live", 2, "status must be one of draft, publish, future, private"),
        ("slug: a/b", 2, "slug must be one word without spaces or slashes"),
        ("slug: ../../etc", 2, "slug must be one word without spaces or slashes"),
        ("slug: ''", 2, "slug must be one word without spaces or slashes"),
        ("tags: [a, [b]]", 2, "tags must be a text or a list of texts"),
        ("tags: {a: b}", 2, "tags must be a text or a list of texts"),
        ("author: [[a]]", 2, "author must be a name or a list of names"),
        ("series: {part: 2}", 2, "series must be a name, {name, part}, or a list of these"),
        ("series: {name: A, part: two}", 2, "series must have a number as its part"),
        ("series: {name: A, part: yes}", 2, "series must have a number as its part"),
        ("title: a\ntitle: b", 3, "title stands in the front matter twice; the first counts"),
        ("? [a]\n: b", 2, "a key of the front matter is no word"),
        ("- a\n- b", 2, "the front matter is no list of keys with values (key: value)"),
        ("just words", 2, "the front matter is no list of keys with values (key: value)"),
    ],
)
def test_a_wrong_value_is_a_finding_at_its_line(yaml: str, line: int, says: str) -> None:
    assert complaints(f"---\n{yaml}\n---\n\nText.\n") == [(line, says)]


@pytest.mark.parametrize(
    ("yaml", "line", "says"),
    [
        ("title: a\nbad: [", 4, ""),
        ("tags: [a, b", 3, "a bracket is opened and not closed; close it"),
        ("title: a\n  b: c", 3, "or a line is indented for no reason"),
        ("title: A book: its reader", 2, "a value has a colon and a space in it"),
        ("title: “A book: its reader”", 2, "straight double quotation marks"),
        (
            "title: 'It's a book'",
            2,
            "between single quotation marks an apostrophe is written twice",
        ),
        ("title: @home", 2, "a value with a character that YAML keeps for itself"),
        ("a: b\n\tc: d", 3, "a line begins with a tab"),
        ("a: *nowhere", 2, "a value begins with *"),
        ("a: 'open\nb: c", 4, "a quotation mark is opened and not closed; close it"),
        ("a: \x01", 2, ""),
    ],
)
def test_what_is_not_yaml_is_a_finding_at_its_line(yaml: str, line: int, says: str) -> None:
    [(found, message)] = complaints(f"---\n{yaml}\n---\n")
    assert found == line
    assert message.startswith("the front matter is not YAML: ")
    assert says in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("line", "listed"),
    [
        ("tags: lamps, harbours", "[lamps, harbours]"),
        ("categories: lamps; harbours ,ships", "[lamps, harbours, ships]"),
        ("tags: lamps,", ""),  # one name with a comma too many
        ("tags: ', lamps'", ""),
        ("tags: lamps", ""),
        ("tags: [lamps, harbours]", ""),
        ("title: lamps, harbours", ""),
    ],
)
def test_names_without_brackets_are_one_name_and_that_is_said(line: str, listed: str) -> None:
    _, findings = read_front_matter("a.md", f"---\n{line}\n---\n")
    said = [(finding.code, finding.message.partition(": write ")[2]) for finding in findings]
    assert said == ([("Q608", f"{line.partition(':')[0]}: {listed}")] if listed else [])


def test_a_faulty_key_leaves_the_others_alone() -> None:
    front, findings = read_front_matter("a.md", "---\ntitle: A\ndate: soon\nlang: fr\n---\n")
    assert (front.title, front.date, front.lang) == ("A", "", "fr")
    assert len(findings) == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(end: str) -> None:
    text = end.join(["\ufeff---", "title: A", "date: soon", "---", "", "Text."])
    front, [finding] = read_front_matter("a.md", text)
    assert front.title == "A"
    assert text[finding.span.start : finding.span.end] == "date"


def test_dots_close_it_too() -> None:
    front, findings = read_front_matter("a.md", "---\ntitle: A\n...\nText")
    assert (front.title, findings) == ("A", ())


@pytest.mark.parametrize(
    "text",
    ["", "Text.\n", "---\n\ntitle: a rule, then text\n---\n", "\n---\na: b\n---\n", "----\n"],
)
def test_a_post_without_front_matter_has_the_defaults(text: str) -> None:
    assert read_front_matter("posts/My Post.md", text) == (FrontMatter(slug="my-post"), ())


def test_front_matter_that_is_never_closed_is_a_finding() -> None:
    assert complaints("---\ntitle: A\n\nText\n") == [
        (1, "the front matter that begins here is never closed by a line of ---")
    ]


def test_aliases_cannot_make_it_explode() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert complaints("---\n" + "\n".join(lines) + "\n---\n") == [
        (1, "the front matter is too large")
    ]


def test_a_value_that_holds_itself_is_a_finding() -> None:
    assert complaints("---\na: &a [*a]\n---\n") == [(1, "the front matter is too large")]


def test_an_honest_alias_is_fine() -> None:
    assert read("a: &a [x]\nb: *a").other == (("a", ["x"]), ("b", ["x"]))


def test_deep_nesting_is_a_finding_and_no_crash() -> None:
    assert complaints(f"---\na: {'[' * 20_000}{']' * 20_000}\n---\n")
