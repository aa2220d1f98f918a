"""The Plan de Alianzas Estratégicas, section by section (domain §9), from the same query as the screens."""

from alianzas.exports.base import Deliverable, register
from alianzas.exports.blocks import (
    Bullets,
    Callout,
    Column,
    Contents,
    Document,
    Heading,
    Paragraph,
    Photo,
    PhotoGrid,
    Row,
    Table,
)
from alianzas.identity import cover_of, document_of
from sysmap.deliverables import map_figure

from . import queries
from .ballots.document import TITLE, ranking_document
from .words import filled, words

OUTCOME_COLUMNS = (
    Column("horizon", "Plazo", 2, row_header=True),
    Column("markers", "Indicador", 5),
    Column("activity", "Actividad", 5),
    Column("responsible", "Responsable", 3),
    Column("due_date", "Fecha", 2.4),
)
NEXT_STEP_COLUMNS = (
    Column("what", "Qué haremos", 6, row_header=True),
    Column("horizon", "Plazo", 2),
    Column("responsible", "Responsable", 3),
    Column("due_date", "Fecha", 2.4),
)


def plan_document(org, data=None) -> Document:
    """The whole Plan; `data` when the caller has read it already."""
    data = data or queries.plan_data(org)
    title = words()["title"]
    sections = (
        _presentation,
        _participants,
        _objectives,
        _axes,
        _map,
        _lines,
        _outcomes,
        _next_steps,
        _conclusions,
        _photos,
    )
    blocks = [cover_of(org, title=title, subtitle=org.place), Contents("Contenido")]
    for section in sections:
        blocks += section(data)
    return document_of(org, title, blocks)


def _presentation(data):
    org, about, purpose = data.organization, words()["semblanza"], words()["purpose"]
    yield Heading(1, about["title"], page_break=True)
    if data.plan.semblanza:
        yield Paragraph(data.plan.semblanza, "lead")
    else:
        for title, text in ((about["vision"], org.vision), (about["mission"], org.mission)):
            if text:
                yield Callout(title, text)
    yield Heading(1, purpose["title"])
    yield Paragraph(data.plan.purpose or filled(purpose["text"], org))


def _participants(data):
    if data.participants:
        text = words()["participants"]
        yield Heading(1, text["title"])
        yield Paragraph(text["lead"])
        yield Bullets(tuple(str(person) for person in data.participants))


def _objectives(data):
    text = words()["objectives"]
    yield Heading(1, text["title"])
    yield Bullets(tuple(filled(item, data.organization) for item in text["items"]), numbered=True)


def _axes(data):
    text, count = words()["axes"], len(data.axes)
    title = text["title_one"] if count == 1 else filled(text["title_many"], data.organization, count)
    yield Heading(1, title)
    if not data.axes:
        yield Paragraph(text["none"], "note")
        return
    yield Paragraph(text["lead"])
    yield Bullets(tuple(axis.strategy.text for axis in data.axes), numbered=True)


def _map(data):
    if data.actors:
        text = words()["map"]
        yield Heading(1, text["title"])
        yield Paragraph(filled(text["lead"], data.organization))
        if data.organization.desired_result:
            yield Callout(text["result"], data.organization.desired_result)
        yield map_figure(data.organization, data.actors)


def _lines(data):
    text = words()["lines"]
    yield Heading(1, text["title"], page_break=True)
    for one in data.diagnosis:
        yield Heading(2, one.line.name)
        if one.line.description:
            yield Paragraph(one.line.description)
        if not (one.works or one.did_not or one.could):
            yield Paragraph(text["none"], "note")
        if one.works:
            yield Heading(3, text["works"])
            yield Bullets(tuple(strategy.text for strategy in one.works))
            if whys := tuple(why for strategy in one.works for why in strategy.whys):
                yield Heading(3, text["whys"])
                yield Bullets(whys)
        for title, strategies in ((text["did_not"], one.did_not), (text["could"], one.could)):
            if strategies:
                yield Heading(3, title)
                yield Bullets(tuple(_with_reason(strategy) for strategy in strategies))


def _with_reason(strategy):
    return "\n".join([strategy.text, *strategy.whys])


def _outcomes(data):
    text = words()["outcomes"]
    yield Heading(1, text["title"], page_break=True)
    yield Paragraph(text["lead"].strip())
    if data.organization.mission:
        yield Callout("Misión", data.organization.mission)
    for number, axis in enumerate(data.axes, 1):
        yield Heading(2, f"{number}. {axis.strategy.text}")
        if not axis.allies:
            yield Paragraph(text["none"], "note")
        for ally in axis.allies:
            yield Heading(3, str(ally.row.ally))
            yield Callout(text["objective"], ally.row.objective)
            yield outcome_table(ally)


def outcome_table(ally: queries.AllyPlan) -> Table:
    """`plazo | indicador | actividad | responsable | fecha` of one ally (K-19): one row per activity."""
    rows = []
    for one in ally.horizons:
        markers = tuple(marker.text for marker in one.markers)
        for number, activity in enumerate(one.activities or [None]):
            rows.append(
                Row(
                    f"{ally.row.pk}-{one.horizon.value}-{activity.pk if activity else 0}",
                    (
                        one.horizon.label,
                        markers if number == 0 else (),
                        activity.title if activity else "",
                        activity.responsible if activity else "",
                        activity.due_date if activity else None,
                    ),
                )
            )
    return Table(key=f"resultados-{ally.row.pk}", columns=OUTCOME_COLUMNS, rows=tuple(rows))


def _next_steps(data):
    if data.next_steps:
        text = words()["next_steps"]
        yield Heading(1, text["title"])
        yield Paragraph(text["lead"])
        yield Table(
            key="siguientes-pasos",
            columns=NEXT_STEP_COLUMNS,
            rows=tuple(
                Row(str(step.pk), (step.title, step.get_horizon_display(), step.responsible, step.due_date))
                for step in data.next_steps
            ),
        )


def _conclusions(data):
    text = words()["conclusions"]
    yield Heading(1, text["title"])
    yield Paragraph(data.plan.conclusions or filled(text["text"], data.organization))
    yield from _lessons(data)


def _lessons(data):
    text = words()["lessons"]
    for title, items in ((text["successes"], data.lessons.successes), (text["mistakes"], data.lessons.mistakes)):
        if items:
            yield Heading(2, title)
            yield Bullets(items)


def _photos(data):
    photos = tuple(filter(None, map(_photo, data.photos)))
    if photos:
        yield Heading(1, words()["photos"]["title"], page_break=True)
        yield PhotoGrid(photos)


def _photo(photo):
    try:
        with photo.image.open("rb") as file:
            return Photo(data=file.read(), mime="image/jpeg", alt=photo.caption, caption=photo.caption)
    except FileNotFoundError:
        return None


register(Deliverable("plan-de-alianzas", words()["title"], ("pdf", "docx", "xlsx"), plan_document))
register(Deliverable("ranking", TITLE, ("pdf", "docx", "xlsx"), ranking_document))
