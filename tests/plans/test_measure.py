"""One measure: every page that shows how far an organisation is says the same of it."""

import datetime
import re
from html import unescape

import pytest
from django.urls import reverse
from django_scopes import scope

from alianzas.exports.blocks import Table
from alianzas.models import Organization, OrgRole
from plans.completeness import missing
from plans.demo.load import load
from plans.pack.contents import Told, index_document
from plans.plans_of_many import plans_of
from plans.queries import plan_data
from sessions_app import curriculum, proofs
from sessions_app.measuring import measure_of, measures_of
from sessions_app.models import AgendaItem, PartReview, ProductMark, SessionDesign
from sessions_app.next_step import next_step, steps
from sessions_app.record.deliverables import record_document
from sessions_app.states import PartState
from sysmap.queries import veils
from tests import factories as make

from . import stages

PERCENT = re.compile(r'data-percent="(\d+)"')
STATE = re.compile(r'<span class="part-state is-([\w-]+)"')


def page(client, name, *args):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, (name, args)
    return unescape(answer.content.decode())


def percent_of(text, name):
    """The percentage that a list of organisations shows beside `name`."""
    return int(PERCENT.search(text.split(name)[1])[1])


def assert_all_say_the_same(client, manager, org, sessions="123456M"):
    """Compare road, portfolio, Plan page, pages and record of those sessions, and index of the ZIP with the measure."""
    with scope(organization=org):
        measure = measure_of(org)
        is_whole = missing(plan_data(org)) == []
    assert measure.product("plan").share == 1 if is_whole else measure.product("plan").share < 1
    road, plan = page(client, "camino", org.slug), page(client, "plan", org.slug)
    assert {int(PERCENT.search(text)[1]) for text in (road, plan)} == {measure.percent}
    expected = next_step(measure, OrgRole.FACILITATOR)
    assert (expected.title in road and f'href="{expected.url}"' in road) if expected else "Camino completo" in road
    assert ("Está completo." in plan) == is_whole
    assert f"{measure.stops_done} de {measure.stops_asked} paradas" in road
    states = [one.state.key for one in measure.sessions]
    told = STATE.findall(road.split('class="moments"')[1].split("</ol>")[0])
    assert told == [key for moment in measure.moments for key in _states_of(moment)]
    listed = STATE.findall(page(client, "sesiones", org.slug))
    assert listed == [*states, measure.guide.state.key]
    for one in map(measure.session, sessions):
        assert_the_session_says_the_same(client, org, one)
    document = index_document(org, Told(), datetime.date(2026, 1, 1), measure.percent)
    assert f"con {measure.percent} % del camino" in str(document.blocks)
    client.force_login(manager)
    portfolio = page(client, "portafolio").split(f'href="{reverse("camino", args=[org.slug])}"')[1].split("</tr>")[0]
    assert int(PERCENT.search(portfolio)[1]) == measure.percent
    assert f"{measure.stops_done} de {measure.stops_asked} paradas" in portfolio
    told = next_step(measure, "manager")
    assert (told.title if told else "Camino completo") in portfolio


def _states_of(moment):
    yield moment.state.key
    yield from (one.state.key for one in moment.sessions)
    yield from (one.state.key for one in moment.products if one.is_asked or one.share > 0)


def assert_the_session_says_the_same(client, org, one):
    key, facts = one.facts.key, one.facts
    assert STATE.search(page(client, "sesion", org.slug, key))[1] == one.state.key
    sheets = [sheet for sheet in facts.worksheets if not sheet.omitted] + [s for s in facts.worksheets if s.omitted]
    assert STATE.findall(page(client, "planillas", org.slug, key)) == [sheet.state.key for sheet in sheets]
    record = page(client, "registro", org.slug, key)
    assert one.products_words in record
    assert STATE.findall(record.split('id="productos"')[1].split("</section>")[0]) == [
        product.state.key for product in facts.products
    ]
    with scope(organization=org):
        tables = [block for block in record_document(key, org).blocks if isinstance(block, Table)]
    [products] = [table for table in tables if table.key == f"productos-{key.lower()}"]
    assert [row.cells[1].partition(".")[0] for row in products.rows] == [one.state.label for one in facts.products]


