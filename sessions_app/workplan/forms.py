"""Forms of the plan de trabajo."""

from django import forms
from django.core.exceptions import ValidationError

from alianzas.concurrency import SeenMixin
from alianzas.dates import FIRST_YEAR, LAST_YEAR
from alianzas.forms import DayField, NumberField, WholeNumberField, form_body
from sessions_app.models import WorkPlanItem


class WorkDateField(DayField):
    """A date that a plan de trabajo can hold."""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def validate(self, value):
        super().validate(value)
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise ValidationError(f"Revisa el año: va de {FIRST_YEAR} a {LAST_YEAR}.")


class WorkPlanItemForm(SeenMixin, forms.ModelForm):
    parent = forms.ModelChoiceField(
        label="dentro de",
        queryset=None,
        required=False,
        empty_label="Es una actividad",
        help_text="Elige una actividad para que esta sea una subactividad suya.",
    )
    start = WorkDateField(label="inicio")
    end = WorkDateField(label="fin", help_text="Con inicio y duración basta: el fin se calcula en el Gantt.")

    class Meta:
        model = WorkPlanItem
        fields = ["title", "parent", "duration", "unit", "start", "end", "responsibles", "org_team", "product"]
        field_classes = {"duration": NumberField}
        help_texts = {
            "responsibles": "Quién la lleva: facilitación, consultoría experta… Con fecha se vuelve un compromiso.",
            "org_team": "Quién de la organización necesita estar.",
            "product": "Qué queda hecho al terminar.",
        }

    helper = property(lambda self: form_body())

    def __init__(self, *args, organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.organization = organization
        self.fields["parent"].queryset = WorkPlanItem.objects.filter(parent=None).exclude(pk=self.instance.pk)
        self.fields["duration"].widget.attrs |= {"min": "0.1", "step": "0.1", "inputmode": "decimal"}

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", "El fin no puede ser antes del inicio.")
        if cleaned.get("duration") is not None and cleaned["duration"] <= 0:
            self.add_error("duration", "La duración es mayor que cero.")
        return cleaned


class ProposalForm(forms.Form):
    start = WorkDateField(label="¿cuándo empieza?", help_text="Vacío: la propuesta queda sin fechas.")
    months = WholeNumberField(label="¿cuántos meses dura?", min_value=1, max_value=60, initial=6)

    helper = property(lambda self: form_body())
