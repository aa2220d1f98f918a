"""Forms of the Línea de Posibilidad."""

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError

from alianzas.concurrency import SEEN, SeenMixin
from alianzas.forms import WholeNumberField, form_body

from .models import Reading
from .queries import lines
from .spread import HIGH, LOW, SpreadError, positions_in

MIDDLE = 50


def name_of(line):
    """The name of the field of a question: dots do not go well with addresses of fields."""
    return line.key.replace(".", "-")


class PositionForm(forms.Form):
    """One's own position in the three questions."""

    def __init__(self, *args, earlier=None, **kwargs):
        super().__init__(*args, **kwargs)
        for line in lines():
            initial = (earlier or {}).get(line.key)
            self.fields[name_of(line)] = _closed(line, initial) if line.is_closed else _sliding(line, initial)

    def values(self):
        """What `services.take_position` takes."""
        return {line.key: self.cleaned_data[name_of(line)] for line in lines()}

    def questions(self):
        """Each question with its field."""
        return [(line, self[name_of(line)]) for line in lines()]


def _closed(line, initial):
    return forms.TypedChoiceField(
        label=line.text, coerce=int, choices=line.marks, initial=initial, widget=forms.RadioSelect,
        error_messages={"required": "Elige una de las tres.", "invalid_choice": "Elige una de las tres."},
    )  # fmt: skip


def _sliding(line, initial):
    widget = forms.NumberInput(attrs={"type": "range", "step": 5, "class": "form-range", "data-slider": ""})
    return WholeNumberField(
        label=line.text, min_value=LOW, max_value=HIGH, initial=MIDDLE if initial is None else initial, widget=widget
    )


class PositionsField(forms.CharField):
    """Positions of a room, as numbers."""

    def prepare_value(self, value):
        return " ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value):
        try:
            return positions_in(super().clean(value))
        except SpreadError as error:
            raise ValidationError(str(error)) from error


class RoomForm(SeenMixin, forms.Form):
    """Where the people of a room stood, typed by whoever facilitates."""

    @property
    def helper(self):
        helper = form_body()
        helper.layout = Layout(
            SEEN,
            *(
                Fieldset(line.text, *(f"{name_of(line)}-{value}" for value, _ in line.marks))
                if line.is_closed
                else name_of(line)
                for line in lines()
            ),
        )
        return helper

    def __init__(self, *args, room, **kwargs):
        super().__init__(*args, **kwargs)
        for line in lines():
            kept = room.get(line.key, [])
            if line.is_closed:
                for (value, label), count in zip(line.marks, line.counts(kept), strict=True):
                    self.fields[f"{name_of(line)}-{value}"] = WholeNumberField(
                        label=f"cuántas dijeron «{label.lower()}»",
                        min_value=0,
                        max_value=500,
                        required=False,
                        initial=count or None,
                    )
            else:
                self.fields[name_of(line)] = PositionsField(
                    label=line.text, required=False, initial=kept, widget=forms.Textarea(attrs={"rows": 2}),
                    help_text=f"Números de {LOW} a {HIGH}, uno por persona, con un espacio entre ellos.",
                )  # fmt: skip

    def spread(self):
        """What `services.set_room` takes."""
        found = {}
        for line in lines():
            if line.is_closed:
                counts = [(value, self.cleaned_data[f"{name_of(line)}-{value}"] or 0) for value, _ in line.marks]
                found[line.key] = [value for value, count in counts for _ in range(count)]
            else:
                found[line.key] = self.cleaned_data[name_of(line)]
        return found


class OpenReadingForm(forms.Form):
    moment = forms.ChoiceField(label="¿cuándo se toma?", choices=Reading.Moment.choices, widget=forms.RadioSelect)

    helper = property(lambda self: form_body())
