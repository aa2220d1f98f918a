"""Adapting the orden del día in the browser, and everything that must be refused."""

import pytest
from django_scopes import scope

from sessions_app.design import services
from sessions_app.models import AgendaItem, SessionDesign


def text_of(answer):
    return answer.content.decode()


def test_the_first_change_creates_the_carta_and_times_follow(as_editor, address, times):
    answer = as_editor.post(address("carta-minutos", "2", "S2.1"), {"minutes": "45"})
    assert answer.status_code == 302
    assert AgendaItem.objects.count() == 5
    assert times()[:3] == [("S2.1", "09:00–09:45"), ("S2.2", "09:45–10:15"), ("S2.B1", "10:15–10:30")]


def test_htmx_gets_the_agenda_and_nothing_else(as_editor, address, org):
    answer = as_editor.post(address("carta-minutos", "2", "S2.1"), {"minutes": "45"}, headers={"HX-Request": "true"})
    page = text_of(answer)
    assert answer.status_code == 200
    assert "<html" not in page
    assert 'id="agenda"' in page
    assert "09:45" in page


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        ("0", "Los minutos van de 1 a 720"),
        ("-5", "Los minutos van de 1 a 720"),
        ("100000", "Los minutos van de 1 a 720"),
        ("mucho", "Escribe los minutos con un número entero"),
        ("1.5", "Escribe los minutos con un número entero"),
        ("9" * 400, "Escribe los minutos con un número entero"),
        ("", "Este campo es obligatorio"),
    ],
)
@pytest.mark.parametrize("htmx", [True, False])
def test_bad_minutes_are_said_at_their_field_and_nothing_is_written(as_editor, address, scoped, minutes, said, htmx):
    headers = {"HX-Request": "true"} if htmx else {}
    answer = as_editor.post(address("carta-minutos", "2", "S2.1"), {"minutes": minutes}, headers=headers)
    page = text_of(answer)
    assert answer.status_code == 422
    assert 'aria-describedby="minutos-error-S2.1"' in page
    assert said in page
    assert f'value="{minutes}"' in page
    assert not SessionDesign.objects.exists()


def test_minutes_never_go_below_the_declared_minimum(as_editor, address, scoped, org):
    services.edit_block(organization=org, session_key="2", block="S2.1", least_minutes=30)
    answer = as_editor.post(address("carta-minutos", "2", "S2.1"), {"minutes": "20"})
    assert answer.status_code == 422
    assert "Su mínimo es de 30 min" in text_of(answer)
    assert AgendaItem.objects.get(activity_key="S2.1").minutes == 60


def test_a_locked_start_is_kept_and_let_go(as_editor, address, times, carta):
    as_editor.post(address("carta-hora", "2", "S2.3"), {"locked_start": "11:00"})
    assert dict(times())["S2.3"] == "11:00–16:00"
    assert carta().schedule.slack == 15
    as_editor.post(address("carta-hora", "2", "S2.3"), {"locked_start": "11:00", "soltar": "1"})
    assert dict(times())["S2.3"] == "10:45–15:45"


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        ("08:30", "La jornada empieza a las 09:00"),
        ("mediodía", "Escribe la hora como 9:05 o 14:30"),
        ("25:00", "Escribe la hora como 9:05 o 14:30"),
        ("00:20 (+1)", "Escribe la hora como 9:05 o 14:30"),
    ],
)
def test_a_bad_lock_is_said_at_its_field(as_editor, address, scoped, hour, said):
    answer = as_editor.post(address("carta-hora", "2", "S2.3"), {"locked_start": hour})
    page = text_of(answer)
    assert answer.status_code == 422
    assert said in page
    assert 'aria-describedby="hora-error-S2.3"' in page
    assert not SessionDesign.objects.exists()


def test_a_lock_that_overlaps_is_allowed_and_warned_about(as_editor, address, carta):
    as_editor.post(address("carta-hora", "2", "S2.3"), {"locked_start": "10:15"})
    assert [notice.kind for notice in carta().notices if notice.kind == "overlap"] == ["overlap"]
    page = text_of(as_editor.get(address("carta", "2")))
    assert "se enciman 30 min" in page
    assert "Se encima 30 min" in page


