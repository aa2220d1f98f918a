"""The style sheets of the printed page and of the preview, with an organisation's colours and typefaces filled in."""

import base64
import re
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import quote

from alianzas.exports.blocks import PAGE_SIZES_MM, Brand, Cover, Document, Image, bare_margin
from alianzas.exports.colours import palette
from alianzas.exports.cover import FIELD, cover_art
from alianzas.exports.fonts import font_css as font_css
from alianzas.exports.fonts import stack
from alianzas.exports.pictures import prepare

CSS_DIR = Path(__file__).parent / "css"
_VARIABLE = re.compile(r"var\(--([a-z-]+)\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LETTERHEAD_PX = 320


def print_css(document: Document) -> str:
    """The style sheet of a document's pages, every `var()` replaced: equal for equal brand, logo and page size."""
    logo = next((block.logo for block in document.blocks if isinstance(block, Cover)), None)
    return _print_css(document.brand, document.page_mm, logo, document.ground)


def screen_css(brand: Brand, page_size: str = "Letter", orientation: str = "portrait") -> str:
    """The style sheet of the on-screen preview, to be served from our own address (the fragment has no styles)."""
    width, height = PAGE_SIZES_MM[page_size] if orientation == "portrait" else PAGE_SIZES_MM[page_size][::-1]
    tokens = _tokens(brand, (width, height)) | {"page-ratio": f"{width:g} / {height:g}"}
    art = tokens.pop("cover-art")
    content = _source("content.css").replace("var(--cover-art)", art)
    declared = "; ".join(f"--{name}: {value}" for name, value in tokens.items())
    return f".doc {{ {declared} }}\n{content}\n{_source('screen.css')}"


@lru_cache(maxsize=32)
def _print_css(brand: Brand, page_mm: tuple[float, float], logo: Image | None, ground: str) -> str:
    tokens = _tokens(brand, page_mm) | _page_tokens(page_mm) | {"ground": ground}
    tokens["letterhead"] = _data_url(logo)
    # The `width` attribute of <col> is only a hint, which WeasyPrint would look for on every element of the document.
    widths = "".join(f'col[width="{share}%"]{{width:{share}%}}' for share in range(1, 101))
    text = f"{_source('content.css')}\n{_source('print.css')}\n{widths}"
    return _VARIABLE.sub(lambda found: tokens[found[1]], text)


def _tokens(brand: Brand, page_mm: tuple[float, float]) -> dict[str, str]:
    art = quote(cover_art(brand, page_mm), safe=" =:/,.-")
    return palette(brand) | {
        "heading-font": stack(brand.heading_font, "Source Serif 4", "DejaVu Serif", "serif"),
        "body-font": stack(brand.body_font, "Source Sans 3", "DejaVu Sans", "sans-serif"),
        "cover-art": f"data:image/svg+xml,{art}",
    }


def _page_tokens(page_mm: tuple[float, float]) -> dict[str, str]:
    """Lengths that follow the page: what fits Letter grows in proportion on a wall poster."""
    width, height = page_mm
    scale = min(page_mm) / 215.9
    top, bottom, side = 30 * scale, 23 * scale, 22 * scale
    long_side, short_side = max(page_mm), min(page_mm)
    caption = 16 * scale
    wide_top, wide_bottom = 24 * scale, 18 * scale
    lengths = {
        "page-width": width,
        "page-height": height,
        "long-side": long_side,
        "short-side": short_side,
        "margin-top": top,
        "margin-bottom": bottom,
        "margin-side": side,
        "cover-side": 24 * scale,
        "letterhead-height": 10 * scale,
        "cover-field": height * FIELD,
        "figure-height": (height - top - bottom) * 0.72,
        "full-height": height - top - bottom - caption,
        "wide-top": wide_top,
        "wide-bottom": wide_bottom,
        "wide-height": short_side - wide_top - wide_bottom - caption,
        "sheet-height": height - top - bottom,
        "wide-sheet-height": short_side - wide_top - wide_bottom,
        "bare-margin": bare_margin(page_mm),
        "bare-height": height - 2 * bare_margin(page_mm),
    }
    points = {"base": 10.5 * scale, "small": 8.2 * scale}
    return {name: f"{value:.2f}mm" for name, value in lengths.items()} | {
        name: f"{value:.2f}pt" for name, value in points.items()
    }


def _data_url(logo: Image | None) -> str:
    picture = prepare(logo, LETTERHEAD_PX, trim=True) if logo else None
    if picture is None:
        return "none"
    return f'url("data:{picture.mime};base64,{base64.b64encode(picture.data).decode()}")'


@cache
def _source(name: str) -> str:
    return _COMMENT.sub("", (CSS_DIR / name).read_text(encoding="utf-8")).strip()
