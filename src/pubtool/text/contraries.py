"""Contraries: words that turn a sentence round when one is put for the other.

Prefixes and endings that turn a word are a closed class, and so are words of quantity and
frequency (Huddleston and Pullum 2002, ch. 5 and 19). Opposites are not; the lists here, of English
words, and in `pubtool.text.opposites` have the commonest. What is in neither is no proof that two
words agree.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

from pubtool.text.forms import are_forms
from pubtool.text.meaning import NEGATIVE_PREFIXES
from pubtool.text.opposites import are_opposed, is_opposable

_PREFIXES = """
in de|in ex|im ex|in out|in ef|over under|pre post|pro anti|pro con|inter intra|hyper hypo|
macro micro|en dis|ac dis|as dis|con dis|up down|sub super|a de|at de|bene male|homo hetero|
mono poly|fore after|ante post|extra intra
"""
"""Beginnings that are contrary before the same rest: increase, decrease; import, export."""

_ENDINGS = "er ee|or ee|ful less|able less|y less|ous less|ive less|voll los|haft los|ig los"

_OTHER_PREFIXES = ("on", "des", "dés", "dé", "mal", "mé", "miss")
"""Prefixes that deny in Dutch, Spanish, French and German."""

_OPPOSITES = """
accept reject|accept refuse|admit deny|advance retreat|affirm deny|afraid brave|after before|
agree disagree|alive dead|allow forbid|allow prevent|allow prohibit|allow ban|always never|
ancient modern|and or|answer ask|apart together|appear vanish|approve reject|arrive depart|
arrive leave|ascend descend|assent dissent|attack defend|awake asleep|back front|bad good|
beautiful ugly|begin end|begin finish|begin stop|start stop|start end|start finish|below above|
beneath above|best worst|better worse|big small|bitter sweet|black white|blame praise|bless curse|
bold timid|bottom top|borrow lend|brave cowardly|brief long|bright dark|bright dull|broad narrow|
build destroy|build demolish|buy sell|purchase sell|calm stormy|careful careless|cause prevent|
cause effect|certain doubtful|cheap dear|cheap costly|cheap expensive|clean dirty|clever stupid|
close open|shut open|closed open|cold hot|cold warm|common rare|confirm deny|confirm refute|
continue stop|cool warm|correct wrong|correct incorrect|create destroy|cruel kind|damage repair|
danger safety|dangerous safe|safe unsafe|dark light|dawn dusk|day night|deep shallow|
defeat victory|lose win|loss gain|loss profit|lose gain|loser winner|demand supply|deny grant|
die live|birth death|born died|difficult easy|hard easy|hard soft|dry wet|early late|east west|
eastern western|north south|northern southern|empty full|enemy friend|enter leave|enter exit|
equal unequal|evil good|excellent poor|exclude include|expand contract|expand shrink|
explicit implicit|external internal|inner outer|fail succeed|failure success|fail pass|
faithful faithless|fall rise|drop rise|drop increase|fall increase|fall climb|decline rise|
decline increase|decline grow|decline growth|shrink grow|reduce increase|reduction increase|
reduce raise|lower raise|cut raise|lessen increase|diminish increase|decrease grow|decrease rise|
false true|famous obscure|fast slow|quick slow|fat thin|thick thin|female male|feminine masculine|
few many|fewer more|first last|follow precede|follow lead|former latter|for against|to from|
free captive|free enslaved|freedom slavery|fresh stale|generous mean|gentle rough|give take|
glad sad|guilt innocence|guilty innocent|happy sad|happy miserable|harm benefit|
harmful beneficial|harmful harmless|hate love|heal hurt|heavy light|help hinder|help harm|
hide reveal|hide show|conceal reveal|high low|higher lower|honest dishonest|honour shame|
hope despair|hopeful hopeless|hostile friendly|huge tiny|husband wife|ignorance knowledge|
ignore heed|improve worsen|inside outside|in out|into from|joy sorrow|join leave|join separate|
junior senior|just unjust|keep lose|known unknown|large small|large little|largest smallest|
greater smaller|great small|laugh cry|laugh weep|lawful illegal|legal illegal|leader follower|
left right|legal unlawful|less more|least most|liberty bondage|little much|lock unlock|long short|
loose tight|loud quiet|loyal false|major minor|majority minority|maximum minimum|
natural artificial|near far|necessary needless|negative positive|new old|noise silence|
noisy silent|obey defy|often seldom|often rarely|on off|oppose support|oppose favour|oppose favor|
over under|past future|patient impatient|peace war|permit forbid|permit prohibit|permit prevent|
plaintiff defendant|appellant appellee|buyer seller|creditor debtor|landlord tenant|lessor lessee|
employer employee|teacher pupil|master servant|pleasant painful|pleasure pain|plenty lack|
polite rude|poor rich|poverty wealth|power weakness|praise condemn|present absent|
presence absence|pride humility|proud humble|private public|probable doubtful|problem solution|
promote demote|protect expose|prove disprove|prove refute|pull push|punish reward|pure foul|
question answer|quiet noisy|rapid slow|rational absurd|real imaginary|reckless prudent|
refuse grant|refuse permit|refuse allow|reject adopt|remember forget|remove add|remove keep|
rescue abandon|resist yield|rough smooth|save spend|save waste|sane mad|satisfied discontented|
scarce abundant|secret open|seldom always|send receive|sharp blunt|sick healthy|ill healthy|
simple complex|sink float|sister brother|son daughter|father mother|man woman|men women|boy girl|
king queen|sleep wake|sober drunk|stay leave|strength weakness|strong weak|strengthen weaken|
sunrise sunset|superior inferior|sure doubtful|surplus deficit|surrender resist|
sympathy hostility|tall short|tame wild|temporary permanent|tragedy comedy|trust distrust|
truth lie|truth falsehood|union division|unite divide|upper lower|up down|useful useless|
vacant occupied|vice virtue|victim culprit|violent peaceful|visible hidden|voluntary forced|
wisdom folly|wise foolish|with without|young old|youth age|sometimes always|sometimes never|
optional mandatory|optional compulsory|optional required|required forbidden|acquit convict|
valid void|valid invalid|credit debit|asset liability|endorse condemn|endorse oppose|
praise criticise|praise criticize|defend accuse|success defeat|worsen better|friend foe|
optimism pessimism|optimistic pessimistic|liberal conservative|democracy tyranny|rise sink|
grow dwindle|prosper decline|flourish wither|maintain abolish|keep abolish|introduce abolish|
establish abolish|repeal enact|ratify reject|uphold overturn|uphold overrule|affirm reverse|
grant withhold|include omit|cease continue|cease begin|praised blamed|trusted feared|
cheapest dearest|likely unlikely|possible impossible|little great|little plenty|merit fault|
ever never|yes no|foreign domestic|foreign native|urban rural|rural city|
married single|married unmarried|single double|odd even|raw cooked|ripe unripe|
vertical horizontal|opaque transparent|
rigid flexible|rigid loose|firm loose|tight slack|solid liquid|solid hollow|concave convex|
active passive|rich needy|modest vain|silence speech|obedience rebellion|chaste lewd|
civil military|civil criminal|sacred profane|heaven hell|angel devil|saint sinner|
orthodox heretical|hire dismiss|appoint dismiss|inhale exhale|forward backward|onward backward|
uncle aunt|nephew niece|bride bridegroom|widow widower|prince princess|duke duchess|host guest|
doctor patient|predator prey|ally enemy|ally foe|attract repel|assemble disperse|gather scatter|
deposit withdraw|widen narrow|lengthen shorten|darken brighten|warm chill|heat cool|freeze melt|
freeze thaw|cautious rash|diligent idle|diligent lazy|industrious idle|eager reluctant|
willing reluctant|gradual sudden|gradually suddenly|seldom frequently|rarely frequently|
seldom usually|rarely usually|originally finally|beginning end|dawn sunset|sunrise dusk|
zenith nadir|summit base|frequent rare|numerous few|frequent infrequent|constant variable|
fixed movable|general particular|general special|abstract concrete|theory practice|
amateur professional|lay clerical|barren fertile|sterile fertile|beginner expert|burden relief|
cheerful gloomy|merry sad|merry melancholy|gay grave|courage cowardice|courage fear|defend attack|
delight disgust|despise admire|admire scorn|despise respect|esteem contempt|fortune misfortune|
hasten delay|hurry delay|lofty low|mercy cruelty|merciful cruel|mortal immortal|native foreign|
nobody everybody|none all|never often|never sometimes|nowhere everywhere|pardon punish|
plain ornate|plenty scarcity|abundance scarcity|abundance want|abundance dearth|prohibit require|
rise set|safe perilous|scatter collect|sour sweet|stingy generous|stupid intelligent|tender tough|
tender harsh|thick slender|thaw freeze|tranquil turbulent|vague precise|vague exact|valley hill|
vanquish yield|victor vanquished|winter summer|spring autumn
"""


_QUANTITIES = """
all every each everyone everybody everything always invariably
alle alles jede jeder jedes jeden jedem sämtliche immer stets
tous toutes tout toute chaque chacun chacune toujours todos todas todo toda cada siempre
tutto tutta tutti tutte ogni ognuno sempre elke ieder iedere iedereen altijd altoos
omnis omnes omnia semper wszyscy wszystkie każdy każda każde zawsze|
most majority mostly usually generally meist meiste meisten meistens plupart mayoría
meeste meestal plerique plerumque maioria większość zwykle gewöhnlich gewoonlijk habitualmente|
many much numerous often frequently viele vielen oft häufig beaucoup souvent muchos muchas
molti molte spesso veel vele vaak dikwijls multi multae saepe muitos muitas wielu wiele często|
several some sometimes occasionally somebody someone something einige einigen manche manchmal
zuweilen plusieurs quelques parfois quelquefois algunos algunas varios alcuni alcune talvolta
sommige enkele soms nonnulli interdum alguns algumas niektórzy niektóre kilka czasem czasami|
few fewer minority wenige wenigen pocos pocas pochi poche weinig weinige pauci paucae poucos poucas
nieliczni nieliczne mało|
little|half|both beide beiden ambos ambas|either|any anyone anybody anything|enough
"""
"""Words of how much and how often; those of one group say as much."""


def _pairs(written: str) -> tuple[tuple[str, str], ...]:
    rows = (pair.split() for pair in written.replace("\n", "").split("|"))
    return tuple((one, other) for one, other in rows)


_PREFIX_PAIRS = _pairs(_PREFIXES)
_ENDING_PAIRS = _pairs(_ENDINGS)
_OPPOSED: dict[str, set[str]] = {}
"""By each word that is listed, those that stand second where it stands first."""
for _first, _second in _pairs(_OPPOSITES):
    _OPPOSED.setdefault(_first, set()).add(_second)
    _OPPOSED.setdefault(_second, set())
_GROUPS = {
    word: number for number, row in enumerate(_QUANTITIES.split("|")) for word in row.split()
}
_LEAST_REST = 3
"""Letters that two words must have in common besides a prefix or an ending that turns one."""


def are_contrary(one: str, other: str) -> bool:
    """Whether one of two folded words is the contrary of the other."""
    return _is_turned(one, other) or _is_turned(other, one) or are_opposed(one, other)


def has_contrary(folded: str) -> bool:
    """Whether a folded word, or a form of it, is listed as some other's contrary, or denies one."""
    denies = len(folded) >= _LEAST_DENYING and folded.startswith(_DENYING)
    return denies or _is_listed(folded) or is_opposable(folded)


