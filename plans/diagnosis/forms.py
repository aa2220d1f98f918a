"""Forms of the diagnosis."""

from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError

from alianzas.concurrency import SeenMixin, TicksMixin
from alianzas.fields import SHORT
from alianzas.forms import DayField, form_body
from alianzas.models import ActionLine

from ..models import Strategy
from .models import Agreement
from .quick import QuickError, answers_in

ASKS = {
    "works": "¿Qué estrategias han dado mejor resultado y por qué?",
    "did_not": "¿Cuáles no dieron lo previsto y por qué?",
    "could": "¿Cuáles podrían sumarse?",
}


class StrategyForm(SeenMixin, forms.ModelForm):
    line = forms.ModelChoiceField(label="línea de acción", queryset=None, empty_label=None)

    class Meta:
        model = Strategy
        fields = ["line", "status", "text", "why", "author"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2}),
            "why": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "text": "Por ejemplo: una campaña de comunicación, sumar especialistas, un programa para conseguir fondos.",
            "why": "Qué la hace funcionar, qué la frenó o qué cambiaría si se suma.",
            "author": "Un puesto o un alias; no hace falta un nombre.",
        }

    helper = property(lambda self: form_body())

    def __init__(self, *args, organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.organization = organization
        self.fields["line"].queryset = ActionLine.objects.all()
        self.fields["status"].choices = Strategy.Status.choices


class ContributionForm(StrategyForm):
    """One's own answer, on a phone: the question is chosen by its words."""

    class Meta(StrategyForm.Meta):
        labels = {"status": "¿A qué responde?", "author": "¿Con qué nombre?"}
        widgets = StrategyForm.Meta.widgets | {"status": forms.RadioSelect}
        help_texts = StrategyForm.Meta.help_texts | {
            "author": "Tu puesto, un alias, o nada. Solo si firmas con el nombre de tu cuenta queda ligada a ella.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = list(ASKS.items())


class AnswersField(forms.CharField):
    """Answers of a room, one per line; comes out as the list of what was said, with `author` still to be filled in."""

    def __init__(self, label):
        super().__init__(label=label, required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def clean(self, value):
        try:
            return answers_in(super().clean(value))
        except QuickError as error:
            raise ValidationError(str(error)) from error


class QuickForm(forms.Form):
    """What a room says of one line, typed by whoever facilitates."""

    line = forms.ModelChoiceField(label="línea de acción", queryset=None, empty_label=None)
    author = forms.CharField(
        label="quién lo dice, cuando el renglón no lo diga", required=False, max_length=SHORT,
        help_text="Por ejemplo, el equipo que tiene la palabra. Vacío: sin nombre.",
    )  # fmt: skip
    works = AnswersField(ASKS["works"])
    did_not = AnswersField(ASKS["did_not"])
    could = AnswersField(ASKS["could"])

    helper = property(lambda self: form_body())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = ActionLine.objects.all()
        self.fields["works"].widget.attrs["autofocus"] = True  # whoever types goes on typing

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned[status] for status in ASKS):
            raise ValidationError("Escribe al menos una respuesta.")
        return cleaned

    def answers(self):
        """What `services.note_answers` takes."""
        author = self.cleaned_data["author"]
        return {
            status: [replace(one, author=one.author or author) for one in self.cleaned_data[status]] for status in ASKS
        }


class ServedLinesForm(TicksMixin, forms.Form):
    ticks = "lines"
    lines = forms.ModelMultipleChoiceField(queryset=None, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lines"].queryset = ActionLine.objects.all()


class AgreementForm(SeenMixin, forms.ModelForm):
    class Meta:
        model = Agreement
        fields = ["note", "agreed_on"]
        field_classes = {"agreed_on": DayField}
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    helper = property(lambda self: form_body())


class MergeForm(AgreementForm):
    """Which of the two words stays, and what was agreed."""

    kept = forms.TypedChoiceField(
        label="¿con qué palabras y en qué estado se queda?", coerce=int, widget=forms.RadioSelect
    )

    field_order = ["kept", "note", "agreed_on"]

    def __init__(self, *args, pair, across, **kwargs):
        super().__init__(*args, **kwargs)
        if not across:  # equal answers of one line need no consensus
            del self.fields["note"], self.fields["agreed_on"]
        self.fields["kept"].choices = [
            (row.pk, f"{row.text} ({row.get_status_display().lower()}, {row.line})") for row in pair
        ]

    def consensus(self):
        """What was agreed, as `services.merge` takes it."""
        return {name: self.cleaned_data[name] for name in ("note", "agreed_on") if name in self.cleaned_data}


class OtherForm(forms.Form):
    """Which strategy is equal to this one, where the words do not tell."""

    other = forms.ModelChoiceField(label="¿cuál es igual?", queryset=None, empty_label="Elige…")

    helper = property(lambda self: form_body())

    def __init__(self, *args, strategy, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = Strategy.objects.exclude(pk=strategy.pk).select_related("line")
        self.fields["other"].label_from_instance = lambda one: f"{one.line}: {one.text[:90]}"
