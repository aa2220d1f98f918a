"""People pasted one per line: pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.record.pasting import LONGEST, MOST_LINES, PasteError, Person, people_in

part = st.text(st.characters(exclude_characters=",;\t\r\n", exclude_categories=["C", "Z"]), max_size=20)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Dirección, Luciérnaga, Red del Sur", [("Dirección", "Luciérnaga", "Red del Sur")]),
        ("Dirección", [("Dirección", "", "")]),
        ("Dirección,,Red de Vida, A.C.", [("Dirección", "", "Red de Vida, A.C.")]),
        ("Dirección\tLuciérnaga\tRed, A.C.", [("Dirección", "Luciérnaga", "Red, A.C.")]),
        ("Dirección; Luciérnaga", [("Dirección", "Luciérnaga", "")]),
        ("  Dirección , \r\n\r\n Enlace ,\n", [("Dirección", "", ""), ("Enlace", "", "")]),
        ("Puesto, nombre, organización\nEnlace", [("Enlace", "", "")]),
        ("Enlace\nEnlace\nDirección", [("Enlace", "", ""), ("Dirección", "", "")]),
    ],
)
def test_lines_become_people(text, people):
    assert people_in(text) == [Person(*one) for one in people]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "al menos a una persona"),
        (" \n\t\n", "al menos a una persona"),
        ("Puesto,Nombre", "al menos a una persona"),
        ("Dirección\n, Luciérnaga", "Renglón 2: falta el puesto"),
        (f"Dirección\n\n{'a' * (LONGEST + 1)}", "Renglón 3: un texto tiene 201 caracteres"),
        ("Enlace\n" * (MOST_LINES + 1), "Son 201 renglones y caben 200"),
    ],
)
def test_what_cannot_be_read_names_its_line(text, said):
    with pytest.raises(PasteError, match=said):
        people_in(text)


@given(
    st.lists(st.tuples(part.filter(bool), part, part), min_size=1, max_size=20, unique=True), st.sampled_from("\t;,")
)
def test_whatever_is_written_comes_back(people, mark):
    found = people_in("puesto\n" + "\n".join(mark.join(one) for one in people))
    assert found == [Person(*one) for one in people]


@given(st.text(max_size=300))
def test_any_text_gives_people_or_says_why_not(text):
    try:
        found = people_in(text)
    except PasteError:
        return
    assert found
    assert all(one.post and max(map(len, (one.post, one.name, one.affiliation))) <= LONGEST for one in found)
