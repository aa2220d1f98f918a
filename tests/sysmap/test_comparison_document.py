"""The ideal system and the comparison of moments as documents, opened again by an independent reader."""

import json
from datetime import date
from io import BytesIO
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django_scopes import scope
from PIL import Image, ImageChops
from pypdfium2 import PdfDocument

from alianzas.exports import base
from sessions_app.models import Answer
from sysmap import queries, removals, services
from sysmap.compare import compare, sentence, summary
from sysmap.comparison_document import NO_IDEAL, NO_MOMENT, NO_REASON, comparison_document, latest_comparison
from sysmap.ideal import DEFINITION, distance, gaps
from sysmap.marks import DEFAULT_PALETTE
from sysmap.models import Actor, MapSnapshot, MissingRole, MoveReason
from sysmap.states import pack
from tests import factories as make
from tests.plans.test_documents import READERS, squeezed

REAL, LATER, GONE = "Grupo del norte", "Comandante Robles", "Don Chuy"
REASON = "Nos prestan el salón desde la kermés"


def freeze(org, kind="baseline", taken_on=date(2026, 3, 12), **facts):
    data = json.loads(json.dumps(pack(queries.today(full=True))))
    return MapSnapshot.objects.create(organization=org, kind=kind, taken_on=taken_on, data=data, **facts)


@pytest.fixture
def scoped(org):
    with scope(organization=org):
        yield org


@pytest.fixture
def story(scoped):
    """A baseline, and a map on which something of every kind has changed since; three names must not be read."""
    iglesia = make.make_actor(
        scoped,
        "Iglesia local",
        sector="religious",
        relation="weak",
        rules="Solo decide el párroco",
        roles=["Movilizadora"],
        primary_resource="Instalaciones",
        desired_role="Abrir sus puertas a las juventudes",
        desired_relation="strong",
        ideal_note=f"Falta que {LATER} lo permita",
        role_holder_name="La pastoral",
    )
    make.make_actor(scoped, "Cámara de comercio", relation="strong", result="negative", desired_result="positive")
    make.make_actor(scoped, "Radio", relation="collaborative")
    make.make_actor(scoped, REAL, is_sensitive=True, alias="Actor B", relation="conflictive", result="negative")
    later = make.make_actor(scoped, LATER, relation="conflictive", result="negative")
    gone = make.make_actor(scoped, GONE, relation="weak", result="negative")
    lacking = MissingRole.objects.create(organization=scoped, role="Defensoría", holder=later)
    MissingRole.objects.create(organization=scoped, role="Quien difunda", holder_name="Radio Bemba", position=2)
    baseline = freeze(scoped, people=f"Dirección\n{LATER}")

    def change(name, **facts):
        actor = Actor.objects.get(name=name)
        for field, value in facts.items():
            setattr(actor, field, value)
        return services.keep(actor)

    change("Iglesia local", relation="collaborative", rules=f"Decide el consejo con {LATER}", roles=["Vocera"])
    change("Cámara de comercio", result="positive", primary_resource="Dinero")
    Actor.objects.get(name="Radio").delete()
    make.make_actor(scoped, "Red de cuidadoras", relation="weak")
    change(LATER, is_sensitive=True, alias="Actor C", relation="weak")
    removals.delete_actor(actor=services.protect(actor=gone, alias="Actor D"), by=None)
    lacking.delete()
    moved = f"{iglesia.key}:relation:weak>collaborative"
    MoveReason.objects.create(organization=scoped, before=baseline, change=moved, text=f"{REASON}, dijo {GONE}")
    for key, value in (
        ("S2.3.f", [{"id": "1", "text": "Un fondo para transporte"}, {"id": "2", "text": f"Lo que tiene {REAL}"}]),
        ("S2.3.g", [{"id": "1", "rule": "Cierran a las seis", "change": "Que abran hasta las nueve"}]),
    ):
        Answer.objects.create(organization=scoped, prompt_key=key, value=value)
    return SimpleNamespace(org=scoped, baseline=baseline, iglesia=iglesia)


def said(document, fmt):
    return squeezed(READERS[fmt](base.render(document, fmt)))


@pytest.mark.parametrize("fmt", ["pdf", "docx"])
def test_the_comparison_holds_every_sentence_with_its_reason(story, fmt):
    text = said(latest_comparison(story.org), fmt)
    veil = queries.veil()
    old, new = queries.state_at(story.baseline), queries.today()
    changes = compare(old, new)
    assert {change.field for change in changes} >= {"relation", "result", "added", "removed", "ghost_removed", "rules"}
    why = {f"{story.iglesia.key}:relation:weak>collaborative": f"{REASON}, dijo Actor D"}
    facts = [sentence(change, why.get(change.ref, NO_REASON if change.asks_why else "")) for change in changes]
    facts += [summary(old, new), DEFINITION, f"{distance(old, new).steps} pasos", f"{distance(new).steps} paso"]
    assert [fact for fact in facts if squeezed(veil(fact)) not in text] == []


