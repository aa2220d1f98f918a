from django import forms
from django.core.exceptions import ValidationError

from alianzas.concurrency import SeenMixin
from alianzas.forms import AsksIfSame, DayField, LinesField, form_body
from alianzas.names import alike

from . import services
from .cells import names_in, visible_line
from .models import MAX_ROLES, Actor, MapSnapshot, MissingRole, Relation, Result, Sector
from .places import STEPS, stepped

RESOURCE_KINDS = ["Contactos", "Conocimiento", "Influencia", "Instalaciones", "Personal", "Dinero", "Información"]


class ActorForm(SeenMixin, AsksIfSame, forms.ModelForm):
    roles = LinesField(
        label="roles",
        rows=3,
        required=False,
        most=MAX_ROLES,
        too_many="Un actor lleva a lo más tres roles: deja los que de verdad juega.",
        help_text="El papel que de verdad juega, no el formal. Uno por renglón, tres a lo más.",
    )
    secondary_resources = LinesField(label="otros recursos", rows=2, required=False, help_text="Uno por renglón.")

    class Meta:
        model = Actor
        fields = [
            "name", "sector", "roles", "relation", "rules", "primary_resource", "secondary_resources", "result",
            "is_informal", "is_sensitive", "alias", "notes",
        ]  # fmt: skip
        widgets = {
            "rules": forms.Textarea(attrs={"rows": 2}),
            "notes": forms.Textarea(attrs={"rows": 2}),
            "primary_resource": forms.TextInput(attrs={"list": "recursos"}),
        }

    helper = property(lambda self: form_body())
    resource_kinds = RESOURCE_KINDS

    def __init__(self, *args, organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.organization = organization
        for name, undecided in [("sector", "Sin definir"), ("relation", "Sin definir"), ("result", "Sin definir")]:
            self.fields[name].choices = [("", undecided), *self.fields[name].choices[1:]]

    def clean_name(self):
        name = visible_line(self.cleaned_data["name"])
        if not name:
            raise ValidationError("El actor necesita un nombre que se pueda leer.")
        services.require_free_name(name, besides=self.instance.pk)
        return name

    def look_alike(self, name):
        """A sensitive actor is never compared, lest the question tell its name."""
        others = Actor.objects.exclude(pk=self.instance.pk).exclude(is_sensitive=True).values_list("name", flat=True)
        return alike(name, others) if "name" in self.changed_data else ""

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_sensitive") and cleaned.get("alias"):
            self.instance.alias = cleaned["alias"] = visible_line(cleaned["alias"])
            try:
                services.require_free_name(cleaned["alias"], besides=self.instance.pk)
            except ValidationError as error:
                self.add_error("alias", error)
        return cleaned


class NamesField(LinesField):
    """Names as people paste them: without bullets, numbers or what cannot be seen."""

    def clean(self, value):
        return super().clean("\n".join(names_in(value or "")))


class QuickActorsForm(forms.Form):
    names = NamesField(
        label="Agrega actores",
        rows=3,
        help_text="Uno por renglón. Empiecen por los diez más relevantes.",
        most=60,
        too_many="Agrega 60 actores a lo más de una vez.",
    )


FAR = 1e5  # user units of the picture, well beyond any map


class FilterForm(forms.Form):
    """Which sector the map shows; the others step back."""

    sector = forms.ChoiceField(required=False, choices=[("", "Todos los sectores"), *Sector.choices])

    def chosen(self) -> str:
        return self.cleaned_data["sector"] if self.is_valid() else ""


class MoveForm(forms.Form):
    """Where an actor goes: a point of the picture, one step, or relation and result by name."""

    x = forms.FloatField(required=False, min_value=-FAR, max_value=FAR, widget=forms.HiddenInput)
    y = forms.FloatField(required=False, min_value=-FAR, max_value=FAR, widget=forms.HiddenInput)
    paso = forms.ChoiceField(required=False, choices=[(step, step) for step in STEPS])
    relation = forms.ChoiceField(required=False, choices=[("", "Sin definir"), *Relation.choices])
    result = forms.ChoiceField(required=False, choices=[("", "Sin definir"), *Result.choices])
    was_relation = forms.ChoiceField(required=False, choices=[("", ""), *Relation.choices])
    was_result = forms.ChoiceField(required=False, choices=[("", ""), *Result.choices])

    def clean(self):
        cleaned = super().clean()
        asked = [cleaned.get("x") is not None, cleaned.get("y") is not None]
        named = "relation" in self.data and "result" in self.data
        if any(asked) != all(asked) or not (any(asked) or cleaned.get("paso") or named):
            raise ValidationError("No dice a dónde va.")
        return cleaned

    def place(self, actor, layout) -> tuple[str, str]:
        """Relation and result asked for; `layout` is called only where a point was named."""
        asked = self.cleaned_data
        if asked["x"] is not None and asked["y"] is not None:
            return layout().place_at(asked["x"], asked["y"])
        if asked["paso"]:
            return stepped(actor.relation, actor.result, asked["paso"])
        return asked["relation"], asked["result"]

    def was(self) -> tuple[str, str] | None:
        """What the person saw, when the page said it."""
        if "was_relation" not in self.data:
            return None
        return self.cleaned_data["was_relation"], self.cleaned_data["was_result"]


class MissingRoleForm(SeenMixin, forms.ModelForm):
    who = forms.CharField(
        label="a quién le tocaría",
        required=False,
        max_length=200,
        help_text="Un actor del mapa o alguien nuevo.",
        widget=forms.TextInput(attrs={"list": "actores"}),
    )

    class Meta:
        model = MissingRole
        fields = ["role", "relation", "result", "resource"]

    helper = property(lambda self: form_body())

    def __init__(self, *args, organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.organization = organization
        self.fields["who"].initial = self.instance.held_by

    def clean(self):
        cleaned = super().clean()
        for name, value in services.held_by(cleaned.get("who", "").strip(), "holder", "holder_name").items():
            setattr(self.instance, name, value)
        return cleaned


class FreezeForm(forms.ModelForm):
    people = LinesField(
        label="quiénes participaron", rows=3, required=False, help_text="Puestos o alias, uno por renglón."
    )

    class Meta:
        model = MapSnapshot
        fields = ["kind", "taken_on", "people", "note"]
        field_classes = {"taken_on": DayField}
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    helper = property(lambda self: form_body())

    def clean_people(self):
        return "\n".join(self.cleaned_data["people"])


class MergeForm(forms.Form):
    """Which of two actors stays."""

    kept = forms.ModelChoiceField(queryset=Actor.objects.none())
    gone = forms.ModelChoiceField(queryset=Actor.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("kept", "gone"):
            self.fields[name].queryset = Actor.objects.all()


class ReasonForm(forms.Form):
    change = forms.CharField(max_length=120)
    text = forms.CharField(required=False, max_length=600)


class CompareForm(forms.Form):
    """Two moments; `despues` is one of them or today."""

    antes = forms.ModelChoiceField(queryset=MapSnapshot.objects.none())
    despues = forms.ModelChoiceField(queryset=MapSnapshot.objects.none(), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("antes", "despues"):
            self.fields[name].queryset = MapSnapshot.objects.filter(is_withdrawn=False)

    def moments(self):
        """The earlier of the two, the later one (None is today), and whether they were named the other way round."""
        before, after = self.cleaned_data["antes"], self.cleaned_data["despues"]
        if after and (after.taken_on, after.pk) < (before.taken_on, before.pk):
            return after, before, True
        return before, after, False
