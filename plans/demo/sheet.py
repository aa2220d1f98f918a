"""A surface to draw on with Pillow: shapes, soft shadows and light, without fonts or chance.

A shape is a list of points in the units of the finished picture. `Sheet` draws larger and shrinks at the end,
which smooths every edge.
"""

from hashlib import blake2b
from io import BytesIO
from math import cos, pi, radians, sin

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WHITE, CLEAR = "#ffffff", (255, 255, 255, 0)


def mix(colour, other, share):
    """`colour` with a `share` (0 to 1) of `other`."""
    one, two = ([int(hexa[at : at + 2], 16) for at in (1, 3, 5)] for hexa in (colour, other))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(one, two, strict=True))


def chance(*key):
    """A number from −1 to 1 that looks random and is always the same for the same key."""
    return int.from_bytes(blake2b(repr(key).encode(), digest_size=4).digest()) / 2**31 - 1


def turned(shape, centre, degrees):
    (x, y), c, s = centre, cos(radians(degrees)), sin(radians(degrees))
    return [(x + (px - x) * c - (py - y) * s, y + (px - x) * s + (py - y) * c) for px, py in shape]


def box(x, y, width, height, degrees=0):
    """A rectangle from its top left corner, turned around its middle."""
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    return turned(corners, (x + width / 2, y + height / 2), degrees)


def rounded(x, y, width, height, radius, degrees=0):
    """A rectangle with round corners."""
    right, left, low, high = x + width - radius, x + radius, y + height - radius, y + radius
    quarters = [(right, low, 0), (left, low, 90), (left, high, 180), (right, high, 270)]
    shape = [point for cx, cy, start in quarters for point in arc(cx, cy, radius, start, start + 90, 24)]
    return turned(shape, (x + width / 2, y + height / 2), degrees)


def arc(x, y, radius, start=0, end=360, steps=120):
    angles = (radians(start + (end - start) * step / steps) for step in range(steps + 1))
    return [(x + radius * cos(a), y + radius * sin(a)) for a in angles]


def oval(x, y, wide, high, degrees=0):
    return turned([(x + (px - x) * wide, y + (py - y) * high) for px, py in arc(x, y, 1)], (x, y), degrees)


def leaf(x, y, length, half, degrees, tip=0.8):
    """A leaf that grows from x, y, upright before it leans `degrees`."""
    right = [(x + half * sin(pi * (t / 80) ** tip), y - length * t / 80) for t in range(81)]
    return turned(right + [(2 * x - px, py) for px, py in reversed(right)], (x, y), degrees)


class Sheet:
    """A drawing surface for shapes, soft shadows and light."""

    def __init__(self, width, height, scale):
        self.size, self.scale = (width, height), scale
        self.image = Image.new("RGBA", (width * scale, height * scale), CLEAR)

    def finished(self, kind, **options):
        image, buffer = self.image.resize(self.size, Image.Resampling.LANCZOS), BytesIO()
        (image.convert("RGB") if kind == "JPEG" else image).save(buffer, kind, **options)
        return buffer.getvalue()

    def fill(self, shape, colour):
        ImageDraw.Draw(self.image).polygon(self._scaled(shape), fill=colour)

    def cut(self, *shapes):
        """Make shapes transparent."""
        for shape in shapes:
            self.fill(shape, CLEAR)

    def line(self, points, colour, width):
        """A line whose ends are round."""
        draw, half, scaled = ImageDraw.Draw(self.image), width * self.scale / 2 - 0.5, self._scaled(points)
        draw.line(scaled, fill=colour, width=round(width * self.scale), joint="curve")
        for x, y in (scaled[0], scaled[-1]):
            draw.ellipse((x - half, y - half, x + half, y + half), fill=colour)

    def shade(self, *shapes, colour="#1d1a26", strength=0.3, blur=8.0, offset=(0, 0), inside=None):
        """Blurred shapes over what is drawn: shadows in a dark colour, light in a bright one."""
        area = self._area(shapes, margin=3 * blur + max(map(abs, offset)))
        coarse = max(int(blur * self.scale / 3), 1)
        mask = self._mask(shapes, area, offset)
        mask = mask.reduce(coarse).filter(ImageFilter.GaussianBlur(blur * self.scale / coarse))
        mask = mask.resize((area[2] - area[0], area[3] - area[1]), Image.Resampling.BICUBIC)
        mask = mask.point(lambda value: value * strength)
        if inside:
            mask = ImageChops.multiply(mask, self._mask([inside], area))
        self.image.paste(colour, area, mask)

    def lay(self, *shapes, colour, blur=6.0, offset=(3, 6), strength=0.3):
        """Shapes that lie on what is below them and throw a shadow on it."""
        self.shade(*shapes, strength=strength, blur=blur, offset=offset)
        for shape in shapes:
            self.fill(shape, colour)

    def gradient(self, shape, top, bottom):
        """Fill a shape with a colour that changes from its top to its bottom."""
        area = self._area([shape])
        size = (area[2] - area[0], area[3] - area[1])
        ramp = Image.linear_gradient("L").resize(size)
        band = Image.composite(Image.new("RGBA", size, bottom), Image.new("RGBA", size, top), ramp)
        self.image.paste(band, area, self._mask([shape], area))

    def tilt(self, *corners):
        """Show the drawing as seen from one side: `corners` (nw, sw, se, ne) come to fill the picture."""
        quad = [value for corner in self._scaled(corners) for value in corner]
        size, way = self.image.size, Image.Resampling.BILINEAR
        self.image = self.image.transform(size, Image.Transform.QUAD, quad, way)

    def vignette(self, strength=0.28):
        """Darken towards the edges, as a lens does."""
        small = Image.new("L", (240, 160), 255)
        ImageDraw.Draw(small).ellipse((-14, -6, 254, 166), fill=0)
        edge = small.filter(ImageFilter.GaussianBlur(24)).resize(self.image.size, Image.Resampling.BICUBIC)
        self.image.paste("#2a1c14", (0, 0), edge.point(lambda value: value * strength))

    def _area(self, shapes, margin=0.0):
        """The pixels, inside the drawing, that shapes and a margin around them can touch."""
        xs, ys = zip(*(point for shape in shapes for point in shape), strict=True)
        edges = (min(xs) - margin, min(ys) - margin, max(xs) + margin + 1, max(ys) + margin + 1)
        limits = [*self.image.size, *self.image.size]
        return tuple(min(max(int(edge * self.scale), 0), limit) for edge, limit in zip(edges, limits, strict=True))

    def _mask(self, shapes, area, offset=(0, 0)):
        mask = Image.new("L", (area[2] - area[0], area[3] - area[1]), 0)
        draw = ImageDraw.Draw(mask)
        for shape in shapes:
            moved = self._scaled([(x + offset[0], y + offset[1]) for x, y in shape])
            draw.polygon([(x - area[0], y - area[1]) for x, y in moved], fill=255)
        return mask

    def _scaled(self, points):
        return [(x * self.scale, y * self.scale) for x, y in points]
