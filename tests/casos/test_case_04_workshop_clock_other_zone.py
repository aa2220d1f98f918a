"""Everything follows the clocks of the people who work there, not those of the server."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from icalendar import Calendar

from alianzas.tenancy import inside
from plans.pack import contents
from plans.queries import plan_data
from plans.versions.services import issue
from ruta_critica.models import Ally
from ruta_critica.relation.queries import CADENCE
from sessions_app.models import AgendaItem, Answer, SessionRun
from sysmap.models import MapSnapshot
from tests import factories as make
from tests.live.rows import phone_in

MORNING = datetime(2026, 11, 30, 18, 57, tzinfo=UTC)  # 10:57 in Tijuana, 12:57 in Mexico City
EVENING = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)  # 22:30 of the 30th in Tijuana, 00:30 of the 1st in Mexico City


@pytest.fixture
def it_is(monkeypatch):
    """`it_is(moment)`: every clock of the server says so."""

    def _it_is(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return _it_is


@pytest.fixture
def work_in(org):
    """`work_in(zone)` moves organisation A there."""

    def _work_in(zone):
        org.time_zone = zone
        org.save()
        return org

    return _work_in


def header(staff, org, **changes):
    """Save the header of the carta of Session 1 through its page, with `changes`."""
    address = reverse("carta-encabezado", args=[org.slug, "1"])
    form = staff.get(address).context["form"]
    sent = {name: "" if (value := form[name].value()) is None else value for name in form.fields} | changes
    assert staff.post(address, sent).status_code == 302


def lasts(org, minutes):
    """Shorten the carta of Session 1 to its first four blocks and so many minutes in all."""
    with scope(organization=org):
        first, last = AgendaItem.objects.all()[:3], AgendaItem.objects.all()[3]
        AgendaItem.objects.filter(position__gt=last.position).update(is_skipped=True, skip_reason="Otro día")
        AgendaItem.objects.filter(pk=last.pk).update(minutes=minutes - sum(one.minutes for one in first))


def press(staff, org, name, **sent):
    answer = staff.post(reverse(name, args=[org.slug, "1"]), sent, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


# ── The case ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("zone", "starts", "ends"),
    [
        ("America/Tijuana", "10:57", "14:27"),
        ("America/Hermosillo", "11:57", "15:27"),
        ("America/Mazatlan", "11:57", "15:27"),
        ("America/Ciudad_Juarez", "11:57", "15:27"),
        ("America/Chihuahua", "12:57", "16:27"),
        ("", "12:57", "16:27"),
        ("America/Cancun", "13:57", "17:27"),
    ],
)
def test_a_punctual_workshop_is_on_time(staff, it_is, work_in, zone, starts, ends):
    org = work_in(zone)
    it_is(MORNING)
    header(staff, org, start_1=starts)
    lasts(org, minutes=210)
    press(staff, org, "taller-abrir")
    page = press(staff, org, "taller-reloj", que="siguiente", actual="")
    assert "A tiempo" in page
    assert f"termina a las <strong>{ends}</strong> (planeado {ends})" in page
    assert "¿Quién paga el retraso?" not in page
    assert timezone.get_current_timezone_name() == "America/Mexico_City"


@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 11, 1)])
def test_on_the_day_on_which_the_border_changes_its_clocks_too(staff, it_is, work_in, day):
    org = work_in("America/Tijuana")
    it_is(datetime(day.year, day.month, day.day, 10, 57, tzinfo=ZoneInfo("America/Tijuana")).astimezone(UTC))
    header(staff, org, start_1="10:57")
    press(staff, org, "taller-abrir")
    assert "A tiempo" in press(staff, org, "taller-reloj", que="siguiente", actual="")


# ── The other places of its kind ────────────────────────────────────────────────────────────────────────────────────


def test_what_is_collected_closes_at_the_hour_that_was_said_there(staff, it_is, work_in):
    org = work_in("America/Tijuana")
    it_is(MORNING)
    press(staff, org, "taller-abrir")
    press(staff, org, "taller-mostrar", escena="recoleccion")
    address = reverse("taller-escena", args=[org.slug, "1", "recoleccion"])
    sent = {"que": "abrir", "asked": "S1.1.expectativas", "day": "2026-11-30", "hour": "20:00"}
    page = staff.post(address, sent, follow=True).content.decode()
    assert "Se responde hasta el 30 de noviembre de 2026 a las 20:00" in page
    with scope(organization=org):
        run = SessionRun.objects.get()
    assert run.collects_until == datetime(2026, 12, 1, 4, 0, tzinfo=UTC)
    staff.logout()
    phone = phone_in(run)
    it_is(datetime(2026, 12, 1, 3, 59, tzinfo=UTC))
    page = phone.get(f"/t/{run.token}/").content.decode()
    assert "30 de noviembre a las 20:00" in page
    assert "<textarea" in page
    it_is(datetime(2026, 12, 1, 4, 1, tzinfo=UTC))
    assert "<textarea" not in phone.get(f"/t/{run.token}/").content.decode()
    assert timezone.get_current_timezone_name() == "America/Mexico_City"


def test_saved_at_is_the_hour_on_the_wall(staff, it_is, work_in):
    org = work_in("America/Tijuana")
    it_is(MORNING)
    address = reverse("planilla-campo", args=[org.slug, "1", "S1.3", "reflexion"])
    answer = staff.post(address, {"reflexion": "Aprender", "version": "0"}, headers={"HX-Request": "true"})
    assert "Guardado 10:57" in answer.content.decode()


def test_what_is_for_today_is_not_late_in_the_evening(staff, it_is, work_in):
    org = work_in("America/Tijuana")
    it_is(EVENING)
    new = reverse("nuevo-compromiso", args=[org.slug])
    sent = {"title": "Llamar a la red", "responsible": "Enlace", "due_date": "2026-11-30", "status": "pending"}
    assert staff.post(new, sent).status_code == 302
    [group] = staff.get(reverse("compromisos", args=[org.slug])).context["groups"]
    assert group.label == "Esta semana"
    work_in("")
    [group] = staff.get(reverse("compromisos", args=[org.slug])).context["groups"]
    assert group.label == "Vencidos"


def test_a_moment_of_the_map_and_a_ballot_have_the_day_of_the_room(staff, it_is, work_in):
    org = work_in("America/Tijuana")
    make.make_actor(org)
    make.make_strategy(org)
    make.make_strategy(org)
    it_is(EVENING)
    form = staff.get(reverse("momentos", args=[org.slug])).context["form"]
    assert form["taken_on"].value() == date(2026, 11, 30)
    staff.post(reverse("momentos", args=[org.slug]), {"kind": "baseline", "taken_on": "2026-12-01"})
    with scope(organization=org):
        assert not MapSnapshot.objects.exists(), "tomorrow has not come there"


def test_an_issued_version_has_the_day_and_the_hour_of_the_house(staff, cast, it_is, work_in):
    org = work_in("America/Tijuana")
    make.make_outcome_row(org)
    it_is(EVENING)
    told = []
    with inside(org):
        issue(organization=org, by=cast.facilitator, data=plan_data(org), with_gaps=True, render=_writing_down(told))
    assert "Versión 1 · 30 de noviembre de 2026" in repr(told[0]).replace("Noviembre", "noviembre")
    page = staff.get(reverse("plan-versiones", args=[org.slug])).content.decode()
    assert "30 de noviembre de 2026, 22:30" in page


def _writing_down(told):
    """A writer that keeps the documents it was given."""

    def render(document, fmt):
        told.append(document)
        return b"contenido"

    return render


def test_a_document_says_the_day_of_the_organisation_and_is_not_another_ones_in_the_cache(staff, it_is, work_in):
    org = work_in("America/Tijuana")
    it_is(EVENING)
    address = reverse("entregable", args=[org.slug, "compromisos", "xlsx"])
    there = staff.get(address)
    work_in("")
    here = staff.get(address, headers={"If-None-Match": there["ETag"]})
    assert (there.status_code, here.status_code) == (200, 200)
    assert there["ETag"] != here["ETag"]


def test_the_portfolio_counts_each_organisation_on_its_own_day(client, it_is, org, cast):
    """A week that ends at midnight is over in Mexico City, and not yet in Tijuana."""
    other = make.make_organization("playas", org.program, time_zone="America/Tijuana")
    for one in (org, other):
        ally = make.make_ally(one)
        with scope(organization=one):
            Ally.objects.filter(pk=ally.pk).update(created_at=datetime(2026, 11, 23, 20, tzinfo=UTC))
            Answer.objects.create(organization=one, prompt_key=CADENCE, value=[{"id": "1", "every": "weekly"}])
    it_is(EVENING)
    client.force_login(cast.manager)
    rows = client.get(reverse("portafolio")).context["rows"]
    assert {row["organization"].slug: row["quiet"] for row in rows} == {"manos-abiertas": 1, "playas": 0}


def test_the_pack_and_the_secret_calendar_keep_the_hours_and_leave_the_thread_alone(client, it_is, work_in, cast):
    org = work_in("America/Tijuana")
    make.make_outcome_row(org)
    it_is(EVENING)
    told = []
    write = _writing_down(told)
    entries = contents.entries(
        org, lambda name, args: name, can_edit=True, render=lambda document, fmt: (write(document, fmt), "etiqueta")
    )
    seen = {path: timezone.get_current_timezone_name() for path, _ in entries}
    assert set(seen.values()) == {"America/Mexico_City"}, "between two pieces the thread has its own clocks"
    assert any("Como estaban el 30 nov 2026" in repr(one) for one in told)
    assert not any("1 dic 2026" in repr(one) for one in told)


def test_the_clocks_are_put_back_whatever_happens(staff, login, cast, work_in):
    org = work_in("America/Tijuana")
    staff.get(reverse("compromisos", args=[org.slug]) + "nada/")
    login(cast.viewer).post(reverse("organizacion", args=[org.slug]), {})
    assert timezone.get_current_timezone_name() == "America/Mexico_City"


def test_a_session_in_the_calendar_is_at_its_hour_there(staff, work_in):
    org = work_in("America/Tijuana")
    header(staff, org, date_1="2026-11-30", start_1="10:57")
    book = Calendar.from_ical(staff.get(reverse("calendario-de-trabajo", args=[org.slug])).content)
    [event] = book.walk("VEVENT")
    assert event.decoded("DTSTART").astimezone(UTC) == MORNING
    assert event["DTSTART"].params["TZID"] == "America/Tijuana"
