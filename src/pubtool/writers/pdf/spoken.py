"""A formula in words: what a screen reader says where it meets mathematics.

The words are English, in the manner of a person who reads a formula out ("x squared plus the
fraction a over b"). A command that is not known here makes the whole formula unspoken: half a
formula in words would be another formula.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\d+(?:[.,]\d+)*|[^\s]", re.DOTALL)

_SIGNS: Mapping[str, str] = {
    "+": "plus", "-": "minus", "−": "minus", "=": "equals", "<": "is less than",
    ">": "is greater than", "*": "times", "/": "over", "!": "factorial", "'": "prime",
    "(": "open parenthesis", ")": "close parenthesis", "[": "open bracket",
    "]": "close bracket", "|": "vertical bar", ",": ",", ".": ".", ":": "colon", ";": ";",
    r"\{": "open brace", r"\}": "close brace", r"\%": "percent", r"\$": "dollars",
    r"\le": "is at most", r"\leq": "is at most", r"\ge": "is at least",
    r"\geq": "is at least", r"\ne": "is not equal to", r"\neq": "is not equal to",
    r"\approx": "is approximately", r"\equiv": "is equivalent to", r"\sim": "is similar to",
    r"\propto": "is proportional to", r"\ll": "is much less than",
    r"\gg": "is much greater than", r"\times": "times", r"\cdot": "times",
    r"\div": "divided by", r"\pm": "plus or minus", r"\mp": "minus or plus",
    r"\to": "to", r"\rightarrow": "to", r"\Rightarrow": "implies", r"\implies": "implies",
    r"\Leftrightarrow": "if and only if", r"\iff": "if and only if", r"\mapsto": "maps to",
    r"\in": "in", r"\notin": "not in", r"\subset": "is a subset of",
    r"\subseteq": "is a subset of or equal to", r"\cup": "union", r"\cap": "intersection",
    r"\setminus": "without", r"\emptyset": "the empty set", r"\forall": "for all",
    r"\exists": "there exists", r"\neg": "not", r"\lnot": "not", r"\land": "and",
    r"\wedge": "and", r"\lor": "or", r"\vee": "or", r"\mid": "vertical bar",
    r"\infty": "infinity", r"\partial": "partial", r"\nabla": "nabla", r"\ell": "l",
    r"\hbar": "h bar", r"\ldots": "and so on", r"\dots": "and so on", r"\cdots": "and so on",
    r"\degree": "degrees", r"\circ": "composed with", r"\prime": "prime",
    r"\langle": "open angle bracket", r"\rangle": "close angle bracket",
}  # fmt: skip

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon phi chi psi omega"
).split()
_VARIANTS = {rf"\var{name}": name for name in ("epsilon", "theta", "phi", "rho", "sigma", "pi")}
_FUNCTIONS = {
    r"\sin": "the sine of", r"\cos": "the cosine of", r"\tan": "the tangent of",
    r"\log": "the logarithm of", r"\ln": "the natural logarithm of",
    r"\exp": "the exponential of", r"\det": "the determinant of", r"\dim": "the dimension of",
    r"\Pr": "the probability of", r"\gcd": "the greatest common divisor of",
}  # fmt: skip
_LARGE = {
    r"\sum": "the sum", r"\prod": "the product", r"\int": "the integral",
    r"\lim": "the limit", r"\max": "the maximum", r"\min": "the minimum",
    r"\sup": "the supremum", r"\inf": "the infimum", r"\bigcup": "the union",
    r"\bigcap": "the intersection",
}  # fmt: skip
_LIMIT = r"\lim"
_ACCENTS = {
    r"\bar": "bar", r"\overline": "bar", r"\hat": "hat", r"\widehat": "hat",
    r"\tilde": "tilde", r"\vec": "vector", r"\dot": "dot",
}  # fmt: skip
_BARE = frozenset(
    (
        r"\mathrm \mathbf \mathit \mathcal \mathbb \mathsf \boldsymbol \operatorname "
        r"\displaystyle \textstyle \left \right \big \Big \bigl \bigr \Bigl \Bigr"
    ).split()
)
"""Says how a thing looks, which is not read out."""
_TEXTS = frozenset((r"\text \textrm \textit \textbf \mbox \textnormal").split())
_SPACES = frozenset(("\\,", "\\;", "\\:", "\\!", "\\ ", "~", r"\quad", r"\qquad", "&"))
_POWERS = {
    "2": "squared", "3": "cubed", "prime": "prime", "degrees": "degrees",
    "composed with": "degrees", "*": "star", "times": "star",
}  # fmt: skip


class _Unknown(Exception):
    """A formula holds what has no words here."""


def spoken(tex: str) -> str:
    """Return a formula in English words; empty where one of its commands is not known."""
    try:
        reading = _Reading(tex)
        words = reading.line(end="")
    except (_Unknown, RecursionError):
        return ""
    return re.sub(r" (?=[,.;])", "", " ".join(words.split())).rstrip(",")


class _Reading:
    """One formula, read from left to right."""

    def __init__(self, tex: str) -> None:
        self._tex = tex
        self._tokens = [(found[0], found.start()) for found in _TOKEN.finditer(tex)]
        self._at = 0

    def line(self, end: str) -> str:
        """Return the words up to the token `end`, which is passed; empty means the end of all."""
        words: list[str] = []
        while self._peek() != end:
            if not self._peek():
                raise _Unknown
            words.append(self._term())
        self._next()
        return " ".join(filter(None, words))

    def _term(self) -> str:
        """Return the next thing with what stands above and below it."""
        token = self._next()
        if token in _LARGE:
            return f"{_LARGE[token]} {self._limits('as' if token == _LIMIT else 'over')}"
        words = self._atom(token)
        scripts = self._scripts()
        below, above = scripts.get("_", ""), scripts.get("^", "")
        if below:
            words = f"{words} sub {below}"
        if above:
            words = f"{words} {_POWERS.get(above) or f'to the power of {above},'}"
        return words

    def _limits(self, alone: str) -> str:
        scripts = self._scripts()
        parts = []
        if below := scripts.get("_"):
            parts.append(f"{'from' if '^' in scripts else alone} {below}")
        if above := scripts.get("^"):
            parts.append(f"to {above}")
        return " ".join([*parts, "of"])

    def _scripts(self) -> dict[str, str]:
        found: dict[str, str] = {}
        while self._peek() in ("^", "_"):
            mark = self._next()
            if mark in found:
                raise _Unknown
            found[mark] = self._argument()
        return found

    def _argument(self) -> str:
        token = self._next()
        return self.line(end="}") if token == "{" else self._atom(token)

    def _atom(self, token: str) -> str:
        if token == "{":
            return self.line(end="}")
        if token in (r"\left", r"\right") and self._peek() == ".":  # no bracket on this side
            self._next()
        if token in _SPACES or token in _BARE:
            return ""
        if token in _ACCENTS:
            return f"{self._argument()} {_ACCENTS[token]}"
        form = _FORMS.get(token)
        return form(self) if form else _word(token)

    def fraction(self) -> str:
        """Return a fraction; its end is said where it has more than a word above or below."""
        above, below = self._argument(), self._argument()
        if " " in above or " " in below:
            return f"the fraction {above} over {below}, end of fraction,"
        return f"{above} over {below}"

    def choice(self) -> str:
        """Return a binomial coefficient."""
        return f"{self._argument()} choose {self._argument()}"

    def root(self) -> str:
        """Return a root."""
        degree = ""
        if self._peek() == "[":
            self._next()
            degree = self.line(end="]")
        of = self._argument()
        root = {"": "square root", "2": "square root", "3": "cube root"}.get(degree)
        words = f"the {root or f'root of degree {degree}'} of {of}"
        return f"{words}, end of root," if " " in of else words

    def verbatim(self) -> str:
        """Return the words of a text in a formula as they stand."""
        if self._next() != "{":
            raise _Unknown
        start = self._tokens[self._at - 1][1] + 1
        end = self._tex.find("}", start)
        inside = self._tex[start:end]
        if end < 0 or re.search(r"[\\{$]", inside):
            raise _Unknown
        while self._at < len(self._tokens) and self._tokens[self._at][1] <= end:
            self._at += 1
        return inside

    def _peek(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        self._at += 1
        return token


_FORMS: Mapping[str, Callable[[_Reading], str]] = {
    **dict.fromkeys((r"\frac", r"\dfrac", r"\tfrac"), _Reading.fraction),
    **dict.fromkeys(_TEXTS, _Reading.verbatim),
    r"\binom": _Reading.choice,
    r"\sqrt": _Reading.root,
}


def _word(token: str) -> str:
    name = token.removeprefix("\\")
    if token in _SIGNS or token in _FUNCTIONS or token in _VARIANTS:
        return _SIGNS.get(token) or _FUNCTIONS.get(token) or _VARIANTS[token]
    if token.startswith("\\") and name.lower() in _GREEK:
        return name if name.islower() else f"capital {name.lower()}"
    if not token.startswith("\\") and token.isalnum():
        return f"capital {token}" if token.isupper() and len(token) == 1 else token
    raise _Unknown
