"""The Línea de Posibilidad as a room does it, from where each one stands."""

from django.core.exceptions import ValidationError
from django.utils.safestring import mark_safe

from alianzas.secrecy import FEW, guest_key
from sessions_app.live import services as runs
from sessions_app.live.stages import Face, Stage, cleaned

from . import queries, services
from .forms import OpenReadingForm, PositionForm
from .models import Reading


class LineStage(Stage):
    """S6.2, at the start and again at the end."""

    key = services.STAGE
    title = "Línea de Posibilidad"
    sessions = frozenset({"6"})

    def control(self, run, typed=None):
        found, context = self._shown(run)
        taken = any(row.moment == Reading.Moment.START and row.state == Reading.State.CLOSED for row in found)
        context["form"] = OpenReadingForm(typed, initial={"moment": "end" if taken else "start"})
        context |= {"few": FEW, "inside": runs.present(run).count()}
        return Face("plans/room/line_control.html", context)

    def wall(self, run, hide):
        return Face("plans/room/line_wall.html", self._shown(run)[1])

    def phone(self, run, person, hide, typed=None):
        _, context = self._shown(run)
        row = context["row"]
        if row and row.is_open:
            earlier = queries.position_of(row, guest_key(person))
            context |= {"earlier": earlier, "form": PositionForm(typed, earlier=earlier)}
        return Face("plans/room/line_phone.html", context)

    def _shown(self, run):
        found = queries.readings_of(run)
        row = queries.current_of(run, found)
        context = {"run": run, "row": row, "lines": queries.lines()}
        if row and row.is_open:
            context["answered"] = queries.answered(row)
        elif row:
            shown = queries.comparison(run.organization, found)
            pictures = [mark_safe(svg) for svg in (shown.svg, shown.narrow_svg)]  # noqa: S308 (drawing escapes all it draws)
            context |= {"shown": shown, "pictures": pictures}
        return found, context

    def take(self, run, person, data):
        row = queries.current_of(run, queries.readings_of(run))
        if row is None or str(row.pk) != data.get("toma"):
            raise services.ReadingClosed
        form = PositionForm(data)
        cleaned(form)
        services.take_position(reading=row, person_key=guest_key(person), values=form.values())

    def act(self, run, what, data, by):
        if what == "abrir":
            form = OpenReadingForm(data)
            if not form.is_valid():
                raise ValidationError("Elige si la toma es al inicio o al final.")
            facts = {"organization": run.organization, "rehearsal": run.rehearsal, **form.cleaned_data}
            services.open_reading(by=by, **facts)
            return "La toma está abierta: cada quien se coloca desde su teléfono."
        if what not in ("cerrar", "cancelar"):
            raise KeyError(what)
        row = queries.current_of(run, queries.readings_of(run))
        if row is None or not row.is_open:
            raise services.ReadingClosed
        if what == "cerrar":
            services.close_reading(reading=row, by=by, is_sure=bool(data.get("is_sure")))
            return "La toma cerró: así se repartió el grupo."
        services.cancel_reading(reading=row, by=by)
        return "Cancelamos la toma."
