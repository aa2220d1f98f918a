"""Forms of organisations. Each takes what it needs to know whose data it may offer."""

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.text import capfirst

from . import zones
from .bullets import without_bullet
from .concurrency import SeenMixin
from .dates import NotADate, read_date
from .exports import base
from .exports.colours import carries_text, nearest_that_carries_text
from .exports.text import is_seen, one_line
from .fields import MEDIUM, SHORT, TooLong, hex_colour
from .images import clean_logo, clean_photo
from .models import ActionLine, Level, Organization, OrgRole, Photo, Program
from .names import alike, key_of, same_name
from .numbers import NotANumber, TwoReadings, read_number
from .pasting import without_title


def form_body():
    """A crispy helper for forms whose template writes the <form> tag and its buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


def day_input(**attrs):
    """The control of a day; what browsers take and give is always year-month-day."""
    return forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day, as browsers send it or as people write it."""

    def __init__(self, **kwargs):
        super().__init__(**{"widget": day_input(), **kwargs})

    def to_python(self, value):
        if not isinstance(value, str):
            return super().to_python(value)
        try:
            return read_date(value)
        except NotADate as problem:
            raise ValidationError(capfirst(str(problem)), code="invalid") from None


class WholeNumberField(forms.IntegerField):
    """A whole number, as browsers send it or as people write it; `percent` for one that may end in «%»."""

    default_error_messages = {"invalid": "Escribe un número entero, por ejemplo 45."}

    def __init__(self, *, percent=False, **kwargs):
        self.percent = percent
        super().__init__(**kwargs)

    def to_python(self, value):
        if not isinstance(value, str):
            return super().to_python(value)
        try:
            number = read_number(value, percent=self.percent)
        except TwoReadings as problem:
            raise ValidationError(str(problem), code="invalid") from None
        except NotANumber:
            number = NotImplemented
        if number is None:
            return None
        if number is NotImplemented or number != int(number):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(number)


class NumberField(forms.DecimalField):
    """A number with decimals, as browsers send it or as people write it."""

    def to_python(self, value):
        if not isinstance(value, str):
            return super().to_python(value)
        try:
            return read_number(value)
        except NotANumber as problem:
            raise ValidationError(str(problem), code="invalid") from None


class LinesField(forms.CharField):
    """One thing per line in, a list of texts out, without bullets, empty lines and repetitions.

    `limit` holds for each line; a first line that is one of `titles` is the header of what was pasted.
    """

    def __init__(self, *, limit=SHORT, rows=4, most=None, too_many="", titles=(), **kwargs):
        self.limit, self.most, self.too_many, self.titles = limit, most, too_many, titles
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value):
        lines = _distinct(map(without_bullet, super().clean(value).splitlines()))
        lines = without_title(lines, self.titles)
        if self.required and not lines:
            raise ValidationError(self.error_messages["required"])
        if self.most and len(lines) > self.most:
            raise ValidationError(self.too_many)
        for line in lines:
            TooLong(self.limit)(line)
        return lines


def _distinct(lines):
    """The lines that say something, each name once as it was first written."""
    first = {}
    for line in lines:
        first.setdefault(same_name(line), line)
    return [line for same, line in first.items() if same]


class PictureField(forms.FileField):
    """An upload that comes out of validation rewritten and without metadata; see `images`."""

    def __init__(self, *, cleaner, **kwargs):
        self.cleaner = cleaner
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/heic"}))
        super().__init__(**kwargs)

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        return self.cleaner(upload) if upload else None


