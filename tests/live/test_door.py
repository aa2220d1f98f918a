"""Opening a run, coming in without an account, and what the run leaves when it ends."""

import re

import pytest
from django.test import Client
from django_scopes import scope

from alianzas.models import Event
from sessions_app.live import budget, codes, services
from sessions_app.live.qr import qr_svg
from sessions_app.models import Attendance, Participant, ProductMark, SessionRun
from tests import factories as make

from .rows import end_run, enter, fresh, open_run, phone_in, send_out


@pytest.fixture
def taller(org):
    return f"/o/{org.slug}/sesiones/1/taller/"


@pytest.fixture
def run(org):
    return open_run(org)


def type_code(client, code, address="10.0.0.1"):
    return client.post("/t/", {"code": code}, REMOTE_ADDR=address)


# ── Opening and closing ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_run_is_opened_once_and_shows_its_code(login, cast, org, taller):
    client = login(cast.facilitator)
    assert "Abrir el taller" in client.get(taller).content.decode()
    client.post(f"{taller}abrir/")
    again = client.post(f"{taller}abrir/", follow=True)
    with scope(organization=org):
        run = SessionRun.objects.get()
    assert len(run.code) == codes.CODE_LENGTH
    assert len(run.token) == 22
    assert "Ya hay un taller abierto" in again.content.decode()
    assert run.spoken_code in again.content.decode()


@pytest.mark.parametrize("who", ["editor", "viewer", "manager"])
def test_only_whoever_facilitates_conducts(login, cast, run, taller, who):
    client = login(getattr(cast, who))
    assert client.get(taller).status_code == 403
    assert client.post(f"{taller}cerrar/").status_code == 403
    assert fresh(run).is_open


@pytest.mark.parametrize("path", ["cerrar/", "puerta/", "personas/1/sacar/", "personas/1/readmitir/"])
def test_without_an_open_run_there_is_nothing_to_conduct(login, cast, taller, path):
    assert login(cast.facilitator).post(taller + path).status_code == 404


def test_two_organisations_never_share_a_code(org, other_org, monkeypatch):
    codes_to_come = iter(["AAAAAA", "AAAAAA", "BBBBBB"])
    monkeypatch.setattr(codes, "new_code", lambda: next(codes_to_come))
    assert [open_run(org).code, open_run(other_org).code] == ["AAAAAA", "BBBBBB"]


def test_closing_writes_the_attendance_and_the_code_dies(client, org, run):
    make_expected = {"session_key": "1", "name": "Ana", "post": "Dirección", "is_present": False}
    with scope(organization=org):
        Attendance.objects.create(organization=org, **make_expected)
    enter(client, run, "Ana")
    enter(Client(), run, "Beto", post="Promotoría")
    send_out(enter(Client(), run, "Intruso"))
    assert end_run(run) == (1, 1)
    with scope(organization=org):
        found = set(Attendance.objects.values_list("name", "post", "is_present"))
        verbs = set(Event.objects.values_list("verb", flat=True))
    assert found == {("Ana", "Dirección", True), ("Beto", "Promotoría", True)}
    assert {"run.opened", "run.closed"} <= verbs
    assert (fresh(run).code, fresh(run).token) == ("", "")
    assert client.get(f"/t/{run.token}/").status_code == 404
    assert type_code(Client(), run.code).status_code == 422


def test_a_rehearsal_leaves_nothing(client, org):
    run = open_run(org, is_rehearsal=True)
    assert "ensayo" in client.get(f"/t/{run.token}/").content.decode()
    enter(client, run)
    end_run(run)
    with scope(organization=org):
        assert not any(model.objects.exists() for model in (SessionRun, Participant, Attendance, Event))


def test_closing_twice_is_refused(org, run):
    end_run(run)
    with scope(organization=org), pytest.raises(services.ValidationError, match="ya estaba cerrado"):
        services.close_run(run=run, by=None)


# ── Coming in ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_code_is_typed_as_people_type_and_leads_to_the_door(client, run):
    typed = f" {run.code[:3].lower()} - {run.code[3:]} "
    answer = type_code(client, typed)
    assert (answer.status_code, answer.url) == (302, f"/t/{run.token}/")


