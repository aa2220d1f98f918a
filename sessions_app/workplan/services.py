"""Changes to the plan de trabajo. Each verb is one transaction and keeps the commitments of the plan in step."""

from contextlib import contextmanager
from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from alianzas import services as shared
from alianzas.commitments.services import mirror
from alianzas.models import Process
from alianzas.roundtrip.review import REMOVED
from alianzas.roundtrip.services import chosen_changes, write
from sessions_app import curriculum
from sessions_app.models import WorkPlanItem

from .cartas import Said, key_of, said_of
from .proposal import proposal
from .queries import plan_rows, row_of
from .sheet_import import current_plan

SOURCE_PREFIX = "plan-de-trabajo."
MAX_ITEMS = 300
FULL = f"El plan de trabajo admite hasta {MAX_ITEMS} renglones."


@contextmanager
def _counting_new_codes():
    """What is done inside may give other activities another code, which calendars show: those have a new version."""
    before = {row.item.pk: row.code for row in plan_rows()}
    yield
    moved = [row.item.pk for row in plan_rows() if before.get(row.item.pk, row.code) != row.code]
    if moved:
        WorkPlanItem.objects.filter(pk__in=moved).update(sequence=F("sequence") + 1, modified_at=timezone.now())


@transaction.atomic
def save_item(*, item) -> WorkPlanItem:
    """Keep a new or changed activity. Side effect: with responsibles and an end it is also a commitment."""
    shared.lock(item.organization)
    with _counting_new_codes():
        _keep_item(item)
    mirror_items([item])
    return item


def _keep_item(item):
    earlier = WorkPlanItem.objects.filter(pk=item.pk).first()
    if earlier is None:
        require_room(1)
        shared.append(item)
    else:
        if item.parent_id and item.children.exists():
            raise ValidationError({"parent": "Tiene subactividades: una subactividad no puede tener otras."})
        if item.parent_id != earlier.parent_id:
            item.position = _after_last(item)
        shared.save(item)


def _after_last(item):
    last = WorkPlanItem.objects.order_by("-position").first()
    return last.position + 1 if last else 0


def require_room(count):
    """Raise ValidationError unless the plan takes `count` more rows."""
    if WorkPlanItem.objects.count() + count > MAX_ITEMS:
        raise ValidationError(FULL)


@transaction.atomic
def delete_item(*, item):
    """Delete an activity with its sub-activities and their commitments."""
    with _counting_new_codes():
        _delete(item)


def _delete(item):
    gone = [item, *item.children.all()]
    mirror(organization=item.organization, promises={source_of(one): None for one in gone})
    item.delete()


@transaction.atomic
def move_item(*, item, step):
    """Move it up (−1) or down (1) among the activities, or the sub-activities of its activity."""
    with _counting_new_codes():
        shared.move(row=item, siblings=WorkPlanItem.objects.filter(parent=item.parent_id), step=step)


@transaction.atomic
def propose(*, organization, start=None, months=6) -> int:
    """Add the usual plan from the sessions recommended for the organisation's level, and return how many rows.

    What a carta says of its session is left to it, and a session that is omitted is not proposed. Refused when any row
    of an earlier proposal is still there.
    """
    shared.lock(organization)
    process = Process.objects.filter(organization=organization).first() or Process(organization=organization)
    said = said_of([organization.pk])
    chosen = [one for one in sessions_of(process.level) if not _said_of(said, organization, one).omitted]
    rows = proposal(chosen, weights=process.moment_weights, start=start, months=months)
    keys = [key_of(organization.pk, row.key) for parent in rows for row in (parent, *parent.children)]
    if WorkPlanItem.objects.filter(key__in=keys).exists():
        raise ValidationError("El plan ya tiene la propuesta del método: edítala, o bórrala para pedir otra.")
    require_room(len(keys))
    made = []
    for row in rows:
        parent = _add(organization, row)
        made += [parent, *(_add(organization, child, parent, said) for child in row.children)]
    mirror_items(made)
    return len(made)


def sessions_of(level):
    """The sessions recommended for a level; all of them while it is undecided."""
    if level:
        return curriculum.path_for(level).recommended
    return [session for session in curriculum.sessions() if session.hours]


def _said_of(said, organization, session):
    return said.get(key_of(organization.pk, f"S{session.key}")) or Said(session.key)


