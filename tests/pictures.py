"""Small pictures for tests."""

from __future__ import annotations

from io import BytesIO

from PIL import Image


def picture(shade: int, form: str = "PNG", size: tuple[int, int] = (4, 3)) -> bytes:
    """Return a picture of one shade of grey; others for other shades."""
    out = BytesIO()
    Image.new("RGB", size, (shade, shade, shade)).save(out, form)
    return out.getvalue()
