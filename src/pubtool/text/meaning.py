"""Words on which the sense of a sentence turns: negations, modals, numbers, dates, limits.

The lists are closed classes of English grammar (Huddleston and Pullum 2002, ch. 3, 9 and 8 §6) with
the commonest equivalents of other languages, those left off that English has in another sense
(German ``elf``, French ``cent``); open classes (names) are told by their shape.
"""

from __future__ import annotations

import re

from pubtool.text.patterns import late

NEGATIONS = frozenset(
    "not no never none nor neither nobody nothing nowhere without cannot hardly scarcely "
    "barely seldom rarely ain't aren't can't couldn't didn't doesn't don't hadn't hasn't haven't "
    "isn't mightn't mustn't needn't shan't shouldn't wasn't weren't won't wouldn't "
    "nicht kein keine keinem keinen keiner keines keinerlei nie niemals niemand nichts nirgends "
    "weder ohne kaum schwerlich "
    "ne pas jamais aucun aucune aucunement nul nulle nullement guère rien ni sans "
    "nunca jamás nadie nada ningún ninguno ninguna ningunos ningunas tampoco sin "
    "niet geen geenszins nooit nimmer niemand niets zonder nauwelijks inte ingen inget aldrig utan "
    "ikke aldri ingenting "
    "non mai nessun nessuno nessuna niente nulla né neppure nemmeno neanche senza não ninguém "
    "nenhum nenhuma sem "
    "haud nec neque nemo nihil nullus nullum nullam nullo numquam nunquam minime "
    "nie nikt nikogo nic nigdy żaden żadna żadne ani bez není nikdy nikdo nic žádný "
    "не ни нет никто никого ничто ничего никогда нельзя никакой без ні ніхто ніколи "
    "δεν μην μη όχι χωρίσ değil لا ليس ليست لم لن بدون לא אין בלי 不 没 沒 勿".split()
)
"""Words that deny, by language: English, German, French, Spanish, Dutch and Scandinavian, Italian
and Portuguese, Latin, Polish and Czech, Russian and Ukrainian, Greek, Turkish, Arabic, Hebrew,
Chinese."""

_MODAL_GROUPS = (
    "can could|may might|must|shall should|will would|ought|need|dare|"
    "muss müssen musste mussten müsste müssten|soll sollen sollte sollten|"
    "darf dürfen durfte durften dürfte|kann können konnte konnten könnte könnten|"
    "peut peux peuvent pouvait pouvaient pourra pourront pourrait pourraient puisse puissent|"
    "doit doivent devait devaient devra devront devrait devraient|"
    "puede pueden podía podían podrá podrán podría podrían pudo pueda puedan|"
    "debe deben debía debían deberá deberán debería deberían debió|"
    "może mogą|musi muszą|powinien powinna powinni|należy|"
    "должен должна должно должны|может могут|следует|måste|bör|ska skall|"
    "deve devono debba doveva dovevano dovrà dovranno dovrebbe dovrebbero|"
    "può possono poteva potevano potrà potranno potrebbe potrebbero|"
    "moet moeten moest moesten|mag mogen mocht mochten|kan kunnen kon konden|"
    "zal zullen zou zouden|potest possunt poterat possit possint|debet debent debebat|"
    "licet|oportet|"
    "يجب|يجوز|ينبغي|应 應|须 須|必"
)
_MODAL_KINDS = {
    word: number for number, row in enumerate(_MODAL_GROUPS.split("|")) for word in row.split()
}
MODALS = frozenset(_MODAL_KINDS)


def are_one_modal(one: str, other: str) -> bool:
    """Whether two modal verbs are forms of the same one: *can*, *could*."""
    return _MODAL_KINDS[one] == _MODAL_KINDS[other]


LIMITS = frozenset(
    "only unless except but if solely merely until "
    "nur lediglich ausschliesslich bloss ausser sofern seulement uniquement exclusivement sauf "
    "sólo solamente únicamente exclusivamente excepto somente só apenas "
    "esclusivamente tylko wyłącznie jedynie chyba "
    "только лишь кроме endast bara utom soltanto alleen slechts behalve uitsluitend tantum nisi "
    "إلا فقط 只 仅 僅".split()
)
"""Single words that narrow what a sentence says."""

ONLY = frozenset(
    "only merely solely nur lediglich bloss ausschliesslich seulement uniquement sólo solo "
    "solamente únicamente soltanto apenas só somente alleen slechts uitsluitend tylko wyłącznie "
    "jedynie только лишь endast".split()
)
"""Those that limit a sentence to what stands behind them, Spanish and Italian *solo* among them."""

APPROXIMATIONS = frozenset(
    "almost nearly virtually practically allegedly alleged supposedly supposed purportedly "
    "beinahe nahezu angeblich angebliche angeblichen presque prétendu prétendue prétendument casi "
    "quasi quase supuesto supuesta presunto presunta "
    "bijna nagenoeg vrijwel zogenaamd zogenaamde nästan naesten nesten prawie niemal niemalże omal "
    "rzekomo téměř почти якобы".split()
)
"""Words that take back a part of what they stand before."""

