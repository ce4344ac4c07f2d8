"""Typefaces: each script in its own, nothing as empty boxes, and the project's own folder."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner, Result
from tests.writers.structure import squeezed, structure

from pubtool.cli import program
from pubtool.errors import BadFont, GlyphMissing
from pubtool.writers.pdf import fonts

SCRIPTS = {
    "el": ("Ἐν ἀρχῇ ἦν ὁ λόγος", "LibertinusSerif"),
    "ru": ("Сначала было слово ѣ", "LibertinusSerif"),
    "he": ("בְּרֵאשִׁית ברא אלהים", "LibertinusSerif"),
    "ar": ("العَرَبِيَّة (مرحبا)، ١٢٣؟ گچپژ", "Amiri"),
    "hi": ("क्षत्रिय हिन्दी श्री", "NotoSansDevanagari"),
    "bn": ("বাংলা ক্ষমা", "HindSiliguri"),
    "ta": ("தமிழ் மொழி", "NotoSansTamil"),
    "te": ("తెలుగు క్షణం", "NotoSansTelugu"),
    "th": ("ภาษาไทย", "NotoSansThai"),
    "km": ("ភាសាខ្មែរ", "NotoSansKhmer"),
    "vi": ("Tiếng Việt được", "LibertinusSerif"),
}


def faces_of(data: bytes) -> set[str]:
    """Return the names of a PDF's typefaces, without weights."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        named = [
            str(one["/FontName"])
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        ]
    return {name.partition("+")[2].partition("-")[0] for name in named}


@pytest.mark.parametrize("lang", SCRIPTS)
@pytest.mark.parametrize("around", ["{}", "**{}**", "*{}*", "## {}", "> {}", "x^[{}]"])
def test_each_script_has_a_face_of_its_own(
    lang: str, around: str, post: Any, material: Any, write: Any
) -> None:
    words, face = SCRIPTS[lang]
    one = post(around.format(words), title=words, lang=lang, authors=(words,))
    found = faces_of(write(material(one), "pdf")["a/a.pdf"])
    assert face in found
    # dates and numbers may be Latin; a makeshift, such as a monospaced Arabic, may not be there
    assert found <= {face, "LibertinusSerif"}


def test_a_script_inside_another_has_its_face_too(post: Any, material: Any, write: Any) -> None:
    text = " and ".join(f"{words} ({lang})" for lang, (words, _) in SCRIPTS.items())
    data = write(material(post(f"{text} and `{text}`.")), "pdf")["a/a.pdf"]
    assert {face for _, face in SCRIPTS.values()} <= faces_of(data)


def test_letters_join_where_their_script_joins_them(post: Any, material: Any, write: Any) -> None:
    """A face is not enough: the glyphs of joined letters differ from those of letters apart."""

    def glyphs(text: str) -> int:
        data = write(material(post(text, title="T")), "pdf")["a/a.pdf"]
        with pikepdf.open(io.BytesIO(data)) as pdf:
            (font,) = [
                one
                for one in pdf.objects
                if isinstance(one, pikepdf.Dictionary)
                and "Amiri" in str(one.get("/BaseFont", ""))
                and one.get("/Subtype") == "/Type0"
            ]
            table = font.ToUnicode.read_bytes().partition(b"endcodespacerange")[2]
            return len(set(re.findall(rb"<([0-9A-Fa-f]{4})> *<", table)))

    assert glyphs("ببب") == 3  # at the beginning, in the middle, at the end
    assert glyphs("ب ب ب") == 1


def test_a_post_from_right_to_left_is_set_so(post: Any, material: Any, write: Any) -> None:
    import pypdfium2

    words = SCRIPTS["ar"][0]
    text = f"{words}\n\n- {words}\n\n{words}^[{words}]"
    data = write(material(post(text, lang="ar", title=words)), "pdf")["a/a.pdf"]
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        width = page.get_width()
        rights = [one.get_bounds()[2] for one in page.get_objects(filter=[1])]
        edges = sorted(round(right) for right in rights)[-6:]
    assert edges[0] > width * 0.75, "title, paragraphs, list and note begin at the right margin"


def test_what_no_face_has_is_named_with_its_place(post: Any, material: Any, write: Any) -> None:
    text = "A\n\nA 漢 character, 한 and 漢.\n\nMore: \U0001f600."
    said = r"^posts/a\.md:3: no font has 漢 \(U\+6F22\), 한 \(U\+D55C\), 😀 \(U\+1F600\); "
    with pytest.raises(GlyphMissing, match=said):
        write(material(post(text)), "pdf")
    with pytest.raises(GlyphMissing, match=r"^posts/a\.md \(or what it cites\): no font has 漢"):
        write(material(post("An &#x6f22; entity.")), "pdf")
    with pytest.raises(GlyphMissing, match=r"posts/a\.md:1: .*it into"):
        write(material(post("`漢`")), "pdf")


