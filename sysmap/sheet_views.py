"""The 5Rs matrix back from Excel: upload, see what would change, apply what is chosen."""

from django.views.decorators.http import require_POST

from alianzas.deliverable_views import handed_over
from alianzas.once import slow
from alianzas.roundtrip import views as roundtrip
from alianzas.roundtrip.forms import SheetForm
from alianzas.roundtrip.refill import refill
from alianzas.spreadsheets import UnreadableWorkbook

from . import queries, sheet_services
from .deliverables import KEY
from .sheet import GONE, Line, find_matrix, read_lines
from .sheet_import import alike_to, compare, current_matrix


def _compare(sheets):
    return compare(queries.shareable(queries.actors()), *read_lines(find_matrix(sheets).rows))


def _own_file(*args):
    form = SheetForm(*args, prefix="propio")
    form.fields["file"].label = "Tu archivo"
    form.fields["file"].help_text = "El Excel de la matriz con tus colores, columnas y hojas. Hasta 5 MB."
    return form


JOURNEY = roundtrip.Journey(
    key=KEY,
    name="la matriz",
    salt="sysmap.sheet",
    line=Line,
    compare=_compare,
    apply=sheet_services.apply_review,
    home="matriz",
    upload="subir-matriz",
    apply_to="aplicar-matriz",
    template="sysmap/upload.html",
    alike=lambda review: alike_to(queries.actors(), review),
    more_forms=lambda: {"own_form": _own_file()},
)


@slow
def upload(request, org):
    """Two forms: one compares a workbook with the matrix, the other gives it back with the matrix of today."""
    if "actualizar" in request.POST:
        return _bring_up_to_date(request, org)
    return roundtrip.upload(request, org, JOURNEY)


def _bring_up_to_date(request, org):
    form = _own_file(request.POST, request.FILES)
    if form.is_valid():
        try:
            now = current_matrix(queries.shareable(queries.actors()))
            book = refill(form.cleaned_data["file"].read(), find_matrix, now, "actor", GONE)
            return handed_over(request, org, KEY, "xlsx", book)
        except UnreadableWorkbook as error:
            form.add_error("file", str(error))
    return roundtrip.upload_page(request, JOURNEY, own_form=form)


@require_POST
def apply(request, org):
    return roundtrip.apply(request, org, JOURNEY)
