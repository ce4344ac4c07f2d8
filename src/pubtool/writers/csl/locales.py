"""Which of citeproc's locales a language gets: its terms, quotation marks and dates.

citeproc has the locales of the CSL project and falls back as CSL 1.0.2 says: from a region to the
language's main one (de-LI to de-DE), then to American English. Where its table of main regions has
a gap, or the main region is a poor guess, the table here comes first.
"""

from __future__ import annotations

from pubtool.writers.csl.xml import root_attribute

AMERICAN = "en-US"
"""The language of a site that names none, and citeproc's of last resort."""

_MAIN = {
    # no entry in citeproc's table of main regions (Citeproc.Locale), though there is a locale
    "gl": "gl-ES",
    "hi": "hi-IN",
    "lij": "lij-IT",
    "ms": "ms-MY",
    "pt": "pt-PT",
    # no locale of that name
    "no": "nb-NO",
    "nb": "nb-NO",
    "nn": "nn-NO",
    "iw": "he-IL",
    "in": "id-ID",
}
_REGIONS = {
    "en": ("en-GB", "AU BW GB GG GH HK IE IM IN JE KE LK MT MY NA NG NZ PK SG TT TZ UG ZA ZM ZW"),
    "pt": ("pt-PT", "AO CV GW MO MZ PT ST TL"),
    "es": ("es-MX", "CR GT HN MX NI PA SV"),
    "zh": ("zh-TW", "HK MO TW"),
}
"""Language -> a locale, and the regions that write more like it than like the main one."""
_SCRIPTS = {("zh", "hant"): "zh-TW", ("zh", "hans"): "zh-CN"}


def locale_of(lang: str) -> str:
    """Return the tag that citeproc is asked for a post in the language `lang` (a BCP 47 tag)."""
    language, *others = lang.replace("_", "-").split("-")
    language = language.lower()
    for other in others:
        if (language, other.lower()) in _SCRIPTS:
            return _SCRIPTS[language, other.lower()]
        if other.upper() in _REGIONS.get(language, ("", ""))[1].split():
            return _REGIONS[language][0]
    region = next((other.upper() for other in others if len(other) == 2 and other.isalpha()), "")
    if not region or language in ("gl", "hi", "lij", "ms", "no", "nb", "nn", "iw", "in"):
        return _MAIN.get(language, language)
    return f"{language}-{region}"


def citing_language(post: str, site: str, style: str) -> str:
    """Return the language that a post is cited in: its own, or the site's, or the style's.

    A site that says nothing is in American English, and a style that has a language of its own
    (`default-locale`) goes before that.
    """
    if post or site != AMERICAN:
        return post or site
    return root_attribute(style, "default-locale") or site
