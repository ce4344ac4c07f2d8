"""How German speaks of what others said."""

from __future__ import annotations

SAYING = frozenset(
    """antwortet antwortete argumentiert argumentierte behauptet behauptete bemerkt bemerkte
    berichtet berichtete beschreibt beschrieb betont betonte bezeichnet bezeichnete
    definiert definierte erklärt erklärte ergänzt ergänzte erläutert erläuterte erzählt
    erzählte folgert folgerte formuliert formulierte fordert forderte fragt fragte gesagt
    geschrieben heißt hieß konstatiert konstatierte kritisiert kritisierte lautet lautete
    lehrt lehrte meint meinte nennt nannte notiert notierte rief ruft sagt sagte schließt
    schloss schreibt schrieb spricht sprach stellt stellte unterstreicht unterstrich urteilt
    urteilte verlangt verlangte versichert versicherte vermutet vermutete warnt warnte
    wiederholt wiederholte zitiert zitierte""".split()
)
"""Verbs that tie words to whoever is their subject: third person, present and past."""

SPEECH_VERBS = frozenset(
    "sagt sagte fragt fragte antwortet antwortete ruft rief schreibt schrieb meint meinte".split()
)
"""Verbs that bring a person's own words, however few."""

INVERTED = frozenset(
    "schreibt schrieb sagt sagte erklärt erklärte betont betonte meint meinte bemerkt bemerkte "
    "behauptet behauptete argumentiert argumentierte ergänzt ergänzte notiert notierte "
    "konstatiert konstatierte".split()
)
"""Those whose subject may follow ("dazu schreibt Kunze"), and that take no person for an object (a
person is named, asked or answered)."""

BEFORE_INVERTED = frozenset(
    "am an auch auf aus bei beim da dann darauf darin darüber dazu dort ebenso ferner hier hierzu "
    "im in mit nach schließlich so später über um unter vom von vor weiter wie zu zuletzt zum "
    "zur".split()
)
"""What a clause begins with whose verb comes before its subject."""

DENIALS = frozenset("nicht nie niemals kaum kein keine weder".split())
CONJUNCTIONS = frozenset("aber sondern während obwohl weil wenn als denn".split())
ARTICLES = frozenset("der die das den dem des ein eine einer eines".split())

LEADS_TO_SPEAKER = (
    r"laut|gemäß|nach\s+(?:ansicht|auffassung|meinung|angaben|den\s+worten)(?:\s+von)?"
    r"|(?:in|mit)\s+den\s+worten(?:\s+von)?|im\s+wortlaut"
)
"""Phrases that end in whoever the words belong to."""

OBJECT = (
    r"(?:von|mit|gegen|über|für|bei|zu|aus|unter|an|durch|ohne|wie\s+bei)\s+(?:de[mnrs]\s+|die\s+|das\s+)?"
    r"|(?:vom|zum|zur|beim|im|des)\s+"
)
"""What stands before a name that is not the subject: a preposition or a genitive's article."""

TERM_FOLLOWS = r"so\s?genannte[mnrs]?|begriffs?|wort(?:e?s)?|ausdrucks?|schlagworte?s?"
"""Words behind which a term stands."""

CLAUSE = (
    r"\b(?:ich|wir)\s+\w+|\b(?:er|sie|es|man)\s+(?:ist|war|hat|hatte|wird|kann|muss|soll|darf|will)\b"
    r"|\b(?:ist|sind|waren|wird|wurde|werden|muss|müssen|soll|sollen|darf|dürfen|kann|können)\b"
)
"""What a sentence has and a term has not."""

EMPHASIS = r"\bherv(?:orh(?:ebung(?:en)?)?)?\b\.?"
EMPHASIS_ADDED = rf"{EMPHASIS}\s+(?:von\s+mir|durch|d\.|hinzugefügt|nicht\s+im)"
EMPHASIS_OMITTED = rf"{EMPHASIS}[\w ]*(?:weggelassen|getilgt|entfernt)"
_SPELLING = r"(?:(?:recht)?schreibung|schreibweise|orthogra(?:ph|f)ie)"
MODERNISED = (
    rf"\b{_SPELLING}\s+(?:(?:ist|wird|wurde|hier|stillschweigend|behutsam)\s+){{0,3}}modernisiert\b"
    rf"|\b(?:in|mit)\s+(?:heutiger|modernisierter|moderner)\s+{_SPELLING}\b"
)
REMARKS = (
    rf"{EMPHASIS}[^,;]*|(?:eigene\s+)?übersetzung(?:\s+(?:von\s+mir|d\.|des|der))?|{MODERNISED}"
)
"""What an author says of a quotation's form."""
