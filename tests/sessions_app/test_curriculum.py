"""The facts of the method, written out: times, paths, look-ups, and how its words are written."""

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
