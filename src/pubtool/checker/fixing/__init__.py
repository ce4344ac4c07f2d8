"""Fixes: the edits of a post's file that would mend a finding, and whether they are safe.

A fix is safe where nobody need be asked: it gives the source's own few words back, at a place that
is certain, and nothing turns on them (`certainty`). Every other one is offered, and says why.
"""

from pubtool.checker.fixing.citing import cite_source, give_locator
from pubtool.checker.fixing.wording import mark_omission, show_cut, use_marks, use_source

__all__ = ["cite_source", "give_locator", "mark_omission", "show_cut", "use_marks", "use_source"]
