"""Forms of the session record."""

from django import forms
from django.core.exceptions import ValidationError

from alianzas.concurrency import SeenMixin, TicksMixin
from alianzas.fields import SHORT, TooLong
from alianzas.forms import DayField, PhotoFactsForm, PhotoForm, form_body
from alianzas.models import Commitment, Photo
from sessions_app.models import Attendance
from sessions_app.omissions import omitted

from .pasting import CHOICES, PasteError, people_in, read
from .queries import sessions_with_people, shown_activities

LONGEST_PASTE = 30_000


class PersonForm(SeenMixin, forms.ModelForm):
    """Somebody expected or present."""

    class Meta:
        model = Attendance
        fields = ["post", "name", "affiliation", "is_present"]
        help_texts = {"name": "Déjalo vacío o usa un alias si es más seguro no nombrar."}
        labels = {"is_present": "Asistió"}

    helper = property(lambda self: form_body())

    def clean(self):
        cleaned = super().clean()
        said = Attendance(post=cleaned.get("post", ""), name=cleaned.get("name", ""))
        same = Attendance._meta.get_field("person_key").of_row(said)
        twins = Attendance.objects.filter(session_key=self.instance.session_key, person_key=same)
        if twins.exclude(pk=self.instance.pk).exists():
            self.add_error("name", "Ya hay alguien con ese puesto y ese nombre: agrega un alias para distinguirlos.")
        return cleaned


class PasteForm(forms.Form):
    """Several people at once, one per line."""

    lines = forms.CharField(
        label="una persona por renglón",
        help_text="Puesto, nombre, organización. Solo el puesto es obligatorio. Si pegas una tabla con sus títulos "
        "(Nombre, Cargo, Institución…), las columnas van en cualquier orden.",
        validators=[TooLong(LONGEST_PASTE)],
        widget=forms.Textarea(attrs={"rows": 5, "placeholder": "Coordinación de vinculación, Luciérnaga, Red del Sur"}),
    )
    are_present = forms.BooleanField(label="Ya asistieron", required=False, initial=True)

    helper = property(lambda self: form_body())

    def clean_lines(self):
        """The people, once it is certain what goes where; else the columns are shown to be chosen."""
        text, chosen = self.cleaned_data["lines"], self._chosen()
        try:
            if not chosen and not read(text).is_plain:
                raise PasteError("La lista no trae títulos. Revisa qué es cada columna y agrégala otra vez.")
            return people_in(text, chosen)
        except PasteError as error:
            raise ValidationError(str(error)) from error

    def _chosen(self):
        """What people said each column is; () while they have said nothing."""
        said = [self.data.get(f"columna-{place}") for place in range(len(CHOICES))]
        return tuple(one for one in said if one in CHOICES)

    def preview(self):
        """(what may be chosen for each column, the first lines) of a list whose columns people have to look at."""
        try:
            found = read(self.data.get("lines", ""))
        except PasteError:
            return None
        if found.has_header or (found.is_plain and not self._chosen()):
            return None
        columns = self._chosen()[: len(found.columns)] or found.columns
        selects = [[(key, label, key == column) for key, label in CHOICES.items()] for column in columns]
        return selects, [parts for _, parts in found.lines[:5]]


class CopyForm(forms.Form):
    """The list of another session to start from."""

    source = forms.ChoiceField(label="traer la lista de")

    helper = property(lambda self: form_body())

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = sessions_with_people(but=session.key)


class PresenceForm(TicksMixin, forms.Form):
    """The ticks of the attendance list: who came."""

    ticks = "present"
    present = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = [(person.pk, person.pk) for person in people]

    def facts(self):
        """What `services.note_attendance` takes."""
        came, missed = self.changes()
        return {"came": came, "missed": missed}


class SessionPhotoForm(PhotoForm):
    """A photo of one of the session's activities."""

    class Meta(PhotoForm.Meta):
        model = Photo
        fields = ["picture", "activity_key", "caption", "has_consent", "in_plan"]

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["activity_key"] = forms.ChoiceField(
            label="actividad que muestra",
            choices=[(one.key, f"{one.key} {one.title}") for one in self._activities(session)],
        )
        self.order_fields(self.Meta.fields)
        self.fields["has_consent"].label = "Las personas que aparecen dieron su consentimiento, o no aparece nadie"
        self.fields["in_plan"].label = "Incluir en el Plan"
        if not self.is_bound and not self.instance.pk:
            self.initial["in_plan"] = False

    def _activities(self, session):
        """Those that were worked, and the one that a photo already shows."""
        left_out = set(omitted(session)) - {self.instance.activity_key}
        return [one for one in shown_activities(session) if one.key not in left_out]


class SessionPhotoFactsForm(SessionPhotoForm):
    """What is said of a photo already kept, and the activity that it shows."""

    picture = None

    class Meta(PhotoFactsForm.Meta):
        fields = SessionPhotoForm.Meta.fields[1:]


class ProductForm(forms.Form):
    """Whether a product of the session, by its place in the list, is done."""

    product = forms.TypedChoiceField(coerce=int)
    done = forms.TypedChoiceField(choices=[("1", "sí"), ("0", "no")], coerce=lambda value: value == "1")

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["product"].choices = list(enumerate(session.products))


class NextStepForm(SeenMixin, forms.ModelForm):
    """What follows, who does it and by when."""

    due_date = DayField(label="fecha", required=False)

    class Meta:
        model = Commitment
        fields = ["title", "responsible", "due_date", "horizon"]
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"responsible": "Un puesto o un alias; no hace falta un nombre."}

    helper = property(lambda self: form_body())

    def __init__(self, *args, record, horizons, **kwargs):
        super().__init__(*args, **kwargs)
        self.record = record
        self.fields["responsible"].widget.attrs["list"] = "puestos"
        self.fields["responsible"].max_length = SHORT
        if record.session.key == "6":
            self.fields["horizon"].choices = [("", "Sin plazo"), *horizons.items()]
        else:
            del self.fields["horizon"]

    def clean_due_date(self):
        due, first = self.cleaned_data["due_date"], self.record.first_date
        if due and first and due < first:
            raise ValidationError(f"Esa fecha es anterior a la sesión, que es el {first:%d/%m/%Y}.")
        return due
