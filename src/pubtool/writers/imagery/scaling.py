"""Pictures measured, turned upright and made smaller, by Pillow.

Memory is bounded: nothing larger than `LARGEST` is decoded, and a JPEG is decoded no larger than it
is needed. The same input gives the same bytes: no thread and no clock has a part in it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pubtool.writers.imagery.drawings import drawing_size
from pubtool.writers.imagery.kinds import DRAWING, RASTERS, Unusable, kind_of

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST = 80_000_000
"""Pixels of a picture that is decoded; a hundred megapixels in three colours are 300 MB."""
WIDTHS = (480, 960, 1440, 1920)
"""CSS pixels of a phone, and of a wide screen's column at one to three pixels each."""
_ORIENTATION = 0x0112
_JPEG_QUALITY, _WEBP_QUALITY, _AVIF_QUALITY, _TURNED_QUALITY = 82, 80, 60, 92
"""On each encoder's own scale: of a smaller picture, and of one that is only turned."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a picture's head says of it."""

    width: int
    """In pixels as it is seen, turned upright; 0 where it does not say."""
    height: int
    turned: int
    """Exif's orientation, 1 for upright."""
    fixed: bool
    """Whether it is offered as it is alone: a film, a drawing, a GIF."""
    moves: bool = False
    """Whether it is a picture of several frames."""

    @property
    def widths(self) -> tuple[int, ...]:
        """Return the smaller widths that it is offered in."""
        if self.fixed or self.width * self.height > LARGEST:
            return ()
        return tuple(width for width in WIDTHS if width < self.width * 0.9)


@lru_cache(maxsize=16)
def measure(data: bytes) -> Measure:
    """Return the measures of a picture, not decoding it. Raises `Unusable`."""
    kind = kind_of(data)
    if kind == DRAWING:
        width, height = drawing_size(data) or (0, 0)
        return Measure(width, height, 1, fixed=True)
    if kind not in RASTERS:
        return Measure(0, 0, 1, fixed=True)
    with _opened(data) as picture:
        width, height = picture.size
        turned = _turn_of(picture)
        # a JPEG with a second picture behind its end does not move; that picture goes
        moves = kind != "jpg" and bool(getattr(picture, "is_animated", False))
        fixed = kind == "gif" or moves
    if turned >= 5:
        width, height = height, width
    return Measure(width, height, turned, fixed, moves)


def scaled(data: bytes, width: int) -> bytes:
    """Return a picture that is `width` pixels wide, in its own format. Raises `Unusable`."""
    kind, size = kind_of(data), measure(data)
    height = max(round(size.height * width / size.width), 1)
    with _opened(data) as picture:
        wanted = (height, width) if size.turned >= 5 else (width, height)
        picture.draft(None, wanted)  # a JPEG is decoded at a half, a quarter or an eighth
        upright = _upright(picture, size.turned)
        return _encoded(_resized(upright, (width, height)), picture, _Form(kind, data[:64]))


def upright(data: bytes) -> bytes:
    """Return a picture whose pixels stand as its Exif says. Raises `Unusable`.

    A JPEG is written with the quantisation that it had.
    """
    kind, size = kind_of(data), measure(data)
    with _opened(data) as picture:
        form = _Form(kind, data[:64], exact=True, lies=size.turned >= 5)
        return _encoded(_upright(picture, size.turned), picture, form)


def as_png(data: bytes) -> bytes:
    """Return a picture, upright, as PNG: its first frame. Raises `Unusable`."""
    with _opened(data) as picture:
        return _saved(_plain(_upright(picture, measure(data).turned)), "PNG", {"optimize": True})


@contextmanager
def _opened(data: bytes) -> Iterator[Image]:
    from PIL.Image import DecompressionBombError
    from PIL.Image import open as read_picture

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with read_picture(BytesIO(data)) as picture:
                yield picture
        except Unusable:
            raise
        except DecompressionBombError:
            raise Unusable("it has too many pixels") from None
        except Exception:  # each decoder stumbles in its own way over what is damaged
            raise Unusable("it is damaged") from None


def _turn_of(picture: Image) -> int:
    try:
        turned = picture.getexif().get(_ORIENTATION, 1)
    except Exception:  # whatever is wrong with it, such Exif turns nothing
        return 1
    return turned if isinstance(turned, int) and 2 <= turned <= 8 else 1


