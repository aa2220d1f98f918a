"""What people without an account type to come in."""

from django import forms
from django.core.exceptions import ValidationError

from alianzas.fields import SHORT
from sessions_app.worksheets import text

from . import codes


class LineField(forms.CharField):
    """Text on one line, without what cannot be printed."""

    def to_python(self, value):
        try:
            return text.line(super().to_python(value), self.max_length)
        except text.Invalid as error:
            raise ValidationError(str(error)) from None


class CodeForm(forms.Form):
    code = LineField(label="código del taller", max_length=40, error_messages={"required": "Escribe el código."})


class JoinForm(forms.Form):
    name = LineField(
        label="tu nombre o un alias",
        max_length=60,
        error_messages={"required": "Escribe tu nombre o el alias con que quieres aparecer."},
    )
    post = LineField(label="tu puesto u ocupación", max_length=SHORT, required=False)
    accepts = forms.BooleanField(
        label="Leí el aviso y quiero participar",
        error_messages={"required": "Para entrar marca que leíste el aviso."},
    )
    key = forms.RegexField(rf"^{codes.KEY}\Z", widget=forms.HiddenInput)

    def facts(self):
        return {name: self.cleaned_data[name] for name in ("key", "name", "post")}
