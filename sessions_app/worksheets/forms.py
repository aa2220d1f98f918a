"""Forms of worksheets that are not the fields themselves."""

from django import forms

from alianzas.fields import SHORT
from alianzas.forms import PictureField, form_body
from alianzas.images import clean_photo


class WallPhotoForm(forms.Form):
    picture = PictureField(
        label="foto", cleaner=clean_photo, help_text="Se guarda sin fecha, lugar ni otros metadatos."
    )
    caption = forms.CharField(label="qué se ve", required=False, max_length=SHORT, help_text="Sin nombrar a personas.")
    has_consent = forms.BooleanField(
        label="No aparece nadie, o quienes aparecen dieron su consentimiento", required=False
    )

    helper = property(lambda self: form_body())
