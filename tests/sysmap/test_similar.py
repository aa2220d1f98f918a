"""Names that may mean one actor: suggested with a reason, and only where there is one."""

import pytest

from sysmap.similar import suggestions


def why(one, other):
    found = suggestions({"a": one, "b": other})
    return found[0].why if found else ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sec. de Educación", "SEP"),
        ("SEP", "Secretaría de Educación Pública"),
        ("Comisión Estatal de Derechos Humanos (CEDH)", "CEDH"),
        ("S.E.P.", "Secretaría de Educación Pública"),
    ],
)
def test_an_acronym_is_suggested(one, other):
    assert why(one, other) == "una puede ser las siglas de la otra"


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Sec. de Educación", "Secretaría de Educación Pública", "una puede ser la abreviatura de la otra"),
        ("PARROQUIA del barrio", "parroquia del Barrio", "se escriben igual"),
        ("Radio comunitária", "Radio comunitaria", "se escriben igual"),
        ("Comité vecinal", "Comités vecinales", "se escriben casi igual"),
    ],
)
def test_other_likenesses_are_suggested(one, other, reason):
    assert why(one, other) == reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Primaria rural", "Parroquia del pueblo"),
        ("OSC Semillas", "Organización Social Campesina"),
        ("Universidad del norte", "Universidad del sur"),
        ("", "SEP"),
    ],
)
def test_different_actors_are_left_alone(one, other):
    assert why(one, other) == ""


def test_pairs_that_people_told_apart_are_not_suggested_again():
    names = {"a": "SEP", "b": "Sec. de Educación", "c": "Radio", "d": "radio"}
    assert len(suggestions(names)) == 2
    assert [(one.one, one.other) for one in suggestions(names, [("b", "a")])] == [("c", "d")]


def test_three_hundred_different_names_are_not_confused():
    names = {str(number): f"Organización número {number} de la zona {number % 7}" for number in range(300)}
    told = suggestions(names)
    assert all({one.one, one.other} <= names.keys() for one in told)
