"""The carta on paper: the minimum format of domain §3, from the same query as the page."""

import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from alianzas.exports import base
from alianzas.exports.blocks import KeyValues, Table
from sessions_app.design import services, whole_services
from sessions_app.design.deliverables import carta_blocks, carta_document, key_of

KEYS = ["carta-1", "carta-2", "carta-3", "carta-4", "carta-5", "carta-6", "carta-m"]


def told(blocks):
    return repr(blocks)


def table(blocks, key):
    return next(block for block in blocks if isinstance(block, Table) and block.key == key)


def test_there_is_one_for_every_session():
    catalogue = base.load_catalogue()
    assert [key for key in catalogue if key.startswith("carta-")] == KEYS
    assert {catalogue[key].formats for key in KEYS} == {("pdf", "docx", "xlsx")}


def test_the_minimum_format_is_there(scoped):
    blocks = carta_blocks(scoped, "2")
    header = next(block for block in blocks if isinstance(block, KeyValues))
    assert [label for label, _ in header.pairs] == [
        "Nombre de la actividad", "Organización", "Objetivo y alcance", "Modalidad", "Lugar", "Fecha",
    ]  # fmt: skip
    people = table(blocks, "participantes")
    assert [column.title for column in people.columns][1:] == [
        "¿Quiénes?",
        "¿Cuántos?",
        "Perfiles necesarios / Nombres",
    ]
    assert [row.cells[0] for row in people.rows] == [
        "Invitadas e invitados", "Facilitadoras y facilitadores", "Consultoras y consultores expertos",
    ]  # fmt: skip
    agenda = table(blocks, "orden-del-dia")
    assert [row.cells[0] for row in agenda.rows][:3] == ["09:00–10:00", "10:00–10:30", "10:30–10:45"]
    of_activities = [block for block in blocks if isinstance(block, KeyValues)][1:]
    assert len(of_activities) == 4  # every activity, breaks apart
    assert {label for block in of_activities for label, _ in block.pairs} == {
        "Hora",
        "Metodología",
        "Responsables",
        "Materiales",
    }
    assert "1. Presenta la definición de sistema local" in dict(of_activities[0].pairs)["Metodología"]


def test_the_document_says_what_the_page_says(scoped, org, carta):
    on = {"organization": org, "session_key": "2"}
    services.set_minutes(**on, block="S2.1", minutes=45)
    services.add_meal(**on)
    whole_services.split_sittings(**on, block="S2.B1")
    rows = [row for row in table(carta_blocks(scoped, "2"), "orden-del-dia").rows if not row.header]
    assert [row.cells[0] for row in rows] == [line.times for line in carta().lines]


def test_a_divided_activity_has_one_block_with_both_hours(scoped, org):
    services.divide_block(organization=org, session_key="6", block="S6.6", first=90, pause=10)
    assert "('Hora', '11:00–12:30 y 12:40–13:40')" in told(carta_blocks(scoped, "6"))


def test_neither_notes_nor_what_is_skipped_go_into_documents(scoped, org):
    on = {"organization": org, "session_key": "2"}
    whole_services.save_notes(**on, private_notes="Secreto de quien facilita")
    services.skip_block(**on, block="S2.2", reason="Razón interna")
    said = told(carta_blocks(scoped, "2"))
    assert "Secreto" not in said
    assert "Razón interna" not in said
    assert "Mapeo de sistema: las 5Rs" not in said


@pytest.mark.parametrize("added", [1, 30])
def test_queries_of_the_document(scoped, org, django_assert_num_queries, added):
    for number in range(added):
        services.add_block(organization=org, session_key="2", title=f"Bloque {number}", minutes=5)
    with django_assert_num_queries(2):
        carta_document(scoped, "2")


@pytest.mark.parametrize("fmt", ["pdf", "docx", "xlsx"])
def test_it_comes_out_in_three_formats(as_editor, scoped, org, fmt):
    services.set_lock(organization=org, session_key="2", block="S2.3", locked_start=datetime.time(11, 5))
    answer = as_editor.get(f"/o/{org.slug}/entregables/carta-2.{fmt}")
    assert answer.status_code == 200
    assert f"{org.slug}_carta-2.{fmt}" in answer["Content-Disposition"]
    if fmt == "pdf":
        text = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
        assert "11:05" in text
    if fmt == "xlsx":
        sheets = load_workbook(BytesIO(answer.content))
        assert "11:05–16:05" in {cell.value for sheet in sheets for row in sheet for cell in row}


def test_every_session_has_its_document(scoped):
    assert [key_of(key) for key in "123456M"] == KEYS
    for key in "123456M":
        assert carta_document(scoped, key).title.startswith("Carta descriptiva")
