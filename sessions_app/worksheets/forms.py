"""Forms of worksheets that are not the fields themselves."""

from django import forms
from django.core.exceptions import ValidationError

from alianzas.fields import SHORT
from alianzas.forms import PictureField, form_body
from alianzas.images import clean_photo

from . import files
from .text import Invalid


class WallPhotoForm(forms.Form):
    picture = PictureField(
        label="foto", cleaner=clean_photo, help_text="Se guarda sin fecha, lugar ni otros metadatos."
    )
    caption = forms.CharField(label="qué se ve", required=False, max_length=SHORT, help_text="Sin nombrar a personas.")
    has_consent = forms.BooleanField(
        label="No aparece nadie, o quienes aparecen dieron su consentimiento", required=False
    )

    helper = property(lambda self: form_body())


class EvidenceForm(forms.ModelForm):
    """What proves something: a link and a document. The row has `link`, and `file` for an `AnswerFile`."""

    link = forms.URLField(label="enlace", required=False, max_length=500, assume_scheme="https")
    upload = forms.FileField(label="documento", required=False, widget=forms.FileInput(attrs={"accept": files.ACCEPT}))
    drop_file = forms.BooleanField(label="quitar el documento", required=False)

    helper = property(lambda self: form_body())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        upload = self.fields["upload"]
        if self.instance.file_id is None:
            upload.help_text = self.upload_help
            del self.fields["drop_file"]
        else:
            upload.help_text = f"Hay uno: «{self.instance.file.name}». Si subes otro, toma su lugar."

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        try:
            return files.checked(upload) if upload else None
        except Invalid as error:
            raise ValidationError(str(error)) from error
