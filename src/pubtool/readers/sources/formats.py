"""The formats that can be read, in the order in which they are preferred.

What a person wrote out or corrected (text, Markdown) is trusted before what a program extracts
(HTML, PDF).
"""

from __future__ import annotations

DOCUMENTS = (
    *(".tex", ".latex", ".wiki", ".mediawiki", ".docx", ".odt", ".rtf", ".epub"),
    *(".jats", ".nxml", ".xml"),
)
"""What pandoc reads."""

EXTENSIONS = (".txt", ".md", ".markdown", *DOCUMENTS, ".html", ".htm", ".xhtml", ".pdf")
"""File name endings in lower case, the preferred first."""
