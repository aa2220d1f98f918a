"""Drafts to take to an ally, read back: goals from the outcome map, communication, the template of the report."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django_scopes import scope
from openpyxl import load_workbook

from alianzas.exports.blocks import Callout, Heading, Paragraph, Table
from alianzas.models import Commitment
from ruta_critica import closing
from ruta_critica.ally_documents import DOCUMENTS
from ruta_critica.drafts import words
from ruta_critica.goals import goals_of
from sessions_app import curriculum
from sessions_app.models import Answer
from sessions_app.worksheets import kinds, queries, services
from tests import factories as make


@pytest.fixture
def ally(org):
    row = make.make_ally(org, "Radio del valle")
    goal = make.make_outcome_row(org, make.make_strategy(org, text="Contarlo mejor", priority=1), row, "Llegar a más")
    make.make_marker(goal, "short", "Hay una primera cabina")
    make.make_marker(goal, "long", "Tres radios nos buscan")
    make.make_activity(goal, "short", "Grabar el piloto", responsible="Comunicación", due_date=date(2027, 3, 5))
    return row


def say(org, by, key, value, ally=None):
    """Answer a question as its worksheet does."""
    prompt = curriculum.prompt(key)
    subject = f"aliado-{ally.pk}" if ally else ""
    with scope(organization=org):
        frame = queries.frame(prompt)
        kept = Answer.objects.filter(prompt_key=key, subject=subject).first()
        return services.save_answer(
            organization=org,
            by=by,
            prompt=prompt,
            subject=subject,
            value=kinds.clean(prompt, value, frame),
            version=kept.version if kept else 0,
            whose=str(ally or ""),
        )


def blocks(org, key, *allies):
    with scope(organization=org):
        return DOCUMENTS[key].document(org, "docx", **({"allies": list(allies)} if allies else {})).blocks


def table(found, prefix):
    return next(one for one in found if isinstance(one, Table) and one.key.startswith(prefix))


def under(found, title):
    """What a document says between the heading that ends in `title` and the next one."""
    start = next(n for n, one in enumerate(found) if isinstance(one, Heading) and one.text.endswith(title))
    end = next((n for n, one in enumerate(found[start + 1 :], start + 1) if isinstance(one, Heading)), len(found))
    return found[start + 1 : end]


# ── Goals of the outcome map ────────────────────────────────────────────────────────────────────────────────────────


def test_goals_of_many_allies_take_three_queries(org, ally, django_assert_num_queries):
    others = [make.make_ally(org) for _ in range(3)]
    for other in others[:2]:
        row = make.make_outcome_row(org, make.make_strategy(org), other)
        make.make_marker(row)
        make.make_activity(row)
    with scope(organization=org), django_assert_num_queries(3):
        found = goals_of([ally, *others])
    assert [len(found[one.pk]) for one in (ally, *others)] == [1, 1, 1, 0]
    (goal,) = found[ally.pk]
    assert (goal.strategy, goal.objective) == ("Contarlo mejor", "Llegar a más")
    assert [(horizon.value, texts) for horizon, texts in goal.markers] == [
        ("short", ("Hay una primera cabina",)),
        ("medium", ()),
        ("long", ("Tres radios nos buscan",)),
    ]
    assert [one.title for one in goal.activities] == ["Grabar el piloto"]


def test_the_mou_takes_goals_and_activities_from_the_outcome_map(org, ally):
    found = blocks(org, "mou", ally)
    assert Callout("Contarlo mejor", "Llegar a más") in under(found, "Metas y objetivos")
    pairs = under(found, "Metas y objetivos")[1].pairs
    assert pairs == (("A corto plazo", ("Hay una primera cabina",)), ("A largo plazo", ("Tres radios nos buscan",)))
    (row,) = table(under(found, "Actividades críticas"), "actividades").rows
    assert row.cells == ("Grabar el piloto", "Comunicación", date(2027, 3, 5))
    with scope(organization=org):
        Commitment.objects.update(status="cancelled")
    assert "[Por acordar: qué actividades" in repr(under(blocks(org, "mou", ally), "Actividades críticas"))


@pytest.mark.parametrize(("result", "said"), [("positive", True), ("negative", False)])
def test_the_mou_says_what_an_ally_does_only_when_it_helps(org, result, said):
    actor = make.make_actor(org, "Cámara", result=result, roles=["Convoca a empresas"])
    pairs = dict(under(blocks(org, "mou", make.make_ally(org, actor=actor)), "aportaciones")[1].pairs)
    assert ("Convoca a empresas" in pairs["Cámara"]) is said
    assert "____" in pairs["Cámara"]


def test_a_mou_of_which_nothing_is_known_is_all_there_in_blank(org):
    ally = make.make_ally(org, "Alguien nuevo")
    found = blocks(org, "mou", ally)
    sections = words("mou")["sections"]
    for section in sections:
        said = under(found, section["title"])
        texts = [one.text for one in said if isinstance(one, Paragraph)]
        seen = any(text.startswith("[Por acordar: ") for text in texts) or "____" in repr(said)
        assert seen, section["title"]
    assert len([one for one in found if isinstance(one, Heading) and one.level == 2]) == len(sections)


# ── Communication ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_communication_strategy_says_what_is_agreed_and_who_sees_to_the_rest(org, cast, ally):
    items = {"branding": {"state": "present", "note": "Primero el suyo"}, "vehicles": {"state": "absent", "note": ""}}
    say(org, cast.editor, "S5.5.e", {"items": items}, ally)
    with scope(organization=org):
        gap = Commitment.objects.get(source=f"S5.5.e:aliado-{ally.pk}:vehicles")
        gap.responsible, gap.due_date = "Enlace", date(2027, 2, 1)
        gap.save()
    found = blocks(org, "comunicacion", ally)
    rows = {row.key: row.cells[1:] for row in table(found, "puntos").rows}
    assert len(rows) == 8
    assert rows["branding"] == ("Lo tenemos", "Primero el suyo", "", "")
    assert rows["vehicles"] == ("Falta", "", "Enlace", date(2027, 2, 1))
    assert rows["staff"][0] == "Por revisar"
    assert Paragraph("Primero el suyo") in under(found, "Marca, nombres y logotipos")


def test_channels_are_told_by_how_they_stand(org, cast, ally):
    rows = [("Radio", "works"), ("Boletín", "to_implement"), ("Página", "works"), ("", "works")]
    value = [{"id": f"c{n}", "channel": name, "state": state} for n, (name, state) in enumerate(rows)]
    say(org, cast.editor, "S5.5.b_canales", value)
    said = under(blocks(org, "comunicacion", ally), "Canales de difusión")
    assert [one.text for one in said if isinstance(one, Paragraph)][:2] == ["Funcionan:", "Por abrir:"]
    assert [one.items for one in said if hasattr(one, "items")] == [("Radio", "Página"), ("Boletín",)]


def test_the_work_plan_holds_what_is_still_open_with_this_ally_only(org, cast, ally):
    other = make.make_ally(org, "Escuela")
    for who, what in ((ally, "Llamar a la cabina"), (other, "Visitar la escuela")):
        say(
            org,
            cast.editor,
            "S5.5.a_compromiso",
            [{"id": "a", "what": what, "responsible": "", "due_date": "2027-01-09"}],
            who,
        )
    say(org, cast.editor, "S5.5.e", {"items": {"staff": {"state": "absent", "note": ""}}}, other)
    say(org, cast.editor, "S5.5.d", {"items": {"annexes": {"state": "absent", "note": ""}}}, ally)  # of nobody yet
    with scope(organization=org):
        step = {"id": "a", "step": "Cerrar con calma", "responsible": "Dirección", "due_date": ""}
        services.save_answer(
            organization=org,
            by=cast.editor,
            prompt=closing.prompts()["cierre.hoja"],
            subject=f"aliado-{ally.pk}",
            value=[step],
            version=0,
        )
    rows = table(blocks(org, "comunicacion", ally), "entregas").rows
    assert [row.cells[0] for row in rows[:2]] == ["Llamar a la cabina", "Grabar el piloto"]
    assert {row.cells[0].strip("_") for row in rows[2:]} == {""}
    with scope(organization=org):
        Commitment.objects.filter(title="Llamar a la cabina").update(status="done")
    rows = table(blocks(org, "comunicacion", ally), "entregas").rows
    assert rows[0].cells[0] == "Grabar el piloto"


def test_a_communication_strategy_of_which_nothing_is_known_is_in_blank(org):
    ally = make.make_ally(org, "Alguien nuevo")
    found = blocks(org, "comunicacion", ally)
    assert "[Por acordar: quién habla en nombre de Manos Abiertas]" in repr(under(found, "Vocería"))
    assert "____" in repr(under(found, "Personas de contacto"))
    assert {row.cells[1] for row in table(found, "puntos").rows} == {"Por revisar"}


def test_who_keeps_in_touch_is_the_contact_of_the_organisation(org, cast, ally):
    value = [{"id": "a", "every": "monthly", "how": "Llamada", "responsible": "Enlace de barrios"}]
    say(org, cast.editor, "S5.7.contacto", value)
    (people,) = under(blocks(org, "comunicacion", ally), "Personas de contacto")
    assert people.pairs[0][0] == "Enlace de Manos Abiertas"
    assert people.pairs[0][1].startswith("Enlace de barrios")
    assert people.pairs[1][1].startswith("____")


# ── Template of the report ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_template_of_the_report_asks_what_the_organisation_agreed(org, cast, ally):
    say(org, cast.editor, "S5.6.periodicidad", {"choice": "semiannual", "note": ""})
    say(org, cast.editor, "S5.6.q2", [{"id": "a", "text": "Personas alcanzadas", "author": "Ana", "group": ""}])
    promise = {"id": "a", "what": "", "responsible": "Evaluación", "due_date": "2027-06-30"}
    say(org, cast.editor, "S5.6.q3", [promise])
    found = blocks(org, "reporte-plantilla")
    pairs = dict(under(found, "Cómo se hace este reporte")[1].pairs)
    assert pairs["Periodicidad"] == "Semestral"
    assert (pairs["Quién hace el borrador"], pairs["Para cuándo"]) == ("Evaluación", "30/06/2027")
    assert pairs["Cómo se llena"].startswith("____")
    assert under(found, "Personas alcanzadas") == (Paragraph("[Por escribir]"),)


def test_excel_has_a_sheet_per_ally_to_fill_in(as_editor, org, ally):
    make.make_ally(org, "Escuela")
    answer = as_editor.get(reverse("entregable", args=[org.slug, "reporte-plantilla", "xlsx"]))
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["Portada", "Cómo se hace este reporte", "Contenido", "Radio del valle", "Escuela"]
    sheet = book["Radio del valle"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert {
        "Contarlo mejor",
        "Llegar a más",
        "Hay una primera cabina",
        "Tres radios nos buscan",
        "Estado",
        "Avance",
        "Evidencia",
    } <= set(texts)
    offered = [one.formula1 for one in sheet.data_validations.dataValidation]
    assert any("En riesgo" in one for one in offered)


@pytest.mark.parametrize("key", ["comunicacion", "reporte-plantilla"])
def test_an_organisation_without_allies_gets_a_clear_page(org, key):
    assert any("Todavía no hay aliados" in getattr(one, "text", "") for one in blocks(org, key))
