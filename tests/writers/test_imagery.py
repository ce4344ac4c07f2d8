"""Images as readers get them: without what they tell of people, upright, in the sizes they need."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from random import Random
from typing import Any

import pikepdf
import pytest
from lxml import html
from PIL import Image, ImageChops, ImageCms, ImageStat
from PIL.PngImagePlugin import PngInfo
from tests.pictures import picture

from pubtool.model import FORMATS
from pubtool.system.pandoc import Pandoc
from pubtool.writers.export import plan_jobs
from pubtool.writers.imagery import Unusable, discreet, open_hearted
from pubtool.writers.imagery.kinds import kind_of
from pubtool.writers.imagery.scaling import WIDTHS, measure, scaled
from pubtool.writers.posting import outgoing

NAME = "Jane Planted"
PLACE = (51.0, 30.0, 26.34)
"""Degrees, minutes and seconds."""
XMP = f"<x:xmpmeta><dc:creator>{NAME}</dc:creator><exif:GPS>51,30.4391N</exif:GPS></x:xmpmeta>"


def photograph(mode: str = "RGB", size: tuple[int, int] = (1300, 800)) -> Image.Image:
    """Return a picture with colours, edges and noise."""
    grey = Image.linear_gradient("L").resize(size)
    noise = Image.frombytes("L", (97, 89), Random(3).randbytes(97 * 89)).resize(size)
    return Image.merge("RGB", (grey, ImageChops.blend(grey, noise, 0.2), grey.rotate(180))).convert(
        mode
    )


def told_of(turned: int = 1) -> Image.Exif:
    """Return Exif that tells of a person and a place."""
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = exif[0x8298] = NAME
    exif[0x9C9D] = NAME.encode("utf-16-le")  # Windows's author
    exif[0x0112] = turned
    exif.get_ifd(0x8825).update({1: "N", 2: PLACE, 3: "W", 4: PLACE, 29: "2026:05:03"})
    exif.get_ifd(0x8769)[0x927C] = NAME.encode()  # a camera's own notes
    return exif


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


@cache
def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body


def jpeg(turned: int = 1, **options: Any) -> bytes:
    """Return a JPEG with all that cameras and programs put into one."""
    given = {"exif": told_of(turned), "icc_profile": profile(), "comment": NAME, **options}
    plain = saved(photograph(), "JPEG", quality=90, **given)
    thumbnail = saved(photograph(size=(80, 60)), "JPEG", comment=NAME)
    more = (
        segment(0xE0, b"JFXX\0\x10" + thumbnail)
        + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP.encode())
        + segment(0xE2, b"MPF\0" + NAME.encode())
        + segment(0xED, b"Photoshop 3.0\0" + b"\x1c\x02\x50\0\x0c" + NAME.encode())
        + segment(0xEC, b"Ducky" + NAME.encode())
    )
    return plain[:2] + more + plain[2:] + thumbnail + NAME.encode()


def png() -> bytes:
    info = PngInfo()
    info.add_text("Author", NAME)
    info.add_itxt("XML:com.adobe.xmp", XMP)
    info.add_text("Place", NAME * 9, zip=True)
    plain = saved(photograph(), "PNG", pnginfo=info, exif=told_of(), icc_profile=profile())
    named = plain.replace(b"ICC Profile", NAME.encode()[:11])
    at = named.index(b"iCCP") - 4
    size = int.from_bytes(named[at : at + 4])
    body = named[at + 4 : at + 8 + size]
    repaired = (
        named[: at + 8 + size] + struct.pack(">I", zlib.crc32(body)) + named[at + 12 + size :]
    )
    return repaired + NAME.encode()


def webp() -> bytes:
    return saved(photograph(), "WEBP", exif=told_of(), xmp=XMP.encode(), icc_profile=profile())


def avif() -> bytes:
    exif = told_of()
    del exif[0x0112]
    return saved(photograph(), "AVIF", exif=exif, xmp=XMP.encode(), speed=10)


def gif() -> bytes:
    frames = [photograph("P", (60, 40)), photograph("P", (60, 40)).rotate(180)]
    first, *others = frames
    return saved(first, "GIF", save_all=True, append_images=others, comment=NAME.encode(), loop=0)


def drawing() -> bytes:
    return f"""<?xml version="1.0"?><!-- {NAME} -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape"
 viewBox="0 0 40 20" i:export-filename="/home/{NAME}/a.png">
