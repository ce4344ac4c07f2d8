"""What kind of thesis or report an entry is, in the post's words: *Dissertation* for *PhD thesis*.

pandoc writes the types that BibLaTeX names by a key (``phdthesis``, ``mathesis``) in English
whatever the language, and CSL's locales have no terms for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_ENGLISH = (
    "PhD thesis",
    "Master’s thesis",
    "Bachelor’s thesis",
    "technical report",
    "research report",
)
_WORDS: Mapping[str, tuple[str, ...]] = {
    "ca": (
        "tesi doctoral",
        "treball de fi de màster",
        "treball de fi de grau",
        "informe tècnic",
        "informe de recerca",
    ),
    "cs": (
        "disertační práce",
        "diplomová práce",
        "bakalářská práce",
        "technická zpráva",
        "výzkumná zpráva",
    ),
    "da": (
        "ph.d.-afhandling",
        "specialeafhandling",
        "bacheloropgave",
        "teknisk rapport",
        "forskningsrapport",
    ),
    "de": (
        "Dissertation",
        "Masterarbeit",
        "Bachelorarbeit",
        "Technischer Bericht",
        "Forschungsbericht",
    ),
    "es": (
        "tesis doctoral",
        "tesis de máster",
        "trabajo de fin de grado",
        "informe técnico",
        "informe de investigación",
    ),
    "fi": (
        "väitöskirja",
        "pro gradu -tutkielma",
        "kandidaatintutkielma",
        "tekninen raportti",
        "tutkimusraportti",
    ),
    "fr": (
        "thèse de doctorat",
        "mémoire de master",
        "mémoire de licence",
        "rapport technique",
        "rapport de recherche",
    ),
    "it": (
        "tesi di dottorato",
        "tesi di laurea magistrale",
        "tesi di laurea",
        "rapporto tecnico",
        "rapporto di ricerca",
    ),
    "nl": (
        "proefschrift",
        "masterscriptie",
        "bachelorscriptie",
        "technisch rapport",
        "onderzoeksrapport",
    ),
    "no": (
        "doktoravhandling",
        "masteroppgave",
        "bacheloroppgave",
        "teknisk rapport",
        "forskningsrapport",
    ),
    "pl": (
        "rozprawa doktorska",
        "praca magisterska",
        "praca licencjacka",
        "raport techniczny",
        "raport z badań",
    ),
    "pt": (
        "tese de doutoramento",
        "dissertação de mestrado",
        "trabalho de fim de curso",
        "relatório técnico",
        "relatório de investigação",
    ),
    "ru": (
        "диссертация",
        "магистерская диссертация",
        "выпускная квалификационная работа",
        "технический отчёт",
        "научный отчёт",
    ),
    "sv": (
        "doktorsavhandling",
        "masteruppsats",
        "kandidatuppsats",
        "teknisk rapport",
        "forskningsrapport",
    ),
}
_SAME = {"nb": "no", "nn": "no"}


def in_own_words(entry: Mapping[str, Any], lang: str) -> Mapping[str, Any]:
    """Return an entry in CSL JSON with the kind of work in the words of a language (BCP 47).

    What the entry says in words of its own stays, and so does everything in a language that is
    not known here.
    """
    genre = entry.get("genre")
    if genre not in _ENGLISH:
        return entry
    main = lang.replace("_", "-").partition("-")[0].lower()
    words = _WORDS.get(_SAME.get(main, main))
    return {**entry, "genre": words[_ENGLISH.index(genre)]} if words else entry
