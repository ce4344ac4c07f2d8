"""A quotation's proof in a real browser: opened and closed by mouse, touch and keys, no script.

What a screen reader is told is read from the browser's own accessibility tree.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.browser.conftest import Built
from tests.devtools import Page

OPEN = "document.querySelector('dialog:popover-open')?.id ?? ''"
FOCUSED = "document.activeElement.outerHTML.match(/^<[^>]*>/)[0]"
SIGNS = """
Object.fromEntries([...document.querySelectorAll("q[data-verdict], span[data-verdict]")].map(q => {
  const near = [q.parentElement, q.parentElement.parentElement];
  const mark = near.map(e => e.querySelector(".mark")).find(Boolean);
  return [q.dataset.verdict, mark.textContent + getComputedStyle(q).textDecorationStyle];
}))
"""
"""By verdict: the sign of the first mark near the words, and the line under them."""
SHOWN = "[...document.querySelectorAll('dialog')].filter(d => d.checkVisibility()).length"


@pytest.fixture
def post(browser: Page, showcase: Built) -> Page:
    """The post with a bit of everything, on a desktop."""
    browser.media()
    browser.go(showcase.post("everything"))
    return browser


def proof_of(page: Page, number: int) -> str:
    found: str = page.run(f"document.getElementById('Mark{number}').popoverTargetElement.id")
    return found


def tree(page: Page) -> list[dict[str, Any]]:
    """What assistive software sees, in order: a node's role, name and properties.

    A node that is only passed through has no role.
    """
    nodes = page.command("Accessibility.getFullAXTree")["nodes"]
    return [
        {
            "role": "" if node["ignored"] else node["role"]["value"],
            "name": node.get("name", {}).get("value", ""),
            "state": {p["name"]: p["value"].get("value") for p in node.get("properties", ())},
            "id": node["nodeId"],
            "parent": node.get("parentId"),
        }
        for node in nodes
    ]


def named(page: Page, role: str, name: str) -> dict[str, Any]:
    [found] = [node for node in tree(page) if (node["role"], node["name"]) == (role, name)]
    return found


def test_a_mouse_opens_a_proof_and_a_press_elsewhere_closes_it(post: Page) -> None:
    post.click("#Mark1")
    assert post.run(OPEN) == proof_of(post, 1)
    post.click("#Sources")
    assert post.run(OPEN) == ""


def test_one_proof_is_open_at_a_time(post: Page) -> None:
    post.run("document.getElementById('Mark1').click()")
    post.run("document.getElementById('Mark2').click()")
    assert post.run(OPEN) == proof_of(post, 2)
    assert post.run(SHOWN) == 1


def test_a_finger_opens_a_proof_and_its_cross_closes_it(post: Page) -> None:
    post.size(390, 844)
    post.command("Emulation.setTouchEmulationEnabled", enabled=True)
    post.tap("#Mark1")
    post.wait(f"({OPEN}) === '{proof_of(post, 1)}'")
    post.tap("dialog:popover-open > button")
    post.wait(f"({OPEN}) === ''")
    post.command("Emulation.setTouchEmulationEnabled", enabled=False)


@pytest.mark.parametrize("key", ["Enter", " "])
@pytest.mark.parametrize("closing", ["Escape", "Enter"])
def test_keys_open_a_proof_and_lead_back_to_its_mark(post: Page, key: str, closing: str) -> None:
    post.run("document.querySelector('.checked a').focus()")
    for _ in range(40):
        post.press("Tab")
        if post.run("document.activeElement.id") == "Mark1":
            break
    assert post.run("document.activeElement.id") == "Mark1", "no mark is reached by Tab"
    post.press(key)
    assert post.run(OPEN) == proof_of(post, 1)
    assert post.run("document.activeElement.closest('dialog')?.id") == proof_of(post, 1)
    post.press(closing)  # Enter: the focus is on the cross
    assert post.run(OPEN) == ""
    assert post.run("document.activeElement.id") == "Mark1"


def test_the_links_of_an_open_proof_come_right_after_its_mark(post: Page) -> None:
    post.run("document.getElementById('Mark1').focus()")
    post.press("Enter")
    seen = []
    for _ in range(3):
        seen.append(post.run("document.activeElement.textContent"))
        post.press("Tab")
    assert seen == [
        "Close",
        "In the source",
        "1",
    ]  # and then the note behind the mark


def test_the_list_opens_the_same_proof_and_leads_back_to_the_text(post: Page) -> None:
    post.click(".proofs li:nth-child(2) > button")
    assert post.run(OPEN) == proof_of(post, 2)
    post.press("Escape")
    post.click(".proofs li:nth-child(2) > a")
    assert post.run("document.querySelector(':target').id") == "Mark2"


def test_a_screen_reader_is_told_the_verdict_and_then_the_proof(post: Page) -> None:
    name = "Quotation 1: word for word"
    assert named(post, "button", name)["state"]["expanded"] is False
    assert [node for node in tree(post) if node["role"] == "dialog"] == []
    post.run("document.getElementById('Mark1').focus()")
    post.press("Enter")
    assert named(post, "button", name)["state"]["expanded"] is True
    dialog = named(post, "dialog", name)
    assert dialog["state"]["modal"] is False
    told = within(tree(post), dialog["id"])
    assert [n["name"] for n in told if n["role"] == "button"] == ["Close"]
    assert [n["name"] for n in told if n["role"] == "link"] == ["In the source"]
    text = " ".join(n["name"] for n in told if n["role"] == "StaticText")
    assert "Word for word" in text
    assert "had grown up round its harbour" in text
    assert "nobody had asked which of the two" in text, "the words after the passage"
    assert "Hanna Brink" in text
    assert any(node["role"] == "mark" for node in told)


def within(nodes: list[dict[str, Any]], top: str) -> list[dict[str, Any]]:
    """The nodes below one, however deep."""
    parents = {node["id"]: node["parent"] for node in nodes}

    def is_below(identifier: str | None) -> bool:
        return identifier is not None and (identifier == top or is_below(parents[identifier]))

    return [node for node in nodes if is_below(node["parent"])]


def test_what_was_not_compared_looks_unlike_what_passed_and_what_failed(
    browser: Page, showcase: Built
) -> None:
    signs: dict[str, str] = {}
    for post in ("everything", "failing"):
        browser.go(showcase.post(post))
        signs |= browser.run(SIGNS)
    compared = {signs["verbatim"], signs["adapted"]}
    assert {signs["unchecked"], signs["exempt"]} == {"○dotted"}
    assert signs["absent"] == "✗wavy"
    assert compared == {"✓solid"}


def test_where_nothing_was_checked_there_is_no_mark(browser: Page, showcase: Built) -> None:
    browser.go(showcase.post("part-01"))
    assert browser.run("document.querySelectorAll('.mark, dialog, .checked').length") == 0


def test_an_address_of_a_proof_shows_it_in_the_list(post: Page, showcase: Built) -> None:
    identifier = proof_of(post, 3)
    post.go("about:blank")
    post.go(f"{showcase.post('everything')}#{identifier}")
    assert post.run("[...document.querySelectorAll('dialog')].filter(d => d.checkVisibility())"
                    ".map(d => d.id)") == [identifier]  # fmt: skip
    box = post.run(f"document.getElementById('{identifier}').getBoundingClientRect().toJSON()")
    assert 0 <= box["top"] < 900


def test_paper_shows_every_proof_and_no_button(post: Page) -> None:
    count = post.run("document.querySelectorAll('dialog').length")
    post.media(kind="print")
    assert post.run(SHOWN) == count
    assert post.run("[...document.querySelectorAll('.proofs button')].filter("
                    "b => b.checkVisibility()).length") == 0  # fmt: skip
    tops = post.run("[...document.querySelectorAll('dialog')].map(d => d.offsetTop)")
    assert tops == sorted(set(tops)), "they stand one below the other"


def test_a_browser_without_pop_ups_shows_a_plain_list(
    browser: Page, showcase: Built, tmp_path: Path
) -> None:
    style = (showcase.folder / "style.css").read_text(encoding="utf-8")
    assert "selector(:popover-open)" in style
    page = (showcase.folder / "everything" / "index.html").read_text(encoding="utf-8")
    for name in ("a", "."):
        (tmp_path / name).mkdir(exist_ok=True)
    old = style.replace("selector(:popover-open)", "selector(:of-another-day)")
    (tmp_path / "style.css").write_text(old, encoding="utf-8")
    (tmp_path / "a" / "index.html").write_text(page.replace("<dialog popover", "<dialog"),
                                               encoding="utf-8")  # fmt: skip
    browser.go((tmp_path / "a" / "index.html").as_uri())
    assert browser.run(SHOWN) == browser.run("document.querySelectorAll('dialog').length") > 0
    assert browser.run("[...document.querySelectorAll('.proofs button')].filter("
                       "b => b.checkVisibility()).length") == 0  # fmt: skip


def test_colours_that_a_user_forces_leave_the_passage_and_the_edges_visible(post: Page) -> None:
    post.media(colours="active")
    post.run("document.getElementById('Mark1').click()")
    border, ground, mark = post.run(
        "(d => [getComputedStyle(d).borderTopWidth, getComputedStyle(d).backgroundColor, "
        "getComputedStyle(d.querySelector('mark')).backgroundColor])"
        "(document.querySelector('dialog:popover-open'))"
    )
    assert float(border.removesuffix("px")) >= 1
    assert mark != ground


def test_what_is_copied_is_the_post_s_own_words(post: Page) -> None:
    copied = post.run(
        "(s => (s.selectAllChildren(document.querySelector('.text > p')), s.toString()))"
        "(getSelection())"
    )
    assert "“had grown up round its harbour”," in copied.replace("\n", " ")
    assert "✓" not in copied


def test_what_is_wide_is_scrolled_by_keys(browser: Page, showcase: Built) -> None:
    browser.size(390, 844)
    browser.go(showcase.post("everything"))
    for kind in (".table", "pre", ".formula"):
        browser.run(f"document.querySelector('{kind}').focus()")
        browser.press("ArrowRight")
        browser.wait(f"document.querySelector('{kind}').scrollLeft > 0")
