"""The loader says everything that is wrong with a set of files, each thing with its file and key."""

import json
import shutil
from io import StringIO

import pytest

from alianzas.content import YESNO, Session
from alianzas.content_loader import ContentError, Loader
from sessions_app import checks, curriculum
from sessions_app.management.commands.content import Command

GOOD = """
key = "2"
title = "Mapa de sistema"
hours = 8
component = "capacidades"
level = ["basic", "advanced"]
modality = ["in_person"]
objective = "Crear el mapa."
products = ["Mapa"]
materials = ["Marcadores"]
profiles = ["Dirección"]
level_notes = [{ level = "advanced", text = "Más ligera." }]

[[activities]]
key = "S2.1"
title = "Mapa actual"
minutes = 60
mode = ["plenary", "teams"]
inner_break = { kind = "coffee", minutes = 10, after = 30 }
objective = "Dibujar el mapa."
steps = ["Dibujen."]

[[activities.prompts]]
key = "S2.1.a"
kind = "list"
scope = "ORG"
text = "¿Quiénes?"
max = 10
reuse = ["S2.1.pasos", "map"]

[[activities.prompts]]
key = "S2.1.hay"
kind = "yesno"
scope = "ORG"
text = "¿Hay reglas?"

[[activities.prompts]]
key = "S2.1.relacion"
kind = "choice"
scope = "ACTOR"
text = "¿Cómo es?"
options = [{ key = "strong", label = "Fuerte" }, { key = "weak", label = "Débil" }]
asked_if = "S2.1.hay=yes|partly"

[[activities.prompts]]
key = "S2.1.pasos"
kind = "table"
scope = "ORG"
text = "¿Qué sigue?"
columns = [
  { key = "what", label = "Qué" },
  { key = "who", label = "Quién", kind = "person" },
  { key = "when", label = "Cuándo", kind = "date" },
]
commits = true

[[activities]]
key = "S2.B1"
title = "Receso"
minutes = 0
is_break = true
break_kind = "coffee"
untimed = true
suggested_minutes = 15
"""

OTHER = (
    GOOD.replace('key = "2"', 'key = "3"')
    .replace("S2.", "S3.")
    .replace("capacidades", "trabajo")
    .replace("hours = 8", "hours = 4")
)


def read(tmp_path, **files) -> tuple[Session, ...]:
    """The sessions in files of these names and texts."""
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    loader = Loader()
    sessions = loader.sessions(sorted(tmp_path.glob("*.toml")))
    loader.finish()
    return sessions


def complaints(tmp_path, **files) -> list[str]:
    with pytest.raises(ContentError) as caught:
        read(tmp_path, **files)
    assert str(caught.value) == "\n".join(str(problem) for problem in caught.value.problems)
    return [str(problem) for problem in caught.value.problems]


def test_loader_returns_frozen_typed_content(tmp_path):
    (session,) = read(tmp_path, two=GOOD)

    assert (session.key, session.hours, session.level) == ("2", 8, ("basic", "advanced"))
    assert (session.work_minutes, session.break_minutes, session.total_minutes) == (60, 0, 60)
    assert session.gap_minutes == 60 - 480
    mapping, pause = session.activities
    assert mapping.inner_break.after == 30
    assert (pause.is_break, pause.untimed, pause.suggested_minutes) == (True, True, 15)
    names, there, relation, steps = mapping.prompts
    assert (names.kind, names.scope, names.max, names.reuse) == ("list", "ORG", 10, ("S2.1.pasos", "map"))
    assert relation.condition == ("S2.1.hay", ("yes", "partly"))
    assert relation.answers == ("strong", "weak")
    assert there.answers == YESNO
    assert [column.kind for column in steps.columns] == ["text", "person", "date"]
    assert mapping.questions == (names,)
    with pytest.raises(AttributeError):
        session.hours = 9