NEGATIVE_PREFIXES = ("in", "un", "non", "dis", "im", "ir", "il", "mis", "anti", "a")
"""Prefixes that turn a word into its contrary."""

_NUMBER_WORDS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty "
    "ninety hundred hundreds thousand thousands million millions billion billions trillion dozen "
    "half quarter third thirds twice once double triple first second fourth fifth sixth seventh "
    "eighth ninth tenth percent "
    "zwei drei vier fünf sechs sieben acht neun zehn zwölf zwanzig dreissig vierzig fünfzig "
    "sechzig siebzig achtzig neunzig hundert tausend zweite zweiten zweiter dritte dritten dritter "
    "deux trois quatre cinq sept huit neuf dix onze douze treize quatorze vingt trente quarante "
    "cinquante soixante mille deuxième troisième quatrième "
    "dos tres cuatro cinco seis siete ocho nueve diez doce veinte treinta cuarenta cincuenta cien "
    "ciento mil segundo segunda tercero tercera "
    "tre quattro cinque sette otto nove dieci dodici venti trenta quaranta cinquanta cento mila "
    "secondo seconda terzo terza "
    "twee drie vijf zes zeven negen tien twaalf twintig dertig veertig vijftig honderd duizend "
    "tweede derde duo duae quattuor quinque septem octo novem decem centum secundus tertius tertia "
    "dwa dwie trzy cztery pięć sześć siedem osiem dziewięć dziesięć sto tysiąc "
    "два две три четыре пять шесть семь восемь девять десять сто тысяча "
    "två tre fyra fem sju åtta nio tio hundra tusen".split()
)
HALVES = frozenset(
    "half quarter third hälfte viertel drittel moitié quart tiers mitad cuarto tercio metà quarto "
    "metade terço helft kwart połowa połowę".split()
)
"""Fractions, before which an article may stand."""
_DATES = frozenset(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday "
    "januar februar märz juni juli oktober dezember "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag "
    "janvier février avril juin juillet août septembre octobre novembre décembre "
    "lundi mardi mercredi jeudi vendredi samedi dimanche "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "lunes martes miércoles jueves viernes sábado domingo "
    "gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre "
    "lunedì martedì mercoledì giovedì venerdì sabato domenica "
    "januari februari maart juni juli augustus december "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()
)
"""Months and days in English, German, French, Spanish, Italian and Dutch, those left off that one
of these has in another sense (German and French ``mai``, French ``mars``)."""

_LIMITS_BY_LANGUAGE = (
    # English; *only* and *alone* limit what they stand behind where the clause ends with them
    r"but(?! also\b)|unless|except(?:ing|\s+(?:that|where|when|for|as))?|"
    r"provided(?:\s+(?:that|however))?|"
    r"provided,? however|however|although|though|save(?:\s+(?:that|where|as|for|in))?|"
    r"only\s+(?:if|when|where|to|in|for)|if and only if|(?:only|alone)(?=\s*(?:[.;,:!?)]|\Z))|"
    r"subject\s+to|without\s+prejudice\s+to|notwithstanding|excluding|other\s+than|"
    r"with\s+the\s+exception|so\s+long\s+as|as\s+long\s+as|insofar\s+as|(?:in\s+)?so\s+far\s+as|"
    r"to\s+the\s+extent\s+that|on\s+condition\s+that|apart\s+from|barring|until|whereas|"
    r"in\s+the\s+absence\s+of|"
    r"while\s+(?:the\s+)?others?",
    # French
    r"sauf|à moins qu[e'’]|à moins de|mais|pourvu qu[e'’]|à condition|sous réserve|hormis|excepté|"
    r"à l['’](?:exception|exclusion)|si ce n['’]est|toutefois|cependant|néanmoins|"
    r"tant qu[e'’]|dans la mesure où|pour autant qu[e'’]|dans les limites|"
    r"sans préjudice|(?:seulement|uniquement)(?=\s)",
    # German
    r"jedoch|aber|außer|sofern|soweit|es sei denn|allerdings|ausgenommen|vorbehaltlich|"
    r"mit (?:der )?(?:Ausnahme|Einschränkung|Maßgabe)|unbeschadet|abgesehen von|vorausgesetzt|"
    r"bis auf|unter der (?:Bedingung|Voraussetzung)|nur|lediglich|wenn nicht|falls nicht|"
    r"solange|insoweit",
    # Spanish and Portuguese
    r"salvo|excepto|exceto|exclu[ií]d[oa]s?|exceptuad[oa]s?|pero|"
    r"a menos que|siempre que|siempre y cuando|con excepción|"
    r"sin perjuicio|sem prejuízo|a no ser que|con tal de que|no obstante|sin embargo|aunque|"
    r"a condición de|con tal que|contanto que|sujeto a|contudo|embora|com exceção",
    # Italian, Dutch
    r"salvo|eccetto|tranne|fuorché|esclus[oaie]|eccettuat[oaie]|"
    r"a meno che|purché|fatt[oaie] salv[oaie]|a condizione che|"
    r"a patto che|finché|nella misura in cui|tuttavia|"
    r"maar|tenzij|behalve|mits|behoudens|echter|met uitzondering|uitgezonderd|"
    r"voor zover|zolang|onverminderd",
    # Polish, Czech, Swedish, Danish and Norwegian
    r"lecz|chyba że|oprócz|prócz|z wyłączeniem|z wyjątkiem|pod warunkiem|o ile|"
    r"z zastrzeżeniem|jednakże|ledaže|s výjimkou|"
    r"avšak|såvida inte|förutsatt att|utom|med undantag|medmindre|med mindre|undtagen|unntatt|"
    r"forutsatt at|forudsat at",
    # Russian
    r"но|однако|кроме|за исключением|при условии|если только|если не|хотя",
)
_END = r"(?:(?<=['’])|(?!\w))"
_LIMITING = late(rf"\b(?:{'|'.join(_LIMITS_BY_LANGUAGE)}){_END}", re.IGNORECASE)
_ALSO_VERBS = frozenset(
    "save provided excepté vorausgesetzt salvo escluso esclusa esclusi escluse eccettuato "
    "eccettuata eccettuati eccettuate excluido excluida excluidos excluidas excluído "
    "excluída excluídos excluídas exceptuado exceptuada exceptuados exceptuadas "
    "uitgezonderd".split()
) | {"bis auf"}
"""Words that begin a limit only where a mark sets them off: *fees provided by the crown*."""

