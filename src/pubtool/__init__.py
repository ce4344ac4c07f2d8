"""Checks every quotation of a post against its source, then publishes what passed."""

__version__ = "0.1.0"
