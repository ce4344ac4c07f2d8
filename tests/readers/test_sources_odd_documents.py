"""Documents as Word, LibreOffice, authors of LaTeX and wikis really write them: no word is lost."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.readers.test_sources_documents import epub, words

from pubtool.readers.sources.document import read_document_file
from pubtool.readers.sources.wiki_templates import words_of

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
ODF = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style")
    )
    + ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)


def zipped(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
        }
    )


def odt(body: str) -> bytes:
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<office:document-content {ODF} office:version="1.2">'
            "<office:automatic-styles/><office:body>"
            f"<office:text>{body}</office:text></office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {ODF}/>",
        }
    )


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def text_of(data: bytes, name: str) -> str:
    return words(read_document_file(data, name).text)


BOX = f"<w:txbxContent>{p(r('Boxed words.'))}</w:txbxContent>"
OLD_BOX = f"<w:r><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></w:r>"
NEW_BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><a:graphic><a:graphicData>'
    f"<wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></a:graphicData></a:graphic></w:drawing>"
    f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p(r("The kee"), r("per lights")), "The keeper lights"),
        (
            p(
                "<w:r><w:t>self</w:t><w:noBreakHyphen/><w:t>evi</w:t><w:softHyphen/></w:r>",
                r("dent"),
            ),
            "self‑evident",
        ),
        (
            p(
                r("a "),
                f"<w:ins w:id='1' w:author='A'>{r('new ')}</w:ins><w:del>{r('old ')}</w:del>",
                r("end"),
            ),
            "a new end",
        ),
        (
            p(r("Before "), OLD_BOX, r("behind.")) + p(r("Next.")),
            "Before behind. Next. Boxed words.",
        ),
        (
            p(r("Before "), NEW_BOX, r("behind.")) + p(r("Next.")),
            "Before behind. Next. Boxed words.",
        ),
        (
            p(r("See "), f'<w:fldSimple w:instr="REF x">{r("Article 3")}</w:fldSimple>'),
            "See Article 3",
        ),
        (p(f'<w:bdo w:val="rtl">{r("words ")}</w:bdo>', r("on")), "words on"),
        (p(f'<w:dir w:val="rtl">{r("words ")}</w:dir>', r("on")), "words on"),
        (p(f"<w:moveTo>{r('moved ')}</w:moveTo>", r("here")), "moved here"),
        (p(r("stays"), f"<w:moveFrom>{r(' moved')}</w:moveFrom>"), "stays"),
        (f"<w:customXml>{p(r('In XML.'))}</w:customXml>" + p(r("On.")), "In XML. On."),
        (
            p(
                f"<w:r><w:ruby><w:rt>{r('kan')}</w:rt>"
                f"<w:rubyBase>{r('漢')}</w:rubyBase></w:ruby></w:r>",
                r("字"),
            ),
            "漢字",
        ),
    ],
)
def test_word_s_documents(body: str, text: str) -> None:
    assert text_of(docx(body), "k.docx") == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            "<text:p>Before <draw:frame><draw:text-box><text:p>Boxed.</text:p></draw:text-box>"
            "</draw:frame>behind.</text:p><text:p>Next.</text:p>",
            "Before behind. Next. Boxed.",
        ),
        ("<text:p>a <text:meta>meta</text:meta> b</text:p>", "a meta b"),
        ("<text:p>a <text:user-field-get>field</text:user-field-get> b</text:p>", "a field b"),
        (
            "<text:p><text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan"
            "</text:ruby-text></text:ruby>字</text:p>",
            "漢字",
        ),
        ("<text:numbered-paragraph><text:p>One.</text:p></text:numbered-paragraph>", "One."),
        (
            '<text:tracked-changes><text:changed-region text:id="c"><text:deletion><text:p>old'
            "</text:p></text:deletion></text:changed-region></text:tracked-changes>"
            "<text:p>new</text:p>",
            "new",
        ),
    ],
)
def test_libreoffice_s_documents(body: str, text: str) -> None:
    assert text_of(odt(body), "k.odt") == text


def latex(body: str) -> bytes:
    return f"\\documentclass{{article}}\\begin{{document}}\n{body}\n\\end{{document}}".encode()


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"The \person{great Kant} said.", "The great Kant said."),
        (r"The \pair{first}{second} one.", "The first second one."),
        (r"The \vspace{2em}lamp\label{x}\index{lamp} burns.", "The lamp burns."),
        (r"\begin{recital}The \person{Kant} inside.\end{recital} On.", "The Kant inside. On."),
        (r"``Quoted'' by 'em", "“Quoted” by ’em"),
        (r"\begin{multicols}{2}Columns.\end{multicols}", "Columns."),
        (r"A\marginpar{Beside.} word", "A¹ word ¹Beside."),
        (r"A\footnotetext[3]{Below.} word", "A¹ word ¹Below."),
        (r"\begin{enumerate}[label=(\alph*), leftmargin=*]\item One.\end{enumerate}", "(a) One."),
        (
            "\\begin{enumerate}\n\\def\\labelenumi{\\Roman{enumi}.}\n\\item One.\\end{enumerate}",
            "I. One.",
        ),
        ("caf\\'e % no \\person{comment}", "café"),
    ],
)
def test_latex_as_authors_write_it(body: str, text: str) -> None:
    assert text_of(latex(body), "k.tex") == text


@pytest.mark.parametrize(
    ("body", "extent"),
    [
        (r"Own. \input{chapter2}", "excerpt"),
        (r"Own. \include{chapter2}", "excerpt"),
        (r"Own. % \input{chapter2}", ""),
        (r"Own. \includegraphics{picture}", ""),
    ],
)
def test_latex_that_includes_files_is_an_excerpt(body: str, extent: str) -> None:
    assert read_document_file(latex(body), "k.tex").extent == extent


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("{{nowrap|Kept words}}", "Kept words"),
        ("{{lang|de|[[Wort|das Wort]]}}", "das Wort"),
        ("{{quote|The ''very'' words of the speech.|Author}}", "The very words of the speech."),
        ("{{quote|text=The words of the speech.|author=A}}", "The words of the speech."),
        ("{{sfn|Smith|2000|p=3}}", ""),
        ("{{cite book|title=The words of the title}}", ""),
        ("{{citation needed|date=May 2020}}", ""),
        ("{{Infobox|name=x}}", ""),
        ("{{convert|5|km}}", ""),
        ("<ref>", ""),
        ("{{", ""),
    ],
)
def test_templates_of_a_wiki(template: str, printed: str) -> None:
    assert words_of(template) == printed


def test_a_note_that_is_referred_to_again_is_no_second_note() -> None:
    found = read_document_file(
        b"A.<ref name=a>Note.</ref> B.<ref name=a/> {{nowrap|C d}}", "k.wiki"
    )
    assert words(found.text) == "A.¹ B. C d ¹Note."
    assert len(found.landmarks) == 1


def test_jats_in_utf_16() -> None:
    page = '<?xml version="1.0" encoding="UTF-16"?><article><body><p>Wörds.</p></body></article>'
    assert text_of(page.encode("utf-16"), "k.xml") == "Wörds."


@pytest.mark.parametrize(
    "mark",
    [
        '<span class="pagenum">[Pg 14]</span>',
        '<span class="pageno" id="page_14">14</span>',
        '<span id="page_14"></span>',
        '<a id="pg14"></a>',
        '<span epub:type="pagebreak" title="14"/>',
    ],
)
def test_pages_of_an_epub(mark: str) -> None:
    found = read_document_file(epub(f"<p>Before {mark}behind.</p>"), "k.epub")
    assert "Before behind." in words(found.text)
    assert [(m.locator.value, found.text[m.at : m.at + 6]) for m in found.landmarks] == [
        ("14", "behind")
    ]


def test_what_the_preamble_says_to_packages_is_no_text() -> None:
    body = rb"\begin{document}The \person{Kant}.\end{document}"
    preamble = rb"\PassOptionsToPackage{unicode}{hyperref}\documentclass{article}\person{Nobody}"
    assert text_of(preamble + body, "k.tex") == "The Kant."


@pytest.mark.parametrize("mark", [rb"{\footnote", rb"{\*\footnote"])
def test_notes_of_rtf(mark: bytes) -> None:
    page = rb"{\rtf1\ansi Word" + mark + rb" Below.} on.\par}"
    assert text_of(page, "k.rtf") == "Word¹ on. ¹Below."
