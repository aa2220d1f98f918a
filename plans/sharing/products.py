"""What a shared link can show, and the shareable version of each: no protected name, and posts in place of people."""

from copy import copy
from dataclasses import dataclass, replace

from alianzas.commitments.hooks import veil
from alianzas.exports import base
from alianzas.exports.blocks import Document, Heading, Paragraph
from alianzas.identity import document_of
from alianzas.models import Organization, SharedLink
from alianzas.names import same_name
from alianzas.veiling import veiled
from plans.deliverables import draft_stamp, section_blocks
from plans.models import PlanVersion
from plans.queries import plan_data
from plans.versions.handing import latest
from plans.versions.sources import for_anybody, posts_then, today
from sessions_app.models import Attendance
from sessions_app.record.posts import SOMEBODY, posts_for, set_right
from sysmap.deliverables import map_figure
from sysmap.queries import states
from sysmap.states import MapState
from sysmap.veil import Veil, veiled_state

SHARED = "para compartir"
NONE_ISSUED = "Todavía no se emite."


class NotIssued(Exception):
    """There is no issued version of the Plan that could be shown; `version` is one that cannot be masked, if any."""

    def __init__(self, version=None):
        super().__init__()
        self.version = version


@dataclass(frozen=True)
class Product:
    """`key` goes into addresses; `deliverable` names the document it is."""

    key: str
    title: str
    about: str
    deliverable: str
    formats: tuple[str, ...] = ("pdf",)


PRODUCTS = {
    one.key: one
    for one in (
        Product(
            "plan",
            "Plan de Alianzas Estratégicas",
            "Con quién nos aliamos, para qué y cómo.",
            "plan-de-alianzas",
            ("pdf", "docx", "xlsx"),
        ),
        Product("mapa", "Mapa del sistema", "Los actores con los que convivimos y qué tan cerca están.", "mapa"),
        Product("ruta", "Ruta Crítica", "Los pasos con los que construimos cada alianza.", "ruta"),
        Product("resultados", "Mapa de resultados", "Qué esperamos de cada alianza.", "mapa-de-resultados"),
        Product("pasos", "Siguientes pasos", "Lo que acordamos hacer y para cuándo.", "siguientes-pasos"),
        Product("reporte", "Reporte de alianzas", "Qué avanzó, qué cumplimos y qué aprendimos.", "reporte-anual"),
    )
}


def shown_by(link) -> list[Product]:
    """The products of a shared link, in their order."""
    return [one for key, one in PRODUCTS.items() if key in link.shows]


def shown_through(link, product: Product) -> Document:
    """The document of a product as a link shows it: of the Plan, the last issued version or the draft of today.

    NotIssued when it asks for an issued version and there is none that can be shown.
    """
    if product.key == "plan" and link.plan_state == SharedLink.PlanState.ISSUED:
        return issued_plan()[1]
    return shareable(link.organization, product)


def front_page(link) -> dict[str, str]:
    """What the front page of a link says of the organisation, as anybody may read it; `plan_said` is which Plan it
    shows: a version, that none was issued, or the draft."""
    org, (version, source) = link.organization, latest()
    steps = [veil(), _posts(), *([posts_then(source, today())] if source else [])]
    said = {"mission": org.mission, "field": org.field, "place": org.place}
    for hide in steps:
        said = {name: hide(text) for name, text in said.items()}
    if link.plan_state == SharedLink.PlanState.DRAFT:
        return said | {"plan_said": draft_stamp()}
    return said | {"plan_said": version.stamp if version else NONE_ISSUED}


def issued_plan() -> tuple[PlanVersion, Document]:
    """The last issued version in scope, and its Plan as it may be read by anybody today. NotIssued."""
    version, source = latest()
    if source is None:
        raise NotIssued(version)
    return version, for_anybody(source, f"{version.stamp} · {SHARED}", today(), _posts())


def shareable(organization: Organization, product: Product) -> Document:
    """The document of a product as it is today, as it may be read by anybody."""
    posts = _posts()
    made = _MAKERS.get(product.key, _as_it_is_handed_over)(organization, product, posts)
    return veiled(veiled(made, veil(), base.NOT_READ), posts, base.NOT_READ)


def _as_it_is_handed_over(organization, product, posts):
    return base.get(product.deliverable).build(organization)


def _plan(organization, product, posts):
    stamp = f"{draft_stamp()} · {SHARED}"
    data = _without_people(plan_data(organization), posts)
    return base.get(product.deliverable).build(organization, data=data, stamp=stamp)


def _map(organization, product, posts):
    figure = map_figure(organization, _drawn(states(), posts))
    return document_of(organization, product.title, [figure], orientation="landscape")


def _route(organization, product, posts):
    hide = veil()
    return base.get(product.deliverable).build(organization, hide=lambda text: posts(hide(text)))


def _steps(organization, product, posts):
    blocks = section_blocks(plan_data(organization), "next_steps")
    blocks = blocks or [Heading(1, product.title), Paragraph("Todavía no hay siguientes pasos acordados.", "note")]
    return document_of(organization, product.title, blocks)


def _drawn(actors, posts):
    """Actors whose cards name nobody: once drawn, no veil reaches the words."""
    return veiled_state(MapState("", tuple(actors)), posts).actors


def _without_people(data, posts):
    """The data of the Plan with who took part by post alone, each post once."""
    once = {}
    for person in data.participants:
        nameless = copy(person)
        _, post = set_right(person.name, person.post)
        nameless.name, nameless.post = "", post if posts(post) == post else SOMEBODY.capitalize()
        once.setdefault(same_name(nameless.post), nameless)
    return replace(data, participants=list(once.values()), actors=_drawn(data.actors, posts))


def _posts():
    """Puts the post of whoever attended in the place of their name, wherever it was written: never a name."""
    found = posts_for(Attendance.objects.exclude(name="").values_list("name", "post"))
    somebody = Veil(dict.fromkeys(found, SOMEBODY))
    return Veil({name: post if somebody(post) == post else SOMEBODY for name, post in found.items()})


_MAKERS = {"plan": _plan, "mapa": _map, "ruta": _route, "pasos": _steps}
