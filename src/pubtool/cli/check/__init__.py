"""`pubtool check`: verdicts and findings. One module a thing that it does.

`command` has the options and the order of things; `request` is what they ask for; `outcome` is the
exit status; `showing` writes the report.
"""

from __future__ import annotations

from pubtool.cli.check.command import check
from pubtool.cli.check.outcome import status

__all__ = ["check", "status"]
