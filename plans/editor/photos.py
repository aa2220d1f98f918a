"""Which photos of the process the Plan shows, and in what order."""

from django.core.exceptions import ValidationError

from alianzas import services as shared

from .queries import in_plan_order


def choose(*, photo, in_plan: bool):
    """Put a photo into the Plan or take it out. Without consent it stays out: ValidationError."""
    if in_plan and not photo.has_consent:
        raise ValidationError(
            "Esa foto no tiene registrado el consentimiento de quienes aparecen: por eso no va en el Plan. "
            "Si ya lo dieron, márcalo en los datos de la foto."
        )
    photo.in_plan = in_plan
    photo.save(update_fields=["in_plan"])


def step(*, photo, step: int):
    """Move it one place (−1 = before) among the photos."""
    shared.move(row=photo, siblings=in_plan_order(), step=step)
