"""Forms of the reports of alliances."""

from django import forms

from alianzas.concurrency import SeenMixin
from alianzas.fields import LONG, TooLong
from alianzas.forms import DayField, form_body
from plans.models import AllianceReport

from .documents import introduction_draft
from .words import names


class PeriodForm(forms.ModelForm):
    """Which stretch of time a new report tells."""

    starts_on = DayField(label="desde")
    ends_on = DayField(label="hasta")

    class Meta:
        model = AllianceReport
        fields = ["kind", "starts_on", "ends_on"]

    helper = property(lambda self: form_body())


class ReportForm(SeenMixin, PeriodForm):
    """What people write in a report: a text under each minimum content that the organisation agreed on."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    sdgs = forms.TypedMultipleChoiceField(
        label="objetivos de desarrollo sostenible",
        required=False,
        coerce=int,
        choices=[(number, f"{number}. {name}") for number, name in names().items()],
        widget=forms.CheckboxSelectMultiple,
        help_text="Opcional. Los que de verdad mueven sus alianzas, dos o tres.",
    )

    class Meta(PeriodForm.Meta):
        fields = ["kind", "starts_on", "ends_on", "introduction", "lessons", "upcoming", "tells_journal"]
        widgets = {
            "introduction": forms.Textarea(attrs={"rows": 4}),
            "lessons": forms.Textarea(attrs={"rows": 4}),
            "upcoming": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "lessons": "Lo que la bitácora dice del periodo se agrega solo, debajo.",
            "upcoming": "Los compromisos por venir se agregan solos, debajo.",
        }

    def __init__(self, *args, contents, **kwargs):
        super().__init__(*args, **kwargs)
        row = self.instance
        self.initial["version"] = row.version
        self.initial["sdgs"] = row.sdgs
        self.fields["introduction"].help_text = f"Si la dejas vacía, dice: «{introduction_draft(row)}»"
        self.contents = contents
        for one in contents:
            self.fields[f"contenido-{one.key}"] = forms.CharField(
                label=one.title,
                required=False,
                initial=one.text,
                validators=[TooLong(LONG)],
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        last = ["lessons", "upcoming", "tells_journal", "sdgs"]
        self.order_fields([name for name in self.fields if name not in last] + last)

    def _post_clean(self):
        """The row is written by the service: what was read stays as it was."""

    def facts(self):
        """What `services.write` takes, but for the row and who writes."""
        cleaned = self.cleaned_data
        written = {name: cleaned[name] for name in (*self.Meta.fields, "sdgs")}
        kept = dict(self.instance.contents)  # texts of contents that the organisation no longer asks for stay
        return written | {"contents": kept | {one.key: cleaned[f"contenido-{one.key}"] for one in self.contents}}
