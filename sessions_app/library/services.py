"""The organisation's own success cases."""

from django.db import transaction

from alianzas import services as shared
from sessions_app.models import SuccessCase


@transaction.atomic
def save_case(*, case) -> SuccessCase:
    """Keep a new case after the others, or a changed one."""
    return shared.append(case) if case.pk is None else shared.save(case)