<metadata><creator>{NAME}</creator></metadata><rect width="40" height="20" fill="red"/></svg>
""".encode()


MADE: dict[str, Callable[[], bytes]] = {
    "jpg": jpeg, "png": png, "webp": webp, "avif": avif, "gif": gif, "svg": drawing,
}  # fmt: skip


def tells(data: bytes) -> bool:
    """Whether the name or the place stands in some bytes, as text, in two bytes, as fractions."""
    numbers = [struct.pack(f"{order}2L", 2634, 100) for order in "<>"]
    numbers += [struct.pack(f"{order}2L", 1317, 50) for order in "<>"]
    signs = [NAME.encode(), NAME.encode("utf-16-le"), NAME.encode("utf-16-be"), b"51,30.4391"]
    return any(sign in data for sign in (*signs, *numbers))


@pytest.mark.parametrize("kind", MADE)
def test_a_picture_tells_of_nobody(kind: str) -> None:
    data = MADE[kind]()
    assert kind_of(data) == kind
    assert tells(data), "the test would prove nothing"
    assert not tells(discreet(data))
    assert discreet(data) == discreet(data)
    assert discreet(discreet(data)) == discreet(data)
    assert tells(open_hearted(data)) == (kind != "svg")


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "avif", "gif"])
def test_readers_of_metadata_find_none(kind: str) -> None:
    with Image.open(io.BytesIO(discreet(MADE[kind]()))) as image:
        image.load()
        assert not dict(image.getexif())
        assert not image.getexif().get_ifd(0x8825)
        assert not {"xmp", "comment", "photoshop", "Author", "Place", "mp"} & set(image.info)


@pytest.mark.filterwarnings("ignore:Image appears to be a malformed MPO file")
@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "avif", "gif"])
def test_no_pixel_changes(kind: str) -> None:
    before = MADE[kind]()
    after = discreet(before)
    with Image.open(io.BytesIO(before)) as one, Image.open(io.BytesIO(after)) as other:
        assert one.size == other.size
        assert getattr(one, "n_frames", 1) == getattr(other, "n_frames", 1)
        assert one.info.get("icc_profile") == other.info.get("icc_profile")
        for frame in range(getattr(one, "n_frames", 1)):
            one.seek(frame)
            other.seek(frame)
            assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize("turned", range(2, 9))
def test_a_picture_stands_as_the_camera_saw_it(turned: int) -> None:
    flat = saved(photograph(size=(640, 480)), "JPEG", quality=90, exif=told_of(turned))
    with Image.open(io.BytesIO(flat)) as given:
        from PIL.ImageOps import exif_transpose

        wanted = exif_transpose(given)
    data = discreet(flat)
    assert not tells(data)
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == wanted.size == (measure(flat).width, measure(flat).height)
        assert image.getexif().get(0x0112, 1) == 1
        error = ImageStat.Stat(ImageChops.difference(image.convert("RGB"), wanted)).rms
        assert max(error) < 1, "of 255, the root of the mean square, with the same quantisation"


# --- Sizes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "avif"])
def test_smaller_sizes_keep_the_format_and_tell_nothing(kind: str) -> None:
    data = MADE[kind]()
    assert measure(data).widths == (480, 960)
    for width in measure(data).widths:
        smaller = scaled(data, width)
        assert kind_of(smaller) == kind
        assert not tells(smaller)
        assert smaller == scaled(data, width)
        with Image.open(io.BytesIO(smaller)) as image:
            assert image.size == (width, round(800 * width / 1300))
            assert not dict(image.getexif())


def test_a_palette_stays_where_that_is_smaller() -> None:
    few = saved(photograph().quantize(16), "PNG")
    with Image.open(io.BytesIO(scaled(few, 480))) as image:
        assert image.mode == "P"


@pytest.mark.parametrize(
    ("image", "form", "mode"),
    [
        (photograph("CMYK"), "JPEG", "RGB"),
        (photograph("L"), "JPEG", "L"),
        (Image.new("I;16", (1300, 800), 40000), "PNG", "L"),
        (photograph("RGBA"), "PNG", "RGBA"),
        (photograph("1"), "PNG", "L"),
        (photograph("LA"), "PNG", "LA"),
        (photograph("LA").convert("RGBA").rotate(30), "WEBP", "RGBA"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.mode,
)
def test_unusual_pictures_are_made_smaller(image: Image.Image, form: str, mode: str) -> None:
    with Image.open(io.BytesIO(scaled(saved(image, form), 480))) as smaller:
        assert (smaller.width, smaller.mode) == (480, mode)


def test_sixteen_bits_stay_as_light_as_they_were() -> None:
    data = saved(Image.new("I;16", (1300, 800), 40000), "PNG")
    with Image.open(io.BytesIO(scaled(data, 480))) as smaller:
        assert smaller.getpixel((5, 5)) == 40000 // 256


def test_a_second_picture_behind_the_end_goes() -> None:
    both = saved(photograph(), "MPO", save_all=True, append_images=[photograph().rotate(90)])
    with Image.open(io.BytesIO(both)) as image:
        assert getattr(image, "n_frames", 1) == 2
    assert measure(both).widths == (480, 960)
    with Image.open(io.BytesIO(discreet(both))) as image:
        assert image.format == "JPEG"


def test_no_size_is_above_the_original_and_what_moves_has_one() -> None:
    assert measure(picture(1, size=(500, 5))).widths == ()
    assert measure(picture(1, size=(700, 5))).widths == (480,)
    assert measure(picture(1, size=(4000, 5))).widths == WIDTHS
    assert measure(gif()).widths == ()


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ('width="30" height="20"', (30, 20)),
        ('width="1in" height="48pt"', (96, 64)),
        ('viewBox="0 0 40 20"', (40, 20)),
        ('width="100%" viewBox="-5,-5,40.4,20"', (40, 20)),
        ('width="80" viewBox="0 0 40 20"', (80, 40)),
        ("", (0, 0)),
        ('viewBox="0 0 0 0"', (0, 0)),
    ],
)
def test_a_drawing_says_how_large_it_is(head: str, size: tuple[int, int]) -> None:
    data = f'<svg xmlns="http://www.w3.org/2000/svg" {head}/>'.encode()
    assert (measure(data).width, measure(data).height) == size


# --- Damage and malice ----------------------------------------------------------------------------


def broken(data: bytes, random: Random) -> Iterator[bytes]:
    for _ in range(40):
        yield data[: random.randrange(len(data))]
        flipped = bytearray(data)
        for _ in range(random.choice((1, 5, 50))):
            flipped[random.randrange(min(len(data), 3000))] = random.randrange(256)
        yield bytes(flipped)


@pytest.mark.parametrize("kind", MADE)
def test_a_damaged_picture_is_one_sentence(kind: str) -> None:
    """It is usable all the same, or it is not; it is never a fault of ours."""
    small = {"jpg": jpeg, "gif": gif, "svg": drawing}.get(kind)
    data = small() if small else saved(photograph(size=(90, 60)), kind.upper(), exif=told_of())
    told = set()
    for one in broken(data, Random(7)):
        try:
            usable = discreet(one)
            for width in measure(usable).widths[:1]:
                scaled(usable, width)
        except Unusable as error:
            told.add(str(error))
    assert told, "some of it must have been noticed"
    assert all(len(sentence) < 90 and "\n" not in sentence for sentence in told)


def huge_png(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1_000_000)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def test_a_picture_of_too_many_pixels_is_not_decoded() -> None:
    with pytest.raises(Unusable, match="too many pixels"):
        discreet(huge_png(60_000, 60_000))
    assert measure(huge_png(10_000, 9_000)).widths == (), "shown, and not made smaller"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"words", "no picture"),
        (b"<!DOCTYPE html><script>x</script>", "it is HTML"),
        (b"II*\0" + bytes(20), "it is TIFF"),
        (b"%PDF-1.7", "it is PDF"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><a></svg>", "no well-formed"),
        (b"<svg xmlns='x'/>", "no SVG drawing"),
    ],
)
def test_what_is_no_picture_is_named(data: bytes, why: str) -> None:
    with pytest.raises(Unusable, match=why):
        discreet(data)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>x</script>",
        "<foreignObject><b xmlns='http://www.w3.org/1999/xhtml'>x</b></foreignObject>",
        "<image href='https://x.org/a.png'/>",
        "<use href='https://x.org/a.svg#b'/>",
        "<use xlink:href='data:image/svg+xml,x'/>",
        "<style>@import 'https://x.org/a.css';</style>",
        "<style>rect{fill:url(https://x.org/a)}</style>",
        "<style>rect{fill:u\\72l(https://x.org/a)}</style>",
        "<rect onclick='x'/>",
        "<rect style='fill:url(https://x.org/a)'/>",
        "<set attributeName='onclick' to='x'/>",
        "<animate attributeName='xlink:href' values='javascript:x'/>",
        "<a href='javascript:x'><rect/></a>",
        "<html:img src='x' xmlns:html='http://www.w3.org/1999/xhtml'/>",
        "&x;",
        "<?xml-stylesheet href='https://x.org/a.css'?>",
        "<!-- x -->",
    ],
)
def test_a_drawing_does_nothing_but_draw(inside: str) -> None:
    head = "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    space = "xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
    safe = discreet(f"{head}<svg {space}>{inside}<circle r='5'/>words</svg>".encode()).decode()
    for sign in ("x.org", "script", "onclick", "passwd", "&x;", "<!--", "import", "html", "\\72"):
        assert sign not in safe
    assert '<circle r="5"/>words' in safe


def test_a_link_that_leads_nowhere_is_none() -> None:
    link = "<a href='https://x.org' fill='red'>"
    inside = f"{link}<circle r='5'/></a><text>{link}b</a></text>"
    data = f"<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>"
    safe = discreet(data.encode()).decode()
    assert '<g fill="red"><circle r="5"/></g><text><tspan fill="red">b</tspan></text>' in safe


def test_a_drawing_keeps_what_it_draws_with() -> None:
    inside = (
        '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>'
        "<style>rect{fill:url(#g)}</style>"
        '<rect width="5" height="5" style="stroke:blue"/><use href="#g"/><title>A box</title>'
        '<image href="data:image/png;base64,AAAA"/>'
    )
    data = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 5 5">{inside}</svg>\n'.encode()
    assert discreet(data) == data


# --- In every output ------------------------------------------------------------------------------

TEXT = "\n\n".join(f"![A {kind}](a.{kind})" for kind in ("jpg", "png", "gif"))


def insides(name: str, data: bytes) -> Iterator[bytes]:
    """Yield a file's bytes, and those of all that is packed into it."""
    yield data
    if name.endswith((".epub", ".docx")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(member) for member in archive.namelist())
    if name.endswith(".pdf"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Stream):
                    yield thing.read_raw_bytes()


