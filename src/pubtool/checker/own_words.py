"""Own words: what the author says to have said, thought or imagined, and quotes from nobody.

“Shall we go home?” I asked her; a reader may object, “…”; a “wait and see” attitude; a question
like “…”; it translates as “…”. Only the closest words tell: the first person, or a person who is
only imagined, as the subject of a verb of saying or thinking; an example, a saying, a gloss or a
label brought as one; or an article before and the name of a manner behind. Of several in a row what
holds of one holds of the others. Anybody else, *the minister said*, may have said it, and has to be
looked up.
"""

from __future__ import annotations

import re

from pubtool.checker import speech
from pubtool.checker.attribution.strangers import last_sentence, says_who
from pubtool.text.patterns import late

_SAID = (
    r"(?:sa(?:y|id)|ask(?:ed)?|answer(?:ed)?|repl(?:y|ied)|t(?:ell|old)|thought|"
    r"wonder(?:ed)?|shout(?:ed)?|whisper(?:ed)?|cr(?:y|ied)|add(?:ed)?|"
    r"object(?:ed)?|call(?:ed)?|mutter(?:ed)?|exclaim(?:ed)?)"
)
_HOW = (
    r"(?:(?:\w+ly|always|often|never|still|just|also|then|once|even|do|did|do\s+not|did\s+not|"
    r"don['’]t|didn['’]t)\s+){0,2}"
)
_HEARER = (
    r"(?:\s+(?:to\s+)?(?:him|her|them|you|myself|ourselves|it|(?:my|our|his|her|the|an?)\s+\w+))?"
)
_IMAGINED = (
    r"(?:you|one|someone|somebody|anyone|anybody|people|(?:an?|any|some|the|many|most)\s+(?:\w+\s+)?"
    r"(?:readers?|critics?|sceptics?|skeptics?|cynics?|children|child|strangers?|visitors?))"
)
_BROUGHT = late(
    r"(?:\b(?:the|an?|your|my|our|another)\s+(?:[a-z]+\s+){0,2}"
    r"(?:answers?|response|reaction|thought|reply|worry|objection)\s+"
    r"(?:is|are|becomes|(?:should|would|might|may|will|could)\s+be)"
    r"|\banswer(?:s|ing)?\s+(?:the|a)\s+question"
    r"|\b(?:people|everyone|everybody|folks)\s+(?:[a-z]+\s+)?(?:say|ask|think)"
    r"|\b(?:or|and|but|then|simply|just)\s+(?:could|can|might|may)\s+(?:just\s+|simply\s+)?say"
    r"|\b(?:something|anything|things?|phrases?|questions?|titles?|sentences?|requests?|excuses?|"
    r"inquiries|names?|labels?)\s+(?:like|such\s+as|along\s+the\s+lines\s+of)"
    r"|\b(?:it['’]s|it\s+is)\s+no\s+longer|\binstead\s+of|\b(?:equivalent|variation)\s+(?:of|on)"
    r"|\b(?:the|an?|that|old)\s+(?:[\w-]+\s+){0,2}(?:adage|saying|proverb|clich[eé]|maxim|truism|"
    r"platitude|mantra|catchphrase)(?:\s+(?:that|goes|is|of))?)"
    r"\s*[,:]?\s*\W?\Z",
    re.IGNORECASE,
)
"""What brings words as supposed, as an example, as what nobody need say, or as a saying."""
_NAMED = late(r"(?<=[\w,;:’']\s)(?!I\b)[A-Z]")
"""A name in a sentence: whoever it is may have said the words."""
_SHOWN = (
    r"\btranslat(?:es?|ed|ing)\s+(?:roughly\s+|loosely\s+|literally\s+)?(?:as|to|into)|\bliterally"
    r"|\bshort\s+for|\blabell?ed|\bgoogl(?:ed|ing)|\bsearch(?:ed|ing)\s+(?:\w+\s+)?for"
    r"|\bclick(?:s|ed|ing)?(?:\s+on)?|\b(?:error|warning|confirmation)\s+message"
    r"|\b(?:search\s+)?query|\b(?:button|menu|checkbox|bumper\s+sticker|hashtag|subject\s+line)"
)
"""What brings the meaning of a word of another language, or the words on a button."""
_BEFORE = late(
    rf"(?:\b(?:I|we)\s+{_HOW}(?:{_SAID}{_HEARER}|think|meant?)|\byou\s+think"
    rf"|\b{_IMAGINED}\s+(?:may|might|could|would|will|can)\s+(?:\w+ly\s+|now\s+|well\s+)?"
    rf"{_SAID}{_HEARER}"
    r"|\bmy\s+(?:\w+\s+){0,2}thoughts?\s+(?:was|is|were)"
    rf"|{_SHOWN}"
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
    r"\b(?:an?(?:\s+(?:very|rather|typical|real|classic|bit\s+of\s+an?))?|the|this|that|these|those|such|"
    r"his|her|its|their|our|my|your|of)\s+\W?\Z",
    re.IGNORECASE,
)
_MANNER = late(
    r"\W?\s(?:attitude|approach|mentality|look|mood|moment|evening|night|day|feeling|kind|sort|type|"
    r"style|spirit|culture|tone|face|vibe|mindset|person|people|thing|button|sign|situation|"
    r"rant|meeting|request|menu|tab|checkbox|option|link|(?:bumper\s+)?sticker|meme|joke|trope|"
    r"crowd|camp|argument|problem|excuse|game|principle|rule|thinker|stance|manifesto|level|logic|"
    r"strategy|philosophy|ethos|talk|conversation)s?\b"
)
_TYPE = late(r"\W?[\s-](?:type|style)\b|\W?\s(?:kinds?|sorts?|types?)\s+of\b")
_SIBLING_BEFORE = late(
    r"[\"“‘«„]([^\"“”«»„\n]{1,160})[\"”’»“],?\s*(?:,\s*)?(?:(?:and|or|but)\s+)?(?=\W?\Z)"
)
_SIBLING_AFTER = late(
    r"\A\W?,?\s*(?:,\s*)?(?:(?:and|or)\s+)?[\"“‘«„]([^\"“”«»„\n]{1,160})(?=[\"”’»“])"
)
"""Another one, quoted just before or just behind, with nothing or a mere *and* between."""

