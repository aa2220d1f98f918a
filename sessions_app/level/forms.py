"""Forms of the Recuperación de aprendizajes."""

from django import forms
from django.core.exceptions import ValidationError

from alianzas.concurrency import SeenMixin
from alianzas.fields import MEDIUM, TooLong
from alianzas.forms import WholeNumberField, form_body
from alianzas.models import Level
from sessions_app.models import LevelAssessment
from sessions_app.moments import DEFAULT_WEIGHTS, TITLES, WeightsError, checked_weights

from . import scoring
from .services import WHY_DIFFERENT


class QuestionnaireForm(forms.Form):
    """The six questions; every one needs an answer before a level is suggested."""

    helper = property(lambda self: form_body())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for question in scoring.questions():
            self.fields[question.key] = forms.ChoiceField(
                label=question.text,
                help_text=question.help,
                choices=[(option.key, option.label) for option in question.options],
                widget=forms.RadioSelect,
                error_messages={"required": "Elige una de las tres respuestas."},
            )

    @staticmethod
    def is_asked(data) -> bool:
        """Whether `data` answers any of the questions."""
        return any(question.key in data for question in scoring.questions())

    def answers(self) -> dict[str, str]:
        return {question.key: self.cleaned_data[question.key] for question in scoring.questions()}

    def suggestion(self) -> scoring.Suggestion | None:
        """What the answers suggest, once they are all there."""
        return scoring.suggest(self.answers()) if self.is_valid() else None


class DecisionForm(forms.Form):
    """The level decided by whoever facilitates, and why when it is not the one suggested."""

    decided = forms.ChoiceField(label="nivel que decides", choices=Level.choices, widget=forms.RadioSelect)
    reason = LevelAssessment._meta.get_field("reason").formfield(
        validators=[TooLong(MEDIUM)],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Obligatoria si decides un nivel distinto del sugerido. Queda en la historia.",
    )

    helper = property(lambda self: form_body())

    def __init__(self, *args, suggestion, **kwargs):
        super().__init__(*args, **kwargs)
        self.suggestion = suggestion
        self.fields["decided"].initial = suggestion.level

    def clean(self):
        cleaned = super().clean()
        differs = cleaned.get("decided") not in (None, self.suggestion.level)
        if differs and "reason" in cleaned and not cleaned["reason"].strip():
            self.add_error("reason", WHY_DIFFERENT)
        return cleaned


class WeightsForm(SeenMixin, forms.Form):
    """How much each momento weighs in the progress bar, in percent."""

    helper = property(lambda self: form_body())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for (key, title), weight in zip(TITLES.items(), DEFAULT_WEIGHTS, strict=True):
            self.fields[key] = WholeNumberField(
                label=title, min_value=0, max_value=100, percent=True,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                help_text=f"El método propone {weight}.",
            )  # fmt: skip

    @staticmethod
    def initial_of(weights) -> dict[str, int]:
        return dict(zip(TITLES, weights, strict=False))

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            try:
                checked_weights(self.weights())
            except WeightsError as error:
                raise ValidationError(str(error)) from error
        return cleaned

    def weights(self) -> list[int]:
        return [self.cleaned_data[key] for key in TITLES]
