"""Scans: printed pages as pictures at 300 dpi, a little askew, blurred, dirty, and read again."""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random

import img2pdf
import numpy as np
from benchmarks.extraction.document import Document
from PIL import Image, ImageFilter

from pubtool.readers.sources.hocr_compact import compact
from pubtool.system.ocr import recognise

DOTS_PER_INCH = 300


def scan(document: Document, random: Random) -> Document:
    """Return a document of pictures, with what a recogniser reads of them."""
    skew, blur = random.uniform(-1.0, 1.0), random.choice((0.0, 0.5, 0.9))
    noise, fade = random.choice((0.0, 6.0, 14.0)), random.choice((0, 0, 40))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "d.pdf").write_bytes(document.pdf)
        command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-gray", "-png", "d.pdf", "p"]
        subprocess.run(command, cwd=folder, check=True)
        pictures = [
            _dirtied(Image.open(path), skew, blur, noise, fade, random)
            for path in sorted(Path(folder).glob("p-*.png"))
        ]
    pdf = bytes(img2pdf.convert(pictures))
    settings = f"{document.made}; skew {skew:.1f}, blur {blur}, noise {noise}, faded {fade}"
    hocr = compact(recognise(pdf, "scan.pdf", ("eng",), range(len(pictures))))
    return replace(document, pdf=pdf, hocr=hocr, made=settings)


def _dirtied(  # noqa: PLR0913, PLR0917 - what happens to a page on the glass
    picture: Image.Image, skew: float, blur: float, noise: float, fade: int, random: Random
) -> bytes:
    turned = picture.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    blurred = turned.filter(ImageFilter.GaussianBlur(blur)) if blur else turned
    values = np.asarray(blurred, dtype=np.float32)
    generator = np.random.default_rng(random.randrange(1 << 30))
    values = values * (255 - fade) / 255 + fade / 2 + generator.normal(0, noise, values.shape)
    out = BytesIO()
    dirty = Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
    dirty.save(out, "JPEG", quality=random.choice((60, 80)), dpi=(DOTS_PER_INCH,) * 2)
    return out.getvalue()
