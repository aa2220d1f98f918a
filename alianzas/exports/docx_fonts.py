"""The typefaces inside a Word document, so that it looks the same where they are not installed.

Word takes a font of fixed weight, scrambled with a key that stands in the document (ECMA-376, part 4, obfuscation).
"""

import io
import uuid
from functools import cache

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from alianzas.exports import docx_parts as parts
from alianzas.exports.fonts import PACKAGES, SERIFS, directory

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
WEIGHTS = {"Regular": 400, "Bold": 700}
SCRAMBLED = 32  # bytes
_NAMESPACE = uuid.UUID("6f1f7f0e-6f0e-4b9f-9a0e-2f6c1f5a7d11")


def embed_fonts(word, families: tuple[str, ...]) -> None:
    """Put the two weights of each typeface of ours into the document, and say what to take in place of the others."""
    package = word.part.package
    table = next(part for part in package.iter_parts() if part.partname == "/word/fontTable.xml")
    entries = "".join(_entry(family, table, package) for family in dict.fromkeys(families))
    table._blob = table.blob.decode().replace("</w:fonts>", f"{entries}</w:fonts>").encode()
    settings = word.settings.element
    zoom = settings.find(parts.qn("w:zoom"))
    settings.insert(0 if zoom is None else list(settings).index(zoom) + 1, parts.element("w:embedTrueTypeFonts"))


def _entry(family, table, package) -> str:
    # What Word takes where it cannot use ours: something of the same family, not Times.
    other, kind = ("Cambria", "roman") if family in SERIFS else ("Calibri", "swiss")
    embedded = "".join(_embedded(family, style, table, package) for style in (WEIGHTS if family in PACKAGES else ()))
    return (
        f'<w:font w:name="{family}"><w:altName w:val="{other}"/><w:family w:val="{kind}"/><w:pitch w:val="variable"/>'
        f"{embedded}</w:font>"
    )


def _embedded(family, style, table, package) -> str:
    font = cut(family, style)
    if font is None:
        return ""
    key = uuid.uuid5(_NAMESPACE, f"{family} {style}")
    name = PackURI(f"/word/fonts/{PACKAGES[family]}-{style.lower()}.odttf")
    part = Part(name, CONTENT_TYPE, _scrambled(font, key), package)
    relation = table.relate_to(part, RELATIONSHIP_TYPE.FONT)
    return f'<w:embed{style} r:id="{relation}" w:fontKey="{{{str(key).upper()}}}"/>'


def _scrambled(font: bytes, key: uuid.UUID) -> bytes:
    mask = key.bytes[::-1] * (SCRAMBLED // len(key.bytes))
    return bytes(one ^ other for one, other in zip(font, mask, strict=False)) + font[SCRAMBLED:]


@cache
def cut(family: str, style: str) -> bytes | None:
    """One weight of a typeface as a font of its own; None where it is not installed."""
    path = directory() / PACKAGES[family] / "files" / f"{PACKAGES[family]}-latin-wght-normal.woff2"
    if not path.exists():
        return None
    font = instancer.instantiateVariableFont(TTFont(path), {"wght": WEIGHTS[style]}, inplace=True)
    font.flavor = None
    full = family if style == "Regular" else f"{family} {style}"
    for number, text in ((1, family), (2, style), (4, full), (6, full.replace(" ", "-")), (16, None), (17, None)):
        font["name"].removeNames(nameID=number)
        if text:
            font["name"].setName(text, number, 3, 1, 0x409)
    is_bold = style == "Bold"
    font["OS/2"].usWeightClass = WEIGHTS[style]
    font["OS/2"].fsType = 0
    font["OS/2"].fsSelection = 0x20 if is_bold else 0x40
    font["head"].macStyle = int(is_bold)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
