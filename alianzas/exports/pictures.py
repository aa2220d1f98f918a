"""Raster pictures made ready for a document: upright, of a sensible size, in a format that every writer takes."""

import io
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image as Pillow
from PIL import ImageOps

from alianzas.exports.blocks import Image

PHOTO_PX = 1400  # sharp (200 dots per inch) across the text of a Letter page
LOGO_PX = 700


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG ready to embed; sizes in pixels."""

    data: bytes
    mime: str
    width: int
    height: int


def prepare(image: Image, max_px: int = PHOTO_PX, trim: bool = False) -> Picture | None:
    """The picture with no side above `max_px` and no metadata; None when its bytes are not a picture.

    `trim` takes off a see-through border, so that a logo can be aligned by what is seen of it.
    """
    return _prepare(image.data, max_px, trim)


@lru_cache(maxsize=64)
def _prepare(data: bytes, max_px: int, trim: bool) -> Picture | None:
    try:
        with Pillow.open(io.BytesIO(data)) as opened:
            kind = opened.format
            plain = not trim and kind in ("PNG", "JPEG") and opened.mode in ("RGB", "L", "RGBA", "P", "LA")
            if plain and max(opened.size) <= max_px and not opened.getexif() and "icc_profile" not in opened.info:
                opened.load()
                return Picture(data, f"image/{kind.lower()}", *opened.size)
            upright = ImageOps.exif_transpose(opened)
            if trim and upright.mode == "RGBA":
                upright = upright.crop(upright.getchannel("A").getbbox())
            upright.thumbnail((max_px, max_px), Pillow.Resampling.LANCZOS)
            return _encode(upright, kind == "JPEG")
    except (OSError, ValueError, SyntaxError, Pillow.DecompressionBombError):
        return None


def _encode(picture: Pillow.Image, as_jpeg: bool) -> Picture:
    see_through = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    clean = picture.convert("RGBA" if see_through else "RGB")
    target = Pillow.new(clean.mode, clean.size)
    target.paste(clean)
    out = io.BytesIO()
    if as_jpeg and not see_through:
        target.save(out, "JPEG", quality=86, optimize=True)
        return Picture(out.getvalue(), "image/jpeg", *target.size)
    target.save(out, "PNG", optimize=True)
    return Picture(out.getvalue(), "image/png", *target.size)
