"""One worksheet: where the next thing goes, how wide and high it is, and text that can never act as a formula."""

import io
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from math import ceil

from openpyxl.drawing.image import Image as SheetImage
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor, SpreadsheetDrawing
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.units import pixels_to_EMU
from openpyxl.worksheet.worksheet import Worksheet

from alianzas.exports.blocks import Cell
from alianzas.exports.text import clean_text, one_line, shortened

CELL_LIMIT = 32_767
HEADER_LENGTH = 120  # of 255 that Excel takes, in which every & counts twice
PIECE = 32_000
CONTINUED = "(sigue en la fila de abajo)"
MAX_ROW_POINTS = 409
LINE_POINTS = 14.5
POINTS_PER_PX = 0.75
PICTURE_ROW_POINTS = 15
TEXT_WIDTHS = (17.0,) * 6  # the columns of a sheet without tables, in Excel's units: digits of the standard font
LABEL_WIDTH = 26.0
FREEZE_BEFORE_ROW = 12  # a frozen head further down would leave no room for the rows
TEXT_FORMAT = "@"  # Excel keeps what is typed there as it is
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def sheet_name(title: str, taken: set[str]) -> str:
    """A name that Excel accepts: at most 31 characters, none forbidden, not yet taken; it is added to `taken`."""
    clean = " ".join(_FORBIDDEN_IN_NAME.sub(" ", one_line(title)).split()).strip("' ") or "Hoja"
    if clean.lower() in ("history", "historial"):
        clean += " 1"
    name, number = clean[:31].rstrip("' "), 2
    while name.lower() in taken:
        ending = f" ({number})"
        name, number = clean[: 31 - len(ending)].rstrip() + ending, number + 1
    taken.add(name.lower())
    return name


def pieces(text: str) -> list[str]:
    """Text cut where Excel would cut it silently; every piece but the last says that it goes on."""
    if len(text) <= CELL_LIMIT:
        return [text]
    parts = []
    while text:
        end = len(text) if len(text) <= PIECE else (text.rfind(" ", PIECE - 200, PIECE) + 1 or PIECE)
        parts.append(text[:end])
        text = text[end:]
    return [f"{part} {CONTINUED}" for part in parts[:-1]] + parts[-1:]


def typed(value: Cell) -> str | int | float | date | None:
    """The value as Excel keeps it: numbers and dates as such, lists and yes/no as text."""
    if isinstance(value, bool):
        return "Sí" if value else "No"
    if isinstance(value, tuple):
        return "\n".join(f"• {one_line(item)}" for item in value)
    if isinstance(value, str):
        return clean_text(value).strip()
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC).replace(tzinfo=None)
    if isinstance(value, float) and value - value != 0:
        return str(value)
    return value


@dataclass
class Look:
    """Fonts, fills and lines of a workbook, made once: openpyxl compares every style that it is given."""

    colours: dict[str, str]
    heading_font: str
    body_font: str
    fonts: dict[tuple, Font] = field(default_factory=dict)
    fills: dict[str, PatternFill] = field(default_factory=dict)

    def font(self, size: float = 10.5, bold: bool = False, colour: str = "ink", heading: bool = False) -> Font:
        key = (size, bold, colour, heading)
        if key not in self.fonts:
            rgb = colour[1:] if colour.startswith("#") else self.colours[colour][1:]
            name = self.heading_font if heading else self.body_font
            self.fonts[key] = Font(name=name, size=size, bold=bold, color=rgb)
        return self.fonts[key]

    def fill(self, colour: str) -> PatternFill:
        if colour not in self.fills:
            self.fills[colour] = PatternFill("solid", fgColor=self.colours[colour][1:])
        return self.fills[colour]

    def line(self, colour: str = "line", style: str = "thin") -> Border:
        return Border(bottom=Side(style, color=self.colours[colour][1:]))


