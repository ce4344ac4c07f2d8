"""Styles: found by name, offline, one that is broken refused in a sentence."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest

from pubtool.errors import BadStyle, PubtoolError, UnknownStyle
from pubtool.system.pandoc import Pandoc
from pubtool.writers.ast import collect
from pubtool.writers.citations import resolve
from pubtool.writers.csl import styles
from pubtool.writers.csl.catalogue import list_styles, near_names
from pubtool.writers.csl.repository import find_style
from pubtool.writers.csl.styles import read_style
from pubtool.writers.csl.xml import root_attribute, with_attributes

OWN = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>x</title><id>x</id><updated>2026-01-01T00:00:00Z</updated></info>
<macro name="a"><text macro="b"/></macro><macro name="b"><text variable="title"/></macro>
<citation><layout prefix="{" suffix="}"><text macro="a"/></layout></citation></style>
"""


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("apa", "apa.csl"),
        ("apa.csl", "apa.csl"),
        ("nature-digest", "nature-digest.csl"),
        ("http://www.zotero.org/styles/apa", "apa.csl"),
        ("https://zotero.org/styles/nature-digest", "nature-digest.csl"),
        ("ama", "american-medical-association.csl"),
    ],
)
def test_a_style_is_found_by_its_name_its_address_or_its_old_name(name: str, file: str) -> None:
    found = find_style(name)
    assert found is not None
    assert found.name == file


@pytest.mark.parametrize(
    "name",
    ["", ".csl", "../apa", "dependent/nature-digest", "/etc/passwd", "APA", "http://x.org/apa",
     "http://www.zotero.org/styles/../apa", "renamed-styles.json", "apa\n", "a\0b", "x" * 5000],
)  # fmt: skip
def test_nothing_else_is(name: str) -> None:
    with pytest.raises(UnknownStyle):
        read_style(name, None)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("APA", "apa"),
        ("Chicago notes", "chicago-notes"),
        ("Modern Language Association 9th edition", "modern-language-association"),
        ("bluebok", "bluebook-law-review"),
        ("oscola 4th", "oscola"),
    ],
)
def test_a_name_that_is_not_there_is_told_those_that_are_like_it(name: str, near: str) -> None:
    with pytest.raises(UnknownStyle, match=rf"did you mean .*\b{near}\b.*`pubtool styles WORDS`"):
        read_style(name, None)


def test_nothing_is_offered_for_what_is_like_nothing() -> None:
    assert near_names("qqqqq") == ()
    assert near_names("") == ()


def test_a_dependent_style_has_its_parent_s_rules_and_its_own_language() -> None:
    child = read_style("institut-catholique-de-paris", None)
    (line,) = list_styles(("institut-catholique-de-paris",))
    assert root_attribute(child, "default-locale") == "fr-FR"
    assert with_attributes(read_style(line.parent, None), {"default-locale": "fr-FR"}) == child


def test_a_style_of_the_project_may_depend_on_one_of_the_repository() -> None:
    text = Path(str(find_style("nature-digest"))).read_bytes()
    assert read_style("styles/mine.csl", text) == read_style("nature-digest", None)


