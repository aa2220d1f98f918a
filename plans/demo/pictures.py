"""The drawings of the demonstration: a logo per organisation and the "photos" of a workshop.

Shapes only: the same call gives the same picture.
"""

from functools import cache
from math import cos, pi, radians, sin

from .logos import LOGOS
from .sheet import WHITE, Sheet, arc, box, chance, leaf, mix, oval, rounded, turned

INK = "#2b3340"
YELLOW, PINK, BLUE, GREEN = "#f8da70", "#f1a99c", "#9fc6e4", "#b7d79b"
INDIGO, ORANGE, TEAL = "#2c3c7c", "#c8622a", "#2f6f62"


@cache
def logo(motif: str, primary: str, accent: str) -> bytes:
    """The PNG of a logo: one of `LOGOS` in the colours of its organisation, on a transparent ground."""
    sheet = Sheet(600, 600, scale=4)
    LOGOS[motif](sheet, primary, accent)
    return sheet.finished("PNG", optimize=True)


@cache
def photo(scene: str) -> bytes:
    """The JPEG of a workshop scene: one of `SCENES`."""
    sheet = Sheet(1200, 800, scale=3)
    SCENES[scene](sheet)
    return sheet.finished("JPEG", quality=88, optimize=True, progressive=True)


# ── Things that scenes are made of ──────────────────────────────────────────────────────────────────────────


def handwriting(sheet, x, y, width, *key, colour=INK, thick=2.0, degrees=0, centre=(0, 0)):
    """One line that looks written by hand and says nothing: each word a wave."""
    at, word, unit = x, 0, thick * 3.3
    while at < x + width - unit:
        length = min(unit * (3.2 + 2.1 * chance(key, word)), x + width - at)
        wave = []
        for step in range(max(int(length / unit * 16), 4)):
            turn = step * pi / 7
            tall = thick * (1.25 + 0.75 * chance(key, word, int(turn / 2 / pi)))
            wave.append((at + turn / 2 / pi * unit * 0.86 + tall * 0.3 * sin(turn), y - tall * sin(turn)))
        sheet.line(turned(wave, centre, degrees), colour, thick)
        at, word = at + length + unit * 0.75, word + 1


def notes(sheet, places, *key, size, dots=()):
    """Post-its at (x, y, colour), each a little turned and written on; `dots` are votes."""
    turns = [3.2 * chance(key, n) for n in range(len(places))]
    shapes = [box(x, y, size, size, turn) for (x, y, _), turn in zip(places, turns, strict=True)]
    sheet.shade(*shapes, strength=0.2, blur=2, offset=(1, 2))
    sheet.shade(*shapes, strength=0.24, blur=5, offset=(4, 8))
    for n, ((x, y, colour), turn, shape) in enumerate(zip(places, turns, shapes, strict=True)):
        sheet.gradient(shape, mix(colour, "#8a5a20", 0.06), mix(colour, WHITE, 0.2))
        middle = (x + size / 2, y + size / 2)
        for row, share in enumerate((0.72, 0.66, 0.4)):
            length, down = size * (share + 0.08 * chance(key, n, row)), size * (0.23 + row * 0.21)
            pen = {"thick": size / 36, "degrees": turn, "centre": middle}
            handwriting(sheet, x + size * 0.13, y + down, length, key, n, row, **pen)
        for vote in range(dots[n] if n < len(dots) else 0):
            spot = turned([(x + size * (0.19 + 0.2 * vote), y + size * 0.86)], middle, turn)[0]
            sheet.lay(arc(*spot, size * 0.085), colour=(INDIGO, ORANGE)[vote % 2], blur=1, offset=(1, 1))


def tape(sheet, x, y, degrees, width=52, height=18):
    sheet.lay(box(x, y, width, height, degrees), colour="#e5d3a3", blur=2, offset=(1, 2), strength=0.2)


