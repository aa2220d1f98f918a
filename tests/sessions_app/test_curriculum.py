"""The facts of the method, written out: times, paths, questions, limits, and how its words are written."""

import re
from dataclasses import asdict

import pytest

from sessions_app import curriculum

MINUTES = {  # session: (minutes of each activity, breaks included, in order)
    "1": [("S1.1", 60), ("S1.2", 60), ("S1.B1", 0), ("S1.3", 120), ("S1.4", 60), ("S1.5", 120)],
    "2": [("S2.1", 60), ("S2.2", 30), ("S2.B1", 0), ("S2.3", 300), ("S2.4", 30)],
    "3": [("S3.1", 120), ("S3.2", 120), ("S3.3", 30)],
    "4": [
        *[("S4.1", 10), ("S4.2", 30), ("S4.3", 10), ("S4.4", 40), ("S4.5", 10), ("S4.6", 30)],
        *[("S4.7", 10), ("S4.8", 40), ("S4.9", 10), ("S4.10", 40)],
    ],
    "5": [
        *[("S5.1", 30), ("S5.2", 60), ("S5.B1", 15), ("S5.3", 60), ("S5.4", 45), ("S5.B2", 45)],
        *[("S5.5", 60), ("S5.6", 45), ("S5.B3", 10), ("S5.7", 60), ("S5.8", 10)],
    ],
    "6": [
        *[("S6.1", 5), ("S6.2", 10), ("S6.3", 45), ("S6.4", 20), ("S6.5", 30), ("S6.B1", 10)],
        *[("S6.6", 150), ("S6.7", 15)],
    ],
    "M": [
        *[("M.1", 10), ("M.2", 5), ("M.3", 45), ("M.4", 30), ("M.B1", 15), ("M.5", 60), ("M.B2", 15)],
        *[("M.6", 30), ("M.7", 45), ("M.8", 30), ("M.9", 10)],
    ],
}


def texts():
    """Every text of the content, with the key of the thing that it belongs to."""

    def walk(value, key):
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, dict):
            for part in value.values():
                yield from walk(part, value.get("key", key))
        elif isinstance(value, list | tuple):
            for part in value:
                yield from walk(part, key)

    return list(walk(asdict(curriculum.current()), ""))


# Times


def test_sessions_are_listed_in_order():
    assert [session.key for session in curriculum.sessions()] == ["1", "2", "3", "4", "5", "6", "M"]


@pytest.mark.parametrize("key", MINUTES)
def test_session_has_its_activities_and_minutes(key):
    assert [(a.key, a.minutes) for a in curriculum.session(key).activities] == MINUTES[key]


@pytest.mark.parametrize(
    ("key", "hours", "work", "breaks", "total", "gap"),
    [
        ("1", 8, 420, 0, 420, -60),
        ("2", 8, 420, 0, 420, -60),
        ("3", 4, 270, 0, 270, 30),
        ("4", 4, 230, 0, 230, -10),
        ("5", 8, 370, 70, 440, -40),
        ("6", 4, 275, 10, 285, 45),
        ("M", 0, 265, 30, 295, None),
    ],
)
def test_session_sums(key, hours, work, breaks, total, gap):
    session = curriculum.session(key)

    assert session.hours == hours
    assert (session.work_minutes, session.break_minutes, session.total_minutes) == (work, breaks, total)
    assert session.gap_minutes == gap


def test_all_sessions_sum():
    counted = [session for session in curriculum.sessions() if session.key != "M"]

    assert sum(session.work_minutes for session in counted) == 1985
    assert sum(session.break_minutes for session in counted) == 80
    assert sum(session.total_minutes for session in counted) == 2065
    assert sum(session.hours for session in counted) == 36


def test_components_have_their_hours():
    hours = {"capacidades": 0, "trabajo": 0}
    for session in curriculum.sessions():
        hours[session.component] += session.hours

    assert hours == {"capacidades": 20, "trabajo": 16}


def test_annex_3_is_shorter_without_its_welcome():
    annex, welcome = curriculum.session("M"), curriculum.activity("M.1")

    assert welcome.optional
    assert annex.work_minutes - welcome.minutes == 255
    assert annex.total_minutes - welcome.minutes == 285


