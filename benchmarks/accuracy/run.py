"""How right pubtool's verdicts are, on labelled quotations made of real texts.

    python benchmarks/accuracy/run.py [--seed N] [--each N] [--kinds "NAME; NAME"] [--json FILE]

See README.md beside this file for what is measured and how the labels are guarded.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from random import Random

from kinds import KINDS, Kind
from peers import Sheet, kinds_table, own_result, run_peers, totals_table
from places import is_right
from posts import check_posts
from texts import ORIGINS, OUTSIDE, Text, read_texts

from cases import Case, Maker, World, make_world, world_of
from pubtool.checker.check import check_quotation
from pubtool.checker.conventions import CONVENTIONS
from pubtool.model import (
    Cited,
    Flow,
    FrontMatter,
    How,
    Key,
    Leaf,
    Locator,
    Post,
    Quotation,
    QuotationKind,
    Span,
    Verdict,
)
from pubtool.pipeline.workspace import Workspace
from pubtool.system.config import find_project

MARKS = {"false pass": 0.1, "false alarm": 0.5}
"""Per cent, at most: the issue on the quotation engine."""
BASELINE = 95
_NO_POST = Post("none.md", "", FrontMatter(), ())


@dataclass(frozen=True)
class Outcome:
    """What pubtool said of one case."""

    kind: str
    false: bool
    words: int
    route: str
    """``direct``, or ``post`` for one found in a Markdown post."""
    quoted: str
    cited: str
    verdict: str
    codes: tuple[str, ...]
    right: bool
    passed: bool
    """Whether it passes (and gives no warning, where a warning is what is due)."""
    alarm: bool
    place: bool | None
    """Whether the place is right; None where there is none to find."""
    coded: bool | None
    baseline: bool | None
    """Whether the baseline passes it."""
    truth: str
    found: str


def project(folder: Path, world: World) -> Workspace:
    """Return a workspace over a project whose sources are the world's."""
    (folder / "sources").mkdir(parents=True)
    (folder / "posts").mkdir()
    (folder / "pubtool.toml").write_text("")
    entries = []
    for text in world.texts:
        (folder / "sources" / f"{text.key}.txt").write_text(text.source, encoding="utf-8")
        entries.append(f"@book{{{text.key},\n  title = {{Text {text.key}}},\n  year = 1998\n}}\n")
    (folder / "references.bib").write_text("\n".join(entries))
    return Workspace(find_project(folder))


def quotation_of(case: Case, number: int) -> Quotation:
    """Return a case as the engine gets it from a post."""
    text = case.made.text
    locator = Locator("page", str(case.page)) if case.page else None
    return Quotation(
        f"q-{number:06x}",
        QuotationKind.BLOCK if case.kind.name == "block quote" else QuotationKind.INLINE,
        Flow(text, (Leaf(0, len(text), Span(0, len(text))),)),
        Span(0, len(text)),
        -1,
        case.made.joints,
        case.made.remark,
        (Cited(Key(case.cited), locator, How.CITATION),),
    )


def judge(case: Case, verdict: Verdict, world: World, route: str) -> Outcome:
    """Return how a verdict compares with the case's label."""
    kind, said = case.kind, verdict.kind
    codes = tuple(sorted({str(finding.code) for finding in verdict.findings}))
    warned = kind.warns and bool(kind.codes & set(codes))
    right = said.value in kind.due
    source = next((t.source for t in world.texts if t.key == case.key), "")
    match = verdict.match
    place = None
    if case.key:
        place = (
            match is not None
            and match.key == case.key
            and is_right(match.span.start, match.span.end, match.text, case)
        )
    return Outcome(
        kind.name, kind.false, case.words, route, case.made.text, case.cited, said.value, codes,
        right and (not kind.warns or warned),
        said.passes and not warned,
        said.fails and not right,
        place,
        bool(kind.codes & set(codes)) if kind.codes else None,
        None,
        source[case.start : case.end],
        match.text if match else "",
    )  # fmt: skip


