"""Forms: whether two English words are one word in another form (buy, bought; argue, argument).

Irregular forms are a closed class (Huddleston and Pullum 2002, ch. 18). Regular ones, and words
derived from one another, are told by a common beginning and endings that English puts behind it.
What an ending turns round (*careless*, *employee*) is for `pubtool.text.contraries`.
"""

from __future__ import annotations

from functools import cache

_IRREGULAR = """
be am is are was were been being|have has had having|do does did done doing|go goes went gone|
arise arose arisen|awake awoke awoken|bear bore borne born|beat beaten|become became|
begin began begun|bend bent|bind bound|bite bit bitten|bleed bled|blow blew blown|
break broke broken|breed bred|bring brought|build built|burn burnt|buy bought|catch caught|
choose chose chosen|cling clung|come came|creep crept|deal dealt|dig dug|draw drew drawn|
dream dreamt|drink drank drunk|drive drove driven driving|dwell dwelt|eat ate eaten|
fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled|fling flung|
fly flew flown flies|forbid forbade forbidden|foresee foresaw foreseen|forget forgot forgotten|
forgive forgave forgiven|forsake forsook forsaken|freeze froze frozen|get got gotten|
give gave given giving|grind ground|grow grew grown|hang hung hanged|hear heard|hide hid hidden|
hold held|keep kept|kneel knelt|know knew known|lay laid|lead led|lean leant|leap leapt|
learn learnt|leave left|lend lent|lie lay lain lying|light lit|lose lost loss|make made making|
mean meant|meet met|mistake mistook mistaken|overcome overcame|oversee oversaw overseen|pay paid|
prove proven|rend rent|ride rode ridden|ring rang rung|rise rose risen|run ran running|saw sawn|
say said|see saw seen|seek sought|sell sold sale|send sent|sew sewn|shake shook shaken|shed|
shine shone|shoot shot|show shown shew shewed shewn|shrink shrank shrunk|sing sang sung|
sink sank sunk|sit sat|slay slew slain|sleep slept|slide slid|sling slung|smell smelt|
smite smote smitten|sow sown|speak spoke spoken spake|spell spelt|spend spent|spin spun|spit spat|
spoil spoilt|spring sprang sprung|stand stood|steal stole stolen|stick stuck|sting stung|
stink stank stunk|stride strode|strike struck stricken|strive strove striven|swear swore sworn|
sweep swept|swell swollen|swim swam swum|swing swung|take took taken taking|teach taught|
tear tore torn|tell told|think thought|thrive throve|throw threw thrown|tread trod trodden|
understand understood|uphold upheld|wake woke woken|wear wore worn|weave wove woven|weep wept|
win won|wind wound|withdraw withdrew withdrawn|withhold withheld|withstand withstood|wring wrung|
write wrote written writing|man men|woman women|child children|foot feet|tooth teeth|goose geese|
mouse mice|louse lice|ox oxen|person people persons|die dice|penny pence pennies|brother brethren|
good well better best|bad ill badly worse worst|far farther further farthest furthest|
old elder eldest older oldest|many much more most|little less least|late later latter last latest|
criterion criteria|phenomenon phenomena|datum data|medium media|analysis analyses|basis bases|
crisis crises|thesis theses|hypothesis hypotheses|index indices|appendix appendices|this these|
that those|a an|live life lives|die dies dead death dying|true truth|long length|strong strength|
wide width|deep depth|high height|choose choice|give gift|speak speech|know knowledge|see sight|
sell sale|believe belief|prove proof|advise advice|grow growth|move motion|can could|may might|
shall should|will would|who whom whose|i me my mine myself|we us our ours ourselves|
he him his himself|she her hers herself|it its itself|they them their theirs themselves|
you your yours yourself yourselves|England English
"""

_INFLECTIONS = frozenset(
    "e s es ed d ing y ies ied ier iest ye ying er ers est en r st ly 's s'".split()
)
_ENDINGS = _INFLECTIONS | frozenset(
    "ily or ors ness iness ment ments ion ions tion tions ation ations ition itions sion sions "
    "al als ally ial ially ic ics ical ically ive ives ively ative atively able ible ably ibly "
    "ability ibility ance ances ence ences ant ants ent ents ancy ency ful fully ism isms ist "
    "ists istic ity ities ous ously ious iously ize izes ized izing ise ises ised ising ization "
    "isation ify ifies ified ifying ened ening dom hood ship ships th ian ians an ans ary ory "
    "ate ates ated ating age ages ure ures t ty ties se ses sive ssion ssions ssive ption "
    "ptions ptive ive de des ded ding ce ces ced cing ction ctions ctive be bes bed bing ve ves "
    "ved ving ms f fs".split()
)
"""What may stand behind the beginning that two forms share, sound changes (decide, decision)
included."""

_BACK = 2
"""Letters of endings that two forms may share as well: *studies*, *studied*."""

_LEAST = 3
_LEAST_DERIVED = 4
"""Letters that two words must share at the front: for an inflection, and for a derived word."""


@cache
def _irregular() -> dict[str, frozenset[int]]:
    places: dict[str, set[int]] = {}
    for number, forms in enumerate(_IRREGULAR.split("|")):
        for form in forms.casefold().split():
            places.setdefault(form, set()).add(number)
    return {form: frozenset(numbers) for form, numbers in places.items()}


def are_forms(one: str, other: str) -> bool:
    """Whether two folded words are forms of one English word, or one is derived from the other."""
    if one == other:
        return True
    if _rows(one) & _rows(other):
        return True
    shared = _shared(one, other)
    for length in range(shared, max(shared - _BACK, _LEAST) - 1, -1):
        ends = (_end(one, length), _end(other, length))
        if all(end in _INFLECTIONS or not end for end in ends):
            return True
        if length >= _LEAST_DERIVED and all(end in _ENDINGS or not end for end in ends):
            return True
    return False


def _rows(word: str) -> frozenset[int]:
    """Return the rows of irregular words in which a word stands, or its plain form: *keeps*."""
    known = _irregular()
    found = known.get(word, frozenset())
    if not found and len(word) > _LEAST:
        plain = word.removesuffix("ing") if word.endswith("ing") else word.removesuffix("s")
        found = known.get(plain, frozenset())
    return found


def _shared(one: str, other: str) -> int:
    """Return how many letters two words share at the front."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _end(word: str, length: int) -> str:
    """Return what stands behind a beginning, a doubled last letter of it left off (*running*)."""
    end = word[length:]
    doubled = end[:1] == word[length - 1] and end[1:] in _INFLECTIONS
    return end[1:] if doubled else end
