"""Forms of the library."""

from django import forms

from alianzas.concurrency import SeenMixin
from alianzas.forms import form_body
from sessions_app.models import SuccessCase


class CaseForm(SeenMixin, forms.ModelForm):
    """A case that the organisation tells in its own words."""

    class Meta:
        model = SuccessCase
        fields = ["title", "country", "story", "lesson"]
        widgets = {"story": forms.Textarea(attrs={"rows": 7}), "lesson": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "title": "Quiénes se aliaron.",
            "story": "Cómo empezó, qué puso cada parte y a qué llegaron. Sin nombres de personas.",
            "lesson": "Lo que otra organización puede llevarse de esta historia.",
        }

    helper = property(lambda self: form_body())

    def __init__(self, *args, organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.organization = organization


class SearchForm(forms.Form):
    q = forms.CharField(
        label="busca en el glosario",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
