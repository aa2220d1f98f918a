"""Forms of the journey."""

from django import forms
from django.core.exceptions import ValidationError

from alianzas.forms import form_body
from alianzas.spreadsheets import MAX_BYTES

MAX_REVIEW = 4_000_000  # characters of a signed review


class SheetForm(forms.Form):
    file = forms.FileField(
        label="archivo de Excel",
        widget=forms.FileInput(
            attrs={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
        help_text="El que descargaste de esta página, con tus cambios. Hasta 5 MB.",
        error_messages={"empty": "El archivo está vacío."},
    )

    helper = property(lambda self: form_body())

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise ValidationError("El archivo pesa más de 5 MB. Copia solo la tabla a un libro nuevo y súbelo.")
        return upload


class ApplyForm(forms.Form):
    """The signed review comes back with the places of the rows that were chosen."""

    review = forms.CharField(max_length=MAX_REVIEW)

    def chosen(self, count):
        """The places chosen, of `count`; ValidationError when one does not exist."""
        places = self.data.getlist("aplicar")
        if not all(place.isascii() and place.isdigit() and len(place) < 6 and int(place) < count for place in places):
            raise ValidationError("Uno de los cambios elegidos no está en la revisión: sube el archivo otra vez.")
        return {int(place) for place in places}
