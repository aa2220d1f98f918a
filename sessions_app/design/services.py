"""Changes to the blocks of a carta descriptiva and to their order.

Each verb is one transaction and starts the carta if nobody had changed it yet.
"""

from django.core.exceptions import ValidationError
from django.db import transaction

from alianzas import services as shared
from alianzas.concurrency import Changed
from alianzas.fields import SHORT
from sessions_app import agenda
from sessions_app.models import MAX_MINUTES, AgendaItem, SessionDesign

from . import prefill, queries

MOVED_MEANWHILE = "Alguien más cambió el orden mientras tanto. No movimos nada: este es el orden de ahora."
CONTINUED = " (continuación)"


@transaction.atomic
def design_for(*, organization, session_key) -> SessionDesign:
    """The carta of a session, created with what the method proposes when there is none. KeyError: no such session."""
    shared.lock(organization)
    found = SessionDesign.objects.filter(session_key=session_key).first()
    if found:
        return found
    carta = queries.carta(organization, session_key)
    design = shared.save(carta.design)
    for line in carta.lines:
        line.item.design = design
    AgendaItem.objects.bulk_create([line.item for line in carta.lines])
    return design


def open_carta(organization, session_key):
    """The carta as it is now, saved; other writers of the organisation wait."""
    design_for(organization=organization, session_key=session_key)
    return queries.carta(organization, session_key)


def open_block(organization, session_key, ref):
    """The carta and its block `ref`; AgendaItem.DoesNotExist."""
    carta = open_carta(organization, session_key)
    line = carta.find(ref)
    if line is None:
        raise AgendaItem.DoesNotExist
    return carta, line


def touch(design):
    """Save when the carta last changed, and that calendars have an older version of its hours."""
    design.count_version()
    design.save(update_fields=["updated_at", "sequence", "modified_at"])


def keep(carta, *items):
    """Save blocks of the carta, and with them when it last changed."""
    for item in items:
        shared.save(item)
    touch(carta.design)


def arrange(carta, sittings):
    """Give the blocks the order of `sittings`, a list of lists."""
    order = [item for items in sittings for item in items]
    changed = []
    for number, items in enumerate(sittings, 1):
        for item in items:
            if item.sitting != number:
                item.sitting = number
                changed.append(item)
    AgendaItem.objects.bulk_update(changed, ["sitting"])
    shared.renumber(order, "position", start=0)
    touch(carta.design)


def _order(carta):
    return [[line.item for line in sitting.lines] for sitting in carta.sittings]


# ── One block ───────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def set_minutes(*, organization, session_key, block, minutes, was=None) -> AgendaItem:
    """Change how long a block lasts; never below the minimum that it declares.

    `was` is how long it lasted when that was read: Changed when somebody made it something else since.
    """
    carta, line = open_block(organization, session_key, block)
    _require_read(str(line.item.minutes), str(minutes), was)
    if line.item.least_minutes and minutes < line.item.least_minutes:
        raise ValidationError(
            f"Su mínimo es de {line.item.least_minutes} min: para acortarlo más, baja antes el mínimo."
        )
    line.item.minutes = minutes
    keep(carta, line.item)
    return line.item


@transaction.atomic
def set_lock(*, organization, session_key, block, locked_start, was=None) -> AgendaItem:
    """Fix the hour at which a block starts; None lets it follow from what comes before. `was` as in `set_minutes`."""
    carta, line = open_block(organization, session_key, block)
    _require_read(_hour(line.item.locked_start), _hour(locked_start), was)
    _refuse_before_start(carta, line.item.sitting, locked_start)
    line.item.locked_start = locked_start
    keep(carta, line.item)
    return line.item


def _hour(moment) -> str:
    return f"{moment:%H:%M}" if moment else "sin hora fija"


def _require_read(now: str, wanted: str, was: str | None):
    if was is not None and now not in (was, wanted):
        said = f"Alguien lo cambió mientras escribías: lo guardado dice «{now}». Si guardas otra vez, queda lo tuyo."
        raise Changed("este bloque", now, said=said)


def _refuse_before_start(carta, number, locked_start):
    start = queries.starts_of(carta).get(number)
    if locked_start and start is not None and 60 * locked_start.hour + locked_start.minute < start:
        raise ValidationError(f"La jornada empieza a las {agenda.clock(start)}: fija esa hora o una posterior.")


@transaction.atomic
def skip_block(*, organization, session_key, block, reason) -> AgendaItem:
    """Leave a block out, saying why; it stays in the carta and can be taken back."""
    carta, line = open_block(organization, session_key, block)
    line.item.is_skipped, line.item.skip_reason = True, reason
    keep(carta, line.item)
    return line.item


@transaction.atomic
def restore_block(*, organization, session_key, block) -> AgendaItem:
    """Take back a block that was left out."""
    carta, line = open_block(organization, session_key, block)
    line.item.is_skipped, line.item.skip_reason = False, ""
    keep(carta, line.item)
    return line.item


@transaction.atomic
def edit_block(*, organization, session_key, block, **facts) -> AgendaItem:
    """Change anything of a block. ValidationError by field."""
    carta, line = open_block(organization, session_key, block)
    item = line.item
    for name, value in facts.items():
        setattr(item, name, value)
    _check_lock(carta, item)
    keep(carta, item)
    if "sitting" in facts:
        arrange(carta, [[one for one in items_of(carta) if one.sitting == day.number] for day in carta.sittings])
    return item


@transaction.atomic
def add_block(*, organization, session_key, after="", **facts) -> AgendaItem:
    """Add a block of one's own after the block `after`, in its sitting, or at the very start. ValidationError."""
    carta = open_carta(organization, session_key)
    before = carta.find(after) if after else None
    if after and before is None:
        raise ValidationError({"after": "Ese bloque ya no está en la agenda: elige otro."})
    item = AgendaItem(organization=organization, design=carta.design, **facts)
    item.sitting = before.item.sitting if before else 1
    _check_lock(carta, item)
    _insert(carta, item, before.item if before else None)
    return item


