"""WeasyPrint by itself, in this process, on the HTML and CSS of our document: the yardstick of the export layer."""

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from alianzas.exports import html, styles


def raw_weasyprint(document):
    """A function that writes the same PDF with typefaces and style sheets already loaded."""
    page, fonts = html.page(document), FontConfiguration()
    sheets = [
        weasyprint.CSS(string=text, font_config=fonts) for text in (styles.font_css(), styles.print_css(document))
    ]

    def write():
        return weasyprint.HTML(string=page).write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")

    return write
