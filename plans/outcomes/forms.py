"""Forms of the terms in months, and of who does differently for each marker."""

from django import forms
from django.core.exceptions import ValidationError

from alianzas.concurrency import SEEN, SeenMixin
from alianzas.fields import MEDIUM, TooLong
from alianzas.forms import WholeNumberField, form_body
from alianzas.horizons import MOST, OUT_OF_ORDER, follow_each_other
from alianzas.models import Organization

from .wording import hints

FIELDS = ("short_months", "medium_months", "long_months")


class HorizonsForm(SeenMixin, forms.ModelForm):
    """Until which month short, medium and long term go."""

    class Meta:
        model = Organization
        fields = FIELDS
        field_classes = dict.fromkeys(FIELDS, WholeNumberField)

    helper = property(lambda self: form_body())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            self.fields[name] = WholeNumberField(
                label=self.fields[name].label,
                min_value=1,
                max_value=MOST,
                error_messages={
                    "min_value": "Un plazo se cuenta hacia adelante: escribe los meses con un número mayor que cero.",
                    "max_value": f"Son demasiados meses: el plazo más largo llega hasta {MOST}.",
                    "invalid": "Escribe los meses con un número entero, por ejemplo 6.",
                },
            )

    def clean(self):
        cleaned = super().clean()
        limits = tuple(cleaned[name] for name in FIELDS if name in cleaned)
        if len(limits) == len(FIELDS) and not follow_each_other(limits):
            raise ValidationError(OUT_OF_ORDER)
        return cleaned

    def _post_clean(self):
        """The fields say all there is to say: the constraint of the model would repeat it."""


class WhoForm(SeenMixin, forms.Form):
    """For each marker of a row that is kept already, who will do what differently. Optional."""

    def __init__(self, *args, markers, **kwargs):
        super().__init__(*args, **kwargs)
        self.markers = markers
        for marker in markers:
            self.fields[f"quien-{marker.pk}"] = forms.CharField(
                label="",
                required=False,
                initial=marker.who_changes,
                validators=[TooLong(MEDIUM)],
                widget=forms.Textarea(attrs={"rows": 2, "aria-label": f"Quién hará qué de otra manera: {marker.text}"}),
            )

    def add_prefix(self, field_name):
        return f"quien-{SEEN}" if field_name == SEEN else super().add_prefix(field_name)

    def rows(self):
        """(marker, its field, hints on its words) for the template."""
        return [(marker, self[f"quien-{marker.pk}"], hints(marker.text)) for marker in self.markers]

    def who(self):
        """{pk of the marker: text}."""
        return {marker.pk: self.cleaned_data[f"quien-{marker.pk}"].strip() for marker in self.markers}
