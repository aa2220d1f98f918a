"""What changed between two versions of the Plan, told in sentences. Pure: compares what `frozen.facts_of` makes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plans.words import listed, words


@dataclass(frozen=True)
class Change:
    """`about` is the part of the Plan it belongs to."""

    about: str
    text: str


def changes(before: dict, after: dict) -> list[Change]:
    """In the order of the document; empty when nothing that people would notice changed."""
    parts = (
        ("Organización", _organization),
        ("Textos", _texts),
        ("Participantes", _participants),
        ("Estrategias", _strategies),
        ("Ejes prioritarios", _axes),
        ("Mapa del sistema", _actors),
        ("Aliados", _rows),
        ("Siguientes pasos", _next_steps),
        ("Fotos", _photos),
    )
    # A quoted text brings its own full stop.
    return [Change(about, text.replace(".».", "».")) for about, tell in parts for text in tell(before, after)]


def _organization(before, after) -> Iterator[str]:
    was, now = before["organization"], after["organization"]
    if was["name"] != now["name"]:
        yield f"La organización ahora se llama {now['name']}."
    if was["desired_result"] != now["desired_result"]:
        yield f"El resultado que buscamos ahora dice: «{now['desired_result']}»."


def _texts(before, after):
    for key, text in after["texts"].items():
        if text != before["texts"].get(key, ""):
            yield f"Cambió el texto de «{words()[key].get('name') or words()[key]['title']}»."


def _participants(before, after):
    came = [one for one in after["participants"] if one not in before["participants"]]
    left = [one for one in before["participants"] if one not in after["participants"]]
    if came:
        yield f"Se {_verb(came, 'sumó', 'sumaron')}: {listed(came)}."
    if left:
        yield f"Ya no {_verb(left, 'aparece', 'aparecen')}: {listed(left)}."


def _strategies(before, after):
    new, gone, both = _apart(before["strategies"], after["strategies"])
    for one in new:
        yield f"Se sumó la estrategia «{one['text']}» ({one['status'].lower()}) en «{one['line']}»."
    for one in gone:
        yield f"Salió la estrategia «{one['text']}» de «{one['line']}»."
    for was, now in both:
        if was["text"] != now["text"]:
            yield f"La estrategia «{was['text']}» ahora dice «{now['text']}»."
        if was["status"] != now["status"]:
            yield f"«{now['text']}» pasó de «{was['status']}» a «{now['status']}»."
        if was["why"] != now["why"]:
            yield f"Cambió el porqué de «{now['text']}»."


def _axes(before, after):
    was = {pk: place for place, pk in enumerate(before["axes"], 1)}
    now = {pk: place for place, pk in enumerate(after["axes"], 1)}
    for pk, place in now.items():
        text = after["strategies"][pk]["text"]
        if pk not in was:
            yield f"«{text}» es eje prioritario, en el lugar {place}."
        elif was[pk] != place:
            yield f"«{text}» pasó del lugar {was[pk]} al {place}."
    for pk in was:
        if pk not in now:
            yield f"«{before['strategies'][pk]['text']}» ya no es eje prioritario."


def _actors(before, after):
    new, gone, both = _apart(before["actors"], after["actors"])
    moved = [now["name"] for was, now in both if (was["relation"], was["result"]) != (now["relation"], now["result"])]
    if new:
        yield f"{_verb(new, 'Entró', 'Entraron')} al mapa: {listed([one['name'] for one in new])}."
    if gone:
        yield f"{_verb(gone, 'Salió', 'Salieron')} del mapa: {listed([one['name'] for one in gone])}."
    if moved:
        yield f"{_verb(moved, 'Cambió', 'Cambiaron')} de lugar en el mapa: {listed(moved)}."


def _rows(before, after):
    new, gone, both = _apart(before["rows"], after["rows"])
    for one in new:
        yield f"{one['ally']} se sumó como potencial aliado para «{one['strategy']}»."
    for one in gone:
        yield f"{one['ally']} ya no está como potencial aliado para «{one['strategy']}»."
    for was, now in both:
        if was["objective"] != now["objective"]:
            yield f"Con {now['ally']}, el objetivo de la alianza ahora dice: «{now['objective']}»."
        yield from _markers(now["ally"], was["markers"], now["markers"])
        yield from _promises(f"Con {now['ally']}", "actividad", was["activities"], now["activities"])


def _markers(ally, before, after):
    new, gone, both = _apart(before, after)
    for one in new:
        yield f"Con {ally}, nuevo indicador a {one['horizon']}: «{one['text']}»."
    for one in gone:
        yield f"Con {ally}, salió el indicador a {one['horizon']} «{one['text']}»."
    for was, now in both:
        if was["text"] != now["text"]:
            yield f"Con {ally}, el indicador «{was['text']}» ahora dice «{now['text']}»."


def _promises(whose, what, before, after):
    new, gone, both = _apart(before, after)
    for one in new:
        yield f"{whose}, {'nueva ' if what == 'actividad' else 'nuevo '}{what}: «{one['title']}»."
    for one in gone:
        yield f"{whose}, salió: «{one['title']}»."
    for was, now in both:
        if was["title"] != now["title"]:
            yield f"{whose}, «{was['title']}» ahora dice «{now['title']}»."
        if was["responsible"] != now["responsible"]:
            yield f"«{now['title']}» ahora le toca a {now['responsible'] or 'nadie todavía'}."
        if was["due_date"] != now["due_date"]:
            yield f"«{now['title']}» cambió de fecha: {_day(was['due_date'])} → {_day(now['due_date'])}."


def _next_steps(before, after):
    yield from _promises("Al cierre", "acuerdo", before["next_steps"], after["next_steps"])


def _photos(before, after):
    if before["photos"] != after["photos"]:
        yield "Cambió la selección de fotos."


def _apart(before: dict, after: dict):
    """What is only in `after`, what is only in `before`, and pairs of what is in both."""
    new = [facts for key, facts in after.items() if key not in before]
    gone = [facts for key, facts in before.items() if key not in after]
    return new, gone, [(before[key], facts) for key, facts in after.items() if key in before]


def _verb(things, one, many):
    return one if len(things) == 1 else many


def _day(iso):
    return f"{date.fromisoformat(iso):%d/%m/%Y}" if iso else "sin fecha"
