"""Forms of the journal."""

import uuid

from django import forms
from django.core.exceptions import ValidationError

from alianzas.concurrency import SeenMixin
from alianzas.fields import MEDIUM, SHORT
from alianzas.forms import DayField
from plans.models import MarkerCheck
from sessions_app.worksheets.forms import EvidenceForm

from .services import PROMISED, WRITTEN


class KeyField(forms.UUIDField):
    """The key of a form, under which sending it twice is sending it once; one that cannot be read is a new one."""

    widget = forms.HiddenInput

    def clean(self, value):
        try:
            return super().clean(value)
        except ValidationError:
            return uuid.uuid4()


class TapForm(forms.Form):
    """One touch: how it stands today."""

    key = KeyField()
    state = forms.ChoiceField(choices=[(one, one.label) for one in MarkerCheck.State if one != "dropped"])


class CheckForm(SeenMixin, EvidenceForm):
    """A check, new or to be corrected; a new one brings the key under which sending it twice is sending it once."""

    key = KeyField()
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    checked_on = DayField(label="fecha", help_text="Cuándo se vio.")
    next_title = forms.CharField(
        label="siguiente acción",
        required=False,
        max_length=MEDIUM,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Si la escribes, aparece también en Compromisos.",
    )
    next_responsible = forms.CharField(
        label="responsable", required=False, max_length=SHORT, help_text="Un puesto, un equipo o un alias."
    )
    next_due_date = DayField(label="para cuándo", required=False)

    class Meta:
        model = MarkerCheck
        fields = ["state", "evidence", "link", "helped", "surprise", "lesson"]
        widgets = {
            "state": forms.RadioSelect(),
            **{name: forms.Textarea(attrs={"rows": 2}) for name in ("evidence", "helped", "surprise", "lesson")},
        }
        help_texts = {
            "evidence": "Qué se ve o qué hay, con puestos y sin nombres de personas: va en el reporte. "
            "Si ya no aplica, di por qué.",
            "lesson": "Va en el reporte.",
        }

    upload_help = "Una minuta, una carta, una foto. Hasta 15 MB."
    FIRST = ("state", "checked_on", "evidence")
    MORE = {
        "Enlace, documento y lo que aprendimos": ("link", "upload", "drop_file", "helped", "surprise", "lesson"),
        "Siguiente acción": ("next_title", "next_responsible", "next_due_date"),
    }

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = MarkerCheck.State.choices
        self.fields["checked_on"].widget.attrs["max"] = today.isoformat()
        row = self.instance
        if row.pk is None:
            self.initial |= {"key": uuid.uuid4(), "checked_on": today}
            del self.fields["version"]
        else:
            self.initial |= {"version": row.version, "checked_on": row.checked_on} | _next_of(row)
        self.fields["link"].help_text = "Una nota, una publicación, una carpeta compartida."

    def first(self):
        """The fields that are always in sight; those of a phone's first screen."""
        return [self[name] for name in self.FIRST]

    def more(self):
        """(title, fields, whether they say something or ask for it) of what is folded away."""
        for title, names in self.MORE.items():
            fields = [self[name] for name in names if name in self.fields]
            yield title, fields, any(one.errors or one.value() for one in fields)

    def clean(self):
        cleaned = super().clean()
        title = cleaned.get("next_title", "").strip()
        rest = {"next_responsible": "Di quién lo hará.", "next_due_date": "Di para cuándo."}
        for name, ask in rest.items():
            if title and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, ask)
        if not title and any(cleaned.get(name) for name in rest):
            self.add_error("next_title", "Escribe qué se hará, o deja vacíos también responsable y fecha.")
        return cleaned

    def _post_clean(self):
        """The row is written by the service: what was read stays as it was."""

    def facts(self):
        """What the services take, but for the row and who writes."""
        cleaned = self.cleaned_data
        promised = {name: cleaned[f"next_{name}"] for name in PROMISED}
        return {
            **{name: cleaned[name] for name in WRITTEN},
            "upload": cleaned["upload"],
            "next_step": promised if promised["title"].strip() else None,
        }


def _next_of(row):
    return {f"next_{name}": getattr(row.next_step, name) for name in PROMISED} if row.next_step_id else {}
