"""The route as documents, read again by independent readers."""

from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from django_scopes import scope
from docx import Document as Word
from PIL import Image
from pypdf import PdfReader

from alianzas.exports import base
from tests import factories as make
from tests.plans.test_documents import READERS, squeezed
from tests.ruta_critica.rows import ROWS, adapt, take_photo

SECRET = "Comandante Robles"


def take(org, key, fmt):
    with scope(organization=org):
        return base.render(base.get(key).document(org, fmt), fmt)


@pytest.mark.parametrize("fmt", ["pdf", "docx"])
def test_the_document_says_every_step_whole(org, cast, fmt):
    adapt(org, cast.editor)
    said = squeezed(READERS[fmt](take(org, "ruta", fmt)))
    for fact in ("1. Primer café", "En el método: Construcción de la alianza", "Una visita antes de hablar de dinero",
                 "Dirección general", "Comités del poniente", "Visita a la colonia", "La visita va primero",
                 "Ventaja competitiva de aliarse", "2. Evaluación y reporte", "Por anotar",
                 "3. Celebrar en la colonia (no por ahora)"):  # fmt: skip
        assert squeezed(fact) in said, fact


def test_the_picture_has_a_page_on_its_side_before_the_steps(org, cast):
    adapt(org, cast.editor)
    pages = PdfReader(BytesIO(take(org, "ruta", "pdf"))).pages
    assert pages[0].mediabox.width > pages[0].mediabox.height
    assert squeezed("Primer café") in squeezed(pages[0].extract_text())
    assert pages[1].mediabox.width < pages[1].mediabox.height


def test_without_an_answer_the_document_is_the_method(org):
    said = squeezed(READERS["docx"](take(org, "ruta", "docx")))
    assert squeezed("la organización todavía no los adapta") in said
    assert squeezed("6. Sostenibilidad") in said


@pytest.mark.parametrize(("has_consent", "pictures"), [(True, 2), (False, 1)])
def test_only_a_photo_with_consent_leaves(org, cast, has_consent, pictures):
    adapt(org, cast.editor)
    take_photo(org, caption="Papel de colores", has_consent=has_consent)
    content = take(org, "ruta", "docx")
    assert len(Word(BytesIO(content)).inline_shapes) == pictures
    assert ("papeldecolores" in squeezed(READERS["docx"](content))) == has_consent


@pytest.mark.parametrize(("key", "size"), [("ruta-cartel", (1200, 900)), ("ruta-cartel-60x90", (900, 600))])
def test_the_poster_is_one_page_of_its_size(org, cast, key, size):
    adapt(org, cast.editor)
    [page] = PdfReader(BytesIO(take(org, key, "pdf"))).pages
    measured = [round(float(side) * 25.4 / 72) for side in (page.mediabox.width, page.mediabox.height)]
    assert measured == list(size)
    assert squeezed("Celebrar en la colonia") in squeezed(page.extract_text())


def test_the_picture_comes_alone_as_svg_and_png(org, cast):
    adapt(org, cast.editor)
    root = ET.fromstring(take(org, "ruta", "svg"))
    assert "Primer café" in [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    width, height = Image.open(BytesIO(take(org, "ruta", "png"))).size
    assert width > height > 500


@pytest.mark.parametrize(("key", "fmt"), [("ruta", "pdf"), ("ruta", "docx"), ("ruta", "svg"), ("ruta-cartel", "pdf")])
def test_no_document_says_a_protected_name(org, cast, key, fmt):
    make.make_actor(org, SECRET, is_sensitive=True, alias="Actor B")
    adapt(
        org, cast.editor, [{**ROWS[0], "people": [SECRET], "contacts": SECRET, "own_elements": [f"Café con {SECRET}"]}]
    )
    content = take(org, key, fmt)
    said = squeezed(READERS[fmt](content) if fmt in READERS else content.decode())
    assert squeezed(SECRET) not in said
    assert squeezed("Actor B") in said
