"""Locators: the terms, the values, and where they stop."""

from __future__ import annotations

import pytest

from pubtool.readers.locators import parse_locator

CASES = [
    # suffix, label, value
    (", p. 3", "page", "3"),
    ("p. 3", "page", "3"),
    (" p. 3", "page", "3"),
    ("3", "page", "3"),
    (", 253", "page", "253"),
    (", pp. 245–46", "page", "245–46"),
    (", pp. 245-46", "page", "245-46"),
    (", pp. 245--46", "page", "245--46"),
    (", pp. iv-vi", "page", "iv-vi"),
    (", p. xii", "page", "xii"),
    (", p.\u00a0253", "page", "253"),
    (", p.3", "page", "3"),
    (", p 3", "page", "3"),
    (", page 3", "page", "3"),
    (", pages 3, 5", "page", "3, 5"),
    (", pp. 3, 5 and 7–9", "page", "3, 5 and 7–9"),
    (", 3, 5", "page", "3, 5"),
    (", at 7", "page", "7"),
    (", at *4", "page", "*4"),
    (", p. 253, emphasis added", "page", "253"),
    (", p. 253 (emphasis added)", "page", "253"),
    (", 253, my translation", "page", "253"),
    (", p. 12 et seq.", "page", "12 et seq"),
    (", p. 12 ff., my emphasis", "page", "12 ff"),
    (", p. 12 f.", "page", "12 f"),
    (", p. 12 s. 3", "page", "12"),
    (", p. 12 see", "page", "12"),
    (", p. 12ff.", "page", "12ff"),
    (", p. 253 n.4", "page", "253 n. 4"),
    (", p. 253, n. 4", "page", "253 n. 4"),
    (", 253n4", "page", "253 n. 4"),
    (", p. 253 note 4, my italics", "page", "253 n. 4"),
    (", pp. 253-54 nn. 4-5", "page", "253-54 n. 4-5"),
    (", p. 253, no. 4", "page", "253"),
    (", bk. IV, ch. 2", "book", "IV ch. 2"),
    (", act 2, sc. 3", "act", "2 sc. 3"),
    (", p. 3; see also", "page", "3"),
    (", p. 1:23", "page", "1:23"),
    (", ch. 3", "chapter", "3"),
    (", chap. III", "chapter", "III"),
    (", chapters 3–5", "chapter", "3–5"),
    (", sec. 3.2", "section", "3.2"),
    (", § 3", "section", "3"),
    (", §3(1)", "section", "3(1)"),
    (", §§ 3–5", "section", "3–5"),
    (", s. 3(2)", "section", "3(2)"),
    (", art. 3(a)", "article-locator", "3(a)"),
    (", art. 3, para. 2", "article-locator", "3"),
    (", arts. 2–11", "article-locator", "2–11"),
    (", Article 25(5)", "article-locator", "25(5)"),
    (", Art. 3(a)(ii)", "article-locator", "3(a)(ii)"),
    (", para. 7", "paragraph", "7"),
    (", ¶ 12", "paragraph", "12"),
    (", ¶¶ 12-14", "paragraph", "12-14"),
    (", para. (b)", "paragraph", "(b)"),
    (", n. 4", "note", "4"),
    (", nn. 4, 6", "note", "4, 6"),
    (", note 4", "note", "4"),
    (", fig. 2", "figure", "2"),
    (", vol. 2", "volume", "2"),
    (", no. 5", "issue", "5"),
    (", v. 16", "verse", "16"),
    (", verses 16-18", "verse", "16-18"),
    (", l. 30", "line", "30"),
    (", ll. 30–35", "line", "30–35"),
    (", lines 30–35", "line", "30–35"),
    (", f. 12r", "folio", "12r"),
    (", fol. 12", "folio", "12"),
    (", col. 3", "column", "3"),
    (", bk. 2", "book", "2"),
    (", pt. 1", "part", "1"),
    (", op. 111", "opus", "111"),
    (', s.v. "quotation"', "sub-verbo", "quotation"),
    (", s.v. quotation mark, n. 2", "sub-verbo", "quotation mark"),
    (", supp. 3", "supplement", "3"),
    (", r. 12", "rule", "12"),
    (", tit. 18", "title-locator", "18"),
    (", sch. 2", "schedule", "2"),
    (", annex II", "appendix", "II"),
    (", app. B", "appendix", "B"),
    (", table 4", "table", "4"),
    (", canon 7", "canon", "7"),
    (" {ch. the last one}, and more", "chapter", "the last one"),
    (" {iv}", "page", "iv"),
    (" {12, 14 and elsewhere}", "page", "12, 14 and elsewhere"),
]


