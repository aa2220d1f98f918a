"""The facts of the method, written out: what it asks, within which limits, and where answers travel."""

import pytest

from sessions_app import curriculum

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
        ("S5.4", "imagen ambiental finanzas reputacion propios mexico"),
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
    assert len(curriculum.prompts()) == 173
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
        *("step", "own_name", "active", "order", "what_we_do_today", "people", "contacts"),
        *("own_elements", "adaptation_note"),
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
