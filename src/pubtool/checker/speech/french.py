"""How French speaks of what others said."""

from __future__ import annotations

SAYING = frozenset(
    """affirme affirma affirmait ajoute ajouta annonce annonça assure assura avance avertit
    conclut confirme constate constata crie cria déclare déclara déclarait définit demande
    demanda dit disait dénonce écrit écrivit écrivait enseigne énonce estime estima estimait
    explique expliqua expliquait insiste insista juge jugea note nota observe observa
    précise précisa proclame proclama prétend raconte raconta rappelle rappela rapporte
    rapporta reconnaît reconnut remarque remarqua répond répondit résume rétorque rétorqua
    soutient soutint souligne souligna soulignait soupire stipule suggère""".split()
)
"""Verbs that tie words to whoever is their subject: third person, present and past."""

SPEECH_VERBS = frozenset("dit disait demande répond répondit crie cria écrit écrivit".split())
"""Verbs that bring a person's own words, however few."""

INVERTED = frozenset(
    "affirme affirmait ajoute conclut constate déclare dit disait écrit écrivait écrivit explique "
    "précise remarque soutient souligne".split()
)
"""Those whose subject may follow: comme l’écrit Orme."""

BEFORE_INVERTED = frozenset("à ainsi au comme dans en ici là puis".split())
"""What a clause begins with whose verb comes before its subject."""

DENIALS = frozenset("pas jamais ne guère aucun aucune".split())
CONJUNCTIONS = frozenset("mais tandis quoique parce puisque lorsque quand".split())
ARTICLES = frozenset("le la les un une".split())

LEADS_TO_SPEAKER = (
    r"selon|d['’]après|suivant\s+les\s+mots\s+d[eu]|aux\s+dires\s+d[eu]"
    r"|(?:selon|dans)\s+les\s+(?:mots|termes)\s+d[eu]|pour\s+citer|pour\s+reprendre\s+les\s+mots\s+d[eu]"
)
"""Phrases that end in whoever the words belong to."""

OBJECT = (
    r"(?:de|à|avec|contre|sur|chez|par|pour|sans|sous|envers)\s+(?:l[ae]s?\s+|l['’])?"
    r"|(?:du|des|aux?)\s+|d['’]"
)
"""What stands before a name that is not the subject."""

TERM_FOLLOWS = (
    r"soi-disant|(?:le|les|du|des|au)\s+(?:termes?|mots?|concepts?)"
    r"|l['’]expression|la\s+notion\s+de"
)
"""Words behind which a term stands."""

CLAUSE = (
    r"\b(?:je|nous|vous|elles?)\s+\w+|\bj['’]\w+|\bc['’]est\b|\bn['’]\w+\s+(?:pas|jamais|plus|rien)\b"
    r"|\b(?:est|sont|était|étaient|peut|peuvent|doit|doivent|sera|seront)\b"
)
"""What a sentence has and a term has not."""

EMPHASIS_ADDED = (
    r"\b(?:je|nous)\s+soulign\w+|\b(?:c['’]est|ce\s+sont)\s+(?:moi|nous)\s+qui\s+soulign\w+"
    r"|\bitaliques?\s+(?:ajoutée?s?|de\s+l['’]auteur|de\s+notre\s+fait)"
)
MODERNISED = (
    r"\borthographe\s+(?:(?:est|a|été|ici)\s+){0,3}modernisée\b"
    r"|\b(?:je|nous)\s+modernis\w+\s+l['’]orthographe\b"
)
REMARKS = rf"{EMPHASIS_ADDED}|{MODERNISED}|(?:ma|notre)\s+traduction|traduction\s+de\s+l['’]auteur"
"""What an author says of a quotation's form."""

ELISION = r"[dDlLnsjtmc]['’]|[qQ]u['’]"
"""What French writes before a vowel, and with it before a name."""