def test_a_block_is_skipped_with_its_reason_and_taken_back(as_editor, address, carta):
    as_editor.post(address("carta-omitir-bloque", "2", "S2.2"), {"reason": "El grupo ya conoce las 5Rs"})
    assert carta().find("S2.2").slot is None
    assert "El grupo ya conoce las 5Rs" in text_of(as_editor.get(address("carta", "2")))
    as_editor.post(address("carta-retomar-bloque", "2", "S2.2"))
    assert carta().find("S2.2").times == "10:00–10:30"


@pytest.mark.parametrize("reason", ["", "   ", "a" * 601])
def test_a_skip_without_a_reason_is_refused(as_editor, address, scoped, reason):
    answer = as_editor.post(address("carta-omitir-bloque", "2", "S2.2"), {"reason": reason})
    assert answer.status_code == 422
    assert 'aria-describedby="razon-error-S2.2"' in text_of(answer)
    assert not AgendaItem.objects.filter(activity_key="S2.2", is_skipped=True).exists()


def test_session_3_can_have_its_own_closing_again(as_editor, address, carta):
    as_editor.post(address("carta-retomar-bloque", "3", "S3.3"))
    assert carta("3").schedule.planned == 270


def test_the_meal_that_a_long_day_lacks_divides_the_activity_it_falls_into(as_editor, address, carta):
    as_editor.post(address("carta-comida", "2"))
    found = carta()
    assert [line.times for line in found.lines][3:] == ["10:45–14:00", "14:00–14:45", "14:45–16:30", "16:30–17:00"]
    assert found.gap == 0
    assert found.lines[5].is_own
    assert found.lines[5].activity.key == "S2.3"
    again = as_editor.post(address("carta-comida", "2"))
    assert again.status_code == 422
    assert "ya tiene su pausa para comer" in text_of(again)


def test_a_divided_activity_is_joined_again_by_deleting_its_second_part(as_editor, address, carta):
    as_editor.post(address("carta-comida", "2"))
    second = carta().lines[5]
    as_editor.post(address("carta-borrar-bloque", "2", second.ref))
    assert carta().find("S2.3").item.minutes == 300
    assert carta().schedule.planned == 480


@pytest.mark.parametrize(("inside", "planned"), [(True, 285), (False, 295)])
def test_the_inner_break_of_the_outcome_map_is_inside_or_added(as_editor, address, carta, inside, planned):
    data = {"first": "90", "pause": "10"} | ({"inside": "on"} if inside else {})
    assert as_editor.post(address("carta-dividir-bloque", "6", "S6.6"), data).status_code == 302
    assert carta("6").schedule.planned == planned
    assert "long_item" not in {notice.kind for notice in carta("6").notices}


@pytest.mark.parametrize("data", [{"first": "150", "pause": "0"}, {"first": "x"}, {"first": "90", "pause": "-3"}])
def test_a_bad_division_is_said(as_editor, address, scoped, data):
    assert as_editor.post(address("carta-dividir-bloque", "6", "S6.6"), data).status_code == 422
    assert AgendaItem.objects.filter(activity_key="S6.6").count() in (0, 1)


def test_an_activity_of_the_method_is_not_deleted(as_editor, address, carta):
    answer = as_editor.post(address("carta-borrar-bloque", "2", "S2.2"))
    assert answer.status_code == 422
    assert "no se borra" in text_of(answer)
    assert carta().find("S2.2")


