"""Forms of the relation with an ally."""

import uuid

from django import forms

from alianzas.concurrency import SeenMixin
from alianzas.fields import MEDIUM
from alianzas.forms import DayField, WholeNumberField, day_input, form_body

from . import health
from .models import HealthCheck, JournalEntry, TrustCheck

STATES = [(state, f"{health.SHAPES[state]} {health.WORDS[state]}") for state in health.STATES]


class ToldForm(SeenMixin, forms.ModelForm):
    """What all forms of something told share: the day, and a key so that what is sent twice is kept once."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)

    helper = property(lambda self: form_body())

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].widget = day_input(max=today.isoformat())
        if self.instance.pk:
            del self.fields["key"]
        elif self.initial.get("on") is None:
            self.initial["on"] = today

    def clean(self):
        cleaned = super().clean()
        if key := cleaned.get("key"):
            self.instance.key = key
        return cleaned


class EntryForm(ToldForm):
    class Meta:
        model = JournalEntry
        fields = ["kind", "text", "on", "medium", "responsible", "due_date"]
        field_classes = {"on": DayField, "due_date": DayField}
        widgets = {
            "kind": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 3, "placeholder": "Hoy hablé con…"}),
        }
        help_texts = {
            "responsible": "Un puesto, un equipo o un alias. Queda en Compromisos, donde lo lee toda la organización.",
        }

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, today=today, **kwargs)
        self.fields["due_date"].widget = day_input(**({} if self.instance.pk else {"min": today.isoformat()}))
        self.fields["medium"].choices = [("", "Sin anotar"), *JournalEntry.Medium.choices]


class HealthForm(ToldForm):
    """A colour and a reason for each domain."""

    class Meta:
        model = HealthCheck
        fields = ["side", "kind", "on"]
        field_classes = {"on": DayField}
        widgets = {"side": forms.RadioSelect, "kind": forms.RadioSelect}

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, today=today, **kwargs)
        for name in ("side", "kind"):
            self.fields[name].choices = type(self.instance)._meta.get_field(name).choices
        for domain in health.domains():
            kept = self.instance.marks.get(domain.key, {})
            self.fields[f"{domain.key}-estado"] = forms.ChoiceField(
                label=domain.title, required=False, choices=STATES, widget=forms.RadioSelect, initial=kept.get("state")
            )
            self.fields[f"{domain.key}-nota"] = forms.CharField(
                label="por qué",
                required=False,
                max_length=MEDIUM,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=kept.get("note"),
            )

    @property
    def rows(self):
        """(domain, field of its colour, field of its note), in order."""
        return [(one, self[f"{one.key}-estado"], self[f"{one.key}-nota"]) for one in health.domains()]

    def clean(self):
        cleaned = super().clean()
        marks = {
            one.key: {"state": state, "note": cleaned.get(f"{one.key}-nota", "")}
            for one in health.domains()
            if (state := cleaned.get(f"{one.key}-estado"))
        }
        for name, message in health.lacks(cleaned.get("kind", ""), marks).items():
            self.add_error(name or None, message)
        self.instance.marks = marks
        return cleaned


class TrustForm(ToldForm):
    class Meta:
        model = TrustCheck
        fields = ["on", "credibility", "reliability", "intimacy", "self_orientation"]
        field_classes = {"on": DayField, **dict.fromkeys(fields[1:], WholeNumberField)}
        help_texts = {
            "credibility": "¿Le creemos cuando habla? Del 1 al 10.",
            "reliability": "¿Cumple lo que dice?",
            "intimacy": "¿Podemos hablarle de lo delicado?",
            "self_orientation": "¿Cuánto ve solo por lo suyo? Aquí, entre más alto, menos confianza.",
        }
