"""What Bluebook citations are given besides the style: short names, and what entries leave open.

The short forms are those under which the journals are known; what is in no table stays whole.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from pubtool.system.pandoc import Pandoc
from pubtool.writers.citations import resolve
from pubtool.writers.csl.abbreviations import abbreviate_case, abbreviate_periodical
from pubtool.writers.csl.bluebook import is_bluebook, prepare
from pubtool.writers.csl.styles import read_style


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Harvard Law Review", "Harv. L. Rev."),
        ("The Yale Law Journal", "Yale L.J."),
        ("Columbia Law Review", "Colum. L. Rev."),
        ("California Law Review", "Calif. L. Rev."),
        ("University of Chicago Law Review", "U. Chi. L. Rev."),
        ("University of Pennsylvania Law Review", "U. Pa. L. Rev."),
        ("New York University Law Review", "N.Y.U. L. Rev."),
        ("Northwestern University Law Review", "Nw. U. L. Rev."),
        ("Georgetown Law Journal", "Geo. L.J."),
        ("Duke Law Journal", "Duke L.J."),
        ("UCLA Law Review", "UCLA L. Rev."),
        ("Notre Dame Law Review", "Notre Dame L. Rev."),
        ("Fordham Urban Law Journal", "Fordham Urb. L.J."),
        ("Wisconsin International Law Journal", "Wis. Int’l L.J."),
        ("American Journal of International Law", "Am. J. Int’l L."),
        ("Journal of Law and Economics", "J.L. & Econ."),
        ("Journal of Law & Economics", "J.L. & Econ."),
        ("Harvard Journal of Law & Technology", "Harv. J.L. & Tech."),
        ("Journal of Legal Studies", "J. Legal Stud."),
        ("Journal of High Technology Law", "J. High Tech. L."),
        ("Journal of Criminal Law and Criminology", "J. Crim. L. & Criminology"),
        ("Law and Contemporary Problems", "Law & Contemp. Probs."),
        ("Law & Society Review", "Law & Soc’y Rev."),
        ("Ecology Law Quarterly", "Ecology L.Q."),
        ("Law Quarterly Review", "L.Q. Rev."),
        ("Supreme Court Review", "Sup. Ct. Rev."),
        ("New York Times", "N.Y. Times"),
        ("Science", "Science"),
        ("The Times", "Times"),
        ("Journal of Echoes", "J. Echoes"),
        ("Zeitschrift für Echos", "Zeitschrift für Echos"),
        ("", ""),
    ],
)
def test_a_periodical_s_short_name(name: str, short: str) -> None:
    assert abbreviate_periodical(name) == short


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Brown v. Board of Education", "Brown v. Bd. of Educ."),
        ("Erie Railroad Company v. Tompkins", "Erie R.R. Co. v. Tompkins"),
        ("United States v. Carolene Products Company", "United States v. Carolene Products Co."),
        ("In re Winship", "In re Winship"),
        ("Case C-131/12, Google Spain", "Case C-131/12, Google Spain"),
    ],
)
def test_a_case_s_short_words(name: str, short: str) -> None:
    assert abbreviate_case(name) == short


def prepared(times: int = 1, **entry: Any) -> dict[str, Any]:
    """Return an entry made ready; underscores in the names of fields are hyphens."""
    fields = {name.replace("_", "-"): value for name, value in entry.items()}
    (made,) = prepare([{"id": "a", **fields}], Counter(a=times))
    return dict(made)


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Brown v. Board of education", "Brown"),
        ("United States v. Nixon", "Nixon"),
        ("State of Ohio v. Roe", "Roe"),
        ("Roe v. People", "Roe"),
        ("In re Winship", "In re Winship"),
        ("People v. State", "People v. State"),
    ],
)
def test_one_party_stands_for_a_case_unless_it_is_in_too_many(title: str, short: str) -> None:
    assert prepared(type="legal_case", title=title)["title-short"] == short
    kept = prepared(type="legal_case", title=title, title_short="Mine")
    assert kept["title-short"] == "Mine"


def test_the_highest_court_is_not_named_beside_its_reports() -> None:
    highest = "Supreme Court of the United States"
    us = prepared(type="legal_case", title="A v. B", publisher=highest, container_title="U.S.")
    assert us["authority"] == ""
    cir = prepared(type="legal_case", title="A v. B", authority="2d Cir.")
    assert cir["authority"] == "2d Cir."


def test_an_entry_s_own_short_name_goes_first() -> None:
    name = "Harvard Law Review"
    made = prepared(type="article-journal", container_title=name, container_title_short="HLR")
    assert made["container-title-short"] == "HLR"


def test_only_a_treaty_that_is_cited_again_says_what_it_is_called_then() -> None:
    def named(times: int) -> Any:
        treaty = prepared(times, type="treaty", title="T of Echoes", title_short="Echo Treaty")
        return treaty.get("hereinafter")

    assert named(2) == "Echo Treaty"
    assert named(1) is None


def test_what_is_given_stays_as_it_was() -> None:
    entry = {"id": "a", "type": "article-journal", "container-title": "Harvard Law Review"}
    prepare([entry], Counter())
    assert entry == {"id": "a", "type": "article-journal", "container-title": "Harvard Law Review"}


def test_other_styles_get_nothing_of_this() -> None:
    assert is_bluebook(read_style("bluebook-law-review", None))
    assert not is_bluebook(read_style("bluebook-inline", None))
    assert not is_bluebook(read_style("chicago-notes-bibliography", None))


def test_a_sentence_names_its_author_and_the_note_does_so_again(pandoc: Pandoc) -> None:
    entries: list[Any] = [
        {"id": "a", "type": "book", "title": "T", "author": [{"family": "Roe", "given": "Rita"}]},
        {"id": "b", "type": "book", "title": "U", "author": [
            {"family": "Mill"}, {"family": "Roe", "non-dropping-particle": "van"}]},
        {"id": "c", "type": "book", "title": "V", "author": [{"literal": "Council"}] * 3},
        {"id": "d", "type": "book", "title": "W"},
    ]  # fmt: skip
    document = pandoc.parse("As @a [p. 3] says, @b, @c and @d too.", "x")
    style = read_style("bluebook-law-review", None)
    written = resolve(document, entries, style, "en-US", pandoc)
    said = pandoc.render(written, "plain", {"wrap_text": "wrap-none"})
    text, *notes = said.strip().split("\n\n")
    assert (
        re.sub(r"\[\d\]", "*", text)
        == "As Roe* says, Mill and van Roe,* Council et al.* and W* too."
    )
    assert notes[0] == "[1] RITA ROE, T 3."