def test_a_block_of_ones_own_goes_where_it_is_said_and_can_go_again(as_editor, address, carta):
    data = {"title": "Dinámica de confianza", "minutes": "20", "after": "S2.1"}
    assert as_editor.post(address("carta-nuevo-bloque", "2"), data).status_code == 302
    line = carta().lines[1]
    assert (line.item.title, line.times, line.is_own) == ("Dinámica de confianza", "10:00–10:20", True)
    as_editor.post(address("carta-borrar-bloque", "2", line.ref))
    assert len(carta().lines) == 5


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": ""}, "obligatorio"),
        ({"minutes": "0"}, "van de 1 a 720"),
        ({"least_minutes": "40"}, "El mínimo no puede ser mayor"),
        ({"locked_start": "07:00"}, "La jornada empieza a las 09:00"),
        ({"methodology": "a" * 40_000}, "40000"),
        ({"after": "S1.1"}, "opción válida"),
    ],
)
def test_a_bad_block_is_said_and_not_added(as_editor, address, scoped, change, said):
    data = {"title": "Dinámica", "minutes": "20", "after": "S2.1"} | change
    answer = as_editor.post(address("carta-nuevo-bloque", "2"), data)
    assert answer.status_code == 422
    assert said in text_of(answer).replace(",", "").replace("\xa0", "")
    assert not AgendaItem.objects.filter(title__startswith="Dinámica").exists()


def test_everything_of_a_block_is_edited_on_its_page(as_editor, address, carta, form_data):
    url = address("carta-bloque", "2", "S2.2")
    data = form_data(as_editor.get(url), minutes=40, least_minutes=25, responsibles="Coordinación", track="Equipo A")
    assert as_editor.post(url, data).status_code == 302
    item = carta().find("S2.2").item
    assert (item.minutes, item.least_minutes, item.responsibles, item.track) == (40, 25, "Coordinación", "Equipo A")
    assert item.methodology


def test_two_people_on_one_block_never_overwrite_each_other_silently(as_editor, address, carta, org, form_data):
    url = address("carta-bloque", "2", "S2.2")
    mine = form_data(as_editor.get(url), title="Mi título")
    services.edit_block(organization=org, session_key="2", block="S2.2", title="El título de otra persona")
    answer = as_editor.post(url, mine)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "El título de otra persona" in page
    assert "Mi título" in page
    assert carta().find("S2.2").item.title == "El título de otra persona"
    again = form_data(answer, title="Mi título", seen=answer.context["form"]["seen"].value())
    assert as_editor.post(url, again).status_code == 302
    assert carta().find("S2.2").item.title == "Mi título"


def test_a_block_moves_up_and_down_and_stops_at_the_ends(as_editor, address, carta):
    def move(ref, step):
        seen = carta().order_token
        assert as_editor.post(address("carta-mover-bloque", "2", ref, step), {"seen": seen}).status_code == 302
        return [line.ref for line in carta().lines]

    assert move("S2.B1", "subir") == ["S2.1", "S2.B1", "S2.2", "S2.3", "S2.4"]
    assert move("S2.1", "bajar") == ["S2.B1", "S2.1", "S2.2", "S2.3", "S2.4"]
    assert move("S2.B1", "subir") == ["S2.B1", "S2.1", "S2.2", "S2.3", "S2.4"]
    assert move("S2.4", "bajar") == ["S2.B1", "S2.1", "S2.2", "S2.3", "S2.4"]


def test_dragging_sends_the_whole_order(as_editor, address, carta):
    data = {"order": "S2.2,S2.1,S2.B1,S2.4,S2.3", "seen": carta().order_token}
    assert as_editor.post(address("carta-orden", "2"), data).status_code == 302
    assert [line.ref for line in carta().lines] == ["S2.2", "S2.1", "S2.B1", "S2.4", "S2.3"]
    assert "close_not_last" in {notice.kind for notice in carta().notices}


def test_the_break_that_we_propose_moves_like_any_other(as_editor, address, carta):
    refs = [line.ref for line in carta("4").lines]
    data = {"order": ",".join([*refs[6:7], *refs[:6], *refs[7:]]), "seen": carta("4").order_token}
    assert as_editor.post(address("carta-orden", "4"), data).status_code == 302
    assert carta("4").lines[0].item.is_break
    assert as_editor.post(address("carta-minutos", "4", carta("4").lines[0].ref), {"minutes": "20"}).status_code == 302
    assert carta("4").schedule.planned == 250