@pytest.mark.parametrize(("suffix", "label", "value"), CASES)
def test_a_locator_is_read_by_csl_terms(suffix: str, label: str, value: str) -> None:
    found = parse_locator(suffix)
    assert found is not None
    assert (found.label, found.value) == (label, value)


@pytest.mark.parametrize(
    "suffix",
    [
        "",
        ",",
        " ",
        ", emphasis added",
        ", see below",
        ", no one knows",
        ", note that this is so",
        ", part of it",
        ", in 1999",
        ", iv",  # a roman numeral wants its term, as in pandoc
        ", I agree",
        ", p.",
        ", page",
        ", which on page 3 says",
        " {}",
        " { }",
        ", act as if",
        ", lines up well",
    ],
)
def test_what_is_no_locator_gives_none(suffix: str) -> None:
    assert parse_locator(suffix) is None


IN_LANGUAGES = [
    # language, suffix, label, value
    ("de", ", S. 98", "page", "98"),
    ("de-LI", ", s. 98", "page", "98"),
    ("de", ", S. 98f.", "page", "98f"),
    ("de", ", S. 98 ff.", "page", "98 ff"),
    ("de", ", S. 98 und 101", "page", "98 und 101"),
    ("de", ", Seite 98", "page", "98"),
    ("de", ", p. 98", "page", "98"),
    ("de", ", Kap. 2", "chapter", "2"),
    ("de", ", Art. 5 Abs. 2", "article-locator", "5"),
    ("de", ", Artikel 5", "article-locator", "5"),
    ("de", ", § 12", "section", "12"),
    ("de", ", Rn. 12", "paragraph", "12"),
    ("de", ", Fn. 3", "note", "3"),
    ("de", ", Fußnote 3", "note", "3"),
    ("de", ", Z. 5", "line", "5"),
    ("de", ", S. 77, Fn. 3", "page", "77 n. 3"),
    ("fr", ", p. 77, note 3", "page", "77 n. 3"),
    ("de", ", Buch IV", "book", "IV"),
    ("fr", ", p. 98 et 101", "page", "98 et 101"),
    ("fr", ", p. 98 et s.", "page", "98 et s"),
    ("fr", ", chapitre 2", "chapter", "2"),
    ("fr", ", livre IV", "book", "IV"),
    ("fr", ", n° 3", "issue", "3"),
    ("es", ", pág. 98 y ss.", "page", "98 y ss"),
    ("es", ", cap. 2", "chapter", "2"),
    ("it", ", pag. 98", "page", "98"),
    ("it", ", r. 5", "line", "5"),
    ("sv", ", s. 98", "page", "98"),
    ("ru", ", с. 98", "page", "98"),
    ("en-GB", ", s. 3", "section", "3"),
    ("", ", S. 3", "section", "3"),
]


@pytest.mark.parametrize(("lang", "suffix", "label", "value"), IN_LANGUAGES)
def test_a_language_has_terms_of_its_own(lang: str, suffix: str, label: str, value: str) -> None:
    found = parse_locator(suffix, lang)
    assert found is not None
    assert (found.label, found.value) == (label, value)
