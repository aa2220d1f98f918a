"""Changes to strategies, outcome map and Plan. Each verb is one transaction."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, Max, OuterRef

from alianzas import services as shared
from alianzas.models import ActionLine, Commitment, Horizon
from ruta_critica.services import ally_from_actor, new_ally

from .ballots.queries import given_by_vote, is_in_a_vote
from .models import MarkerCheck, OutcomeActivity, OutcomeMarker, OutcomeRow, Round, Strategy, StrategyLine

OUTCOME_SOURCE = "S6.6"


@transaction.atomic
def save_strategy(*, strategy) -> Strategy:
    """Keep a new or changed strategy. One that now works loses its place in the ranking."""
    if strategy.pk is None:
        return shared.append(strategy)
    if not strategy.is_candidate and strategy.priority is not None:
        _unrank(strategy)
    StrategyLine.objects.filter(strategy=strategy, line=strategy.line).delete()
    return shared.save(strategy)


def delete_strategy(*, strategy):
    """Delete it with the answers joined in it. ValidationError when the outcome map or a vote uses it.

    The ranking closes the gap.
    """
    with transaction.atomic():
        if is_in_a_vote(strategy):
            raise ValidationError(f"«{strategy}» está en una votación que no ha terminado: espera a que termine.")
        shared.remove(
            row=strategy, in_use=f"«{strategy}» tiene aliados en el mapa de resultados: quítalos antes de borrarla."
        )
        shared.renumber(ranked(), "priority", start=1)


@transaction.atomic
def serve_lines(*, strategy, more, fewer=()):
    """Agree which other lines (keys) `strategy` serves besides: with one or more it is cross-cutting (S6.4)."""
    shared.lock(strategy.organization)
    links = StrategyLine.objects.filter(strategy=strategy)
    links.filter(line__in=fewer).delete()
    there = links.values("line")
    for line in ActionLine.objects.filter(pk__in=more).exclude(pk=strategy.line_id).exclude(pk__in=there):
        shared.save(StrategyLine(organization=strategy.organization, strategy=strategy, line=line))


@transaction.atomic
def rank(*, strategy):
    """Put a candidate at the end of the priority order. Refused while a round that has to give places is pending."""
    _require_no_vote()
    if not strategy.is_candidate:
        raise ValidationError("Solo se priorizan estrategias que no dieron lo previsto o que podrían sumarse.")
    shared.lock(strategy.organization)
    if strategy.priority is None:
        last = Strategy.objects.aggregate(last=Max("priority"))["last"] or 0
        strategy.priority = last + 1
        shared.save(strategy)


@transaction.atomic
def unrank(*, strategy):
    """Take it out of the priority order. Refused while the outcome map works on it, or when it was voted there."""
    _require_no_vote()
    if strategy.pk in given_by_vote():
        raise ValidationError(f"El lugar de «{strategy}» salió de una votación: para quitarlo retira ese resultado.")
    _unrank(strategy)


def _require_no_vote():
    """What a vote decides is not moved by hand (S6.5)."""
    if Round.objects.filter(state__in=Round.PENDING, rehearsal=None).exists():
        raise ValidationError("Hay una votación sin terminar: acéptala o cancélala antes de mover la lista a mano.")


def _unrank(strategy):
    if OutcomeRow.objects.filter(strategy=strategy).exists():
        raise ValidationError(
            f"«{strategy}» tiene aliados en el mapa de resultados: quítalos antes de sacarla de la lista."
        )
    strategy.priority = None
    strategy.save(update_fields=["priority"])
    shared.renumber(ranked(), "priority", start=1)


def move_rank(*, strategy, step):
    """Move it up (−1) or down (1) in the priority order, where no vote gave it."""
    if strategy.priority is None:
        raise ValidationError("Esa estrategia no está en la lista de prioridades.")
    _require_no_vote()
    if given_by_vote():
        raise ValidationError("El orden salió de una votación: para cambiarlo retira su resultado.")
    shared.move(row=strategy, siblings=ranked(), step=step, field="priority", start=1)


def ranked():
    """The strategies that have a place, in order."""
    return Strategy.objects.filter(priority__isnull=False).order_by("priority")


@transaction.atomic
def add_outcome_row(*, strategy, objective, ally=None, actor=None, new_name="") -> OutcomeRow:
    """Add an ally to a ranked strategy: one that exists, an actor of the map who becomes one, or somebody new."""
    if strategy.priority is None:
        raise ValidationError("Primero ponle lugar a la estrategia en la lista de prioridades.")
    if actor is not None:
        ally = ally_from_actor(actor=actor)
    elif ally is None:
        ally = new_ally(organization=strategy.organization, name=new_name)
    if OutcomeRow.objects.filter(strategy=strategy, ally=ally).exists():
        raise ValidationError(f"{ally} ya está en esta estrategia: edita su renglón.")
    return shared.append(
        OutcomeRow(organization=strategy.organization, strategy=strategy, ally=ally, objective=objective)
    )


@transaction.atomic
def save_outcome_row(*, row, objective, markers, activities, who=None):
    """Keep a whole row of the outcome map.

    `markers`: {horizon: [text, …]}. `who`: {pk of a marker: who will do what differently}. `activities`: dicts with
    `id` (an `OutcomeActivity` of this row, or None for a new one), `horizon`, `title`, `responsible`, `due_date` and
    `delete`. Side effects: each activity is a Commitment with source S6.6. A marker whose text stays keeps its row.
    """
    row.objective = objective
    shared.save(row)
    for horizon in Horizon:
        _sync_markers(row, horizon, markers[horizon])
    for marker in row.markers.filter(pk__in=who or {}):
        if marker.who_changes != who[marker.pk]:
            marker.who_changes = who[marker.pk]
            shared.save(marker)
    known = {activity.pk: activity for activity in row.activities.select_related("commitment")}
    for position, facts in enumerate(activities):
        _keep_activity(row, known, position, facts)


def _sync_markers(row, horizon, texts):
    """Markers whose text stays keep their row; one with a journal that is worded anew in its place keeps it, too."""
    told = Exists(MarkerCheck.objects.filter(marker=OuterRef("pk")))
    before = list(OutcomeMarker.objects.filter(row=row, horizon=horizon).annotate(has_journal=told))
    kept = {marker.text: marker for marker in before if marker.text in texts}
    places = dict(enumerate(before))
    gone = [marker for marker in before if marker.text not in texts]
    for position, text in enumerate(texts):
        marker = kept.get(text)
        if marker is None and places.get(position) in gone and places[position].has_journal:
            marker = places[position]
            gone.remove(marker)
        marker = marker or OutcomeMarker(organization=row.organization, row=row, horizon=horizon)
        marker.text, marker.position = text, position
        shared.save(marker)
    for marker in gone:
        shared.remove(
            row=marker,
            in_use=f"«{marker}» tiene avances anotados. Déjalo y márcalo como «Ya no aplica» en Seguimiento.",
        )


def _keep_activity(row, known, position, facts):
    activity = known.get(facts["id"]) if facts["id"] else None
    if facts["id"] and activity is None:
        raise ValidationError("Una de las actividades ya no existe: vuelve a abrir el renglón.")
    if facts["delete"]:
        if activity:
            _delete_activity(activity)
        return
    commitment = activity.commitment if activity else Commitment(organization=row.organization, source=OUTCOME_SOURCE)
    for name in ("title", "horizon", "responsible", "due_date"):
        setattr(commitment, name, facts[name])
    shared.save(commitment)
    activity = activity or OutcomeActivity(organization=row.organization, row=row, commitment=commitment)
    activity.position = position
    shared.save(activity)


def _delete_activity(activity):
    commitment = activity.commitment
    activity.delete()
    commitment.delete()


@transaction.atomic
def delete_outcome_row(*, row):
    """Delete the row with its markers, activities and their commitments; the ally stays.

    ValidationError when its markers have a journal.
    """
    if row.markers.filter(checks__isnull=False).exists():
        raise ValidationError(
            f"Con {row.ally} ya hay avances anotados: esa historia no se borra. Ciérrala en Seguimiento."
        )
    for activity in row.activities.select_related("commitment"):
        _delete_activity(activity)
    row.delete()
