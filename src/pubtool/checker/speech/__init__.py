"""Word lists: how prose speaks of what others said, and which apostrophes are no quotation marks.

All that the scanner and the attribution know of a language stands here. The lists of this module
are English, each of the others adds a language: German and French attribute as English does, of
more languages the verbs are known by which a writer interrupts a quotation. A text in any other
language is scanned just as well (the marks' shapes and the spaces round them decide), but its
prose attributes nothing. No list is chosen by a guess at the post's language; all hold together,
so a word that is common in English stands in none of the others.
"""

from __future__ import annotations

import re

from pubtool.checker.speech import french, german, others
from pubtool.text.patterns import late

_ELISIONS = (
    "tis twas twere twill twould til till cause cos cuz bout em er im round neath nuff tween "
    "gainst "
    "fraid nother kay sup n un"
)
LONGEST_ELISION = max(map(len, _ELISIONS.split()))
ELISION = late(rf"(?:{'|'.join(_ELISIONS.split())})\b", re.IGNORECASE)
"""Words that begin with an apostrophe: ’tis, ’em, ’cause."""

DECADE = late(r"\d\d(?:s\b|(?!\d)(?![\w'’]))")
"""What follows the apostrophe of ’90s and of the class of ’68."""

POSSESSIVE = late(r"(?:[sxz]|[a-z]in|\bo|\bth|\bol)$", re.IGNORECASE)
"""Endings before which an apostrophe stands by itself: dogs’, runnin’, o’, ol’."""

SIGNAL = (
    r"(?i:see also|see|cf\.?|compare|vgl\.?|siehe|s\.|so|voir aussi|voir|v\.|cf|véase|vid\.|cfr\.?|"
    r"vedi|zie|jfr\.?|jf\.?|por\.|zob\.|см\.|ср\.|source:|quelle:|fuente:|fonte:)"
)
"""What sends a reader to a source, as a pattern: *see*, *vgl.*"""

_SAYING = """
acknowledge acknowledged acknowledges acknowledging add added adding adds admit admits admitted
admitting affirm affirmed affirms announce announced announces answer answered answers argue
argued argues arguing ask asked asking asks assert asserted asserting asserts call called calling
calls caution cautioned cautions characterise characterised characterises characterize
characterized characterizes claim claimed claiming claims comment commented comments complain
complained complains concede conceded concedes conclude concluded concludes concluding confess
confessed confesses confirm confirmed confirms contend contended contending contends continue
continued continues cried cries cry declare declared declares declaring define defined defines
defining describe described describes describing emphasise emphasised emphasises emphasize
emphasized emphasizes exclaim exclaimed exclaims explain explained explaining explains express
expressed expresses go goes held hold holds insist insisted insisting insists lament lamented
laments maintain maintained maintains mention mentioned mentions murmur murmured murmurs mutter
muttered mutters note noted notes noting object objected objects observe observed observes
observing opine opined opines phrase phrased phrases point pointed pointing points posit posited
posits prescribe prescribed prescribes proclaim proclaimed proclaims promise promised promises
provide provided provides providing put puts putting quip quipped quips read reading reads recall
recalled recalls recite recited recites recognise recognised recognises recognize recognized
recognizes recommend recommended recommends remark remarked remarking remarks replied replies
reply replying report reported reports require required requires respond responded responds said
say saying says shout shouted shouts sigh sighed sighs speak speaking speaks specified specifies
specify spoke state stated states stating stipulate stipulated stipulates stress stressed stresses
stressing suggest suggested suggesting suggests taught teach teaches tell tells termed testified
testifies testify thunder told underline underlined underlines urge urged urges warn warned warns
went whisper whispered whispers wonder wondered wonders write writes writing written wrote
"""
SAYING = frozenset(_SAYING.split()).union(german.SAYING, french.SAYING, *others.SAYING.values())
"""Verbs that tie words to whoever is their subject."""

_WORD = late(r"[^\W\d_]+")

JOINS = late(r"\b(?:and|but|while|whereas|or|that|then)\b\W*(?:\w+\W+){0,2}\Z", re.IGNORECASE)
"""The end of a stretch that leads to words of another clause, not to the rest of an interrupted
one."""


def says(text: str) -> bool:
    """Whether a stretch of prose holds a verb of saying."""
    small = text.lower()
    return any(word in SAYING for word in _WORD.findall(small)) or any(
        verb in small for verb in others.SPACELESS_SAYING
    )


