"""The moments of the map: frozen once, compared for ever (domain §4.4)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from alianzas import services
from alianzas.concurrency import Changed
from alianzas.dates import FIRST_YEAR

from . import queries
from .models import MapSnapshot, MoveReason
from .states import pack


def next_kind() -> str:
    """The moment that comes now: baseline, midterm, final, final again. One query."""
    taken = set(MapSnapshot.objects.filter(is_withdrawn=False).values_list("kind", flat=True))
    return next((kind for kind in MapSnapshot.Kind.values if kind not in taken), MapSnapshot.Kind.FINAL)


@transaction.atomic
def freeze(*, organization, by, kind, taken_on, people="", note="") -> MapSnapshot:
    """Keep the map of today as a moment that nothing changes any more. Records an Event.

    ValidationError when there is nothing to keep, when the date cannot be, or when that moment is there already.
    """
    services.lock(organization)
    _require_free(kind, taken_on)
    state = queries.today(full=True)
    if not any(actor.is_placed for actor in state.actors):
        raise ValidationError("Todavía no hay actores con lugar en el mapa: completa la matriz antes de guardarlo.")
    if taken_on > timezone.localdate():
        raise ValidationError({"taken_on": "Esa fecha todavía no llega: guarda el mapa con la fecha en que se hizo."})
    snapshot = services.save(
        MapSnapshot(
            organization=organization, kind=kind, taken_on=taken_on, people=people, note=note, data=pack(state), by=by
        )
    )
    services.record(organization=organization, user=by, verb="map.frozen", detail={"moment": snapshot.pk})
    return snapshot


def _require_free(kind, taken_on):
    if taken_on.year < FIRST_YEAR:
        raise ValidationError({"taken_on": "Revisa el año: la fecha queda muy atrás."})
    same = MapSnapshot.objects.filter(kind=kind, is_withdrawn=False)
    if kind != MapSnapshot.Kind.BASELINE:
        same = same.filter(taken_on=taken_on)
    if found := same.first():
        raise ValidationError(
            f"Ya está guardado «{found}». Elige otro momento u otra fecha, o pide a quien facilita que retire ese."
        )


@transaction.atomic
def set_withdrawn(*, snapshot, is_withdrawn: bool, by):
    """Take a moment out of the comparisons, or put it back; nothing of it is lost. Records an Event."""
    snapshot.is_withdrawn = is_withdrawn
    snapshot.save(update_fields=["is_withdrawn"])
    verb = "map.withdrawn" if is_withdrawn else "map.put_back"
    services.record(organization=snapshot.organization, user=by, verb=verb, detail={"moment": snapshot.pk})


@transaction.atomic
def explain(*, before: MapSnapshot, change: str, text: str, by, was: str | None = None):
    """Say why something changed since `before`; an empty text takes the reason back.

    `was` is what it said when it was read, names hidden: Changed if it says something else by now.
    """
    services.lock(before.organization)
    row = MoveReason.objects.filter(before=before, change=change).first()
    kept = row.text if row else ""
    read, text = queries.veil()(kept), text.strip()
    if text in (kept, read):
        return row
    if was is not None and was.strip() not in (kept, read):
        raise Changed("esta razón", read)
    if not text:
        row.delete()
        return None
    row = row or MoveReason(organization=before.organization, before=before, change=change)
    row.text, row.by = text, by
    return services.save(row)