@pytest.mark.parametrize("where", ["title", "author", "keyword-only", "heading", "code", "table"])
def test_it_is_missed_wherever_it_stands(where: str, post: Any, material: Any, write: Any) -> None:
    fronts: dict[str, dict[str, Any]] = {
        "title": {"title": "漢"},
        "author": {"authors": ("漢",)},
        "keyword-only": {"tags": ("漢",)},
    }
    texts = {"heading": "# 漢", "code": "```\n漢\n```", "table": "| 漢 |\n|---|\n| b |"}
    given = material(post(texts.get(where, "Text."), **fronts.get(where, {})))
    if where == "keyword-only":  # which is data, and is not drawn
        assert write(given, "pdf")
        return
    with pytest.raises(GlyphMissing, match="漢"):
        write(given, "pdf")


def test_the_project_s_own_faces_are_used(
    tmp_path: Path, post: Any, material: Any, write: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A face that packages bring stands in for one that none does."""
    text = f"Words: {SCRIPTS['th'][0]}"
    name = "NotoSansThai[wdth,wght].ttf"
    own = tmp_path / "fonts" / name
    own.parent.mkdir()
    shutil.copy(str(files("fontpkg_noto_sans_thai").joinpath("files", name)), own)
    without = [package for package in fonts.PACKAGES if "thai" not in package]
    fonts.faces.cache_clear()
    monkeypatch.setattr(fonts, "PACKAGES", without)
    try:
        with pytest.raises(GlyphMissing, match=r"posts/a\.md:1: no font has ภ"):
            write(material(post(text)), "pdf")
        data = write(replace(material(post(text)), fonts=(own, own.with_name("README.txt"))), "pdf")
    finally:
        fonts.faces.cache_clear()
    assert "NotoSansThai" in faces_of(data["a/a.pdf"])
    assert SCRIPTS["th"][0] in squeezed(structure(data["a/a.pdf"]).text)


NO_FACES = {"a.ttf": b"no font", "a.OTF": b"", "a.woff2": b"wOF2\0\1\0\0"}


@pytest.mark.parametrize("name", NO_FACES)
def test_a_file_that_is_no_face_is_named(
    name: str, post: Any, material: Any, write: Any, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(NO_FACES[name])
    given = replace(material(post("Words.")), fonts=(tmp_path / name,))
    with pytest.raises(BadFont, match=rf"fonts/{name}: no TrueType or OpenType font; put the"):
        write(given, "pdf")


def test_every_face_comes_with_an_open_licence() -> None:
    for package in fonts.PACKAGES:
        licence = files(package).joinpath("LICENSE").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence, package


def test_a_build_finds_the_project_s_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is one of the project's own; a build with nothing new leaves the PDF alone."""
    thai, _ = SCRIPTS["th"]
    post = f"---\ntitle: T\nstatus: publish\ndate: 2026-05-03\n---\n\nWords: {thai}\n"
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "a.md").write_text(post, encoding="utf-8")
    (tmp_path / "references.bib").write_text("")
    fonts.faces.cache_clear()
    monkeypatch.setattr(fonts, "PACKAGES", [one for one in fonts.PACKAGES if "thai" not in one])

    def build(*more: str) -> Result:
        asked = ["--project", str(tmp_path), "build", "--to", "pdf", *more]
        return CliRunner().invoke(program, asked)

    try:
        missed = build()
        assert missed.exit_code == 2
        assert missed.stderr.startswith("pubtool: error: posts/a.md:7: no font has ภ (U+0E20), ")
        assert not (tmp_path / "public").exists()
        name = "NotoSansThai[wdth,wght].ttf"
        (tmp_path / "fonts").mkdir()
        shipped = files("fontpkg_noto_sans_thai").joinpath("files", name)
        shutil.copy(str(shipped), tmp_path / "fonts" / name)
        assert build().exit_code == 0
        assert "NotoSansThai" in faces_of((tmp_path / "public" / "a" / "a.pdf").read_bytes())
        assert "unchanged" in build().stderr
        assert "fonts" in build("--output", str(tmp_path / "fonts")).stderr
    finally:
        fonts.faces.cache_clear()


@pytest.mark.parametrize("lang", ["ar", "hi", "bn", "th"])
def test_words_in_a_formula_have_their_script_s_face(
    lang: str, post: Any, material: Any, write: Any
) -> None:
    words, face = SCRIPTS[lang]
    letters = "".join(c for c in words if c.isalnum() or c == " ")
    one = post(rf"$x = \text{{{letters}}} + \sum y$", title="T", authors=())
    found = faces_of(write(material(one), "pdf")["a/a.pdf"])
    assert face in found
    assert found <= {face, "LibertinusSerif", "NewCMMath"}
