"""Hostile and damaged sources: fuzzed from good ones, bombs, cycles, disguises.

`hostile_files` gives as many as are asked for, the same for the same seed.
"""

from __future__ import annotations

import io
import subprocess
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random

import pikepdf
import typst

from pubtool.system.pandoc import pandoc_path

_PROSE = "The keeper shall light the lamp at dusk and sound the horn in fog. " * 40
_FORMATS = ("docx", "odt", "epub", "rtf", "latex", "jats", "html", "mediawiki")
_ENDINGS = {"latex": "tex", "mediawiki": "wiki"}


def good_files() -> dict[str, bytes]:
    """Return a sound file of each format, by its ending."""
    found = {"pdf": bytes(typst.compile(_PROSE.encode(), ignore_system_fonts=True))}
    for form in _FORMATS:
        command = [str(pandoc_path()), "-f", "markdown", "-t", form, "-s", "-o", "-"]
        said = subprocess.run(command, input=_PROSE.encode(), capture_output=True, check=True)
        found[_ENDINGS.get(form, form)] = said.stdout
    found["txt"] = found["md"] = _PROSE.encode()
    return found


def hostile_files(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Yield names, whose endings are formats, and contents."""
    random = Random(seed)
    good = good_files()
    made = [(name, make()) for name, make in _MADE]
    yield from made[:count]
    for number in range(count - len(made)):
        ending = random.choice(sorted(good))
        how = random.choice(_DAMAGES)
        yield f"{how.__name__}{number}.{ending}", how(good[ending], random)


# --- Damage ---------------------------------------------------------------------------------------


def _truncated(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data))]


def _flipped(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 10, 100))):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _shuffled(data: bytes, random: Random) -> bytes:
    size = max(len(data) // 20, 1)
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    random.shuffle(parts)
    return b"".join(parts)


def _stuffed(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + random.randbytes(random.choice((1, 50, 5000))) + data[at:]


def _repeated(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + data[at : at + 40] * 2000 + data[at:]


_DAMAGES = (_truncated, _flipped, _shuffled, _stuffed, _repeated)


# --- Malice ---------------------------------------------------------------------------------------


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def _zip_that_lies() -> bytes:
    """Return an archive whose directory says that a huge member is small."""
    data = _zip({"word/document.xml": b" " * 300_000_000})
    return data.replace((300_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def _pdf(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    document = pikepdf.open(io.BytesIO(bytes(typst.compile(b"Words", ignore_system_fonts=True))))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _cyclic_pages(document: pikepdf.Pdf) -> None:
    document.Root.Pages.Kids.append(document.Root.Pages)


def _countless_pages(document: pikepdf.Pdf) -> None:
    document.Root.Pages.Count = 2_000_000_000


def _self_drawing(document: pikepdf.Pdf) -> None:
    form = pikepdf.Stream(document, b"/F Do /F Do")
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([0, 0, 10, 10])
    form = document.make_indirect(form)
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    page = document.pages[0]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    page.Contents = pikepdf.Stream(document, b"/F Do")


def _deep_labels(document: pikepdf.Pdf) -> None:
    node = pikepdf.Dictionary(Nums=pikepdf.Array([]))
    for _ in range(400):
        node = pikepdf.Dictionary(Kids=pikepdf.Array([document.make_indirect(node)]))
    document.Root.PageLabels = node


def _encrypted() -> bytes:
    document = pikepdf.open(io.BytesIO(bytes(typst.compile(b"Words", ignore_system_fonts=True))))
    out = io.BytesIO()
    document.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


def _stream_bomb(levels: int) -> bytes:
    """Return a PDF whose page's content unpacks to far more than it is."""
    content = b"% " + bytes(64 << 20)
    for _ in range(levels):
        content = zlib.compress(content, 9)
    filters = " ".join(["/FlateDecode"] * levels)
    head = b"%PDF-1.4\n"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Filter[%s]/Length %d>>stream\n%s\nendstream"
        % (filters.encode(), len(content), content),
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return head + body + b"trailer<</Root 1 0 R>>\n%%EOF"


def _laughs() -> bytes:
    names = "abcdefghij"
    entities = '<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names)
    )
    return f"<!DOCTYPE article [{entities}]><article><body><p>&j;</p></body></article>".encode()


_OUTSIDE = "../../outside.txt"
_MADE: tuple[tuple[str, Callable[[], bytes]], ...] = (
    ("empty.pdf", lambda: b""),
    ("empty.docx", lambda: b""),
    ("nul.txt", lambda: b"\0" * 10_000),
    ("latin.txt", lambda: "café".encode("latin-1")),
    ("utf16.txt", lambda: "words".encode("utf-16-le")),
    ("one_line.txt", lambda: b"word " * 4_000_000),
    ("brackets.md", lambda: b"[" * 100_000),
    ("stars.md", lambda: b"*a " * 100_000),
    ("quotes.md", lambda: b">" * 100_000),
    ("divs.html", lambda: b"<div>" * 300_000),
    ("spans.html", lambda: b"<b><i>" * 200_000 + b"words"),
    ("attributes.html", lambda: b"<p " + b"a=1 " * 300_000 + b">words"),
    ("entity.html", lambda: b"&" * 300_000),
    ("script.html", lambda: b"<script>" + b"x" * 1_000_000),
    ("pages.pdf", lambda: _pdf(_cyclic_pages)),
    ("count.pdf", lambda: _pdf(_countless_pages)),
    ("form.pdf", lambda: _pdf(_self_drawing)),
    ("labels.pdf", lambda: _pdf(_deep_labels)),
    ("locked.pdf", _encrypted),
    ("bomb.pdf", lambda: _stream_bomb(1)),
    ("bombs.pdf", lambda: _stream_bomb(3)),
    ("array.pdf", lambda: b"%PDF-1.4\n1 0 obj\n" + b"[" * 500_000),
    ("bomb.docx", lambda: _zip({"word/document.xml": bytes(50_000_000)})),
    ("lie.docx", _zip_that_lies),
    ("path.docx", lambda: _zip({_OUTSIDE: b"words", "/outside.txt": b"words"})),
    ("path.epub", lambda: _zip({_OUTSIDE: b"words", "mimetype": b"application/epub+zip"})),
    ("many.odt", lambda: _zip({f"{n}": b"" for n in range(25_000)})),
    ("nested.docx", lambda: _zip({"a.docx": _zip({"b.docx": _zip({"c": bytes(1_000_000)})})})),
    ("laughs.xml", _laughs),
    ("laughs.jats", _laughs),
    ("groups.rtf", lambda: b"{\\rtf1" + b"{" * 200_000),
    ("bin.rtf", lambda: b"{\\rtf1\\bin2000000000 abc}"),
    ("macro.tex", lambda: b"\\newcommand{\\a}{\\a\\a}\\begin{document}\\a\\end{document}"),
    ("macros.tex", lambda: b"\\def\\x{a}" * 20_000 + b"\\begin{document}\\x\\end{document}"),
    ("include.tex", lambda: b"\\begin{document}\\input{/etc/passwd}\\end{document}"),
    ("templates.wiki", lambda: b"{{" * 20_000),
    ("tables.wiki", lambda: b"{|\n|-\n|" * 3_000),
    ("program.pdf", lambda: b"MZ" + bytes(1000)),
    ("login.pdf", lambda: b"<!DOCTYPE html><title>Log in</title>"),
    ("pdf.docx", lambda: b"%PDF-1.4\n"),
    ("zip.txt", lambda: _zip({"a": b"words"})),
)
