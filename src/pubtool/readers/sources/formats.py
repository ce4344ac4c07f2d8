"""The formats that can be read, in the order in which they are preferred.

What a person wrote out or corrected (text, Markdown) is trusted before what a program extracts
(HTML, PDF).
"""

from __future__ import annotations

EXTENSIONS = (".txt", ".md", ".markdown", ".html", ".htm", ".pdf")
"""File name endings in lower case, the preferred first."""
