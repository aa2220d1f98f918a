"""The plan de trabajo back from Excel: upload, see what would change, apply what is chosen."""

from django.views.decorators.http import require_POST

from alianzas import spreadsheets
from alianzas.once import slow
from alianzas.roundtrip import views as roundtrip

from . import queries, services
from .deliverables import KEY
from .sheet import LABELS, MARK, Line, read_lines
from .sheet_import import compare

SALT = "workplan.sheet"


def _compare(sheets):
    table = spreadsheets.table(sheets, tuple(LABELS), (MARK,))
    return compare(queries.plan_rows(), *read_lines(table), most=services.MAX_ITEMS)


JOURNEY = roundtrip.Journey(
    key=KEY,
    name="el plan",
    salt=SALT,
    line=Line,
    compare=_compare,
    apply=services.apply_review,
    home="plan-de-trabajo",
    upload="subir-plan-de-trabajo",
    apply_to="aplicar-plan-de-trabajo",
    template="workplan/upload.html",
)


@slow
def upload(request, org):
    return roundtrip.upload(request, org, JOURNEY)


@require_POST
def apply(request, org):
    return roundtrip.apply(request, org, JOURNEY)
