"""PDF opened again with other readers: facts, tags, language, bookmarks, page numbers; nothing loaded from afar."""

import io
import logging
from dataclasses import replace

import page as page_validation
import pypdf
import pytest

from alianzas.exports import base, html, pdf, styles, worker
from alianzas.exports.blocks import Callout, Contents, Figure, Heading, Paragraph

from .samples import HIDDEN, SEEN, drawing, small, squeezed, table


@pytest.fixture(scope="module")
def reader(pdf_file):
    return pypdf.PdfReader(io.BytesIO(pdf_file))


@pytest.fixture(scope="module")
def pages(reader):
    return [page.extract_text() for page in reader.pages]


def bookmarks(reader, entries=None, level=1):
    for entry in reader.outline if entries is None else entries:
        if isinstance(entry, list):
            yield from bookmarks(reader, entry, level + 1)
        else:
            yield level, entry.title, reader.get_destination_page_number(entry) + 1


def structure(node, found):
    """Counts of the tags of a PDF, and the alternative texts of its figures."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            structure(child, found)
    elif isinstance(node, dict):
        kind = node.get("/S")
        found[kind] = found.get(kind, 0) + 1
        if kind == "/Figure":
            found.setdefault("alt", []).append(str(node.get("/Alt")))
        if "/K" in node:
            structure(node["/K"], found)
    return found


def test_pdf_holds_every_fact(pages):
    text = squeezed("".join(pages))
    assert [fact for fact in SEEN if squeezed(fact) not in text] == []
    assert [fact for fact in HIDDEN if fact in text] == []


def test_pdf_passes_all_rules_of_pdf_ua(pdf_file):
    report = page_validation.validate_pdf_bytes(pdf_file, profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant
    assert report.rules.total == report.rules.passed > 100


def test_pdf_says_what_it_is(reader):
    catalog, info = reader.trailer["/Root"], reader.metadata
    assert catalog["/Lang"] == "es-MX"
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert (info.title, info.author, info.subject, info.creator) == (
        "Plan de Alianzas Estratégicas",
        "Equipo de la organización",
        "Plan 2027",
        "Alianzas",
    )


def test_pdf_has_bookmarks_that_lead_to_the_headings(reader, pages):
    found = list(bookmarks(reader))
    assert [(level, title) for level, title, _ in found] == [
        (1, "Contenido"),
        (1, "Semblanza"),
        (2, "Propósito"),
        (3, "Detalle fino"),
        (4, "Más fino"),
        (1, "El sistema: actores / mapa"),
    ]
    assert all(squeezed(title) in squeezed(pages[number - 1]) for _, title, number in found)


def test_pdf_contents_give_the_right_pages(reader, pages):
    numbers = {title: number for _, title, number in bookmarks(reader)}
    contents = squeezed(pages[1]).replace(".", "")
    for title in ("Semblanza", "Propósito", "El sistema: actores / mapa"):
        assert squeezed(title) + str(numbers[title]) in contents


def test_pdf_pages_are_numbered_and_headed(pages):
    assert "Página" not in pages[0]
    for number, text in enumerate(pages[1:], start=2):
        assert f"Página {number} de {len(pages)}" in text
        assert "Tejiendo Barrios, A. C. · Plan de Alianzas Estratégicas" in text


def test_pdf_is_tagged(reader):
    found = structure(reader.trailer["/Root"]["/StructTreeRoot"]["/K"], {})
    assert found["/Table"] == 2
    assert found["/TH"] == 3 + 4 + 3
    assert {"/H1", "/H2", "/H3", "/H4", "/L", "/Caption", "/Link"} <= set(found)
    assert found["alt"] == [
        "Logotipo de la organización",
        "Mapa con tres anillos",
        "Calendario con ocho barras",
        "Foto 1",
        "Foto 2",
        "Foto 3",
        "Sello del programa",
    ]


def test_wide_figure_has_a_page_on_its_side(reader):
    sizes = [tuple(round(float(side)) for side in page.mediabox[2:]) for page in reader.pages]
    assert sizes.count((792, 612)) == 1
    assert set(sizes) == {(612, 792), (792, 612)}


@pytest.mark.parametrize(
    ("changes", "size"),
    [
        ({"orientation": "landscape"}, (792, 612)),
        ({"page_size": "Tabloid"}, (792, 1224)),
        ({"page_size": "A4"}, (595, 842)),
    ],
)
def test_pdf_has_the_size_asked_for(changes, size):
    data = base.render(small(Heading(1, "Cartel"), Paragraph("Texto"), **changes), "pdf")
    [page] = pypdf.PdfReader(io.BytesIO(data)).pages
    assert tuple(round(float(side)) for side in page.mediabox[2:]) == size


@pytest.mark.parametrize("introduction", [Paragraph("Objetivo."), Callout("Objetivo.", "Sumar manos.")])
def test_table_stays_with_what_announces_it(introduction):
    rows = table().rows[1:] * 3
    filler = [Paragraph("Relleno de la página.")] * 36
    document = small(Heading(1, "Uno"), *filler, Heading(2, "Aliado"), introduction, table(rows=rows))
    reader = pypdf.PdfReader(io.BytesIO(pdf.write(document)))
    texts = [page.extract_text() for page in reader.pages]
    [start] = [number for number, text in enumerate(texts) if "Aliado" in text]
    assert "Objetivo." in texts[start]
    assert "Resultados por plazo" in texts[start]
    assert "Carta de intención" in texts[start]


def test_table_header_is_repeated():
    rows = table().rows[1:] * 30
    reader = pypdf.PdfReader(io.BytesIO(pdf.write(small(Heading(1, "Uno"), table(rows=rows)))))
    texts = [page.extract_text() for page in reader.pages]
    assert len(texts) > 2
    assert all("Indicador" in text for text in texts)
    assert sum(text.count("Carta de intención") for text in texts) == 30


def test_nothing_is_loaded_from_elsewhere(tmp_path):
    secret = tmp_path / "secreto.css"
    secret.write_text("body::before { content: 'SECRETO' }")
    address = secret.as_uri()
    text = (
        f"<html lang='es-MX'><head><title>t</title><link rel=stylesheet href='{address}'>"
        f"<style>@import '{address}'; body {{ background: url({address}) }}</style></head>"
        f"<body><h1>Hola</h1><img src='{address}' alt='sin archivo'><img src='http://127.0.0.1:9/a.png' alt='sin red'>"
        f"<object data='{address}'>sin objeto</object></body></html>"
    )
    reader = pypdf.PdfReader(io.BytesIO(worker.render_pdf(text, "")))
    found = reader.pages[0].extract_text()
    assert "SECRETO" not in found
    assert "sin archivo" in found
    assert "sin red" in found
    assert "sin objeto" in found


@pytest.mark.parametrize(
    "address", ["http://ejemplo.org/", "https://ejemplo.org/", "file:///etc/hostname", "ftp://a/b"]
)
def test_fetcher_opens_data_only(address):
    from alianzas.exports.renderer import NothingFetcher

    with pytest.raises(ValueError, match="disallowed protocol"):
        NothingFetcher().fetch(address)
    assert NothingFetcher().fetch("data:text/plain,hola").read() == b"hola"


@pytest.mark.slow
def test_style_sheets_are_understood_by_the_renderer(document, caplog):
    from alianzas.exports.renderer import Renderer

    caplog.set_level(logging.WARNING, logger="weasyprint")
    Renderer(styles.font_css()).pdf(html.page(document), styles.print_css(document))
    said = [record.getMessage()[:200] for record in caplog.records if record.name.startswith("weasyprint")]
    assert said == []


def test_figure_fills_its_page():
    reader = pypdf.PdfReader(io.BytesIO(pdf.write(small(Figure(drawing(600, 600), "Mapa", full_page=True)))))
    assert len(reader.pages) == 1


def test_a_heading_that_starts_a_page_shares_it_with_the_figure_that_it_announces():
    figure = Figure(drawing(600, 700), "Mapa", "Pie del mapa", full_page=True)
    announced = small(
        Paragraph("Antes"), Heading(1, "Uno", page_break=True), Paragraph("Dos"), figure, Paragraph("Luego")
    )
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.write(announced))).pages]
    assert ["Antes" in pages[0], "Luego" in pages[2], len(pages)] == [True, True, 3]
    assert [words in pages[1] for words in ("Uno", "Dos", "Pie del mapa")] == [True, True, True]
    apart = small(Heading(1, "Uno"), figure)
    assert len(pypdf.PdfReader(io.BytesIO(pdf.write(apart))).pages) == 2


def test_a_bare_page_holds_nothing_but_its_figure():
    figure = Figure(drawing(600, 900), "Cartel", full_page=True)
    bare = replace(small(figure, figure), bare=True, page_size="Poster")
    pages = pypdf.PdfReader(io.BytesIO(pdf.write(bare))).pages
    assert [page.extract_text().strip() for page in pages] == ["Nosotras", "Nosotras"]  # what the drawing says


def test_the_contents_say_how_many_pages_each_part_has():
    long = [Paragraph("palabra " * 60) for _ in range(20)]
    document = small(
        Contents(parts=True),
        Heading(1, "Uno", page_break=True),
        *long,
        Heading(1, "Dos", page_break=True),
        Heading(2, "Tres"),
    )
    pages = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf.write(document))).pages]
    last = next(number for number, text in enumerate(pages, 1) if "Tres" in text and number > 1)
    assert f"{last - 2} páginas: de la 2 a la {last - 1}" in pages[0]
    assert f"1 página: la {last}" in pages[0]