@dataclass
class Sheet:
    """A worksheet being filled from top to bottom: hidden keys in column A, what is seen from column B on.

    `widths` are those of the columns that are seen; hidden columns of tables go to the right of them all.
    """

    ws: Worksheet
    look: Look
    widths: tuple[float, ...] = TEXT_WIDTHS
    row: int = 1
    tables: list[tuple[int, int, int]] = field(default_factory=list)  # header row, last row, last column
    pictures: int = 0

    @property
    def last_column(self) -> int:
        """The last column that is seen."""
        return 1 + len(self.widths)

    def width(self, first: int, last: int) -> float:
        """Width of some columns together."""
        return sum(self.widths[first - 2 : last - 1])

    def label_end(self) -> int:
        """The last of the columns, from B on, that together are wide enough for a label."""
        end = 2
        while self.width(2, end) < LABEL_WIDTH and end < self.last_column - 1:
            end += 1
        return end

    def put(self, row: int, column: int, value: Cell, font: Font, align: str = "left", wrap: bool = True):
        """Write a value; text is marked as text, so that `=1+1` stays what somebody typed."""
        cell = self.ws.cell(row, column)
        content = typed(value)
        if isinstance(content, str):
            if content:
                cell.value = content[:CELL_LIMIT]
                cell.data_type = "s"
        elif content is not None:
            cell.value = content
            if isinstance(content, date):
                cell.number_format = "dd/mm/yyyy hh:mm" if isinstance(content, datetime) else "dd/mm/yyyy"
            elif isinstance(content, float):
                cell.number_format = "#,##0" if content == int(content) else "#,##0.00"
            elif abs(content) >= 1000:
                cell.number_format = "#,##0"
        cell.font = font
        cell.alignment = Alignment(horizontal=align, vertical="top", wrap_text=wrap)
        return cell

    def keep_as_text(self, column: int) -> None:
        """What people type further down in that column stays as they typed it: 1.10 does not become a number."""
        self.ws.column_dimensions[get_column_letter(column)].number_format = TEXT_FORMAT

    def text(self, text: str, font: Font, after: int = 0, fill: str = "", indent: int = 0) -> None:
        """A text across the sheet, over several rows where Excel's limit asks for it."""
        for piece in pieces(clean_text(text).strip()):
            self.merged(2, self.last_column, piece, font, indent)
            if fill:
                for column in range(2, self.last_column + 1):
                    self.ws.cell(self.row, column).fill = self.look.fill(fill)
            lines = lines_of(piece, self.width(2, self.last_column) - 2 * indent, font)
            self.height(self.row, lines, font)
            self.row += 1
        self.row += after

    def merged(self, first: int, last: int, value: Cell, font: Font, indent: int = 0) -> None:
        """A value over several columns of the current row."""
        cell = self.put(self.row, first, value, font)
        cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=indent)
        if last > first:
            self.ws.merge_cells(start_row=self.row, end_row=self.row, start_column=first, end_column=last)

    def picture(self, data: bytes, width: float, height: float, alternative: str) -> None:
        """A picture of that size in pixels, and as many rows as it covers."""
        self.pictures += 1
        picture = SheetImage(io.BytesIO(data))
        frame = SpreadsheetDrawing()._picture_frame(self.pictures)
        frame.nvPicPr.cNvPr.descr = alternative
        size = XDRPositiveSize2D(pixels_to_EMU(round(width)), pixels_to_EMU(round(height)))
        picture.anchor = OneCellAnchor(AnchorMarker(col=1, row=self.row - 1), size, pic=frame)
        self.ws.add_image(picture)
        rows = int(height * POINTS_PER_PX / PICTURE_ROW_POINTS) + 2
        for row in range(self.row, self.row + rows):
            self.ws.row_dimensions[row].height = PICTURE_ROW_POINTS
        self.row += rows

    def height(self, row: int, lines: int, font: Font) -> None:
        """Room for a number of lines: Excel does not work it out for merged cells."""
        points = min(MAX_ROW_POINTS, lines * LINE_POINTS * font.size / 10.5 + 5)
        self.ws.row_dimensions[row].height = points

    def finish(self, landscape: bool, paper: int, head: list[str]) -> None:
        """Column widths, freezing, filter and print set-up, with the lines `head` on top of each printed page."""
        ws = self.ws
        ws.column_dimensions["A"].hidden = True
        for column, width in enumerate(self.widths, start=2):
            ws.column_dimensions[get_column_letter(column)].width = width
        ws.sheet_view.showGridLines = False
        ws.page_setup.orientation = "landscape" if landscape else "portrait"
        ws.page_setup.paperSize = paper
        ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = 1, 0
        ws.sheet_properties.pageSetUpPr.fitToPage = True
        ws.print_options.horizontalCentered = True
        ws.page_margins.left = ws.page_margins.right = 0.5
        ws.oddHeader.left.text = shortened(" · ".join(head), HEADER_LENGTH).replace("&", "&&")
        ws.oddFooter.right.text = "Página &P de &N"
        ws.oddFooter.left.text = "&A"
        if len(self.tables) == 1:
            first, last, column = self.tables[0]
            # From A on: sorting takes the hidden keys along with their rows.
            ws.auto_filter.ref = f"A{first}:{get_column_letter(column)}{last}"
            if last >= self.row - 2:  # nothing follows the table
                ws.print_title_rows = f"{first}:{first}"
            if first <= FREEZE_BEFORE_ROW:
                ws.freeze_panes = ws.cell(first + 1, 1)


def lines_of(text: object, width: float, font: Font) -> int:
    """How many lines a text takes in a column of that width (Excel's units: digits of the standard font)."""
    if text is None or text == "":
        return 1
    per_line = max(1.0, width * 1.15 * 10.5 / font.size * (0.94 if font.bold else 1))
    return sum(max(1, ceil(len(line) / per_line)) for line in str(text).split("\n"))