@pytest.mark.parametrize(("key", "fmt"), [("comparacion", "pdf"), ("comparacion", "docx"), ("mapa-ideal", "pdf")])
def test_no_document_names_a_sensitive_actor(story, key, fmt):
    text = said(base.get(key).build(story.org), fmt)
    assert [name for name in (REAL, LATER, GONE) if squeezed(name) in text] == []
    assert squeezed("Actor C") in text


def test_no_drawing_names_a_sensitive_actor(story):
    for key in ("comparacion", "mapa-ideal"):
        for block in base.get(key).build(story.org).blocks:
            assert [name for name in (REAL, LATER, GONE) if name in repr(block)] == []


def test_the_ideal_document_holds_everything_that_was_said_about_it(story):
    text = said(base.get("mapa-ideal").build(story.org), "pdf")
    state = queries.today()
    facts = [
        "Abrir sus puertas a las juventudes",
        "La pastoral",
        "Colaborativa → Fuerte",
        "Falta que Actor C lo permita",
        "Quien difunda",
        "Radio Bemba",
        "Un fondo para transporte",
        "Cierran a las seis",
        "Que abran hasta las nueve",
        *(f"{gap.name}{gap.why}{gap.steps}" for gap in gaps(state)),
        DEFINITION,
    ]
    assert len(gaps(state)) == 2
    assert [fact for fact in facts if squeezed(fact) not in text] == []


def test_the_ideal_map_alone_is_the_picture(story):
    document = base.get("mapa-ideal").build(story.org)
    root = ElementTree.fromstring(base.render(document, "svg"))
    drawn = {node.get("data-actor"): node.get("data-relation") for node in root.iter() if node.get("data-actor")}
    assert drawn[str(story.iglesia.key)] == "strong"
    assert len(drawn) == 6
    assert min(Image.open(BytesIO(base.render(document, "png"))).size) > 800


def test_any_two_moments_can_be_compared(story):
    freeze(story.org, "midterm", date(2026, 9, 1))
    Actor.objects.filter(name="Iglesia local").update(relation="strong")
    final = freeze(story.org, "final", date(2027, 3, 1))
    document = comparison_document(story.org, *queries.moments()[1:])
    text = said(document, "docx")
    assert squeezed("Mediano plazo · 01/09/2026 → Final · 01/03/2027") in text
    assert squeezed("Iglesia local pasó de colaborativa a fuerte") in text
    assert squeezed("Cambió 1 de 5 actores") in text
    assert squeezed("Ya están donde queríamos: Iglesia local") in text
    MapSnapshot.objects.filter(pk=final.pk).update(is_withdrawn=True)
    assert squeezed("Línea base · 12/03/2026 → Mediano plazo") in said(latest_comparison(story.org), "docx")


def test_without_a_moment_the_document_says_what_to_do(scoped):
    assert squeezed(NO_MOMENT) in said(latest_comparison(scoped), "pdf")


def test_without_an_ideal_the_documents_say_so(scoped):
    make.make_actor(scoped)
    freeze(scoped)
    for key in ("mapa-ideal", "comparacion"):
        assert squeezed(NO_IDEAL) in said(base.get(key).build(scoped), "pdf")


@pytest.mark.parametrize(("key", "wide", "high"), [("mapa-cartel", 1200, 900), ("mapa-cartel-60x90", 900, 600)])
def test_the_map_fills_its_poster_under_whose_it_is_and_the_result_sought(story, key, wide, high):
    story.org.desired_result = "Barrios sin violencia"
    with PdfDocument(base.render(base.get(key).build(story.org), "pdf")) as pages:
        [page] = pages
        assert [round(side / 72 * 25.4) for side in page.get_size()] == [wide, high]
        text = page.get_textpage().get_text_bounded()
        drawn = page.render(scale=0.2).to_pil().convert("RGB")
    assert f"Mapa del sistema · {story.org.name}" in text
    assert "Barrios sin violencia" in text
    assert "Página" not in text
    assert text.count("Mapa del sistema") == 1
    paper = Image.new("RGB", drawn.size, DEFAULT_PALETTE.paper)
    assert drawn.getpixel((1, 1)) == paper.getpixel((1, 1))
    said = ImageChops.difference(drawn, paper).convert("L").point(lambda value: 255 * (value > 2))
    left, _, _, bottom = said.getbbox()
    assert left / drawn.width < 0.03
    assert (drawn.height - bottom) / drawn.height < 0.04
    map_left, map_top, map_right, map_bottom = said.crop((0, drawn.height // 5, *drawn.size)).getbbox()
    assert (map_right - map_left) / drawn.width > 0.65
    assert (map_bottom - map_top) / drawn.height > 0.75


def test_reading_the_documents_takes_few_queries(story, django_assert_num_queries):
    with django_assert_num_queries(8):
        latest_comparison(story.org)
