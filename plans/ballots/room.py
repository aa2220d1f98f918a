"""A secret vote as a room does it: opened, counted and settled at the control, projected, voted on phones."""

from django.core.exceptions import ValidationError
from django.db import transaction

from alianzas.secrecy import FEW, guest_key
from sessions_app.live import services as runs
from sessions_app.live.stages import Face, Stage, cleaned

from .. import queries as shared_queries
from . import queries, services
from .forms import CancelForm, CloseForm, OpenRoundForm, TieForm, VoteForm
from .models import Round


class VoteStage(Stage):
    """S6.5, round after round: the list, the votes, the result and its ties."""

    key = services.STAGE
    title = "Votar prioridades"
    sessions = frozenset({"6"})

    def control(self, run, typed=None):
        context = self._shown(run)
        sheet, step = context["sheet"], (typed or {}).get("que", "")

        def sent(what):
            return typed if step == what else None

        if sheet and sheet.round.is_pending:
            context["cancel_form"] = CancelForm(sent("cancelar"))
            if sheet.round.is_open:
                context |= {"voted": queries.voted(sheet.round), "few": FEW}
                context["inside"] = runs.present(run).count()
            needed = [tie for tie in sheet.ties if tie.is_needed]
            context["tie_forms"] = [TieForm(sent(_settle(tie)), tie=tie, prefix=_settle(tie)) for tie in needed]
        else:
            context["form"] = OpenRoundForm(sent("abrir"))
        return Face("plans/room/vote_control.html", context)

    def wall(self, run, hide):
        context = self._shown(run, hide)
        if context["sheet"] and context["sheet"].round.is_open:
            context["voted"] = queries.voted(context["sheet"].round)
        return Face("plans/room/vote_wall.html", context)

    def phone(self, run, person, hide, typed=None):
        context = self._shown(run, hide)
        sheet = context["sheet"]
        if sheet and sheet.round.is_open:
            context["has_voted"] = queries.has_voted(sheet.round, guest_key(person))
            context["form"] = VoteForm(typed, candidates=sheet.candidates)
        return Face("plans/room/vote_phone.html", context)

    def _shown(self, run, hide=None):
        row = queries.round_of(run)
        sheet = queries.sheet_of(row, hide) if row else None
        context = {"run": run, "sheet": sheet}
        if sheet and sheet.round.is_counted:
            context["top"] = max(one.candidate.votes for one in sheet.placed)
        if not row or not row.is_pending:
            kind, waiting = queries.next_list(shared_queries.strategies(hide))
            context |= {"next_kind": Round.Kind(kind).label.lower(), "waiting": waiting}
        return context

    def take(self, run, person, data):
        row = queries.round_of(run)
        if row is None or str(row.pk) != data.get("ronda"):
            raise services.RoundClosed
        form = VoteForm(data, candidates=list(queries.candidates_of(row)))
        services.cast_ballot(round=row, voter_key=guest_key(person), choices=cleaned(form)["choices"])

    @transaction.atomic
    def act(self, run, what, data, by):
        if what == "abrir":
            return self._open(run, data, by)
        row = queries.round_of(run)
        if row is None:
            raise ValidationError("Esa votación ya no está: recarga la página.")
        if what == "cerrar":
            form = CloseForm(data)
            is_sure = form.is_valid() and form.cleaned_data["is_sure"]
            services.close_round(round=row, by=by, is_sure=is_sure)
            return "La votación cerró: el resultado está en la pantalla."
        if what == "aceptar":
            services.accept_ranking(round=row, by=by)
            return "Las estrategias ya tienen su lugar. Puedes abrir la siguiente ronda."
        if what == "cancelar":
            services.cancel_round(round=row, by=by, reason=cleaned(CancelForm(data))["reason"])
            return "Cancelamos la ronda. Queda en la lista con su razón."
        tie = next((one for one in queries.sheet_of(row).ties if one.is_needed and _settle(one) == what), None)
        if tie is None:
            raise KeyError(what)
        form = TieForm(data, tie=tie, prefix=what)
        reason = cleaned(form)["reason"]
        services.break_tie(round=row, rank=tie.rank, order=form.order(), reason=reason, by=by)
        return "Anotamos el desempate y su razón."

    def _open(self, run, data, by):
        votes = cleaned(OpenRoundForm(data))
        services.open_round(organization=run.organization, by=by, rehearsal=run.rehearsal, **votes)
        return "La votación está abierta: ya se puede votar en los teléfonos."


def _settle(tie):
    """How the step that settles this tie is called."""
    return f"desempatar-{tie.rank}"
