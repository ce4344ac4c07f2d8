"""Printers: Typst, LaTeX, LibreOffice and Chromium, each in several layouts.

The settings (fonts, sizes, measures) are drawn by chance, so that no run prints what another did.
"""

from __future__ import annotations

import html
import re
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random

import pikepdf
import typst
from benchmarks.extraction.document import Document, Plan, with_marks

Printer = Callable[..., Document]


def count_pages(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


def numbered(pdf: bytes, first: int) -> tuple[str, ...]:
    return tuple(str(first + place) for place in range(count_pages(pdf)))


def without_labels(document: Document) -> Document:
    """Return the document without the page labels that its file has."""
    with pikepdf.open(BytesIO(document.pdf)) as opened:
        if "/PageLabels" in opened.Root:
            del opened.Root.PageLabels
        out = BytesIO()
        opened.save(out)
    return replace(document, pdf=out.getvalue(), made=document.made + ", no labels")


# --- Typst ----------------------------------------------------------------------------------------

_TYPST_FONTS = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")


def _typst_escaped(text: str) -> str:
    return re.sub(r"([\\#$*_`<>@=~\[\]/-])", r"\\\1", text)


def typst_document(made: Plan, random: Random, *, columns: int, head: bool) -> Document:
    font = random.choice(_TYPST_FONTS[:2])
    size = random.choice((9, 10, 11))
    width, height = random.choice(((148, 210), (170, 240), (210, 297)))
    where = random.choice(("bottom", "top"))
    running = "header: [_The Keeper_ #h(1fr) Journal of Harbours]," if head else ""
    if where == "top":
        running = (
            "header: context [The Keeper of Lamps #h(1fr) #counter(page).display()],"
            if head
            else "header: context align(right, counter(page).display()),"
        )
    numbering = '"1"' if where == "bottom" else "none"
    number = f"numbering: {numbering}, number-align: {random.choice(('center', 'right'))}"
    escaped = replace(
        made,
        paragraphs=tuple(map(_typst_escaped, made.paragraphs)),
        notes=tuple(map(_typst_escaped, made.notes)),
    )
    body = "\n\n".join(with_marks(escaped, "#footnote[{}]"))
    source = f"""#set page(width: {width}mm, height: {height}mm, columns: {columns},
  margin: {random.choice((15, 20, 25))}mm, {running} {number})
#set text(font: "{font}", size: {size}pt, hyphenate: true, lang: "en")
#set par(justify: true, first-line-indent: {random.choice((0, 1))}em)
#counter(page).update({made.first_page})
= {made.title}
{body}
"""
    pdf = bytes(typst.compile(source.encode(), ignore_system_fonts=True))
    settings = f"Typst, {font} {size}, {width} mm, {columns} columns, number {where}"
    return Document("", made, pdf, numbered(pdf, made.first_page), made=settings)


def typst_turned(made: Plan, random: Random) -> Document:
    """Return pages that are turned by a quarter, as a landscape table is."""
    document = typst_document(made, random, columns=1, head=True)
    out = BytesIO()
    with pikepdf.open(BytesIO(document.pdf)) as opened:
        for page in opened.pages:
            left, bottom, right, top = (float(x) for x in page.MediaBox)
            content = f"q 0 1 -1 0 {top - bottom} 0 cm\n".encode()
            page.contents_add(content, prepend=True)
            page.contents_add(b"\nQ")
            page.MediaBox = [0, 0, top - bottom, right - left]
            page.CropBox = page.MediaBox
            page.Rotate = 90
        opened.save(out)
    return replace(document, pdf=out.getvalue(), made=document.made + ", turned")


# --- LaTeX ----------------------------------------------------------------------------------------

_SPECIAL = {c: f"\\{c}" for c in "&%$#_{}"} | {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "“": "``", "”": "''", "‘": "`", "’": "'", "–": "--", "—": "---", "<": r"\textless{}",
    ">": r"\textgreater{}", "|": r"\textbar{}", '"': "''",
}  # fmt: skip


_LATEX_FONTS = (
    "",
    r"\usepackage{times}",
    r"\usepackage[T1]{fontenc}\usepackage{palatino}",
    r"\usepackage{lmodern}\usepackage[T1]{fontenc}",
    r"\usepackage{lmodern}\usepackage[T1]{fontenc}\usepackage{microtype}",
)
"""The first is TeX's own encoding, in which many accents are two characters."""


def _latex_escaped(text: str) -> str:
    text = re.sub(r'"([^"]*)"', "``\\1''", text)
    return "".join(_SPECIAL.get(c, c) if c in _SPECIAL or ord(c) < 256 else " " for c in text)


_RUNNING = r"""\usepackage{fancyhdr}\pagestyle{fancy}\fancyhf{}
\fancyhead[LE]{\thepage}\fancyhead[RE]{\textsc{Journal of Harbours}}
\fancyhead[LO]{\textit{The Keeper of Lamps}}\fancyhead[RO]{\thepage}
\fancypagestyle{plain}{\fancyhf{}\fancyfoot[C]{\thepage}\renewcommand{\headrulewidth}{0pt}}
"""


_SHIPPED = r"""\newwrite\shipped\immediate\openout\shipped=d.pages
\AddToHook{shipout/before}{\immediate\write\shipped{\thepage}}"""
"""Writes the number of each page that leaves TeX to a file."""


def latex_document(
    made: Plan, random: Random, *, columns: int = 1, extra: str = "", book: bool = False
) -> Document:
    fonts = random.choice(_LATEX_FONTS)
    size = random.choice((10, 11, 12)) if columns == 1 else 10
    paper = random.choice(("a4paper", "letterpaper", "a5paper" if columns == 1 else "a4paper"))
    running = random.choice((_RUNNING, _RUNNING, "")) if not book else _RUNNING
    escaped = replace(
        made,
        paragraphs=tuple(map(_latex_escaped, made.paragraphs)),
        notes=tuple(map(_latex_escaped, made.notes)),
    )
    paragraphs = with_marks(escaped, r"\footnote{{}}")
    kind = "book" if book else "article"
    options = f"{size}pt,{paper}" + (",twocolumn" if columns == 2 else "") + ",twoside"
    if book:
        cut = max(len(paragraphs) // 4, 1)
        body = (
            "\\frontmatter\n\\chapter{Preface}\n" + "\n\n".join(paragraphs[:cut])
            + "\n\\mainmatter\n\\chapter{The Keeper}\n" + "\n\n".join(paragraphs[cut : 2 * cut])
            + "\n\\chapter{The Lamp}\n" + "\n\n".join(paragraphs[2 * cut :])
        )  # fmt: skip
    else:
        body = (
            f"\\setcounter{{page}}{{{made.first_page}}}\\title{{{made.title}}}\\author{{A. Name}}"
            "\\date{}\\maketitle\n\\section{First}\n" + "\n\n".join(paragraphs)
        )
    source = (
        f"\\documentclass[{options}]{{{kind}}}\n\\usepackage[utf8]{{inputenc}}{fonts}\n{running}"
        f"{extra}\n{_SHIPPED}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "d.tex").write_text(source, encoding="utf-8")
        command = ["pdflatex", "-interaction=batchmode", "d.tex"]
        for _ in range(2):
            subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=120)
        if not Path(folder, "d.pdf").exists():
            raise RuntimeError(Path(folder, "d.log").read_text(encoding="latin-1")[-2000:])
        pdf = Path(folder, "d.pdf").read_bytes()
        labels = tuple(Path(folder, "d.pages").read_text(encoding="ascii").split())
    settings = (
        f"LaTeX {kind}, {options}, {fonts or 'OT1'}, {'running heads' if running else 'plain'}"
    )
    return Document("", made, pdf, labels, made=settings)


# --- LibreOffice ----------------------------------------------------------------------------------

_FODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="{width}cm"
 fo:page-height="{height}cm" fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="{margin}cm"
 fo:margin-right="{margin}cm"><style:columns fo:column-count="{columns}" fo:column-gap="0.6cm"/>
</style:page-layout-properties>
<style:header-style><style:header-footer-properties fo:min-height="0.6cm" fo:margin-bottom="0.4cm"/>
</style:header-style><style:footer-style><style:header-footer-properties fo:min-height="0.6cm"
 fo:margin-top="0.4cm"/></style:footer-style></style:page-layout>
<style:style style:name="P" style:family="paragraph" style:parent-style-name="Standard">
<style:paragraph-properties fo:text-align="justify" fo:hyphenation-ladder-count="no-limit"
 fo:margin-bottom="0.2cm"/><style:text-properties fo:font-size="{size}pt" fo:hyphenate="true"
 fo:language="en" fo:country="US" style:font-name="{font}"/></style:style>
<style:style style:name="F" style:family="paragraph"><style:text-properties
 fo:font-size="{note}pt"/></style:style>
<style:style style:name="S" style:family="paragraph" style:parent-style-name="P"
 style:master-page-name="M"><style:paragraph-properties style:page-number="{first}"/></style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="M" style:page-layout-name="L">
<style:header><text:p>{head}</text:p></style:header>
<style:footer><text:p>{foot}</text:p></style:footer></style:master-page></office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>
"""
_NOTE = (
    '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    '<text:note-body><text:p text:style-name="F">{}</text:p></text:note-body></text:note>'
)


def office_document(made: Plan, random: Random, *, columns: int) -> Document:
    escaped = replace(
        made,
        paragraphs=tuple(html.escape(p, quote=False) for p in made.paragraphs),
        notes=tuple(html.escape(p, quote=False) for p in made.notes),
    )
    paragraphs = with_marks(escaped, _NOTE)
    body = "".join(
        f'<text:p text:style-name="{"P" if number else "S"}">{p}</text:p>'
        for number, p in enumerate(paragraphs)
    )
    size = random.choice((10, 11, 12))
    width, height = random.choice(((21, 29.7), (14.8, 21) if columns == 1 else (21.6, 27.9)))
    number = "<text:page-number/>"
    head, foot = random.choice(
        (("The Keeper of Lamps", number), (f"Harbours {number}", "A foot"), ("", f"– {number} –"))
    )
    source = _FODT.format(
        width=width, height=height, margin=random.choice((2, 2.5)), columns=columns, size=size,
        note=size - random.choice((1, 2)), first=made.first_page, head=head, foot=foot, body=body,
        font=random.choice(("Liberation Serif", "DejaVu Serif", "Liberation Sans")),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "d.fodt").write_text(source, encoding="utf-8")
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile",
                   "--convert-to", "pdf", "--outdir", folder, f"{folder}/d.fodt"]  # fmt: skip
        subprocess.run(command, capture_output=True, check=True, timeout=180)
        pdf = Path(folder, "d.pdf").read_bytes()
    settings = f"LibreOffice, {size} points, {width} cm, {columns} columns, {head!r} {foot!r}"
    return Document("", made, pdf, numbered(pdf, made.first_page), made=settings)


# --- Chromium -------------------------------------------------------------------------------------


def web_document(made: Plan, random: Random, *, columns: int) -> Document:
    """Return a page that a browser printed, with numbers in its margin boxes."""
    paragraphs = "".join(f"<p>{html.escape(p)}</p>" for p in made.paragraphs)
    size = random.choice((10, 11, 12))
    font = random.choice(("serif", "sans-serif"))
    place = random.choice(("@bottom-center", "@top-right", "@bottom-right"))
    source = f"""<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Lamps</title><style>
@page {{ size: {random.choice(("A4", "Letter"))}; margin: 2cm;
  {place} {{ content: counter(page); }} @top-left {{ content: "The Keeper of Lamps"; }} }}
body {{ font: {size}pt {font}; columns: {columns}; text-align: {random.choice(("justify", "left"))};
  hyphens: auto; margin: 0; }}</style><h1>{made.title}</h1>{paragraphs}</html>"""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "d.html").write_text(source, encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu",
                   "--no-pdf-header-footer", f"--user-data-dir={folder}/profile",
                   f"--print-to-pdf={folder}/d.pdf", f"{folder}/d.html"]  # fmt: skip
        subprocess.run(command, capture_output=True, check=True, timeout=120)
        pdf = Path(folder, "d.pdf").read_bytes()
    settings = f"Chromium, {font} {size}, {columns} columns, number {place}"
    return Document("", made, pdf, numbered(pdf, 1), made=settings)


PRINTERS: dict[str, tuple[Printer, bool]] = {
    "Typst": (lambda p, r: typst_document(p, r, columns=1, head=r.random() < 0.7), False),
    "Typst, no labels": (
        lambda p, r: without_labels(typst_document(p, r, columns=1, head=r.random() < 0.7)),
        False,
    ),
    "Typst, two columns": (lambda p, r: typst_document(p, r, columns=2, head=True), False),
    "Typst, notes": (lambda p, r: typst_document(p, r, columns=1, head=True), True),
    "Typst, two columns, notes": (lambda p, r: typst_document(p, r, columns=2, head=True), True),
    "Typst, turned": (typst_turned, False),
    "LaTeX": (latex_document, False),
    "LaTeX, two columns": (lambda p, r: latex_document(p, r, columns=2), False),
    "LaTeX, notes": (latex_document, True),
    "LaTeX, two columns, notes": (lambda p, r: latex_document(p, r, columns=2), True),
    "LaTeX, numbered lines": (
        lambda p, r: latex_document(p, r, extra=r"\usepackage{lineno}\linenumbers"),
        False,
    ),
    "LaTeX, book": (lambda p, r: latex_document(p, r, book=True), False),
    "LaTeX, book, notes": (lambda p, r: latex_document(p, r, book=True), True),
    "LibreOffice": (lambda p, r: office_document(p, r, columns=1), False),
    "LibreOffice, two columns": (lambda p, r: office_document(p, r, columns=2), False),
    "LibreOffice, notes": (lambda p, r: office_document(p, r, columns=1), True),
    "Chromium": (lambda p, r: web_document(p, r, columns=1), False),
    "Chromium, two columns": (lambda p, r: web_document(p, r, columns=2), False),
}
"""The kinds: how each is printed, and whether it has notes."""