def test_matrix_phases_sum():
    phases = [a.minutes for a in curriculum.session("M").activities if a.part.startswith("Fase")]

    assert phases == [45, 30, 60, 30, 45]
    assert sum(phases) == 210


@pytest.mark.parametrize(
    ("key", "kind", "minutes", "untimed"),
    [
        ("S1.B1", "coffee", 0, True),
        ("S2.B1", "coffee", 0, True),
        ("S5.B1", "coffee", 15, False),
        ("S5.B2", "meal", 45, False),
        ("S5.B3", "coffee", 10, False),
        ("S6.B1", "coffee", 10, False),
        ("M.B1", "coffee", 15, False),
        ("M.B2", "coffee", 15, False),
    ],
)
def test_break_has_its_kind_and_minutes(key, kind, minutes, untimed):
    pause = curriculum.activity(key)

    assert pause.is_break
    assert (pause.break_kind, pause.minutes, pause.untimed) == (kind, minutes, untimed)
    assert pause.suggested_minutes == (15 if untimed else None)


def test_breaks_are_eight_and_only_they_are_without_work():
    assert sum(activity.is_break for activity in curriculum.activities()) == 8
    assert all(a.minutes > 0 and a.objective and a.steps for a in curriculum.activities() if not a.is_break)


def test_inner_breaks_are_fields_of_their_activities():
    inner = {a.key: a.inner_break for a in curriculum.activities() if a.inner_break}

    assert list(inner) == ["S1.5", "S6.6"]
    assert (inner["S6.6"].minutes, inner["S6.6"].after, inner["S6.6"].optional) == (10, 90, True)
    assert (inner["S1.5"].kind, inner["S1.5"].optional) == ("coffee", False)


def test_duplicated_closing_of_session_3_folds_to_the_temario():
    session, closing = curriculum.session("3"), curriculum.activity("S3.3")

    assert closing.fold_into == "S3.2"
    assert session.work_minutes - closing.minutes == 240 == session.hours * 60


def test_session_4_fits_the_temario_with_one_break_of_ten():
    assert curriculum.session("4").total_minutes + 10 == 240
    assert len({activity.part for activity in curriculum.session("4").activities}) == 5


# Paths


@pytest.mark.parametrize(
    ("level", "recommended", "open_", "hours", "work", "total", "gap"),
    [
        ("basic", "12345", "6", 32, 1710, 1780, -140),
        ("intermediate", "1235", "46", 28, 1480, 1550, -130),
        ("advanced", "1236", "45", 24, 1385, 1395, -45),
    ],
)
def test_path_by_level(level, recommended, open_, hours, work, total, gap):
    path = curriculum.path_for(level)

    assert "".join(session.key for session in path.recommended) == recommended
    assert "".join(session.key for session in path.open) == open_
    assert (path.hours, path.work_minutes, path.total_minutes, path.gap_minutes) == (hours, work, total, gap)
    assert path.work_minutes + path.break_minutes == total


def test_path_says_how_a_session_is_done_at_a_level():
    notes = {
        (level, step.session.key): step.note for level in curriculum.LEVELS for step in curriculum.path_for(level).steps
    }

    assert "ligera" in notes["advanced", "1"]
    assert "Anexo 3" in notes["basic", "2"]
    assert "actualiza" in notes["advanced", "2"]
    assert "opcional" in notes["basic", "6"]
    assert "opcional" in notes["intermediate", "6"]
    assert notes["basic", "1"] == ""


def test_path_of_an_unknown_level_is_a_key_error():
    with pytest.raises(KeyError):
        curriculum.path_for("expert")


# Questions


@pytest.mark.parametrize(
    ("activity", "questions"),
    [
        ("S1.3", "q1 q2 q3"),
        ("S1.4", "q1 q2"),
        ("S1.5", "a b c d e f g h"),
        ("S2.3", "a b c d e f g"),
        ("M.3", "A B t1 t2 t3"),
        ("M.5", "t1 t2 t3"),
        ("M.8", "q1 q2"),
        ("S4.5", "q1 q2 q3"),
        ("S4.7", "q1 q2 q3 q4"),
        ("S5.3", "q1 q2 q3 q4"),
        ("S5.5", "a b c d e"),
        ("S5.6", "q1 q2 q3 q5"),  # who (3) and when (4) are one commitment
        ("S6.2", "q1 q2 q3"),
        ("S6.3", "q1 q2 q3"),
    ],
)
def test_activity_asks_the_questions_of_the_method(activity, questions):
    asked = [prompt.key for prompt in curriculum.activity(activity).questions]

    assert asked == [f"{activity}.{question}" for question in questions.split()]


