"""Excel: a sheet for each level-1 heading, typed cells, hidden keys so that a workbook can come back, print set-up."""

import io
import re
from datetime import UTC, datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from alianzas.exports import pictures, png, svg
from alianzas.exports.blocks import (
    Bullets,
    Callout,
    Cell,
    Column,
    Contents,
    Cover,
    Document,
    Figure,
    Heading,
    Image,
    KeyValues,
    Paragraph,
    Photo,
    PhotoGrid,
    Row,
    Table,
)
from alianzas.exports.colours import palette
from alianzas.exports.errors import UnknownBlock
from alianzas.exports.html import running_head
from alianzas.exports.text import one_line, show
from alianzas.exports.xlsx_sheet import TEXT_FORMAT, Look, Sheet, lines_of, pieces, sheet_name, typed

COVER_SHEET = "Portada"
PAPER = {"Letter": 1, "Tabloid": 3, "Legal": 5, "A3": 8, "A4": 9, "Poster": 3, "LargePoster": 3}
TABLE_WIDTH = 118.0  # Excel's units, shared out among the columns of a table
PORTRAIT_WIDTH = 90.0
FULL_PAGE_PX = 880
SPARE_ROWS = 200  # below a table, which offer its choices too
KEY_PREFIX, KEY_COLUMN, KEY_CONTINUED = "tabla_", "clave", "+"


class _Book:
    """The workbook, and the sheet that is being filled."""

    def __init__(self, document: Document):
        self.document = document
        self.look = Look(palette(document.brand), document.brand.heading_font, document.brand.body_font)
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.active)
        self.taken: set[str] = set()
        self.sheet: Sheet | None = None


def write(document: Document) -> bytes:
    """An .xlsx file; raises `UnknownBlock`, `DrawingError`, or `RenderError` when a figure cannot be drawn."""
    book = _Book(document)
    for title, blocks in _sheets(document):
        _new_sheet(book, title, blocks)
        for block in blocks:
            try:
                writer = _WRITERS[type(block)]
            except KeyError:
                raise UnknownBlock(block, "Excel") from None
            writer(block, book)
        wide = book.sheet.tables and book.sheet.width(2, book.sheet.last_column) > PORTRAIT_WIDTH
        landscape = document.orientation == "landscape" or bool(wide)
        book.sheet.finish(landscape, PAPER[document.page_size], running_head(document))
    _properties(book)
    out = io.BytesIO()
    book.workbook.save(out)
    return out.getvalue()


def _sheets(document: Document) -> list[tuple[str, list]]:
    """The blocks of each sheet with its title: cover, what precedes the first heading, one per level-1 heading."""
    sheets: list[tuple[str, list]] = []
    current: list | None = None
    for block in document.blocks:
        if isinstance(block, Cover):
            sheets.append((COVER_SHEET, [block]))
        elif isinstance(block, Table) and block.sheet and not (current and _title(current) == block.sheet):
            sheets.append((block.sheet, [block]))
        elif isinstance(block, Heading) and block.level == 1:
            current = [block]
            sheets.append((block.text, current))
        elif not isinstance(block, Contents):  # the tabs are the contents
            if current is None:
                current = []
                title = (block.caption if isinstance(block, Table) else "") or document.title
                sheets.append((title, current))
            current.append(block)
    return sheets or [(document.title, [])]


def _title(blocks: list) -> str:
    return blocks[0].text if isinstance(blocks[0], Heading) else ""


def _new_sheet(book: _Book, title: str, blocks: list) -> None:
    """A sheet as wide as the table of its blocks with most columns."""
    ws = book.workbook.create_sheet(sheet_name(title, book.taken))
    ws.sheet_properties.tabColor = book.look.colours["primary"][1:]
    book.sheet = Sheet(ws, book.look)
    tables = [block for block in blocks if isinstance(block, Table)]
    if tables:
        shares = max(([one.width for one in table.columns if not one.hidden] for table in tables), key=len)
        room = max(TABLE_WIDTH, 11.0 * len(shares))
        book.sheet.widths = tuple(max(10.0, min(60.0, room * share / sum(shares))) for share in shares)


def table_range_name(key: str) -> str:
    """The workbook's name for the cells of the table with that key (hidden row of column keys included)."""
    return KEY_PREFIX + re.sub(r"\W", "_", key, flags=re.ASCII)


def _properties(book: _Book) -> None:
    properties, document = book.workbook.properties, book.document
    properties.title = one_line(document.title)
    properties.subject = one_line(document.subject)
    properties.creator = one_line(document.author or document.brand.organization)
    properties.language = document.language
    properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)


