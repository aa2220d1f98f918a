"""What arrives from phones and from the control."""

import re
import uuid
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from alianzas.fields import MEDIUM, SHORT
from alianzas.forms import DayField, WholeNumberField, form_body
from sessions_app.worksheets import text

from . import codes
from .questions import questions_of

_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def team_in(text) -> int:
    """A number of one or two digits; 0 for anything else."""
    return int(text) if re.fullmatch(r"\d{1,2}", text or "", re.ASCII) else 0


class LineField(forms.CharField):
    """Text on one line, without what cannot be printed."""

    def to_python(self, value):
        try:
            return text.line(super().to_python(value), self.max_length)
        except text.Invalid as error:
            raise ValidationError(str(error)) from None


class CodeForm(forms.Form):
    code = LineField(label="código del taller", max_length=40, error_messages={"required": "Escribe el código."})


class PersonForm(forms.Form):
    """Somebody without a phone, by whoever facilitates."""

    name = LineField(max_length=60, error_messages={"required": "Escribe su nombre o alias."})
    post = LineField(max_length=SHORT, required=False)


class JoinForm(PersonForm):
    name = LineField(
        label="tu nombre o un alias",
        max_length=60,
        error_messages={"required": "Escribe tu nombre o el alias con que quieres aparecer."},
    )
    accepts = forms.BooleanField(
        label="Leí el aviso y quiero participar",
        error_messages={"required": "Para entrar marca que leíste el aviso."},
    )
    key = forms.RegexField(rf"^{codes.KEY}\Z", widget=forms.HiddenInput)

    def facts(self):
        return {name: self.cleaned_data[name] for name in ("key", "name", "post")}


class WordsField(forms.CharField):
    """Text of several lines, without what cannot be kept."""

    widget = forms.Textarea

    def to_python(self, value):
        try:
            return text.words(super().to_python(value), MEDIUM, "Tu nota")
        except text.Invalid as error:
            raise ValidationError(str(error)) from None


class NoteForm(forms.Form):
    """A note from a phone, under the key that the phone gave it."""

    key = forms.UUIDField()
    text = WordsField(label="tu nota", error_messages={"required": "Escribe algo antes de enviar."})


class RewriteForm(NoteForm):
    text = WordsField(required=False)


class TypedNotesForm(forms.Form):
    """Notes that whoever facilitates types for people without a phone, or from paper: one per line."""

    MOST = 60

    key = forms.UUIDField(widget=forms.HiddenInput)
    author = LineField(max_length=SHORT, required=False)
    team = WholeNumberField(required=False, min_value=0, max_value=99)
    lines = forms.CharField(widget=forms.Textarea, error_messages={"required": "Escribe al menos una nota."})

    def clean_lines(self):
        try:
            found = [text.line_item(one, MEDIUM, "Una nota") for one in self.cleaned_data["lines"].splitlines()]
        except text.Invalid as error:
            raise ValidationError(str(error)) from None
        found = [one for one in found if one]
        if len(found) > self.MOST:
            raise ValidationError(f"Son {len(found)} notas y caben {self.MOST} de una vez. Captúralas en dos partes.")
        if not found:
            raise ValidationError("Escribe al menos una nota.")
        return found


class ArrangeForm(forms.Form):
    """What to do with the notes that somebody chose."""

    VERBS = ("agrupar", "juntar", "separar", "quitar", "regresar")

    que = forms.ChoiceField(choices=[(verb, verb) for verb in VERBS])
    tema = LineField(max_length=SHORT, required=False)

    def chosen(self) -> list[uuid.UUID]:
        """The notes that were ticked; what is not a key names none."""
        return [uuid.UUID(one) for one in self.data.getlist("nota") if _KEY.fullmatch(one)]


class PresentForm(forms.Form):
    """Who presents an Elevator Pitch."""

    name = LineField(max_length=60, error_messages={"required": "Escribe o elige quién presenta."})
    is_anonymous = forms.BooleanField(required=False)


class UntilForm(forms.Form):
    """Until when people may answer."""

    day = DayField(label="hasta qué día", error_messages={"required": "Di hasta qué día se responde."})
    hour = forms.TimeField(
        label="hasta qué hora", initial="20:00", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Di hasta qué hora.", "invalid": "Escribe la hora así: 20:00."},
    )  # fmt: skip

    helper = property(lambda self: form_body())

    def questions(self):
        return []

    def until(self) -> datetime:
        """The moment, on the clocks of the organisation."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"]))


class CollectForm(UntilForm):
    """Which questions of a session, and until when."""

    asked = forms.MultipleChoiceField(
        label="preguntas", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Elige al menos una pregunta."},
    )  # fmt: skip

    field_order = ["asked", "day", "hour"]

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = {one.value: one for _, found in questions_of(session) for one in found}
        self.fields["asked"].choices = [(value, one.text) for value, one in self.offered.items()]

    def questions(self):
        return [self.offered[value] for value in self.cleaned_data["asked"]]
