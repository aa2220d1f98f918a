"""What was said, agreed and voted in Session 6, for the demonstration's organisations."""

import tomllib
from functools import cache
from pathlib import Path
from uuid import uuid5

from alianzas import services as shared
from alianzas.models import Membership, OrgRole
from plans.ballots import services as ballots
from plans.diagnosis import services as diagnosis
from plans.models import Strategy
from plans.possibility import services as possibility

from .mapa import NAMESPACE

DATA = Path(__file__).parent / "data" / "resultados.toml"


@cache
def _data():
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def load(organization):
    """What the file says of `organization`, inside its scope; nothing for those it does not name."""
    data = _data().get(organization.slug)
    if not data:
        return
    member = Membership.objects.filter(organization=organization, role=OrgRole.FACILITATOR).first()
    by = member.user
    Strategy.said.update(origin=Strategy.Origin.ROOM, said_on=data["said_on"])
    for entry in data.get("voices", []):
        _say(organization, data["said_on"], dict(entry))
    for entry in data.get("agreements", []):
        diagnosis.agree(strategy=_called(entry["of"]), by=by, note=entry["note"], agreed_on=entry["agreed_on"])
    for number, entry in enumerate(data.get("rounds", [])):
        _vote(organization, by, number, entry)
    for number, entry in enumerate(data.get("readings", [])):
        _stand(organization, by, number, entry)


def _called(beginning):
    return Strategy.objects.get(text__startswith=beginning)


def _say(organization, said_on, entry):
    """One more answer, already joined to the strategy that it repeats."""
    kept = _called(entry.pop("of"))
    shared.append(
        Strategy(
            organization=organization, line=kept.line, status=kept.status, merged_into=kept, said_on=said_on, **entry
        )
    )


def _vote(organization, by, number, entry):
    row = ballots.open_round(organization=organization, by=by, votes_each=entry["votes_each"], on=entry["opened_on"])
    _name(row, organization, f"ronda-{number}")
    for voter, choices in enumerate(entry["ballots"]):
        ballots.cast_ballot(round=row, voter_key=f"demo-{voter}", choices=choices)
    if "papers" in entry:
        ballots.set_papers(round=row, **entry["papers"])
    if "closed_on" not in entry:
        return
    ballots.close_round(round=row, by=by, on=entry["closed_on"])
    for tie in entry.get("ties", []):
        ballots.break_tie(round=row, by=by, on=entry["closed_on"], **tie)
    ballots.accept_ranking(round=row, by=by)


def _stand(organization, by, number, entry):
    row = possibility.open_reading(organization=organization, moment=entry["moment"], by=by, on=entry["on"])
    _name(row, organization, f"posibilidad-{number}")
    possibility.set_room(reading=row, spread=entry["spread"])
    possibility.close_reading(reading=row, by=by, on=entry["on"])


def _name(row, organization, name):
    """The same key however often the demonstration is loaded."""
    row.key = uuid5(NAMESPACE, f"{organization.slug}/{name}")
    row.save(update_fields=["key"])
