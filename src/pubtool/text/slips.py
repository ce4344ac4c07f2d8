"""Slips: words that writers mark with [sic] although a dictionary has them.

The classes are closed lists of English: agreement, confusables and old forms after Fowler (Modern
English Usage), Chicago 5.250 and 5.254-60 (troublesome words, bias), Huddleston and Pullum 2002,
ch. 18 (inflection). A word of them proves no slip; it is one that may be a slip.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from pubtool.text.languages import is_function_word
from pubtool.text.meaning import is_date, is_number
from pubtool.text.spelling import has_variant

_AGREEMENT = frozenset(
    "am is are was were be been being has have had do does did done don't doesn't isn't aren't "
    "wasn't weren't hasn't haven't ain't i me myself we us ourselves they them themselves their "
    "theirs who whom whose which these those it its a an less fewer many much amount "
    "number there here saw seen came come went gone gave given took taken ran run "
    "drank drunk began begun rang rung sang sung swam swum wrote written broke broken spoke spoken "
    "lay laid lie lies lain laying lying sit set sat rise raise rose raised good well bad badly "
    "real really like as data datum media medium criteria criterion phenomena "
    "phenomenon strata stratum alumni alumnus alumna bacteria bacterium".split()
)
_GENDERED = frozenset(
    "he him his himself she her hers herself man men woman women mankind manhood boy boys girl "
    "girls lady ladies gentleman gentlemen brethren brother brothers sister sisters son sons "
    "daughter daughters father fathers mother mothers forefathers master masters mistress "
    "housewife housewives layman laymen".split()
)
_CONFUSED = frozenset(
    "its it's their there they're theirs there's your you're yore then than to too two of off "
    "whose who's affect affects affected affecting effect effects effected effecting lose loose "
    "loses looses losing loosing principal principals principle principles accept except accepted "
    "excepted adverse averse advice advise advised adviser allude elude alluded eluded allusion "
    "illusion altar alter altars alters altogether already alright always all ascent assent aural "
    "oral bare bear bated baited berth birth born borne boarder border brake break breach breech "
    "breath breathe bridal bridle broach brooch callous callus cannon canon canvas canvass capital "
    "capitol carat caret censor censure sensor cession session chord cord cite site sight cited "
    "sited sighted climactic climatic coarse course complement complements compliment compliments "
    "complementary complimentary comprise comprised comprises compose composed continual "
    "continuous council councils counsel counsels councillor counsellor credible creditable "
    "credulous currant current decent descent dissent defuse diffuse dependant dependent desert "
    "deserts dessert desserts discreet discrete disinterested uninterested dual duel dyeing dying "
    "elicit illicit emigrate immigrate emigrant immigrant eminent imminent immanent ensure insure "
    "assure ensured insured envelop envelope exalt exult exercise exorcise fair fare farther "
    "further faze phase fazed phased flair flare flaunt flout flaunted flouted flounder founder "
    "forbear forebear forego forgo foregoing foreword forward forth fourth formally formerly "
    "fortuitous fortunate foul fowl gait gate gild guild gilt guilt gorilla guerrilla grate great "
    "grisly grizzly hale hail hangar hanger hanged hung hear here heard herd hoard horde hole "
    "whole human humane idle idol idyll imply infer implied inferred incidence incidents ingenious "
    "ingenuous insight incite instance instants intense intents intensive isle aisle judicial "
    "judicious knew new know no now lead led leased least lessen lesson liable libel lightening "
    "lightning load lode loath loathe luxuriant luxurious mantel mantle marshal martial meat meet "
    "mete medal meddle metal mettle militate mitigate miner minor moral morale moot mute naval "
    "navel ordinance ordnance pail pale pain pane pair pare pear palate palette pallet passed past "
    "patience patients peace piece peak peek pique pedal peddle persecute prosecute personal "
    "personnel plain plane pole poll poor pore pour practice practise pray prey precede proceed "
    "preceding proceeding precedence precedents prescribe proscribe presence presents prophecy "
    "prophesy quiet quite rain reign rein raise raze rap wrap reek wreak respectfully respectively "
    "retch wretch right rite write riffle rifle role roll root route rout sail sale scene seen sea "
    "see seam seem serf surf shear sheer shone shown slay sleigh soar sore sole soul some sum son "
    "sun stair stare stake steak stalactite stalagmite stationary stationery statue statute "
    "stature steal steel storey story straight strait straightened straitened straits suit suite "
    "tail tale taught taut team teem tenant tenet threw through thorough throne thrown tide tied "
    "timber timbre tortuous torturous track tract troop troupe vain vane vein venal venial verses "
    "versus vial vile vice vise viscous vicious waist waste wait weight waive wave waived waver "
    "waiver ware wear where were we're way weigh weak week weather wether whether wet whet which "
    "witch wont won't wood would wreath wreathe yoke yolk maybe everyday anyone someone everyone "
    "anymore into onto sometime sometimes awhile anyway irregardless regardless hopefully "
    "literally could've should've would've unique ect ole".split()
)
_COMMON = frozenset(
    "which who whom whose these those there their they them we us me i it a an where were was is "
    "are am be been being has have had do does did done seen gone come came went gave given took "
    "taken would as like good well great right number many much to two of off than then its all no "
    "know now new here some sum one whole whether wait when weather".split()
)
"""Words of the lists above that are so common that only their neighbours make them odd."""

_SINGULAR_VERBS = frozenset("was is has does".split())
_PLURAL_VERBS = frozenset("were are have do".split())
_VERBS = _SINGULAR_VERBS | _PLURAL_VERBS | frozenset("will can may must shall had".split())
_FINITE = (
    _SINGULAR_VERBS | _PLURAL_VERBS - {"do"} | frozenset("am came went gave took would".split())
)
_ARTICLES = frozenset({"a", "an", "the"})
_WITH_PLURAL = frozenset("we you they these those them".split())
_NEVER_PLURAL = frozenset("this his its thus was has is does as us yes always perhaps".split())
_SUBJECTS = frozenset("i we you they he she it".split())
_PARTICIPLES = frozenset("been done seen gone given taken come".split())
_PREPOSITIONS = frozenset("in of to for with on by from at into under over".split())
_COMPARED = frozenset("more less rather other".split())
_TOO = frozenset("much many late soon little few far".split())
_PERFECT = frozenset("could should would might must may".split())
_APART = frozenset(
    "can not|every day|any one|some one|every one|may be|all ready|all together|all right|in to|"
    "on to|some times|some time|any way|any more|a while|a lot|in deed|with out|through out|"
    "him self|her self|them selves|to day|to morrow|to night|up on|there fore|never the".split("|")
)
"""Two words that are also written as one, or were."""

_OLD = frozenset(
    "thee thou thy thine ye hath doth dost hast hadst didst wast wert art shalt wilt wouldst "
    "couldst shouldst canst mayest mayst goest knowest sayest hither thither whither hence thence "
    "whence wherefore whereof whereon whosoever betwixt amongst whilst unto ere oft nay yea verily "
    "begat spake brake bare sware clave builded shew shews shewed shewn shewing chuse chused gaol "
    "connexion reflexion inflexion publick musick logick physick antient controul surprize "
    "compleat cloaths ecstacy extacy encrease encreased enquire enquiry gypsey hast holpen an' o' "
    "gonna wanna gotta outta kinda sorta dunno lemme gimme yer ya yo ole feller fella nuthin' "
    "nothin' somethin' them's tis 'tis twas 'twas y'all yous lotta musta cuz cos till til thru tho "
    "altho nite lite learnt burnt spelt dreamt leapt".split()
)


def may_be_slip(
    words: list[str], at: int, is_word: Callable[[str], bool], *, is_usual: bool
) -> bool:
    """Whether a writer may have marked one of some folded words, though it is a word of English.

    `is_word` tells whether a fold is one, `is_usual` whether its text has it elsewhere too behind
    the same word, and before the same: then it is not taken there for another word. The words round
    it count: a doubled one, *of* for *have*, and a noun or a verb that does not agree with the word
    before it.
    """
    word = words[at]
    before = words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    return (
        word in (before, after)
        or (word in (_AGREEMENT | _CONFUSED) - _COMMON and not is_usual)
        or (word in _COMMON and _is_odd_beside(before, word, after, is_word))
        or (word == "of" and before in _PERFECT)
        or word in _GENDERED | _OLD
        or is_number(word)
        or is_date(word)
        or _is_formed(word)
        or (not is_usual and _has_twin(word, is_word))
        or (not (is_usual or word in _COMMON) and _has_letters_exchanged(word, is_word))
        or (word.endswith("eth") and len(word) > 5 and any(map(is_word, (word[:-3], word[:-2]))))
        or f"{before} {word}" in _APART
        or f"{word} {after}" in _APART
        or _disagrees(before, word, is_word)
    )


def _is_odd_beside(before: str, word: str, after: str, is_word: Callable[[str], bool]) -> bool:
    """Whether one of the commonest words is odd beside its neighbours, for another or by its form.

    So common a word says nothing by itself: most that stand in a text are right.
    """
    plural = before in _WITH_PLURAL or (
        before.endswith("s") and not before.endswith("ss") and is_word(before[:-1])
    )
    return (
        (word in _SINGULAR_VERBS and plural and before not in _NEVER_PLURAL)
        or (word in _PLURAL_VERBS and before in _WITH_S | {"this"})
        or (word in _PARTICIPLES and before in _SUBJECTS)
        or (word in {"i", "we", "they", "who"} and before in _PREPOSITIONS | {"between"})
        or (word == "them" and is_word(after) and not is_function_word(after))
        or (word == "their" and after in _VERBS)
        or (word in _FINITE and before in _ARTICLES)
        or (word == "there" and before in _PREPOSITIONS and not is_function_word(after))
        or (word == "then" and (before in _COMPARED or before.endswith("er")))
        or (word == "to" and after in _TOO)
        or (word == "its" and after in {"a", "an", "the", "not", "been"})
    )


def _is_formed(word: str) -> bool:
    """Whether a word's own form is one that is marked: an apostrophe, a variant, a gendered end."""
    gendered = len(word) > 5 and word.endswith(("man", "men", "manship", "boy", "girl"))
    return "'" in word or has_variant(word) or gendered


