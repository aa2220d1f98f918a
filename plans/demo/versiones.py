"""The issued versions of the demonstration's Plans: the data as they were then, and the files they gave."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from alianzas.exports import base
from alianzas.models import Membership, OrgRole
from plans.queries import plan_data
from plans.versions.services import issue


def load(organization):
    """Issue what the story of `organization` has, inside its scope; nothing for those that have none."""
    if organization.slug not in _STORIES:
        return
    facilitator = Membership.objects.filter(organization=organization, role=OrgRole.FACILITATOR).first().user
    data, full = plan_data(organization), plan_data(organization, full=True)
    for then, day, note in _STORIES[organization.slug]:
        at = timezone.make_aware(datetime.fromisoformat(day))
        facts = {"by": facilitator, "note": note, "with_gaps": True, "at": at, "render": _rendered}
        issue(organization=organization, data=then(data), full=then(full), **facts)


_files: dict[str, bytes] = {}


def _rendered(document, fmt):
    """The same document is drawn once, however often the demonstration is loaded."""
    key = base.etag(document, fmt)
    if key not in _files:
        _files[key] = base.render(document, fmt)
    return _files[key]


def _before_the_third_axis_was_whole(data):
    """The first reading with the council: one ally had not been agreed upon, one marker was still missing."""
    *whole, last = data.axes
    first = whole[0].allies[0]
    shorter = replace(first, horizons=[replace(first.horizons[0], markers=[]), *first.horizons[1:]])
    axes = [
        replace(whole[0], allies=[shorter, *whole[0].allies[1:]]),
        *whole[1:],
        replace(last, allies=last.allies[:-1]),
    ]
    texts = data.texts | {"conclusions": replace(data.texts["conclusions"], own="")}
    return replace(data, axes=axes, texts=texts, next_steps=data.next_steps[:-2], photos=data.photos[:-1])


def _before_the_last_agreement(data):
    return replace(data, next_steps=data.next_steps[:-1])


def _as_it_is(data):
    return data


_STORIES = {
    "tejiendo-barrios": (
        (_before_the_third_axis_was_whole, "2026-10-30 17:20", "Primera lectura con el consejo directivo."),
        (
            _before_the_last_agreement,
            "2026-11-13 12:05",
            "La que se presenta a los comités y a la fundación.",
        ),
    ),
    "casa-girasol": ((_as_it_is, "2025-09-19 13:30", "La que se acordó con promotoras y grupos de ahorro."),),
    "semillas-del-norte": (
        (
            _as_it_is,
            "2026-11-20 18:40",
            "Avance para la visita del programa; falta la Sesión 6.",
        ),
    ),
}