_DENYING = ("un", "in", "im", "ir", "dis", "non", "on", "nie", "bez")
_LEAST_DENYING = 6
"""Letters of a word that such a beginning may make of another one."""


def _is_turned(one: str, other: str) -> bool:
    return (
        _has_prefix_more(one, other)
        or any(
            one.startswith(first)
            and other.startswith(second)
            and _are_one_rest(one.removeprefix(first), other.removeprefix(second))
            for first, second in _PREFIX_PAIRS
        )
        or any(_end_contrary(one, other, *pair) for pair in _ENDING_PAIRS)
        or any(not _OPPOSED[first].isdisjoint(_listed(other)) for first in _listed(one))
    )


@lru_cache(maxsize=1 << 12)
def _listed(word: str) -> frozenset[str]:
    """Return the words of the list of which a folded word is a form; kept, for it asks them all."""
    return frozenset(each for each in _OPPOSED if are_forms(word, each))


@lru_cache(maxsize=1 << 12)
def _is_listed(word: str) -> bool:
    listed = chain(_OPPOSED, *_OPPOSED.values())
    return any(are_forms(word, each) for each in listed)


def _has_prefix_more(one: str, other: str) -> bool:
    """Whether a word denies another, or a form of it, by its prefix or its ending."""
    if one.endswith("less") and other.startswith(one.removesuffix("less")):
        return not other.endswith("less")
    return any(
        one.startswith(prefix)
        and len(other) >= _LEAST_REST
        and (
            one == prefix + other
            or (len(prefix) > 1 and _are_one_rest(one.removeprefix(prefix), other))
        )
        for prefix in (*NEGATIVE_PREFIXES, *_OTHER_PREFIXES)
    )


def _are_one_rest(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _LEAST_REST and are_forms(one, other)


def _end_contrary(one: str, other: str, first: str, second: str) -> bool:
    """Whether two words have contrary endings behind the same beginning: *lessor*, *lessees*."""
    one, other = one.removesuffix("s"), other.removesuffix("s")
    if not (one.endswith(first) and other.endswith(second)):
        return False
    stem = one.removesuffix(first)
    return len(stem) >= _LEAST_REST and stem == other.removesuffix(second)


def quantities(folds: list[str]) -> list[int]:
    """Return the groups of the words of quantity among some folds, in order."""
    return [_GROUPS[fold] for fold in folds if fold in _GROUPS]
