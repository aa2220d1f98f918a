"""The heavy work, done inside a limited process: WeasyPrint and pdfium. It receives text and gives bytes, nothing else.

Nothing of Django is imported here, so that the process stays small and starts fast.
"""

import io
import logging
import re
from collections import OrderedDict

import pypdfium2
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

SHEETS_KEPT = 16
MAX_PIXELS = 30_000_000
_EMOJI = re.compile("[\u203c\u2049\u20e3\u2139-\u21aa\u231a-\u27bf\u2934-\u2b55\u3030-\u3299\U0001f000-\U0001faff]")


class NothingFetcher(URLFetcher):
    """Opens `data:` addresses only: no file, no network, no redirect."""

    def __init__(self):
        super().__init__(allowed_protocols=["data"], allow_redirects=False)


class Renderer:
    """Typefaces and style sheets, loaded once for all documents: loading them afresh nearly doubles the time."""

    def __init__(self, font_css: str, emoji_css: str = ""):
        self.fonts = FontConfiguration()
        self.font_sheet = self._css(font_css)
        self.emoji_css = emoji_css
        self.sheets: OrderedDict[str, weasyprint.CSS] = OrderedDict()

    def ping(self) -> bytes:
        """Nothing: the answer shows that the process is ready."""
        return b""

    def pdf(self, html: str, css: str) -> bytes:
        """A tagged PDF (PDF/UA-1) of the HTML page."""
        self._load_emoji(html)
        source = weasyprint.HTML(string=html, url_fetcher=NothingFetcher(), base_url=None)
        return source.write_pdf(
            stylesheets=[self.font_sheet, self._sheet(css)],
            font_config=self.fonts,
            pdf_variant="pdf/ua-1",
        )

    def png(self, svg: str, width_px: float, height_px: float, dpi: float) -> bytes:
        """The drawing on white as PNG; 96 dots per inch make one pixel of one CSS pixel."""
        self._load_emoji(svg)
        scale = dpi / 96
        scale = min(scale, (MAX_PIXELS / (width_px * height_px)) ** 0.5)
        css = self._css(
            f"@page{{size:{width_px:.3f}px {height_px:.3f}px;margin:0}}body{{margin:0;background:#fff}}"
            "svg{display:block;width:100%;height:auto}"
        )
        html = f"<!doctype html><html lang='es-MX'><head><title>.</title></head><body>{svg}</body></html>"
        source = weasyprint.HTML(string=html, url_fetcher=NothingFetcher(), base_url=None)
        data = source.write_pdf(stylesheets=[self.font_sheet, css], font_config=self.fonts)
        with pypdfium2.PdfDocument(data) as pdf:
            page = pdf[0]
            picture = page.render(scale=scale * 96 / 72).to_pil()
            page.close()
        out = io.BytesIO()
        picture.convert("RGB").save(out, "PNG", optimize=False, dpi=(scale * 96, scale * 96))
        return out.getvalue()

    def _load_emoji(self, text: str) -> None:
        """Emoji are a megabyte of typefaces that most documents do not need."""
        if self.emoji_css and _EMOJI.search(text):
            self._css(self.emoji_css)
            self.emoji_css = ""

    def _sheet(self, css: str) -> weasyprint.CSS:
        if css not in self.sheets:
            self.sheets[css] = self._css(css)
            if len(self.sheets) > SHEETS_KEPT:
                self.sheets.popitem(last=False)
        self.sheets.move_to_end(css)
        return self.sheets[css]

    def _css(self, text: str) -> weasyprint.CSS:
        return weasyprint.CSS(string=text, font_config=self.fonts, url_fetcher=NothingFetcher())


def log_briefly() -> None:
    """WeasyPrint's warnings to stderr, cut short: some quote the whole address of a picture, megabytes of it."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("weasyprint: %(message).200s"))
    logging.getLogger("weasyprint").addHandler(handler)
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("weasyprint.progress").setLevel(logging.CRITICAL)
