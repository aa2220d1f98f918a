"""Forms of organisations. Each takes what it needs to know whose data it may offer."""

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from .concurrency import SeenMixin
from .exports import base
from .exports.colours import carries_text, nearest_that_carries_text
from .fields import MEDIUM, SHORT, TooLong, hex_colour
from .images import clean_logo, clean_photo
from .models import ActionLine, Level, Organization, OrgRole, Photo, Program


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
        super().__init__(widget=day_input(), input_formats=["%Y-%m-%d", "%d/%m/%Y"], **kwargs)


class LinesField(forms.CharField):
    """One thing per line in, a list of texts out, without empty lines and repetitions. `limit` holds for each line."""

    def __init__(self, *, limit=SHORT, rows=4, most=None, too_many="", **kwargs):
        self.limit, self.most, self.too_many = limit, most, too_many
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value):
        lines = list(dict.fromkeys(line.strip() for line in super().clean(value).splitlines() if line.strip()))
        if self.required and not lines:
            raise ValidationError(self.error_messages["required"])
        if self.most and len(lines) > self.most:
            raise ValidationError(self.too_many)
        for line in lines:
            TooLong(self.limit)(line)
        return lines


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
            "name", "field", "place", "mission", "vision", "desired_result", "new_logo",
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
        if data and data.get("usar_color"):
            data = data.copy()
            data["primary_color"] = data["usar_color"]
        super().__init__(data, *args, **kwargs)
        for name in ("typeface", "cover_style"):  # what existed before them need not be sent
            self.fields[name].required = False
        self.suggested_colour = ""

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


class RegistrationForm(OrganizationForm):
    lines = LinesField(
        label="líneas de acción",
        help_text="Una por renglón, como están en su plan estratégico. Podrás cambiarlas después.",
    )
    level = forms.ChoiceField(
        label="nivel",
        required=False,
        choices=[("", "Por decidir"), *Level.choices],
        help_text="Puedes decidirlo después.",
    )
    program = forms.ModelChoiceField(label="programa", queryset=Program.objects.none(), empty_label=None)

    field_order = ["program", "name", "field", "place", "lines", "level"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["program"].queryset = Program.objects.filter(memberships__user=user)
        if self.fields["program"].queryset.count() == 1:
            self.fields["program"].initial = self.fields["program"].queryset[0]
            self.fields["program"].widget = forms.HiddenInput()


class MemberForm(forms.Form):
    email = forms.EmailField(label="correo electrónico")
    role = forms.ChoiceField(label="función", choices=OrgRole.choices, initial=OrgRole.EDITOR)

    helper = property(lambda self: form_body())


class ActionLineForm(SeenMixin, forms.ModelForm):
    class Meta:
        model = ActionLine
        fields = ["name", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}

    helper = property(lambda self: form_body())

    def __init__(self, *args, organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.organization = organization

    def clean_name(self):
        name = self.cleaned_data["name"].strip()
        if ActionLine.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Ya hay una línea de acción con ese nombre.")
        return name


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
