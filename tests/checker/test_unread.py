"""Quotations in the front matter: the finding is at their words, as YAML may write them."""

from __future__ import annotations

import pytest

from pubtool.checker.unread import unread_quotations
from pubtool.readers.post import read_post
from pubtool.system.pandoc import Pandoc


@pytest.mark.parametrize(
    ("front", "marked"),
    [
        ("excerpt: He says “the lamp is lit”.", "“the lamp is lit”"),
        ("excerpt: >\n  He says “the lamp\n  is lit” twice.", "“the lamp\n  is lit”"),
        ("excerpt: |-\n  He says “the lamp\n  is lit”.", "“the lamp\n  is lit”"),
        ('excerpt: "He says “the lamp \\\n  is lit”."', "“the lamp \\\n  is lit”"),
        ('"excerpt": He says “the lamp is lit”.', "“the lamp is lit”"),
        ("title: Of “the lamp is lit”\nexcerpt: “the lamp is lit”", "“the lamp is lit”"),
        ('excerpt: "He says \\u201cthe lamp is lit\\u201d."', "excerpt"),
    ],
)
def test_a_quotation_in_the_front_matter_is_found_where_it_stands(
    front: str, marked: str, pandoc: Pandoc
) -> None:
    text = f"---\n{front}\n---\n\nNo words of the lamp is lit.\n"
    post = read_post("posts/a.md", text, pandoc.parse(text, "posts/a.md"))
    [finding] = unread_quotations(post, [])
    assert text[finding.span.start : finding.span.end].startswith(marked)
    assert finding.span.start >= text.index("excerpt")
