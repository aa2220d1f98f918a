from django import forms
from django.core.exceptions import ValidationError

from alianzas.forms import LinesField, form_body

from .models import MAX_ROLES, Actor

RESOURCE_KINDS = ["Contactos", "Conocimiento", "Influencia", "Instalaciones", "Personal", "Dinero", "Información"]


class ActorForm(forms.ModelForm):
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
        name = self.cleaned_data["name"].strip()
        if Actor.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Ya está en el mapa un actor con ese nombre.")
        return name


class QuickActorsForm(forms.Form):
    names = LinesField(
        label="Agrega actores",
        rows=3,
        help_text="Uno por renglón. Empiecen por los diez más relevantes.",
        most=60,
        too_many="Agrega 60 actores a lo más de una vez.",
    )
