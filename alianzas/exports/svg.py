"""Drawings, checked: the same picture inline in HTML and PDF, as a file, and rasterised for Word and Excel."""

import re

from lxml import etree

from alianzas.exports.blocks import Document, Figure
from alianzas.exports.errors import ExportError
from alianzas.exports.text import one_line

SVG = "http://www.w3.org/2000/svg"
XLINK = "{http://www.w3.org/1999/xlink}href"
HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
MAX_SIDE_PX = 20_000

# A drawing is made by our own code, but with people's words in it: nothing that runs, loads or styles may come along.
_FORBIDDEN = {
    "script",
    "foreignObject",
    "style",
    "iframe",
    "object",
    "embed",
    "audio",
    "video",
    "handler",
    "listener",
}
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^)'\"\s]+)['\"]?\s*\)")
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(px|pt|mm|cm|in)?\s*")
_PX = {None: 1, "px": 1, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}


class DrawingError(ExportError):
    """An SVG that cannot be used: not well formed, or with script, style or outside references."""


def inline(figure: Figure, prefix: str = "") -> str:
    """The drawing as an `<svg>` element with its `<title>`, its size in px and ids that start with `prefix`."""
    root = _parse(figure.svg)
    _check(root)
    if prefix:
        _prefix_ids(root, prefix)
    for old in root.findall(f"{{{SVG}}}title"):
        root.remove(old)
    title = etree.Element(f"{{{SVG}}}title")
    title.text = one_line(figure.title)
    root.insert(0, title)
    width, height = _size(root)
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    root.set("viewBox", root.get("viewBox") or f"0 0 {width:g} {height:g}")
    root.set("role", "img")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def size_px(figure: Figure) -> tuple[float, float]:
    """Width and height of the drawing in CSS pixels."""
    return _size(_parse(figure.svg))


def only_figure(document: Document) -> Figure:
    """The figure that stands for a document: its main one or else its single one; otherwise `DrawingError`."""
    figures = [block for block in document.blocks if isinstance(block, Figure)]
    figures = [figure for figure in figures if figure.main] or figures
    if len(figures) != 1:
        raise DrawingError(f"Para exportar como imagen hace falta una sola figura; el documento tiene {len(figures)}.")
    return figures[0]


def write(document: Document) -> bytes:
    """The document's only figure as a standalone SVG file."""
    return (HEADER + inline(only_figure(document)) + "\n").encode()


def _parse(source: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(source.strip().encode(), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        raise DrawingError(f"La figura no es un SVG válido: {error}") from error
    if root.getroottree().docinfo.doctype:
        raise DrawingError("La figura trae un DOCTYPE, que no se admite.")
    if root.tag == "svg":
        for element in root.iter():
            element.tag = f"{{{SVG}}}{element.tag}"
        rebuilt = etree.Element(f"{{{SVG}}}svg", attrib=dict(root.attrib), nsmap={None: SVG})
        rebuilt.text = root.text
        rebuilt.extend(list(root))
        root = rebuilt
    if root.tag != f"{{{SVG}}}svg":
        raise DrawingError("La figura no empieza con un elemento svg.")
    return root


def _check(root: etree._Element) -> None:
    for element in root.iter():
        name = etree.QName(element)
        if name.namespace != SVG or name.localname in _FORBIDDEN:
            raise DrawingError(f"La figura contiene <{name.localname}>, que no se admite.")
        for attribute, value in element.attrib.items():
            local = etree.QName(attribute).localname
            if local == "style" or local.startswith("on"):
                raise DrawingError(f"La figura usa el atributo {local}: solo se admiten atributos de presentación.")
            if local == "href" and not value.startswith(("#", "data:image/png", "data:image/jpeg")):
                raise DrawingError("La figura se refiere a algo fuera de ella.")
            if "url(" in value and _REFERENCE.sub("", value).find("url(") >= 0:
                raise DrawingError("La figura se refiere a algo fuera de ella.")


def _prefix_ids(root: etree._Element, prefix: str) -> None:
    """Two drawings on one page may both define `flecha`: each keeps its own."""
    for element in root.iter():
        for attribute, value in list(element.attrib.items()):
            if attribute == "id":
                element.set("id", prefix + value)
            elif attribute in ("href", XLINK) and value.startswith("#"):
                element.set(attribute, f"#{prefix}{value[1:]}")
            elif attribute in ("aria-labelledby", "aria-describedby"):
                element.set(attribute, " ".join(prefix + name for name in value.split()))
            elif "url(" in value:
                element.set(attribute, _REFERENCE.sub(lambda found: f"url(#{prefix}{found[1]})", value))


def _size(root: etree._Element) -> tuple[float, float]:
    try:
        box = [float(number) for number in re.split(r"[\s,]+", root.get("viewBox", "").strip()) if number]
    except ValueError as error:
        raise DrawingError("La figura tiene un viewBox que no se entiende.") from error
    sides = [_length(root.get("width")), _length(root.get("height"))]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        ratio = box[2] / box[3]
        if sides[0] is None and sides[1] is None:
            sides = box[2:]
        elif sides[0] is None:
            sides[0] = sides[1] * ratio
        elif sides[1] is None:
            sides[1] = sides[0] / ratio
    if None in sides or not all(0 < side <= MAX_SIDE_PX for side in sides):
        raise DrawingError("La figura no dice su tamaño (viewBox, o width y height).")
    return sides[0], sides[1]


def _length(value: str | None) -> float | None:
    found = _LENGTH.fullmatch(value or "")
    return float(found[1]) * _PX[found[2]] if found else None