_REMARK = late(
    r"(?:[^,;]*\b)?(?:(?:emphas[ie]s|italics?|stress|boldface|underlining)\s+(?:is\s+|are\s+)?"
    r"(?:\w+\s+)?(?:added|mine|ours|supplied|removed|omitted|in(?:\s+the)?\s+original|original)"
    r"|(?:internal\s+)?(?:citations?|footnotes?|notes?|references?|(?:quotation\s+)?marks?)"
    r"(?:\s+and\s+\w+)?\s+omitted"
    r"|(?:my|our|own|author['’]s)\s+(?:own\s+)?(?:translation|emphasis|italics)"
    r"|translat(?:ion|ed)\s+(?:is\s+)?(?:mine|ours|by\b[^,;]*|added)"
    r"|cleaned\s+up"
    r"|(?:alterations?|brackets?|ellips[ie]s|errors?|spelling|capitali[sz]ation)\s+"
    r"(?:in|added|modernised|modernized|original)(?:\s+(?:the\s+)?original)?"
    rf"|{german.REMARKS}|{french.REMARKS}|{others.EMPHASIS_ADDED})(?:[^,;]*)",
    re.IGNORECASE,
)


def remark(text: str) -> str:
    """Return what a stretch says of a quotation's form: ``emphasis added``; empty if nothing."""
    found = [part.group().strip(" ()[].") for part in _REMARK.finditer(text)]
    return "; ".join(found)


ARTICLES = frozenset(["the", "a", "an"])
DETERMINED = ARTICLES | german.ARTICLES | french.ARTICLES
"""Articles that may stand between a verb and its subject."""
SMALL = frozenset(
    """the a an of on for to in and against with by at from its among between concerning
    regarding""".split()
)
"""Words within a name that are written small."""

QUALIFY = frozenset("on of for to against concerning regarding".split())
"""Prepositions that bring the subject of a work, and not the place where it was made."""

DETERMINERS = ARTICLES | frozenset("this that these those both each every no such its our".split())

WORKS = frozenset(
    """act agreement bill charter code constitution convention covenant declaration decree directive
    guide guidelines handbook judgment judgement law manual memorandum ordinance pact protocol
    recommendation regulation report resolution rules statute treaty""".split()
)
"""Nouns that say what a source is, and by which a text goes on calling it."""

YEAR_BEHIND = late(r"(?:['’]s)?,?\s*[(\[]?\s*((?:1[0-9]|20)\d\d)\b")

TITLE_FOLLOWS = late(
    r"(?:\b(?:article|book|booklet|chapter|column|editorial|entry|essay|film|lecture|monograph|novel"
    r"|paper|piece|poem|post|report|section|series|song|speech|story|study|talk|thesis|tract)"
    r"|\b(?:titled|entitled|headed|headlined))[\s,:]*\Z",
    re.IGNORECASE,
)
"""The end of a stretch of prose behind which a title stands."""

PRONOUNS = frozenset("he she they it we i you one who".split())
CONJUNCTIONS = frozenset(
    "but while whereas although though because since unless if when than".split()
).union(german.CONJUNCTIONS, french.CONJUNCTIONS)
DENY_BEHIND = german.DENIALS | french.DENIALS
"""What denies a verb that it follows: Kunze schreibt nicht, Kunze n’écrit pas."""

DENIALS = frozenset("not never nowhere hardly scarcely neither nor no cannot".split()).union(
    DENY_BEHIND
)

COORDINATED = late(
    r";|\b(?:and|but|while|whereas|yet|though|although|und|aber|et|mais)\s+(?:as\s+)?(?:the\s+)?\Z",
    re.IGNORECASE,
)
"""Between two speakers: the second one does not speak within the first one's words."""

CLAUSE_END = late(
    r";|:\s|[.!?]\s|,\s+(?:and|but|while|whereas|yet|though|although|und|aber|während|et|mais)\b"
)

LEADS_TO_SPEAKER = late(
    r"\b(?:according\s+to|in\s+the\s+(?:words|phrase|language|view|terms)\s+of|to\s+quote|quoting"
    r"|in\s+the\s+wording\s+of|to\s+cite|words\s+of|language\s+of|text\s+of"
    rf"|{german.LEADS_TO_SPEAKER}|{french.LEADS_TO_SPEAKER})"
    rf"\s+(?:\w+\s+){{0,3}}?(?:{french.ELISION})?\Z",
    re.IGNORECASE,
)
"""Phrases that end in whoever the words belong to."""

