"""Files that answer a prompt: a closed list of types, decided by what they hold and not by their name."""

import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File

from alianzas.images import clean_photo

from .text import SHORT, Invalid, line

MAX_BYTES = 15 * 1024 * 1024
MAX_UNPACKED = 150 * 1024 * 1024
MAX_RATIO = 120
MAX_PARTS = 4000
MAX_TEXT = 2 * 1024 * 1024
ACCEPT = ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.txt,.png,.jpg,.jpeg,.webp,.heic"
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
OFFICE_PARTS = {
    "word/document.xml": ("docx", OFFICE + "wordprocessingml.document"),
    "xl/workbook.xml": ("xlsx", OFFICE + "spreadsheetml.sheet"),
    "ppt/presentation.xml": ("pptx", OFFICE + "presentationml.presentation"),
}
OPEN_KINDS = {OPEN + "text": "odt", OPEN + "spreadsheet": "ods"}
REFUSED = "Ese archivo no se puede subir. Sube un PDF, Word, Excel, PowerPoint, ODT, ODS, imagen o texto (.txt)."
TOO_BIG = "El archivo pesa más de 15 MB. Redúcelo o divídelo y súbelo de nuevo."
BOMB = "Ese archivo se infla demasiado al abrirlo. Ábrelo en tu computadora, guárdalo de nuevo y súbelo."
MACROS = "Ese archivo trae macros. Guárdalo sin macros (.docx, .xlsx o .pptx) y súbelo de nuevo."


@dataclass(frozen=True)
class Checked:
    """An upload that may be kept: its safe name, its type by content, and the content."""

    name: str
    media_type: str
    content: File


def checked(upload) -> Checked:
    """`upload` ready to be kept; pictures are rewritten without metadata. Raises Invalid."""
    if upload.size > MAX_BYTES:
        raise Invalid(TOO_BIG)
    if not upload.size:
        raise Invalid("El archivo está vacío.")
    head = _head(upload, 16)
    if head.startswith(b"%PDF-"):
        return Checked(_name(upload.name, "pdf"), "application/pdf", upload)
    if head.startswith(b"PK\x03\x04"):
        ending, media_type = _package(upload)
        return Checked(_name(upload.name, ending), media_type, upload)
    if _is_picture(head):
        return Checked(_name(upload.name, "jpg"), "image/jpeg", _picture(upload))
    if PurePath(upload.name).suffix.lower() == ".txt" and _is_plain_text(upload):
        return Checked(_name(upload.name, "txt"), "text/plain; charset=utf-8", upload)
    raise Invalid(REFUSED)


def _head(upload, size):
    upload.seek(0)
    head = upload.read(size)
    upload.seek(0)
    return head


def _name(name, ending):
    stem = line(PurePath(name.replace("\\", "/")).stem, 10_000).strip(". ") or "archivo"
    return f"{stem[: SHORT - 10]}.{ending}"


def _is_picture(head):
    return (
        head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"))
        or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
        or (head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"))
    )


def _picture(upload) -> ContentFile:
    try:
        return clean_photo(upload)
    except ValidationError as error:
        raise Invalid(error.message) from error


def _package(upload):
    """The kind of a zipped office document, judged by its list of parts, without unpacking it."""
    try:
        with zipfile.ZipFile(upload) as package:
            parts = package.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise Invalid(BOMB)
            if any(part.file_size > 1_000_000 and part.file_size > MAX_RATIO * part.compress_size for part in parts):
                raise Invalid(BOMB)
            names = {part.filename for part in parts}
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise Invalid(MACROS)
            if any(part.flag_bits & 1 for part in parts):
                raise Invalid("Ese archivo tiene contraseña: quítasela y súbelo de nuevo.")
            if "[Content_Types].xml" in names:
                found = next((kind for part, kind in OFFICE_PARTS.items() if part in names), None)
            else:
                found = _open_document(package, names)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, zipfile.zlib.error) as error:
        if isinstance(error, Invalid):
            raise
        raise Invalid(REFUSED) from error
    finally:
        upload.seek(0)
    if found is None:
        raise Invalid(REFUSED)
    return found


def _open_document(package, names):
    if "mimetype" not in names or "content.xml" not in names:
        return None
    with package.open("mimetype") as part:
        media_type = part.read(100).decode("ascii", "replace").strip()
    return (OPEN_KINDS[media_type], media_type) if media_type in OPEN_KINDS else None


def _is_plain_text(upload):
    if upload.size > MAX_TEXT:
        raise Invalid("El texto pesa más de 2 MB. Divídelo o súbelo como PDF.")
    upload.seek(0)
    raw = upload.read()
    upload.seek(0)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    start = text.lstrip()[:2]
    return (
        not start.startswith("<")
        and start != "#!"
        and not any(ord(sign) < 32 and sign not in "\t\n\r\f" for sign in text)
    )
