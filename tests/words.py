"""Word documents, read back."""

from io import BytesIO

from docx import Document


def said_in_word(content) -> str:
    """Everything that a Word document, as bytes or as an open file, says in paragraphs and in tables."""
    document = Document(BytesIO(content) if isinstance(content, bytes) else content)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
