"""A page larger than any printer's, cut into sheets that are taped together."""

import io

import pypdfium2


def split(pdf: bytes, columns: int, rows: int) -> bytes:
    """Each page of `pdf` as `columns` × `rows` sheets of equal size: left to right, then top to bottom."""
    out = io.BytesIO()
    with pypdfium2.PdfDocument(pdf) as source, pypdfium2.PdfDocument.new() as sheets:
        for number in range(len(source)):
            width, height = source[number].get_size()
            wide, high = width / columns, height / rows
            for row in range(rows):
                for column in range(columns):
                    sheets.import_pages(source, [number])
                    box = (column * wide, height - (row + 1) * high, (column + 1) * wide, height - row * high)
                    sheet = sheets[len(sheets) - 1]
                    sheet.set_mediabox(*box)
                    sheet.set_cropbox(*box)
        sheets.save(out)
    return out.getvalue()
