"""An organisation that has one of everything that can be edited, and the pages on which it is."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from alianzas import services as shared
from alianzas.models import Commitment, OrgRole
from plans.ballots.services import open_round
from plans.diagnosis.models import Agreement
from plans.possibility.services import open_reading
from plans.reports.models import AllianceReport
from ruta_critica.models import HealthCheck, JournalEntry
from ruta_critica.relation import health
from sessions_app.models import SuccessCase, WorkPlanItem
from sysmap.models import MissingRole
from tests import factories as make
from tests.record import rows as record


def everything(org) -> dict[str, str]:
    """Fill `org` and give the addresses of its pages by name, those with something to edit among them."""
    by = make.make_member(org, OrgRole.FACILITATOR)
    line, other = make.make_line(org, "Cuencas vivas"), make.make_line(org, "Escuelas del agua")
    strategy = make.make_strategy(org, line=line, text="Radio del agua", priority=1, author="Promotoría")
    actor = make.make_actor(org, "Radio local", rules="Avisar antes", notes="La oyen", primary_resource="Influencia")
    ally = make.make_ally(org, actor=actor)
    row = make.make_outcome_row(org, strategy=strategy, ally=ally)
    marker = make.make_marker(row)
    make.make_activity(row)
    check = make.make_check(marker, evidence="Hay minuta", lesson="Ir juntas", version=1)
    make.make_process(org)
    person = record.person(org, post="Enlace", name="Luciérnaga", affiliation="Red del Sur")
    picture = record.photo(org, has_consent=True)
    step = record.step(org)
    with scope(organization=org):
        facts = {"organization": org}
        promise = shared.save(Commitment(source="manual", title="Pedir la sala", responsible="Enlace", **facts))
        item = shared.append(WorkPlanItem(title="Preparar", responsibles="Equipo", product="Lista", **facts))
        case = shared.append(SuccessCase(title="Dos redes", story="Se buscaron", lesson="Hablar", **facts))
        role = shared.append(MissingRole(role="Mediación", resource="Tiempo", **facts))
        shared.save(Agreement(strategy=strategy, note="Todo el grupo", **facts))
        soon = timezone.localdate() + timedelta(days=7)
        told = {"ally": ally, "on": timezone.localdate(), "author": by, **facts}
        entry = shared.save(
            JournalEntry(kind="next_action", text="Llamar", responsible="Enlace", due_date=soon, **told)
        )
        marks = {one.key: {"state": "amber", "note": "Falta"} for one in health.domains()}
        look = shared.save(HealthCheck(side="us", kind="light", marks=marks, **told))
        period = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 6, 30), "kind": "semiannual"}
        report = shared.save(AllianceReport(by=by, lessons="Ir juntas", upcoming="Otra feria", **period, **facts))
        for number in range(2):
            make.make_strategy(org, line=other, text=f"Feria {number}")
        vote = open_round(organization=org, by=by)
        reading = open_reading(organization=org, moment="start", by=by)
    at = {
        "organizacion": (), "linea": (line.pk,), "cambiar-foto": (picture.pk,), "equipo": (), "fotos": (),
        "compromisos": (), "compromiso": (promise.pk,), "calendario-compartido": (),
        "nivel": (), "caso": (case.pk,), "plan-de-trabajo": (), "actividad-de-trabajo": (item.pk,),
        "carta": ("1",), "carta-encabezado": ("1",), "carta-bloque": ("1", "S1.2"),
        "registro": ("1",), "registro-persona": ("1", person.pk), "registro-cambiar-foto": ("1", picture.pk),
        "registro-paso": ("1", step.pk),
        "mapa": (), "actores": (), "actor": (actor.pk,), "mapa-ideal": (), "papel": (role.pk,), "momentos": (),
        "aliados": (), "aliado": (ally.pk,), "aliado-paso": (ally.pk, "due_diligence"), "aliado-cierre": (ally.pk,),
        "aliado-bitacora": (ally.pk,), "entrada-de-bitacora": (entry.key,), "aliado-salud": (ally.pk,),
        "revision-de-salud": (look.pk,),
        "estrategia": (strategy.pk,), "transversales": (), "acuerdo": (strategy.pk,), "prioridades": (),
        "plazos": (), "renglon": (row.pk,), "participantes": (), "votacion": (vote.pk,), "papeletas": (vote.pk,),
        "posibilidad": (), "posibilidad-en-el-salon": (reading.pk,),
        "plan": (), "seguimiento": (), "bitacora": (marker.pk,), "corregir-avance": (marker.pk, check.pk),
        "reportes": (), "reporte": (report.pk,), "compartir": (),
    }  # fmt: skip
    return {name: reverse(name, args=[org.slug, *args]) for name, args in at.items()}