def test_no_output_tells_of_anybody(post: Any, material: Any, write: Any, pandoc: Pandoc) -> None:
    files = {f"posts/a.{kind}": make() for kind, make in MADE.items()}
    files["posts/lead.jpg"] = jpeg(turned=6)
    web = f"{TEXT}\n\n![A webp](a.webp) ![An avif](a.avif) ![A drawing](a.svg)"
    for text, formats in ((TEXT, FORMATS), (web, ("html", "epub", "docx", "wordpress"))):
        one = post(text, image="lead.jpg", image_alt="A lead")
        given = material(one, files=files, url="https://example.org")
        made = write(given, *formats)
        assert {name.rpartition(".")[2] for name in made} >= {"jpg", "png", "gif", "epub", "docx"}
        for name, data in made.items():
            assert not any(tells(inside) for inside in insides(name, data)), name
        (page,) = given.site.pages
        sent = outgoing(given, page, pandoc)
        for shown in (*sent.pictures, sent.featured):
            assert shown is not None
            assert not tells(shown.data)
    kept = material(one, files=files, keep_metadata=True)
    assert any(tells(data) for data in write(kept, "html").values())


def test_an_image_is_made_once_however_often_its_post_changes(
    post: Any, material: Any, pandoc: Pandoc
) -> None:
    def images(text: str, data: bytes) -> dict[str, str]:
        given = material(post(text), files={"posts/a.png": data})
        jobs = plan_jobs(given, ("html",), pandoc)
        return {job.name: job.digest for job in jobs if job.name.startswith("html/")}

    before = images("![A](a.png)", picture(1))
    assert list(before) == ["html/a.png:posts/a.md"]
    assert images("More words. ![Another](a.png)", picture(1)) == before
    assert images("![A](a.png)", picture(2)) != before


