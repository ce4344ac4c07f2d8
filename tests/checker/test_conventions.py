"""The sets of quoting conventions: the same edits, weighed otherwise; and what none lets stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pubtool.checker.check import check_post
from pubtool.checker.conventions import CONVENTIONS, Conventions
from pubtool.checker.elements import take_apart
from pubtool.checker.evidence import Library, find_places
from pubtool.checker.index import build_index
from pubtool.checker.rules import load_page, rules
from pubtool.checker.rules.rule import Rule
from pubtool.checker.verdict import judge
from pubtool.model import (
    Bibliography,
    Cited,
    Code,
    Flow,
    How,
    Key,
    Leaf,
    Quotation,
    QuotationKind,
    Severity,
    Source,
    SourceText,
    Span,
    VerdictKind,
)
from pubtool.readers.post import read_post
from pubtool.system import config
from pubtool.system.pandoc import Pandoc
from pubtool.text.words import find_words

PAGE = Path(__file__).parents[2] / "docs" / "conventions.md"

PERMITTED = {
    "initial_capital": ("the first letter's case changes without brackets", "Q107"),
    "source_in_capitals": (
        "words that the source sets in capitals are set in small letters",
        "Q113",
    ),
    "closing_mark": ("a `?` or `!` at the end becomes another mark", "Q141"),
    "unstated_emphasis": ("emphasis changes and nothing says so, with a warning", "Q108"),
    "corrected_slips": ("an obvious slip of a source from 1900 on is corrected", "Q105"),
    "announced_spelling": ("spelling is modernised, where the post or the entry says so", "Q105"),
}
"""The fields that decide whether a difference may stand: what it is, and the code that it gives."""

STYLE = frozenset(Code(f"Q14{number}") for number in range(1, 10))
"""Codes about style alone: the only ones that a convention may keep to itself."""


def test_the_settings_know_the_same_names() -> None:
    assert tuple(sorted(CONVENTIONS)) == config.CONVENTIONS
    assert all(name == convention.name for name, convention in CONVENTIONS.items())


def test_severities_are_given_for_rules_that_exist() -> None:
    codes = {rule.code for rule in rules()}
    for convention in CONVENTIONS.values():
        assert convention.severities.keys() | convention.silent <= codes


def test_conventions_are_silent_on_style_alone_and_weaken_no_error() -> None:
    own = {rule.code: rule.severity for rule in rules()}
    for convention in CONVENTIONS.values():
        assert convention.silent <= STYLE
        for code, severity in convention.severities.items():
            assert severity > own[code], "a convention only ever weighs a finding more"


@pytest.mark.parametrize("convention", CONVENTIONS.values(), ids=list(CONVENTIONS))
def test_what_may_not_stand_is_an_error(convention: Conventions) -> None:
    own = {rule.code: rule.severity for rule in rules()}
    for field, (_, code) in PERMITTED.items():
        if not getattr(convention, field):
            assert convention.severities.get(Code(code), own[Code(code)]) is Severity.ERROR


# --- The page -------------------------------------------------------------------------------------


def conventions_page() -> str:
    """Return docs/conventions.md: what each convention lets stand, and how it weighs findings."""
    names = list(CONVENTIONS)
    head = f"| {' | '.join(names)} |"
    lines = [
        "# Conventions",
        "",
        "Written from the conventions and the rules by `make accept`. `convention` in",
        "`pubtool.toml` names the one in force; it changes no difference that is found, only what",
        "may stand and how much it matters. No convention lets a word be changed, added, left out",
        "or moved unmarked.",
        "",
        "## What may stand without a mark",
        "",
        f"| where | finding {head}",
        f"|---|---|{'---|' * len(names)}",
    ]
    for field, (what, code) in PERMITTED.items():
        cells = ["yes" if getattr(CONVENTIONS[name], field) else "no" for name in names]
        lines.append(f"| {what} | {_link(code)} | {' | '.join(cells)} |")
    lines += [
        "",
        "## How findings are weighed",
        "",
        "Findings that are not listed weigh the same everywhere; — means that the convention does",
        "not make it.",
        "",
        f"| finding | what {head}",
        f"|---|---|{'---|' * len(names)}",
    ]
    for rule in rules():
        cells = [_weight(CONVENTIONS[name], rule) for name in names]
        if len(set(cells)) > 1 or rule.code in STYLE:
            title = load_page(rule.code).splitlines()[0].partition(": ")[2]
            lines.append(f"| {_link(rule.code)} | {title} | {' | '.join(cells)} |")
    lines += [
        "",
        "## What no convention gets",
        "",
        "The Guardian lets *um* and *er* go and bad grammar be mended where somebody spoke. A text",
        "does not show what was spoken, so a word that is left out is reported there too; waive it",
        "and say that it was an interview. AP never alters a quotation, not even its grammar.",
    ]
    return "\n".join(lines) + "\n"


def _link(code: str) -> str:
    name = next(rule.name for rule in rules() if rule.code == code)
    return f"[{code}](../src/pubtool/checker/rules/{name}.md)"


def _weight(convention: Conventions, rule: Rule) -> str:
    if rule.code in convention.silent:
        return "—"
    return convention.severities.get(rule.code, rule.severity).word


def test_the_page_of_conventions_is_up_to_date(golden: Callable[[Path, str], None]) -> None:
    golden(PAGE, conventions_page())


# --- What no convention lets stand ----------------------------------------------------------------

SOURCE = (
    "The keeper of the great light shall not sell the oil of the board, and on 12 May 1834 he must "
    "enter every vessel that passes the point in the log. Captain Rowse may read it, unless the "
    "pilots object; THE BOARD KEEPS THE KEYS OF THE TOWER. Who shall light the lamp when he sleeps?"
)
QUOTED = (
    "shall not sell the oil of the board, and on 12 May 1834 he must enter every vessel that "
    "passes the point in the log. Captain Rowse may read it, unless the pilots object"
)
FOLDED = " ".join(word.folded for word in find_words(SOURCE))
LIBRARY = Library(
    Bibliography("references.bib", {Key("s"): Source(Key("s"), "document", "s")}),
    build_index([SourceText(Key("s"), SOURCE)]),
    {},
)
UNMARKED = [
    ("sell", "give"),
    ("not sell", "sell"),
    ("not sell", "never sell"),
    ("the oil", "the whole oil"),
    ("12 May", "13 May"),
    ("1834", "1843"),
    ("must", "may"),
    ("every", "each"),
    ("Rowse", "Rouse"),
    ("unless", "if"),
    ("passes", "passed"),
    ("vessel that passes the point", "vessel"),
    ("read it", "it read"),
    ("board, and", "board and"),
    ("Captain", "captain"),
    ("pilots object", "pilot's object"),
]
ROUND = ["“{}” [@s].", "“{}.” [@s]", '"{}" [@s] (emphasis added; citations omitted).', "> {} [@s]"]
NOTES = ["", "quote-note: spelling modernised"]


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


@pytest.mark.parametrize("convention", CONVENTIONS.values(), ids=list(CONVENTIONS))
@pytest.mark.parametrize("change", UNMARKED, ids=" for ".join)
def test_no_unmarked_change_passes_in_any_convention(
    convention: Conventions, change: tuple[str, str], pandoc: Pandoc
) -> None:
    word, other = change
    assert QUOTED.count(word) == 1
    false = QUOTED.replace(word, other)
    for note in NOTES:
        for form in ROUND:
            assert verdict(form.format(false), note, convention, pandoc) is VerdictKind.ALTERED, (
                form
            )


WORDS = [word.text for word in find_words(SOURCE)]
NEW_WORDS = [*WORDS, "lantern", "seven", "without", "gladly", "recieve", "shew", "its", "his", "a"]


@settings(max_examples=60)
@given(
    number=st.integers(0, len(list(find_words(QUOTED))) - 1),
    new=st.sampled_from(NEW_WORDS),
    add=st.booleans(),
)
def test_no_word_for_another_passes_in_any_convention(number: int, new: str, *, add: bool) -> None:
    word = list(find_words(QUOTED))[number]
    assume(new.casefold() != word.folded)
    kept = f"{word.text} " if add else ""
    false = QUOTED[: word.span.start] + kept + new + QUOTED[word.span.end :]
    assume(" ".join(w.folded for w in find_words(false)) not in FOLDED)
    flow = Flow(false, (Leaf(0, len(false), Span(0, len(false))),))
    cited = (Cited(Key("s"), None, How.CITATION),)
    quotation = Quotation("q-1", QuotationKind.INLINE, flow, Span(0, 1), 0, cited=cited)
    elements = take_apart(quotation)
    for convention in CONVENTIONS.values():
        announced = convention.with_spelling_announced()
        places = find_places(quotation, elements, LIBRARY, announced)
        assert judge(quotation, elements, places, LIBRARY).kind is VerdictKind.ALTERED


@pytest.mark.parametrize("convention", CONVENTIONS.values(), ids=list(CONVENTIONS))
def test_a_faithful_quotation_is_verbatim_in_every_convention(
    convention: Conventions, pandoc: Pandoc
) -> None:
    for note in NOTES:
        for form in ROUND:
            assert verdict(form.format(QUOTED), note, convention, pandoc) is VerdictKind.VERBATIM


def verdict(text: str, note: str, convention: Conventions, pandoc: Pandoc) -> VerdictKind:
    entry = Source(Key("s"), "document", "s", csl={"note": note})
    texts = [SourceText(Key("s"), SOURCE)]
    library = Library(Bibliography("references.bib", {entry.key: entry}), build_index(texts), {})
    post = read_post("post.md", f"{text}\n", pandoc.parse(f"{text}\n", "post.md"))
    (found,) = check_post(post, library, convention).verdicts
    return found.kind