@pytest.mark.parametrize(("stage", "level"), stages.EVERY, ids=lambda one: getattr(one, "__name__", one))
def test_every_page_says_the_same_at_every_stage(db, client, level, stage):
    program = make.make_program()
    manager = make.make_program_member(program, "manager")
    org = stages.at(stage, level, program)
    client.force_login(org.facilitator)
    assert_all_say_the_same(client, manager, org, "123456M" if stage is stages.second_year else "15")
    for role in (OrgRole.FACILITATOR, OrgRole.EDITOR, OrgRole.VIEWER, "manager"):
        client.force_login(manager if role == "manager" else make.make_member(org, role))
        assert_the_step_can_be_done(client, org, role)


@pytest.mark.slow
def test_every_page_says_the_same_of_the_demonstration(client, settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path
    load()
    from alianzas.models import User

    facilitator = User.objects.get(email="facilitadora@demo.test")
    manager = User.objects.get(email="coordinacion@demo.test")
    client.force_login(facilitator)
    home = page(client, "inicio")
    found = {}
    for org in Organization.objects.filter(program__slug="tejido-comun"):
        client.force_login(facilitator)
        assert_all_say_the_same(client, manager, org)
        with scope(organization=org):
            found[org.slug] = measure_of(org).percent
        assert percent_of(home, org.name) == found[org.slug]
    assert found["casa-girasol"] == 100
    assert found["voz-clara"] == 0
    assert 0 < found["semillas-del-norte"] < found["tejiendo-barrios"] < 100


def test_nobody_goes_back_from_one_stage_to_the_next(db):
    for level in stages.LEVELS:
        percents = []
        for stage in stages.STAGES:
            org = stages.at(stage, level)
            with scope(organization=org):
                percents.append(measure_of(org).percent)
        assert percents == sorted(percents)
        assert (percents[0], percents[-1]) == (0, 100)


def test_where_everything_is_done_there_is_no_next_step(db):
    for level in stages.LEVELS:
        org = stages.at(stages.second_year, level)
        with scope(organization=org):
            measure = measure_of(org)
        assert list(steps(measure)) == []
        assert measure.state is PartState.DONE


@pytest.mark.parametrize("many", [1, 5])
def test_many_are_measured_with_the_queries_of_one(db, django_assert_num_queries, many):
    orgs = [stages.at(stages.second_year, "advanced") for _ in range(many)]
    with scope(organization=orgs), django_assert_num_queries(33):
        measures_of(orgs)


def test_the_plans_of_many_lack_what_each_lacks_by_itself(db):
    orgs = [stages.at(stage, level) for level in stages.LEVELS for stage in stages.STAGES[::3]]
    with scope(organization=orgs):
        together = plans_of(orgs, veils(orgs))
    for org in orgs:
        with scope(organization=org):
            assert missing(together[org.pk]) == missing(plan_data(org))


# ── The next step, by role and by day ───────────────────────────────────────────────────────────────────────

CONTROLS = {  # what must be on the page of a step for somebody to do it
    "organizacion": 'name="mission"',
    "nivel": "Ver el nivel sugerido",
    "carta": "<form",
    "sesion": "/entregables/kit-",
    "taller": "/taller/",
    "planillas": "/planillas/S",
    "planilla": "revisada",
    "registro": 'name="present"|Pegar una lista|Marcar como hecho',
    "mapa": "<form|actor",
    "aliados": "<form",
    "ruta": "/planillas/S3.2",
    "resultados": "aportar|captura|<form",
    "transversales": "<form",
    "prioridades": "<form|votaci",
    "mapa-de-resultados": "/resultados/mapa/",
    "participantes": "<form",
    "renglon": "<form",
    "plan": "<form",
    "votacion": "<form",
}


def assert_the_step_can_be_done(client, org, role):
    """Its page opens for this person, and holds the control, unless it is somebody else's to do."""
    with scope(organization=org):
        step = next_step(measure_of(org), role)
    if step is None:
        return
    answer = client.get(step.url.partition("#")[0])
    assert answer.status_code == 200
    assert step.is_mine == (role in (OrgRole.FACILITATOR, OrgRole.EDITOR))
    if step.is_mine:
        text, name = answer.content.decode(), answer.resolver_match.url_name
        assert re.search(CONTROLS[name], text.split("<main")[1]), name


def session_on(org, day, key="1"):
    sittings = [{"date": day.isoformat(), "start": "09:00", "place": ""}]
    make._make(SessionDesign, org, session_key=key, objective="Verse", sittings=sittings)


def next_title(org, today, role=OrgRole.EDITOR):
    with scope(organization=org):
        return next_step(measure_of(org, today), role).title


def test_a_session_is_prepared_before_its_day_held_on_it_and_written_down_after(db):
    org, day = stages.at(stages.level_decided, "basic"), datetime.date(2026, 5, 8)
    assert next_title(org, day) == "Prepara la Sesión 1"
    session_on(org, day)
    assert next_title(org, day - datetime.timedelta(days=7)) == "Prepara la Sesión 1"
    assert next_title(org, day) == "Hoy es la Sesión 1"
    assert next_title(org, day + datetime.timedelta(days=1)) == "Registra la Sesión 1"


def test_people_expected_next_week_have_not_come_yet(db):
    org, day = stages.at(stages.level_decided, "basic"), datetime.date(2026, 5, 8)
    session_on(org, day)
    from sessions_app.models import Attendance

    make._make(Attendance, org, session_key="1", post="Dirección")
    with scope(organization=org):
        assert not measure_of(org, day - datetime.timedelta(days=1)).session("1").facts.was_held
        assert measure_of(org, day).session("1").facts.was_held


def test_an_open_vote_and_an_open_workshop_come_first(db, client):
    from plans.ballots import services as ballots
    from plans.ballots.queries import done_by
    from sessions_app.live.services import open_run

    from .rows import candidates

    org = stages.at(stages.level_decided, "advanced")
    today, editor = datetime.date(2026, 5, 8), make.make_member(org)
    with scope(organization=org):
        open_run(organization=org, session_key="6", by=org.facilitator)
    assert next_title(org, today, OrgRole.FACILITATOR) == "El taller de la Sesión 6 está abierto"
    assert next_title(org, today) == "Prepara la Sesión 1"
    candidates(org)
    with scope(organization=org):
        row = ballots.open_round(organization=org, by=org.facilitator)
        assert next_title(org, today) == "Hay una votación abierta"
        client.force_login(editor)
        assert "Hay una votación abierta" in page(client, "camino", org.slug)
        ballots.cast_ballot(round=row, voter_key=f"persona-{editor.pk}", choices=[0])
        assert done_by(editor)
    assert "Hay una votación abierta" not in page(client, "camino", org.slug)


# ── Ticks, reviews and omissions ────────────────────────────────────────────────────────────────────────────


def test_every_product_has_what_proves_it_or_is_ticked():
    assert set(proofs.PRODUCTS) == {session.key for session in curriculum.sessions()}
    for session in curriculum.sessions():
        assert len(proofs.PRODUCTS[session.key]) == len(session.products)
        for key in (key for keys in proofs.PRODUCTS[session.key] for key in keys if "." in key):
            assert curriculum.session_of(curriculum.prompt(key).key).key == session.key
    assert [key for key in proofs.MADE_IN if not proofs.is_by_hand(*key)] == []


def test_a_tick_against_the_data_is_kept_and_both_are_told(as_editor, org):
    make._make(ProductMark, org, session_key="6", product=0, by=make.make_user())
    text = page(as_editor, "registro", org.slug, "6")
    assert "Marcado a mano; los datos dicen que falta poner en orden las estrategias." in text
    assert STATE.findall(text.split('id="productos"')[1])[0] == "revisado"
    assert "Desmarcar: Estrategias priorizadas" in text
    assert "Marcar como hecho: Mapa de resultados" not in text
    with scope(organization=org):
        assert measure_of(org).session("6").products_done == 0
    answer = as_editor.post(
        reverse("registro-producto", args=[org.slug, "6"]), {"product": 1, "done": "1"}, follow=True
    )
    assert "se da por listo solo" in answer.content.decode()
    with scope(organization=org):
        assert ProductMark.objects.count() == 1


def test_a_worksheet_is_reviewed_without_being_whole_and_asks_for_nothing_more(as_editor, org, cast):
    address = reverse("planilla-revisada", args=[org.slug, "1", "S1.2"])
    with scope(organization=org):
        before = measure_of(org).percent
    as_editor.post(address)
    as_editor.post(address)
    with scope(organization=org):
        row = PartReview.objects.get()
        measure = measure_of(org)
    assert (row.part, row.by) == ("S1.2", cast.editor)
    assert measure.percent == before
    assert measure.session("1").worksheet("S1.2").state is PartState.REVIEWED
    assert not [one for one in steps(measure) if one.args == ("1", "S1.2")]
    assert "Volver a dejarla pendiente" in page(as_editor, "planilla", org.slug, "1", "S1.2")
    as_editor.post(address, {"deshacer": "1"})
    with scope(organization=org):
        assert measure_of(org).session("1").worksheet("S1.2").state is PartState.NOT_BEGUN


def test_a_section_of_the_plan_is_reviewed_too(as_editor, org):
    stages_org = org
    as_editor.post(reverse("plan-seccion-revisada", args=[org.slug, "map"]))
    text = page(as_editor, "plan", org.slug)
    assert 'is-revisado"' in text.split('id="seccion-map"')[1].split("</summary>")[0]
    with scope(organization=stages_org):
        assert "El mapa todavía no tiene actores." not in [one.detail for one in steps(measure_of(org))]
    assert as_editor.post(reverse("plan-seccion-revisada", args=[org.slug, "nada"])).status_code == 404


def omit(org, session, *activities, reason="Ya lo hicieron en otro taller"):
    design = make._make(SessionDesign, org, session_key=session, objective="Verse")
    for one in curriculum.session(session).activities:
        facts = {"is_skipped": True, "skip_reason": reason} if one.key in activities else {}
        minutes = one.minutes or 10
        make._make(
            AgendaItem, org, design=design, activity_key=one.key, title=one.title, minutes=minutes,
            is_break=one.is_break, **facts,
        )  # fmt: skip


def test_an_omitted_activity_is_omitted_everywhere(staff, org):
    from sessions_app.kit.deliverables import kit_document, posters_document
    from sessions_app.live.questions import questions_of

    reason = "Ya lo hicieron en otro taller"
    asked = [prompt.key for prompt in curriculum.activity("S1.3").prompts]
    with scope(organization=org):
        before = str(kit_document("1", org).blocks) + str(posters_document("1", {"page_size": "Poster"}, org).blocks)
        assert all(key in before for key in asked[:3])
    omit(org, "1", "S1.3")
    with scope(organization=org):
        stages.answer(org, curriculum.prompt("S1.3.reflexion"), "Algo que se dijo")
        posters = str(posters_document("1", {"page_size": "Poster"}, org).blocks)
        sheets = str([block for block in kit_document("1", org).blocks if getattr(block, "svg", "")])
        assert not [key for key in asked if f"{key} ·" in posters + sheets]
        assert "S1.3" not in [activity.key for activity, _ in questions_of(curriculum.session("1"))]
        minutes = str(record_document("1", org).blocks)
        assert f"Se omitió. {reason}" in minutes
        assert "Algo que se dijo" not in minutes
        progress = measure_of(org).session("1")
    assert progress.worksheet("S1.3").state is PartState.OMITTED
    assert reason in page(staff, "sesion", org.slug, "1")
    assert reason in page(staff, "planillas", org.slug, "1")
    assert f"La carta descriptiva la omite: {reason}" in page(staff, "planilla", org.slug, "1", "S1.3")
    staff.post(reverse("taller-abrir", args=[org.slug, "1"]))
    control = page(staff, "taller", org.slug, "1")
    assert curriculum.prompt("S1.3.q1").text not in control
    assert curriculum.prompt("S1.1.expectativas").text in control


def test_what_the_method_folds_into_another_activity_is_asked_there(db):
    org = stages.at(stages.level_decided, "basic")
    from sessions_app.design import prefill

    session = curriculum.session("3")
    design = make._make(SessionDesign, org, session_key="3", objective="Verse")
    with scope(organization=org):
        AgendaItem.objects.bulk_create(prefill.items(design, session))
        assert measure_of(org).session("3").facts.omitted == {}


# ── Allies ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_routes_of_allies_are_the_mean_of_those_that_are_worked(db):
    from ruta_critica.models import Ally

    org = stages.at(stages.ally_worked, "basic")

    def share():
        with scope(organization=org):
            return measure_of(org).product("rutas-de-aliados").share

    assert share() == 1
    second = make.make_ally(org, "Otro aliado")
    with_two = share()
    assert 0.5 <= with_two < 1  # the second has the answers that hold for every ally
    with scope(organization=org):
        for facts in (
            {"state": "paused", "state_reason": "x"},
            {"state": "closed", "state_reason": "x"},
            {"decision": "no_go"},
        ):
            Ally.objects.filter(pk=second.pk).update(**facts)
            assert share() == 1
            Ally.objects.filter(pk=second.pk).update(state="candidate", state_reason="", decision="")
        Ally.objects.exclude(pk=second.pk).update(state="closed", state_reason="x")
    assert share() < 1


def test_without_an_ally_no_route_is_applied(db):
    org = stages.at(stages.map_done, "basic")
    with scope(organization=org):
        product = measure_of(org).product("rutas-de-aliados")
    assert (product.share, product.missing) == (0, "elegir al menos un aliado potencial")
