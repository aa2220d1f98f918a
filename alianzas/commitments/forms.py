"""Forms of the list of commitments."""

from django import forms
from django.core.exceptions import ValidationError

from alianzas.concurrency import SeenMixin
from alianzas.dates import FIRST_YEAR, LAST_YEAR
from alianzas.fields import SHORT
from alianzas.forms import DayField, form_body
from alianzas.models import Commitment


class CommitmentForm(SeenMixin, forms.ModelForm):
    due_date = DayField(label="fecha", required=False, help_text="Para cuándo. Puede quedar por acordar.")

    class Meta:
        model = Commitment
        fields = ["title", "responsible", "due_date", "status"]
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"responsible": "Un puesto, un equipo o un alias."}

    helper = property(lambda self: form_body())

    def __init__(self, *args, organization, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.organization = organization
        self.today, self.is_new = today, self.instance.pk is None
        if self.is_new:
            del self.fields["status"]
            self.fields["due_date"].widget.attrs["min"] = today.isoformat()
            self.instance.source = "manual"

    def clean_due_date(self):
        due = self.cleaned_data["due_date"]
        if due and self.is_new and due < self.today:
            raise ValidationError("Esa fecha ya pasó: un compromiso nuevo se cumple de hoy en adelante.")
        if due and not FIRST_YEAR <= due.year <= LAST_YEAR:
            raise ValidationError(f"Revisa el año: va de {FIRST_YEAR} a {LAST_YEAR}.")
        return due


class StatusForm(forms.Form):
    status = forms.ChoiceField(choices=Commitment.Status.choices)


class FilterForm(forms.Form):
    """What the list may be narrowed by; the choices are those that the entries have."""

    q = forms.CharField(label="buscar", required=False, max_length=SHORT)
    responsable = forms.ChoiceField(label="responsable", required=False)
    estado = forms.ChoiceField(
        label="estado", required=False, choices=[("", "Todos los estados"), *Commitment.Status.choices]
    )
    origen = forms.ChoiceField(label="de dónde viene", required=False)

    def __init__(self, *args, entries, **kwargs):
        super().__init__(*args, **kwargs)
        people = sorted({one.responsible for one in entries if one.responsible}, key=str.casefold)
        sources = sorted({one.source.label for one in entries}, key=str.casefold)
        self.fields["responsable"].choices = [("", "Todas las personas"), *((one, one) for one in people)]
        self.fields["origen"].choices = [("", "Todo el proceso"), *((one, one) for one in sources)]

    def facts(self):
        """What `queries.matching` takes; what is not valid does not narrow anything."""
        names = {"q": "text", "responsable": "responsible", "estado": "status", "origen": "source"}
        self.full_clean()
        return {name: self.cleaned_data.get(field, "") for field, name in names.items()}
