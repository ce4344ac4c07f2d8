"""A report in the forms that people and programs read: one module a form.

Reporters are pure: they are given a `Report` and return the text; writing it is the caller's part.
"""
