"""The page of the carta and what concerns the session as a whole: header, notes, skipping, the method again."""

import datetime

import pytest

from sessions_app.design import services, whole_services
from sessions_app.models import SessionDesign


def text_of(answer):
    return answer.content.decode()


@pytest.mark.parametrize("who", ["facilitator", "editor", "viewer", "manager"])
@pytest.mark.parametrize("session", ["1", "2", "3", "4", "5", "6", "M"])
def test_reading_a_carta_writes_nothing(login, cast, address, scoped, who, session):
    client = login(getattr(cast, who))
    answer = client.get(address("carta", session))
    assert answer.status_code == 200
    assert "Según el método" in text_of(answer)
    assert not SessionDesign.objects.exists()


def test_a_session_that_does_not_exist_is_404(as_editor, org):
    for session in ("7", "0", "m", "X", "22"):
        assert as_editor.get(f"/o/{org.slug}/sesiones/{session}/carta/").status_code == 404
        assert as_editor.post(f"/o/{org.slug}/sesiones/{session}/carta/comida/").status_code == 404


def test_the_header_is_kept_and_a_past_date_only_warns(as_editor, address, carta, form_data):
    url = address("carta-encabezado", "2")
    data = form_data(
        as_editor.get(url), date_1="2020-03-04", start_1="10:00", place_1="Centro comunitario", guests_who="Equipo",
        guests_count="12",
    )  # fmt: skip
    answer = as_editor.post(url, data, follow=True)
    assert "La fecha 04/03/2020 ya pasó" in text_of(answer)
    [sitting] = carta().sittings
    assert (sitting.date, sitting.place) == (datetime.date(2020, 3, 4), "Centro comunitario")
    assert carta().find("S2.1").times == "10:00–11:00"
    assert carta().participants[0]["count"] == 12


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"start_1": "temprano"}, "Escribe la hora como 9:05"),
        ({"start_1": ""}, "obligatorio"),
        ({"date_1": "mañana"}, "fecha válida"),
        ({"guests_count": "-1"}, "mayor o igual a 0"),
        ({"objective": "a" * 40_000}, "40000"),
        ({"place_1": "a" * 300}, "300"),
    ],
)
def test_a_bad_header_is_said_and_nothing_is_written(as_editor, address, scoped, form_data, change, said):
    url = address("carta-encabezado", "2")
    answer = as_editor.post(url, form_data(as_editor.get(url), **change))
    assert answer.status_code == 422
    assert said in text_of(answer).replace(",", "").replace("\xa0", "")
    assert not SessionDesign.objects.exists()


def test_two_people_on_the_header_never_overwrite_each_other_silently(as_editor, address, carta, org, form_data):
    url = address("carta-encabezado", "2")
    mine = form_data(as_editor.get(url), objective="El mío")
    whole_services.save_header(organization=org, session_key="2", objective="El de otra persona")
    answer = as_editor.post(url, mine)
    assert answer.status_code == 409
    assert "El de otra persona" in text_of(answer)
    assert carta().design.objective == "El de otra persona"


def test_private_notes_are_for_who_facilitates(login, cast, address, carta):
    client = login(cast.facilitator)
    client.post(address("carta-notas", "2"), {"private_notes": "Cuidado con el tema de tierras"})
    assert carta().design.private_notes == "Cuidado con el tema de tierras"
    assert "Cuidado con el tema de tierras" in text_of(client.get(address("carta", "2")))
    for who in (cast.editor, cast.viewer, cast.manager):
        client = login(who)
        assert "Cuidado con el tema" not in text_of(client.get(address("carta", "2")))
        assert client.post(address("carta-notas", "2"), {"private_notes": "x"}).status_code == 403
    assert carta().design.private_notes == "Cuidado con el tema de tierras"


def test_notes_that_are_too_long_are_said_and_not_lost(login, cast, address, scoped):
    answer = login(cast.facilitator).post(address("carta-notas", "2"), {"private_notes": "a" * 40_000})
    assert answer.status_code == 422
    assert "a" * 40_000 in text_of(answer)
    assert not SessionDesign.objects.exclude(private_notes="").exists()


def test_only_who_facilitates_skips_a_session(login, cast, address, carta):
    client = login(cast.editor)
    assert client.post(address("carta-omitir", "4"), {"sesion-reason": "Ya lo saben"}).status_code == 403
    client = login(cast.facilitator)
    assert client.post(address("carta-omitir", "4"), {"sesion-reason": "  "}).status_code == 422
    assert not SessionDesign.objects.filter(is_skipped=True).exists()
    client.post(address("carta-omitir", "4"), {"sesion-reason": "Ya manejan estas herramientas"})
    assert carta("4").design.is_skipped
    assert "Ya manejan estas herramientas" in text_of(client.get(address("carta", "4")))
    client.post(address("carta-retomar", "4"))
    assert not carta("4").design.is_skipped


def test_going_back_to_the_method_first_says_what_is_lost(as_editor, address, carta, org):
    on = {"organization": org, "session_key": "2"}
    whole_services.save_header(**on, objective="Nuestro objetivo")
    services.set_minutes(**on, block="S2.1", minutes=45)
    services.set_lock(**on, block="S2.3", locked_start=datetime.time(12, 0))
    services.skip_block(**on, block="S2.2", reason="Ya las conocen")
    services.add_block(**on, after="S2.1", title="Dinámica", minutes=20)
    whole_services.split_sittings(**on, block="S2.B1")
    page = text_of(as_editor.get(address("carta-restablecer", "2")))
    for said in (
        "vuelve de 45 a 60 min",
        "deja de tener hora fija (12:00)",
        "Ya las conocen",
        "Se borra «Dinámica» (20 min)",
        "una sola jornada",
    ):
        assert said in page
    assert carta().schedule.planned != 435
    as_editor.post(address("carta-restablecer", "2"))
    assert carta().schedule.planned == 435
    assert carta().design.objective == "Nuestro objetivo"
    assert len(carta().sittings) == 1


@pytest.mark.parametrize("added", [0, 3, 40])
def test_queries_of_the_page(as_editor, address, scoped, django_assert_num_queries, added):
    services.design_for(organization=scoped, session_key="2")
    for number in range(added):
        services.add_block(organization=scoped, session_key="2", after="S2.1", title=f"Bloque {number}", minutes=5)
    as_editor.get(address("carta", "2"))
    with django_assert_num_queries(5):
        assert as_editor.get(address("carta", "2")).status_code == 200
