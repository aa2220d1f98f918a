"""Reads of the organisation's route. The page and the documents call the same ones."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from alianzas.models import Photo
from alianzas.veiling import veiled
from sessions_app.models import Answer, AnswerFile, AnswerRevision
from sysmap.marks import palette_of

from .road import NARROW, lay_out, lay_out_on_page
from .road_drawing import description_of, road_svg
from .route import KEPT, PROMPT, Route, route_of
from .steps import Step, steps_of

ACTIVITY, DRAWING = "S3.2", "S3.2.dibujo"


@dataclass(frozen=True)
class Illustration:
    """The first Ruta Crítica that people made by hand: a photo of it, a drawing, or both."""

    photo: Photo | None
    drawing: AnswerFile | None


def own_route(hide: Callable[[str], str]) -> Route:
    """The route as it may be read, protected names hidden; the method's while there is none. One query."""
    return veiled(_as_written(), hide, KEPT)


def file_steps(hide: Callable[[str], str]) -> tuple[Step, ...]:
    """The steps of every ally's file: those of the route that are active. One query."""
    return steps_of(_as_written(), hide)


def step_taken_off(key: str, hide: Callable[[str], str]) -> Step | None:
    """The step of the files that `key` names, as the route last had it; None when it never did. Two queries.

    For what somebody was writing in it meanwhile.
    """
    written = Answer.objects.filter(prompt_key=PROMPT, subject="").values_list("value", flat=True)
    earlier = AnswerRevision.objects.filter(answer__prompt_key=PROMPT, answer__subject="").order_by("-pk")
    for rows in (*written, *earlier.values_list("value", flat=True), None):
        stops = tuple(replace(stop, is_active=True) for stop in route_of(rows).stops)
        if found := next((one for one in steps_of(Route(stops), hide) if one.key == key), None):
            return found
    return None


def _as_written():
    rows = Answer.objects.filter(prompt_key=PROMPT, subject="").values_list("value", flat=True).first()
    return route_of(rows)


def illustration() -> Illustration:
    """What the page shows. Two queries."""
    pictures = AnswerFile.objects.filter(prompt_key=DRAWING, subject="", media_type__startswith="image/")
    return Illustration(Photo.objects.filter(activity_key=ACTIVITY).first(), pictures.first())


def photo_that_may_leave() -> Photo | None:
    """The first photo of the illustration in which nobody appears without consent. One query."""
    return Photo.objects.filter(activity_key=ACTIVITY, has_consent=True).first()


def page_picture(organization, route: Route) -> str:
    """The road as SVG, laid out for a page on its side."""
    return _drawn(organization, lay_out_on_page(route.stops, title_of(organization)), "road")


def screen_pictures(organization, route: Route) -> tuple[str, str]:
    """The road as SVG for a wide screen and for a phone."""
    title = title_of(organization)
    wide = lay_out(route.stops, title, 3)
    narrow = lay_out(route.stops, title, 1, NARROW)
    return _drawn(organization, wide, "road-wide"), _drawn(organization, narrow, "road-narrow")


def title_of(organization) -> str:
    return f"Ruta Crítica de {organization.name}"


def _drawn(organization, road, id_prefix):
    return road_svg(
        road,
        title=title_of(organization),
        description=description_of(road),
        id_prefix=id_prefix,
        palette=palette_of(organization),
    )
