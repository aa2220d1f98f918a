"""The form of a shared link."""

import uuid
from datetime import timedelta

from django import forms

from alianzas.forms import DayField, form_body
from alianzas.models import SharedLink
from plans.followup.forms import KeyField

from .products import PRODUCTS
from .services import MOST_DAYS

USUAL_DAYS = 90
ALWAYS, ISSUED = ("plan", "mapa"), SharedLink.PlanState.ISSUED


class ShareForm(forms.Form):
    key = KeyField()
    label = SharedLink._meta.get_field("label").formfield()
    shows = forms.MultipleChoiceField(
        label="qué muestra",
        choices=[(one.key, one.title) for one in PRODUCTS.values()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Elige al menos una cosa que mostrar."},
    )
    plan_state = forms.ChoiceField(
        label="del Plan, qué muestra",
        choices=SharedLink.PlanState.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="Lo emitido no cambia hasta que emitas otra versión; el borrador cambia con sus datos.",
    )
    last_day = DayField(label="hasta qué día", help_text="Después de ese día ya no abre. Dura un año a lo más.")

    helper = property(lambda self: form_body())

    def clean_plan_state(self):
        return self.cleaned_data["plan_state"] or ISSUED

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {
            "key": uuid.uuid4(),
            "shows": ALWAYS,
            "plan_state": ISSUED,
            "last_day": today + timedelta(days=USUAL_DAYS),
        }
        limits = {"min": today.isoformat(), "max": (today + timedelta(days=MOST_DAYS)).isoformat()}
        self.fields["last_day"].widget.attrs.update(limits)
