"""A novel's characters are its author's: what they say is quoted from nobody else."""

from __future__ import annotations

import pytest
from tests.quoting import CHICAGO, KEY, library

from pubtool.checker.check import check_post
from pubtool.checker.talk import is_told_in_talk
from pubtool.model import SourceText
from pubtool.readers.post import read_post
from pubtool.system.pandoc import Pandoc

TOLD = "The tide came in over the flats, and nobody looked at the clock."
SAID = "“It will be the {}th night without a light,” said the boy."
WARNING = "“Never trust a lamp that gives you a light without a keeper,” said Rowse."


def story(spoken: int, told: int, between: str) -> str:
    return between.join([WARNING, *(SAID.format(n) for n in range(spoken)), *([TOLD] * told)])


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize(
    ("spoken", "told", "due"), [(60, 60, 0), (60, 200, 0), (60, 600, 1), (12, 6, 1)]
)
def test_a_story_is_known_by_its_paragraphs(between: str, spoken: int, told: int, due: int) -> None:
    text = story(spoken, told, between)
    assert is_told_in_talk(text) == (not due)
    post = "Orme: “Never trust a lamp that gives you a light without a keeper” [@orme]."
    with Pandoc() as pandoc:
        read = read_post("a.md", post, pandoc.parse(post, "a.md"))
    report = check_post(read, library(SourceText(KEY, text)), CHICAGO)
    codes = [str(finding.code) for finding in report.findings]
    assert codes.count("Q205") == due


def test_lines_that_are_broken_within_paragraphs_are_none() -> None:
    broken = story(60, 200, "\n\n").replace(", ", ",\n")
    assert is_told_in_talk(broken)
