"""Tables in Word: headers repeated on every page, rows kept whole, thin lines."""

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import RGBColor

from alianzas.exports import docx_parts as parts
from alianzas.exports.blocks import Cell, KeyValues, Table
from alianzas.exports.docx_pages import Writing
from alianzas.exports.html import percentages
from alianzas.exports.text import one_line, show

_ALIGN = {"left": None, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


def put_key_values(block: KeyValues, w: Writing) -> None:
    if not block.pairs:
        return
    table = new_table(w, len(block.pairs), (29, 71))
    parts.borders(
        table, top=(8, w.colours["primary-line"]), insideH=(4, w.colours["line"]), bottom=(4, w.colours["line"])
    )
    for row, (label, value) in zip(table.rows, block.pairs, strict=True):
        keep_row_whole(row)
        name, content = row.cells
        fill(w, name, one_line(label), bold=True)
        name.paragraphs[0].runs[0].font.color.rgb = RGBColor.from_string(w.colours["primary-text"][1:])
        fill(w, content, value)
    put_gap(w)


def put_table(table: Table, w: Writing) -> None:
    if table.caption:
        w.word.add_paragraph(one_line(table.caption), style="Caption").paragraph_format.keep_with_next = True
    columns = [table.columns[index] for index in table.visible]
    made = new_table(w, 1 + max(1, len(table.rows)), percentages(column.width for column in columns))
    parts.borders(made, insideH=(4, w.colours["line"]), bottom=(4, w.colours["line"]))
    rows = made.rows
    head = rows[0]
    head._tr.get_or_add_trPr().append(parts.element("w:cantSplit"))
    head._tr.get_or_add_trPr().append(parts.element("w:tblHeader"))
    for cell, column in zip(head.cells, columns, strict=True):
        fill(w, cell, one_line(column.title), column.align, bold=True)
        cell.paragraphs[0].runs[0].font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        parts.shade(cell, w.colours["primary-text"])
    if not table.rows:
        fill(w, made.cell(1, 0).merge(made.cell(1, len(columns) - 1)), "Sin registros todavía")
    for word_row, row in zip(list(rows)[1:], table.rows, strict=False):
        keep_row_whole(word_row)
        cells, values = word_row.cells, [row.cells[index] for index in table.visible]
        if row.header:
            whole = cells[0].merge(cells[-1])
            fill(w, whole, " · ".join(filter(None, (one_line(show(value)) for value in values))), bold=True)
            whole.paragraphs[0].runs[0].font.color.rgb = RGBColor.from_string(w.colours["primary-text"][1:])
            whole.paragraphs[0].paragraph_format.keep_with_next = True
            parts.shade(whole, w.colours["primary-tint"])
            continue
        for cell, column, value in zip(cells, columns, values, strict=True):
            fill(w, cell, value, column.align, bold=column.row_header)
        if row is table.rows[0]:
            cells[0].paragraphs[0].paragraph_format.keep_with_next = True
    put_gap(w)


def fill(w: Writing, cell, value: Cell, align: str = "left", bold: bool = False) -> None:
    """Write a value into a table cell, lists as bullets."""
    bullet = isinstance(value, tuple) and bool(value)
    lines = [one_line(item) for item in value] if isinstance(value, tuple) else [show(value)]
    for number, line in enumerate(lines or [""]):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph._p.style = w.style_ids["Table Bullet" if bullet else "Table Text"]
        if _ALIGN[align] is not None:
            paragraph.alignment = _ALIGN[align]
        paragraph.add_run(line).bold = bold or None


def new_table(w: Writing, rows: int, shares):
    """A table across the text with columns of the given percentages."""
    shares = tuple(shares)
    table = w.word.add_table(rows=rows, cols=len(shares))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    parts.cell_margins(table, 70, 90, 70)
    widths = [parts.mm(w.text_width * share / 100) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    return table


def keep_row_whole(row) -> None:
    row._tr.get_or_add_trPr().append(parts.element("w:cantSplit"))


def put_gap(w: Writing) -> None:
    """Word joins two tables that touch."""
    w.word.add_paragraph(style="Gap")