def _cover(cover: Cover, book: _Book) -> None:
    sheet = book.sheet
    look, ws = book.look, sheet.ws
    picture = pictures.prepare(cover.logo, pictures.LOGO_PX, trim=True) if cover.logo else None
    if picture:
        _place(sheet, picture.data, picture.width, picture.height, cover.logo.alt, 220, 90)
    first = sheet.row
    for text, size, bold, colour, heading in (
        (cover.organization, 12, True, "on-primary", False),
        (cover.title, 26, True, "on-primary", True),
        (cover.subtitle, 13, False, "on-primary-soft", False),
    ):
        if text:
            sheet.text(one_line(text), look.font(size, bold, colour, heading), fill="primary", indent=2)
    for column in range(2, sheet.last_column + 1):
        for row in (first, sheet.row - 1):
            ws.row_dimensions[row].height = max(ws.row_dimensions[row].height or 0, 40)
        ws.cell(sheet.row, column).fill = look.fill("accent")
    ws.row_dimensions[sheet.row].height = 5
    sheet.row += 2
    if cover.date_text:
        sheet.text(one_line(cover.date_text), look.font(11, True))
    if cover.footer:
        sheet.text(one_line(cover.footer), look.font(9.5, colour="muted"))


def _heading(heading: Heading, book: _Book) -> None:
    sheet, look = book.sheet, book.look
    if heading.level == 2 and sheet.row > 1:
        sheet.row += 1
    size = {1: 18, 2: 14, 3: 11.5, 4: 10.5}[heading.level]
    colour = "muted" if heading.level == 4 else "primary-text"
    font = look.font(size, True, colour, heading.level < 3)
    sheet.text(one_line(heading.text), font, after=heading.level == 1)


def _paragraph(paragraph: Paragraph, book: _Book) -> None:
    font = {
        "normal": book.look.font(),
        "lead": book.look.font(12, colour="primary-text"),
        "note": book.look.font(9, colour="muted"),
    }[paragraph.style]
    book.sheet.text(paragraph.text, font, after=1)


def _bullets(bullets: Bullets, book: _Book) -> None:
    for number, item in enumerate(bullets.items, start=1):
        mark = f"{number}." if bullets.numbered else "•"
        book.sheet.text(f"{mark} {show(item)}", book.look.font(), indent=1)
    book.sheet.row += bool(bullets.items)


def _callout(callout: Callout, book: _Book) -> None:
    if callout.title:
        title = book.look.font(11.5, True, "accent-text", True)
        book.sheet.text(one_line(callout.title), title, fill="accent-tint", indent=1)
    book.sheet.text(callout.text, book.look.font(), after=1, fill="accent-tint", indent=1)


def _key_values(block: KeyValues, book: _Book) -> None:
    sheet, look = book.sheet, book.look
    line, label_font, font = look.line(), look.font(bold=True, colour="primary-text"), look.font()
    end = sheet.label_end()
    for label, value in block.pairs:
        for number, part in enumerate(_parts(value)):
            sheet.merged(2, end, one_line(label) if number == 0 else "", label_font)
            sheet.merged(end + 1, sheet.last_column, part, font)
            label_lines = lines_of(label, sheet.width(2, end), label_font)
            lines = lines_of(part, sheet.width(end + 1, sheet.last_column), font)
            sheet.height(sheet.row, max(label_lines, lines), font)
            for column in range(2, sheet.last_column + 1):
                sheet.ws.cell(sheet.row, column).border = line
            sheet.row += 1
    sheet.row += 1


def _parts(value: Cell) -> list[Cell]:
    """A value as the cells, one under the other, that it needs."""
    content = typed(value)
    return pieces(content) if isinstance(content, str) else [content]