def window_light(sheet, left, strength):
    """Daylight that falls across the scene through a window of four panes."""
    corners = [(left + n % 2 * 200 + n // 2 * 95, -60 + n // 2 * 330) for n in range(4)]
    panes = [[(x, y), (x + 180, y), (x + 268, y + 305), (x + 88, y + 305)] for x, y in corners]
    sheet.shade(*panes, colour="#fff6dc", strength=strength, blur=14)


def marker(sheet, x, y, length, colour, degrees):
    middle = (x + length / 2, y + 6.5)
    sheet.lay(rounded(x, y, length, 13, 5, degrees), colour=colour, blur=4, offset=(2, 5), strength=0.35)
    cap = rounded(x + length * 0.66, y - 0.5, length * 0.34, 14, 5)
    sheet.fill(turned(cap, middle, degrees), mix(colour, INK, 0.3))
    sheet.fill(turned(box(x + 8, y + 2.5, length * 0.5, 3), middle, degrees), mix(colour, WHITE, 0.45))


def mug(sheet, x, y, radius, colour):
    """A cup of coffee from above."""
    handle = rounded(x + radius * 0.7, y - radius * 0.22, radius * 0.75, radius * 0.44, radius * 0.2, -20)
    sheet.lay(arc(x, y, radius), handle, colour=colour, blur=radius / 6, offset=(radius / 8, radius / 5))
    sheet.fill(arc(x, y, radius * 0.84), mix(colour, WHITE, 0.45))
    sheet.fill(arc(x, y, radius * 0.74), "#4a2e1f")
    sheet.fill(oval(x - radius * 0.14, y - radius * 0.16, radius * 0.44, radius * 0.36, -35), "#5f3d29")


# ── Scenes ──────────────────────────────────────────────────────────────────────────────────────────────────


def wall_of_notes(sheet):
    """A sheet of kraft paper per line of action, with rows of voted post-its, and a table in front."""
    sheet.gradient(box(0, 0, 1200, 800), "#f3ebdd", "#e2d4be")
    window_light(sheet, 120, 0.5)
    hung = [(58, 46, -0.5, INDIGO), (426, 40, 0.4, ORANGE), (794, 48, -0.3, TEAL)]
    sheet.shade(*(box(x, y, 348, 590, turn) for x, y, turn, _ in hung), blur=12, offset=(5, 10))
    for column, (x, y, turn, colour) in enumerate(hung):
        sheet.gradient(box(x, y, 348, 590, turn), "#e2c69d", "#d3b285")
        for corner, slope in ((x - 18, -38), (x + 312, 38)):
            tape(sheet, corner, y - 4, slope)
        sheet.lay(rounded(x + 34, y + 30, 280, 58, 8, chance(column)), colour=colour, blur=4, offset=(2, 4))
        handwriting(sheet, x + 80, y + 60, 196, "head", column, colour=WHITE, thick=4.4)
        lines = [y + 120 + row * 154 for row in range(3)]
        for line in lines:
            sheet.line([(x + 26, line - 9), (x + 322, line - 9 + 2 * chance(line))], "#b8935f", 1.6)
        for row, (line, tone) in enumerate(zip(lines, (GREEN, PINK, YELLOW), strict=True)):
            count = 3 + (column + row) % 2
            places = []
            for n in range(count):
                drop = (70 if count == 4 else 44) * (n % 2) + 10 + 7 * chance(column, row, n)
                shade = BLUE if (2 * n + column + row) % 7 == 5 else tone
                places.append((x + 30 + n * 224 / (count - 1), line + drop, shade))
            votes = ((3, 0, 1, 0), (0, 4, 0, 2), (1, 0, 2))[(row + column) % 3] if row else ()
            notes(sheet, places, "wall", column, row, size=68, dots=votes)
    sheet.shade(box(-40, 655, 1280, 40), strength=0.45, blur=22)
    sheet.gradient(box(0, 672, 1200, 128), "#ab764c", "#7d4f30")
    sheet.fill(box(0, 668, 1200, 9), "#c79264")
    for n in range(7):
        sheet.line([(0, 690 + n * 17), (1200, 690 + n * 17 + 3 * chance("grain", n))], "#84553a", 0.8)
    for n, colour in enumerate((YELLOW, GREEN, PINK)):
        block = box(250 + n * 104, 706 + 5 * chance(n), 82, 60, 6 * chance("block", n))
        side = [(x, y + 9) for x, y in block]
        sheet.lay(side, colour=mix(colour, INK, 0.3), blur=7, offset=(5, 9), strength=0.4)
        sheet.gradient(block, colour, mix(colour, WHITE, 0.15))
    for n, colour in enumerate((INDIGO, ORANGE, TEAL, INK)):
        marker(sheet, 630 + n * 66, 722 + 9 * chance("m", n), 112, colour, -30 + 20 * chance("marker", n))
    mug(sheet, 1012, 742, 40, "#e9e2d4")
    mug(sheet, 128, 748, 40, ORANGE)
    sheet.vignette()


def flipcharts(sheet):
    """Two easels in a bright room: a route with three milestones, and a list for each of three horizons."""
    sheet.gradient(box(0, 0, 1200, 590), "#dfe6e4", "#cdd8d6")
    sheet.shade(box(30, 60, 270, 400), colour="#fffdf2", strength=0.7, blur=40)
    sheet.lay(box(52, 70, 236, 350), colour=WHITE, blur=8, offset=(2, 4))
    sheet.gradient(box(64, 82, 212, 326), "#bfe0f0", "#fbe9c8")
    far = [(64, 352), (110, 318), (150, 340), (196, 296), (240, 330), (276, 312), (276, 408), (64, 408)]
    sheet.fill(arc(222, 150, 24), "#fff3c9")
    sheet.fill(far, "#c99b73")
    sheet.fill([(64, 378), (130, 356), (204, 376), (276, 352), (276, 408), (64, 408)], "#a97b58")
    for bar in (box(166, 82, 8, 326), box(64, 240, 212, 8)):
        sheet.fill(bar, WHITE)
    sheet.lay(box(40, 418, 260, 14), colour=WHITE, offset=(0, 6))
    sheet.gradient(box(0, 588, 1200, 212), "#c99d70", "#a87a50")
    for n in range(-1, 9):
        sheet.line([(165 + n * 171, 592), (-75 + n * 285, 800)], "#b98a5f", 2)
    sheet.fill(box(0, 572, 1200, 20), "#f4efe6")
    sheet.line([(0, 592), (1200, 592)], "#8f6845", 2)
    sheet.shade([(150, 620), (420, 620), (560, 800), (190, 800)], colour="#fff2cf", strength=0.4, blur=16)
    plant(sheet, 1080, 640)
    for x, slope in ((352, -0.5), (716, 0.4)):
        easel(sheet, x, 92, slope)
    route(sheet, 352, 92)
    three_lists(sheet, 716, 92)
    sheet.vignette(0.24)


def easel(sheet, x, y, slope):
    sheet.shade(oval(x + 150, 742, 165, 16), strength=0.4, blur=12)
    sheet.fill([(x + 142, 572), (x + 158, 572), (x + 157, 690), (x + 143, 690)], "#6e4a30")
    for top, foot in ((60, 28), (216, 254)):
        sheet.fill([(x + top, 572), (x + top + 24, 572), (x + foot + 18, 742), (x + foot, 742)], "#8d6341")
    board = rounded(x - 12, y - 16, 324, 508, 8, slope)
    sheet.lay(board, colour="#9c7049", blur=20, offset=(10, 16), strength=0.4)
    page = box(x, y, 300, 470, slope)
    sheet.fill([(px + 3, py + 6) for px, py in page], "#e4ddcf")
    sheet.gradient(page, WHITE, "#f6f1e6")
    sheet.lay(rounded(x - 4, y - 20, 308, 30, 6, slope), colour="#59636b", blur=4, offset=(0, 4))
    for bolt in (x + 60, x + 240):
        sheet.fill(arc(bolt, y - 5, 6), "#c9ced2")
    sheet.lay(rounded(x - 14, y + 476, 328, 18, 6, slope), colour="#7a5436", blur=4, offset=(0, 5))


def route(sheet, x, y):
    handwriting(sheet, x + 58, y + 50, 190, "route", colour=INDIGO, thick=4.6)
    sheet.line([(x + 54, y + 72), (x + 240, y + 70)], ORANGE, 3)
    bends = [(x + 150 + 84 * sin(t / 100 * 2.6 * pi) * (1 - t / 260), y + 440 - t * 3.2) for t in range(101)]
    sheet.line(bends, mix(INDIGO, WHITE, 0.72), 17)
    for n in range(0, 100, 7):
        sheet.line(bends[n : n + 4], WHITE, 2.4)
    for at, colour, size in ((14, TEAL, 17), (52, ORANGE, 20), (90, INDIGO, 24)):
        px, py = bends[at]
        sheet.lay(arc(px, py, size), colour=colour, blur=4, offset=(2, 4))
        sheet.fill(arc(px, py, size * 0.42), WHITE)
        start = px - size - 94 if px > x + 150 else px + size + 12
        for row in range(2):
            handwriting(sheet, start, py - 7 + row * 16, 84 - row * 24, "stop", at, row, thick=2.2)
    notes(sheet, [(x + 26, y + 352, YELLOW), (x + 226, y + 412, PINK)], "route", size=54)


def three_lists(sheet, x, y):
    handwriting(sheet, x + 48, y + 50, 210, "lists", colour=ORANGE, thick=4.6)
    sheet.line([(x + 44, y + 72), (x + 262, y + 74)], INDIGO, 3)
    for block, colour in enumerate((TEAL, ORANGE, INDIGO)):
        top = y + 104 + block * 120
        sheet.fill(rounded(x + 28, top, 12, 92, 6), colour)
        handwriting(sheet, x + 58, top + 10, 110, "title", block, colour=colour, thick=3.4)
        for row in range(3):
            line = top + 36 + row * 23
            tick = [(x + 58, line - 6), (x + 70, line - 6), (x + 70, line + 6), (x + 58, line + 6)]
            sheet.line([*tick, tick[0]], "#7d8590", 1.8)
            if block * 2 + row < 3:
                sheet.line([(x + 59, line - 1), (x + 64, line + 5), (x + 75, line - 10)], TEAL, 3)
            handwriting(sheet, x + 84, line, 160 + 24 * chance(block, row), block, row, thick=2.2)


def plant(sheet, x, y):
    sheet.shade(oval(x, y + 94, 84, 15), strength=0.45, blur=10)
    for n in sorted(range(11), key=lambda n: -abs(n - 5)):
        lean, length = -62 + n * 12.4, 216 + 46 * chance("leaf", n) - abs(n - 5) * 8
        tone = mix("#3f7d55", ("#2c5d43", "#7fb07a")[n % 2], 0.35 + 0.25 * chance("tone", n))
        sheet.fill(leaf(x, y, length, 17, lean, tip=1), tone)
        sheet.line(turned([(x, y), (x, y - length * 0.9)], (x, y), lean), mix(tone, WHITE, 0.35), 1.4)
    pot = [(x - 62, y - 14), (x + 62, y - 14), (x + 46, y + 96), (x - 46, y + 96)]
    sheet.gradient(pot, "#d07f52", "#a9572f")
    sheet.shade(box(x + 24, y - 20, 60, 130), strength=0.24, blur=12, inside=pot)
    sheet.lay(rounded(x - 68, y - 24, 136, 24, 6), colour="#d98b5f", blur=3, offset=(0, 4))


def paper_route(sheet):
    """A road of coloured paper across a sheet of kraft on a table, with a note at each of its six steps."""
    sheet.gradient(box(0, 0, 1200, 800), "#b98459", "#8b5a37")
    for n in range(14):
        sheet.line([(0, 30 + n * 58), (1200, 30 + n * 58 + 5 * chance("board", n))], "#7d4f30", 0.9)
    page = box(90, 56, 1010, 690, -0.8)
    sheet.shade(page, strength=0.4, blur=16, offset=(6, 10))
    sheet.gradient(page, "#ead3ad", "#dcbf93")
    window_light(sheet, 420, 0.3)
    handwriting(sheet, 180, 128, 420, "title", colour=INDIGO, thick=6)
    sheet.line([(176, 156), (470, 153)], ORANGE, 4)
    steps = [t / 160 for t in range(161)]
    road = [(190 + 800 * t + 26 * sin(t * 9), 430 + 150 * sin(t * 3.1 * pi + 0.4)) for t in steps]
    sheet.line([(x + 4, y + 8) for x, y in road], "#b8935f", 52)
    sheet.line(road, "#59636b", 50)
    for n in range(2, 158, 8):
        sheet.line(road[n : n + 4], WHITE, 4)
    for n, at in enumerate((6, 34, 64, 94, 124, 152)):
        (x, y), colour = road[at], (YELLOW, GREEN, PINK, BLUE, YELLOW, GREEN)[n]
        above = y > 430
        notes(sheet, [(x - 48, y - 152 if above else y + 52, colour)], "step", n, size=98)
        sheet.lay(arc(x, y, 27), colour=(TEAL, ORANGE, INDIGO)[n % 3], blur=4, offset=(2, 5))
        sheet.fill(arc(x, y, 12), WHITE)
    for n, colour in enumerate((INDIGO, ORANGE, TEAL)):
        marker(sheet, 760 + n * 88, 118 + 12 * chance("pen", n), 118, colour, -24 + 30 * chance("lean", n))
    mug(sheet, 1130, 700, 46, TEAL)
    sheet.vignette(0.26)


def matrix(sheet):
    """The 5Rs matrix on a brick wall, photographed a little from one side."""
    sheet.fill(box(0, 0, 1200, 800), "#c9b5a0")
    for row in range(20):
        for n in range(13):
            tone = mix("#e6dac9", "#d6c4ae", 0.5 + 0.5 * chance("brick", row, n))
            brick = rounded(n * 96 + row % 2 * 48 - 46, row * 40 + 2, 92, 36, 3)
            sheet.gradient(brick, mix(tone, WHITE, 0.12), tone)
    window_light(sheet, 420, 0.3)
    page = box(120, 96, 960, 622, -0.4)
    sheet.shade(page, blur=16, offset=(8, 14), strength=0.42)
    sheet.gradient(page, WHITE, "#f3ecdf")
    for x, y, slope in ((98, 92, -40), (1048, 84, 40), (100, 704, 40), (1052, 700, -40), (574, 84, 2)):
        tape(sheet, x, y, slope, 66, 22)
    lefts = [146 + n * 152 for n in range(6)]
    for n, colour in enumerate((INDIGO, TEAL, ORANGE, "#8a3b5c", "#3f6d8f", "#7a6a2c")):
        sheet.fill(rounded(lefts[n] + 4, 122, 144, 52, 6, -0.4), colour)
        handwriting(sheet, lefts[n] + 32, 148, 94, "column", n, colour=WHITE, thick=4)
    for n in range(7):
        sheet.line([(145 + n * 152, 118), (148 + n * 152, 694 + 2 * chance(n))], "#9aa0a6", 2.2)
    for row in range(6):
        sheet.line([(142, 182 + row * 102), (1062, 179 + row * 102 + 2 * chance("h", row))], "#9aa0a6", 2.2)
    empty, negative = {(4, 2), (4, 4), (4, 5), (3, 4)}, {(1, 5), (3, 5)}
    for row in range(5):
        places = []
        for n, colour in enumerate((YELLOW, GREEN, BLUE, PINK, YELLOW, GREEN)):
            x, y = lefts[n] + 38 + 11 * chance("x", row, n), 193 + row * 102 + 3 * chance("y", row, n)
            if n == 1 and row % 2 == 0:
                places += [(lefts[n] + 5, y - 3, colour), (lefts[n] + 72, y + 13, mix(colour, TEAL, 0.25))]
            elif (row, n) not in empty:
                places.append((x, y, PINK if (row, n) in negative else colour))
        notes(sheet, places, "matrix", row, size=72)
    sheet.tilt((60, 12), (8, 790), (1150, 752), (1180, 66))
    sheet.vignette(0.34)


def circle_of_chairs(sheet):
    """Twelve chairs around a woven rug, seen from above."""
    wide = 1200 / 14
    for n in range(14):
        tone = mix("#cfa577", "#b98a5b", 0.5 + 0.5 * chance("plank", n))
        sheet.fill(box(n * wide, 0, wide + 1, 800), tone)
        for grain in range(5):
            x = (n + (grain + 0.5) / 5) * wide + 4 * chance(n, grain)
            bent = [(x, 0), (x + 5 * chance(n, grain, 1), 400), (x, 800)]
            sheet.line(bent, mix(tone, "#8a5f38", 0.16), 1.2)
        joint, gap = 400 + 330 * chance("joint", n), mix(tone, "#5f3f24", 0.45)
        sheet.line([(n * wide, 0), (n * wide, 800)], gap, 1.8)
        sheet.line([(n * wide, joint), (n * wide + wide, joint)], gap, 1.8)
    x, y, cream = 600, 402, "#f0e4cd"
    sheet.shade(arc(x, y, 207), strength=0.4, blur=9, offset=(4, 7))
    rings = [(205, INDIGO), (192, cream), (180, ORANGE), (158, cream), (150, TEAL), (128, cream)]
    for radius, colour in [*rings, (118, INDIGO), (106, cream)]:
        sheet.fill(arc(x, y, radius), colour)
    for n in range(36):
        inner, outer = arc(x, y, 162, n * 10, n * 10)[:1], [arc(x, y, 176, n * 10 + d)[0] for d in (-4, 4)]
        sheet.fill(outer + inner, "#f6d9a8")
        knots = arc(x, y, 139, n * 10, n * 10)[0]
        sheet.fill(arc(*knots, 4), "#e8c98f")
    window_light(sheet, 40, 0.34)
    cards = [(-62, -58, YELLOW), (6, -76, BLUE), (44, -16, PINK), (-76, 6, GREEN), (-14, -12, YELLOW)]
    cards += [(-30, 46, BLUE), (34, 42, GREEN)]
    notes(sheet, [(x + dx, y + dy, colour) for dx, dy, colour in cards], "cards", size=46)
    marker(sheet, 596, 508, 62, ORANGE, 24)
    marker(sheet, 664, 330, 62, INDIGO, 68)
    for n in range(12):
        angle = n * 30 + 15 + 2.5 * chance("chair", n)
        far = 302 + 9 * chance("far", n)
        cx = x + far * (1 + 0.34 * abs(cos(radians(angle)))) * cos(radians(angle))
        colour = ("#3c4f8f", "#d27b44", "#3d7f70", "#e0b65a")[n % 4]
        chair(sheet, cx, y + far * sin(radians(angle)), angle + 5 * chance("swing", n), colour)
    for cup, colour in (((452, 212), "#f2ede2"), ((836, 300), "#d9e2e6"), ((720, 622), "#f2ede2")):
        mug(sheet, *cup, 17, colour)
    for bx, by, slope in ((316, 318, -18), (464, 600, 24), (832, 582, 41)):
        book, middle = rounded(bx, by, 60, 44, 3, slope), (bx + 30, by + 22)
        sheet.lay(book, colour=WHITE, blur=4, offset=(2, 4), strength=0.35)
        sheet.line(turned([(bx + 30, by + 3), (bx + 30, by + 41)], middle, slope), "#c3bba9", 1.6)
        for row in range(3):
            pen = {"thick": 1.3, "degrees": slope, "centre": middle}
            handwriting(sheet, bx + 6, by + 12 + row * 10, 20, bx, row, **pen)
    sheet.vignette(0.3)


def chair(sheet, x, y, degrees, colour):
    """A chair from above whose back is turned towards `degrees`."""

    def part(dx, dy, width, height, radius):
        return turned(rounded(x + dx, y + dy, width, height, radius), (x, y), degrees)

    seat, back = part(-34, -33, 66, 66, 16), part(24, -37, 17, 74, 8)
    sheet.shade(seat, back, strength=0.42, blur=9, offset=(9, 13))
    for dx, dy in ((-36, -38), (-36, 28), (26, -40), (26, 30)):
        sheet.fill(part(dx, dy, 10, 10, 5), "#4b3a2d")
    sheet.gradient(seat, mix(colour, WHITE, 0.16), mix(colour, INK, 0.06))
    sheet.shade(part(-26, -25, 48, 50, 14), colour=WHITE, strength=0.16, blur=5, inside=seat)
    sheet.shade(back, strength=0.4, blur=4, offset=(-3, 3), inside=seat)
    sheet.fill(back, mix(colour, INK, 0.28))
    sheet.fill(part(27, -32, 4, 64, 2), mix(colour, WHITE, 0.22))


SCENES = {
    "muro": wall_of_notes,
    "rotafolios": flipcharts,
    "ruta": paper_route,
    "matriz": matrix,
    "circulo": circle_of_chairs,
}
