from django import forms

from alianzas.fields import MEDIUM, TooLong
from alianzas.forms import form_body


class IssueForm(forms.Form):
    """A note for whoever reads the list of versions and, where the Plan lacks something, that it goes out so."""

    note = forms.CharField(
        label="nota",
        required=False,
        validators=[TooLong(MEDIUM)],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Por ejemplo: para la convocatoria de la fundación; actualización anual.",
    )
    with_gaps = forms.BooleanField(
        label="Emitirla aunque le falte algo",
        required=False,
        help_text="En la lista de versiones quedará escrito qué le faltaba.",
    )

    helper = property(lambda self: form_body())

    def __init__(self, *args, gaps, **kwargs):
        super().__init__(*args, **kwargs)
        if not gaps:
            del self.fields["with_gaps"]