def _table(table: Table, book: _Book) -> None:
    """Column keys in a hidden row, row keys in hidden column A; the range is named after the table's key."""
    sheet, look = book.sheet, book.look
    if table.caption:
        sheet.text(one_line(table.caption), look.font(11, True, "primary-text"))
    keys_row, head = sheet.row, sheet.row + 1
    sheet.ws.row_dimensions[keys_row].hidden = True
    key_font, head_font = look.font(8, colour="muted"), look.font(10, True, "#ffffff")
    sheet.put(keys_row, 1, KEY_COLUMN, key_font, wrap=False)
    places = _places(table, sheet)
    lines = 1
    for column, place in zip(table.columns, places, strict=True):
        sheet.put(keys_row, place, column.key, key_font, wrap=False)
        cell = sheet.put(head, place, one_line(column.title), head_font, column.align)
        cell.fill = look.fill("primary-text")
        cell.alignment = Alignment(horizontal=column.align, vertical="center", wrap_text=True)
        if column.is_code:
            sheet.keep_as_text(place)
        if column.hidden:
            sheet.ws.column_dimensions[get_column_letter(place)].hidden = True
        else:
            lines = max(lines, lines_of(column.title, sheet.width(place, place) - 3, head_font))
    sheet.height(head, lines + 0.4, head_font)
    sheet.row = head + 1
    for row in table.rows:
        _row(row, table, places, sheet)
    if not table.rows:
        sheet.put(sheet.row, 2, "Sin registros todavía", look.font(colour="muted"), wrap=False)
        sheet.row += 1
    last, last_column = sheet.row - 1, max(places)
    for column, place in zip(table.columns, places, strict=True):
        if column.choices:
            _offer(column, f"{get_column_letter(place)}{head + 1}:{get_column_letter(place)}{last + SPARE_ROWS}", sheet)
    sheet.tables.append((head, last, last_column))
    reference = f"{quote_sheetname(sheet.ws.title)}!$A${keys_row}:${get_column_letter(last_column)}${last}"
    name = table_range_name(table.key)
    book.workbook.defined_names[name] = DefinedName(name, attr_text=reference)
    sheet.row += 1


def _offer(column: Column, cells: str, sheet: Sheet) -> None:
    """A drop-down of the choices in those cells; other words may be typed, and whoever reads them decides."""
    offered = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
    offered.add(cells)
    sheet.ws.add_data_validation(offered)


def _places(table: Table, sheet: Sheet) -> list[int]:
    """The column where each of the table's columns goes: those seen from B on, hidden ones to the right of all."""
    seen, hidden = 2, sheet.last_column + 1
    places = []
    for column in table.columns:
        places.append(hidden if column.hidden else seen)
        seen, hidden = seen + (not column.hidden), hidden + column.hidden
    return places


def _row(row: Row, table: Table, places: list[int], sheet: Sheet) -> None:
    """A row, continued below where a text is longer than a cell may hold.

    A heading runs over the empty cells beside it.
    """
    look = sheet.look
    font = look.font(bold=True, colour="primary-text") if row.header else look.font()
    row_header_font, key_font = look.font(bold=True), look.font(8, colour="muted")
    parts = [_parts(value) for value in row.cells]
    line = look.line()
    for number in range(max(map(len, parts))):
        key = row.key if number == 0 else f"{row.key}{KEY_CONTINUED}{number}"
        sheet.put(sheet.row, 1, key, key_font, wrap=False).number_format = TEXT_FORMAT
        lines = 1
        for column, place, values in zip(table.columns, places, parts, strict=True):
            value = values[number] if number < len(values) else None
            cell_font = row_header_font if column.row_header and not row.header else font
            cell = sheet.put(sheet.row, place, value, cell_font, column.align, wrap=not row.header)
            cell.border = line
            if column.is_code:
                cell.number_format = TEXT_FORMAT
            if row.header:
                cell.fill = look.fill("primary-tint")
            elif not column.hidden:
                lines = max(lines, lines_of(value, sheet.width(place, place), cell_font))
        sheet.height(sheet.row, lines, font)
        sheet.row += 1


def _place(
    sheet: Sheet, data: bytes, width: float, height: float, alternative: str, across: float, down: float
) -> None:
    """A picture no larger than `across` by `down` pixels."""
    fit = min(1.0, across / width, down / height)
    sheet.picture(data, width * fit, height * fit, one_line(alternative))


def _figure(figure: Figure, book: _Book) -> None:
    data = png.rasterise(figure)
    width, height = svg.size_px(figure)
    scale = max(1.0, FULL_PAGE_PX / width) if figure.full_page else 1.0
    _place(book.sheet, data, width * scale, height * scale, figure.title, 880, 620)
    if figure.caption:
        book.sheet.text(one_line(figure.caption), book.look.font(9, colour="muted"))
    book.sheet.row += 1


def _image(image: Image, book: _Book) -> None:
    picture = pictures.prepare(image)
    if picture is None:
        book.sheet.text(f"[{one_line(image.alt)}]", book.look.font(colour="muted"))
        return
    _place(book.sheet, picture.data, picture.width, picture.height, image.alt, 420, 320)
    if isinstance(image, Photo) and image.caption:
        book.sheet.text(one_line(image.caption), book.look.font(9, colour="muted"), after=1)


def _photo_grid(grid: PhotoGrid, book: _Book) -> None:
    for photo in grid.photos:
        _image(photo, book)


_WRITERS = {
    Cover: _cover,
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    KeyValues: _key_values,
    Table: _table,
    Figure: _figure,
    PhotoGrid: _photo_grid,
    Image: _image,
    Photo: _image,
    Callout: _callout,
}
