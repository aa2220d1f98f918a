"""Pictures that people upload: checked, turned upright, reduced and rewritten without metadata."""

from io import BytesIO

import pillow_heif
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

pillow_heif.register_heif_opener()

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 50_000_000
FORMATS = ("PNG", "JPEG", "WEBP", "HEIF")
NOT_A_PICTURE = "Ese archivo no es una imagen que podamos leer. Sube un PNG, JPG, WebP o HEIC."


def clean_logo(upload) -> ContentFile:
    """The upload as a PNG of at most 800 px a side, transparency kept. ValidationError says what to do instead."""
    return _rewrite(upload, side=800, mode="RGBA", format="PNG", optimize=True)


def clean_photo(upload) -> ContentFile:
    """The upload as a JPEG of at most 1,600 px a side."""
    return _rewrite(upload, side=1600, mode="RGB", format="JPEG", quality=85, optimize=True)


def _rewrite(upload, *, side, mode, format, **options):
    if upload.size > MAX_BYTES:
        raise ValidationError("La imagen pesa más de 12 MB. Redúcela y súbela de nuevo.")
    try:
        with Image.open(upload, formats=FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise ValidationError("La imagen tiene demasiados pixeles. Redúcela y súbela de nuevo.")
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((side, side))
            # Pasting onto a new picture is what leaves every kind of metadata behind.
            clean = Image.new(mode, upright.size, "white" if mode == "RGB" else (0, 0, 0, 0))
            visible = upright.convert("RGBA")
            clean.paste(visible, mask=visible if mode == "RGB" else None)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError(NOT_A_PICTURE) from error
    written = BytesIO()
    clean.save(written, format=format, **options)
    return ContentFile(written.getvalue(), name=f"imagen.{format.lower()}")
