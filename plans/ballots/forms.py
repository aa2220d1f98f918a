"""Forms of the votes."""

from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from alianzas.concurrency import SeenMixin
from alianzas.fields import MEDIUM
from alianzas.forms import WholeNumberField, form_body

from . import tally
from .models import Candidate, Round, TieBreak
from .services import MOST_VOTES


class OpenRoundForm(forms.Form):
    votes_each = WholeNumberField(
        label="votos por persona", min_value=1, max_value=MOST_VOTES, initial=3,
        help_text="El método da tres a cada persona. Con pocas candidatas, dar menos ayuda a distinguirlas.",
    )  # fmt: skip

    helper = property(lambda self: form_body())


class VoteForm(forms.Form):
    """The candidates that somebody chooses, by their position in the frozen list."""

    choices = forms.TypedMultipleChoiceField(
        coerce=int,
        required=False,
        error_messages={"invalid_choice": tally.wrong_with([-1], 0, 1)},
    )

    def __init__(self, *args, candidates: list[Candidate], **kwargs):
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        self.fields["choices"].choices = [(one.position, one.text) for one in candidates]

    def options(self):
        """Each candidate, and whether it was chosen already."""
        chosen = set(self.data.getlist("choices")) if self.is_bound else set()
        return [(one, str(one.position) in chosen) for one in self.candidates]

    def problems(self):
        """Everything that is wrong, as one list."""
        return [text for texts in self.errors.values() for text in texts]


class PaperForm(VoteForm):
    """One paper ballot, read out; its token keeps it from counting twice."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class PapersForm(SeenMixin, forms.Form):
    """All paper ballots at once: how many, and the votes of each candidate."""

    people = WholeNumberField(label="papeletas", min_value=0, max_value=999)

    def __init__(self, *args, candidates: list[Candidate], **kwargs):
        super().__init__(*args, **kwargs)
        self.names = [f"votes_{one.position}" for one in candidates]
        for name, one in zip(self.names, candidates, strict=True):
            self.fields[name] = WholeNumberField(label=one.text, min_value=0, max_value=999, required=False)

    helper = property(lambda self: form_body())

    def facts(self):
        """What `services.set_papers` takes."""
        return {
            "people": self.cleaned_data["people"],
            "counts": [self.cleaned_data[name] or 0 for name in self.names],
        }


class CloseForm(forms.Form):
    is_sure = forms.BooleanField(required=False)


class CancelForm(forms.Form):
    reason = Round._meta.get_field("reason").formfield(widget=forms.Textarea(attrs={"rows": 2}), required=True)

    helper = property(lambda self: form_body())


class TieForm(forms.Form):
    """The order agreed for the candidates of a shared rank, and why."""

    reason = TieBreak._meta.get_field("reason").formfield(
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": MEDIUM}),
        help_text="Por ejemplo: sirve a más líneas; ya hay con quién empezar.",
    )

    def __init__(self, *args, tie, **kwargs):
        super().__init__(*args, **kwargs)
        self.tie = tie
        places = [(number, f"{tie.rank + number - 1}.º") for number in range(1, len(tie.candidates) + 1)]
        for number, one in enumerate(tie.candidates, 1):
            self.fields[f"place_{one.position}"] = forms.TypedChoiceField(
                label=one.text, coerce=int, choices=places, initial=number
            )
        self.order_fields([f"place_{one.position}" for one in tie.candidates])

    helper = property(lambda self: form_body())

    def clean(self):
        cleaned = super().clean()
        if not self.errors and len(set(self._places())) < len(self.tie.candidates):
            raise ValidationError("Cada estrategia necesita un lugar distinto.")
        return cleaned

    def _places(self):
        return [self.cleaned_data[f"place_{one.position}"] for one in self.tie.candidates]

    def order(self):
        """The positions of the candidates, best first."""
        placed = zip(self._places(), self.tie.candidates, strict=True)
        return [one.position for _, one in sorted(placed, key=lambda pair: pair[0])]