def test_an_address_with_a_short_code_only_fills_the_form_in(client, run):
    page = client.get(f"/t/{run.code}/")
    assert page.status_code == 200
    assert f'value="{run.code}"' in page.content.decode()
    assert client.get("/t/QQQQQQ/").status_code == 200, "right or wrong, it looks the same"


@pytest.mark.parametrize("typed", ["", "AB", "O0O0O0", "x" * 5000, "<script>", "AB3\r\nK7M9", "💥💥💥💥💥💥"])
def test_a_wrong_code_says_so_and_keeps_what_was_typed(client, run, typed):
    answer = type_code(client, typed)
    assert answer.status_code == 422
    assert "<script>" not in answer.content.decode()


def test_coming_in_needs_a_name_and_the_notice(client, run):
    for typed, said in (
        ({"name": "  ", "accepts": "on"}, "Escribe tu nombre"),
        ({"name": "Ana", "post": "Directora"}, "marca que leíste"),
        ({"name": "a" * 61, "accepts": "on"}, "caben"),
    ):
        answer = client.post(f"/t/{run.token}/entrar/", {"key": codes.new_key(), **typed})
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert (
        'value="Directora"'
        in client.post(
            f"/t/{run.token}/entrar/", {"key": codes.new_key(), "name": "Ana", "post": "Directora"}
        ).content.decode()
    )
    with scope(organization=run.organization):
        assert not Participant.objects.exists()


