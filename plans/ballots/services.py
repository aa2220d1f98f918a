"""Rounds of voting. What is voted goes into one row of counts; see docs/threat-model.md, «Secret votes»."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from alianzas import services as shared
from alianzas.secrecy import FEW, mark_of
from sessions_app.live.changes import Late
from sessions_app.live.stages import touch
from sessions_app.models import SessionRun

from .. import queries, services
from ..models import OutcomeRow, Strategy
from . import tally
from .models import BallotBox, Candidate, Round, TieBreak, VoterMark
from .queries import candidates_of, next_list

STAGE = "votacion"  # of a workshop
MOST_VOTES = 10


class RoundClosed(Late):
    """The round takes no votes."""

    def __init__(self):
        super().__init__("La votación ya no está abierta: tu voto no se contó. Puedes ver el resultado.")


class AlreadyVoted(Late):
    """This person, or this paper, is already counted."""


# ── Opening and ending ──────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def open_round(
    *, organization, by, votes_each=3, places=queries.FIRST_ROUND, on=None, rehearsal: SessionRun | None = None
) -> Round:
    """Freeze the list of what is voted next (cross-cutting strategies, then those of one line) and open it.

    `votes_each` comes down to the number of candidates (K-29). A round of a `rehearsal` gives no places and goes with
    it. ValidationError while another round is pending, or with fewer than two candidates. Records an Event.
    """
    shared.lock(organization)
    if pending := Round.objects.filter(state__in=Round.PENDING).first():
        if pending.rehearsal_id and not rehearsal:
            raise ValidationError("Hay un ensayo con una votación: cierra el ensayo antes de abrir otra.")
        raise ValidationError("Hay una ronda sin terminar: acepta su resultado o cancélala antes de abrir otra.")
    kind, waiting = next_list(queries.strategies())
    if len(waiting) < 2:
        raise ValidationError("Para votar hacen falta dos candidatas. Con una sola, agrégala a la lista directamente.")
    if not 1 <= votes_each <= MOST_VOTES:
        raise ValidationError(f"Cada persona tiene entre 1 y {MOST_VOTES} votos.")
    last = Round.objects.aggregate(last=Max("number"))["last"] or 0
    facts = {"votes_each": min(votes_each, len(waiting)), "places": places, "rehearsal": rehearsal}
    facts["opened_on"] = on or timezone.localdate()
    row = shared.save(Round(organization=organization, number=last + 1, kind=kind, **facts))
    for position, strategy in enumerate(waiting):
        facts = {"text": strategy.text, "lines": [line.name for line in strategy.served], "status": strategy.status}
        shared.save(Candidate(organization=organization, round=row, strategy=strategy, position=position, **facts))
    nothing = [0] * len(waiting)
    BallotBox.objects.create(organization=organization, round=row, counts=nothing, paper_counts=nothing)
    _tell(row, by, "opened")
    return row


@transaction.atomic
def close_round(*, round, by, is_sure=False, on=None) -> Round:
    """Count the votes and show them. What said who has voted is destroyed. Records an Event.

    ValidationError when nobody has voted, or when so few have that the result may tell their votes and nobody
    `is_sure`.
    """
    row = _locked(round)
    if not row.is_open:
        raise ValidationError("Esa ronda ya estaba cerrada.")
    box = row.box
    people = box.ballots + box.papers
    if not people:
        raise ValidationError("Nadie ha votado todavía: espera los votos o cancela la ronda.")
    if people < FEW and not is_sure:
        raise ValidationError("Con tan pocos votos el resultado deja ver quién votó qué: confirma que lo saben.")
    found = list(candidates_of(row))
    for candidate, own, paper in zip(found, box.counts, box.paper_counts, strict=True):
        candidate.votes = own + paper
    Candidate.objects.bulk_update(found, ["votes"])
    row.ballots, row.papers = box.ballots, box.papers
    row.state, row.closed_on = Round.State.CLOSED, on or timezone.localdate()
    _forget_voters(row)
    shared.save(row)
    _tell(row, by, "closed")
    return row


@transaction.atomic
def cancel_round(*, round, by, reason, on=None) -> Round:
    """Set a round aside that was opened by mistake or whose result nobody accepts; it stays on the list.

    The votes of an open one are destroyed unread; those of a closed one stay as they were shown. Records an Event.
    """
    row = _locked(round)
    if not row.is_pending:
        raise ValidationError("Esa ronda ya terminó: no se puede cancelar.")
    if not reason.strip():
        raise ValidationError("Escribe por qué se cancela: queda junto a la ronda.")
    _forget_voters(row)
    row.state, row.reason, row.closed_on = Round.State.CANCELLED, reason, row.closed_on or on or timezone.localdate()
    shared.save(row)
    _tell(row, by, "cancelled")
    return row


def _forget_voters(row):
    VoterMark.objects.filter(round=row).delete()
    BallotBox.objects.filter(round=row).delete()


# ── Voting ──────────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def cast_ballot(*, round, voter_key, choices):
    """Count the vote of somebody for the candidates at the positions `choices`.

    `voter_key` names a person inside the product («persona-7») and is kept as a digest only. Nothing is recorded: no
    Event, no time, no ballot. RoundClosed, AlreadyVoted (nothing is counted twice, whatever comes at once) or
    ValidationError.
    """
    row, box = _open_box(round)
    _require_ballot(choices, box, row)
    _leave_mark(row, voter_key, again="Tu voto ya estaba contado. Solo cuenta el primero.")
    box.counts = tally.added(box.counts, choices)
    box.ballots += 1
    box.save()
    touch("votos", STAGE)


@transaction.atomic
def add_paper(*, round, token, choices):
    """Count one paper ballot that whoever facilitates reads out; `token` is new for each form, so none counts twice."""
    row, box = _open_box(round)
    _require_ballot(choices, box, row)
    _leave_mark(row, f"papeleta-{token}", again="Esa papeleta ya estaba contada: lee la siguiente.")
    box.paper_counts = tally.added(box.paper_counts, choices)
    box.papers += 1
    box.save()
    touch("votos", STAGE)


@transaction.atomic
def set_papers(*, round, people, counts):
    """Put the total of the paper ballots, `counts` in the order of the candidates, in place of the earlier one."""
    row, box = _open_box(round)
    if len(counts) != len(box.counts):
        raise ValidationError("La lista de la votación cambió: recarga la página.")
    if problem := tally.wrong_with_papers(counts, people, row.votes_each):
        raise ValidationError(problem)
    box.papers, box.paper_counts = people, list(counts)
    box.save()
    touch("votos", STAGE)


def _open_box(round):
    row = _locked(round)
    if not row.is_open:
        raise RoundClosed
    return row, row.box


def _require_ballot(choices, box, row):
    if problem := tally.wrong_with(choices, len(box.counts), row.votes_each):
        raise ValidationError(problem)


def _leave_mark(row, voter_key, *, again):
    """The lock on the round makes whoever comes at once wait here, so that the second one finds the first."""
    mark = mark_of(row.key, voter_key)
    if VoterMark.objects.filter(pk=mark).exists():
        raise AlreadyVoted(again)
    VoterMark.objects.create(organization_id=row.organization_id, mark=mark, round=row)


def _locked(round):
    return Round.objects.select_for_update().get(pk=round.pk)


# ── The result ──────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def break_tie(*, round, rank, order, reason, by, on=None) -> TieBreak:
    """Settle the shared `rank`: its candidates in the `order` agreed, and why. A later decision takes its place."""
    row = _locked(round)
    if row.state != Round.State.CLOSED:
        raise ValidationError("Se desempata cuando la ronda está cerrada y su resultado no se ha aceptado.")
    tied = tally.ties([candidate.votes for candidate in candidates_of(row)]).get(rank)
    if not tied or not tally.settles(order, tied):
        raise ValidationError("Ordena todas las estrategias empatadas, cada una una vez.")
    facts = {"rank": rank, "order": list(order), "reason": reason, "decided_on": on or timezone.localdate()}
    found = shared.save(TieBreak(organization=row.organization, round=row, by=by, **facts))
    _tell(row, by, "tie_broken", rank=rank)
    return found


@transaction.atomic
def accept_ranking(*, round, by) -> Round:
    """Give the first places of the result to its strategies, after those that already have one. Records an Event.

    ValidationError while a tie that touches those places is not settled. A strategy that was deleted, joined to
    another or now works gets none.
    """
    shared.lock(round.organization)
    row = _locked(round)
    if row.state != Round.State.CLOSED:
        raise ValidationError("Solo se acepta el resultado de una ronda cerrada.")
    if row.rehearsal_id:
        raise ValidationError("Es un ensayo: su resultado no da lugar a ninguna estrategia.")
    found = list(candidates_of(row))
    votes, breaks = [candidate.votes for candidate in found], breaks_of(row)
    if tally.to_settle(votes, row.places, breaks):
        raise ValidationError("Hay un empate en los lugares que se trabajan: desempátenlo antes de aceptar.")
    last = Strategy.objects.aggregate(last=Max("priority"))["last"] or 0
    standing = Strategy.objects.in_bulk([candidate.strategy_id for candidate in found if candidate.strategy_id])
    for position in tally.order(votes, breaks)[: tally.worked(votes, row.places)]:
        strategy = standing.get(found[position].strategy_id)
        if strategy and strategy.is_candidate and strategy.priority is None:
            last += 1
            strategy.priority = found[position].place = last
            shared.save(strategy)
    Candidate.objects.bulk_update(found, ["place"])
    row.state = Round.State.ACCEPTED
    shared.save(row)
    _tell(row, by, "accepted")
    return row


@transaction.atomic
def take_back_ranking(*, round, by) -> Round:
    """Take the places back that the last accepted round gave. Refused while the outcome map works on one of them."""
    shared.lock(round.organization)
    row = _locked(round)
    if row.state != Round.State.ACCEPTED or Round.objects.filter(number__gt=row.number, state="accepted").exists():
        raise ValidationError("Solo se retira el resultado de la última ronda aceptada.")
    if Round.objects.filter(state__in=Round.PENDING, rehearsal=None).exists():
        raise ValidationError("Hay otra ronda sin terminar: acéptala o cancélala antes.")
    given = Strategy.objects.filter(candidacies__round=row, candidacies__place__isnull=False)
    if used := OutcomeRow.objects.filter(strategy__in=given).select_related("strategy").first():
        raise ValidationError(f"«{used.strategy}» ya tiene aliados en el mapa de resultados: quítalos antes.")
    for strategy in given:
        strategy.priority = None
        shared.save(strategy)
    shared.renumber(services.ranked(), "priority", start=1)
    row.candidates.update(place=None)
    row.state = Round.State.CLOSED
    shared.save(row)
    _tell(row, by, "taken_back")
    return row


def breaks_of(row) -> dict[int, list[int]]:
    """The decision that holds for each shared rank."""
    return {one.rank: one.order for one in row.breaks.all()}


def _tell(row, by, what, **more):
    """What happened to the round, to the history (but in a rehearsal) and to a room that has it on its screen."""
    if not row.rehearsal_id:
        detail = {"round": row.number, **more}
        shared.record(organization=row.organization, user=by, verb=f"round.{what}", detail=detail)
    touch("escena", STAGE)
