"""Changes to allies."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from alianzas import services as shared
from alianzas.names import alike, key_of
from sessions_app.models import Answer
from sessions_app.worksheets import services as worksheets
from sessions_app.worksheets.access import about_ally
from sysmap.models import Actor

from .models import Ally, AnswerMark
from .relation.services import require_nothing_told, require_recent


@transaction.atomic
def ally_from_actor(*, actor) -> Ally:
    """The ally that `actor` of the map is; it becomes one the first time."""
    shared.lock(actor.organization)
    known = Ally.objects.filter(actor=actor).first()
    return known or shared.append(Ally(organization=actor.organization, actor=actor))


@transaction.atomic
def new_ally(*, organization, name) -> Ally:
    """The ally called `name`, in any of its spellings: an actor of the map, an ally, or a new one."""
    shared.lock(organization)
    name = name.strip()
    actor = Actor.objects.filter(name_key=key_of(name)).first()
    if actor:
        return ally_from_actor(actor=actor)
    known = Ally.objects.filter(actor__isnull=True, name_key=key_of(name)).first()
    return known or shared.append(Ally(organization=organization, name=name))


def alike_ally(name: str) -> str:
    """The public name of an ally, or of an actor that could be one, that only looks like `name`; "" when there is none
    or `name` is known already. A sensitive one is never compared, lest the question tell its name. Two queries."""
    allies = dict(Ally.objects.filter(actor=None).values_list("name_key", "name"))
    actors = Actor.objects.values_list("name_key", "name", "is_sensitive")
    known = set(allies) | {key for key, _, _ in actors}
    shown = [*allies.values(), *(one for _, one, is_sensitive in actors if not is_sensitive)]
    return "" if key_of(name) in known else alike(name, shown)


@transaction.atomic
def set_state(*, ally, by, state, reason) -> Ally:
    """Change how the alliance stands. ValidationError when it pauses or closes without a reason. Records an Event."""
    if state in (Ally.State.PAUSED, Ally.State.CLOSED) and not reason.strip():
        raise ValidationError(
            {"state_reason": "Di por qué se pausa o se cierra: le servirá a quien retome la alianza."}
        )
    ally.state, ally.state_reason = state, reason.strip()
    shared.save(ally)
    detail = {"ally": ally.pk, "state": state}
    shared.record(organization=ally.organization, user=by, verb="ally.state", detail=detail)
    return ally


@transaction.atomic
def decide(*, ally, by, decision, reason) -> Ally:
    """Keep the decision of due diligence with its author and date. Records an Event.

    ValidationError when conditions, or a no, come without a reason.
    """
    if decision in (Ally.Decision.CONDITIONS, Ally.Decision.NO_GO) and not reason.strip():
        raise ValidationError({"decision_reason": "Escribe las condiciones, o por qué no por ahora."})
    ally.decision, ally.decision_reason = decision, reason.strip()
    ally.decided_by, ally.decided_on = (by, timezone.localdate()) if decision else (None, None)
    shared.save(ally)
    detail = {"ally": ally.pk, "decision": decision}
    shared.record(organization=ally.organization, user=by, verb="ally.decided", detail=detail)
    return ally


@transaction.atomic
def mark(*, answer, by, status, confirmed_on=None, evidence="", link="", upload=None, drop_file=False) -> AnswerMark:
    """Say whether an answer is assumed or confirmed. A confirmed one has a date that has come and says by what.

    `upload` is a file already checked by `files.checked`; it takes the place of the earlier one, as `drop_file` takes
    that away. Raises ValidationError.
    """
    shared.lock(answer.organization)
    row = AnswerMark.objects.filter(answer=answer).first() or AnswerMark(
        organization=answer.organization, answer=answer
    )
    if status == AnswerMark.Status.CONFIRMED:
        confirmed_on = confirmed_on or timezone.localdate()
        if confirmed_on > timezone.localdate():
            raise ValidationError({"confirmed_on": "Esa fecha todavía no llega: anota cuándo se confirmó."})
        require_recent(confirmed_on, "confirmed_on")
        if not (evidence.strip() or link or upload or (row.file_id and not drop_file)):
            raise ValidationError({"evidence": "Di con quién o con qué se confirmó, o sube el documento."})
    row.status, row.by, row.version = status, by, answer.version
    row.confirmed_on = confirmed_on if status == AnswerMark.Status.CONFIRMED else None
    row.evidence, row.link = evidence.strip(), link
    about = {"prompt_key": answer.prompt_key, "subject": answer.subject}
    earlier = worksheets.swap_file(row=row, by=by, upload=upload, drop=drop_file, **about)
    shared.save(row)
    if earlier:
        worksheets.delete_file(row=earlier)
    return row


@transaction.atomic
def remove_ally(*, ally):
    """Take an ally off the list.

    ValidationError when the outcome map counts on it, or something is said of it that would be lost with it.
    """
    require_nothing_told(ally)
    if Answer.objects.filter(subject=about_ally(ally.pk)).exclude(value=None).exists():
        raise ValidationError(f"«{ally}» ya tiene respuestas, que se perderían: mejor cierra la alianza en «Cómo va».")
    shared.remove(row=ally, in_use=f"«{ally}» está en el mapa de resultados: quítalo de ahí antes.")
