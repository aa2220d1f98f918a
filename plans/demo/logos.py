"""The logos of the demonstration's organisations, each in two colours."""

from math import pi, sin

from .sheet import CLEAR, WHITE, arc, box, leaf, mix, oval, rounded, turned


def woven_threads(sheet, primary, accent):
    """Three ribbons over and under three others, set on a corner."""
    width, pitch, reach, gap = 78, 116, 476, 11
    starts = [300 + (n - 1) * pitch - width / 2 for n in range(3)]
    tones = {True: (primary, mix(primary, WHITE, 0.28)), False: (mix(accent, WHITE, 0.32), accent)}

    def ribbon(n, upright, begin=300 - reach / 2, length=reach, cap=width / 2, around=0):
        across, wide = starts[n] - around, width + 2 * around
        place = (across, begin, wide, length) if upright else (begin, across, length, wide)
        shape = turned(rounded(*place, cap), (300, 300), 45)
        sheet.fill(shape, CLEAR if around else tones[upright][n % 2])

    for n in range(3):
        ribbon(n, upright=False)
    for n in range(3):
        ribbon(n, upright=True, around=gap)
        ribbon(n, upright=True)
    for row, n in ((0, 1), (1, 0), (1, 2), (2, 1)):
        crossing = {"begin": starts[n] - gap - 1, "length": width + 2 * gap + 2, "cap": 0}
        ribbon(row, upright=False, around=gap, **crossing)
        ribbon(row, upright=False, **crossing)


def sprouting_seed(sheet, primary, accent):
    """A seed in the soil whose two leaves rise before the sun."""
    sheet.fill(arc(300, 300, 252), mix(accent, WHITE, 0.1))
    sheet.fill(arc(300, 300, 252, 20, 160), primary)
    sheet.cut(box(0, 379, 600, 14))
    sheet.cut(box(277, 320, 46, 66))
    left, right = (300, 344, 204, 70, -56), (300, 306, 226, 78, 47)
    leaves = [(left, primary), (right, mix(primary, WHITE, 0.22))]
    for measures, colour in leaves:
        sheet.cut(*(arc(x, y, 13) for x, y in leaf(*measures)))
        sheet.fill(leaf(*measures), colour)
    sheet.fill(box(289.5, 312, 21, 67), primary)
    sheet.fill(leaf(*right), leaves[1][1])
    for (x, y, length, _, lean), colour in leaves:
        vein = turned([(x, y - 44), (x, y - length * 0.66)], (x, y), lean)
        sheet.line(vein, mix(colour, WHITE, 0.7), 7)
    sheet.fill(box(289.5, 393, 21, 50), mix(accent, WHITE, 0.62))
    sheet.fill(oval(300, 456, 62, 42, -16), mix(accent, WHITE, 0.62))
    sheet.line(oval(300, 456, 40, 22, -16)[64:88], WHITE, 7)


def speech_wave(sheet, primary, accent):
    """A speech bubble that holds the wave of a voice."""

    def bend(one, two, three):
        weights = [((1 - t / 20) ** 2, t / 10 * (1 - t / 20), (t / 20) ** 2) for t in range(21)]
        points = list(zip(one, two, three, strict=True))
        return [tuple(a * p + b * q + c * r for p, q, r in points) for a, b, c in weights]

    sheet.fill(bend((92, 360), (150, 480), (86, 560)) + bend((86, 560), (230, 560), (330, 460)), primary)
    sheet.fill(rounded(44, 52, 512, 424, 204), primary)
    for n, height in enumerate((66, 148, 256, 176, 256, 148, 66)):
        colour = mix(accent, WHITE, 0.45) if n in (2, 4) else WHITE
        sheet.fill(rounded(300 + (n - 3) * 56 - 16, 264 - height / 2, 32, height, 16), colour)


def river(sheet, primary, accent):
    """Currents under the hills and the sun, inside a circle."""
    sheet.fill(box(0, 0, 600, 600), mix(accent, WHITE, 0.78))
    sheet.fill(arc(392, 172, 50), "#e3a53c")
    sheet.fill([(20, 350), (176, 136), (300, 310)], mix(primary, WHITE, 0.42))
    sheet.fill([(170, 350), (330, 196), (520, 400), (170, 400)], mix(primary, WHITE, 0.54))
    for n, colour in enumerate((mix(primary, WHITE, 0.08), accent, primary, accent)):
        wave = [(x, 292 + n * 70 + 27 * sin(x / 600 * 2.3 * pi + n * 0.8)) for x in range(0, 601, 6)]
        for lift, tone in ((14, WHITE), (0, colour)) if n else ((0, colour),):
            sheet.fill([*((x, y - lift) for x, y in wave), (600, 600), (0, 600)], tone)
    sheet.cut([*arc(300, 300, 252), (552, 0), (0, 0), (0, 600), (600, 600), (600, 0), (552, 0)])


def sunflower(sheet, primary, accent):
    """A sunflower whose seeds are a house."""
    for ring, (count, length, colour) in enumerate(((16, 250, mix(accent, WHITE, 0.35)), (16, 222, accent))):
        for n in range(count):
            lean = 360 / count * (n + ring / 2)
            sheet.fill(leaf(300, 300, length, 62, lean), colour)
    sheet.fill(arc(300, 300, 136), primary)
    sheet.fill([(300, 214), (384, 292), (360, 292), (360, 370), (240, 370), (240, 292), (216, 292)], WHITE)
    sheet.fill(rounded(280, 314, 40, 60, 18), primary)


LOGOS = {"tejido": woven_threads, "semilla": sprouting_seed, "voz": speech_wave, "rio": river, "girasol": sunflower}
