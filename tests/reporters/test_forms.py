"""Each form of a report keeps to its standard, whatever the posts and messages hold."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft4Validator, Draft202012Validator
from lxml import etree
from tests.random_reports import reports
from tests.schemas import closed, schema

from pubtool.model import Code, Finding, PostReport, Report, Severity, Span, VerdictKind
from pubtool.pipeline import codes
from pubtool.pipeline.rendering import REPORT_FORMS, render, render_counts, render_summary

SCHEMAS = Path(__file__).parents[1] / "data" / "schemas"
SARIF = Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0.json").read_text("utf-8")))
JUNIT = etree.XMLSchema(etree.parse(str(SCHEMAS / "jenkins-junit.xsd")))
CLEAN = Report((PostReport("posts/a.md", "Words.\n", (), ()),))


def sarif(report: Report, folder: str = "") -> Any:
    return json.loads(render(report, "sarif", folder=folder))


def junit(report: Report, least: Severity = Severity.ERROR) -> Any:
    return etree.fromstring(render(report, "junit", least=least).encode())


def many(*counts: tuple[str, Severity, int]) -> Report:
    """Return a report with so many findings in each post: path, severity, count."""
    made = []
    for path, group in groupby(counts, key=lambda each: each[0]):
        found = [
            Finding(Code("Q101"), severity, f"{severity.word} {n} of {path}", Span(n, n + 1))
            for _, severity, count in group
            for n in range(count)
        ]
        made.append(PostReport(path, "x\n" * 50, (), tuple(found)))
    return Report(tuple(made))


# --- Any report -----------------------------------------------------------------------------------


@given(reports)
@settings(max_examples=60)
def test_any_report_keeps_to_every_schema(report: Report) -> None:
    Draft202012Validator(closed(schema("check"))).validate(json.loads(render(report, "json")))
    SARIF.validate(sarif(report))
    JUNIT.assertValid(junit(report))


@given(reports)
@settings(max_examples=60)
def test_no_text_of_a_report_is_markup_of_the_page(report: Report) -> None:
    page = render(report, "html")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)
    seen = Elements()
    seen.feed(page)
    assert seen.open == []
    assert seen.names.isdisjoint({"script", "img", "link", "iframe", "form"})
    assert len(seen.ids) == len(set(seen.ids))
    assert all(target in seen.ids for target in seen.targets)


@given(reports)
@settings(max_examples=100)
def test_no_text_of_a_report_is_a_command_of_the_workflow(report: Report) -> None:
    commands = render(report, "github").splitlines()
    wanted = {"error", "warning", "notice", "group", "endgroup"}
    for line in commands:
        if line.lstrip().startswith("::"):
            found = re.fullmatch(r"::(\w+)(?: ([^\r\n]*?))?::(.*)", line)
            assert found
            assert found[1] in wanted
            names = re.findall(r"(?:^|,)(\w+)=[^,:]*", found[2] or "")
            assert set(names) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        else:
            assert "##[" not in line
    for grade in ("error", "warning", "notice"):
        assert sum(line.startswith(f"::{grade} ") for line in commands) <= 10


class Elements(HTMLParser):
    """The elements that a page has, and whether each is closed."""

    VOID = frozenset({"meta", "input"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: set[str] = set()
        self.ids: list[str] = []
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        given_ = dict(attrs)
        self.ids += [given_["id"] or ""] if "id" in given_ else []
        target = given_.get("href") or ""
        known = not re.fullmatch("#Q999", target)  # a code of no rule has no explanation
        self.targets += [target[1:]] if target and known else []
        assert not any(name.startswith(("on", "style", "src")) for name in given_)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


# --- SARIF ----------------------------------------------------------------------------------------


def test_a_clean_report_is_a_run_without_results_that_declares_every_rule() -> None:
    (run,) = sarif(CLEAN)["runs"]
    assert run["results"] == []
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(codes())
    assert all(rule["help"]["markdown"].startswith(f"# {rule['id']}: ") for rule in rules)
    assert all("## Cases" not in rule["help"]["text"] for rule in rules)
    assert {rule["defaultConfiguration"]["level"] for rule in rules} == {"error", "warning", "note"}


def test_each_result_names_its_rule_by_number(report: Report) -> None:
    (run,) = sarif(report)["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_columns_count_code_points(report: Report) -> None:
    (run,) = sarif(report)["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    (japanese,) = [r for r in run["results"] if "すべて" in r["message"]["text"]]
    region = japanese["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (12, 10, 10)


def test_what_is_suppressed_stays_in_the_results_with_its_reason(report: Report) -> None:
    (run,) = sarif(report)["runs"]
    known = [result["suppressions"] for result in run["results"] if "suppressions" in result]
    assert [(one["kind"], one["justification"]) for (one,) in known] == [
        ("external", "it stood there when the baseline was taken"),
        ("external", "one page"),
        ("inSource", "a legend"),
    ]


def test_what_could_not_be_done_is_a_notification_and_the_run_no_success(report: Report) -> None:
    (invocation,) = sarif(report)["runs"][0]["invocations"]
    assert not invocation["executionSuccessful"]
    (told,) = invocation["toolExecutionNotifications"]
    assert told["message"]["text"] == "Posts/odd.md: pandoc gave up after 20 seconds."


def test_a_fix_is_a_replacement(report: Report) -> None:
    (run,) = sarif(report)["runs"]
    fixes = [fix for result in run["results"] for fix in result.get("fixes", [])]
    (change,) = fixes[0]["artifactChanges"]
    (replacement,) = change["replacements"]
    assert replacement["insertedContent"]["text"] == "of"
    assert replacement["deletedRegion"]["startLine"] == 5


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("posts/a b.md", "blog/posts/a%20b.md"),
        ("posts/c:d?#%.md", "blog/posts/c%3Ad%3F%23%25.md"),
        ("posts/über.md", "blog/posts/%C3%BCber.md"),
    ],
)
def test_paths_are_encoded_as_uris(path: str, uri: str) -> None:
    report = many((path, Severity.ERROR, 1))
    (result,) = sarif(report, "blog/")["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": uri, "uriBaseId": "%SRCROOT%"}


def test_fingerprints_stay_where_lines_move_and_tell_all_results_apart(report: Report) -> None:
    def prints(one: Report) -> list[str]:
        results = sarif(one)["runs"][0]["results"]
        return [result["partialFingerprints"]["pubtool/v1"] for result in results]

    post, *others = report.posts
    moved = [
        replace(each, span=Span(each.span.start + 8, each.span.end + 8)) for each in post.findings
    ]
    known = [
        replace(each, span=Span(each.span.start + 8, each.span.end + 8)) for each in post.suppressed
    ]
    later = replace(
        post, text=f"A line.\n{post.text}", findings=tuple(moved), suppressed=tuple(known)
    )
    assert prints(replace(report, posts=(later, *others))) == prints(report)
    assert len(set(prints(report))) == len(prints(report))


# --- JUnit ----------------------------------------------------------------------------------------


def test_every_quotation_is_a_test_and_none_passes_that_was_not_verified(report: Report) -> None:
    (suite,) = junit(report).xpath("//testsuite[@name='posts/palermo.md']")
    post = next(post for post in report.posts if post.verdicts)
    passed = [case for case in suite.xpath("testcase") if not case.xpath("failure|error|skipped")]
    names = {case.get("name") for case in passed}
    assert names == {"“severely punished”", "what is not a quotation"}
    assert len(suite.xpath("testcase")) == len(post.verdicts) + 1


@pytest.mark.parametrize("least", Severity)
def test_what_could_not_be_checked_is_an_error_at_any_level(
    report: Report, least: Severity
) -> None:
    errors = junit(report, least).xpath("//testcase[error]/@name")
    assert errors == ["“a common criminal policy”", "posts/odd.md: pandoc gave up after 20 seconds"]


def test_a_failing_verdict_whose_findings_do_not_count_is_skipped_with_the_reason(
    report: Report,
) -> None:
    post = next(post for post in report.posts if post.verdicts)
    silent = replace(post, findings=(), suppressed=())
    skipped = junit(Report((silent,))).xpath("//skipped/text()")
    assert skipped.count("altered: no finding was asked for") == 3
    assert not junit(Report((silent,))).xpath("//failure")


def test_counts_are_those_of_the_tests(report: Report) -> None:
    root = junit(report)
    assert root.get("tests") == str(len(root.xpath("//testcase")))
    assert root.get("failures") == str(len(root.xpath("//failure")))
    assert root.get("errors") == str(len(root.xpath("//error")))


# --- GitHub ---------------------------------------------------------------------------------------


def commands(report: Report, grade: str) -> list[str]:
    lines = render(report, "github").splitlines()
    return [line.rpartition("::")[2] for line in lines if line.startswith(f"::{grade} ")]


def test_the_gravest_come_first_and_no_post_takes_all_places() -> None:
    report = many(("posts/a.md", Severity.ERROR, 30), ("posts/b.md", Severity.ERROR, 2))
    shown = commands(report, "error")
    assert len(shown) == 10
    assert shown[:4] == [
        "error 0 of posts/a.md", "error 0 of posts/b.md",
        "error 1 of posts/a.md", "error 1 of posts/b.md",
    ]  # fmt: skip


def test_the_last_notice_says_what_is_not_shown_and_the_log_has_it() -> None:
    report = many(
        ("posts/a.md", Severity.ERROR, 12), ("posts/a.md", Severity.WARNING, 11),
        ("posts/a.md", Severity.INFO, 12),
    )  # fmt: skip
    lines = render(report, "github").splitlines()
    notices = commands(report, "notice")
    assert len(notices) == 10
    told = "2 errors, 1 warning, 3 notices more in posts/a.md"
    assert notices[-1] == f"{told}: GitHub shows ten of a kind; the log has all"
    inside = lines[lines.index("::group::Findings that GitHub has no room to show") + 1 :]
    assert len(inside[: inside.index("::endgroup::")]) == 6


def test_ten_of_a_kind_need_no_last_notice() -> None:
    assert len(commands(many(("posts/a.md", Severity.INFO, 10)), "notice")) == 10
    assert commands(many(("posts/a.md", Severity.INFO, 10)), "notice")[-1] == "info 9 of posts/a.md"


def test_properties_and_messages_are_escaped() -> None:
    found = Finding(Code("Q101"), Severity.ERROR, "50 %\r\nof a: b, c", Span(0, 1))
    report = Report((PostReport("posts/a,b:c%.md", "x", (), (found,)),))
    (line,) = [s for s in render(report, "github").splitlines() if s.startswith("::error")]
    assert line == (
        "::error file=posts/a%2Cb%3Ac%25.md,line=1,endLine=1,col=1,endColumn=1,"
        "title=Q101 words changed without a mark::50 %25%0D%0Aof a: b, c"
    )


def test_columns_are_left_off_where_a_finding_runs_over_lines() -> None:
    found = Finding(Code("Q101"), Severity.ERROR, "m", Span(0, 4))
    report = Report((PostReport("posts/a.md", "x\nyz\n", (), (found,)),))
    assert "line=1,endLine=2,title=" in render(report, "github")


# --- HTML -----------------------------------------------------------------------------------------


def test_the_policy_allows_the_page_s_own_style_alone(report: Report) -> None:
    page = render(report, "html")
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.S)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"content=\"default-src 'none'; style-src 'sha256-{digest}';" in page
    assert not re.search(r"https?:|url\(|@import", page)


def test_every_verdict_has_its_filter() -> None:
    style = re.findall(r"<style>(.*?)</style>", render(CLEAN, "html"), re.S)[0]
    filtered = re.findall(
        r"#show-([\w-]+):checked\) :is\(\.q:not\(\.\1\), \.post:not\(\.has-\1\)", style
    )
    assert sorted(filtered) == sorted([*(kind.value for kind in VerdictKind), "other", "to-mend"])


# --- All of them ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [form for form in REPORT_FORMS if form != "text"])
def test_an_empty_project_has_a_report_in_every_form(form: str) -> None:
    assert render(Report(()), form).endswith("\n")


def test_statistics_count_the_most_frequent_first(report: Report) -> None:
    found = json.loads(render_counts(report, "json", 80))["codes"]
    assert [(each["code"], each["count"]) for each in found[:3]] == [
        ("Q101", 2),
        ("Q103", 2),
        ("Q106", 1),
    ]
    assert [each["code"] for each in found if each["suppressed"]] == ["Q301", "Q203", "Q602"]


def test_a_summary_stays_small_however_much_was_found() -> None:
    report = many(*((f"posts/{n}.md", Severity.WARNING, 40) for n in range(100)))
    summary = render_summary(report)
    assert len(summary) < 2**16
    assert summary.endswith("And 3800 more findings.\n")
