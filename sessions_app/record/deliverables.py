"""The record of each session and its attendance list, from the same query as the screen."""

from functools import partial

from django.utils import timezone

from alianzas.exports.base import Deliverable, register
from alianzas.exports.blocks import (
    Callout,
    Column,
    Document,
    Heading,
    KeyValues,
    Paragraph,
    Photo,
    PhotoGrid,
    Row,
    Table,
)
from alianzas.exports.text import show
from alianzas.identity import document_of
from sessions_app import curriculum
from sessions_app.worksheets.blocks import answer_blocks
from sessions_app.worksheets.queries import session_answers

from . import queries

SPARE_LINES = 6  # for those who were not expected
LEAST_LINES = 16
ROOM_TO_SIGN = "\u200b\n\u200b"  # two lines that writers do not take for an empty cell

PRESENCE_COLUMNS = (
    Column("post", "Puesto", 4, row_header=True),
    Column("name", "Nombre o alias", 3),
    Column("affiliation", "Organización", 3),
    Column("present", "Asistió", 1.4),
)
SIGNING_COLUMNS = (
    Column("number", "N.º", 1, align="right"),
    Column("post", "Puesto", 4, row_header=True),
    Column("name", "Nombre o alias", 4),
    Column("affiliation", "Organización", 4),
    Column("present", "Asistió", 1.6, align="center"),
    Column("signature", "Firma", 5),
)
PRODUCT_COLUMNS = (
    Column("product", "Producto", 6, row_header=True),
    Column("state", "Estado", 3),
    Column("date", "Marcado el", 2),
)
STEP_COLUMNS = (
    Column("what", "Qué haremos", 6, row_header=True),
    Column("responsible", "Responsable", 3),
    Column("due_date", "Fecha", 2.4),
    Column("status", "Estado", 2),
)


def record_document(session_key, org) -> Document:
    """What happened in a session: header, attendance, products, what was worked, photos and next steps."""
    record = queries.record_of(curriculum.session(session_key), org)
    title = _titled("Registro", record)
    blocks = [Heading(1, f"{title}: {record.session.title}"), KeyValues(_header(org, record))]
    blocks.append(Callout("Objetivo", record.session.objective))
    for section in (_attendance, _products, _steps, _worksheets, _photos):
        blocks += section(record)
    return _document(org, title, blocks)


def attendance_document(session_key, org) -> Document:
    """The list to sign, with empty lines for those who were not expected."""
    record = queries.record_of(curriculum.session(session_key), org)
    people = [
        (person.post, person.name, person.affiliation, "Sí" if person.is_present else "", ROOM_TO_SIGN)
        for person in record.people
    ]
    lines = max(LEAST_LINES, len(people) + SPARE_LINES)
    people += [("", "", "", "", ROOM_TO_SIGN)] * (lines - len(people))
    table = Table(
        key=f"asistencia-{session_key.lower()}",
        columns=SIGNING_COLUMNS,
        rows=tuple(Row(str(number), (number, *cells)) for number, cells in enumerate(people, 1)),
        caption="Con el puesto basta: el nombre es opcional.",
        sheet="Asistencia",
    )
    title = _titled("Lista de asistencia", record)
    blocks = [Heading(1, f"{title}: {record.session.title}"), KeyValues(_header(org, record)), table]
    return _document(org, title, blocks, orientation="landscape")


def _document(org, title, blocks, **page):
    return document_of(org, title, blocks, subject=f"{title} con {org.name}", **page)


def _titled(kind, record):
    return f"{kind} {'de la' if record.session.key.isdigit() else 'del'} {record.name}"


def _header(org, record):
    pairs = [("Organización", org.name), ("Sesión", f"{record.name}. {record.session.title}")]
    if record.progress.facts.facilitators:
        pairs.append(("Facilitación", record.progress.facts.facilitators))
    for number, sitting in enumerate(record.sittings, 1):
        where = [show(sitting.date) if sitting.date else "", sitting.start, sitting.place]
        if any(where):
            label = "Fecha y lugar" if len(record.sittings) == 1 else f"Jornada {number}"
            pairs.append((label, ", ".join(filter(None, where))))
    return tuple(pairs)


def _attendance(record):
    yield Heading(2, "Asistencia")
    if not record.people:
        yield Paragraph("No se anotó la asistencia.", "note")
        return
    yield Paragraph(f"Asistieron {len(record.present)} de {len(record.people)} personas de la lista.")
    yield Table(
        key=f"presencia-{record.session.key.lower()}",
        columns=PRESENCE_COLUMNS,
        rows=tuple(
            Row(
                str(person.pk),
                (person.post, person.name, person.affiliation, "Sí" if person.is_present else "No"),
            )
            for person in record.people
        ),
    )


def _products(record):
    yield Heading(2, "Productos")
    yield Table(
        key=f"productos-{record.session.key.lower()}",
        columns=PRODUCT_COLUMNS,
        rows=tuple(
            Row(
                str(product.measured.number),
                (
                    product.measured.title,
                    _state(product.measured),
                    timezone.localtime(product.mark.at).date() if product.mark else None,
                ),
            )
            for product in record.products
        ),
    )


def _state(product):
    """The state of a product in words: why it is omitted, or what the data say against a tick."""
    said = product.disagreement or product.omitted
    return f"{product.state.label}. {said}" if said else product.state.label


def _worksheets(record):
    """What was answered, activity by activity; what is private, confidential or puts somebody at risk stays inside.

    Of an activity that the carta leaves out only the reason is told.
    """
    answers = session_answers(record.session.key)
    for activity in record.session.activities:
        if reason := record.progress.facts.omitted.get(activity.key):
            yield Heading(2, activity.title)
            yield Paragraph(f"Se omitió. {reason}", "note")
        elif found := answer_blocks(activity.key, answers):
            yield Heading(2, activity.title)
            yield from found


def _photos(record):
    """Only photos with consent leave the product."""
    pictures = tuple(
        picture
        for group in record.photos
        for photo in group.photos
        if photo.has_consent and (picture := _picture(photo, group.activity))
    )
    if pictures:
        yield Heading(2, "Fotos")
        yield PhotoGrid(pictures)


def _picture(photo, activity):
    try:
        with photo.image.open("rb") as file:
            return Photo(
                data=file.read(), mime="image/jpeg", alt=photo.caption, caption=f"{activity.title}. {photo.caption}"
            )
    except FileNotFoundError:
        return None


def _steps(record):
    yield Heading(2, "Siguientes pasos")
    if not record.steps:
        yield Paragraph("No quedaron siguientes pasos anotados.", "note")
        return
    yield Table(
        key=f"pasos-{record.session.key.lower()}",
        columns=STEP_COLUMNS,
        rows=tuple(
            Row(
                str(step.commitment.pk),
                (step.title, step.responsible, step.commitment.due_date, step.commitment.get_status_display()),
            )
            for step in record.steps
        ),
    )


def register_all():
    """One record and one attendance list per session of the method."""
    for session in curriculum.sessions():
        key, name = session.key.lower(), queries.session_name(session)
        register(
            Deliverable(f"registro-{key}", f"Registro: {name}", ("pdf", "docx"), partial(record_document, session.key))
        )
        register(
            Deliverable(
                f"asistencia-{key}",
                f"Lista de asistencia: {name}",
                ("pdf", "xlsx"),
                partial(attendance_document, session.key),
            )
        )


register_all()