@pytest.mark.parametrize(
    ("activity", "prompts"),
    [
        ("S1.1", "asistencia definicion expectativas participacion valoracion prioridad"),
        ("S1.2", "conceptos"),
        ("S1.3", "q1 q2 q3 temas reflexion"),
        ("S1.4", "caso preguntas q1 q2"),
        ("S1.5", "a b c d e f g h reflexiones"),
        ("S2.1", "aportes definicion"),
        ("S2.2", "actores notas"),
        ("S2.3", "a b c d e f g mapa"),
        ("S2.4", "elementos animo"),
        ("M.1", "asistencia reglas"),
        ("M.2", ""),
        ("M.3", "A B t1 t2 t3 foto"),
        ("M.4", "actores roles foto"),
        ("M.5", "relacion reglas t1 t2 t3"),
        ("M.6", "principal secundarios"),
        ("M.7", "resultado"),
        ("M.8", "q1 q2 aciertos errores foto"),
        ("M.9", "pasos"),
        ("S3.1", "ejemplos"),
        ("S3.2", "dibujo foto pasos reflexion"),
        ("S3.3", "reflexiones"),
        ("S4.1", "alianzas"),
        ("S4.2", "criterios"),
        ("S4.3", "que_es eventos"),
        ("S4.4", "exito fracaso criterios tarjetas voceria asistencia mensaje seguimiento"),
        ("S4.5", "q1 q2 q3"),
        ("S4.6", "pitch retroalimentacion vocera"),
        ("S4.7", "q1 q2 q3 q4"),
        ("S4.8", "confianza"),
        ("S4.9", "experiencias"),
        ("S4.10", "criterios afectados proceso_fin proceso_cierre anuncio"),
        ("S5.1", "asistencia expectativas quienes equipos"),
        ("S5.2", "aliado recursos_org recursos_aliado comunes tabla"),
        ("S5.3", "q1 q2 q3 q4"),
        ("S5.4", "imagen ambiental finanzas reputacion propios"),
        (
            "S5.5",
            "a a_compromiso b b_canales c c_mejoras c_contenido c_borrador c_archivo "
            "d d_base d_monitoreo d_borrador d_legal d_archivo e e_borrador e_archivo",
        ),
        ("S5.6", "q1 periodicidad q2 q3 q5"),
        (
            "S5.7",
            "puntos contacto momentos capacidad problemas cierre_proyecto cierre_continuidad "
            "cierre_elementos obstaculos",
        ),
        ("S5.8", "pasos consideraciones"),
        ("S6.1", "asistencia"),
        ("S6.2", "q1 q2 q3"),
        ("S6.3", "mision lineas q1 q2 q3"),
        ("S6.4", "lineas estado"),
        ("S6.5", "votos orden desempate"),
        ("S6.6", "aliado objetivo corto mediano largo"),
        ("S6.7", "pasos recurrencia"),
    ],
)
def test_keys_that_answers_hang_from_never_change(activity, prompts):
    written = [prompt.key for prompt in curriculum.activity(activity).prompts]

    assert written == [f"{activity}.{prompt}" for prompt in prompts.split()]