def run_world(
    world: World,
    maker: Maker,
    kinds: Sequence[Kind],
    options: argparse.Namespace,
    sheet: Sheet | None,
) -> Iterable[Outcome]:
    """Yield an outcome for each case of a world."""
    with tempfile.TemporaryDirectory() as folder, project(Path(folder, "p"), world) as workspace:
        plain = {text.key: " ".join(text.source.casefold().split()) for text in world.texts}
        clock = sheet.clock if sheet else nullcontext
        with clock():
            library = workspace.library
        for kind in kinds:
            cases = list(maker.make(kind, options.each))
            if sheet:
                sheet.add(world, cases)
            for number, case in enumerate(cases):
                quotation = quotation_of(case, number)
                with clock():
                    verdict = check_quotation(quotation, _NO_POST, library, CONVENTIONS["chicago"])
                outcome = judge(case, verdict, world, "direct")
                yield _beside(outcome, case, plain) if options.baseline else outcome
            step = max(1, len(cases) // max(options.in_posts, 1))
            sample = cases[::step][: options.in_posts]
            for case, found in check_posts(workspace, sample):
                if found is not None:
                    yield judge(case, found, world, "post")
                else:
                    yield _not_found(case)


def _not_found(case: Case) -> Outcome:
    """Return the outcome of a quotation that pubtool does not see as one in the post."""
    return Outcome(
        kind=case.kind.name,
        false=case.kind.false,
        words=case.words,
        route="post",
        quoted=case.made.text,
        cited=case.cited,
        verdict="not found in the post",
        codes=(),
        right=False,
        passed=case.kind.false,
        alarm=not case.kind.false,
        place=None,
        coded=None,
        baseline=None,
        truth=case.passage,
        found="",
    )


def _beside(outcome: Outcome, case: Case, plain: dict[str, str]) -> Outcome:
    from rapidfuzz import fuzz

    quoted = " ".join(case.made.text.casefold().split())
    score = fuzz.partial_ratio(quoted, plain[case.cited], score_cutoff=BASELINE)
    return replace(outcome, baseline=score >= BASELINE)


# --- Report ---------------------------------------------------------------------------------------


def share(values: Iterable[bool | None]) -> str:
    """Return a share in per cent, `-` where there is nothing to count."""
    known = [value for value in values if value is not None]
    return f"{100 * sum(known) / len(known):.1f}" if known else "-"


def table(outcomes: Sequence[Outcome], route: str) -> str:
    """Return a Markdown table, a line a kind, short and long passages apart."""
    lines = [
        "| kind | n 4-7 | verdict % | place % | codes % | n 8+ | verdict % | place % | codes % "
        f"| partial_ratio >= {BASELINE}: right % |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name in KINDS:
        of_kind = [o for o in outcomes if o.kind == name and o.route == route]
        if not of_kind:
            continue
        cells = [name]
        for rows in ([o for o in of_kind if o.words < 8], [o for o in of_kind if o.words >= 8]):
            cells += [
                str(len(rows)),
                share(o.right for o in rows),
                share(o.place for o in rows),
                share(o.coded for o in rows),
            ]
        cells.append(share(None if o.baseline is None else o.baseline != o.false for o in of_kind))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def totals(outcomes: Sequence[Outcome]) -> str:
    """Return the false passes and false alarms beside their marks."""
    lines = ["| measure | n | pubtool % | mark % | partial_ratio % |", "|---|---|---|---|---|"]
    for route in ("direct", "post"):
        for label, low, high in (("4-7 words", 0, 8), ("8 words and more", 8, 10**6)):
            rows = [o for o in outcomes if o.route == route and low <= o.words < high]
            false, true = [o for o in rows if o.false], [o for o in rows if not o.false]
            for name, some, ours, theirs in (
                ("false pass", false, [o.passed for o in false], [o.baseline for o in false]),
                ("false alarm", true, [o.alarm for o in true],
                 [None if o.baseline is None else not o.baseline for o in true]),
            ):  # fmt: skip
                lines.append(
                    f"| {name}, {route}, {label} | {len(some)} | {_two(ours)} | <= {MARKS[name]} "
                    f"| {share(theirs)} |"
                )
    return "\n".join(lines)


def _two(values: Sequence[bool]) -> str:
    return f"{100 * sum(values) / len(values):.2f}" if values else "-"


def _by_kind(kinds: Iterable[str]) -> str:
    return ", ".join(f"{kind} {n}" for kind, n in Counter(kinds).most_common()) or "none"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=200, help="cases a kind (200)")
    parser.add_argument("--in-posts", type=int, default=20, help="of these, through a post (20)")
    parser.add_argument("--kinds", default="", help="names, semicolons between; all by default")
    parser.add_argument("--json", type=Path, help="write every outcome there")
    parser.add_argument(
        "--peers", type=Path, metavar="FOLDER",
        help="the environment that benchmarks/peers/make.py made: compare with the tools in it",
    )  # fmt: skip
    parser.add_argument(
        "--peer-seconds", type=float, default=600, help="wall seconds for each tool (600)"
    )
    parser.add_argument("--no-baseline", dest="baseline", action="store_false")
    return parser.parse_args()


def chosen_kinds(names: str) -> list[Kind]:
    """Return the kinds of some names, all for none; leaves with a sentence for an unknown one."""
    wanted = [name.strip() for name in names.split(";") if name.strip()] or list(KINDS)
    for name in wanted:
        if name not in KINDS:
            sys.exit(f"no kind {name!r}; there are: {', '.join(KINDS)}")
    return [KINDS[name] for name in wanted]


def main() -> None:
    options = arguments()
    kinds = chosen_kinds(options.kinds)
    texts, outside = read_texts(ORIGINS, print), read_texts(OUTSIDE, print)
    if not texts or not outside:
        sys.exit("no texts to quote from")
    print(f"seed {options.seed}, up to {options.each} cases a kind, {len(kinds)} kinds")
    print(
        "texts: " + ", ".join(f"{t.key} ({t.lang}, {len(t.source):,})" for t in texts), end="\n\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        sheet = Sheet(Path(folder), options.seed) if options.peers else None
        outcomes, dropped = run_all(kinds, texts, outside, options, sheet)
        report(outcomes, dropped, options)
        if sheet:
            compare(sheet, outcomes, options)


def run_all(
    kinds: Sequence[Kind],
    texts: Sequence[Text],
    outside: Sequence[Text],
    options: argparse.Namespace,
    sheet: Sheet | None,
) -> tuple[list[Outcome], dict[str, int]]:
    """Return every outcome, and how many cases of a kind were dropped: their label is false."""
    outcomes: list[Outcome] = []
    dropped: dict[str, int] = {}
    for name in dict.fromkeys(world_of(kind) for kind in kinds):
        random = Random(f"{options.seed} {name}")
        world = make_world(name, texts, random)
        maker = Maker(world, outside, random)
        some = [kind for kind in kinds if world_of(kind) == name]
        outcomes += run_world(world, maker, some, options, sheet)
        dropped.update(maker.dropped)
    return outcomes, dropped


def report(
    outcomes: Sequence[Outcome], dropped: dict[str, int], options: argparse.Namespace
) -> None:
    """Print the tables of pubtool's own outcomes, and write every outcome where that is asked."""
    for route in ("direct", "post"):
        print(f"## {route}\n\n{table(outcomes, route)}\n")
    print(f"## Totals\n\n{totals(outcomes)}\n")
    print(f"false passes: {_by_kind(o.kind for o in outcomes if o.false and o.passed)}")
    print(f"false alarms: {_by_kind(o.kind for o in outcomes if not o.false and o.alarm)}")
    shown = ", ".join(f"{name} {count}" for name, count in dropped.items())
    print(f"dropped, since the words stand in a source after all: {shown or 'none'}")
    if options.json:
        data = {"seed": options.seed, "dropped": dropped, "cases": [asdict(o) for o in outcomes]}
        options.json.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def compare(sheet: Sheet, outcomes: Sequence[Outcome], options: argparse.Namespace) -> None:
    """Run the peers on the cases that went straight to the engine, and print who said what."""
    print("\n## Peers\n")
    own = own_result(sheet, [o for o in outcomes if o.route == "direct"], version("pubtool"))
    results = [own, *run_peers(sheet, options.peers, options.peer_seconds, print)]
    print(f"\n{totals_table(results)}\n")
    print("In per cent: of a faithful kind the false alarms, of a false kind the false passes.\n")
    print(kinds_table(results, KINDS))


if __name__ == "__main__":
    main()