def test_loader_accepts_a_file_that_begins_with_a_byte_order_mark(tmp_path):
    (tmp_path / "two.toml").write_text(GOOD, encoding="utf-8-sig")

    assert len(read(tmp_path)) == 1


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            'kind = "list"',
            'kind = "lst"',
            'S2.1.a: el tipo "lst" no existe; usa uno de text, long, list, table',
        ),
        ('kind = "list"', "kind = 3", 'S2.1.a: el tipo "3" no existe'),
        ('scope = "ACTOR"', 'scope = "ACTRO"', 'S2.1.relacion: el alcance "ACTRO" no existe; usa uno de ORG'),
        ('kind = "person"', 'kind = "persona"', 'S2.1.pasos, columns[who]: el tipo "persona" no existe'),
        (
            'level = ["basic", ',
            'level = ["basico", ',
            'sesión 2, level[1]: el nivel "basico" no existe; usa uno de basic',
        ),
        ('level = ["basic", "advanced"]', 'level = "basic"', 'sesión 2: el campo "level" debe ser una lista'),
        ('level = "advanced"', 'level = "alto"', 'sesión 2, level_notes[1]: el nivel "alto" no existe'),
        (
            'component = "capacidades"',
            'component = "otra"',
            'sesión 2: en "component" el valor "otra" no existe',
        ),
        ('mode = ["plenary", ', 'mode = ["plenaria", ', 'S2.1, mode[1]: el modo "plenaria" no existe'),
        ('title = "Mapa actual"\n', "", 'S2.1: falta el campo "title"'),
        ('title = "Mapa de sistema"\n', "", 'sesión 2: falta el campo "title"'),
        ('text = "¿Quiénes?"\n', "", 'S2.1.a: falta el campo "text"'),
        ('text = "¿Quiénes?"', 'text = "  "', 'S2.1.a: el campo "text" está vacío'),
        ('text = "¿Quiénes?"', 'text = ["¿Quiénes?"]', 'S2.1.a: el campo "text" debe ser texto'),
        ('key = "S2.1.a"\n', "", 'S2.1, prompts[1]: falta el campo "key"'),
        ('key = "2"\n', "", 'sesión ?: falta el campo "key"'),
        ("max = 10", "maximum = 10", 'S2.1.a: el campo "maximum" no existe; ¿es "max"?'),
        ("max = 10", "zzz = 10", 'S2.1.a: el campo "zzz" no existe'),
        ("max = 10", "max = -1", 'S2.1.a: el campo "max" debe ser un número entero, 0 o mayor'),
        ("max = 10", "max = 10\nmin = 11", 'S2.1.a: "min" (11) es mayor que "max" (10)'),
        (
            'products = ["Mapa"]',
            'productos = ["Mapa"]',
            'sesión 2: el campo "productos" no existe; ¿es "products"?',
        ),
        ("minutes = 60", "minutes = -60", 'S2.1: el campo "minutes" debe ser un número entero, 0 o mayor'),
        ("minutes = 60", 'minutes = "60"', 'S2.1: el campo "minutes" debe ser un número entero'),
        ("minutes = 60", "minutes = 60.5", 'S2.1: el campo "minutes" debe ser un número entero'),
        ("minutes = 60", "minutes = true", 'S2.1: el campo "minutes" debe ser un número entero'),
        ("is_break = true", 'is_break = "true"', 'S2.B1: el campo "is_break" debe ser true o false'),
        ('steps = ["Dibujen."]', "steps = [1]", 'S2.1, steps[1]: el campo "steps" debe ser texto'),
        ('steps = ["Dibujen."]', "steps = []", 'S2.1: una actividad necesita "objective" y "steps"'),
        (
            '{ kind = "coffee", minutes = 10, after = 30 }',
            "10",
            'S2.1: el campo "inner_break" debe ser una tabla',
        ),
        ("minutes = 10, after = 30", "minutes = 10", 'S2.1: falta el campo "after"'),
        ("options = [", "opciones = [", 'S2.1.relacion: el campo "opciones" no existe; ¿es "options"?'),
        (
            "options = [",
            "opciones = [",
            'S2.1.relacion: el tipo "choice" necesita "options" u "options_from"',
        ),
        ('key = "weak"', 'key = "strong"', 'S2.1.relacion: "options" repite la clave "strong"'),
        (', label = "Débil"', "", 'S2.1.relacion, options[weak]: falta el campo "label"'),
        ('kind = "yesno"', 'kind = "check"', 'S2.1.hay: el tipo "check" necesita "options" u "options_from"'),
        ('kind = "yesno"', 'kind = "multi"', 'S2.1.hay: el tipo "multi" necesita "options" u "options_from"'),
        ('kind = "yesno"', 'kind = "table"', 'S2.1.hay: el tipo "table" necesita "columns"'),
        ('kind = "yesno"', 'kind = "attendance"', 'S2.1.hay: el tipo "attendance" necesita "columns"'),
        ('kind = "table"', 'kind = "list"', 'S2.1.pasos: el tipo "list" no lleva "columns"'),
        ('kind = "choice"', 'kind = "votes"', 'S2.1.relacion: el tipo "votes" necesita "max"'),
        (
            'kind = "choice"',
            'kind = "position"',
            'S2.1.relacion: cada opción del tipo "position" necesita "value"',
        ),
        (
            'kind = "date"',
            'kind = "choice"',
            'S2.1.pasos, columns[when]: una columna de tipo "choice" necesita',
        ),
        ('kind = "date"', 'kind = "text"', 'S2.1.pasos: "commits" necesita una columna "person"'),
        ('"S2.1.pasos", "map"', '"S9.1", "map"', 'S2.1.a: en "reuse", "S9.1" no lleva a ningún lado'),
        ("S2.1.hay=yes", "S2.1.hey=yes", 'S2.1.relacion: en "asked_if", "S2.1.hey=yes|partly" no lleva'),
        ("S2.1.hay=yes|", "S2.1.hay=si|", 'S2.1.relacion: en "asked_if", "S2.1.hay=si|partly" no lleva'),
        (
            "minutes = 60",
            'minutes = 60\nfold_into = "S2.9"',
            'S2.1: en "fold_into", "S2.9" no lleva a ningún',
        ),
        ('key = "2"', 'key = "dos"', "dos: la clave no es válida: usa un dígito o una mayúscula"),
        ('key = "S2.1"', 'key = "S3.1"', 'S3.1: la clave no es válida: en esta sesión empieza con "S2."'),
        ('key = "S2.1"', 'key = "S2.01"', "S2.01: la clave no es válida"),
        (
            'key = "S2.1.a"',
            'key = "S2.2.a"',
            'S2.2.a: la clave no es válida: en esta actividad empieza con "S2.1."',
        ),
        ('key = "S2.1.a"', 'key = "S2.1.Año"', "S2.1.Año: la clave no es válida"),
        ('key = "S2.1.a"', 'key = "S2.1.hay"', "S2.1.hay: la clave está repetida; ya la usa two.toml"),
        ('key = "S2.B1"', 'key = "S2.1"', "S2.1: la clave está repetida; ya la usa two.toml"),
        (
            'key = "S2.B1"',
            'key = "S2.2"',
            'S2.2: solo los recesos ("is_break = true") llevan una clave con «B»',
        ),
        ("is_break = true\n", "", "S2.B1: solo los recesos"),
        ('break_kind = "coffee"\n', "", 'S2.B1: a un receso no le puede faltar "break_kind"'),
        ('break_kind = "coffee"', 'break_kind = "té"', 'S2.B1: en "break_kind" el valor "té" no existe'),
        ("suggested_minutes = 15\n", "", 'S2.B1: con "untimed" los minutos son 0'),
        ("minutes = 0\n", "minutes = 15\n", 'S2.B1: con "untimed" los minutos son 0'),
        ("max = 10", "max = ", "no es TOML válido: Invalid value (at line"),
        ("max = 10", "max = 10\nmax = 11", "no es TOML válido: Cannot overwrite a value"),
    ],
)
def test_loader_names_file_and_key_of_each_mistake(tmp_path, old, new, complaint):
    assert old in GOOD

    found = complaints(tmp_path, two=GOOD.replace(old, new, 1))

    assert any(line.startswith(f"two.toml: {complaint}") for line in found), found


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("activities = 3", 'sesión 2: el campo "activities" debe ser una lista'),
        ("activities = [3]", 'sesión 2, activities[1]: el campo "activities" debe ser una tabla'),
        ("", 'sesión 2: falta el campo "activities"'),
    ],
)
def test_loader_survives_activities_that_are_no_tables(tmp_path, written, complaint):
    head, _, _ = GOOD.partition("[[activities]]")

    assert f"two.toml: {complaint}" in complaints(tmp_path, two=head + written)


