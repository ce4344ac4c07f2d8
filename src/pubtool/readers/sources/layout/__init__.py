"""Printed pages: from lines and where they stand on paper to running text and its furniture."""

from pubtool.readers.sources.layout.running_text import lay_out

__all__ = ["lay_out"]