class OrganizationForm(SeenMixin, forms.ModelForm):
    new_logo = PictureField(
        label="logotipo",
        required=False,
        cleaner=clean_logo,
        help_text="PNG, JPG o WebP, de preferencia con fondo blanco.",
    )

    class Meta:
        model = Organization
        fields = [
            "name", "field", "place", "time_zone", "mission", "vision", "desired_result", "new_logo",
            "primary_color", "accent_color", "typeface", "cover_style", "letterhead",
        ]  # fmt: skip
        widgets = {
            "mission": forms.Textarea(attrs={"rows": 4}),
            "vision": forms.Textarea(attrs={"rows": 4}),
            "desired_result": forms.Textarea(attrs={"rows": 2}),
            "primary_color": forms.TextInput(attrs={"type": "color"}),
            "accent_color": forms.TextInput(attrs={"type": "color"}),
            "typeface": forms.RadioSelect(),
            "cover_style": forms.RadioSelect(),
        }

    helper = property(lambda self: form_body())

    def __init__(self, data=None, *args, **kwargs):
        for button, name in (("usar_color", "primary_color"), ("usar_zona", "time_zone")):
            if data and data.get(button):
                data = data.copy()
                data[name] = data[button]
        super().__init__(data, *args, **kwargs)
        for name in ("typeface", "cover_style"):  # what existed before them need not be sent
            self.fields[name].required = False
        self.suggested_colour = ""
        self.fields["time_zone"].choices = [("", self._usual_zone()), *zones.CHOICES]
        self._propose()

    def _propose(self):
        """Say beside the zone which one the place speaks of."""
        if self.proposal:
            zone = self.fields["time_zone"]
            zone.help_text = format_html("<strong>{}.</strong> {}", self.proposal, zone.help_text)

    def _usual_zone(self):
        usual = self.instance.program.usual_zone if self.instance.program_id else ""
        return f"La del programa: {zones.LABELS.get(usual, usual)}" if usual else "La del programa"

    @property
    def proposal(self) -> zones.Proposal | None:
        """The zone that the words of «lugar» speak of, where it is not the one that is kept."""
        found = zones.zone_for(self["place"].value() or "")
        return found if found and found.zone != (self.instance.time_zone or self.instance.program.usual_zone) else None

    def clean_time_zone(self):
        return self.cleaned_data["time_zone"] if "time_zone" in self.data else self.instance.time_zone

    def clean_typeface(self):
        return self.cleaned_data["typeface"] or self.instance.typeface

    def clean_cover_style(self):
        return self.cleaned_data["cover_style"] or self.instance.cover_style

    def clean_primary_color(self):
        """The cover and the tables are written on it: what cannot be read is refused, with the nearest that can."""
        colour = self.cleaned_data["primary_color"].lower()
        hex_colour(colour)
        if not carries_text(colour):
            self.suggested_colour = nearest_that_carries_text(colour)
            raise ValidationError(
                f"Sobre {colour} no se lee bien ni el texto blanco ni el oscuro. "
                f"El color más cercano en que sí se lee es {self.suggested_colour}."
            )
        return colour

    def facts(self):
        """The cleaned fields under the names that the services take."""
        facts = dict(self.cleaned_data)
        facts["logo"] = facts.pop("new_logo")
        return facts


FROM_THE_PLACE = "lugar"