def test_loader_refuses_prompts_in_a_break(tmp_path):
    prompt = '[[activities.prompts]]\nkey = "S2.B1.q1"\nkind = "text"\nscope = "RUN"\ntext = "¿Café?"\n'

    assert complaints(tmp_path, two=GOOD + prompt) == ["two.toml: S2.B1: un receso no lleva preguntas"]


def test_loader_refuses_one_key_in_two_files(tmp_path):
    found = complaints(tmp_path, one=GOOD, two=GOOD)

    assert "two.toml: S2.1.a: la clave está repetida; ya la usa one.toml" in found
    assert "two.toml: 2: la clave está repetida; ya la usa one.toml" in found
    assert not [line for line in found if line.startswith("one.toml")]


def test_loader_collects_the_problems_of_all_files(tmp_path):
    found = complaints(
        tmp_path,
        one=GOOD.replace('kind = "list"', 'kind = "lst"').replace("minutes = 60", "minutes = -1"),
        two=OTHER.replace('scope = "ACTOR"', 'scope = "X"').replace("S3.1.pasos", "S2.9.pasos"),
        three="esto no es TOML",
    )

    assert [line.split(":")[0] for line in found].count("one.toml") == 2
    assert any(line.startswith("two.toml: S2.9.pasos: la clave no es válida") for line in found)
    assert any(line.startswith('two.toml: S3.1.relacion: el alcance "X" no existe') for line in found)
    assert any(line.startswith("three.toml: no es TOML válido") for line in found)


