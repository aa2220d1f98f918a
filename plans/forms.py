"""Forms of Session 6 and of the Plan."""

from django import forms
from django.core.exceptions import ValidationError

from alianzas.concurrency import SeenMixin
from alianzas.fields import MEDIUM, SHORT
from alianzas.forms import DayField, LinesField, form_body
from alianzas.models import Horizon
from ruta_critica.models import Ally
from sessions_app.models import Attendance
from sysmap.models import Actor

from .models import OutcomeRow


class OutcomeRowForm(forms.Form):
    """A new ally for a strategy: from allies, then actors of the map, then somebody new (domain §2.9)."""

    who = forms.ChoiceField(label="potencial aliado", required=False)
    new_name = forms.CharField(
        label="o alguien que no está en el mapa", required=False, max_length=SHORT, help_text="Escribe su nombre."
    )
    objective = OutcomeRow._meta.get_field("objective").formfield(widget=forms.Textarea(attrs={"rows": 3}))

    helper = property(lambda self: form_body())

    def __init__(self, *args, strategy, **kwargs):
        super().__init__(*args, **kwargs)
        self.allies = {f"aliado-{ally.pk}": ally for ally in Ally.objects.select_related("actor")}
        taken = {ally.actor_id for ally in self.allies.values()}
        self.actors = {f"actor-{actor.pk}": actor for actor in Actor.objects.all() if actor.pk not in taken}
        here = set(OutcomeRow.objects.filter(strategy=strategy).values_list("ally_id", flat=True))
        self.fields["who"].choices = [
            ("", "Elige…"),
            ("Aliados", [(key, ally) for key, ally in self.allies.items() if ally.pk not in here]),
            ("Actores del mapa", list(self.actors.items())),
        ]

    def clean(self):
        cleaned = super().clean()
        if bool(cleaned.get("who")) == bool(cleaned.get("new_name", "").strip()):
            raise ValidationError("Elige un potencial aliado de la lista o escribe uno nuevo: uno de los dos.")
        return cleaned

    def facts(self):
        """What `services.add_outcome_row` takes."""
        who = self.cleaned_data["who"]
        return {
            "objective": self.cleaned_data["objective"],
            "ally": self.allies.get(who),
            "actor": self.actors.get(who),
            "new_name": self.cleaned_data["new_name"],
        }


class OutcomeDetailForm(SeenMixin, forms.Form):
    """Objective and the markers of the three horizons."""

    objective = OutcomeRow._meta.get_field("objective").formfield(widget=forms.Textarea(attrs={"rows": 3}))
    short = LinesField(
        label="A corto plazo, ¿cómo sabremos que avanzamos?",
        limit=MEDIUM,
        rows=3,
        required=False,
        help_text="Un indicador por renglón. Por ejemplo: hubo un primer contacto; firmamos carta de intención.",
    )
    medium = LinesField(
        label="A mediano plazo, ¿cómo sabremos que avanzamos?",
        limit=MEDIUM,
        rows=3,
        required=False,
        help_text="Un indicador por renglón. Por ejemplo: un resultado que buscamos del trabajo conjunto.",
    )
    long = LinesField(
        label="A largo plazo, si todo saliera de maravilla, ¿qué habríamos logrado?",
        limit=MEDIUM,
        rows=3,
        required=False,
        help_text="El mejor escenario de colaboración. Uno por renglón.",
    )

    helper = property(lambda self: form_body())

    def __init__(self, *args, labels, **kwargs):
        super().__init__(*args, **kwargs)
        for horizon in Horizon:
            months = labels[horizon].removeprefix(horizon.label)
            self.fields[horizon.value].label = self.fields[horizon.value].label.replace(" plazo,", f" plazo{months},")

    def markers(self):
        return {horizon: self.cleaned_data[horizon.value] for horizon in Horizon}


class ActivityForm(SeenMixin, forms.Form):
    id = forms.IntegerField(required=False, widget=forms.HiddenInput())
    horizon = forms.ChoiceField(label="plazo", choices=Horizon.choices)
    title = forms.CharField(
        label="actividad", required=False, max_length=MEDIUM, widget=forms.Textarea(attrs={"rows": 2})
    )
    responsible = forms.CharField(label="responsable", required=False, max_length=SHORT)
    due_date = DayField(label="fecha", required=False)
    delete = forms.BooleanField(label="borrar", required=False)

    def __init__(self, *args, labels, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["horizon"].choices = list(labels.items())

    @property
    def has_kept(self):
        """One that somebody has deleted is still compared with what was read."""
        return bool(self.initial.get("id") or (self.is_bound and self.data.get(self.add_prefix("id"))))

    def clean(self):
        cleaned = super().clean()
        says_something = cleaned.get("responsible") or cleaned.get("due_date") or cleaned.get("id")
        if says_something and not cleaned.get("title") and not cleaned.get("delete"):
            self.add_error("title", "Escribe qué se hará, o marca «borrar».")
        return cleaned

    @property
    def is_empty(self):
        return not (self.cleaned_data["id"] or self.cleaned_data["title"])


MOST_ACTIVITIES = 80  # in one form, whatever it says
ActivityFormSet = forms.formset_factory(
    ActivityForm, extra=2, max_num=60, absolute_max=MOST_ACTIVITIES, validate_max=True
)


class ParticipantForm(forms.ModelForm):
    class Meta:
        model = Attendance
        fields = ["post", "name"]
        help_texts = {"name": "Déjalo vacío si es más seguro no nombrar."}

    helper = property(lambda self: form_body())