class RegistrationForm(OrganizationForm):
    """The ficha of a new organisation; its time zone is the one that «lugar» speaks of, unless somebody chose."""

    lines = LinesField(
        label="líneas de acción",
        titles=("Líneas de acción", "Línea de acción", "Líneas", "Nombre"),
        help_text="Una por renglón, como están en su plan estratégico. Podrás cambiarlas después.",
    )
    level = forms.ChoiceField(
        label="nivel",
        required=False,
        choices=[("", "Por decidir"), *Level.choices],
        help_text="Puedes decidirlo después.",
    )
    program = forms.ModelChoiceField(label="programa", queryset=Program.objects.none(), empty_label=None)

    field_order = ["program", "name", "field", "place", "time_zone", "lines", "level"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        zone = self.fields["time_zone"]
        zone.choices = [(FROM_THE_PLACE, "La que corresponda al lugar"), *zone.choices]
        zone.initial = FROM_THE_PLACE
        self.fields["program"].queryset = Program.objects.filter(memberships__user=user)
        if self.fields["program"].queryset.count() == 1:
            self.fields["program"].initial = self.fields["program"].queryset[0]
            self.fields["program"].widget = forms.HiddenInput()

    @property
    def proposal(self):
        """The zone that is taken from «lugar», if it is."""
        chosen = self.data.get("time_zone", FROM_THE_PLACE)
        return zones.zone_for(self["place"].value() or "") if chosen == FROM_THE_PLACE else None

    def clean_time_zone(self):
        chosen = self.cleaned_data["time_zone"]
        if chosen and chosen != FROM_THE_PLACE:
            return chosen
        return self.proposal.zone if self.proposal else ""


class AsksIfSame(forms.Form):
    """Asks «¿Es el mismo que …?» before a second row is made of a name that only looks like one that is there.

    A form says `look_alike(name)`; its view does what `is_same` says.
    """

    is_same = forms.ChoiceField(
        choices=[("si", "Sí, es el mismo"), ("no", "No, es otro")], required=False, widget=forms.RadioSelect
    )
    asked = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.alike = ""
        if not self.is_bound:
            del self.fields["is_same"], self.fields["asked"]

    def look_alike(self, name: str) -> str:
        """What is there already, is not the same name and looks like it; "" for none."""
        raise NotImplementedError

    def clean(self):
        cleaned = super().clean()
        name = self.cleaned_data.get("name", "")
        self.alike = self.look_alike(name) if name else ""
        answer, asked = self.cleaned_data.pop("is_same", ""), self.cleaned_data.pop("asked", "")
        if not self.alike:
            del self.fields["is_same"], self.fields["asked"]
            return cleaned
        question = f"¿Es el mismo que «{self.alike}»?"
        self.fields["is_same"].label = question
        self.answer = answer if asked == key_of(name) + key_of(self.alike) else ""
        if not self.answer:
            self.data = self.data.copy()
            self.data["asked"] = key_of(name) + key_of(self.alike)
            self.data.pop("is_same", None)
            self.add_error("is_same", f"{question} Elige y guarda otra vez: lo que escribiste sigue aquí.")
        return cleaned

    @property
    def is_the_same(self) -> bool:
        """Whether people answered that it is the one that was there."""
        return bool(self.alike) and self.answer == "si"


class MemberForm(forms.Form):
    email = forms.EmailField(label="correo electrónico")
    role = forms.ChoiceField(label="función", choices=OrgRole.choices, initial=OrgRole.EDITOR)

    helper = property(lambda self: form_body())


class ActionLineForm(SeenMixin, AsksIfSame, forms.ModelForm):
    class Meta:
        model = ActionLine
        fields = ["name", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}

    helper = property(lambda self: form_body())

    def __init__(self, *args, organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.organization = organization

    def clean_name(self):
        name = one_line(self.cleaned_data["name"])
        if not is_seen(name):
            raise ValidationError("Ese nombre no se puede leer: escríbelo con letras o números.")
        if ActionLine.objects.filter(name_key=key_of(name)).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Ya hay una línea de acción con ese nombre.")
        return name

    def look_alike(self, name):
        others = ActionLine.objects.exclude(pk=self.instance.pk).values_list("name", flat=True)
        return alike(name, others) if "name" in self.changed_data else ""


class PhotoForm(SeenMixin, forms.ModelForm):
    picture = PictureField(
        label="foto", cleaner=clean_photo, help_text="Se guarda sin fecha, lugar ni otros metadatos."
    )

    class Meta:
        model = Photo
        fields = ["picture", "caption", "in_plan", "has_consent"]

    helper = property(lambda self: form_body())

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("in_plan") and not cleaned.get("has_consent"):
            self.add_error(
                "has_consent", "Para incluirla en el Plan confirma que hay consentimiento, o que no aparece nadie."
            )
        return cleaned


class PhotoFactsForm(PhotoForm):
    """What is said of a photo already kept. The caption is also what a screen reader says."""

    picture = None

    class Meta(PhotoForm.Meta):
        fields = ["caption", "in_plan", "has_consent"]
        help_texts = {
            "caption": "Qué se ve, sin nombrar a personas. Es también lo que oye quien usa un lector de pantalla."
        }


FORMAT_LABELS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "svg": "SVG", "png": "PNG"}


class FullVersionForm(forms.Form):
    """Which document is taken out with real names, and why."""

    document = forms.ChoiceField(label="documento")
    reason = forms.CharField(
        label="para qué se necesita con nombres reales",
        min_length=10,
        max_length=MEDIUM,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Queda registrado con tu nombre y la fecha.",
        error_messages={"min_length": "Di para qué en una frase: quién la va a ver y con qué fin."},
    )

    helper = property(lambda self: form_body())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document"].choices = [
            (f"{one.key}.{fmt}", f"{one.title} en {FORMAT_LABELS[fmt]}")
            for one in base.load_catalogue().values()
            if one.build_full
            for fmt in one.formats
        ]

    def chosen(self) -> tuple[str, str]:
        """The key and the format that were asked for."""
        key, _, fmt = self.cleaned_data["document"].partition(".")
        return key, fmt