def test_loader_says_that_a_file_is_not_utf8(tmp_path):
    (tmp_path / "two.toml").write_bytes(GOOD.encode("latin-1"))

    assert complaints(tmp_path) == ["two.toml: no está guardado como texto UTF-8"]


def test_loader_says_that_a_file_cannot_be_read(tmp_path):
    (tmp_path / "two.toml").mkdir()

    assert complaints(tmp_path)[0].startswith("two.toml: no se puede leer: ")


def broken_copy(tmp_path, name: str, old: str, new: str):
    """The real content in a scratch folder, with one change in one file."""
    folder = shutil.copytree(curriculum.CONTENT, tmp_path / "content")
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["sesion-5.toml", "glosario.toml"])
def test_check_reports_an_unreadable_file_and_not_what_misses_it(tmp_path, name):
    folder = shutil.copytree(curriculum.CONTENT, tmp_path / "content")
    (folder / name).write_text("key = ", encoding="utf-8")

    (error,) = checks.errors_in(folder)

    assert error.msg.startswith(f"{name}: no es TOML válido")


@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        ("sesion-2.toml", 'kind = "yesno"', 'kind = "lst"', 'sesion-2.toml: S2.3.b: el tipo "lst" no existe'),
        ("sesion-4.toml", 'key = "4"', 'key = "7"', 'falta la sesión "4": ningún archivo tiene esa clave'),
        (
            "sesion-5.toml",
            '"due_diligence"',
            '"diligencia"',
            'sesion-5.toml: S5.4: el glosario no tiene "diligencia"',
        ),
        (
            "casos.toml",
            "lesson = ",
            "leson = ",
            'casos.toml: city_year_timberland: el campo "leson" no existe',
        ),
        ("casos.toml", "[[cases]]", "[[case]]", "casos.toml: case: este campo no existe"),
        ("glosario.toml", 'key = "red"', 'key = "alianza"', "glosario.toml: alianza: la clave está repetida"),
        ("glosario.toml", 'key = "red"', 'term = ""', "glosario.toml: no es TOML válido: Cannot overwrite"),
    ],
)
def test_check_reports_broken_content(tmp_path, name, old, new, complaint):
    errors = checks.errors_in(broken_copy(tmp_path, name, old, new))

    assert any(error.msg.startswith(complaint) for error in errors), errors
    assert {error.id for error in errors} == {"sessions_app.E001"}
    assert all("content/" in error.hint for error in errors)


def test_check_is_silent_on_the_real_content():
    assert checks.content_is_sound(None) == []


def test_command_prints_the_whole_content_as_json():
    out = StringIO()

    Command(stdout=out, no_color=True).handle(json=True)

    sessions = json.loads(out.getvalue())["sessions"]
    assert [session["key"] for session in sessions] == ["1", "2", "3", "4", "5", "6", "M"]
    assert {"key", "title", "hours", "activities"} <= sessions[0].keys()
    activities = {activity["key"]: activity for session in sessions for activity in session["activities"]}
    assert {"key", "title", "minutes", "is_break", "prompts"} <= activities["S1.1"].keys()
    assert activities["S5.B2"]["is_break"] is True
    assert activities["S1.3"]["minutes"] == 120
    first = activities["S1.3"]["prompts"][0]
    assert (first["key"], first["kind"], first["scope"]) == ("S1.3.q1", "list", "GROUP")
    assert first["text"] == "¿Para qué le conviene a nuestra OSC colaborar, sumarse a redes y aliarse?"
    assert "¿Para qué" in out.getvalue()


def test_command_prints_a_readable_table():
    out = StringIO()

    Command(stdout=out, no_color=True).handle(json=False)

    assert "Sesión 5. Aplicación de la Ruta Crítica" in out.getvalue()
    assert "8 h de temario · 370 min de trabajo + 70 de recesos = 440 min" in out.getvalue()
    assert "Anexo 3. Guía de facilitación del mapa de sistema" in out.getvalue()
