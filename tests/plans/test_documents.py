"""Every deliverable in every format, opened again by an independent reader; the Plan says the same in all three."""

import re
from io import BytesIO, StringIO
from xml.etree import ElementTree

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django_scopes import scope
from PIL import Image
from pypdf import PdfReader

from alianzas.exports import base
from alianzas.exports.text import show
from alianzas.models import Event, Organization, User
from plans import queries
from sysmap.models import Actor
from tests.words import said_in_word

SLUG = "tejiendo-barrios"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def org(demonstration):
    """Tejiendo Barrios, complete."""
    return Organization.objects.get(slug=SLUG)


@pytest.fixture
def coordination(client, org):
    client.force_login(User.objects.get(email="coordinacion@demo.test"))
    return client


def take(client, key, fmt, slug=SLUG, **headers):
    return client.get(reverse("entregable", args=[slug, key, fmt]), headers=headers)


def pdf_text(content):
    return " ".join(_without_letterhead(page.extract_text()) for page in PdfReader(BytesIO(content)).pages)


def _without_letterhead(text):
    """The running head and foot come last in a page's text; they would stand in the middle of a long paragraph."""
    lines = text.splitlines()
    return " ".join(lines[:-2] if re.search(r"Página \d+ de \d+$", lines[-1]) else lines)


def xlsx_text(content):
    book = openpyxl.load_workbook(BytesIO(content))
    values = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
    return " ".join(show(v.date()) if hasattr(v, "date") else str(v) for v in values if v is not None)


READERS = {"pdf": pdf_text, "docx": said_in_word, "xlsx": xlsx_text}


def squeezed(text):
    """Letters and digits only: what remains equal however a writer breaks, hyphenates or marks its lines."""
    return re.sub(r"[\W_]+", "", text).casefold()


def facts_of(data):
    """Every text and date of the Plan that came from the organisation."""
    org = data.organization
    yield from (org.name, org.mission, org.vision)
    for text in data.texts.values():
        yield from text.shown.splitlines()
    yield from (str(person) for person in data.participants)
    for one in data.diagnosis:
        yield one.line.name
        for strategy in [*one.works, *one.did_not, *one.could]:
            yield from (strategy.text, *strategy.whys)
    for axis in data.axes:
        for ally in axis.allies:
            yield from (str(ally.row.ally), ally.row.objective)
            for horizon in ally.horizons:
                yield from (marker.text for marker in horizon.markers)
                for activity in horizon.activities:
                    yield from (activity.title, activity.responsible, show(activity.due_date))
    for step in data.next_steps:
        yield from (step.title, step.responsible, show(step.due_date))
    yield from (photo.caption for photo in data.photos)


@pytest.mark.parametrize("fmt", ["pdf", "docx", "xlsx"])
def test_the_plan_holds_every_fact_of_the_data(coordination, org, fmt):
    answer = take(coordination, "plan-de-alianzas", fmt)
    assert answer.status_code == 200
    said = squeezed(READERS[fmt](answer.content))
    with scope(organization=org):
        facts = list(facts_of(queries.plan_data(org)))
    assert len(facts) > 150
    assert [fact for fact in facts if squeezed(fact) not in said] == []


@pytest.mark.parametrize("fmt", ["pdf", "docx", "xlsx"])
def test_the_plan_names_no_sensitive_actor_and_no_other_organization(coordination, org, fmt):
    with scope(organization=org):
        hidden = [actor.name for actor in Actor.objects.filter(is_sensitive=True)]
    said = READERS[fmt](take(coordination, "plan-de-alianzas", fmt).content)
    assert hidden
    assert [name for name in [*hidden, "Ríos Libres", "Semillas del Norte"] if name in said] == []