@pytest.mark.parametrize(
    "order",
    [
        "",
        "S2.1",
        "S2.1,S2.1,S2.B1,S2.3,S2.4",
        "S2.2,S2.1,S2.B1,S2.3,S1.1",
        "S2.2,S2.1|S2.B1,S2.3,S2.4",
        "1,2,3,4,5,6",
    ],
)
def test_an_order_that_is_not_one_changes_nothing(as_editor, address, carta, order):
    data = {"order": order, "seen": carta().order_token}
    assert as_editor.post(address("carta-orden", "2"), data).status_code == 422
    assert [line.ref for line in carta().lines] == ["S2.1", "S2.2", "S2.B1", "S2.3", "S2.4"]


@pytest.mark.parametrize("how", ["drag", "move"])
def test_two_people_reordering_at_once_lose_nothing(as_editor, address, carta, how):
    seen = carta().order_token
    as_editor.post(address("carta-mover-bloque", "2", "S2.2", "subir"), {"seen": seen})
    if how == "drag":
        data = {"order": "S2.4,S2.3,S2.B1,S2.2,S2.1", "seen": seen}
        answer = as_editor.post(address("carta-orden", "2"), data)
    else:
        answer = as_editor.post(address("carta-mover-bloque", "2", "S2.2", "subir"), {"seen": seen})
    assert answer.status_code == 422
    assert "Alguien más cambió el orden" in text_of(answer)
    assert [line.ref for line in carta().lines] == ["S2.2", "S2.1", "S2.B1", "S2.3", "S2.4"]


def test_two_sittings_and_one_again(as_editor, address, carta):
    assert as_editor.post(address("carta-dos-jornadas", "2"), {"block": "S2.B1"}).status_code == 302
    found = carta()
    assert [[line.ref for line in sitting.lines] for sitting in found.sittings] == [
        ["S2.1", "S2.2", "S2.B1"],
        ["S2.3", "S2.4"],
    ]
    assert [sitting.ends for sitting in found.sittings] == ["10:45", "14:30"]
    seen = found.order_token
    as_editor.post(address("carta-mover-bloque", "2", "S2.3", "subir"), {"seen": seen})
    assert [len(sitting.lines) for sitting in carta().sittings] == [4, 1]
    as_editor.post(address("carta-una-jornada", "2"))
    assert [len(sitting.lines) for sitting in carta().sittings] == [5]


@pytest.mark.parametrize("block", ["", "S2.4", "S1.1"])
def test_a_second_sitting_needs_something_in_it(as_editor, address, carta, block):
    assert as_editor.post(address("carta-dos-jornadas", "2"), {"block": block}).status_code == 422
    assert len(carta().sittings) == 1


def test_parallel_teams_run_side_by_side(as_editor, address, carta, org):
    for ref in ("S4.1", "S4.2"):
        services.edit_block(organization=org, session_key="4", block=ref, track=f"Equipo {ref}")
    found = carta("4")
    assert [found.find(ref).times for ref in ("S4.1", "S4.2", "S4.3")] == ["09:00–09:10", "09:00–09:30", "09:30–09:40"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("carta-minutos", {"minutes": "30"}),
        ("carta-hora", {"locked_start": "12:00"}),
        ("carta-omitir-bloque", {"reason": "Porque sí"}),
        ("carta-retomar-bloque", {}),
        ("carta-borrar-bloque", {}),
        ("carta-dividir-bloque", {"first": "10"}),
    ],
)
def test_a_block_of_another_organisation_is_404(as_editor, address, other_org, scoped, name, data):
    with scope(organization=other_org):
        services.design_for(organization=other_org, session_key="2")
        foreign = AgendaItem.objects.first()
    for ref in (str(foreign.pk), "nuevo-1", "S1.1", "0"):
        assert as_editor.post(address(name, "2", ref), data).status_code == 404
    with scope(organization=other_org):
        after = AgendaItem.objects.get(pk=foreign.pk)
        assert (after.minutes, after.locked_start, after.is_skipped) == (foreign.minutes, None, False)
