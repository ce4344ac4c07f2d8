"""Small pictures for tests."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image


def picture(shade: int, form: str = "PNG", size: tuple[int, int] = (4, 3), **saved: Any) -> bytes:
    """Return a picture of one shade of grey, others for other shades; `saved` is Pillow's."""
    out = BytesIO()
    Image.new("RGB", size, (shade, shade, shade)).save(out, form, **saved)
    return out.getvalue()