def test_the_cookie_is_signed_and_stays_at_its_door(client, org, run):
    enter(client, run)
    cookie = client.cookies["taller"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == f"/t/{run.token}/"
    forged = Client()
    forged.cookies["taller"] = cookie.value.partition(":")[0] + ":mentira"
    assert "Te damos la bienvenida" in forged.get(f"/t/{run.token}/").content.decode()
    with scope(organization=org):
        assert Participant.objects.get().key_digest not in cookie.value


def test_coming_in_twice_with_one_key_is_one_person(client, run):
    typed = {"name": "Ana", "key": codes.new_key(), "accepts": "on"}
    for other in (client, Client()):
        assert other.post(f"/t/{run.token}/entrar/", typed).status_code == 302
    with scope(organization=run.organization):
        assert Participant.objects.count() == 1


def test_a_name_that_is_taken_gets_a_number(run):
    names = [enter(Client(), run, name).name for name in ("Ana", "ana", "Ana", "b" * 60, "B" * 60)]
    assert names[:3] == ["Ana", "ana (2)", "Ana (3)"]
    assert names[4] == "B" * 56 + " (2)"


def test_control_characters_in_a_name_are_left_out(client, run):
    assert enter(client, run, "Ana\r\nSet-Cookie: x\x00<b>").name == "Ana Set-Cookie: x<b>"
    assert "<b>" not in client.get(f"/t/{run.token}/").content.decode().replace("&lt;b&gt;", "")


def test_a_locked_door_lets_nobody_else_in(login, cast, run, taller):
    inside = Client()
    enter(inside, run)
    staff = login(cast.facilitator)
    staff.post(f"{taller}puerta/", {"puerta": "cerrar"})
    late = Client().post(f"/t/{run.token}/entrar/", {"name": "Beto", "key": codes.new_key(), "accepts": "on"})
    assert late.status_code == 409
    assert "La puerta está cerrada" in late.content.decode()
    assert "Ya estás dentro" in inside.get(f"/t/{run.token}/").content.decode()
    staff.post(f"{taller}puerta/", {"puerta": "abrir"})
    enter(Client(), run, "Beto")


def test_who_was_sent_out_comes_back_only_when_let_in(login, cast, run, taller):
    phone = Client()
    person = enter(phone, run)
    staff = login(cast.facilitator)
    staff.post(f"{taller}personas/{person.pk}/sacar/")
    assert phone.get(f"/t/{run.token}/").status_code == 404
    assert "Dejar entrar" in staff.get(taller).content.decode()
    staff.post(f"{taller}personas/{person.pk}/readmitir/")
    assert phone.get(f"/t/{run.token}/").status_code == 200


def test_somebody_of_another_run_cannot_be_sent_out(login, cast, other_org, run, taller):
    person = enter(Client(), open_run(other_org))
    assert login(cast.facilitator).post(f"{taller}personas/{person.pk}/sacar/").status_code == 404


# ── Guessing and crowds ─────────────────────────────────────────────────────────────────────────────────────────────


def test_forty_people_behind_one_address_with_typos_all_get_in(run):
    for number in range(40):
        phone = Client()
        for typo in ("AAAAAA", run.code[:5], run.code[::-1]):
            assert type_code(phone, typo).status_code in (422, 302)
        assert type_code(phone, run.code).status_code == 302
        enter(phone, run, f"Persona {number}")
    with scope(organization=run.organization):
        assert Participant.objects.count() == 40


def test_a_network_that_guesses_is_stopped_and_the_others_are_not(client, run, monkeypatch):
    monkeypatch.setattr(budget, "NETWORK", 5)
    answers = [type_code(client, "QQQQQQ").status_code for _ in range(7)]
    assert answers == [422] * 5 + [429] * 2
    assert type_code(client, run.code).status_code == 429, "not even a right guess tells"
    assert type_code(client, run.code, "10.0.0.2").status_code == 302
    assert client.get(f"/t/{run.token}/").status_code == 200, "the QR always works"


def test_one_house_of_ipv6_is_one_network():
    assert codes.network_of("2001:db8:1:2:3::4") == codes.network_of("2001:db8:1:2:ffff::1")
    assert codes.network_of("2001:db8:1:3::4") != codes.network_of("2001:db8:1:2::4")
    assert codes.network_of("nada") == "unknown"


def test_guesses_of_many_networks_are_stopped_together(client, run, monkeypatch):
    monkeypatch.setattr(budget, "OVERALL", 5)
    answers = [type_code(client, "QQQQQQ", f"10.0.1.{number}").status_code for number in range(7)]
    assert answers == [422] * 5 + [429] * 2


def test_five_hundred_fake_names_are_stopped(run, monkeypatch):
    answers = []
    for number in range(budget.DOOR + 10):
        typed = {"name": f"Falso {number}", "key": codes.new_key(), "accepts": "on"}
        answers.append(Client().post(f"/t/{run.token}/entrar/", typed).status_code)
    assert answers == [302] * budget.DOOR + [429] * 10
    monkeypatch.setattr(services, "MOST_PEOPLE", budget.DOOR)
    with scope(organization=run.organization), pytest.raises(services.DoorClosed, match="Ya hay"):
        services.join(run=run, key=codes.new_key(), name="Otra")


# ── The pages ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_qr_is_a_drawing_of_squares_on_white():
    drawn = qr_svg("https://ejemplo.test/t/aaaaaaaaaaaaaaaaaaaaaa/")
    assert drawn.count("M") > 300
    assert re.search(r'viewBox="0 0 (\d+) \1"', drawn)
    assert drawn != qr_svg("https://ejemplo.test/t/aaaaaaaaaaaaaaaaaaaaab/")


@pytest.mark.parametrize("people", [1, 3])
def test_queries_of_the_faces(login, cast, org, run, taller, django_assert_num_queries, people):
    phones = [Client() for _ in range(people)]
    for phone in phones:
        enter(phone, run)
    staff = login(cast.facilitator)
    with django_assert_num_queries(12):
        staff.get(taller)
    with django_assert_num_queries(5):
        phones[0].get(f"/t/{run.token}/")


def test_nothing_of_a_guest_is_kept_by_browsers(client, run):
    enter(client, run)
    assert "no-store" in client.get(f"/t/{run.token}/")["Cache-Control"]


def test_a_person_of_the_run_points_at_a_run_of_the_same_organisation(org, other_org, run):
    elsewhere = Participant(organization=other_org, run=run, key_digest="x", name="Ana")
    with scope(organization=[org, other_org]), pytest.raises(services.ValidationError):
        elsewhere.full_clean()


def test_the_tab_of_the_workshop_is_for_whoever_facilitates(login, cast, org):
    page = f"/o/{org.slug}/sesiones/1/"
    assert "Taller en vivo" in login(cast.facilitator).get(page).content.decode()
    assert "Taller en vivo" not in login(make.make_member(org, "viewer")).get(page).content.decode()


def test_who_takes_part_from_elsewhere_sees_the_wall_and_nothing_more(org, login, cast):
    run = open_run(org)
    wall = f"/t/{run.token}/pared/"
    assert Client().get(wall).status_code == 404, "only for who has come in"
    phone = phone_in(run)
    page = phone.get(wall).content.decode()
    assert "Entra con tu teléfono" in page
    assert f'data-live="/t/{run.token}/vivo/"' in page
    assert f"/o/{org.slug}/" not in page
    projected = login(cast.facilitator).get(f"/o/{org.slug}/sesiones/1/taller/pared/").content.decode()
    assert page.partition("<header")[2] == projected.partition("<header")[2]
    assert wall in phone.get(f"/t/{run.token}/").content.decode()
    end_run(run)
    assert phone.get(wall).status_code == 404


def test_people_without_a_phone_are_added_and_are_on_the_list_at_the_end(org, login, cast):
    run = open_run(org)
    with scope(organization=org):
        for name, post in (("Rosa", "Promotoría"), ("Lupe", "Dirección")):
            Attendance.objects.create(organization=org, session_key="1", name=name, post=post, is_present=False)
    staff, where = login(cast.facilitator), f"/o/{org.slug}/sesiones/1/taller/"
    phone_in(run, "LUPE")
    assert "Faltan por llegar (1)" in staff.get(where).content.decode()
    with scope(organization=org):
        services.lock_door(run=run, is_locked=True)
    staff.post(f"{where}personas/", {"name": "Rosa", "post": "Promotoría"})
    staff.post(f"{where}personas/", {"name": "Chava", "post": ""})
    page = staff.get(where).content.decode()
    assert "Faltan por llegar" not in page
    assert "Chava" in page
    refused = staff.post(f"{where}personas/", {"name": " ", "post": "Algo"})
    assert refused.status_code == 422
    assert 'value="Algo"' in refused.content.decode()
    end_run(run)
    with scope(organization=org):
        there = set(Attendance.objects.filter(is_present=True).values_list("name", "post"))
    assert there == {("Lupe", "Dirección"), ("Rosa", "Promotoría"), ("Chava", "Participante")}
    assert login(cast.editor).post(f"{where}personas/", {"name": "Otra"}).status_code in (403, 404)


def test_closing_marks_the_products_that_are_done_and_leads_to_the_record(org, login, cast):
    run = open_run(org, "4")
    staff, where = login(cast.facilitator), f"/o/{org.slug}/sesiones/4/taller/"
    page = staff.get(where).content.decode()
    assert "Elevator Pitch de cada participante" in page
    assert "Criterios de Due Diligence de la organización" not in page, "the data say whether it is there"
    for number in ("0", "9"):
        refused = staff.post(f"{where}cerrar/", {"producto": ["2", number]})
        assert refused.url == where
        assert fresh(run).is_open, "a product that is none, or that nobody ticks, closes nothing"
    closed = staff.post(f"{where}cerrar/", {"producto": ["2", "x", "-1"]})
    assert closed.url == f"/o/{org.slug}/sesiones/4/registro/"
    with scope(organization=org):
        assert list(ProductMark.objects.values_list("product", "by")) == [(2, cast.facilitator.pk)]


def test_a_rehearsal_marks_no_product(org, login, cast):
    open_run(org, "4", is_rehearsal=True)
    staff, where = login(cast.facilitator), f"/o/{org.slug}/sesiones/4/taller/"
    assert "¿Qué productos quedaron hechos?" not in staff.get(where).content.decode()
    assert staff.post(f"{where}cerrar/", {"producto": ["2"]}).url == where
    with scope(organization=org):
        assert not ProductMark.objects.exists()
