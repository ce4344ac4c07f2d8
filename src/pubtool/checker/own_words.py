"""Own words: what the author says to have said, thought or imagined, and quotes from nobody.

“Shall we go home?” I asked her; a reader may object, “…”; a “wait and see” attitude. Only the
closest words tell: the first person, or a person who is only imagined, as the subject of a verb of
saying or thinking; or an article before and the name of a manner behind. Anybody else, *the
minister said*, may have said it, and has to be looked up.
"""

from __future__ import annotations

import re

from pubtool.text.patterns import late

_SAID = (
    r"(?:sa(?:y|id)|ask(?:ed)?|answer(?:ed)?|repl(?:y|ied)|t(?:ell|old)|thought|"
    r"wonder(?:ed)?|shout(?:ed)?|whisper(?:ed)?|cr(?:y|ied)|add(?:ed)?|"
    r"object(?:ed)?|call(?:ed)?|mutter(?:ed)?|exclaim(?:ed)?)"
)
_HEARER = (
    r"(?:\s+(?:to\s+)?(?:him|her|them|you|myself|ourselves|it|(?:my|our|his|her|the|an?)\s+\w+))?"
)
_IMAGINED = (
    r"(?:you|one|someone|somebody|anyone|anybody|people|(?:an?|any|some|the|many|most)\s+(?:\w+\s+)?"
    r"(?:readers?|critics?|sceptics?|skeptics?|cynics?|children|child|strangers?|visitors?))"
)
_BEFORE = late(
    rf"(?:\b(?:I|we)\s+(?:\w+ly\s+)?{_SAID}{_HEARER}"
    rf"|\b{_IMAGINED}\s+(?:may|might|could|would|will|can)\s+(?:\w+ly\s+|now\s+|well\s+)?"
    rf"{_SAID}{_HEARER}"
    r"|\bmy\s+(?:\w+\s+){0,2}thoughts?\s+(?:was|is|were)"
    r"|\bas\s+(?:if|though)\s+to\s+say|\bich\s+(?:sagte|fragte|dachte|rief)(?:\s+\w+){0,2})"
    r"\s*[,:]?\s*\W?\Z",
    re.IGNORECASE,
)
_AFTER = late(
    rf"\W{{0,3}}\s*(?:(?:I|we)\s+(?:\w+ly\s+)?{_SAID}\b|{_SAID}\s+(?:I|we)\b"
    r"|(?:sagte|fragte|dachte|rief)\s+ich\b|(?:dis|demandai|pensai|répondis)-je\b)",
    re.IGNORECASE,
)
_SET_BEFORE = late(
    r"\b(?:an?|the|this|that|these|those|such|his|her|its|their|our|my|your|of)\s+\W?\Z",
    re.IGNORECASE,
)
_MANNER = late(
    r"\W?\s(?:attitude|approach|mentality|look|mood|moment|evening|night|day|feeling|kind|sort|type|"
    r"style|spirit|culture|tone|face|vibe|mindset|person|people|thing|button|sign|situation)s?\b"
)


def are_own_words(before: str, after: str) -> bool:
    """Whether the words beside a quotation make it the author's own, or nobody's.

    They are the paragraph's before it and behind it, quotation marks included.
    """
    return bool(
        _BEFORE.search(before)
        or _AFTER.match(after)
        or (_SET_BEFORE.search(before) and _MANNER.match(after))
    )
