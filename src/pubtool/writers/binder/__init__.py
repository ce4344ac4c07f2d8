"""The cite-check binder: each quotation beside the page of its source, for who checks the checker.

Law reviews' cite-checkers and fact-checkers assemble it by hand: what was quoted, what the source
has, where, and the page itself with the passage marked. It is written twice from the same entries,
as a PDF and as one HTML file. The data that stands beside published pages is another thing
(`writers.export.evidence`): that is for programs, and public; this is for a desk.
"""

from pubtool.writers.binder.citing import cite_all
from pubtool.writers.binder.entries import About, Desk, assemble, keys_of
from pubtool.writers.binder.html import render_html
from pubtool.writers.binder.pdf import Press, typeset_binder

__all__ = [
    "About",
    "Desk",
    "Press",
    "assemble",
    "cite_all",
    "keys_of",
    "render_html",
    "typeset_binder",
]
