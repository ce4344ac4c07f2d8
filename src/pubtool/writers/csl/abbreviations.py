"""Words as The Bluebook shortens them, in names of periodicals and of cases.

Facts that everybody who cites American law goes by (tables T6, T10 and T13 of the 21st edition),
in our own selection: common words and the names that law reviews bear. A word that is not here is
written in full, which the manual permits of words in no table; an entry's own short form
(``shortjournal``) always goes first.
"""

from __future__ import annotations

import re

from pubtool.text.patterns import late

_OMITTED = frozenset("a an at in of the".split())
"""Left out of a periodical's name (T13.2)."""

_PHRASES = {
    "boston college": "B.C.",
    "boston university": "B.U.",
    "california law review": "Calif. L. Rev.",
    "new york university": "N.Y.U.",
    "brigham young university": "BYU",
    "university of california": "U. Cal.",
    "saint john's": "St. John's",
    "george washington": "Geo. Wash.",
    "george mason": "Geo. Mason",
    "william and mary": "Wm. & Mary",
    "new york times": "N.Y. Times",
    "wall street journal": "Wall St. J.",
    "washington post": "Wash. Post",
    "los angeles times": "L.A. Times",
    "united states": "U.S.",
    "new york": "N.Y.",
    "new jersey": "N.J.",
    "new england": "New Eng.",
    "north carolina": "N.C.",
    "south carolina": "S.C.",
    "north dakota": "N.D.",
    "south dakota": "S.D.",
    "los angeles": "L.A.",
    "supreme court": "Sup. Ct.",
}

_WORDS = {
    word: short
    for short, words in {
        "&": "and",
        "Acad.": "academy academic",
        "Acct.": "accounting accountancy",
        "Admin.": "administration administrative",
        "Advoc.": "advocate advocacy",
        "Afr.": "africa african",
        "Agric.": "agriculture agricultural",
        "Ala.": "alabama",
        "Am.": "america american",
        "Ann.": "annual annals",
        "Arb.": "arbitration arbitrator",
        "Ariz.": "arizona",
        "Ark.": "arkansas",
        "Ass'n": "association",
        "Austl.": "australia australian",
        "Bankr.": "bankruptcy",
        "Behav.": "behavior behavioral",
        "Brit.": "british britain",
        "Bull.": "bulletin",
        "Bus.": "business",
        "Cal.": "california",
        "Can.": "canada canadian",
        "Chi.": "chicago",
        "Child.": "children children's",
        "Chron.": "chronicle",
        "Civ.": "civil",
        "Coll.": "college",
        "Colo.": "colorado",
        "Colum.": "columbia",
        "Com.": "commerce commercial",
        "Commc'n": "communication",
        "Commc'ns": "communications",
        "Compar.": "comparative",
        "Comput.": "computer computing",
        "Conf.": "conference",
        "Conn.": "connecticut",
        "Const.": "constitution constitutional",
        "Contemp.": "contemporary",
        "Cont.": "contract contracts",
        "Corp.": "corporate corporation",
        "Crim.": "criminal",
        "Def.": "defense",
        "Del.": "delaware",
        "Dev.": "development",
        "Dig.": "digest",
        "Dipl.": "diplomacy",
        "Disp.": "dispute",
        "E.": "east eastern",
        "Econ.": "economic economics economy",
        "Educ.": "education educational",
        "Emp.": "employment employee",
        "Eng.": "england english",
        "Ent.": "entertainment",
        "Env't": "environment",
        "Est.": "estate",
        "Eur.": "europe european",
        "Fam.": "family",
        "Fed.": "federal",
        "Fin.": "finance financial",
        "Fla.": "florida",
        "Found.": "foundation",
        "Ga.": "georgia",
        "Gen.": "general",
        "Geo.": "georgetown",
        "Glob.": "global",
        "Gov't": "government",
        "Harv.": "harvard",
        "Haw.": "hawaii",
        "Hist.": "history historical",
        "Hous.": "housing",
        "Hum.": "human",
        "Ill.": "illinois",
        "Immigr.": "immigration",
        "Ind.": "indiana",
        "Indus.": "industry industrial",
        "Info.": "information",
        "Ins.": "insurance",
        "Inst.": "institute institution",
        "Int'l": "international",
        "Intell.": "intellectual",
        "J.": "journal",
        "Jud.": "judicial",
        "Juv.": "juvenile",
        "Kan.": "kansas",
        "Ky.": "kentucky",
        "L.": "law laws",
        "La.": "louisiana",
        "Lab.": "labor labour",
        "Law.": "lawyer lawyers lawyer's",
        "Legis.": "legislation legislative",
        "Libr.": "library",
        "Litig.": "litigation",
        "Loc.": "local",
        "Mag.": "magazine",
        "Mass.": "massachusetts",
        "Md.": "maryland",
        "Me.": "maine",
        "Med.": "medical medicine",
        "Mgmt.": "management",
        "Mich.": "michigan",
        "Mil.": "military",
        "Minn.": "minnesota",
        "Miss.": "mississippi",
        "Mo.": "missouri",
        "Mod.": "modern",
        "Mont.": "montana",
        "Mun.": "municipal",
        "N.": "north northern",
        "Nat.": "natural",
        "Nat'l": "national",
        "Neb.": "nebraska",
        "Negot.": "negotiation",
        "Nev.": "nevada",
        "Nw.": "northwest northwestern",
        "Okla.": "oklahoma",
        "Or.": "oregon",
        "Org.": "organization organizations",
        "Pa.": "pennsylvania",
        "Pac.": "pacific",
        "Phil.": "philosophy philosophical",
        "Pol.": "politics political",
        "Pol'y": "policy",
        "Prac.": "practice practitioner",
        "Priv.": "private privacy",
        "Probs.": "problems",
        "Proc.": "procedure proceedings",
        "Prop.": "property",
        "Pub.": "public",
        "Q.": "quarterly",
        "Reg.": "register",
        "Rep.": "report reporter",
        "Reps.": "reports",
        "Res.": "resources",
        "Rev.": "review",
        "Rts.": "rights",
        "S.": "south southern",
        "Sch.": "school",
        "Sci.": "science sciences scientific",
        "Scot.": "scottish",
        "Se.": "southeast southeastern",
        "Sec.": "security securities",
        "Soc.": "social",
        "Soc'y": "society",
        "St.": "state street",
        "Stan.": "stanford",
        "Stat.": "statistics statistical",
        "Stud.": "studies study",
        "Sw.": "southwest southwestern",
        "Tax'n": "taxation",
        "Tech.": "technology technical",
        "Telecomm.": "telecommunication telecommunications",
        "Tenn.": "tennessee",
        "Tex.": "texas",
        "Transnat'l": "transnational",
        "Transp.": "transportation",
        "Tul.": "tulane",
        "U.": "university universities",
        "Unif.": "uniform",
        "Urb.": "urban",
        "Va.": "virginia",
        "Vand.": "vanderbilt",
        "Vt.": "vermont",
        "W.": "west western",
        "Wash.": "washington",
        "Wis.": "wisconsin",
        "Wyo.": "wyoming",
        "Y.B.": "yearbook",
    }.items()
    for word in words.split()
}
"""Word -> its short form in the name of a periodical (T6, T10, T13)."""

