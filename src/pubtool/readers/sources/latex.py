r"""LaTeX: commands of a package or a class that is not there still have words in them.

pandoc drops what it does not know, ``\person{Kant}`` with its word. Here each such command is
defined to print its arguments, before pandoc reads the file again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pubtool.model import Node

KEEPING = "latex+raw_tex"
"""pandoc's format that keeps what it does not know."""

_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_INCLUDES = re.compile(
    r"\\(?:input|include|subfile|import|subimport|includepdf)\*?\s*(?:\[[^\]]*\])?\{[^}]*\}"
)
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?((?:\[[^\[\]]*\])*)(?=\{)")
_SILENT = frozenset(
    "label ref pageref eqref autoref cref Cref nameref vref hyperref index glsadd cite citep citet "
    "nocite bibliography bibliographystyle addbibresource vspace hspace vskip hskip setlength "
    "addtolength setcounter addtocounter stepcounter refstepcounter input include subfile import "
    "subimport includeonly includepdf includegraphics pagestyle thispagestyle pagenumbering "
    "phantom hphantom vphantom todo color rule raisebox fontsize selectfont linespread "
    "usetikzlibrary "
    "usepackage RequirePackage documentclass newcommand renewcommand providecommand def let "
    "newenvironment renewenvironment newtheorem theoremstyle DeclareMathOperator hypersetup "
    "geometry footnotemark footnotetext begin end tikz draw node put special pdfbookmark "
    "addcontentsline addtocontents markboth markright hyphenation enlargethispage "
    # what pandoc knows stands raw where an environment that it does not know is round it
    "emph textit textbf textsc textsl texttt textrm textsf textup textmd textnormal underline "
    "uline MakeLowercase MakeUppercase uppercase lowercase part chapter section subsection "
    "subsubsection paragraph subparagraph footnote href url textsuperscript textsubscript "
    "enquote textcolor title".split()
)
"""Commands that print none of their arguments, or that LaTeX and pandoc know best."""
_MEASURE = re.compile(r"[\s\d.,*+=-]*(?:pt|em|ex|cm|mm|in|sp|pc|\\\w+)?\s*\Z")
_MOST_ARGUMENTS = 9
_BODY = r"\begin{document}"
_LIST = re.compile(
    r"\\begin\{enumerate\}\s*(?:\[(?P<options>[^\[\]]*label\s*=[^\[\]]*)\]"
    r"|(?:\\def\s*\\labelenum\w+|\\renewcommand\*?\{?\\labelenum\w+\}?)\s*"
    r"(?P<defined>\{(?:[^{}]|\{[^{}]*\})*\}))"
)
_COUNTER = re.compile(r"(\(?)\\(alph|Alph|roman|Roman|arabic)\*?(?:\{enum\w+\})?(\)?\.?)")
_FIRST = {"alph": "a", "Alph": "A", "roman": "i", "Roman": "I", "arabic": "1"}
_COLUMNS = re.compile(r"(\\begin\{multicols\*?\})\{\d+\}")
_BESIDE = ("footnotetext", "marginpar", "marginnote", "sidenote", "endnote")
"""Notes that pandoc does not know as such."""


def has_includes(text: str) -> bool:
    """Whether a file reads others, which are not read here."""
    return _INCLUDES.search(_COMMENT.sub("", text)) is not None


def prepare(text: str) -> str:
    """Return LaTeX of which pandoc reads lists, columns and notes of all kinds as they are."""
    notes = "".join(
        f"\\renewcommand{{\\{name}}}[2][]{{\\footnote{{#2}}}}\n"
        for name in _BESIDE
        if f"\\{name}" in text
    )
    return notes + _LIST.sub(_with_short_label, _COLUMNS.sub(r"\1", text))


def with_plain_preamble(text: str) -> str:
    """Return LaTeX with nothing in its preamble but the definitions that pandoc understands.

    What programs a layout there (conditions, environments, lengths) prints nothing of the text, and
    pandoc refuses a file for some of it.
    """
    at = text.find(_BODY)
    if at < 0:
        return text
    plain = (found.group() for found in _DEFINITION.finditer(_COMMENT.sub("", text[:at])))
    kept = [one for one in plain if not _PROGRAMMED.search(one)]
    return "\n".join(["\\documentclass{article}", *kept, text[at:]])


_DEFINITION = re.compile(
    r"^\\(?:re)?newcommand\*?\{\\[A-Za-z]+\}(?:\[\d\])?(?:\[[^\[\]\n]*\])?"
    r"\{(?:[^{}\n]|\{(?:[^{}\n]|\{[^{}\n]*\})*\})*\}\s*?$",
    re.MULTILINE,
)
"""A command that is defined on one line."""
_PROGRAMMED = re.compile(r"\\(?:if|else|fi|begin|end|let|def|csname|expandafter|@)")


def _with_short_label(found: re.Match[str]) -> str:
    """Return a list's beginning with its label as pandoc understands it, ``[(a)]``."""
    counter = _COUNTER.search(found["options"] or found["defined"])
    if counter is None or "start" in (found["options"] or ""):
        return found[0]
    return f"\\begin{{enumerate}}[{counter[1]}{_FIRST[counter[2]]}{counter[3]}]"


def define_unknown(text: str, tree: Node) -> str:
    """Return LaTeX that defines the commands whose words are missing from a tree.

    `tree` is what pandoc makes of the text in its format `KEEPING`. The same text is returned where
    nothing is missing.
    """
    counts: dict[str, int] = {}
    for raw in _raw(tree["blocks"]):
        for found in _COMMAND.finditer(raw):
            arguments = list(_arguments(raw, found.end()))
            worded = any(not _MEASURE.match(argument) for argument in arguments)
            if found[1] not in _SILENT and worded:
                counts[found[1]] = max(counts.get(found[1], 0), len(arguments))
    definitions = "".join(
        f"\\providecommand{{\\{name}}}[{count}]{{{' '.join(f'#{n + 1}' for n in range(count))}}}\n"
        for name, count in sorted(counts.items())
    )
    body = text.find(_BODY)
    at = body + len(_BODY) if body >= 0 else 0
    return text[:at] + definitions + text[at:]


def _raw(node: Any) -> Iterator[str]:
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting.extend(here)
        elif isinstance(here, dict):
            if here.get("t") in ("RawInline", "RawBlock"):
                yield here["c"][1]
            else:
                waiting.extend(here.values())


def _arguments(text: str, at: int) -> Iterator[str]:
    """Yield the contents of the braces that follow each other."""
    for _ in range(_MOST_ARGUMENTS):
        if text[at : at + 1] != "{":
            return
        depth, end = 0, at
        for end in range(at, len(text)):
            escaped = text[end - 1] == "\\"
            depth += (text[end] == "{") - (text[end] == "}") if not escaped else 0
            if not depth:
                break
        yield text[at + 1 : end]
        at = end + 1
