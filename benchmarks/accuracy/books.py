"""Pages as books have them, and pages that a converter ran together: furniture of other shapes.

`texts.paginate` sets pages as RFCs have them. Here heads differ between left and right pages and
from chapter to chapter, a preface has Roman numbers, a chapter's first page has its number at the
foot, and notes of one to four lines stand above the page's end, set off in one of three ways,
marked in one of four, some going on over the page.
"""

from __future__ import annotations

from random import Random
from textwrap import wrap

from texts import Text, Word

WIDTH = 60
LINES = 30
ROMAN = "i ii iii iv v vi vii viii ix x xi xii".split()
_PREFACE = 5
_CHAPTER = 9
_TITLES = (
    "OF THE BEGINNING", "THE SECOND PART", "Of Matters Left Over", "A DIGRESSION", "The Harbour",
    "LETTERS AND PAPERS", "What Came After", "THE ACCOUNT RESUMED",
)  # fmt: skip
_NOTES = (
    "Ibid., p. {n}.",
    "See Harrow, Annals of the Northern Coast (London, 18{m}), p. {n}.",
    "The older copies have another reading, which {name} prints in his margin and defends at "
    "length against those who would have it struck out.",
    "{name}, Letters, vol. ii. p. {n}; compare the register for that year, where the same is told "
    "with less care, and the reply of the bishop, who denied that he had ever been present or had "
    "been asked for his opinion.",
    "This was said by {name}.",
    "Cf. {name}, op. cit., pp. {n}-{m}, and the plate.",
)
_NAMES = ("Harrow", "Dr. Penhale", "Tresidder", "Old Carlyon", "Mme. Rivaud")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SIGNS = "*†‡"


class _Book:
    """A text that is being set in pages."""

    def __init__(self, text: Text, random: Random, *, notes: bool) -> None:
        self.random = random
        self.notes = notes
        self.title = f"THE BOOK OF {text.key.upper()}"
        self.style = random.choice(["raised", "signs", "counted", "glued"])
        self.border = random.choice(["rule", "blank", "none"])
        self.out: list[str] = []
        self.length = 0
        self.page, self.line, self.number = 0, 0, 0
        self.pages = [0]
        self.marks: list[str] = []
        self.over: list[str] = []

    def put(self, text: str) -> int:
        at = self.length
        self.out.append(text)
        self.length += len(text)
        return at

    def mark(self) -> str:
        """Return the mark of the next note, as the body of the page has it."""
        if self.style == "signs":
            shown = _SIGNS[len(self.marks)]
        elif self.style == "counted":
            self.number += 1
            shown = str(self.number)
        else:
            shown = str(len(self.marks) + 1)
        self.marks.append(shown)
        return shown.translate(_RAISED) if self.style in ("raised", "counted") else shown

    def turn(self) -> None:
        """End a page: its notes, its foot, the form feed and the next one's head."""
        self._set_notes()
        first = self.page % _CHAPTER == 0
        self.put(f"\n{self._numeral():>{WIDTH // 2}}\n\f" if first else "\n\f")
        self.page += 1
        self.line = 0
        if self.page % _CHAPTER:
            self.put(self._head() + "\n\n")
        self.pages.append(self.length)

    def _numeral(self) -> str:
        return ROMAN[self.page] if self.page < _PREFACE else str(self.page - _PREFACE + 1)

    def _head(self) -> str:
        if self.page % 2:
            return f"{self._numeral()}{self.title:>{WIDTH - 12}}"
        title = _TITLES[self.page // _CHAPTER % len(_TITLES)] + "."
        return f"{title:>{WIDTH - 12}}{self._numeral():>8}"

    def _set_notes(self) -> None:
        lines, self.over = self.over, []
        note: list[str] = []
        for mark in self.marks:
            shown = self.random.choice(_NOTES).format(
                n=self.random.randint(2, 400),
                m=self.random.randint(20, 99),
                name=self.random.choice(_NAMES),
            )
            note = wrap(f"{mark} {shown}", WIDTH)
            lines += note
        if len(note) > 1 and self.random.random() < 0.3:
            lines, self.over = lines[:-1], lines[-1:]
        self.marks = []
        if lines:
            border = {"rule": "\n_________\n", "blank": "\n\n", "none": "\n"}[self.border]
            self.put(border + "\n".join(lines))


def bind(text: Text, random: Random, *, notes: bool) -> tuple[Text, tuple[int, ...]]:
    """Return the text as a book, and where each page's own text begins."""
    book, paragraphs = _Book(text, random, notes=notes), []
    for paragraph in filter(None, text.paragraphs):
        column, words = 0, []
        for word in paragraph:
            if column and column + len(word.text) > WIDTH:
                column, book.line = 0, book.line + 1
                if book.line >= LINES:
                    book.turn()
                else:
                    book.put("\n")
            elif column:
                book.put(" ")
            at = book.put(word.text)
            words.append(Word(word.text, at, at + len(word.text)))
            column += len(word.text) + 1
            if (
                notes
                and len(book.marks) < 3
                and random.random() < 0.006
                and word.text[-1].isalpha()
            ):
                book.put(book.mark())
        book.line += 1
        book.put("\n" + "   ")
        paragraphs.append(tuple(words))
    made = Text(text.key, text.lang, "".join(book.out), tuple(paragraphs))
    return made, tuple(book.pages)


def run_on(text: Text) -> tuple[Text, tuple[int, ...]]:
    """Return the text in pages without form feeds: a numbered foot, two lines of head."""
    out: list[str] = []
    length, line, page = 0, 0, 1
    pages, paragraphs = [0], []

    def put(shown: str) -> int:
        nonlocal length
        at = length
        out.append(shown)
        length += len(shown)
        return at

    for paragraph in filter(None, text.paragraphs):
        column, words = 0, []
        for word in paragraph:
            if column and column + len(word.text) > WIDTH:
                column, line = 0, line + 1
                put("\n")
                if line % LINES == 0:
                    put(f"\n\n{f'- {page} -':>34}\n\n\n")
                    put(f"   Proceedings of the {text.key.title()} Society\n   Second series\n\n")
                    pages.append(length)
                    page += 1
            elif column:
                put(" ")
            at = put(word.text)
            words.append(Word(word.text, at, at + len(word.text)))
            column += len(word.text) + 1
        put("\n\n")
        line += 1
        paragraphs.append(tuple(words))
    return Text(text.key, text.lang, "".join(out), tuple(paragraphs)), tuple(pages)
