"""Two people who write in the same thing at once: the one answer to «somebody changed it meanwhile».

A form of something that exists carries, in one hidden `seen`, as what each of its fields was read. When it comes back,
a field that nobody else changed is taken as it was sent; one that others changed and this person did not touch stays as
others left it; a set takes the differences; and where both wrote something else, the form is not valid: it shows what
is kept and what was sent, and is answered with 409. Sent once more, it is what people decided.

What is written without a form of its own (a cell, a text, an answer) tells its service what it was written over, and
hears `Changed`.
"""

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer

SEEN = "seen"
CHANGED = (
    "Alguien más guardó mientras escribías y no pisamos nada: lo tuyo sigue aquí, junto a lo guardado. "
    "Si guardas otra vez, queda lo tuyo."
)
_signer = Signer(salt="alianzas.concurrency")


class Changed(ValidationError):
    """Somebody changed `what` since it was read; `now` is what is kept: a text or a row, None when it is gone."""

    def __init__(self, what: str, now=None, *, said: str = ""):
        super().__init__(said or f"Alguien cambió {what} mientras escribías. No se perdió nada: elige qué queda.")
        self.now = now


def digest_of(values) -> str:
    """What names `values` (anything with a stable repr), so that a later write can say over what it was made."""
    return hashlib.blake2b(repr(values).encode(), digest_size=6).hexdigest()


class TicksMixin:
    """To be named before the class of a form whose field `ticks` is a set that a list of boxes shows.

    What changes is what somebody ticked: the one `box` that says so by itself, else what differs from `was`, the
    values (with commas) that were ticked when the list was read. Without either the list is taken as it was sent.
    """

    ticks = ""

    def changes(self) -> tuple[set[str], set[str]]:
        """The values to put in and to take out, as texts; asked of a valid form."""
        on = set(_sent(self, self.ticks))
        if box := self.data.get("box"):
            return ({box}, set()) if box in on else (set(), {box})
        if "was" in self.data:
            was = set(filter(None, self.data["was"].split(",")))
            return on - was, was - on
        return on, {str(value) for value, _ in self.fields[self.ticks].choices} - on


def answer_status(*forms_shown) -> int:
    """The status of a page that shows forms or formsets: 409 with something to choose, 422 to correct, else 200."""
    every = [one for form in forms_shown for one in [form, *getattr(form, "forms", ())]]
    if any(getattr(one, "conflicts", None) for one in every):
        return 409
    return 422 if any(one.errors for one in forms_shown) else 200


class SeenMixin:
    """To be named before the class of a form whose `instance` or `initial` is kept. What is new has nothing to see."""

    conflicts: dict = {}  # {field: what is kept in words}, after validation

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.has_kept:
            self.fields[SEEN] = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def has_kept(self) -> bool:
        """Whether there is something already that the form changes."""
        return getattr(getattr(self, "instance", None), "pk", True) is not None

    def __getitem__(self, name):
        bound = super().__getitem__(name)
        if SEEN in self.fields:  # a browser that fills it in after a reload would join old words and a new `seen`
            bound.field.widget.attrs.setdefault("autocomplete", "off")
        return bound

    def get_initial_for_field(self, field, field_name):
        if field_name == SEEN:
            return _signer.sign_object({name: _mark(self, name) for name in self._watched()}, compress=True)
        return super().get_initial_for_field(field, field_name)

    def _watched(self):
        skipped = (forms.FileField,)
        return [
            name
            for name, field in self.fields.items()
            if name != SEEN and not field.disabled and not isinstance(field, skipped)
        ]

    def _clean_fields(self):
        self.conflicts, homeless = {}, []
        if SEEN in self.fields:
            homeless = self._merge()
        super()._clean_fields()
        self.cleaned_data.pop(SEEN, None)
        if self.conflicts:
            self.add_error(None, CHANGED)
        for name, kept in self.conflicts.items():
            if name in self.fields:
                self.add_error(name, f"Lo guardado dice: «{kept}».")
        for text in homeless:
            self.add_error(None, f"Alguien quitó el lugar de lo que escribiste: «{text}». Cópialo si te sirve.")

    def _merge(self) -> list[str]:
        """Put into the data what others changed; gives the texts that were sent for what is no longer there."""
        read = _read(self.data.get(self.add_prefix(SEEN)))
        data = self.data.copy()
        homeless = []
        for name, before in read.items():
            if name not in self.fields:
                text = "" if isinstance(before, list) else _plain(data.get(self.add_prefix(name)))
                if text and digest_of(text) != before:
                    homeless.append(text)
                continue
            kept, sent = _kept(self, name), _sent(self, name)
            if kept == sent or _mark(self, name) == before:
                continue
            if isinstance(before, list):
                _put(self, data, name, [*(set(kept) - (set(before) - set(sent)) | (set(sent) - set(before)))])
            elif digest_of(sent) == before:
                _put(self, data, name, kept)
            else:
                self.conflicts[name] = _in_words(self, name, kept)
        if homeless:
            self.conflicts[""] = ""
        data[self.add_prefix(SEEN)] = self.get_initial_for_field(self.fields[SEEN], SEEN)
        self.data = data
        return homeless


def _read(seen) -> dict:
    try:
        return _signer.unsign_object(seen or "")
    except BadSignature:
        return {}  # a page from before an update: it says nothing of what it was read as


def _mark(form, name):
    """What `seen` says of a field: the digest of what is kept, or, of a set, its values."""
    kept = _kept(form, name)
    return kept if isinstance(kept, list) else digest_of(kept)


def _kept(form, name):
    """What is kept in a field, as a browser that nobody touched would send it: a text, or a sorted list for a set."""
    field = form.fields[name]
    return _as_sent(field.widget, field.prepare_value(form.get_initial_for_field(field, name)))


def _sent(form, name):
    field = form.fields[name]
    return _as_sent(field.widget, field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name)))


def _as_sent(widget, value):
    if isinstance(widget, forms.CheckboxInput):
        return "on" if widget.check_test(value) else ""
    formatted = widget.format_value(value)
    if getattr(widget, "allow_multiple_selected", False):
        return sorted(map(str, formatted or ()))
    if isinstance(formatted, list | tuple):
        formatted = next(iter(formatted), "")
    return _plain(formatted)


def _plain(value) -> str:
    return "" if value is None else "\n".join(str(value).splitlines()).strip()


def _put(form, data, name, value):
    """Make `data` say `value` for a field, as `_kept` gives it."""
    key = form.add_prefix(name)
    if isinstance(form.fields[name].widget, forms.CheckboxInput) and not value:
        data.pop(key, None)
    elif isinstance(value, list) and hasattr(data, "setlist"):
        data.setlist(key, value)
    else:
        data[key] = value


def _in_words(form, name, kept) -> str:
    field = form.fields[name]
    if isinstance(field.widget, forms.CheckboxInput):
        return "sí" if kept else "no"
    labels = {}
    for value, label in getattr(field, "choices", ()):
        labels |= dict(label) if isinstance(label, list | tuple) else {value: label}
    return str({str(value): label for value, label in labels.items()}.get(kept, kept)) or "nada"