def test_to_find_a_style_lists_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are 10,844, and every start would wait for them."""
    styles._of_repository.cache_clear()

    def listed(self: Path) -> Any:
        raise AssertionError(self)

    monkeypatch.setattr(Path, "iterdir", listed)
    assert "American Medical" in read_style("ama", None)


BOMB = '<!DOCTYPE style [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>\n'
FILE = '<!DOCTYPE style [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n'
BROKEN = {
    "no XML": ("# Hello", r"it is not well-formed XML \(line 1\)"),
    "nothing": ("", r"it is not well-formed XML \(line 1\)"),
    "cut short": (OWN[:300], "it is not well-formed XML"),
    "entities that grow": (OWN.replace("<style", BOMB + "<style").replace("{", "&b;"), "DOCTYPE"),
    "an entity that is a file": (OWN.replace("<style", FILE + "<style"), "DOCTYPE"),
    "another root": (OWN.replace("<style", "<locale").replace("</style", "</locale"), "<locale>"),
    "no namespace": (re.sub(r' xmlns="[^"]*"', "", OWN), "its root is <style>, not the <style> of"),
    "no citation": (OWN.replace("citation>", "bibliography>"), "it has no <citation>"),
    "a macro that calls itself": (
        OWN.replace('<text variable="title"/>', '<text macro="a"/>'), "its macro 'a' calls itself"),
    "macros that grow": (
        OWN.replace('<macro name="a">', "".join(
            f'<macro name="x{n}"><text macro="x{n + 1}"/><text macro="x{n + 1}"/></macro>'
            for n in range(40)
        ) + '<macro name="x40"/><macro name="a"><text macro="x0"/>'),
        "its macros call each other too often"),
    "a parent elsewhere": (
        OWN.replace("<title>", '<link rel="independent-parent" href="http://x.org/s"/><title>'),
        "it depends on 'http://x.org/s', which is not in the repository"),
    "depth": (OWN.replace('<text macro="a"/>', "<group>" * 999 + "</group>" * 999), "too deeply"),
    "an unknown encoding": (OWN.replace("utf-8", "klingon"), "encoding"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "why"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_style_is_refused_with_its_name_and_the_mend(text: str, why: str) -> None:
    with pytest.raises(BadStyle) as refused:
        read_style("styles/mine.csl", text.encode())
    said = str(refused.value)
    assert said.startswith("styles/mine.csl: cannot be used as a citation style: ")
    assert re.search(why, said)
    assert said.endswith("mend the file, or name a style that `pubtool styles` lists")
    assert "\n" not in said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_a_style_is_read_in_its_own_encoding(encoding: str) -> None:
    text = OWN.replace("utf-8", encoding.removesuffix("-sig")).replace("{", "«")
    assert 'prefix="«"' in read_style("mine.csl", text.encode(encoding))


def test_an_element_that_csl_does_not_know_is_refused_in_a_sentence(
    post: Any, material: Any, write: Any
) -> None:
    text = OWN.replace('<text variable="title"/>', "<nonsense/>")
    given = material(post("T [@mill1859].", csl="own.csl"), files={"own.csl": text.encode()})
    with pytest.raises(PubtoolError, match=r"^own\.csl: cannot be used as a citation style"):
        write(given, "html")


def test_white_space_in_a_style_of_the_project_stays(pandoc: Pandoc) -> None:
    text = OWN.replace('prefix="{"', 'prefix="{&#10;"').encode()
    entry = {"id": "a", "type": "book", "title": "T"}
    document = pandoc.parse("A [@a].", "x")
    written = resolve(document, [entry], read_style("mine.csl", text), "", pandoc)
    assert {"t": "SoftBreak"} in collect(written.ast["blocks"], frozenset({"SoftBreak"}))


# --- The list -------------------------------------------------------------------------------------


def test_the_list_has_every_style_of_the_repository() -> None:
    found = list_styles()
    assert len(found) == 10_844
    assert {line.kind for line in found} == {"note", "author-date", "author", "numeric", "label"}
    assert all(line.title for line in found)
    alone = [not line.parent for line in found]
    assert alone == sorted(alone, reverse=True)


def test_a_style_is_searched_by_its_title_too() -> None:
    (line,) = list_styles(("NATURE", "digest"))
    assert line.name == "nature-digest"
    assert (line.title, line.parent, line.language) == ("Nature Digest", "nature", "en-GB")
    assert line.kind == "numeric"
    assert "oscola" in [line.name for line in list_styles(("oxford", "legal"))]


def test_every_dependent_style_s_parent_is_there() -> None:
    missing = [line.name for line in list_styles() if line.parent and not find_style(line.parent)]
    assert missing == []


def test_to_look_for_near_names_takes_no_time() -> None:
    near_names("a warm start")
    start = time.process_time()
    near_names("Modern Language Association 9th edition")
    assert time.process_time() - start < 0.5  # measured: 0.03 s; the bound is for slow machines
