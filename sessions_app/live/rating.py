"""How far a session was what people expected, from 1 to 5: hidden until it closes, and then only how many said each."""

from django.core.exceptions import ValidationError
from django.db import transaction

from alianzas.secrecy import FEW, guest_key, mark_of
from sessions_app import curriculum
from sessions_app.models import Rating

from .changes import Late, changed, locked
from .stages import Face, Stage

SCALE = ((1, "Nada"), (2, "Poco"), (3, "Más o menos"), (4, "Bastante"), (5, "Del todo"))


class RatingClosed(Late):
    def __init__(self):
        super().__init__("La valoración ya se cerró: tu respuesta no entró.")


@transaction.atomic
def rate(*, run, person, value: int):
    """Keep what somebody says, in place of what they said before. Its key is a digest, and it dies at closing."""
    row = locked(run)
    if row.rated is not None or not row.is_open:
        raise RatingClosed
    if value not in dict(SCALE):
        raise ValidationError("Elige una de las cinco.")
    key = {"organization": row.organization, "run": row, "mark": _mark(row, person)}
    Rating.objects.update_or_create(**key, defaults={"value": value})
    changed(row, "votos")


@transaction.atomic
def close(*, run, is_sure=False):
    """Count, keep the counts and destroy what says who. ValidationError when nobody has answered, or so few that the
    result may tell and nobody `is_sure`."""
    row = locked(run)
    if row.rated is not None:
        raise ValidationError("La valoración ya estaba cerrada.")
    given = list(row.ratings.values_list("value", flat=True))
    if not given:
        raise ValidationError("Nadie ha respondido todavía.")
    if len(given) < FEW and not is_sure:
        raise ValidationError("Con tan pocas respuestas se nota quién dijo qué: confirma que lo saben.")
    _count(row, given)
    changed(row, "escena")


def settle(row):
    """What was said and nobody closed, when the run ends: counted, or destroyed where so few would be known by it."""
    given = list(row.ratings.values_list("value", flat=True))
    if given and row.rated is None:
        _count(row, given if len(given) >= FEW else [])


def _count(row, given):
    row.rated = [given.count(value) for value, _ in SCALE] if given else None
    row.ratings.all().delete()
    row.save(update_fields=["rated"])


def _mark(run, person):
    return mark_of(f"taller-{run.pk}", guest_key(person))


class RateStage(Stage):
    """The end of any session."""

    key = "valorar"
    title = "Valorar la sesión"
    sessions = frozenset(session.key for session in curriculum.sessions())

    def control(self, run, typed=None):
        return Face("live/rate_control.html", self._shown(run) | {"few": FEW})

    def wall(self, run, hide):
        return Face("live/rate_wall.html", self._shown(run))

    def phone(self, run, person, hide, typed=None):
        mine = Rating.objects.filter(run=run, mark=_mark(run, person)).values_list("value", flat=True).first()
        return Face("live/rate_phone.html", {**self._shown(run), "mine": mine})

    def _shown(self, run):
        if run.rated is None:
            return {"scale": SCALE, "given": run.ratings.count()}
        people = sum(run.rated)
        counted = [(value, name, many) for (value, name), many in zip(SCALE, run.rated, strict=True)]
        return {"counted": counted[::-1], "people": people, "most": max(run.rated)}

    def take(self, run, person, data):
        said = data.get("value", "")
        rate(run=run, person=person, value=int(said) if said in {str(value) for value, _ in SCALE} else 0)

    def act(self, run, what, data, by):
        if what != "cerrar":
            raise KeyError(what)
        close(run=run, is_sure=bool(data.get("is_sure")))
        return "La valoración cerró: así respondió el grupo."
