"""The rules' pages: each says what its rule says, and each of their cases comes out as written.

A rule's page (``src/pubtool/checker/rules/NAME.md``) ends with the section *Cases*. A case is a few
fenced blocks, the last of them ``verdict``; words between the blocks are for the reader.

``source KEY [full|excerpt|second-hand|missing|unreadable|empty|unsupported] [markdown]``
    The text of a source, or with one of the last four why there is none. One in Markdown keeps its
    emphasis. It holds for the later
    cases of the page too, until another of the same key takes its place.
``references``
    The bibliography, BibTeX; holds on likewise. Without one, each source is an entry whose title is
    its key.
``pinned KEY``
    The text that `sources.lock` says the source had; holds for its own case.
``settings``
    ``convention = "bluebook"``, as in `pubtool.toml`; holds for its own case.
``post [NAME]``
    The Markdown file; with a name, another post of the same project.
``verdict``
    One line a quotation, in order: the verdict, its reason if it has one, and the codes of all its
    findings, ascending (``altered Q101 Q104``, ``exempt term``). Then one line a finding that is
    about no quotation, in order: ``post: Q601``, ``references: Q402``, ``lock: Q305``. Where there
    is neither: ``nothing``.

A case with ``references``, ``pinned`` or another post is run as a project on disk, so that the
findings about files come as the command gives them; any other is checked in memory.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest

from pubtool.checker import rules
from pubtool.checker.check import check_post
from pubtool.checker.conventions import CONVENTIONS
from pubtool.checker.evidence import Library
from pubtool.checker.index import build_index
from pubtool.checker.rules.examples import reader_page
from pubtool.model import (
    Bibliography,
    Extent,
    FileReport,
    Key,
    MissingText,
    PostReport,
    Source,
    SourceText,
    Span,
    Unavailable,
)
from pubtool.pipeline import check
from pubtool.readers.post import read_post
from pubtool.readers.sources.markdown import strip_markup
from pubtool.readers.sources.numbering import find_numbering
from pubtool.readers.sources.pages import find_furniture, find_pages
from pubtool.readers.sources.structure import find_structure
from pubtool.system.config import find_project
from pubtool.system.pandoc import Pandoc

PAGES = Path(rules.__file__).parent
DOCS = Path(__file__).parents[1] / "docs"
SECTIONS = ["What it means", "Why", "Example", "What to do", "Cases"]

# The contract's section 4, and the codes beyond it that the project has given itself.
CONTRACT = """
Q101 error    Q102 error    Q103 error    Q104 error    Q105 error    Q106 warning  Q107 info
Q108 warning  Q109 error    Q110 warning  Q111 warning  Q121 warning  Q122 error    Q123 warning
Q131 error    Q132 error    Q201 error    Q202 error    Q203 info     Q204 info     Q205 warning
Q301 error    Q302 warning  Q303 warning  Q304 error    Q305 error    Q306 warning  Q401 warning
Q402 error    Q403 error    Q404 warning  Q405 info     Q501 warning  Q601 warning  Q602 error
Q603 warning  Q604 warning  Q605 warning  Q606 warning  Q607 warning
"""
OURS = {
    "Q112": "error", "Q113": "error", "Q124": "warning", "Q133": "warning",
    "Q141": "info", "Q142": "info", "Q143": "info", "Q144": "info", "Q145": "warning",
    "Q146": "info", "Q147": "info", "Q206": "info",
    "Q406": "warning", "Q407": "warning", "Q408": "warning", "Q409": "warning", "Q410": "error",
    "Q608": "warning", "Q701": "warning", "Q702": "warning", "Q703": "warning",
}  # fmt: skip
NOT_YET: set[str] = set()
"""Codes of the contract that later issues bring; a rule for one of them must leave this set."""

FENCE = re.compile(r"^(`{3,}|~{3,})([a-z]+)([^\n]*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
MISSING = {why.value: why for why in Unavailable}


def pages() -> list[Path]:
    return sorted(PAGES.glob("*.md"))


def modules() -> dict[str, ModuleType]:
    every = (*rules._QUOTATION_RULES, *rules._OTHER_RULES)
    return {module.RULE.name: module for module in every if isinstance(module, ModuleType)}


# --- Cases ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    name: str
    sources: dict[str, tuple[str, str]]
    """By key: the words behind ``source KEY``, and the text."""
    post: str
    expected: list[str]
    references: str | None = None
    pinned: dict[str, str] = field(default_factory=dict)
    convention: str = "chicago"
    others: dict[str, str] = field(default_factory=dict)
    """Other posts, by name."""


def read_cases(path: Path) -> Iterator[Case]:
    """Yield the cases of a page, in order."""
    page = path.read_text(encoding="utf-8")
    sources: dict[str, tuple[str, str]] = {}
    references: str | None = None
    blocks: dict[str, str] = {}
    pinned: dict[str, str] = {}
    others: dict[str, str] = {}
    number = 0
    for found in FENCE.finditer(page.partition("\n## Cases\n")[2]):
        kind, words, text = found[2], found[3].split(), found[4]
        if kind == "source":
            sources[words[0]] = (" ".join(words[1:]) or "full", text)
        elif kind == "references":
            references = text
        elif kind == "pinned":
            pinned[words[0]] = text
        elif kind == "post" and words:
            others[words[0]] = text
        elif kind in ("post", "settings"):
            assert kind not in blocks, f"{path}: two {kind} blocks before a verdict"
            blocks[kind] = text
        else:
            assert kind == "verdict", f"{path}: a block called {kind}"
            number += 1
            yield Case(
                f"{path.stem}-{number}",
                dict(sources),
                blocks["post"],
                text.splitlines(),
                references,
                pinned,
                tomllib.loads(blocks.get("settings", "")).get("convention", "chicago"),
                others,
            )
            blocks, pinned, others = {}, {}, {}
    assert not {**blocks, **others}, f"{path}: blocks without a verdict"


def every_case() -> list[Case]:
    return [case for path in pages() for case in read_cases(path)]


def source_text(key: Key, said: str, text: str) -> SourceText:
    extent, _, form = said.partition(" ")
    facts = dict(fact.partition("=")[::2] for fact in form.split())
    emphasis: tuple[Span, ...] = ()
    quoted: tuple[Span, ...] = ()
    if form == "markdown":
        text, _, emphasis, quoted = strip_markup(text)
    lone = extent != Extent.FULL.value
    structure = find_structure(text, lone_items=lone)
    labels = {mark.locator.label for mark in structure}
    numbering = (m for m in find_numbering(text, labels) if m.locator.label not in labels)
    landmarks = (*find_pages(text), *structure, *numbering)
    return SourceText(
        key,
        text,
        Extent(extent),
        tuple(sorted(landmarks, key=lambda landmark: landmark.at)),
        find_furniture(text),
        emphasis=emphasis,
        quoted=quoted,
        unread=tuple(filter(None, facts.get("unread", "").split(","))),
        pages=facts.get("pages", ""),
        doubtful=tuple(
            Span(text.index(word), text.index(word) + len(word))
            for word in facts.get("doubtful", "").split(",")
            if word
        ),
    )


def library(case: Case) -> Library:
    texts, missing = [], {}
    for name, (extent, text) in case.sources.items():
        key = Key(name)
        if extent in MISSING:
            missing[key] = MissingText(key, MISSING[extent], f"no text of {key}")
        else:
            texts.append(source_text(key, extent, text))
    sources = {Key(name): Source(Key(name), "document", name) for name in case.sources}
    return Library(Bibliography("references.bib", sources), build_index(texts), missing)


def check_in_memory(case: Case, pandoc: Pandoc) -> list[str]:
    post = read_post("posts/post.md", case.post, pandoc.parse(case.post, "posts/post.md"))
    return describe(check_post(post, library(case), CONVENTIONS[case.convention]), ())


def check_on_disk(case: Case, root: Path) -> list[str]:
    """Return what the command says of the case as a project in the folder `root`."""
    (root / "posts").mkdir()
    (root / "sources").mkdir()
    for name, post in {**case.others, "post": case.post}.items():
        (root / "posts" / f"{name}.md").write_text(post, encoding="utf-8")
    (root / "references.bib").write_text(case.references or entries(case), encoding="utf-8")
    (root / "pubtool.toml").write_text(
        f'[check]\nconvention = "{case.convention}"\n', encoding="utf-8"
    )
    pins = [pin(key, text) for key, text in case.pinned.items()]
    if pins:
        (root / "sources.lock").write_text("\n".join(pins), encoding="utf-8")
    for key, (extent, text) in case.sources.items():
        assert extent in ("full", "full markdown"), "a case on disk has whole sources"
        suffix = "txt" if extent == "full" else "md"
        (root / "sources" / f"{key}.{suffix}").write_text(text, encoding="utf-8")
    report = check(find_project(root))
    assert not report.errors
    [told] = [post for post in report.posts if post.path == "posts/post.md"]
    return describe(told, report.files)


def pin(key: str, text: str) -> str:
    return f'[{key}]\nsha256 = "{hashlib.sha256(text.encode()).hexdigest()}"\n'


def entries(case: Case) -> str:
    return "\n".join(f"@misc{{{key},\n  title = {{{key}}}\n}}" for key in case.sources)


def describe(report: PostReport, files: tuple[FileReport, ...]) -> list[str]:
    lines = []
    for verdict in report.verdicts:
        codes = sorted({finding.code for finding in verdict.findings})
        reason = [verdict.reason] if verdict.reason else []
        lines.append(" ".join([verdict.kind.value, *reason, *codes]))
    lines += [f"post: {finding.code}" for finding in report.findings if not finding.quotation]
    for file in files:
        name = Path(file.path).stem if file.path.endswith(".bib") else "lock"
        lines += [f"{name}: {finding.code}" for finding in file.findings]
    return lines or ["nothing"]


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


@pytest.mark.parametrize("case", every_case(), ids=lambda case: case.name)
def test_a_case_of_a_page_has_its_verdict(case: Case, pandoc: Pandoc, tmp_path: Path) -> None:
    if case.references is None and not case.pinned and not case.others:
        assert check_in_memory(case, pandoc) == case.expected
    else:
        assert check_on_disk(case, tmp_path) == case.expected


# --- Pages ----------------------------------------------------------------------------------------


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    names = {path.stem for path in PAGES.glob("*.py")} - {"__init__", "rule", "pages", "examples"}
    assert names == set(modules())
    assert names == {path.stem for path in pages()}
    assert all(
        module.RULE.name == module.__name__.rpartition(".")[2] for module in modules().values()
    )


def test_the_severities_are_the_contract_s() -> None:
    said = dict(zip(CONTRACT.split()[::2], CONTRACT.split()[1::2], strict=True)) | OURS
    ruled = {str(rule.code): rule.severity.word for rule in rules.rules()}
    assert len(rules.rules()) == len(ruled), "two rules have one code"
    assert not NOT_YET & ruled.keys()
    assert ruled == {code: said[code] for code in said if code not in NOT_YET}


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.stem)
def test_a_page_says_what_its_rule_says(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    rule = modules()[path.stem].RULE
    assert rules.load_page(rule.code) == page
    lines = page.splitlines()
    assert re.fullmatch(rf"# {rule.code}: [a-z[].*[^.]", lines[0])
    assert lines[2].startswith(f"Severity: {rule.severity.word}")
    for name, convention in CONVENTIONS.items():
        other = convention.severities.get(rule.code, rule.severity)
        if other is not rule.severity:
            assert re.search(rf"\b{other.word}\b.*\b{name}\b", lines[2]), name
    assert re.findall(r"^## (.*)$", page, re.MULTILINE) == SECTIONS


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.stem)
def test_a_page_has_a_case_with_its_finding_and_one_without(path: Path) -> None:
    code = modules()[path.stem].RULE.code
    found = [any(code in line.split() for line in case.expected) for case in read_cases(path)]
    assert True in found
    assert False in found


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.stem)
def test_a_reader_gets_two_examples_in_place_of_the_cases(path: Path) -> None:
    code = modules()[path.stem].RULE.code
    page = reader_page(code)
    assert re.findall(r"^## (.*)$", page, re.MULTILINE) == SECTIONS[:-1]
    example = page.partition("\n## Example\n")[2].partition("\n## What to do\n")[0]
    assert len(re.findall(rf"^Reported as {code}\b.*:$", example, re.MULTILINE)) == 1
    assert len(re.findall(r"^Not reported\b.*:$", example, re.MULTILINE)) == 1
    assert "```verdict" not in page


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.stem)
def test_a_page_s_blocks_are_all_read(path: Path) -> None:
    cases = path.read_text(encoding="utf-8").partition("\n## Cases\n")[2]
    assert not re.search(r"^ *(?:```|~~~)", FENCE.sub("", cases), re.MULTILINE)


# --- The table of findings ------------------------------------------------------------------------


def findings_table() -> str:
    """Return docs/findings.md: each code with its severity and title, and where its page is."""
    lines = [
        "# Findings",
        "",
        "Written from the rules and their pages by `make accept`.",
        "`pubtool explain CODE` prints a page.",
        "",
        "| code | severity | what |",
        "|---|---|---|",
    ]
    for rule in rules.rules():
        title = rules.load_page(rule.code).splitlines()[0].partition(": ")[2]
        link = f"../src/pubtool/checker/rules/{rule.name}.md"
        lines.append(f"| [{rule.code}]({link}) | {rule.severity.word} | {title} |")
    return "\n".join(lines) + "\n"


def test_the_table_of_findings_is_up_to_date(golden: Callable[[Path, str], None]) -> None:
    golden(DOCS / "findings.md", findings_table())