def _upright(picture: Image, turned: int) -> Image:
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return picture.transpose(turns[turned]) if turned in turns else picture


def _resized(picture: Image, size: tuple[int, int]) -> Image:
    from PIL.Image import Resampling

    return _plain(picture).resize(size, Resampling.LANCZOS, reducing_gap=3.0)


def _plain(picture: Image) -> Image:
    """Return a picture in 8 bits of grey or of red, green and blue, with its transparency."""
    if picture.mode in ("L", "LA", "RGB", "RGBA"):
        if picture.mode in ("L", "RGB") and "transparency" in picture.info:
            return picture.convert("RGBA")
        return picture
    if picture.mode.startswith("I;16") or picture.mode == "I":
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode == "CMYK":
        return _without_inks(picture)
    clear = picture.mode in ("PA", "La", "RGBa") or "transparency" in picture.info
    return picture.convert("RGBA" if clear else "RGB")


def _without_inks(picture: Image) -> Image:
    """Return a picture of four inks in sRGB, by its own profile where it has one."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if not profile:
        return picture.convert("RGB")
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        done = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return picture.convert("RGB")
    return done or picture.convert("RGB")


@dataclass(frozen=True, slots=True)
class _Form:
    """How a picture is to be written."""

    kind: str
    head: bytes
    """The file's first bytes."""
    exact: bool = False
    """Whether it is to stay as near to what it was as its format can."""
    lies: bool = False
    """Whether it lay on its side."""


def _encoded(image: Image, source: Any, form: _Form) -> bytes:
    """Return an image in a format, with the colour profile of `source` and nothing else."""
    options: dict[str, Any] = {}
    profile = source.info.get("icc_profile")
    if profile and (source.mode != "CMYK" or image.mode == "CMYK"):
        options["icc_profile"] = profile
    if form.kind == "jpg":
        return _jpeg(image, source, options, form)
    if form.kind == "png":
        return _png(image, source, options)
    if form.kind == "webp":
        lossless = b"VP8L" in form.head
        quality = _TURNED_QUALITY if form.exact else _WEBP_QUALITY
        options |= {"lossless": lossless, "quality": quality, "exact": lossless}
        return _saved(image, "WEBP", options)
    return _saved(image, "AVIF", options | {"quality": _AVIF_QUALITY, "max_threads": 1})


def _jpeg(image: Image, source: Any, given: dict[str, Any], form: _Form) -> bytes:
    from PIL.JpegImagePlugin import get_sampling

    options: dict[str, Any] = {**given, "optimize": True, "progressive": True}
    if form.exact:
        options["qtables"] = _tables(source.quantization, lies=form.lies)
        if (sampling := get_sampling(source)) >= 0:
            options["subsampling"] = sampling
    else:
        options["quality"] = _JPEG_QUALITY
    fits = image.mode in ("L", "RGB", "CMYK")
    return _saved(image if fits else image.convert("RGB"), "JPEG", options)


def _tables(tables: Mapping[int, list[int]], *, lies: bool) -> dict[int, list[int]]:
    """Return quantisation tables, turned with a picture that lay on its side."""
    if not lies:
        return dict(tables)
    return {
        number: [table[8 * (place % 8) + place // 8] for place in range(64)]
        for number, table in tables.items()
    }


def _png(image: Image, source: Any, options: dict[str, Any]) -> bytes:
    """Return a PNG; of one that had a palette the smaller, with a palette or without."""
    from PIL.Image import Quantize

    options["optimize"] = True
    whole = _saved(image, "PNG", options)
    if source.mode != "P" or image.mode == "P":
        return whole
    method = Quantize.FASTOCTREE if image.mode == "RGBA" else Quantize.MEDIANCUT
    return min(whole, _saved(image.quantize(256, method), "PNG", options), key=len)


def _saved(image: Image, form: str, options: dict[str, Any]) -> bytes:
    bare = image.copy()
    for name in bare.info.keys() - {"transparency"}:
        del bare.info[name]  # Pillow would write a comment, Exif or XMP that stands there
    out = BytesIO()
    bare.save(out, form, **options)
    return out.getvalue()