@pytest.mark.parametrize(
    ("key", "kind", "scope", "text"),
    [
        ("S1.1.definicion", "list", "PERSON", "Con tus palabras, ¿qué es una Alianza Estratégica?"),
        ("S1.3.q2", "list", "GROUP", "¿En qué se vuelve más fuerte al hacerlo?"),
        ("S1.5.c", "list", "GROUP", "¿De cuánto tiempo podemos disponer?"),
        ("S2.3.d", "list", "ORG", "¿Qué papel hace falta hoy en el sistema?"),
        ("S2.3.e", "choice", "ACTOR", "¿Qué tipo de vínculo debe transformarse?"),
        ("M.3.A", "long", "ORG", "¿Qué resultado busca la organización (misión: lo que queremos cambiar)?"),
        ("M.5.t2", "yesno", "ACTOR", "¿El propio actor impone las reglas del trato?"),
        ("M.8.q2", "long", "ORG", "¿Con quiénes tratamos más que con el resto?"),
        ("S5.3.q3", "list", "ALLY", "¿En qué estamos dispuestos a ceder?"),
        ("S5.4.reputacion", "table", "ALLY", "¿Su reputación encaja con nuestra visión?"),
        ("S6.2.q1", "position", "PERSON", "Desde tu puesto, ¿cuánto empeño pones en concretar alianzas?"),
        ("S6.3.q2", "table", "LINE", "¿Cuáles no dieron lo previsto y por qué?"),
        ("S6.6.largo", "list", "STRAT", "Largo plazo. Si todo saliera de maravilla, ¿qué habríamos logrado?"),
    ],
)
def test_prompt_reads_as_the_method_says(key, kind, scope, text):
    prompt = curriculum.prompt(key)

    assert (prompt.kind, prompt.scope, prompt.text) == (kind, scope, text)


def test_prompts_filter_by_scope():
    assert {prompt.scope for prompt in curriculum.prompts("LINE")} == {"LINE"}
    assert [prompt.key for prompt in curriculum.prompts("LINE")] == ["S6.3.q1", "S6.3.q2", "S6.3.q3"]
    assert len(curriculum.prompts()) == 172
    assert {prompt.scope for prompt in curriculum.prompts()} == {
        *("ORG", "ALLY", "ACTOR", "LINE", "STRAT", "PERSON", "GROUP", "RUN")
    }


# Limits, options and checklists


def labels(key: str) -> list[str]:
    return [option.label for option in curriculum.prompt(key).options]


def columns(key: str) -> list[str]:
    return [column.key for column in curriculum.prompt(key).columns]


def test_limits_of_the_method():
    assert curriculum.prompt("S2.2.actores").max == 10
    assert curriculum.prompt("M.4.roles").max == 3
    assert curriculum.prompt("S5.7.obstaculos").max == 3
    assert curriculum.prompt("S6.5.votos").max == 3
    assert curriculum.prompt("S6.4.lineas").min == 2
    assert curriculum.prompt("S6.6.corto").min == 1


def test_actor_choices():
    assert labels("M.5.relacion") == labels("S2.3.e") == ["Fuerte", "Colaborativa", "Débil", "Conflictiva"]
    assert labels("M.7.resultado") == ["Positivo", "Negativo"]
    sector = next(column for column in curriculum.prompt("M.3.B").columns if column.key == "sector")
    assert len(sector.options) == 13
    assert curriculum.prompt("M.6.principal").kind == "choice"
    assert curriculum.prompt("M.6.secundarios").optional


def test_checklists_have_their_points():
    assert len(labels("S5.5.d")) == 5
    assert labels("S5.5.d_base") == [
        "Propósito",
        "Metas",
        "Objetivos",
        "Aspectos clave",
        "Actividades críticas",
    ]
    assert len(labels("S5.5.d_monitoreo")) == 4
    assert len(labels("S5.5.e")) == 8
    assert len(labels("S5.8.consideraciones")) == 4


def test_due_diligence_has_four_criteria_with_rating_and_evidence():
    criteria = ("S5.4.imagen", "S5.4.ambiental", "S5.4.finanzas", "S5.4.reputacion")

    for key in criteria:
        answer, rating, evidence = curriculum.prompt(key).columns
        assert (answer.kind, rating.kind, evidence.kind) == ("long", "choice", "evidence")
        assert len(rating.options) == 4
        assert curriculum.prompt(key).assumption


def test_pitch_lasts_sixty_seconds_in_three_parts():
    pitch = curriculum.prompt("S4.6.pitch")

    assert [part.value for part in pitch.options] == [5, 40, 15]
    assert (pitch.min, pitch.max) == (40, 60)
    assert columns("S4.6.pitch")[:6] == ["name", "osc", "problem", "action", "result", "why_attractive"]
    parts = {part.key for part in pitch.options}
    assert {column.group for column in pitch.columns if column.group} == parts


def test_trust_has_four_private_components_from_1_to_10():
    trust = curriculum.prompt("S4.8.confianza")

    assert [option.key for option in trust.options] == [*("credibility", "reliability", "intimacy", "self_orientation")]
    assert (trust.min, trust.max, trust.private, trust.optional) == (1, 10, True, True)


