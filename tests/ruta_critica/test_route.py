"""The organisation's own route: which steps, in what order and under what names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alianzas.content_loader import ContentError
from ruta_critica.route import UNNAMED, load, remarks, route_of, steps
from sessions_app import curriculum
from sessions_app.worksheets.frames import ROUTE_STEPS, frame_of
from sessions_app.worksheets.kinds import clean

PROMPT = curriculum.prompt("S3.2.pasos")


def row(key, step="", **cells):
    return {"id": key, "step": step, **cells}


def seeds():
    return [dict(seed) for seed in frame_of(PROMPT).seeds]


def kept(rows):
    """The rows as the worksheet keeps them."""
    return clean(PROMPT, rows, frame_of(PROMPT))


def test_the_method_has_six_steps_with_stable_keys_and_their_parts():
    assert tuple(step.key for step in steps()) == ROUTE_STEPS
    assert [step.label for step in steps()] == [
        "Identificación de recursos y activos",
        "Construcción de la alianza",
        "Due Diligence (debida diligencia)",
        "Implementación",
        "Evaluación y reporte",
        "Sostenibilidad",
    ]
    assert all(step.meaning and step.elements for step in steps())
    assert [part.key for part in steps()[2].elements] == ["imagen", "ambiental", "finanzas", "reputacion"]


def test_broken_content_is_said_with_its_key(tmp_path):
    path = tmp_path / "pasos.toml"
    path.write_text(
        '[[steps]]\nkey = "uno"\nlabel = "Uno"\nmeaning = "Algo"\n'
        'elements = [{ key = "a", label = "A" }, { key = "a", label = "B" }]\n'
    )
    with pytest.raises(ContentError, match=r"uno.*repite la clave"):
        load(path)


def test_without_an_answer_the_route_is_the_method():
    route = route_of(None)
    assert not route.is_own
    assert [stop.name for stop in route.stops] == [step.label for step in steps()]
    assert all(stop.is_active and not stop.canonical for stop in route.stops)
    assert remarks(route) == ()


def test_a_step_switched_off_leaves_a_route_of_five():
    rows = seeds()
    rows[5]["active"] = "no"
    route = route_of(kept(rows))
    assert (len(route.stops), len(route.active)) == (6, 5)
    assert not route.stops[5].is_active


def test_a_step_taken_away_is_not_in_the_route():
    assert [stop.step.key for stop in route_of(kept(seeds()[:5])).stops] == list(ROUTE_STEPS[:5])


def test_a_step_of_its_own_makes_a_route_of_seven_where_its_number_says():
    own = row("", own_name="Celebrar", order="2,5", own_elements="Kermés\nFotos", people="Promotoría")
    route = route_of(kept([*seeds(), own]))
    assert len(route.stops) == 7
    celebrate = route.stops[2]
    assert (celebrate.name, celebrate.step, celebrate.canonical, celebrate.elements) == ("Celebrar", None, "", ())
    assert (celebrate.own_elements, celebrate.people) == (("Kermés", "Fotos"), ("Promotoría",))


def test_a_row_without_a_number_stays_behind_the_one_above_it():
    rows = [row("a", order=2), row("b"), row("c", order=1), row("d", order=2), row("e", order=0)]
    assert [stop.key for stop in route_of(rows).stops] == ["e", "c", "a", "b", "d"]


def test_an_own_name_shows_the_method_one_beside_it_unless_they_are_the_same():
    named, same = route_of([row("a", "implementacion", own_name="Manos a la obra"),
                            row("b", "implementacion", own_name="implementación")]).stops  # fmt: skip
    assert (named.name, named.canonical) == ("Manos a la obra", "Implementación")
    assert (same.name, same.canonical) == ("implementación", "")


@pytest.mark.parametrize("nothing", ["", "   ", "\u200b\u200d", "\u3164", None])
def test_a_step_renamed_to_nothing_keeps_the_method_name_and_says_so(nothing):
    route = route_of([row("a", "due_diligence", own_name=nothing), row("b", own_name=nothing)])
    assert [stop.name for stop in route.stops] == ["Due Diligence (debida diligencia)", UNNAMED]
    kept_name, unnamed = remarks(route)
    assert kept_name.startswith("El paso 1 no tiene nombre propio: se queda con el del método, «Due Diligence")
    assert unnamed.startswith("El paso 2 no tiene nombre: escríbelo")


def test_answers_from_before_the_own_elements_are_read():
    assert route_of([{"id": "a", "step": "sostenibilidad"}]).stops[0].own_elements == ()


orders = st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=1, max_size=12)


@given(orders, st.text(max_size=8))
def test_nobody_is_lost_numbers_are_kept_in_order_and_no_name_is_empty(numbers, name):
    rows = [row(str(place), order=number, own_name=name) for place, number in enumerate(numbers)]
    stops = route_of(rows).stops
    assert sorted(stop.key for stop in stops) == sorted(one["id"] for one in rows)
    said = [numbers[int(stop.key)] for stop in stops if numbers[int(stop.key)] is not None]
    assert said == sorted(said)
    assert all(stop.name.strip() for stop in stops)