def _check_lock(carta, item):
    try:
        _refuse_before_start(carta, item.sitting, item.locked_start)
    except ValidationError as error:
        raise ValidationError({"locked_start": error.messages}) from None


def _insert(carta, item, after):
    shared.save(item)
    order = items_of(carta)
    order.insert(order.index(after) + 1 if after else 0, item)
    shared.renumber(order, "position", start=0)
    touch(carta.design)


def items_of(carta):
    """Its blocks in order."""
    return [line.item for line in carta.lines]


@transaction.atomic
def delete_block(*, organization, session_key, block) -> str:
    """Delete a block that was added here; its title comes back. A second part gives its minutes to the first one.

    ValidationError for an activity of the method: that one is skipped, with a reason.
    """
    carta, line = open_block(organization, session_key, block)
    if not line.is_own:
        raise ValidationError("Lo que propone el método no se borra: se omite, con su razón, y se puede retomar.")
    first = carta.find(line.item.activity_key) if line.activity else None
    if first:
        first.item.minutes = min(first.item.minutes + line.item.minutes, MAX_MINUTES)
        keep(carta, first.item)
    line.item.delete()
    shared.renumber([item for item in items_of(carta) if item.pk], "position", start=0)
    touch(carta.design)
    return line.item.title


@transaction.atomic
def divide_block(*, organization, session_key, block, first, pause=0, inside=False, title="") -> AgendaItem:
    """Divide a block in two after `first` minutes, with a pause of `pause` minutes between the parts.

    `inside` takes the pause out of the block's own minutes (K-38). The second part is a new block of the same activity.
    """
    carta, line = open_block(organization, session_key, block)
    return _divide(carta, line.item, first, pause, inside, title)


def _divide(carta, item, first, pause, inside=False, title=""):
    rest = item.minutes - first - (pause if inside else 0)
    if rest < 1:
        raise ValidationError({"first": f"El bloque dura {item.minutes} min: deja al menos 1 para la segunda parte."})
    if item.least_minutes:
        item.least_minutes = min(item.least_minutes, first)
    item.minutes, ends = first, item.is_close
    item.is_close = False
    keep(carta, item)
    names = ("organization", "design", "activity_key", "is_break", "is_optional", "track", "sitting", "responsibles")
    second = AgendaItem(**{name: getattr(item, name) for name in names}, minutes=rest, is_close=ends)
    second.title = item.title[: SHORT - len(CONTINUED)] + CONTINUED
    shared.save(second)
    between = [second]
    if pause:
        between.insert(0, _pause(carta, item, pause, title))
    order = items_of(carta)
    place = order.index(item) + 1
    shared.renumber([*order[:place], *between, *order[place:]], "position", start=0)
    return second


def _pause(carta, beside, minutes, title):
    kind = "meal" if minutes >= 30 else "coffee"
    facts = {"title": title or prefill.BREAK_TITLES[kind], "minutes": minutes, "is_break": True}
    return shared.save(
        AgendaItem(
            organization=carta.organization, design=carta.design, sitting=beside.sitting, track=beside.track, **facts
        )
    )


@transaction.atomic
def add_meal(*, organization, session_key):
    """Put the pause to eat that a long sitting lacks (K-37), dividing an activity if it goes through midday."""
    carta = open_carta(organization, session_key)
    if not carta.meals:
        raise ValidationError("La agenda ya tiene su pausa para comer, o no dura tanto que haga falta.")
    meal = carta.meals[0]
    item = carta.find(meal.key.partition(queries.PART)[0]).item
    if meal.after:
        _divide(carta, item, meal.after, prefill.MEAL)
        return
    order = items_of(carta)
    pause = _pause(carta, item, prefill.MEAL, "")
    order.insert(order.index(item), pause)
    shared.renumber(order, "position", start=0)
    touch(carta.design)


# ── The order ───────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def move_block(*, organization, session_key, block, step, seen) -> AgendaItem:
    """Move a block one place up (−1) or down (1), from one sitting to the next at their border.

    `seen` is the order that the person had in front of them; ValidationError if it is no longer that.
    """
    carta, line = open_block(organization, session_key, block)
    _refuse_stale_order(carta, seen)
    sittings, number = _order(carta), line.item.sitting - 1
    here = sittings[number].index(line.item)
    there, target = here + step, number
    if not 0 <= there < len(sittings[number]):
        target = number + step
        there = 0 if step > 0 else len(sittings[target]) if 0 <= target < len(sittings) else 0
    if 0 <= target < len(sittings):
        sittings[number].pop(here)
        sittings[target].insert(there, line.item)
        arrange(carta, sittings)
    return line.item


@transaction.atomic
def reorder(*, organization, session_key, order, seen):
    """Put the blocks in `order`: one list of refs per sitting, each block once."""
    carta = open_carta(organization, session_key)
    _refuse_stale_order(carta, seen)
    refs = [ref for refs in order for ref in refs]
    found = {ref: carta.find(ref) for ref in refs}
    if None in found.values() or len(found) < len(refs) or len(refs) != len(carta.lines):
        raise ValidationError(MOVED_MEANWHILE)
    if len(order) > len(carta.sittings):
        raise ValidationError("Esa jornada no existe.")
    sittings = [[found[ref].item for ref in refs] for refs in order]
    arrange(carta, sittings)


def _refuse_stale_order(carta, seen):
    if seen != carta.order_token:
        raise ValidationError(MOVED_MEANWHILE)
