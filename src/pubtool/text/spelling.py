"""Spelling variants: two ways to write one English word (offence, offense; shewed, showed).

British and American pairs are those of the `breame` package (Apache-2.0), read when first asked
for; it lacks some common words and knows no old spelling, so a short list of our own follows.
"""

from __future__ import annotations

from functools import cache

_OLDER = """
shew show  shewed showed  shewing showing  shewn shown  shews shows  publick public
publickly publicly  musick music  almanack almanac  antient ancient  compleat complete
compleated completed  compleatly completely  chuse choose  chuses chooses  chusing choosing
cloaths clothes  controul control  controuled controlled  croud crowd
crouded crowded  encrease increase  encreased increased  encreasing increasing  intire entire
intirely entirely  expence expense  expences expenses  inclose enclose  inclosed enclosed
inforce enforce  inforced enforced  gaol jail  judgement judgment  judgements judgments
acknowledgement acknowledgment  lanthorn lantern  oeconomy economy  perswade persuade
perswaded persuaded  prophane profane  surprize surprise  surprized surprised  stopt stopped
dropt dropped  untill until  beleeve believe  moneth month  moneths months  murther murder
murthered murdered  vertue virtue  vertues virtues  onely only  sayd said  dayes days
yeares years  selfe self  soule soul  speake speak  thinke think  worke work  olde old
storey story  storeys stories  whisky whiskey  enquiry inquiry
enquiries inquiries  enquire inquire  enquired inquired  burthen burden  burthens burdens
cyder cider  dutchess duchess  gulph gulf  havock havoc  sceptick skeptic  tropick tropic
traffick traffic  rhime rhyme  sirup syrup  smoak smoke  risque risk  waggon wagon
waggons wagons  phantasy fantasy  despatch dispatch
despatched dispatched  connexions connections
""".split()
"""Older and rarer spellings, each before the usual one. None of them is a word of another sense in
today's English (``stile``, ``past``, ``doe`` are, and so are not here)."""

_COMPOUNDS = frozenset(
    """today tomorrow tonight email goodbye midday cooperate cooperated cooperates cooperation
    coordinate coordinated coordination preeminent reelect reelected reelection""".split()
)
"""Words that are written with a hyphen or apart, as one, and in no other sense."""


@cache
def _standard() -> dict[str, str]:
    from breame.data.spelling_constants import BRITISH_ENGLISH_SPELLINGS

    return {**BRITISH_ENGLISH_SPELLINGS, **dict(zip(_OLDER[::2], _OLDER[1::2], strict=True))}


@cache
def standard_spelling(folded: str) -> str:
    """Return the American spelling of a folded word, or the word itself where it has no other."""
    return _standard().get(folded, folded)


def is_variant(one: str, other: str) -> bool:
    """Whether two different folded words are spellings of the same word."""
    return one != other and standard_spelling(one) == standard_spelling(other)


def is_compound(folded: str) -> bool:
    """Whether a word means the same, written as one, with a hyphen or apart."""
    return folded in _COMPOUNDS