INVERTED = german.INVERTED | french.INVERTED
BEFORE_INVERTED = german.BEFORE_INVERTED | french.BEFORE_INVERTED
"""Verbs that their subject may follow, and how such a clause begins. English has no such verbs:
"they call the Convention “a dead letter”" are not the Convention's words."""

FOLLOWS_SPEAKER = late(r"\s+zufolge\b", re.IGNORECASE)
"""What stands behind whoever the words belong to: Kunze zufolge."""

DIRECTLY = late(r"\s*(?:\([^()]*\))?[\s,:–—-]*(?:(?:dass|daß|that|que)\s+|qu['’]\s*)?")
"""Between a speaker that follows the verb and the words: ``schreibt Kunze (2010): „…“``."""

SO_HE_SAYS = late(rf"[\s,–—-]*\bso\s+(?:(?:{'|'.join(german.ARTICLES)})\s+)?\Z", re.IGNORECASE)
SO_HE_SAYS_ENDS = late(r"\s*(?:[.,;:!?)(–—]|\Z)")
"""German's „…“, so Kunze: a name between ``so`` and the end of the clause."""

BY = late(r"\b(\w+)\s+(?:\w+ly\s+)?by\s+(?:the\s+)?\Z", re.IGNORECASE)

SOMEBODYS_WORDS = late(
    r"\s*(?:['’]s?)?\s*(?:\w+\s+){0,3}?(?:words|phrase|phrasing|term|terms|formula|formulation|dictum"
    r"|definition|wording|language|description|remark|claim|statement|view|conclusion|verdict"
    r"|article|book|essay|paper|report|text|letter|preamble|article\s+\S+)\b",
    re.IGNORECASE,
)
"""What follows a possessive whose owner the words belong to."""

OBJECT = late(
    r"\b(?:of|about|against|to|with|from|in|on|by|for|under|toward|towards|than|like|unlike)"
    r"\s+(?:the\s+|an?\s+)?\Z"
    rf"|\b(?:{german.OBJECT}|{french.OBJECT})\Z",
    re.IGNORECASE,
)
"""A preposition before a name: it is not the subject of what follows."""

PART_OF = late(
    r"\b(?:articles?|arts?\.|sections?|chapters?|paragraphs?|paras?\.|preamble|text|pages?|recitals?"
    r"|authors?|drafters|clause|annex|title|part|rule|provisions?)\b[^,;]{0,16}?\bof\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
"""A part of a work: what it says, the work says."""

TERM_FOLLOWS = late(
    r"(?:\bso[- ]called|\b(?:people|locals|everyone|everybody|we|I)\s+call(?:ed)?\s+"
    r"(?:it|them|this|that|him|her)(?:\s+(?:the|an?))?|\b(?:the|this|that|a|an|its|word|terms?)\s+(?:terms?|words?|expression"
    r"|notion|concept|label|catchword|buzzword|noun|verb|adjective)|\bterms?|\bwords?"
    rf"|\b(?:{german.TERM_FOLLOWS}|{french.TERM_FOLLOWS}))[\s,:]*\Z",
    re.IGNORECASE,
)
"""The end of a stretch behind which a term stands."""

SPEECH_VERBS = frozenset(
    """said says say replied replies reply answered answers asked asks shouted shouts cried cries
    whispered whispers wrote writes write added adds exclaimed exclaims""".split()
).union(german.SPEECH_VERBS, french.SPEECH_VERBS)
"""Verbs that bring a person's own words, however few."""

_FINITE = late(
    r"(?:\b(?:i|he|she|it|we|they|you)(?:\s+\w+|['’](?:m|s|re|ve|ll|d))|\b(?:is|are|was|were|am|has|have|had"
    r"|do|does|did|will|would|shall|should|can|could|must|may|might)\b|\w+n['’]t\b"
    rf"|{german.CLAUSE}|{french.CLAUSE})",
    re.IGNORECASE,
)


def is_clause(text: str) -> bool:
    """Whether a few words are a sentence or a heading, and not a term."""
    if re.search(r"[!?.:;…\n]", text) or _FINITE.search(text):
        return True
    words = [word for word in _WORD.findall(text) if word.lower() not in SMALL]
    # “Dual criminality” begins with a capital and goes on without: the beginning of something
    return len(words) > 1 and words[0][0].isupper() and not words[-1][0].isupper()


ENUMERATES = late(r"[\s,;]*(?:(?:and|or)\b)?\s*(?:\(\w{1,4}\)|\w{1,3}[.)])\s*", re.IGNORECASE)
"""What stands between the items of a list in running text: ``, and (3)``."""
