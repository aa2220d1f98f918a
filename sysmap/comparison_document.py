"""What the ideal system and the comparison of two moments hand over (domain §4.4, §5)."""

from collections.abc import Iterator

from alianzas.exports.blocks import Block, Bullets, Callout, Column, Document, Figure, Heading, Paragraph, Row, Table
from alianzas.identity import document_of
from alianzas.veiling import NO_WORDS, veiled
from sessions_app import curriculum
from sessions_app.worksheets.blocks import answer_blocks
from sessions_app.worksheets.queries import answers_to

from . import queries
from .compare import Change, label, sentence, shown, summary
from .ideal import DEFINITION, Distance, distance, gaps, reached
from .models import Actor, Held, MapSnapshot
from .states import MapState
from .veil import Veil, veiled_state
from .words import counted, listed

NO_REASON = "Sin razón anotada"
NO_MOMENT = (
    "Todavía no hay ningún momento guardado con el cual comparar. Abre el mapa, revisa con el equipo que se parezca a "
    "como es hoy y guárdalo como línea base; cuando algo cambie, este documento dirá qué se movió y por qué."
)
NO_IDEAL = (
    "Todavía no hay un sistema ideal anotado. Escribe en el mapa qué relación y qué efecto buscan con cada actor, y "
    "qué papeles hacen falta."
)
WORKSHEET, PROMPTS = "S2.3", ("S2.3.f", "S2.3.g")  # needed resources and rules to change
FIELD_LABELS = {
    "relation": "Relación",
    "result": "Efecto en el resultado",
    "added": "Está en el mapa",
    "removed": "Está en el mapa",
    "ghost_added": "Papel que falta",
    "ghost_removed": "Papel que falta",
    "renamed": "Nombre",
    "sector": "Sector",
    "is_informal": "Actor informal",
    "roles": "Roles",
    "primary_resource": "Recurso predominante",
    "secondary_resources": "Otros recursos",
    "rules": "Reglas",
}
GROUPS = (
    "Relaciones y efectos que se movieron",
    "Quién entró y quién salió",
    "Roles, recursos, reglas y lo demás",
)
CHANGE_COLUMNS = (
    Column("name", "Actor", 3, row_header=True),
    Column("field", "Qué", 2),
    Column("before", "Antes", 4),
    Column("after", "Después", 4),
)
IDEAL_COLUMNS = (
    Column("name", "Actor", 2.6, row_header=True),
    Column("role", "Papel que tendría que jugar", 3.4),
    Column("holder", "¿Quién?", 2.4),
    Column("relation", "Relación: hoy → que buscamos", 2.6),
    Column("result", "Efecto: hoy → que buscamos", 2.4),
    Column("note", "Por qué y qué tendría que pasar", 4),
)
MISSING_COLUMNS = (
    Column("role", "Papel que falta", 4, row_header=True),
    Column("holder", "A quién le tocaría", 3),
    Column("resource", "Recurso que aportaría", 3),
    Column("relation", "Relación que buscamos", 2),
    Column("result", "Efecto que buscamos", 2),
)
GAP_COLUMNS = (
    Column("number", "N.º", 0.7, align="right"),
    Column("name", "Candidato", 4.6, row_header=True),
    Column("why", "Qué lo separa del ideal", 6),
    Column("steps", "Pasos", 1, align="right"),
)


# --- the ideal system ------------------------------------------------------------------------------------


def ideal_document(org) -> Document:
    """The ideal map, the way to it from today's, and everything that was said about it."""
    veil = queries.veil()
    state = veiled_state(queries.today(), veil)
    blocks = [
        _figure(
            queries.ideal_picture(org, state),
            "Mapa del sistema ideal",
            "Cada actor en el lugar que buscamos. Marcados, los que tienen que moverse; punteados, los papeles que "
            "hoy faltan.",
            main=True,
        ),
        _figure(
            queries.overlay_picture(org, state),
            "Del mapa actual al ideal",
            "Cada flecha va del lugar de hoy al que buscamos, punteado. En blanco, quienes se quedan donde están.",
        ),
        Heading(1, "Qué tendría que cambiar"),
    ]
    if org.desired_result:
        blocks.append(Callout("Resultado que buscamos", org.desired_result))
    blocks += _distance_today(distance(state))
    blocks += _missing_roles(state)
    blocks += _ideal_of_actors(queries.actors(), veil)
    blocks += _candidates(state)
    answers = answers_to(map(curriculum.prompt, PROMPTS))
    if said := answer_blocks(WORKSHEET, answers):
        blocks += [Heading(2, "Recursos y reglas"), *(veiled(block, veil, NO_WORDS) for block in said)]
    return _document(org, "Sistema ideal", blocks)


def _distance_today(far):
    if far.of:
        yield Paragraph(f"Distancia al ideal: {_steps(far)}.", "lead")
        yield Paragraph(DEFINITION, "note")
    else:
        yield Paragraph(NO_IDEAL)


def _ideal_of_actors(actors: list[Actor], veil: Veil):
    names = {actor.pk: actor.public_name for actor in actors}
    rows = tuple(
        Row(
            str(actor.key),
            (
                actor.public_name,
                veil(actor.desired_role),
                _holder(actor, names, veil),
                _wanted("relation", actor.relation, actor.desired_relation),
                _wanted("result", actor.result, actor.desired_result),
                veil(actor.ideal_note),
            ),
        )
        for actor in actors
        if actor.in_matrix and (actor.desired_role or actor.desired_relation or actor.desired_result)
    )
    if rows:
        yield Heading(2, "El papel de cada actor")
        yield Table("ideal-actores", IDEAL_COLUMNS, rows)