def test_possibility_line_runs_from_0_to_100_without_names():
    for prompt in curriculum.activity("S6.2").prompts:
        assert (prompt.min, prompt.max, prompt.anonymous) == (0, 100, True)
    assert [(o.label, o.value) for o in curriculum.prompt("S6.2.q3").options] == [
        *(("Sencillo", 0), ("Normal", 50), ("Complejo", 100))
    ]


def test_tables_have_the_columns_of_the_method():
    assert columns("S1.2.conceptos") == [
        *("concept", "base_definition", "group_addition", "group", "marked_relevant", "agreed_org_version")
    ]
    assert columns("M.3.B") == ["name", "sector", "is_informal", "notes"]
    assert columns("S3.2.pasos") == [
        *("step", "own_name", "active", "order", "what_we_do_today", "people", "contacts", "adaptation_note")
    ]
    assert columns("S4.2.criterios") == ["criterion", "question", "origin", "active"]
    assert columns("S5.2.tabla") == ["resource", "type", "org", "ally", "common"]
    assert columns("S5.5.b_canales") == ["channel", "state"]
    assert columns("S5.7.obstaculos") == ["obstacle", "basis", "guideline"]
    assert columns("S6.3.q1") == ["strategy", "status", "why", "author"]
    assert columns("S6.7.pasos") == ["what", "horizon", "responsible", "due_date"]


def test_commitments_come_from_every_answer_with_a_responsible():
    found = {p.key for p in curriculum.prompts() if p.kind == "commitment" or p.commits}

    assert found == {
        *("S5.5.a_compromiso", "S5.5.c_borrador", "S5.5.d_borrador", "S5.5.e_borrador", "S5.6.q3"),
        *("S5.7.contacto", "S5.8.pasos", "S6.7.pasos", "M.9.pasos"),
    }


def test_dangerous_answers_are_flagged():
    assert curriculum.prompt("S4.9.experiencias").confidential
    assert {p.key for p in curriculum.prompts() if p.sensitive} >= {
        *("M.3.B", "M.3.t1", "M.5.relacion", "M.7.resultado", "M.3.foto", "M.4.foto", "S2.2.actores")
    }
    assert {p.key for p in curriculum.prompts() if p.private} == {"S4.8.confianza"}


def test_consensus_is_sought_where_the_method_seeks_it():
    found = {prompt.key for prompt in curriculum.prompts() if prompt.consensus}

    assert found == {"M.1.reglas", "S4.10.criterios", "S6.4.lineas", "S6.4.estado"}


def test_attendance_is_taken_four_times():
    found = [prompt.key for prompt in curriculum.prompts() if prompt.kind == "attendance"]

    assert found == ["S1.1.asistencia", "S5.1.asistencia", "S6.1.asistencia", "M.1.asistencia"]


# Where data travels


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("S1.1.participacion", "S5.1.quienes"),
        ("S1.2.conceptos", "product"),
        ("S1.3.q1", "S4.6.pitch"),
        ("S1.4.q2", "S5.7.obstaculos"),
        ("S1.5.a", "S4.2.criterios"),
        ("S1.5.d", "S5.3.q3"),
        ("S2.2.actores", "M.3.B"),
        ("S2.3.d", "S5.2.aliado"),
        ("M.3.A", "S6.3.mision"),
        ("M.6.principal", "S5.2.recursos_aliado"),
        ("M.8.errores", "S4.10"),
        ("M.8.aciertos", "plan"),
        ("S3.2.pasos", "S5.1"),
        ("S4.2.criterios", "S5.4.propios"),
        ("S4.4.voceria", "S5.5.c"),
        ("S4.6.pitch", "S5.5.c"),
        ("S4.10.proceso_cierre", "S5.7.cierre_elementos"),
        ("S5.2.aliado", "S6.6.aliado"),
        ("S6.1.asistencia", "plan"),
        ("S6.6.corto", "monitoring"),
        ("S6.7.pasos", "tracker"),
    ],
)
def test_answer_travels(source, target):
    assert target in curriculum.prompt(source).reuse


