"""Room to write by hand: ruled lines, post-its and boxes, drawn with presentation attributes only. Pure."""

from alianzas.exports.blocks import Figure

WIDTH = 640  # units of the drawing; the page scales them to its width
GAP, LINE_HEIGHT, NOTE_HEIGHT = 12, 36, 96
INK, PAPER = "#9a937f", "#fffdf3"


def lines(title: str, count: int) -> Figure:
    """`count` ruled lines."""
    rules = "".join(_rule(LINE_HEIGHT * (number + 1)) for number in range(count))
    return _figure(title, LINE_HEIGHT * count + 4, rules)


def notes(title: str, count: int) -> Figure:
    """`count` empty post-its, two in a row, with a place for who says it."""
    wide = (WIDTH - GAP) / 2
    drawn = []
    for number in range(count):
        x, y = (number % 2) * (wide + GAP), (number // 2) * (NOTE_HEIGHT + GAP)
        drawn.append(_box(x, y, wide, NOTE_HEIGHT, PAPER))
        drawn.append(_rule(y + NOTE_HEIGHT - 22, x + wide * 0.55, x + wide - 12))
    return _figure(title, (count + 1) // 2 * (NOTE_HEIGHT + GAP), "".join(drawn))


def boxes(title: str, count: int, high: int) -> Figure:
    """`count` boxes of `high` millimetres of a letter page."""
    tall = high * WIDTH / 180
    return _figure(title, count * (tall + GAP), "".join(_box(0, n * (tall + GAP), WIDTH, tall) for n in range(count)))


def table_rows(high: int) -> str:
    """The text of an empty cell that keeps `high` lines free."""
    return "\n".join("\u200b" for _ in range(high + 1))  # unseen, but not a blank that writers would trim


def _rule(y, start=0.0, end=WIDTH):
    return f'<line x1="{start:g}" y1="{y:g}" x2="{end:g}" y2="{y:g}" stroke="{INK}" stroke-width="1"/>'


def _box(x, y, wide, high, fill="#ffffff"):
    inner = f'x="{x + 0.5:g}" y="{y + 0.5:g}" width="{wide - 1:g}" height="{high - 1:g}"'
    return f'<rect {inner} rx="4" fill="{fill}" stroke="{INK}" stroke-width="1"/>'


def _figure(title, high, drawn):
    box = f'width="{WIDTH}" height="{high:g}" viewBox="0 0 {WIDTH} {high:g}"'
    return Figure(f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{drawn}</svg>', title)
