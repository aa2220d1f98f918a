"""Model fields and validators that every app shares."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models

from .names import LONGEST_KEY, key_of

SHORT, MEDIUM, LONG = 200, 600, 6000

hex_colour = RegexValidator(r"^#[0-9a-fA-F]{6}\Z", "Escribe el color como # y seis cifras, por ejemplo #55398a.")


class TooLong(MaxLengthValidator):
    """Says how much must go, in words people use."""

    message = "El texto tiene %(show_value)d caracteres y caben %(limit_value)d. Acórtalo o divídelo."


class Words(models.TextField):
    """Free text with a limit in characters that also holds outside forms; unanswered is the empty string."""

    def __init__(self, *args, limit=LONG, **kwargs):
        self.limit = limit
        self.default_validators = [TooLong(limit)]
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs["limit"] = self.limit
        return name, path, args, kwargs


class NameKey(models.CharField):
    """`key_of` the fields named in `of`, worked out whenever the row is validated or saved: what uniqueness means.

    `QuerySet.update` of a name has to write it too.
    """

    empty_values = ()  # it is worked out even where it is empty now

    def __init__(self, *, of: tuple[str, ...], **kwargs):
        self.of = of
        super().__init__(**{"editable": False, "max_length": (LONGEST_KEY + 1) * len(of), "default": ""} | kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def of_row(self, row) -> str:
        """The key of a row as it is now."""
        return "\n".join(key_of(getattr(row, name)) for name in self.of)

    def clean(self, value, model_instance):
        return self.of_row(model_instance)

    def pre_save(self, model_instance, add):
        setattr(model_instance, self.attname, self.of_row(model_instance))
        return super().pre_save(model_instance, add)


def validate_list_of_texts(value):
    """For JSON lists of short texts (roles, resources)."""
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise ValidationError("Se espera una lista de textos, uno por renglón.")
    for item in value:
        TooLong(SHORT)(item)
