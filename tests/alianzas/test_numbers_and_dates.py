"""One reader of dates and one of numbers: what each rule says, and that whatever the product prints, it reads."""

import ast
import importlib
import pkgutil
import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from django import forms
from django.utils import dateformat
from hypothesis import given, settings
from hypothesis import strategies as st

from alianzas import dates, numbers
from alianzas.dates import NotADate, read_date
from alianzas.exports.text import show
from alianzas.exports.xlsx_sheet import typed
from alianzas.forms import DayField, NumberField, WholeNumberField
from alianzas.numbers import NotANumber, TwoReadings, read_number
from alianzas.spreadsheets import Cell, as_date, as_decimal
from alianzas.written import says_nothing
from sessions_app import curriculum
from sessions_app.worksheets import kinds
from sessions_app.worksheets.frames import frame_of
from sessions_app.worksheets.text import Invalid
from sysmap.choices import code_of
from tests.worksheets.samples import written_prompts

ROOT = Path(__file__).parents[2]
FLOORS = ("alianzas", "sessions_app", "sysmap", "ruta_critica", "plans")
NOTHING = (
    *("", " ", "N/A", "n/a", "N/D", "NA", "n.a.", "N. D.", "N / A", "Ｎ／Ａ", "-", "–", "—", "--", "−"),
    *("Sin definir", "NINGUNO", "ninguna.", "No aplica", "sin fecha"),
)

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


# ── Dates ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("05/mar/2026", "2026-03-05"),
        ("15/ene/2026", "2026-01-15"),
        ("5 mar 2026", "2026-03-05"),
        ("5 MAR. 2026", "2026-03-05"),
        ("16 de marzo de 2026", "2026-03-16"),
        ("16 de Marzo del 2026", "2026-03-16"),
        ("24-abr-2026", "2026-04-24"),
        ("24–abr–26", "2026-04-24"),
        ("6/4/26", "2026-04-06"),
        ("31/12/99", "2099-12-31"),
        ("5.3.2026", "2026-03-05"),
        ("05 03 2026", "2026-03-05"),
        ("5 de septiembre de 2026", "2026-09-05"),
        ("5 de setiembre de 2026", "2026-09-05"),
        ("5 sept 2026", "2026-09-05"),
        ("5 sep. 2026", "2026-09-05"),
        ("1º de mayo de 2026", "2026-05-01"),
        ("1.º de mayo de 2026", "2026-05-01"),
        ("1° de mayo de 2026", "2026-05-01"),
        ("2026-03-05", "2026-03-05"),
        ("2026/3/5", "2026-03-05"),
        ("2026-03-05 00:00:00", "2026-03-05"),
        ("2026-03-05T00:00", "2026-03-05"),
        ("miércoles, 4 de marzo de 2026", "2026-03-04"),
        ("MIERCOLES 4 DE MARZO DE 2026", "2026-03-04"),
        ("\u200e05/03/2026\u00a0", "2026-03-05"),
        ("０５/０３/２０２６", "2026-03-05"),
        ("٠٥/٠٣/٢٠٢٦", "2026-03-05"),
        ("29/02/2028", "2028-02-29"),
    ],
)
def test_a_date_is_read_however_people_write_it(text, iso):
    assert read_date(text) == date.fromisoformat(iso)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pronto", "«pronto» no es una fecha válida; escríbela como 15/03/2026."),
        ("46000", "no es una fecha"),
        ("20260305", "no es una fecha"),
        ("5 ma 2026", "no es una fecha"),
        ("5 de marso de 2026", "no es una fecha"),
        ("5/3/202", "no es una fecha"),
        ("16 de marzo", "le falta el año"),
        ("5/3", "le falta el año"),
        ("31/02/2027", "no existe; febrero de 2027 tiene 28 días"),
        ("29/02/2027", "no existe; febrero de 2027 tiene 28 días"),
        ("0/05/2026", "no existe; mayo de 2026 tiene 31 días"),
        ("03/13/2026", "no existe el mes 13. El día va primero: 13/03/2026."),
        ("31/31/2026", "no existe el mes 31."),
        ("martes 16 de marzo de 2026", "ese día es lunes"),
        ("15 mar 2027, 10:30", "lleva hora y aquí va solo el día: escribe 15/03/2027."),
        ("0000-05-01", "el año 0 queda fuera"),
    ],
)
def test_what_is_no_date_says_what_to_write(text, said):
    with pytest.raises(NotADate) as problem:
        read_date(text)
    assert said in str(problem.value)


def test_plans_and_worksheets_have_years_of_their_own():
    assert read_date("01/01/1999") == date(1999, 1, 1)
    with pytest.raises(NotADate, match="el año 1999 queda fuera de 2000–2100"):
        read_date("01/01/1999", dates.PLANNED)
    with pytest.raises(Invalid, match="el año 1899 queda fuera de 1900–2200"):
        kept_of(curriculum.prompt("S5.5.c_borrador"), "due_date", "31/12/1899")