def _holder(actor, names, veil):
    if actor.role_is_held == Held.YES:
        return "Ya lo cumple"
    return names.get(actor.role_holder_id) or veil(actor.role_holder_name)


def _wanted(field, now, desired):
    return f"{label(field, now)} → {label(field, desired)}" if desired else label(field, now)


def _missing_roles(state: MapState):
    if state.ghosts:
        yield Heading(2, "Papeles que hacen falta")
        yield Table(
            "ideal-papeles",
            MISSING_COLUMNS,
            tuple(
                Row(
                    one.key,
                    (
                        one.role,
                        one.holder or "Nadie todavía",
                        one.resource,
                        label("relation", one.relation),
                        label("result", one.result),
                    ),
                )
                for one in state.ghosts
            ),
        )


def _candidates(state: MapState):
    yield Heading(2, "A quién acercarse: las mayores diferencias")
    if rows := tuple(
        Row(f"{one.key}-{number}", (number, one.name, one.why, one.steps)) for number, one in enumerate(gaps(state), 1)
    ):
        yield Table("ideal-candidatos", GAP_COLUMNS, rows)
    else:
        yield Paragraph("Ningún actor tiene todavía un lugar más cercano o un efecto más favorable por alcanzar.")


# --- two moments -----------------------------------------------------------------------------------------


def latest_comparison(org) -> Document:
    """The first moment against the latest thing there is: the last moment, or today while there is only one."""
    moments = queries.moments()
    if not moments:
        return _document(org, "Comparación del mapa", [Heading(1, "Comparación del mapa"), Paragraph(NO_MOMENT)])
    return comparison_document(org, moments[0], moments[-1] if len(moments) > 1 else None)


def comparison_document(org, before: MapSnapshot, after: MapSnapshot | None = None) -> Document:
    """What changed from one moment to another, or to today: in words with reasons, in a table and as pictures."""
    veil = queries.veil()
    old, new, asked = queries.compared(before, after, veil)
    told = [(change, reason) for _, change, reason in asked]
    changes = [change for change, _ in told]
    blocks = [
        Heading(1, "Qué se movió en el sistema"),
        Paragraph(f"{old.label} → {new.label}", "note"),
        Paragraph(summary(old, new, changes), "lead"),
        *_people(before, after, veil),
        *_distance_of_both(old, new),
        *_sentences(told),
        _figure(queries.moment_picture(org, old), f"Mapa del sistema: {old.label}", f"{old.label}."),
        _figure(
            queries.comparison_picture(org, old, new),
            f"Qué se movió hasta {new.label}",
            f"{new.label}. Cada flecha viene de donde el actor estaba antes, punteado; en blanco, quienes "
            "no cambiaron de lugar.",
        ),
        *_before_and_after(changes),
        *_left_to_go(distance(new)),
    ]
    return _document(org, "Comparación del mapa", blocks)


def _people(before, after, veil):
    for moment in filter(None, (before, after)):
        if moment.people:
            people = listed(line.strip() for line in moment.people.splitlines() if line.strip())
            yield Paragraph(f"{moment}: participaron {veil(people)}.", "note")


def _distance_of_both(old: MapState, new: MapState):
    first, last = distance(old, new), distance(new)
    if not first.of:
        yield Paragraph(NO_IDEAL, "note")
        return
    text = f"{old.label}: {_steps(first)}.\n{new.label}: {_steps(last)}."
    if names := reached(old, new):
        text += f"\nYa están donde queríamos: {listed(names)}."
    yield Callout("Distancia al ideal", text)
    yield Paragraph(DEFINITION, "note")


def _steps(far: Distance):
    return f"{counted(far.steps, 'paso', 'pasos')} de {far.of} posibles" if far.steps else "en el ideal, cero pasos"


def _sentences(told: list[tuple[Change, str]]):
    yield Heading(2, "Qué cambió y por qué")
    for weight, title in enumerate(GROUPS):
        if said := tuple(
            sentence(change, reason or (NO_REASON if change.asks_why else ""))
            for change, reason in told
            if change.weight == weight
        ):
            yield Heading(3, title)
            yield Bullets(said)


def _before_and_after(changes: list[Change]) -> Iterator[Block]:
    if changes:
        yield Heading(2, "Antes y después")
        yield Table(
            "antes-y-despues",
            CHANGE_COLUMNS,
            tuple(
                Row(
                    f"{number}",
                    (
                        change.name,
                        FIELD_LABELS[change.field],
                        shown(change, change.before),
                        shown(change, change.after),
                    ),
                )
                for number, change in enumerate(changes)
            ),
        )


def _left_to_go(far: Distance):
    if far.parts:
        yield Heading(2, "Lo que falta para llegar al ideal")
        yield Paragraph(f"{listed(f'{part.name} ({part.steps})' for part in far.parts)}. Entre paréntesis, los pasos.")


def _figure(svg, title, caption, **facts):
    return Figure(svg, title=title, caption=caption, full_page=True, **facts)


def _document(org, title, blocks):
    return document_of(org, title, blocks, orientation="landscape")
