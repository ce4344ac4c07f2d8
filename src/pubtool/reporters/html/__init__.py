"""The report as one page for people: no script, no request, readable on paper and on a phone.

One file that can be sent by mail: its style stands in it, its policy lets nothing else be loaded,
and the filter by verdict is a rule of that style. What is told of a quotation is what the other
forms tell, the words of the post and of the source beside each other.
"""

from __future__ import annotations

from pubtool.reporters.html.page import render_html

__all__ = ["render_html"]