@cache
def patterns_of_templates():
    """The formats with which templates write a whole day, and nothing after it."""
    found = set()
    for page in (ROOT / "templates").rglob("*.html"):
        found.update(re.findall(r"""date:["']([^"']+)["']""", page.read_text()))
    return sorted(one for one in found if "Y" in one and set(one) & set("jd") and "H" not in one)


@cache
def patterns_of_code():
    """The formats with which modules write a whole day."""
    found = set()
    for floor in FLOORS:
        for module in (ROOT / floor).rglob("*.py"):
            found.update(re.findall(r"%[-\w/%]*%[Y]|%Y[-%\w]*", module.read_text()))
    return sorted(one for one in found if "%d" in one and "%H" not in one)


def test_the_formats_of_the_product_are_found():
    assert {r"j \d\e F \d\e Y", "j M Y", r"l j \d\e F \d\e Y", "Y-m-d"} <= set(patterns_of_templates())
    assert {"%d/%m/%Y", "%Y-%m-%d"} <= set(patterns_of_code())


@given(days)
@settings(deadline=None)  # the first one reads every template and module
def test_whatever_day_the_product_prints_it_reads(day):
    shown = [dates.show_date(day), dates.long_date(day), dates.weekday_date(day), show(day), day.isoformat()]
    shown += [dateformat.format(day, pattern) for pattern in patterns_of_templates()]
    shown += [format(day, pattern) for pattern in patterns_of_code()]
    for text in shown:
        for said in (text, text.lower(), text.upper()):
            assert read_date(said) == day, said


@given(st.text(max_size=30) | st.from_regex(r"[\d/\- a-z.,:º]{0,20}"))
def test_any_text_is_a_day_nothing_or_refused(text):
    try:
        found = read_date(text)
    except NotADate:
        return
    assert (found is None) == says_nothing(text)


# ── Numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("45", "45"),
        ("1,500", "1500"),
        ("1,500,000", "1500000"),
        ("1,500.50", "1500.5"),
        ("1,5", "1.5"),
        ("1,50", "1.5"),
        ("1,2345", "1.2345"),
        ("1.5", "1.5"),
        ("1.500", "1.5"),
        ("1500.25", "1500.25"),
        (",5", "0.5"),
        (".5", "0.5"),
        ("-2", "-2"),
        ("−2", "-2"),
        ("1 500", "1500"),
        ("1\u00a0500\u00a0000.5", "1500000.5"),
        ("1'500,000", "1500000"),
        ("$1,500.00", "1500"),
        ("$ 1,500 MXN", "1500"),
        ("1,500 pesos", "1500"),
        ("１，５００", "1500"),
        ("٤٥", "45"),
        ("007", "7"),
    ],
)
def test_a_number_is_read_as_in_mexico(text, number):
    assert str(read_number(text)) == number


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("1.500,00", "1,500", "1.5"),
        ("-1.500,25", "-1,500.25", "-1.50025"),
        ("1.234.567,89", "1,234,567.89", "123,456,789"),
        ("0,500", "0.5", "500"),
        ("1500,000", "1,500", "1,500,000"),
    ],
)
def test_what_may_be_two_numbers_is_refused_with_both(text, one, other):
    with pytest.raises(TwoReadings) as problem:
        read_number(text)
    assert f"«{text}» puede ser {one} o {other}" in str(problem.value)


NO_NUMBERS = (
    "mucho",
    "NaN",
    "Infinity",
    "1e5",
    "5²",
    "½",
    "1½",
    "12,34,567",
    "1 5",
    "1,",
    "9" * 400,
    "85%",
    "$",
    "1-2",
)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(NotANumber):
        read_number(text)


def test_one_reading_is_proposed():
    with pytest.raises(NotANumber, match="escribe 1,500,000 si eso es"):
        read_number("1.500.000")


def test_a_percentage_is_read_where_one_is_asked_for():
    assert read_number("85 %", percent=True) == 85
    assert WholeNumberField(percent=True).clean("85%") == 85


exact = st.decimals(-(10**9), 10**9, places=2, allow_nan=False) | st.integers(-(10**9), 10**9).map(Decimal)


@given(exact)
def test_whatever_number_the_product_prints_it_reads(number):
    whole = int(number) if number == int(number) else number
    for text in (
        numbers.show_number(whole), numbers.show_number(float(number)), numbers.show_number(number),
        numbers.show_exactly(number), numbers.typed_number(number), show(float(number)), str(typed(float(number))),
    ):  # fmt: skip
        assert read_number(text) == number, text


@given(st.floats(0, 10**9, allow_nan=False, allow_subnormal=False).map(lambda number: round(number, 12)))
def test_a_control_holds_all_the_decimals(number):
    assert float(read_number(numbers.typed_number(number))) == number


@given(st.text(max_size=30) | st.from_regex(r"[\d,. $%'-]{0,14}"))
def test_any_text_is_a_finite_number_nothing_or_refused(text):
    try:
        found = read_number(text)
    except NotANumber:
        return
    assert found is None if says_nothing(text) else found.is_finite()


