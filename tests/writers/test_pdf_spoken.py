"""Formulas in words: what is heard in the place of mathematics."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtool.writers.pdf.spoken import spoken


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        ("x^2 + y^2 = z^2", "x squared plus y squared equals z squared"),
        (r"\frac{a}{b}", "a over b"),
        (r"\frac{a+b}{c}", "the fraction a plus b over c, end of fraction"),
        (r"e^{i\pi} = -1", "e to the power of i pi, equals minus 1"),
        (r"\sqrt{2}", "the square root of 2"),
        (r"\sqrt[3]{x+1}", "the cube root of x plus 1, end of root"),
        (r"\sum_{i=1}^{n} x_i", "the sum from i equals 1 to n of x sub i"),
        (r"\lim_{x \to \infty} x", "the limit as x to infinity of x"),
        (r"\int_0^1 x\,dx", "the integral from 0 to 1 of x d x"),
        (r"A \subseteq B", "capital A is a subset of or equal to capital B"),
        (r"\Gamma \le \varepsilon", "capital gamma is at most epsilon"),
        (r"\text{cost of } x \ge 10\%", "cost of x is at least 10 percent"),
        (r"90^\circ", "90 degrees"),
        (r"f'(x)", "f prime open parenthesis x close parenthesis"),
        (r"\binom{n}{k}", "n choose k"),
        (r"\left( x \right.", "open parenthesis x"),
        (r"\mathbb{R}^n", "capital R to the power of n"),
    ],
)
def test_a_formula_is_read_as_a_person_would(tex: str, words: str) -> None:
    assert spoken(tex) == words


@pytest.mark.parametrize(
    "tex",
    [
        r"\begin{matrix} a & b \end{matrix}",
        r"\unknown{x}",
        "x^{",
        "x}",
        "x^2^3",
        r"\text{a $b$}",
        r"\text",
        "{" * 5000,
        r"\frac{a}",
        "x # y",
    ],
)
def test_what_has_no_words_is_not_half_said(tex: str) -> None:
    """Then the TeX itself is heard: half a formula in words would be another one."""
    assert spoken(tex) == ""


@given(st.text(alphabet="\\{}^_ab12+-=()[]|fracsqtex $&~.,", max_size=40))
def test_no_formula_is_too_strange(tex: str) -> None:
    said = spoken(tex)
    assert not set("\\{}^_$&~") & set(said)
