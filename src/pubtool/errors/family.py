"""What all the faults are that a user can mend."""


class PubtoolError(Exception):
    """A fault that the user can mend; ``str()`` is the sentence."""