_TWINS = tuple(
    (one, other)
    for pair in (("ary", "ery"), ("ant", "ent"), ("ance", "ence"), ("able", "ible"))
    for one, other in (pair, pair[::-1])
)


def _has_twin(word: str, is_word: Callable[[str], bool]) -> bool:
    """Whether another ending that sounds alike makes another word: *confectionary*, *-ery*."""
    return any(
        word.endswith(one) and is_word(word.removesuffix(one) + other) for one, other in _TWINS
    )


def _has_letters_exchanged(word: str, is_word: Callable[[str], bool]) -> bool:
    """Whether two letters' exchange makes another word (*sliver*, *causal*), past the first letter.

    It is the commonest slip of the fingers.
    """
    pairs = enumerate(pairwise(word))
    exchanged = (word[:n] + b + a + word[n + 2 :] for n, (a, b) in pairs if n and a != b)
    return len(word) > 3 and any(map(is_word, exchanged))


_ONE = frozenset("a an this that each every another one either neither".split())
_MORE = frozenset("these those many few several both various two three four five six seven".split())
_WITH_S = frozenset("he she it".split())
_WITHOUT_S = frozenset("i we you they".split()) | _PERFECT | {"can", "shall", "will", "to"}


def _disagrees(before: str, word: str, is_word: Callable[[str], bool]) -> bool:
    """Whether a word's number is not that of the word before: ``three ship``, ``he walk``.

    A noun is not told from a verb, nor an irregular form from a base; the doubt is the writer's.
    """
    plural = word.endswith("s") and not word.endswith("ss") and is_word(word[:-1])
    single = not word.endswith("s") and is_word(f"{word}s")
    if before in _ONE or before in _WITHOUT_S:
        return plural
    return single and (before in _MORE or before in _WITH_S or (before.isdigit() and before != "1"))
