"""A rule's page as a terminal shows it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pubtool.cli.page import render_page, title
from pubtool.reporters.columns import columns

PAGE = """\
# Q101: words changed

The post has **other words** than the *source*, and nothing shows it: a reader takes `of` for the
author's own. See [the manual](https://example.org/a_b_c).

## Mend

- Write the source's words; they are the ones that the reader believes to be reading, after all.
- Or mark the change:
  “control [of] another person”.

1. First

| a | b |
|---|---|

```post
The post said “so *much*”.

    indented
```

After.
"""

SHOWN = """\
Q101: words changed

The post has other words than the source, and nothing shows
it: a reader takes `of` for the author's own. See the manual
(https://example.org/a_b_c).

Mend

- Write the source's words; they are the ones that the
  reader believes to be reading, after all.
- Or mark the change: “control [of] another person”.

1. First

| a | b |
|---|---|

  post
    The post said “so *much*”.

        indented

After.
"""


def test_a_page_is_wrapped_its_fences_are_kept_and_its_marks_are_gone() -> None:
    assert render_page(PAGE, width=60, colour=False) == SHOWN


def test_headings_are_bold_where_colours_are_wanted() -> None:
    assert render_page(PAGE, width=60, colour=True).startswith("\x1b[1mQ101: words changed\x1b[0m")


def test_a_page_has_the_title_of_its_first_heading() -> None:
    assert title(PAGE) == "Q101: words changed"
    assert title("no heading") == ""


WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=40)


@given(WORDS, st.integers(20, 90))
def test_paragraphs_keep_their_words_and_the_width(words: list[str], width: int) -> None:
    shown = render_page(" ".join(words), width=width, colour=False)
    assert shown.split() == words
    assert max(map(columns, shown.splitlines())) <= width
