"""What a carta descriptiva says before anybody touches it: the method's own session as unsaved rows."""

from alianzas.content import Session
from alianzas.fields import SHORT
from alianzas.models import Modality
from sessions_app.models import AgendaItem, SessionDesign
from sessions_app.omissions import fold_reason

START = "09:00"
COFFEE, MEAL = 15, 45
CLOSES = frozenset({"S2.4", "S3.3", "S5.8", "S6.7", "M.9"})
# K-37: sessions that name coffee among the materials and leave no time for it where the hours allow it.
ADDED_BREAKS = {"S4.6": 10}
BREAK_TITLES = {"coffee": "Receso para café", "meal": "Pausa para comer"}
PEOPLE = {
    "guests": "Invitadas e invitados",
    "facilitators": "Facilitadoras y facilitadores",
    "experts": "Consultoras y consultores expertos",
}


def sitting(start=START, date="", place="") -> dict:
    return {"date": date, "start": start, "place": place}


def design(organization, session: Session, modality="") -> SessionDesign:
    """An unsaved carta with the header of the method."""
    people = {key: {"who": "", "count": None, "profiles": ""} for key in PEOPLE}
    people["guests"]["profiles"] = "\n".join(session.profiles)
    return SessionDesign(
        organization=organization,
        session_key=session.key,
        objective=session.objective,
        modality=modality or Modality.IN_PERSON,
        participants=people,
        sittings=[sitting()],
    )


def items(design: SessionDesign, session: Session) -> list[AgendaItem]:
    """Its unsaved blocks: untimed breaks get their minutes (K-37), a repeated closing is folded in (K-10)."""
    found = []
    for activity in session.activities:
        item = AgendaItem(
            activity_key=activity.key,
            title=activity.title[:SHORT],
            minutes=activity.minutes or activity.suggested_minutes,
            is_break=activity.is_break,
            is_optional=activity.optional,
            is_close=activity.key in CLOSES,
            methodology="\n".join(activity.steps),
            materials="\n".join(activity.materials),
        )
        if activity.fold_into:
            item.is_skipped = True
            item.skip_reason = fold_reason(activity)
        found.append(item)
        if activity.key in ADDED_BREAKS:
            found.append(AgendaItem(title=BREAK_TITLES["coffee"], minutes=ADDED_BREAKS[activity.key], is_break=True))
    for position, item in enumerate(found):
        item.organization, item.design, item.position = design.organization, design, position
    return found
