"""Deciding the level, and how much each momento weighs."""

from django.core.exceptions import ValidationError
from django.db import transaction

from alianzas import services as shared
from alianzas.models import Process
from sessions_app.models import LevelAssessment
from sessions_app.moments import WeightsError, checked_weights

from . import scoring

WHY_DIFFERENT = "Di por qué decides un nivel distinto del sugerido."


@transaction.atomic
def decide_level(*, organization, by, answers, decided, reason="") -> LevelAssessment:
    """Keep one round: the answers, the level they suggest, the one decided and why.

    Side effects: adds a row to the history, never changes an earlier one; sets the level of the Process, from which
    the path of sessions follows; records Events. ValidationError when an answer is missing, or when the level differs
    from the suggested one and nobody says why.
    """
    try:
        suggestion = scoring.suggest(answers)
    except scoring.AnswersError as error:
        raise ValidationError(str(error)) from error
    if decided != suggestion.level and not reason.strip():
        raise ValidationError({"reason": WHY_DIFFERENT})
    row = LevelAssessment(
        organization=organization,
        answers={reply.question.key: reply.choice.key for reply in suggestion.replies},
        suggested=suggestion.level,
        decided=decided,
        reason=reason.strip(),
        by=by,
    )
    shared.save(row)
    shared.set_level(organization=organization, by=by, level=decided)
    return row


@transaction.atomic
def weigh_moments(*, organization, by, weights) -> Process:
    """Change the weights of the four momentos in the progress bar. Records an Event.

    ValidationError unless they are four integers of 0 or more that add up to 100.
    """
    try:
        weights = list(checked_weights(weights))
    except WeightsError as error:
        raise ValidationError(str(error)) from error
    process, _ = Process.objects.get_or_create(organization=organization)
    process.moment_weights = weights
    shared.save(process)
    shared.record(organization=organization, user=by, verb="process.weights", detail={"weights": weights})
    return process
