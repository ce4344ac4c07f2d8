"""The audit: quotations that passed are misquoted on purpose, to see whether that is noticed.

Mutation testing (DeMillo, Lipton and Sayward 1978) of a project's own quotations: a mutant that
passes shows what kind of misquotation would pass here. Nothing is left to chance: what is changed
follows from the quotation's id.
"""