_PARTIES = {
    word: short
    for short, words in {
        "&": "and",
        "Ass'n": "association",
        "Auth.": "authority",
        "Auto.": "automobile automotive",
        "Bd.": "board",
        "Bldg.": "building",
        "Bros.": "brothers",
        "Cmty.": "community",
        "Cnty.": "county",
        "Co.": "company",
        "Coll.": "college",
        "Comm'n": "commission",
        "Comm'r": "commissioner",
        "Constr.": "construction",
        "Corp.": "corporation",
        "Ctr.": "center centre",
        "Dep't": "department",
        "Dist.": "district",
        "Distrib.": "distributor distributing",
        "Educ.": "education educational",
        "Elec.": "electric electrical electricity",
        "Env't": "environment",
        "Fed'n": "federation",
        "Found.": "foundation",
        "Gov't": "government",
        "Hosp.": "hospital",
        "Inc.": "incorporated",
        "Indus.": "industry industries industrial",
        "Ins.": "insurance",
        "Inst.": "institute institution",
        "Int'l": "international",
        "Ltd.": "limited",
        "Mfg.": "manufacturing",
        "Mfr.": "manufacturer",
        "Mgmt.": "management",
        "Mun.": "municipal",
        "Nat'l": "national",
        "Org.": "organization",
        "R.R.": "railroad",
        "Ry.": "railway",
        "Sch.": "school",
        "Soc'y": "society",
        "Tel.": "telephone telegraph",
        "Transp.": "transport transportation",
        "Univ.": "university",
    }.items()
    for word in words.split()
}
"""Word -> its short form in the name of a case (T6)."""

_PHRASE = late(
    r"\b(?:" + "|".join(sorted(map(re.escape, _PHRASES), key=len, reverse=True)) + r")(?!\w)",
    re.IGNORECASE,
)


def abbreviate_periodical(name: str) -> str:
    """Return a periodical's name as rule 16 has it: ``Harv. L. Rev.``; one word alone stays whole.

    What stands behind a colon is left out. ``L.`` is joined to the ``J.`` or ``Q.`` beside it (rule
    6.1(a)); other initials belong to names, and stay apart.
    """
    main = name.replace("’", "'").partition(":")[0]
    marked = _PHRASE.sub(lambda found: f"\0{_PHRASES[found[0].lower()]}\0", main)
    words: list[str] = []
    for number, piece in enumerate(marked.split("\0")):
        words += [piece] if number % 2 else piece.replace(",", "").split()
    kept = [word for word in words if word.lower() not in _OMITTED]
    if len(kept) < 2:
        return " ".join(kept).replace("'", "’")
    short = " ".join(_WORDS.get(word.lower(), word) for word in kept)
    short = re.sub(r"^L\. (?=&)", "Law ", short)  # Law & Soc'y Rev.
    return re.sub(r"\b(L\.) (?=[JQ]\.)|\b(J\.) (?=L\.)", r"\1\2", short).replace("'", "’")


def abbreviate_case(name: str) -> str:
    """Return the name of a case as rule 10.2.2 has it in notes: ``Brown v. Bd. of Educ.``."""
    words = name.replace("’", "'").split(" ")
    return " ".join(map(_party_word, words)).replace("'", "’")


def _party_word(word: str) -> str:
    plain = word.rstrip(",")
    return _PARTIES.get(plain.lower(), plain) + word[len(plain) :]
