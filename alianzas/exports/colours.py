"""Colours derived from an organisation's two, so that any choice of theirs stays readable (WCAG 2.2 AA)."""

from alianzas.exports.blocks import Brand

WHITE, INK, PAPER = "#ffffff", "#22262b", "#fbfaf7"
MUTED = "#5b6169"
READABLE = 4.5


def mix(colour: str, other: str, part: float) -> str:
    """`colour` with `part` (0 to 1) of `other` in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def contrast(colour: str, other: str) -> float:
    """WCAG contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str, background: str = WHITE) -> str:
    """The colour itself, or the nearest towards ink that can be read on the background."""
    for step in range(21):
        candidate = mix(colour, INK, step / 20)
        if contrast(candidate, background) >= READABLE:
            return candidate
    return INK


def carries_text(colour: str) -> bool:
    """Whether white or ink can be read on the colour: between them lie greys on which neither can."""
    return max(contrast(WHITE, colour), contrast(INK, colour)) >= READABLE


def nearest_that_carries_text(colour: str) -> str:
    """The colour itself, or the nearest one, darker or lighter, on which white or ink can be read."""
    for step in range(41):
        for end in (INK, WHITE):
            candidate = mix(colour, end, step / 40)
            if carries_text(candidate):
                return candidate
    return INK


def readings(brand: Brand) -> list[str]:
    """How the two colours will be read, in words: what stands on them, and what was corrected."""
    colours = palette(brand)
    ink = "blanco" if colours["on-primary"] == WHITE else "oscuro"
    said = [
        f"Sobre {colours['primary']} va texto {ink}: {contrast(colours['on-primary'], colours['primary']):.1f} a 1."
    ]
    for name, where in (("primary", "títulos y tablas"), ("accent", "marcas y recuadros")):
        chosen, used = colours[name], colours[f"{name}-text"]
        if chosen != used:
            said.append(
                f"En {where} usamos {used}: {chosen} sobre blanco no se lee ({contrast(chosen, WHITE):.1f} a 1) y ese "
                "es el más cercano que sí."
            )
    return said


def ink_on(colour: str) -> str:
    """White or ink, whichever reads better on the colour; white wins where both do."""
    if contrast(WHITE, colour) >= READABLE:
        return WHITE
    return max((WHITE, INK), key=lambda ink: contrast(ink, colour))


def palette(brand: Brand) -> dict[str, str]:
    """Every colour that the style sheets, Word and Excel use, by name."""
    primary, accent = brand.primary.lower(), brand.accent.lower()
    text = readable(primary, mix(primary, WHITE, 0.9))
    accent_tint = mix(accent, WHITE, 0.9)
    on_primary = ink_on(primary)
    soft = mix(on_primary, primary, 0.14)
    on_paper = brand.cover == "papel"
    on_primary_soft = soft if contrast(soft, primary) >= READABLE else on_primary
    return {
        "cover-ink": text if on_paper else on_primary,
        "cover-soft": MUTED if on_paper else on_primary_soft,
        "ink": INK,
        "muted": MUTED,
        "line": mix(text, "#e3e1dc", 0.86),
        "paper": PAPER,
        "primary": primary,
        "on-primary": on_primary,
        "on-primary-soft": on_primary_soft,
        "primary-text": text,
        "primary-line": mix(text, WHITE, 0.45),
        "primary-tint": mix(primary, WHITE, 0.9),
        "primary-wash": mix(primary, WHITE, 0.955),
        "accent": accent,
        "accent-text": readable(accent, accent_tint),
        "accent-tint": accent_tint,
        "ring": mix(primary, on_primary, 0.2),
        "ring-faint": mix(primary, on_primary, 0.1),
        "depth": mix(primary, "#000000", 0.14),
    }


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
