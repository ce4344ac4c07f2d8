"""Nouns in, verdicts out. Nothing here reads a file, a clock, the environment or a net."""
