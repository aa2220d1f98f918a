"""The questionnaire of level and what it suggests: pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alianzas.content_loader import ContentError
from sessions_app import curriculum
from sessions_app.level import scoring

ORDER = list(curriculum.LEVELS)
KEYS = [question.key for question in scoring.questions()]
points = st.fixed_dictionaries({key: st.integers(0, 2) for key in KEYS})


def answers(**earned):
    """Answers worth the points given, 0 for the questions that are not named."""
    return {q.key: q.options[earned.get(q.key, 0)].key for q in scoring.questions()}


def test_the_six_questions_of_the_method():
    assert KEYS == ["years", "alliances", "network", "map", "route", "plan"]
    for question in scoring.questions():
        assert [option.points for option in question.options] == [0, 1, 2]
        assert all(option.reason.endswith(".") for option in question.options)


@pytest.mark.parametrize(
    ("earned", "level", "because"),
    [
        ({}, "basic", "Sin una red activa"),
        (dict.fromkeys(["years", "alliances", "map", "route", "plan"], 2), "basic", "Sin una red activa"),
        ({"network": 1, "years": 2, "alliances": 1}, "basic", "menos de 5"),
        ({"network": 1, "years": 2, "alliances": 2}, "intermediate", "Ya hay una red"),
        (dict.fromkeys(KEYS, 2), "advanced", "12 de 12"),
        (dict.fromkeys(KEYS, 2) | {"route": 1, "map": 0}, "advanced", "9 de 12"),
        (dict.fromkeys(KEYS, 2) | {"route": 0}, "intermediate", "falta una primera Ruta Crítica"),
        (dict.fromkeys(KEYS, 2) | {"network": 1}, "intermediate", "falta que la red dé resultados"),
        (
            dict.fromkeys(KEYS, 2) | {"network": 1, "route": 0},
            "intermediate",
            "falta que la red dé resultados y una primera Ruta Crítica",
        ),
    ],
)
def test_the_level_and_the_rule_that_gave_it(earned, level, because):
    found = scoring.suggest(answers(**earned))
    assert found.level == level
    assert because in found.rule
    assert len(found.reasons) == len(KEYS)
    assert found.points == sum(earned.values())


@given(points, st.sampled_from(KEYS))
def test_a_better_answer_never_lowers_the_level(earned, key):
    before = scoring.suggest(answers(**earned))
    after = scoring.suggest(answers(**earned | {key: min(earned[key] + 1, 2)}))
    assert ORDER.index(after.level) >= ORDER.index(before.level)


@given(points)
def test_the_rule_names_the_level_it_gives(earned):
    found = scoring.suggest(answers(**earned))
    assert f"nivel {found.label.lower()}" in found.rule


@pytest.mark.parametrize("wrong", [{}, {"years": "over_5"}, {"network": "quizá"}, {"network": None}])
def test_a_missing_or_unknown_answer_is_said(wrong):
    with pytest.raises(scoring.AnswersError, match="Falta una respuesta válida a «¿"):
        scoring.suggest({**answers(), **wrong} if wrong.keys() == {"network"} else wrong)


def test_answers_no_longer_offered_stay_readable():
    replies = scoring.in_words({"years": "over_5", "network": "retired", "gone": "x"})
    assert [reply.choice.label if reply.choice else None for reply in replies][:3] == [
        "Más de cinco años",
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('key = "network"', 'key = "otra"'), "network: falta esta pregunta"),
        (("points = 2", "points = 3"), "valen 0, 1 y 2 puntos"),
        (('key = "under_2"', 'key = "over_5"'), 'repite la clave "over_5"'),
        (("reason =", "razon ="), 'el campo "razon" no existe'),
        (("[[questions]]", "[[preguntas]]"), 'usa "questions"'),
    ],
)
def test_broken_content_is_said_with_its_file(tmp_path, change, said):
    path = tmp_path / "nivel.toml"
    path.write_text(scoring.CONTENT.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(ContentError) as error:
        scoring.load(path)
    assert said in str(error.value)
    assert "nivel.toml" in str(error.value)
