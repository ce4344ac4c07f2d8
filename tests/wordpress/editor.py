"""The block editor of a site in a browser: what a blogger sees on opening a post."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.devtools import Page
from tests.wordpress.site import Site

READY = """window.wp?.data?.select('core/editor')?.__unstableIsEditorReady?.()
  && document.querySelector('.editor-visual-editor, .edit-post-visual-editor')"""
SETTLE = "new Promise((done) => setTimeout(() => requestIdleCallback(done), 500))"
"""The editor numbers notes and the like only after it has drawn, and may call the post changed."""
LOOK = """(() => {
  const flat = (blocks) => blocks.flatMap((block) => [block, ...flat(block.innerBlocks)]);
  const blocks = flat(wp.data.select('core/block-editor').getBlocks());
  const frame = document.querySelector('iframe[name="editor-canvas"]');
  const canvas = frame?.contentDocument ?? document;
  return {
    blocks: blocks.map((block) => block.name),
    invalid: blocks.filter((block) => !block.isValid).map((block) => block.originalContent),
    shown: canvas.querySelectorAll('[data-block]').length,
    warnings: [...canvas.querySelectorAll('.block-editor-warning')].map((one) => one.textContent),
    complaints: wp.data.select('core/notices').getNotices()
      .filter((notice) => ['error', 'warning'].includes(notice.status))
      .map((notice) => notice.content),
    dirty: wp.data.select('core/editor').isEditedPostDirty(),
  };
})()"""


@dataclass(frozen=True, slots=True)
class Opened:
    """A post as the editor shows it."""

    blocks: tuple[str, ...]
    """Names, those inside others after them."""
    invalid: tuple[str, ...]
    """The HTML of those that the editor does not take as its own."""
    shown: int
    """How many blocks are drawn."""
    warnings: tuple[str, ...]
    """What the editor says in the place of a block."""
    complaints: tuple[str, ...]
    """What it says is wrong with the post."""
    dirty: bool
    """Whether it holds that something was changed."""


def log_in(page: Page, site: Site) -> None:
    """Log in as the administrator, by the form."""
    page.go(f"{site.url}/wp-login.php")
    name, password = json.dumps(site.user), json.dumps(site.login)
    page.submit(
        f"document.querySelector('#user_login').value = {name};"
        f"document.querySelector('#user_pass').value = {password};"
        "document.querySelector('#loginform').submit()"
    )
    page.wait("document.querySelector('#wpadminbar')")


def open_post(page: Page, site: Site, post: int) -> Opened:
    """Open a post in the block editor, with the guide for new users put away."""
    page.go(f"{site.url}/wp-admin/post.php?post={post}&action=edit")
    page.wait(READY)
    for scope in ("core", "core/edit-post"):
        page.run(f"wp.data.dispatch('core/preferences').set('{scope}', 'welcomeGuide', false)")
    page.wait(f"{LOOK}.shown > 0")
    page.run(SETTLE)
    return look(page)


def look(page: Page) -> Opened:
    said: dict[str, Any] = page.run(LOOK)
    return Opened(
        blocks=tuple(said["blocks"]),
        invalid=tuple(said["invalid"]),
        shown=said["shown"],
        warnings=tuple(said["warnings"]),
        complaints=tuple(said["complaints"]),
        dirty=said["dirty"],
    )


def save(page: Page) -> None:
    """Save the post, as its button does."""
    page.run("wp.data.dispatch('core/editor').savePost()")
    assert page.run("wp.data.select('core/editor').didPostSaveRequestSucceed()")


def add_paragraph(page: Page, text: str) -> None:
    """Write a paragraph at the end, as a blogger would."""
    page.run(
        "wp.data.dispatch('core/block-editor').insertBlock("
        f"wp.blocks.createBlock('core/paragraph', {{content: {json.dumps(text)}}}))"
    )
    page.wait("wp.data.select('core/editor').isEditedPostDirty()")
