"""The report as a page, in a real browser: accessible, filtered without a script, and sealed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.devtools import Page
from tests.reporters.conftest import build_report

from pubtool.model import VerdictKind
from pubtool.pipeline import render

RULES = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
SHOWN = "[...document.querySelectorAll('article')].filter(e => e.checkVisibility()).length"


@pytest.fixture
def page(browser: Page, tmp_path: Path) -> Page:
    path = tmp_path / "report.html"
    path.write_text(render(build_report(), "html"), encoding="utf-8")
    browser.command("Log.enable")
    browser.go(path.as_uri())
    return browser


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_sticks_out(
    page: Page, axe: str, width: int, scheme: str
) -> None:
    page.size(width, 900)
    page.media(scheme=scheme)
    page.run(axe)
    assert page.run(f"axe.run({json.dumps(RULES)}).then(r => r.violations.map(v => v.id))") == []
    assert page.run("document.documentElement.scrollWidth") <= width


def test_the_filter_shows_one_verdict_alone(page: Page) -> None:
    counts: dict[VerdictKind, int] = {}
    for verdict in build_report().posts[0].verdicts:
        counts[verdict.kind] = counts.get(verdict.kind, 0) + 1
    assert page.run(SHOWN) == sum(counts.values()) + 3  # and what is in no quotation
    for kind in VerdictKind:
        if kind in counts:
            page.click(f"#show-{kind.value}")
            assert page.run(SHOWN) == counts[kind], kind
    page.click("#show-all")
    assert page.run(SHOWN) == sum(counts.values()) + 3


def test_the_filter_is_reached_by_keyboard(page: Page) -> None:
    page.run("document.querySelector('#show-all').focus()")
    page.press("ArrowRight")
    assert page.run("document.activeElement.id") == "show-to-mend"
    assert page.run(SHOWN) == 6


def test_nothing_is_asked_for_and_no_policy_is_broken(page: Page) -> None:
    requests = {sent["request"]["url"] for sent in page.events("Network.requestWillBeSent")}
    assert len(requests) == 1
    assert page.events("Log.entryAdded") == []
    assert page.run("getComputedStyle(document.querySelector('.q')).borderLeftWidth") == "4px"
    refused = page.run(
        "new Promise(done => { document.addEventListener('securitypolicyviolation', e => "
        "done(e.effectiveDirective)); const i = new Image(); i.src = 'data:image/gif;base64,R0lG'; "
        "document.body.append(i) })"
    )
    assert refused == "img-src"


def test_paper_has_everything_but_the_filter(page: Page) -> None:
    page.click("#show-altered")
    page.media(kind="print")
    assert not page.run("document.querySelector('.filter').checkVisibility()")
    seen = page.run("getComputedStyle(document.querySelector('.post')).contentVisibility")
    assert seen == "visible"
