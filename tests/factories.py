"""Rows for tests, as plain functions. Everything not said has a sensible value."""

from io import BytesIO
from itertools import count

from django.utils import timezone
from django_scopes import scope
from PIL import Image

from alianzas.models import (
    ActionLine,
    Commitment,
    Membership,
    Organization,
    OrgRole,
    Process,
    Program,
    ProgramMembership,
    User,
)
from plans.models import MarkerCheck, OutcomeActivity, OutcomeMarker, OutcomeRow, Strategy
from ruta_critica.models import Ally
from sessions_app.models import Attendance
from sysmap.models import Actor
from sysmap.services import keep

_number = count(1)


def make_user(email=None, **facts):
    return User.objects.create_user(email or f"persona{next(_number)}@prueba.test", "una-clave-larga", **facts)


def make_program(slug=None, **facts):
    slug = slug or f"programa-{next(_number)}"
    return Program.objects.create(slug=slug, **{"name": slug.replace("-", " ").title(), **facts})


def make_program_member(program, role, user=None):
    user = user or make_user()
    ProgramMembership.objects.create(program=program, user=user, role=role)
    return user


def make_organization(slug=None, program=None, **facts):
    slug = slug or f"organizacion-{next(_number)}"
    facts = {"name": slug.replace("-", " ").title(), "field": "Derechos humanos", **facts}
    return Organization.objects.create(slug=slug, program=program or make_program(), **facts)


def make_member(organization, role=OrgRole.EDITOR, user=None):
    user = user or make_user()
    Membership.objects.create(organization=organization, user=user, role=role)
    return user


def make_line(organization, name=None, **facts):
    return _make(ActionLine, organization, name=name or f"Línea {next(_number)}", **facts)


def make_actor(organization, name=None, **facts):
    facts = {"sector": "osc", "relation": "strong", "result": "positive", **facts}
    with scope(organization=organization):
        return keep(Actor(organization=organization, name=name or f"Actor {next(_number)}", **facts))


def make_strategy(organization, line=None, text=None, **facts):
    facts = {"status": "could", "why": "Porque hace falta", **facts}
    line = line or make_line(organization)
    return _make(Strategy, organization, line=line, text=text or f"Estrategia {next(_number)}", **facts)


def make_ally(organization, name=None, actor=None):
    return _make(Ally, organization, actor=actor, name="" if actor else name or f"Aliado {next(_number)}")


def make_outcome_row(organization, strategy=None, ally=None, objective="Lo que la alianza resuelve"):
    strategy = strategy or make_strategy(organization, priority=1)
    ally = ally or make_ally(organization)
    return _make(OutcomeRow, organization, strategy=strategy, ally=ally, objective=objective)


def make_marker(row, horizon="short", text="Hubo un primer contacto"):
    return _make(OutcomeMarker, row.organization, row=row, horizon=horizon, text=text)


def make_activity(row, horizon="short", title="Pedir una reunión", **facts):
    facts = {"responsible": "Dirección", "due_date": None, **facts}
    commitment = _make(Commitment, row.organization, title=title, horizon=horizon, source="S6.6", **facts)
    return _make(OutcomeActivity, row.organization, row=row, commitment=commitment)


def make_next_step(organization, title="Repetir el mapeo", **facts):
    facts = {"responsible": "Dirección", "horizon": "short", **facts}
    return _make(Commitment, organization, title=title, source="S6.7", **facts)


def make_check(marker, state="partly", checked_on=None, **facts):
    facts = {"checked_on": checked_on or timezone.localdate(), **facts}
    return _make(MarkerCheck, marker.organization, marker=marker, state=state, **facts)


def make_attendance(organization, post="Dirección", **facts):
    return _make(Attendance, organization, session_key="6", post=post, **facts)


def make_process(organization, **facts):
    return _make(Process, organization, **facts)


def _make(model, organization, **facts):
    with scope(organization=organization):
        row = model(organization=organization, **facts)
        row.full_clean()
        row.save()
    return row


def picture_bytes(size=(60, 40), colour="#55398a", format="PNG", **options):
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, format=format, **options)
    return written.getvalue()