LIMITING_CLAUSE = late(
    r"[\s,;:—–\-()\"'“”‘’]*(?:(?:and|or|und|oder|et|ou|y|o|e)\s+)?("
    rf"{'|'.join(_LIMITS_BY_LANGUAGE)}){_END}",
    re.IGNORECASE,
)
"""The words with which a clause begins that limits what went before."""


CONDITIONAL = late(
    r"(?<!\w)(?:unless|if|even if|only if|only when|provided(?: that)?|except|save|until|"
    r"subject to|so long as|as long as|insofar as|on condition that|in case|in the event|"
    r"assuming|supposing|but for|si|sauf|à moins|pourvu|wenn|falls|sofern|vorausgesetzt|"
    r"a menos|salvo|se|tranne|als|tenzij|indien|jeśli|jeżeli|chyba|o ile|pokud|om|hvis|"
    r"если)(?!\w)",
    re.IGNORECASE,
)
"""Words that say under what condition a clause holds."""

CONDITION = late(rf"(?:\A|[,;(—–]|\b(?:and|but|or)\b)\s*{CONDITIONAL.pattern}", re.IGNORECASE)
"""Such words where a clause begins."""


def limit_at(text: str) -> str:
    """Return the words with which a text goes on to limit what went before; empty if it does not.

    What only limits behind a mark (*fees provided by the crown*) needs one.
    """
    found = LIMITING_CLAUSE.match(text)
    if not found:
        return ""
    limit = found.group(1)
    bare = not any(mark in text[: found.start(1)] for mark in ",;:—–(.")
    return "" if bare and limit.casefold() in _ALSO_VERBS else limit


def limiting_words(text: str) -> str:
    """Return the first words of a text with which a limiting clause begins; empty without any."""
    for found in _LIMITING.finditer(text):
        apart = text[: found.start()].rstrip()[-1:] in (",", ";", "(", "—", "–", "")
        if apart or found.group().casefold() not in _ALSO_VERBS:
            return found.group()
    return ""


def is_negation(folded: str) -> bool:
    """Whether a folded word denies; the marks by which a school book shows long vowels are none."""
    plain = folded if folded.isascii() else folded.translate(_LONG_VOWELS)
    return plain in NEGATIONS or folded.endswith("n't")


_LONG_VOWELS = str.maketrans("āēīōūȳ", "aeiouy")


def is_number(folded: str) -> bool:
    """Whether a folded word is a number, in digits or in words."""
    return any(c.isdigit() for c in folded) or folded in _NUMBER_WORDS


def is_date(folded: str) -> bool:
    """Whether a folded word names a month or a day (``may`` counts as a modal, not as a month)."""
    return folded in _DATES and folded != "may"


def sense(folds: list[str]) -> dict[str, list[str]]:
    """Return, by class, the words among some folds on which the sense turns, in order."""
    classes = {
        "negation": is_negation,
        "number": is_number,
        "date": is_date,
        "modal verb": MODALS.__contains__,
        "limit": LIMITS.__contains__,
    }
    return {
        name: words
        for name, test in classes.items()
        if (words := [fold for fold in folds if test(fold)])
    }