def test_the_plan_pdf_is_tagged_spanish_and_numbered(coordination):
    reader = PdfReader(BytesIO(take(coordination, "plan-de-alianzas", "pdf").content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "es-MX"
    assert reader.metadata.title == "Plan de Alianzas Estratégicas"
    outline = [item.title for item in reader.outline if not isinstance(item, list)]
    assert "Mapeo de Resultados" in outline
    assert "Conclusiones" in outline
    assert f"Página 5 de {len(reader.pages)}" in reader.pages[4].extract_text()


def test_the_plan_has_every_section_of_the_method(coordination):
    said = pdf_text(take(coordination, "plan-de-alianzas", "pdf").content)
    for section in (
        "Semblanza de la organización",
        "Propósito del Plan",
        "Participantes en la creación del Plan",
        "Objetivos del Plan",
        "Tres ejes prioritarios",
        "Mapa del sistema",
        "Líneas de acción",
        "Mapeo de Resultados",
        "Siguientes pasos",
        "Conclusiones",
        "El proceso en imágenes",
    ):
        assert squeezed(section) in squeezed(said), section


def test_the_map_marks_every_actor_with_its_identifiers(coordination, org):
    root = ElementTree.fromstring(take(coordination, "mapa", "svg").content)
    drawn = {
        (node.get("data-actor"), node.get("data-relation"), node.get("data-result"))
        for node in root.iter(f"{SVG}g")
        if node.get("data-actor")
    }
    with scope(organization=org):
        assert drawn == {(str(actor.key), actor.relation, actor.result) for actor in Actor.objects.all()}
    assert len(drawn) == 12
    assert len({place[1:] for place in drawn}) == 8


def test_the_map_as_picture_and_pdf(coordination):
    picture = Image.open(BytesIO(take(coordination, "mapa", "png").content))
    assert min(picture.size) > 800
    assert "Radio" in pdf_text(take(coordination, "mapa", "pdf").content)


@pytest.mark.parametrize("fmt", ["xlsx", "pdf"])
def test_the_matrix_holds_every_cell(coordination, org, fmt):
    said = squeezed(READERS[fmt](take(coordination, "matriz-5rs", fmt).content))
    with scope(organization=org):
        for actor in Actor.objects.all():
            for fact in (actor.public_name, *actor.roles, *actor.resources, actor.rules, actor.get_relation_display()):
                assert squeezed(fact) in said, fact


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["semillas-del-norte", "voz-clara"])
def test_every_deliverable_of_the_catalogue_comes_out(coordination, slug):
    """Also for organisations that have hardly begun; of the documents that every session has, those of one."""
    of_other_sessions = re.compile(r"-[13456m]$")
    for deliverable in base.load_catalogue().values():
        for fmt in () if of_other_sessions.search(deliverable.key) else deliverable.formats:
            answer = take(coordination, deliverable.key, fmt, slug)
            if deliverable.editors_only:
                assert answer.status_code == 403
                continue
            assert answer.status_code == 200, (deliverable.key, fmt)
            assert answer.headers["Content-Type"] == base.MIME[fmt]
            assert len(answer.content) > 500


def test_the_same_document_again_is_304_and_after_an_edit_it_is_not(coordination, org):
    first = take(coordination, "matriz-5rs", "pdf")
    assert take(coordination, "matriz-5rs", "pdf", **{"If-None-Match": first["ETag"]}).status_code == 304
    with scope(organization=org):
        Actor.objects.filter(name="Parroquia del barrio").update(rules="Otra regla")
    again = take(coordination, "matriz-5rs", "pdf", **{"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


def test_taking_a_document_out_is_recorded(coordination, org):
    take(coordination, "mapa", "svg")
    with scope(organization=org):
        event = Event.objects.get(verb="document.taken")
    assert event.user.email == "coordinacion@demo.test"
    assert event.detail == {"key": "mapa", "format": "svg"}


@pytest.mark.parametrize(
    ("key", "fmt"), [("no-hay", "pdf"), ("mapa", "docx"), ("plan-de-alianzas", "exe"), ("mapa", "tiff")]
)
def test_an_unknown_document_or_format_is_404(coordination, key, fmt):
    assert take(coordination, key, fmt).status_code == 404


def test_documents_of_another_programme_are_404(client, org):
    client.force_login(User.objects.get(email="otra@demo.test"))
    assert take(client, "plan-de-alianzas", "pdf").status_code == 404
    assert take(client, "mapa", "svg", "rios-libres").status_code == 200


@pytest.mark.parametrize("fmt", ["svg", "pdf"])
def test_the_command_gives_the_same_bytes_as_the_browser(coordination, org, tmp_path, fmt):
    target = tmp_path / f"mapa.{fmt}"
    call_command("export", SLUG, "mapa", fmt, output=str(target), stderr=StringIO())
    assert target.read_bytes() == take(coordination, "mapa", fmt).content


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("no-existe", "mapa", "svg"), "No hay ninguna organización"),
        ((SLUG, "no-hay", "pdf"), "plan-de-alianzas"),
        ((SLUG, "mapa", "docx"), "svg, png, pdf"),
    ],
)
def test_the_command_says_what_is_wrong_and_writes_nothing(org, tmp_path, arguments, said):
    target = tmp_path / "nada"
    with pytest.raises(CommandError, match=said):
        call_command("export", *arguments, output=str(target))
    assert not target.exists()