def _add(organization, row, parent=None, said=MappingProxyType({})):
    facts = {name: getattr(row, name) for name in ("title", "duration", "unit", "responsibles", "org_team", "product")}
    key = key_of(organization.pk, row.key)
    facts |= {"start": row.start, "end": row.end}
    if carta := said.get(key):
        facts |= {"start": None, "end": None} if carta.start else {}
        facts |= {"responsibles": ""} if carta.facilitators else {}
    return shared.append(WorkPlanItem(organization=organization, key=key, parent=parent, **facts))


# ── What comes back from Excel ──────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def apply_review(*, organization, review, chosen, by) -> int:
    """Write the chosen changes (places in `review.changes`) and return how many; all of them or none.

    Raises Changed when the plan changed since the comparison, ValidationError when what was chosen does not hold
    together. Records an Event.
    """
    shared.lock(organization)
    rows = plan_rows()
    changes = chosen_changes(review, chosen, current_plan(rows))
    kept = [change for change in changes if change.kind != REMOVED]
    items = {str(row.item.key): row.item for row in rows}
    codes = {row.item.key: row.code for row in rows}
    with _counting_new_codes():
        written = [_write(organization, change, items) for change in kept]
        new_codes = {item.key: change.line.code for item, change in zip(written, kept, strict=True)}
        _hang(written, kept, items, codes, new_codes)
        _delete_chosen([items.pop(change.key) for change in changes if change.kind == REMOVED])
        require_room(0)
        added = [item for item in written if str(item.key) not in items]
        _order([*items.values(), *added], codes | new_codes, new_codes)
    mirror_items(written)
    detail = {"changes": len(changes)}
    shared.record(organization=organization, user=by, verb="workplan.imported", detail=detail)
    return len(changes)


def _write(organization, change, items):
    """The row with its new words; where it hangs comes later."""
    item = items[change.key] if change.key else WorkPlanItem(organization=organization)
    for name in change.differences:
        if name != "code" and not (name == "unit" and not change.line.unit):
            setattr(item, name, getattr(change.line, name))
    return write(change, shared.save if item.pk else shared.append, item)


def _hang(written, changes, items, codes, new_codes):
    """Give every written row the activity that its code names."""
    activities = {code: items[str(key)] for key, code in codes.items() if key not in new_codes and "." not in code}
    activities |= {new_codes[item.key]: item for item in written if "." not in new_codes[item.key]}
    for item, change in zip(written, changes, strict=True):
        code = change.line.code
        if change.before and change.before.code == code:
            continue
        above, _, _ = code.rpartition(".")
        if above and above not in activities:
            raise ValidationError(f"Fila {change.row}: {code} cuelga de la actividad {above}, que no elegiste.")
        item.parent = activities[above] if above else None
        if item.parent and item.children.exclude(pk__in=[one.pk for one in written]).exists():
            raise ValidationError(f"Fila {change.row}: {item} tiene subactividades y no puede colgar de otra.")
    for item, change in zip(written, changes, strict=True):
        write(change, shared.save, item)
    if WorkPlanItem.objects.filter(parent__parent__isnull=False).exists():
        raise ValidationError("Una subactividad quedaría colgada de otra: revisa los códigos que elegiste.")


def _delete_chosen(gone):
    for item in gone:
        if item.children.exclude(pk__in=[one.pk for one in gone]).exists():
            raise ValidationError(f"«{item}» tiene subactividades que no elegiste borrar.")
    for item in sorted(gone, key=lambda one: one.parent_id is None):
        _delete(item)


def _order(items, codes, new_codes):
    """Put everything in the order of the codes; a row that was given its place goes before one that had it."""

    def place(item):
        _, _, last = codes[item.key].rpartition(".")
        return (int(last) if last else MAX_ITEMS * 1000, item.key not in new_codes, item.position)

    shared.renumber(sorted(items, key=place), "position", start=0)


# ── Commitments ─────────────────────────────────────────────────────────────────────────────────────────────────────


def source_of(item) -> str:
    """What the commitment of an activity says about where it was born."""
    return f"{SOURCE_PREFIX}{item.key}"


def mirror_items(items):
    """Keep the commitments of those activities in step with them, and with the cartas of those that are sessions."""
    if items:
        said = said_of([item.organization_id for item in items])
        promises = {source_of(item): _promise(row_of(item, said)) for item in items}
        mirror(organization=items[0].organization, promises=promises)


def mirror_session(organization, session_key):
    """The same for the row of one session, when its carta changed."""
    mirror_items(list(WorkPlanItem.objects.filter(key=key_of(organization.pk, f"S{session_key}"))))


def _promise(row):
    if not (row.responsibles and row.end) or row.omitted:
        return None
    return {"title": row.item.title, "responsible": row.responsibles, "due_date": row.end}
