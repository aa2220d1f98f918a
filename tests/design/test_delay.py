"""«¿Quién paga el retraso?» at the desk."""

import datetime

import pytest

from sessions_app.design import services, whole_services


@pytest.fixture
def adaptable(org, scoped):
    """Session 6 with things that can give."""
    on = {"organization": org, "session_key": "6"}
    services.edit_block(**on, block="S6.6", least_minutes=120)
    services.edit_block(**on, block="S6.4", is_optional=True)
    return on


def test_nothing_to_give_says_how_many_minutes_are_missing(as_editor, address):
    answer = as_editor.get(address("carta-retraso", "6"), {"bloque": "S6.5", "minutos": "20"})
    assert "No cabe: faltan 20 minutos" in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"bloque": "S6.5", "minutos": "0"}, "van de 1 a 720"),
        ({"bloque": "S6.5", "minutos": "tarde"}, "número entero"),
        ({"bloque": "S2.1", "minutos": "20"}, "opción válida"),
    ],
)
def test_a_bad_delay_is_said(as_editor, address, data, said):
    answer = as_editor.get(address("carta-retraso", "6"), data)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_reader_sees_the_proposals_and_cannot_apply_them(login, cast, address, adaptable):
    client = login(cast.viewer)
    answer = client.get(address("carta-retraso", "6"), {"bloque": "S6.4", "minutos": "20"})
    page = answer.content.decode()
    assert "de 150 a 130 min" in page
    assert "Aplicar" not in page


def apply(client, url, carta, **changes):
    data = {"bloque": "S6.4", "minutos": "20", "propuesta": "0", "seen": carta.plan_token} | changes
    return client.post(url, data)


def test_an_applied_proposal_is_the_new_plan_and_the_end_does_not_move(as_editor, address, adaptable, carta):
    ends = carta("6").sittings[0].ends
    began = carta("6").find("S6.4").slot.start
    [*proposals] = as_editor.get(address("carta-retraso", "6"), {"bloque": "S6.4", "minutos": "20"}).context[
        "proposals"
    ]
    number = next(place for place, one in enumerate(proposals) if "S6.4" in {change.item.key for change in one.changes})
    for_less = next(place for place, one in enumerate(proposals) if place != number)
    assert apply(as_editor, address("carta-retraso", "6"), carta("6"), propuesta=str(for_less)).status_code == 302
    found = carta("6")
    assert found.sittings[0].ends == ends
    assert found.find("S6.6").item.minutes == 130
    assert found.find("S6.4").slot.start == began + 20
    assert found.find("S6.7").item.locked_start == datetime.time(13, 30)


def test_dropping_what_is_about_to_begin_lets_the_next_one_begin_late(as_editor, address, adaptable, carta):
    url = address("carta-retraso", "6")
    proposals = as_editor.get(url, {"bloque": "S6.4", "minutos": "20"}).context["proposals"]
    number = next(place for place, one in enumerate(proposals) if one.changes[0].after is None)
    apply(as_editor, url, carta("6"), propuesta=str(number))
    found = carta("6")
    assert found.find("S6.4").item.is_skipped
    assert "retraso de 20 min" in found.find("S6.4").item.skip_reason
    assert found.find("S6.5").times.startswith("10:20")


@pytest.mark.parametrize("changes", [{"propuesta": "9"}, {"propuesta": "-1"}, {"propuesta": "x"}, {"seen": "otra"}])
def test_a_proposal_that_no_longer_holds_changes_nothing(as_editor, address, adaptable, carta, changes):
    before = carta("6").plan_token
    answer = apply(as_editor, address("carta-retraso", "6"), carta("6"), **changes)
    assert answer.status_code == 422
    assert "La agenda cambió mientras tanto" in answer.content.decode()
    assert carta("6").plan_token == before


def test_a_delay_past_midnight_is_left_to_people(as_editor, address, org, scoped, carta):
    on = {"organization": org, "session_key": "6"}
    whole_services.save_header(**on, sittings=[{"date": "", "start": "22:00", "place": ""}])
    services.edit_block(**on, block="S6.6", least_minutes=30)
    answer = apply(as_editor, address("carta-retraso", "6"), carta("6"), bloque="S6.6", minutos="60")
    assert answer.status_code == 422
    assert "medianoche" in answer.content.decode()
    assert carta("6").find("S6.6").item.minutes == 150


# ── Taking it back ──────────────────────────────────────────────────────────────────────────────────────────


def facts(carta):
    names = ("pk", "position", "minutes", "locked_start", "is_skipped", "skip_reason", "sitting")
    return [tuple(getattr(line.item, name) for name in names) for line in carta.lines]


@pytest.mark.parametrize("number", [0, 1])
def test_an_applied_proposal_is_undone_exactly(as_editor, address, adaptable, carta, number):
    before = facts(carta("6"))
    assert "Deshacer" not in as_editor.get(address("carta", "6")).content.decode()
    apply(as_editor, address("carta-retraso", "6"), carta("6"), propuesta=str(number))
    assert facts(carta("6")) != before
    assert address("carta-deshacer", "6") in as_editor.get(address("carta", "6")).content.decode()
    page = as_editor.post(address("carta-deshacer", "6"), follow=True).content.decode()
    assert "quedó como estaba antes de la propuesta" in page
    assert address("carta-deshacer", "6") not in page
    assert facts(carta("6")) == before


def test_what_changed_since_is_not_undone(as_editor, address, adaptable, carta):
    apply(as_editor, address("carta-retraso", "6"), carta("6"))
    services.set_minutes(**adaptable, block="S6.2", minutes=15)
    now = facts(carta("6"))
    page = as_editor.post(address("carta-deshacer", "6"), follow=True).content.decode()
    assert "deshacerla borraría ese cambio" in page
    assert facts(carta("6")) == now


def test_nothing_applied_is_nothing_to_undo(as_editor, address, adaptable, carta):
    now = facts(carta("6"))
    assert "Ya no hay ninguna propuesta" in as_editor.post(address("carta-deshacer", "6"), follow=True).content.decode()
    assert facts(carta("6")) == now


def test_who_reads_cannot_undo(login, cast, as_editor, address, adaptable, carta):
    apply(as_editor, address("carta-retraso", "6"), carta("6"))
    now = facts(carta("6"))
    reader = login(cast.viewer)
    assert reader.post(address("carta-deshacer", "6")).status_code == 403
    assert "Deshacer" not in reader.get(address("carta", "6")).content.decode()
    assert facts(carta("6")) == now
