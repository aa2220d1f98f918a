from django import forms
from django.core.exceptions import ValidationError

from alianzas.concurrency import SeenMixin
from alianzas.exports.text import is_seen, one_line
from alianzas.fields import SHORT
from alianzas.forms import AsksIfSame, DayField, form_body
from sessions_app.worksheets.forms import EvidenceForm

from . import services
from .models import Ally, AnswerMark


class NewAllyForm(AsksIfSame):
    name = forms.CharField(
        label="agrega un aliado que no está en el mapa",
        max_length=SHORT,
        help_text="Si ya está en el mapa, se toma de ahí.",
    )

    def clean_name(self):
        name = one_line(self.cleaned_data["name"])
        if not is_seen(name):
            raise ValidationError("Ese nombre no se puede leer: escríbelo con letras o números.")
        return name

    def look_alike(self, name):
        return services.alike_ally(name)


class AllyForm(SeenMixin, forms.ModelForm):
    helper = property(lambda self: form_body())


class StateForm(AllyForm):
    class Meta:
        model = Ally
        fields = ["state", "state_reason", "team"]
        widgets = {"state_reason": forms.Textarea(attrs={"rows": 2})}


class ClosingForm(AllyForm):
    class Meta:
        model = Ally
        fields = ["state_reason"]
        labels = {"state_reason": "por qué se cierra"}
        help_texts = {"state_reason": "Le servirá a quien quiera retomar la alianza."}
        widgets = {"state_reason": forms.Textarea(attrs={"rows": 3})}


class DecisionForm(AllyForm):
    class Meta:
        model = Ally
        fields = ["decision", "decision_reason"]
        widgets = {"decision_reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [("", "Sin decidir"), *Ally.Decision.choices]


class MarkForm(SeenMixin, EvidenceForm):
    upload_help = "Una minuta, un correo en PDF, una foto. Hasta 15 MB."

    class Meta:
        model = AnswerMark
        fields = ["status", "confirmed_on", "evidence", "link"]
        field_classes = {"confirmed_on": DayField}
        widgets = {
            "evidence": forms.Textarea(attrs={"rows": 2}),
        }
