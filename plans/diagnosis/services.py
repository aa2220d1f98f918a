"""Changes to the diagnosis: answers of many people, equal ones joined and separated, agreements."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from alianzas import services as shared
from alianzas.names import same_name

from ..ballots.queries import is_in_a_vote
from ..models import OutcomeRow, Strategy, StrategyLine
from .models import Agreement, ToldApart


@transaction.atomic
def note_answers(*, line, answers, said_on=None):
    """Keep what a room said about `line`: `answers` is {status: [quick.Said, …]}. Returns how many were kept."""
    shared.lock(line.organization)
    origin, said_on = Strategy.Origin.ROOM, said_on or timezone.localdate()
    count = 0
    for status, found in answers.items():
        for one in found:
            facts = {"text": one.text, "why": one.why, "author": one.author, "origin": origin, "said_on": said_on}
            shared.append(Strategy(organization=line.organization, line=line, status=status, **facts))
            count += 1
    return count


@transaction.atomic
def contribute(*, strategy, by) -> Strategy:
    """Keep the answer that somebody wrote themselves.

    Their account stays with it only when they sign with their own name: an alias or no name must lead to nobody.
    """
    strategy.origin, strategy.said_on = Strategy.Origin.OWN, timezone.localdate()
    strategy.by = by if same_name(strategy.author) == same_name(str(by)) else None
    return shared.append(strategy)


@transaction.atomic
def merge(*, kept, gone, by, note="", agreed_on=None) -> Strategy:
    """Make two strategies one that keeps the words and the state of `kept`, and every why and author of both.

    `kept` then serves the lines of `gone`, too: across lines that is the consensus of S6.4, whose `note` and date are
    kept. ValidationError when `gone` already has a place, allies or a vote. Undone by `separate`. Records an Event.
    """
    organization = kept.organization
    shared.lock(organization)
    if kept.pk == gone.pk:
        raise ValidationError("Elige dos estrategias distintas.")
    if Strategy.objects.filter(pk__in=[kept.pk, gone.pk]).count() < 2:
        raise ValidationError("Alguien ya unió o borró una de las dos: recarga la página.")
    _require_free(gone)
    lines = {gone.line_id, *gone.also_serves.values_list("line_id", flat=True)} - {kept.line_id}
    lines -= set(kept.also_serves.values_list("line_id", flat=True))
    for line in lines:
        shared.save(StrategyLine(organization=organization, strategy=kept, line_id=line, came_from=gone))
    gone.merged_into = kept
    shared.save(gone)
    if lines or note or agreed_on:
        agree(strategy=kept, by=by, note=note, agreed_on=agreed_on)
    shared.record(organization=organization, user=by, verb="strategy.merged", detail={"kept": kept.pk, "gone": gone.pk})
    return kept


def _require_free(gone):
    stays = "es la que tiene que quedarse."
    if gone.priority is not None:
        raise ValidationError(f"«{gone}» ya tiene lugar en las prioridades: {stays}")
    if OutcomeRow.objects.filter(strategy=gone).exists():
        raise ValidationError(f"«{gone}» tiene aliados en el mapa de resultados: {stays}")
    if is_in_a_vote(gone):
        raise ValidationError(f"«{gone}» está en una votación que no ha terminado: {stays}")


@transaction.atomic
def separate(*, strategy, by) -> Strategy:
    """Undo a merge: `strategy` stands for itself again, and the lines that it brought go with it. Records an Event."""
    shared.lock(strategy.organization)
    kept = strategy.merged_into
    if kept is None:
        raise ValidationError("Esa estrategia ya estaba separada.")
    StrategyLine.objects.filter(came_from=strategy).delete()
    if not StrategyLine.objects.filter(strategy=kept).exists():
        Agreement.objects.filter(strategy=kept).delete()
    strategy.merged_into = None
    shared.save(strategy)
    detail = {"kept": kept.pk, "gone": strategy.pk}
    shared.record(organization=strategy.organization, user=by, verb="strategy.separated", detail=detail)
    return strategy


@transaction.atomic
def agree(*, strategy, by, note="", agreed_on=None) -> Agreement:
    """Write down the consensus about the lines that `strategy` serves, in place of an earlier one."""
    row = Agreement.objects.filter(strategy=strategy).first()
    row = row or Agreement(organization=strategy.organization, strategy=strategy)
    row.note, row.agreed_on, row.by = note, agreed_on, by
    return shared.save(row)


@transaction.atomic
def tell_apart(*, one, other):
    """Note that two strategies which look alike are not the same: they are no longer suggested."""
    if one.pk == other.pk:
        raise ValidationError("Elige dos estrategias distintas.")
    one, other = sorted([one, other], key=lambda row: row.pk)
    if not ToldApart.objects.filter(one=one, other=other).exists():
        shared.save(ToldApart(organization=one.organization, one=one, other=other))


@transaction.atomic
def suggest_again(*, pair):
    """Let a pair that was told apart be suggested again."""
    pair.delete()
