"""Our blocks, judged by the editors of two WordPress versions.

`current` has to hold on both; that saving changes nothing, only on the newest, since some forms
differ by version (docs/wordpress.md). The judge itself is tried first, so that it cannot pass by
being blind.
"""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.wordpress.files import EDITIONS, Edition, Missing
from tests.wordpress.judge import Judgement, judge_all
from tests.wordpress.posts import Author
from tests.wordpress.project import pubtool

ROOT = Path(__file__).parents[2]
CASE = re.compile(r"^## ([^:\n]+): ([^\n]+)\n\n```html\n(.+?)\n```$", re.MULTILINE | re.DOTALL)
CASES = CASE.findall((Path(__file__).parent / "markups.md").read_text(encoding="utf-8"))
GOLDENS = sorted((ROOT / "tests" / "writers" / "wordpress").glob("*.blocks.html"))
SEEDS = range(30)
WP = "{http://wordpress.org/export/1.2/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
EDITION = pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)


@cache
def judged(edition: Edition, markups: tuple[str, ...]) -> list[Judgement]:
    """The judgement of each text; skips where the machine has not what judges."""
    try:
        if not edition.htdocs.exists():
            raise Missing("its files")
        return judge_all(edition.htdocs, markups)
    except Missing as missing:
        pytest.skip(f"no editor of WordPress {edition.name}: missing {missing}")


def said(judgement: Judgement) -> str:
    """A judgement in the words of markups.md."""
    if not judgement.valid:
        return "invalid"
    if not judgement.current:
        return "outdated"
    return "stable" if judgement.stable else "sound"


def expected(verdicts: str, edition: Edition) -> str:
    """What a heading of markups.md says for one edition: ``sound in newest, stable in 6.8``."""
    for verdict in verdicts.split(", "):
        word, _, only = verdict.partition(" in ")
        if only in ("", edition.name):
            return word
    raise AssertionError(f"markups.md says nothing of {edition.name}: {verdicts}")


@EDITION
@pytest.mark.parametrize("number", range(len(CASES)), ids=[what for _, what, _ in CASES])
def test_the_judge_tells_markup_apart(edition: Edition, number: int) -> None:
    judgement = judged(edition, tuple(markup for _, _, markup in CASES))[number]
    assert said(judgement) == expected(CASES[number][0], edition), judgement
    assert bool(judgement.issues) == (not judgement.current)


@EDITION
@pytest.mark.parametrize("number", range(len(GOLDENS)), ids=[one.stem for one in GOLDENS])
def test_a_golden_file_is_what_the_editor_itself_would_write(edition: Edition, number: int) -> None:
    markups = tuple(golden.read_text(encoding="utf-8") for golden in GOLDENS)
    hold(judged(edition, markups)[number], markups[number], edition)


@EDITION
def test_the_posts_of_the_series_are_what_the_editor_would_write(
    edition: Edition, series: dict[str, str]
) -> None:
    assert len(series) == 2 * len(list((ROOT / "posts").glob("*.md")))
    for markup, judgement in zip(
        series.values(), judged(edition, tuple(series.values())), strict=True
    ):
        hold(judgement, markup, edition)


@EDITION
def test_posts_by_chance_are_what_the_editor_would_write(
    edition: Edition, chance: dict[str, str]
) -> None:
    """Each is named after its seed: ``Author(SEED).post()`` is its Markdown."""
    assert len(chance) == 2 * len(SEEDS)
    judgements = judged(edition, tuple(chance.values()))
    wrong = {
        name: [*(issue[:400] for issue in judgement.issues), *changes(markup, judgement)]
        for (name, markup), judgement in zip(chance.items(), judgements, strict=True)
        if not judgement.current or (edition.newest and not judgement.stable)
    }
    assert not wrong, "\n\n".join(f"{name}: " + "\n".join(why) for name, why in wrong.items())


def test_the_posts_by_chance_have_every_construct(chance: dict[str, str]) -> None:
    blocks = set(re.findall(r"<!-- wp:([\w/-]+)", "".join(chance.values())))
    wanted = (
        "paragraph heading list list-item quote pullquote code separator table image more html "
        "footnotes"
    ).split()
    assert blocks >= set(wanted)


def hold(judgement: Judgement, markup: str, edition: Edition) -> None:
    assert judgement.current, "\n".join(judgement.issues)
    if edition.newest:
        assert markup.strip() == judgement.saved


def changes(markup: str, judgement: Judgement) -> list[str]:
    """The first place that saving would change, before and after, with what stands round it."""
    before, after = markup.strip(), judgement.saved
    pairs = enumerate(zip(before, after, strict=False))
    at = next((n for n, (one, other) in pairs if one != other), min(len(before), len(after)))
    window = slice(max(0, at - 40), at + 80)
    return [] if before == after else [f"- {before[window]!r}", f"+ {after[window]!r}"]


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The blocks of the example series by name, freshly built."""
    project = tmp_path_factory.mktemp("series")
    for name in ("posts", "sources"):
        shutil.copytree(ROOT / name, project / name)
    for name in ("pubtool.toml", "references.bib"):
        shutil.copy(ROOT / name, project)
    return built(project)


@pytest.fixture(scope="module")
def chance(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The blocks of one post a seed, by name."""
    project = tmp_path_factory.mktemp("chance")
    (project / "pubtool.toml").write_text('[site]\nurl = "https://example.org"\n', encoding="utf-8")
    (project / "posts").mkdir()
    for seed in SEEDS:
        post = project / "posts" / f"seed-{seed:03}.md"
        post.write_text(Author(seed).post(), encoding="utf-8")
    return built(project, "--draft")


def built(project: Path, *options: str) -> dict[str, str]:
    """Build a project and return the blocks of its posts, by name, in both forms that they have.

    ``NAME to paste`` has its notes as a list; ``NAME to import`` has the editor's own.
    """
    done = pubtool(project, "build", "--to", "wordpress", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    folder = project / "public" / "wordpress"
    blocks = {
        f"{file.stem} to paste": file.read_text(encoding="utf-8")
        for file in sorted(folder.glob("*.html"))
    }
    for item in ElementTree.parse(folder / "posts.xml").iterfind("channel/item"):
        if item.findtext(f"{WP}post_type") == "post":
            blocks[f"{item.findtext(f'{WP}post_name')} to import"] = item.findtext(CONTENT) or ""
    return blocks
