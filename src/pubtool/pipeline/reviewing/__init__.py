"""Reviewing: quotation after quotation, an editor sees what was found out and decides."""
