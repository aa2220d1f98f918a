"""What an organisation changed of the orden del día that the method proposes, in words."""

from collections.abc import Iterator

from . import prefill
from .queries import Carta, assemble

WORDS = {
    "title": "su título",
    "methodology": "su metodología",
    "materials": "sus materiales",
    "responsibles": "sus responsables",
    "least_minutes": "su mínimo",
    "track": "su equipo",
}


def differences(carta: Carta) -> list[str]:
    """One line for each thing that going back to the method would lose."""
    original = prefill.design(carta.organization, carta.session)
    method = assemble(carta.organization, carta.session, original, prefill.items(original, carta.session))
    return list(_blocks(carta, method)) + list(_whole(carta, method))


def _blocks(carta: Carta, method: Carta) -> Iterator[str]:
    proposed = {line.ref: line.item for line in method.lines if not line.is_own}
    added = [(line.item.title, line.item.minutes) for line in method.lines if line.is_own]
    for line in carta.lines:
        item = line.item
        if line.is_own:
            if (item.title, item.minutes) in added:
                added.remove((item.title, item.minutes))
                continue
            yield f"Se borra «{item.title}» ({item.minutes} min), que agregaron aquí."
            continue
        before = proposed[line.ref]
        if item.minutes != before.minutes:
            yield f"«{item.title}» vuelve de {item.minutes} a {before.minutes} min."
        if item.locked_start:
            yield f"«{item.title}» deja de tener hora fija ({item.locked_start:%H:%M})."
        if item.is_skipped and not before.is_skipped:
            yield f"«{item.title}» deja de omitirse. La razón era: {item.skip_reason}"
        if before.is_skipped and not item.is_skipped:
            yield f"«{item.title}» se vuelve a omitir."
        for name, word in WORDS.items():
            if getattr(item, name) != getattr(before, name):
                yield f"«{item.title}» pierde lo que cambiaron en {word}."


def _whole(carta: Carta, method: Carta) -> Iterator[str]:
    kept = [line.ref for line in carta.lines if not line.is_own]
    if kept != [line.ref for line in method.lines if not line.is_own]:
        yield "Las actividades vuelven al orden del método."
    for sitting in carta.sittings[1:]:
        when = f" ({sitting.date:%d/%m/%Y})" if sitting.date else ""
        yield f"Todo vuelve a una sola jornada: se olvidan fecha, hora y lugar de la jornada {sitting.number}{when}."
