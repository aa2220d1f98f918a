"""Model fields and validators that every app shares."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models

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


def validate_list_of_texts(value):
    """For JSON lists of short texts (roles, resources)."""
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise ValidationError("Se espera una lista de textos, uno por renglón.")
    for item in value:
        TooLong(SHORT)(item)