# ── Nothing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_nothing_everywhere(text):
    assert says_nothing(text)
    assert read_date(text) is None
    assert read_number(text) is None
    assert as_date(Cell("A1", "text", text)) is None
    assert as_decimal(Cell("A1", "text", text)) is None
    assert DayField(required=False).clean(text) is None
    assert NumberField(required=False).clean(text) is None
    assert WholeNumberField(required=False).clean(text) is None
    assert code_of("relation", text) == ""
    assert code_of("sector", text) == ""


@pytest.mark.parametrize("text", ["nadie", "na na", "ña", "Ana", "0", "?", "sin", "definir"])
def test_a_word_is_something(text):
    assert not says_nothing(text)


def test_a_dash_is_nothing_but_for_a_negative_result():
    assert code_of("result", "-") == "negative"
    assert code_of("result", "—") == ""


# ── Everybody uses them ─────────────────────────────────────────────────────────────────────────────────────────────

OURS = {
    forms.FloatField: None,
    forms.DecimalField: NumberField,
    forms.IntegerField: WholeNumberField,
    forms.DateField: DayField,
}  # the first one that a field is


def modules():
    for floor in FLOORS:
        package = importlib.import_module(floor)
        for one in pkgutil.walk_packages(package.__path__, f"{floor}."):
            if one.name.rpartition(".")[2] in ("forms", "upload_views") or one.name.endswith("_forms"):
                yield importlib.import_module(one.name)


def forms_of_the_product():
    found, more = set(), [forms.BaseForm]
    list(modules())
    while more:
        for one in more.pop().__subclasses__():
            more.append(one)
            if one.__module__.partition(".")[0] in FLOORS:
                found.add(one)
    return sorted(found, key=lambda form: (form.__module__, form.__qualname__))


def reads_in_another_way(field):
    """Whether people type a day or a number there, and something else than our readers takes it."""
    if field.widget.is_hidden:
        return False
    kind = next((kind for kind in OURS if isinstance(field, kind)), None)
    return kind is not None and not (OURS[kind] and isinstance(field, OURS[kind]))


def test_no_form_reads_days_or_numbers_in_another_way():
    walked = forms_of_the_product()
    assert len(walked) > 60
    fields = [(form, name, field) for form in walked for name, field in form.base_fields.items()]
    wrong = [f"{form.__qualname__}.{name}" for form, name, field in fields if reads_in_another_way(field)]
    assert wrong == []
    assert reads_in_another_way(forms.DateField())
    assert reads_in_another_way(forms.IntegerField())


ROOM = {"alianzas/dates.py", "alianzas/numbers.py", "alianzas/written.py", "alianzas/forms.py"}


def calls_in(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def test_no_module_reads_days_or_numbers_by_itself():
    """Fields that a form makes when it is built are seen here, and so are readers outside of forms."""
    wrong = []
    for floor in FLOORS:
        for module in (ROOT / floor).rglob("*.py"):
            name = str(module.relative_to(ROOT))
            if name in ROOM or "/migrations/" in name:
                continue
            for call, said in calls_in(ast.parse(module.read_text())):
                text = ast.unparse(call)
                makes_a_field = said in (
                    "forms.DateField",
                    "forms.IntegerField",
                    "forms.DecimalField",
                    "forms.FloatField",
                )
                reads = said.endswith(("strptime", "parse_date")) or ".replace(',', '.')" in text
                if reads or (makes_a_field and "HiddenInput" not in text):
                    wrong.append(f"{name}:{call.lineno} {text[:60]}")
    assert wrong == []


def cells_of(prompt):
    """(value with that text in a cell, how to find it in what is kept) for every date and number of a worksheet."""
    for column in prompt.columns:
        if column.kind in ("date", "number") and not column.readonly:
            yield column.kind, column.key
    if prompt.kind == "commitment":
        yield "date", "due_date"
    if prompt.kind == "trust":
        yield from (("trust", option.key) for option in prompt.options)


def kept_of(prompt, key, text):
    others = {column.key: "Algo" for column in prompt.columns if column.kind in ("text", "long", "person")}
    row = {"what": "Algo", **others, key: text}
    value = kinds.clean(prompt, row if prompt.kind in ("pitch", "trust") else [row], frame_of(prompt))
    return (value if prompt.kind in ("pitch", "trust") else value[-1])[key]


TEXTS = {
    "date": [
        ("5 mar 2026", "2026-03-05"),
        ("16 de marzo de 2026", "2026-03-16"),
        ("6/4/26", "2026-04-06"),
        ("N/A", ""),
    ],
    "number": [("1,500", 1500), ("1,5", 1.5), ("N/A", None)],
    "trust": [("7.0", 7), ("７", 7)],
}


def test_worksheets_read_days_and_numbers_like_everybody():
    tried = 0
    for prompt in written_prompts():
        for kind, key in cells_of(prompt):
            if prompt.has_fixed_rows:
                continue
            for text, kept in TEXTS[kind]:
                assert kept_of(prompt, key, text) == kept, (prompt.key, key)
                tried += 1
    assert tried > 15