# --- In the page ----------------------------------------------------------------------------------


def page_of(text: str, files: dict[str, bytes], material: Any, post: Any, write: Any) -> Any:
    written = write(material(post(text), files=files), "html")
    names = {name.removeprefix("a/") for name in written if name.startswith("a/")}
    return html.fromstring(written["a/index.html"].decode()).xpath("//article//img"), names


def test_a_browser_is_offered_what_it_needs(post: Any, material: Any, write: Any) -> None:
    text = '![One](a.jpg)\n\n![Two](b.png){width=50%}\n\n![](b.png){alt=""}'
    files = {"posts/a.jpg": jpeg(turned=6), "posts/b.png": picture(1, size=(1000, 400))}
    (one, two, three), names = page_of(text, files, material, post, write)
    assert one.get("srcset") == "a.480w.jpg 480w, a.jpg 800w"
    assert (one.get("width"), one.get("height")) == ("800", "1300")
    assert (one.get("loading"), one.get("decoding")) == (None, None)
    assert two.get("srcset") == "b.480w.png 480w, b.png 1000w"
    assert (two.get("loading"), two.get("decoding")) == ("lazy", "async")
    assert two.get("style") == "width:50%"
    assert (two.get("width"), two.get("height")) == ("1000", "400")
    assert (one.get("alt"), two.get("alt"), three.get("alt")) == ("One", "Two", "")
    assert {"a.jpg", "a.480w.jpg", "b.png", "b.480w.png"} <= names