def test_answers_only_travel_forward_or_beside():
    order = {key: place for place, key in enumerate(["1", "2", "M", "3", "4", "5", "6"])}
    known = {item.key for item in (*curriculum.activities(), *curriculum.prompts())}

    for prompt in curriculum.prompts():
        for target in known & set(prompt.reuse):
            here, there = curriculum.session_of(prompt.key), curriculum.session_of(target)
            assert order[here.key] <= order[there.key], prompt.key


def test_brought_to_gathers_what_an_activity_needs():
    brought = {prompt.key for prompt in curriculum.brought_to("S5.4")}

    assert brought == {"S4.2.criterios"}
    assert {"S4.10.anuncio", "M.8.errores", "S1.4.q2"} <= {p.key for p in curriculum.brought_to("S5.7")}


# Look-ups, cases, concepts


def test_lookups_find_by_key():
    assert curriculum.session("M").title == "Guía de facilitación del mapa de sistema"
    assert curriculum.activity("S4.10").minutes == 40
    assert curriculum.activity_of("S4.10.criterios").key == "S4.10"
    assert curriculum.session_of("S4.10.criterios").key == "4"
    assert curriculum.session_of("M.B1").key == "M"


@pytest.mark.parametrize("look_up", [curriculum.session, curriculum.activity, curriculum.prompt])
@pytest.mark.parametrize("key", ["", "9", "S1", "S9.1", "S1.1.nada"])
def test_lookup_of_an_unknown_key_is_a_key_error(look_up, key):
    with pytest.raises(KeyError):
        look_up(key)


def test_lookups_do_not_mix_kinds():
    with pytest.raises(KeyError):
        curriculum.activity("1")
    with pytest.raises(KeyError):
        curriculum.prompt("S1.1")


def test_cases_are_three_with_story_lesson_and_value():
    assert [case.value for case in curriculum.cases()] == [
        "Valor estratégico para ambos",
        "Mutualidad de intereses",
        "Coincidencias inesperadas",
    ]
    assert curriculum.case("amnistia_reebok").title == "Amnistía Internacional y Reebok"
    assert all(len(case.story.split()) > 40 and case.lesson and case.country for case in curriculum.cases())


def test_concepts_cover_the_cards_the_5rs_and_the_six_steps():
    cards = curriculum.activity("S1.2").concepts
    assert {"alianza", "alianza_estrategica", "red", "colaboracion", "cooperacion", "coalicion"} <= set(cards)
    assert {"sistema_local", "actor", "aliado_potencial", "incidencia", "influencia"} <= set(cards)
    assert {"roles", "relaciones", "recursos", "reglas", "resultados"} <= set(curriculum.activity("S2.2").concepts)
    assert len(curriculum.activity("S3.1").concepts) == 1 + 6
    assert curriculum.concept("ecuacion_de_la_confianza").source.startswith("Maister")


def test_every_concept_is_used():
    used = {key for activity in curriculum.activities() for key in activity.concepts}

    assert {concept.key for concept in curriculum.concepts()} == used


# Words


def test_texts_have_no_inherited_typos():
    typos = r"Dilligence|Hola de|propritaria|Understr|sesiceon|prentende|\blogar\b|se perspectiva|\bSRE\b"

    assert [(key, text) for key, text in texts() if re.search(typos, text)] == []


def test_texts_are_inclusive_without_at_signs_or_x():
    assert [(key, text) for key, text in texts() if re.search(r"@|[a-z]xs\b|\btodes\b", text)] == []


def test_texts_are_clean():
    dirty = r'  |"|\s$|^\s|\.\.\.| [,.;:?!]|\?\?|<|&'
    stripped = [(key, text.strip("\n")) for key, text in texts()]

    assert [(key, text) for key, text in stripped if re.search(dirty, text)] == []


def test_question_and_exclamation_marks_come_in_pairs():
    assert [(key, text) for key, text in texts() if text.count("¿") != text.count("?")] == []
    assert [(key, text) for key, text in texts() if text.count("¡") != text.count("!")] == []
    assert [(key, text) for key, text in texts() if text.count("«") != text.count("»")] == []


def test_sentences_for_the_facilitator_end_in_a_full_stop():
    for activity in curriculum.activities():
        for sentence in (
            *activity.steps,
            *activity.notes,
            *([activity.objective] if activity.objective else []),
        ):
            assert sentence[-1] in ".?»", (activity.key, sentence)
