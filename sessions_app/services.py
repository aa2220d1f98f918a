"""What can be said of any part of the method. Each verb is one transaction."""

from django.db import transaction

from alianzas import services as shared

from .models import PartReview


@transaction.atomic
def review_part(*, organization, by, part, is_reviewed):
    """Say that a part stays as it is, though it is not whole, or take that back. Twice is the same as once.

    Side effect: records an Event.
    """
    key = {"organization": organization, "part": part}
    if is_reviewed:
        _, changed = PartReview.objects.get_or_create(**key, defaults={"by": by})
    else:
        changed, _ = PartReview.objects.filter(**key).delete()
    if changed:
        verb = "part.reviewed" if is_reviewed else "part.reopened"
        shared.record(organization=organization, user=by, verb=verb, detail={"part": part})
