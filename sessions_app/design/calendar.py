"""The sessions that have a date, as events of a calendar."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from alianzas.commitments import ical
from alianzas.models import Organization
from sessions_app import curriculum
from sessions_app.models import AgendaItem, SessionDesign

from .queries import Carta, Sitting, assemble, sittings_of

_NAMESPACE = uuid5(NAMESPACE_URL, "alianzas/sesiones")


def session_events(organization: Organization, hide: Callable[[str], str]) -> list[ical.AllDay | ical.Timed]:
    """One for each sitting with a date of the sessions that are not left out: from its hour to where its agenda ends,
    on the clocks of the organisation; the whole day where no hour is said. Two queries."""
    kept = SessionDesign.objects.filter(is_skipped=False)
    designs = [one for one in kept if any(day["date"] for day in sittings_of(one, []))]
    items = defaultdict(list)
    for item in AgendaItem.objects.filter(design__in=designs):
        items[item.design_id].append(item)
    cartas = [assemble(organization, curriculum.session(one.session_key), one, items[one.pk]) for one in designs]
    return [_event(carta, sitting, hide) for carta in cartas for sitting in carta.sittings if sitting.date]


def _event(carta: Carta, sitting: Sitting, hide):
    which = f", jornada {sitting.number}" if len(carta.sittings) > 1 else ""
    about = {
        "uid": f"{uuid5(_NAMESPACE, f'{carta.design.pk}/{sitting.number}')}@alianzas",
        "title": f"{carta.name}{which}",
        **ical.version_of(carta.design),
    }
    if not sittings_of(carta.design, [])[sitting.number - 1]["start"]:
        return ical.AllDay(start=sitting.date, end=sitting.date, note=hide(sitting.place), **about)
    midnight = datetime.combine(sitting.date, time.min)
    start, end = (
        (midnight + timedelta(minutes=minutes)).replace(tzinfo=carta.organization.zone)
        for minutes in (sitting.start, sitting.end)
    )
    return ical.Timed(start=start, end=end, place=hide(sitting.place), **about)
