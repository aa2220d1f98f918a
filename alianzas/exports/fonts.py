"""Our typefaces, self-hosted: given to the renderer with the fonts inside, because it opens no file.

WeasyPrint tells fonts apart by family, style and weight only: two files of one family in one document would swap their
letters. So every file gets a family of its own, and the stack names them all.
"""

import base64
from functools import cache
from pathlib import Path

from django.conf import settings

PACKAGES = {
    "Source Sans 3": "source-sans-3",
    "Source Serif 4": "source-serif-4",
    "Atkinson Hyperlegible Next": "atkinson-hyperlegible-next",
    "Lora": "lora",
    "Figtree": "figtree",
}
SERIFS = ("Source Serif 4", "Lora")
# What an organisation chooses: the typeface of headings and that of text.
PAIRS = {
    "clasica": ("Source Serif 4", "Source Sans 3"),
    "legible": ("Atkinson Hyperlegible Next", "Atkinson Hyperlegible Next"),
    "calida": ("Lora", "Figtree"),
    "llana": ("Figtree", "Figtree"),
}
ALPHABETS = {"latin": "", "latin-ext": " Ext"}
EMOJI_PACKAGE = "noto-emoji"


def directory() -> Path:
    """Where the typefaces are installed."""
    return Path(settings.BASE_DIR) / "node_modules" / "@fontsource-variable"


@cache
def font_css() -> str:
    """The `@font-face` rules of our typefaces (about 1 MB); missing files are left out."""
    return "\n".join(
        _font_face(family + ending, style, directory() / package / "files" / f"{package}-{alphabet}-wght-{style}.woff2")
        for family, package in PACKAGES.items()
        for alphabet, ending in ALPHABETS.items()
        for style in ("normal", "italic")
    )


@cache
def emoji_css() -> str:
    """The `@font-face` rules of the emoji (1.5 MB), empty when they are not installed."""
    return "\n".join(_font_face(family, "normal", path) for family, path in _emoji().items())


@cache
def stack(preferred: str, ours: str, installed: str, generic: str) -> str:
    """The value of `font-family` for a typeface: then ours, the emoji, and what every system has."""
    names = [preferred, ours]
    names += [name + " Ext" for name in names if name in PACKAGES]
    names += [*_emoji(), installed]
    return ", ".join(f'"{name}"' for name in dict.fromkeys(names)) + f", {generic}"


@cache
def _emoji() -> dict[str, Path]:
    files = sorted((directory() / EMOJI_PACKAGE / "files").glob("*-wght-normal.woff2"))
    return {f"Noto Emoji {number}": path for number, path in enumerate(files)}


def _font_face(family: str, style: str, path: Path) -> str:
    if not path.exists():
        return ""
    data = base64.b64encode(path.read_bytes()).decode()
    return (
        f'@font-face {{ font-family: "{family}"; font-style: {style}; '
        f'src: url("data:font/woff2;base64,{data}") format("woff2"); }}'
    )
