"""The blocks of the carta as they go in a run."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from sessions_app.live import queries, timing
from sessions_app.models import ActivityRun, AgendaItem, SessionDesign

from .rows import end_run, enter, open_run


@pytest.fixture
def run(org):
    return open_run(org)


@pytest.fixture
def taller(org):
    return f"/o/{org.slug}/sesiones/1/taller/"


def press(staff, taller, what, current=""):
    return staff.post(f"{taller}reloj/", {"que": what, "actual": current}, follow=True).content.decode()


def refs(run):
    with scope(organization=run.organization):
        return list(ActivityRun.objects.values_list("ref", "minutes"))


def test_blocks_follow_the_carta_and_their_real_minutes_are_kept(run, org):
    start = timezone.now()
    with scope(organization=org):
        timing.begin_next(run=run, now=start)
        timing.begin_next(run=run, after="S1.1", now=start + timedelta(minutes=72))
        first, second = ActivityRun.objects.all()
        assert (first.ref, first.minutes, first.real_minutes) == ("S1.1", 60, 72)
        assert (second.ref, second.real_minutes) == ("S1.2", None)
    end_run(run)
    with scope(organization=org):
        assert not ActivityRun.objects.filter(ended_at=None).exists()


def test_two_people_who_press_at_once_skip_nothing(staff, run, taller):
    for _ in range(2):
        press(staff, taller, "siguiente", "")
    assert [ref for ref, _ in refs(run)] == ["S1.1"]
    press(staff, taller, "siguiente", "S1.1")
    press(staff, taller, "siguiente", "S1.1")
    assert [ref for ref, _ in refs(run)] == ["S1.1", "S1.2"]


def test_five_minutes_more_a_pause_and_back(staff, run, org, taller):
    assert "Primero empieza una actividad." in press(staff, taller, "mas")
    press(staff, taller, "siguiente")
    press(staff, taller, "mas")
    assert refs(run) == [("S1.1", 65)]
    assert "Seguir" in press(staff, taller, "pausa")
    press(staff, taller, "pausa")
    assert "Pausar" in press(staff, taller, "seguir")
    press(staff, taller, "siguiente", "S1.1")
    press(staff, taller, "regresar")
    assert refs(run) == [("S1.1", 65)]
    with scope(organization=org):
        assert ActivityRun.objects.get().ended_at is None
    assert "No hay una actividad anterior" in press(staff, taller, "regresar")


def test_a_pause_is_not_time_of_work(run, org):
    start = timezone.now()
    with scope(organization=org):
        timing.begin_next(run=run, now=start)
        timing.pause(run=run, now=start + timedelta(minutes=10))
        timing.resume(run=run, now=start + timedelta(minutes=25))
        timing.begin_next(run=run, after="S1.1", now=start + timedelta(minutes=75))
        assert ActivityRun.objects.first().real_minutes == 60


def test_a_clock_that_jumps_back_ends_nothing_before_it_began(run, org):
    start = timezone.now()
    with scope(organization=org):
        timing.begin_next(run=run, now=start)
        timing.begin_next(run=run, after="S1.1", now=start - timedelta(hours=3))
        assert ActivityRun.objects.get(ref="S1.1").real_minutes == 0


def test_the_run_follows_a_carta_that_is_timed_again(run, org):
    with scope(organization=org):
        AgendaItem.objects.filter(activity_key="S1.1").update(minutes=20)
        AgendaItem.objects.filter(activity_key="S1.2").update(is_skipped=True, skip_reason="Ya lo vieron")
        clock = queries.clock_now(run)
    assert clock.blocks[0].planned == 20
    assert "S1.2" not in {block.ref for block in clock.blocks}


def test_the_control_tells_the_delay_and_who_may_pay_it(staff, run, org, taller):
    late = timezone.localtime(run.opened_at).replace(hour=11, minute=30)
    with scope(organization=org):
        timing.begin_next(run=run, now=late)
        clock = queries.clock_now(run, late + timedelta(minutes=1))
    assert clock.delay > 60
    page = staff.get(taller).content.decode()
    assert "termina a las" in page
    if "tarde" in page:
        link = f"/o/{org.slug}/sesiones/1/carta/retraso/?bloque="
        assert link in page


def test_the_wall_shows_what_goes_on(staff, run, taller):
    press(staff, taller, "siguiente")
    wall = staff.get(f"{taller}pared/").content.decode()
    assert 'role="timer"' in wall
    assert "data-runs" in wall


def test_the_sitting_of_today_is_the_one_that_runs(org):
    with scope(organization=org):
        run = open_run(org, "2")
        design = SessionDesign.objects.get(session_key="2")
        AgendaItem.objects.filter(design=design, activity_key="S2.4").update(sitting=2)
        today = timezone.localdate().isoformat()
        design.sittings = [
            {"date": "2020-01-01", "start": "09:00", "place": ""},
            {"date": today, "start": "10:00", "place": ""},
        ]
        design.save()
    end_run(run)
    again = open_run(org, "2")
    assert again.sitting == 2
    with scope(organization=org):
        assert [block.ref for block in queries.clock_now(again).blocks] == ["S2.4"]


def test_past_runs_show_planned_and_real_minutes(staff, run, org, taller):
    start = timezone.now()
    with scope(organization=org):
        timing.begin_next(run=run, now=start)
        timing.begin_next(run=run, after="S1.1", now=start + timedelta(minutes=72))
    end_run(run)
    page = staff.get(taller).content.decode()
    assert "<td>60</td><td>72</td>" in page


def test_a_way_to_press_that_does_not_exist_is_404(staff, run, taller):
    assert staff.post(f"{taller}reloj/", {"que": "atrasar"}).status_code == 404


def test_a_phone_is_not_woken_by_the_clock(run):
    phone = Client()
    enter(phone, run)
    assert "reloj" in phone.get(f"/t/{run.token}/").content.decode().partition("data-live-deaf")[2][:60]


def test_a_rehearsal_runs_on_the_method_without_saving_a_carta(org):
    run = open_run(org, is_rehearsal=True)
    with scope(organization=org):
        timing.begin_next(run=run)
        assert not SessionDesign.objects.exists()
    end_run(run)
    with scope(organization=org):
        assert not ActivityRun.objects.exists()