_MOST_SIBLINGS = 4


def are_own_words(before: str, after: str) -> bool:
    """Whether the words beside a quotation make it the author's own, or nobody's.

    They are the paragraph's before it and behind it, quotation marks included.
    """
    befores, afters = [before], [after]
    for _ in range(_MOST_SIBLINGS):
        one, other = _SIBLING_BEFORE.search(befores[-1]), _SIBLING_AFTER.match(afters[-1])
        befores += [befores[-1][: one.start()]] if one else []
        afters += [afters[-1][other.end() :]] if other else []
    return any(_BEFORE.search(text) or _is_brought(text) for text in befores) or any(
        _AFTER.match(text)
        or _TYPE.match(text)
        or (_MANNER.match(text) and _SET_BEFORE.search(befores[-1]))
        for text in afters
    )


def _is_brought(before: str) -> bool:
    """Whether a sentence brings words as nobody's, and has the name of nobody who said them."""
    sentence = last_sentence(before)
    brought = _BROUGHT.search(sentence)
    somebody = _NAMED.search(sentence) or says_who(sentence) or _somebody_says(sentence)
    return bool(brought) and not somebody


def _somebody_says(sentence: str) -> bool:
    """Whether a sentence tells what a person without a name says: *the minister asks*."""
    words = sentence.lower().split()
    return any(
        word in speech.SAYING
        and (word.endswith(("s", "d")) or word == "wrote")
        and not speech.DETERMINERS.isdisjoint(words[max(at - 3, 0) : max(at - 1, 0)])
        for at, word in enumerate(words)
    )
