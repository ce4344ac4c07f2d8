"""Notes in a real browser: beside the text where there is room, behind it where there is not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.browser.conftest import Built
from tests.browser.test_proofs import tree
from tests.devtools import Page

BOXES = """
[...document.querySelectorAll(".notes > ol > li")].map((note, at) => {
  const ref = document.getElementById(`fnref${at + 1}`).getBoundingClientRect();
  const box = note.getBoundingClientRect();
  const text = document.querySelector(".text").getBoundingClientRect();
  return {ref: ref.top + ref.height / 2, top: box.top, bottom: box.bottom, left: box.left,
          right: box.right, textLeft: text.left, textRight: text.right};
})
"""


@pytest.fixture
def desktop(browser: Page) -> Page:
    browser.size(1440, 900)
    browser.media()
    return browser


def test_a_wide_screen_has_the_notes_beside_their_references(
    desktop: Page, showcase: Built
) -> None:
    desktop.go(showcase.post("everything"))
    notes = desktop.run(BOXES)
    assert len(notes) > 8
    for note in notes:
        assert note["left"] > note["textRight"]
        assert note["right"] <= 1440
    free = [below for above, below in pairwise(notes) if above["bottom"] + 30 < below["ref"]]
    assert len(free) > 2
    for note in free:
        assert abs(note["top"] - note["ref"]) < 24, "a note that has room is in its line"


def test_notes_never_lie_upon_one_another(desktop: Page, showcase: Built) -> None:
    for post in ("everything", "twenty"):
        desktop.go(showcase.post(post))
        notes = desktop.run(BOXES)
        for above, below in pairwise(notes):
            assert above["bottom"] <= below["top"]


def test_a_text_from_right_to_left_has_them_at_its_left(desktop: Page, showcase: Built) -> None:
    desktop.go(showcase.post("arabic"))
    assert desktop.run("document.documentElement.dir") == "rtl"
    for note in desktop.run(BOXES):
        assert 0 <= note["left"] < note["right"] < note["textLeft"]


def test_the_list_of_quotations_has_its_numbers_where_the_text_begins(
    desktop: Page, showcase: Built
) -> None:
    ways = (
        "['li', 'dialog'].map("
        "name => getComputedStyle(document.querySelector(`.proofs ${name}`)).direction)"
    )
    for post, expected in (("arabic", ["rtl", "ltr"]), ("german", ["ltr", "ltr"])):
        desktop.go(showcase.post(post))
        assert desktop.run(ways) == expected


@pytest.mark.parametrize("width", [390, 820])
def test_a_narrow_screen_has_them_behind_the_text(
    browser: Page, showcase: Built, width: int
) -> None:
    browser.size(width, 900)
    browser.go(showcase.post("everything"))
    end = browser.run("document.querySelector('.text').getBoundingClientRect().bottom")
    assert all(note["top"] > end for note in browser.run(BOXES))


@pytest.mark.parametrize("width", [390, 1440])
def test_keys_lead_to_a_note_and_back(browser: Page, showcase: Built, width: int) -> None:
    browser.size(width, 900)
    browser.go(showcase.post("everything"))
    browser.run("document.getElementById('fnref4').focus()")
    browser.press("Enter")
    browser.wait("location.hash === '#fn4'")
    box = browser.run("document.getElementById('fn4').getBoundingClientRect().toJSON()")
    assert 0 <= box["top"] < 900
    browser.press("Tab")
    assert browser.run("document.activeElement.getAttribute('href')") == "#fnref4"
    browser.press("Enter")
    browser.wait("location.hash === '#fnref4'")
    browser.press("Tab")
    following = browser.run(
        "document.getElementById('fnref4').compareDocumentPosition(document.activeElement)"
    )
    assert following & 4, "Tab goes on from the reference"


@pytest.mark.parametrize("width", [390, 1440])
def test_a_screen_reader_hears_each_note_once_and_as_a_note(
    browser: Page, showcase: Built, width: int
) -> None:
    browser.size(width, 900)
    browser.go(showcase.post("everything"))
    nodes = tree(browser)
    roles = [node["role"] for node in nodes]
    count = browser.run("document.querySelectorAll('.notes > ol > li').length")
    assert roles.count("doc-noteref") == roles.count("doc-backlink") == count
    assert ("doc-endnotes", "Notes") in [(node["role"], node["name"]) for node in nodes]
    spoken = [node for node in nodes if node["role"] == "StaticText"]
    assert sum("The clerk’s name is not known." in node["name"] for node in spoken) == 1


def test_paper_has_them_behind_the_text(desktop: Page, showcase: Built) -> None:
    desktop.media(kind="print")
    desktop.go(showcase.post("everything"))
    end = desktop.run("document.querySelector('.text').getBoundingClientRect().bottom")
    assert all(note["top"] > end for note in desktop.run(BOXES))


ROOM = """
[...document.querySelectorAll(".notes > ol, .proofs > ol")].map(list => {
  const number = document.createElement("span");
  number.style.whiteSpace = "pre";
  number.textContent = "120. ";
  list.lastElementChild.prepend(number);
  const width = number.getBoundingClientRect().width;
  number.remove();
  return [parseFloat(getComputedStyle(list).paddingInlineStart), width];
})
"""


def test_paper_has_room_for_the_numbers_of_notes(desktop: Page, showcase: Built) -> None:
    """What stands beside a page's text is cut off: of note 12 a 2 was left."""
    desktop.go(showcase.post("twenty"))
    desktop.media(kind="print")
    room = desktop.run(ROOM)
    assert len(room) == 2
    assert all(padding >= width for padding, width in room), room


def test_a_long_series_shows_the_part_that_is_read(browser: Page, showcase: Built) -> None:
    browser.go(showcase.post("everything"))
    numbers = browser.run(
        "[...document.querySelectorAll('nav.series:last-of-type li[value]')].map(l => l.value)"
    )
    assert numbers == [1, 5, 6, 7, 8, 9, 12]
    current = browser.run("[...document.querySelectorAll('nav.series [aria-current]')].map("
                          "l => l.value)")  # fmt: skip
    assert current == [1, 7]
