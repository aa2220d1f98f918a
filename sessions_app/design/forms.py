"""Forms of the carta descriptiva."""

import json
from datetime import date, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from alianzas.concurrency import SeenMixin
from alianzas.fields import MEDIUM, SHORT
from alianzas.forms import DayField, WholeNumberField, form_body
from alianzas.models import Modality
from sessions_app import agenda
from sessions_app.models import AgendaItem, SessionDesign

from . import prefill
from .queries import Carta, Line

MOST_PEOPLE = 2000
PEOPLE_WIDGETS = {"who": ("¿Quiénes?", 2), "profiles": ("Perfiles necesarios / Nombres", 2)}


class MinutesField(forms.CharField):
    """Whole minutes from 1 to 720."""

    def __init__(self, **kwargs):
        widget = forms.NumberInput(attrs={"min": 1, "max": agenda.LONGEST, "inputmode": "numeric"})
        super().__init__(widget=widget, **{"label": "minutos", **kwargs})

    def clean(self, value):
        value = super().clean(value)
        try:
            return agenda.validate_minutes(value) if value else None
        except ValueError as error:
            raise ValidationError(str(error)) from None


class ClockField(forms.CharField):
    """An hour of the day in, a `time` out; None when it is empty."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **kwargs)

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        try:
            minutes = agenda.parse_clock(value[:5] if value.count(":") == 2 else value)
            return time(*divmod(minutes, 60))
        except ValueError:
            raise ValidationError("Escribe la hora como 9:05 o 14:30, de 0:00 a 23:59.") from None


class MinutesForm(forms.Form):
    """How long a block lasts, and how long it lasted when that was read."""

    minutes = MinutesField()
    was = forms.CharField(required=False, max_length=20, empty_value=None)


class LockForm(forms.Form):
    locked_start = ClockField(label="hora fija", required=False)
    was = forms.CharField(required=False, max_length=20, empty_value=None)


class ReasonForm(forms.Form):
    """Why something is left out."""

    reason = forms.CharField(
        label="razón",
        max_length=MEDIUM,
        error_messages={"required": "Escribe la razón: quedará en la carta."},
    )


class DivideForm(forms.Form):
    """Where to divide a block, and the pause between its parts."""

    first = MinutesField(label="minutos de la primera parte")
    pause = WholeNumberField(
        label="receso entre las dos", min_value=0, max_value=180, required=False, help_text="En minutos; 0 si no hay."
    )
    inside = forms.BooleanField(label="El receso sale de los minutos del bloque", required=False)

    helper = property(lambda self: form_body())

    def clean_pause(self):
        return self.cleaned_data["pause"] or 0


class SplitForm(forms.Form):
    """After which block the second sitting begins."""

    block = forms.ChoiceField(label="la primera jornada termina después de")

    def __init__(self, *args, carta: Carta, **kwargs):
        super().__init__(*args, **kwargs)
        lines = carta.lines[:-1]
        self.fields["block"].choices = [(line.ref, line.item.title) for line in lines]
        half = carta.schedule.planned / 2
        done, best = 0, []
        for line in lines:
            done += 0 if line.item.is_skipped else line.item.minutes
            best.append((abs(done - half), line.ref))
        self.initial.setdefault("block", min(best)[1] if best else "")


class OrderForm(forms.Form):
    """The order that somebody dragged things into: refs with commas, a bar where the next sitting begins."""

    order = forms.CharField(max_length=20_000)
    seen = forms.CharField(max_length=64)

    def clean_order(self):
        return [[ref for ref in part.split(",") if ref] for part in self.cleaned_data["order"].split("|")]


class MoveForm(forms.Form):
    seen = forms.CharField(max_length=64)


class NotesForm(SeenMixin, forms.Form):
    private_notes = SessionDesign._meta.get_field("private_notes").formfield(
        widget=forms.Textarea(attrs={"rows": 6}), label="notas privadas de facilitación"
    )
    helper = property(lambda self: form_body())


class DelayForm(forms.Form):
    """What is about to begin, and how late."""

    bloque = forms.ChoiceField(label="actividad que está por empezar")
    minutos = MinutesField(label="minutos de retraso")

    def __init__(self, *args, carta: Carta, **kwargs):
        super().__init__(*args, **kwargs)
        kept = [line for line in carta.lines if line.slot]
        self.fields["bloque"].choices = [(line.ref, f"{line.starts} · {line.item.title}") for line in kept]


class BlockForm(SeenMixin, forms.ModelForm):
    """Everything of a block, the method's or one's own."""

    minutes = MinutesField()
    least_minutes = MinutesField(
        label="minutos mínimos", required=False, help_text="Hasta dónde se puede acortar si hay retraso."
    )
    locked_start = ClockField(
        label="hora fija", required=False, help_text="Déjala vacía y se calcula con lo que va antes."
    )

    class Meta:
        model = AgendaItem
        fields = [
            "title", "minutes", "least_minutes", "locked_start", "is_break", "is_optional", "is_close", "track",
            "methodology", "responsibles", "materials",
        ]  # fmt: skip
        widgets = {
            "methodology": forms.Textarea(attrs={"rows": 6}),
            "materials": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "methodology": "Un paso por renglón.",
            "materials": "Uno por renglón.",
            "responsibles": "Puestos o nombres, con comas.",
            "track": "Solo si varios equipos hacen cosas distintas a la vez: Equipo A, Equipo B.",
            "is_close": "Su hora no se mueve cuando hay retraso.",
        }

    helper = property(lambda self: form_body())

    def __init__(self, *args, carta: Carta, line: Line | None = None, **kwargs):
        self.line = line
        super().__init__(*args, **kwargs)
        if self.instance.is_break:
            for name in ("methodology", "materials", "is_close"):
                del self.fields[name]
        if line is None:
            names = [("", "Al principio"), *((one.ref, f"Después de «{one.item.title}»") for one in carta.lines)]
            self.fields["after"] = forms.ChoiceField(label="dónde va", choices=names, required=False)
            return
        if not line.is_own:
            del self.fields["is_break"]
        if len(carta.sittings) > 1:
            days = [(sitting.number, f"Jornada {sitting.number}") for sitting in carta.sittings]
            self.fields["sitting"] = forms.TypedChoiceField(
                label="jornada", choices=days, coerce=int, initial=self.instance.sitting
            )

    def clean(self):
        cleaned = super().clean()
        least, minutes = cleaned.get("least_minutes"), cleaned.get("minutes")
        if least and minutes and least > minutes:
            self.add_error("least_minutes", "El mínimo no puede ser mayor que los minutos de la actividad.")
        return cleaned

    @property
    def has_kept(self):
        """Blocks of the method are there before they are a row."""
        return self.line is not None

    def _post_clean(self):
        """The service writes; the form leaves its row as it was."""

    def facts(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "after"}


class HeaderForm(SeenMixin, forms.Form):
    """Header and participants of the carta, with date, start and place of each sitting."""

    objective = SessionDesign._meta.get_field("objective").formfield(widget=forms.Textarea(attrs={"rows": 3}))
    modality = forms.ChoiceField(label="modalidad", choices=Modality.choices)

    helper = property(lambda self: form_body())

    def __init__(self, *args, carta: Carta, **kwargs):
        super().__init__(*args, initial=_header_of(carta), **kwargs)
        self.numbers = [sitting.number for sitting in carta.sittings]
        for n in self.numbers:
            which = f" de la jornada {n}" if len(self.numbers) > 1 else ""
            self.fields[f"date_{n}"] = DayField(label=f"fecha{which}", required=False)
            self.fields[f"start_{n}"] = ClockField(label=f"hora de inicio{which}")
            self.fields[f"place_{n}"] = forms.CharField(
                label=f"lugar{which}", required=False, max_length=SHORT, help_text="El salón o el enlace."
            )
        for key in prefill.PEOPLE:
            for name, (label, rows) in PEOPLE_WIDGETS.items():
                self.fields[f"{key}_{name}"] = forms.CharField(
                    label=label, required=False, max_length=MEDIUM, widget=forms.Textarea(attrs={"rows": rows})
                )
            self.fields[f"{key}_count"] = WholeNumberField(
                label="¿Cuántos?", required=False, min_value=0, max_value=MOST_PEOPLE
            )

    @property
    def days(self):
        """(number, bound date, start, place) for the template."""
        return [(n, self[f"date_{n}"], self[f"start_{n}"], self[f"place_{n}"]) for n in self.numbers]

    @property
    def people(self):
        """(label, bound who, count, profiles) for the template."""
        return [
            (label, self[f"{key}_who"], self[f"{key}_count"], self[f"{key}_profiles"])
            for key, label in prefill.PEOPLE.items()
        ]

    @property
    def past_dates(self) -> list[date]:
        days = [self.cleaned_data[f"date_{n}"] for n in self.numbers]
        return [day for day in days if day and day < timezone.localdate()]

    def facts(self):
        """What `services.save_header` takes."""
        said = self.cleaned_data
        return {
            "objective": said["objective"],
            "modality": said["modality"],
            "participants": {
                key: {name: said[f"{key}_{name}"] for name in ("who", "count", "profiles")} for key in prefill.PEOPLE
            },
            "sittings": [
                prefill.sitting(
                    start=f"{said[f'start_{n}']:%H:%M}",
                    date=said[f"date_{n}"].isoformat() if said[f"date_{n}"] else "",
                    place=said[f"place_{n}"],
                )
                for n in self.numbers
            ],
        }


def _header_of(carta: Carta) -> dict:
    found = {"objective": carta.design.objective, "modality": carta.design.modality}
    for sitting in carta.sittings:
        found[f"date_{sitting.number}"] = sitting.date
        found[f"start_{sitting.number}"] = sitting.starts
        found[f"place_{sitting.number}"] = sitting.place
    for row in carta.participants:
        for name in ("who", "count", "profiles"):
            found[f"{row['key']}_{name}"] = row[name]
    return json.loads(json.dumps(found, default=str))