def test_every_size_that_a_page_names_is_there(post: Any, material: Any, write: Any) -> None:
    files = {f"posts/a.{kind}": make() for kind, make in MADE.items()}
    text = "\n\n".join(f"![A {kind}](a.{kind})" for kind in MADE)
    images, names = page_of(text, files, material, post, write)
    assert len(images) == len(MADE)
    for image in images:
        offered = [part.split()[0] for part in (image.get("srcset") or "").split(",") if part]
        assert {image.get("src"), *offered} <= names
        assert image.get("width")
        assert image.get("height")


def test_a_wrong_ending_is_put_right(post: Any, material: Any, write: Any) -> None:
    (image,), names = page_of("![A](a.jpg)", {"posts/a.jpg": picture(1)}, material, post, write)
    assert image.get("src") == "a.png"
    assert "a.png" in names


def test_an_address_that_holds_an_image_becomes_a_file(
    post: Any, material: Any, write: Any
) -> None:
    import base64

    held = base64.b64encode(picture(1)).decode()
    (image,), names = page_of(f"![A](data:image/png;base64,{held})", {}, material, post, write)
    assert image.get("src") == "image.png"
    assert "image.png" in names


def test_what_cannot_be_shown_is_told_and_its_words_stand(
    post: Any, material: Any, write: Any, pandoc: Pandoc
) -> None:
    one = post("First.\n\n![A lamp](a.png) and ![a box](b.png).")
    given = material(one, files={"posts/a.png": b"<html>", "posts/b.png": picture(1)[:30]})
    page = write(given, "html", "pdf")["a/index.html"].decode()
    assert "<p>A lamp and a box.</p>" in page
    (job,) = [j for j in plan_jobs(given, ("html",), pandoc) if j.name == "html:posts/a.md"]
    list(job.write())
    assert job.remarks() == (
        "posts/a.md:3: left out the image a.png: "
        "it is HTML, which browsers do not show as a picture",
        "posts/a.md:3: left out the image b.png: it is damaged",
    )


def test_an_image_in_html_is_one_like_any_other(post: Any, material: Any, write: Any) -> None:
    text = 'A <img src="a.png" alt="one">.\n\n<figure>\n<img src="b.png" alt="two">\n</figure>'
    files = {"posts/a.png": picture(1), "posts/b.png": picture(2)}
    (one, two), names = page_of(text, files, material, post, write)
    assert (one.get("width"), two.get("width")) == ("4", "4")
    assert {"a.png", "b.png"} <= names
