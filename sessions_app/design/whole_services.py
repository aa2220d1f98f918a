"""Changes to a carta descriptiva as a whole: its header, its sittings, a way to pay a delay, the method again."""

from datetime import time

from django.core.exceptions import ValidationError
from django.db import transaction

from alianzas import services as shared
from sessions_app import agenda, curriculum, retiming
from sessions_app.models import AgendaItem, SessionDesign
from sessions_app.workplan.services import mirror_session

from . import prefill, queries
from .services import arrange, design_for, items_of, keep, open_block, open_carta, touch

CHANGED_MEANWHILE = "La agenda cambió mientras tanto: pide otra vez las propuestas. No cambiamos nada."

UNDO_TOO_LATE = (
    "La agenda cambió después de aplicar la propuesta: deshacerla borraría ese cambio, así que no tocamos nada. "
    "Ajusta los bloques a mano."
)


@transaction.atomic
def split_sittings(*, organization, session_key, block):
    """Hold the session in two sittings: what comes after `block` is for another day."""
    carta, line = open_block(organization, session_key, block)
    if len(carta.sittings) > 1:
        raise ValidationError("La sesión ya está en dos jornadas: únelas antes de dividirla de otra manera.")
    order = items_of(carta)
    place = order.index(line.item) + 1
    if place == len(order):
        raise ValidationError({"block": "Después de ese bloque no hay nada: elige uno anterior."})
    first = queries.sittings_of(carta.design, order)[0]
    carta.design.sittings = [first, prefill.sitting(start=first["start"], place=first["place"])]
    shared.save(carta.design)
    arrange(carta, [order[:place], order[place:]])


@transaction.atomic
def join_sittings(*, organization, session_key):
    """Hold everything in the first sitting, one thing after another; the other ones' date and place are forgotten."""
    carta = open_carta(organization, session_key)
    carta.design.sittings = queries.sittings_of(carta.design, [])[:1]
    shared.save(carta.design)
    arrange(carta, [items_of(carta)])
    mirror_session(organization, session_key)


@transaction.atomic
def save_header(*, organization, session_key, **facts) -> SessionDesign:
    """Keep the header: objective, modality, participants, and date, start and place of each sitting.

    Side effect: the commitment of the session in the plan de trabajo follows its date and who facilitates it.
    """
    design = design_for(organization=organization, session_key=session_key)
    for name, value in facts.items():
        setattr(design, name, value)
    shared.save(design)
    mirror_session(organization, session_key)
    return design


def save_notes(*, organization, session_key, private_notes):
    """Keep the notes that only who facilitates sees. They are in no document."""
    return save_header(organization=organization, session_key=session_key, private_notes=private_notes)


def skip_session(*, organization, session_key, reason):
    """Leave the whole session out, saying why."""
    return save_header(organization=organization, session_key=session_key, is_skipped=True, skip_reason=reason)


def restore_session(*, organization, session_key):
    """Take back a session that was left out."""
    return save_header(organization=organization, session_key=session_key, is_skipped=False, skip_reason="")


@transaction.atomic
def reset_agenda(*, organization, session_key):
    """Put the orden del día of the method back: every change to blocks and the second sitting are lost.

    What the header says of the first sitting, the participants and the notes stay.
    """
    carta = open_carta(organization, session_key)
    design = carta.design
    AgendaItem.objects.filter(design=design).delete()
    design.sittings = queries.sittings_of(design, [])[:1]
    shared.save(design)
    touch(design)
    AgendaItem.objects.bulk_create(prefill.items(design, curriculum.session(session_key)))


@transaction.atomic
def apply_proposal(*, organization, session_key, block, delay, number, seen) -> tuple[retiming.Proposal, dict]:
    """Make a way to pay a delay the plan: what it shortens and drops, and the hour at which things go on.

    Gives the proposal and what `undo_proposal` needs. ValidationError if the agenda is no longer the one `seen`, for
    then the proposal would be another one.
    """
    carta, line = open_block(organization, session_key, block)
    found = []
    if seen == carta.plan_token:
        found = retiming.proposals(queries.clock_items(carta), queries.starts_of(carta), line.ref, delay=delay)
    if isinstance(found, retiming.NoFit) or not 0 <= number < len(found):
        raise ValidationError(CHANGED_MEANWHILE)
    proposal, changed = found[number], []
    earlier = [_paid_with(one.item) for one in carta.lines]
    for before, item in zip(queries.clock_items(carta), proposal.items, strict=True):
        row = carta.find(item.key).item
        if item != before:
            changed.append(row)
        row.minutes = item.minutes
        row.locked_start = _time(item.locked_start)
        if item.skipped and not row.is_skipped:
            row.is_skipped, row.skip_reason = True, f"Se quitó para recuperar un retraso de {agenda.duration(delay)}."
    rest = [one for one in carta.lines if one.item.sitting == line.item.sitting]
    going_on = next((one for one in rest[rest.index(line) :] if not one.item.is_skipped), None)
    if going_on and going_on.item.locked_start is None:
        going_on.item.locked_start = _time(proposal.schedule.by_key[going_on.ref].start)
        changed.append(going_on.item)
    keep(carta, *changed)
    return proposal, {"before": earlier, "after": queries.carta(organization, session_key).plan_token}


@transaction.atomic
def undo_proposal(*, organization, session_key, before, after):
    """Put back what `apply_proposal` changed, exactly. ValidationError if a time may have changed since."""
    carta = open_carta(organization, session_key)
    if carta.plan_token != after:
        raise ValidationError(UNDO_TOO_LATE)
    rows = {line.item.pk: line.item for line in carta.lines}
    changed = [rows[facts["pk"]] for facts in before if facts != _paid_with(rows[facts["pk"]])]
    for facts in before:
        for name, value in facts.items():
            setattr(rows[facts["pk"]], name, value)
    keep(carta, *changed)


def _paid_with(item: AgendaItem) -> dict:
    """What paying a delay may change of a block, as JSON holds it."""
    lock = item.locked_start and item.locked_start.isoformat()
    facts = {name: getattr(item, name) for name in ("pk", "minutes", "is_skipped", "skip_reason")}
    return facts | {"locked_start": lock}


def _time(minutes):
    if minutes is not None and minutes >= agenda.DAY:
        raise ValidationError("Con ese retraso la jornada pasa de la medianoche: ajusta la agenda a mano.")
    return None if minutes is None else time(*divmod(minutes, 60))
