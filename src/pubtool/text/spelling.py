"""Spelling variants: two ways to write one English word (offence, offense; shewed, showed).

British and American pairs are those of the `breame` package (Apache-2.0), read when first asked
for; it lacks some common words and knows no old spelling, so a short list of our own follows. Slips
(recieve) are no variants and are listed apart.
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


_SLIPS = """
recieve receive  recieved received  recieves receives  recieving receiving  seperate separate
seperated separated  seperately separately  seperation separation  occured occurred
occurence occurrence  occurences occurrences  occuring occurring  teh the  hte the  adn and
taht that  thier their  whcih which  definately definitely  beleive believe  beleived believed
accomodate accommodate  accomodation accommodation  acheive achieve  acheived achieved
acheivement achievement  arguement argument  begining beginning  commited committed
commitee committee  comittee committee  concious conscious  consistant consistent
existance existence  foriegn foreign  goverment government  grammer grammar  harrass harass
harrassment harassment  immediatly immediately  independant independent  knowlege knowledge
liason liaison  maintainance maintenance  neccessary necessary  necesary necessary
noticable noticeable  ocassion occasion  occassion occasion  persistant persistent
posession possession  priviledge privilege  privelege privilege  publically publicly
reccomend recommend  recomend recommend  refered referred  refering referring
relevent relevant  religous religious  resistence resistance  sieze seize  similiar similar
succesful successful  successfull successful  sucessful successful  suprise surprise
tommorow tomorrow  tommorrow tomorrow  transfered transferred  truely truly  tyrany tyranny
unforseen unforeseen  unfortunatly unfortunately  wierd weird  withold withhold
writting writing
""".split()
"""The commonest slips in print and typing, each before the word that is meant. No slip is a word,
and none could mean another one (``calender``, ``wich`` and ``form`` could)."""

_CORRECTED = dict(zip(_SLIPS[::2], _SLIPS[1::2], strict=True))


@cache
def _american() -> dict[str, str]:
    from breame.data.spelling_constants import BRITISH_ENGLISH_SPELLINGS

    return dict(BRITISH_ENGLISH_SPELLINGS)


@cache
def _standard() -> dict[str, str]:
    return {**_american(), **dict(zip(_OLDER[::2], _OLDER[1::2], strict=True))}


@cache
def standard_spelling(folded: str) -> str:
    """Return the American spelling of a folded word, or the word itself where it has no other."""
    return _standard().get(folded, folded)


def is_variant(one: str, other: str) -> bool:
    """Whether two different folded words are spellings of the same word."""
    return one != other and standard_spelling(one) == standard_spelling(other)


_ELIDED = frozenset(
    "l d qu j m t s c jusqu lorsqu puisqu quoiqu un dell all dall nell sull quest quell v".split()
)
"""Words of French and Italian that lose their vowel before another; *n'* is not one of these here,
since it denies what follows."""


def ends_elided(text: str) -> bool:
    """Whether a text ends in such a word, *n* among them: what an apostrophe stands behind."""
    last = text.split()[-1:] if text and not text[-1].isspace() else []
    return bool(last) and last[0].rpartition("(")[2].lower() in {*_ELIDED, "n"}


def is_behind_elision(word: str, written: str) -> bool:
    """Whether a folded word is what an elided one stands before: *esprit* in *l'esprit*."""
    elided, apostrophe, rest = written.partition("'")
    return bool(apostrophe) and rest == word and elided in _ELIDED


def is_slip(written: str, meant: str) -> bool:
    """Whether a folded word is an obvious slip for another."""
    return _CORRECTED.get(written) == meant


def is_compound(folded: str) -> bool:
    """Whether a word means the same, written as one, with a hyphen or apart."""
    return folded in _COMPOUNDS


def has_variant(folded: str) -> bool:
    """Whether a folded English word has another spelling today, on the other side of the ocean."""
    return folded in _american() or folded in _british()


@cache
def _british() -> frozenset[str]:
    return frozenset(_american().values())
