"""Terms in months, who does what differently, hints on wording, and the documents of the outcome map."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st

from alianzas.horizons import follow_each_other, labels
from alianzas.models import Organization
from plans.models import OutcomeMarker
from plans.outcomes.wording import hints
from tests import factories as make
from tests.plans.test_documents import READERS, squeezed


def at(org, name, *args):
    return reverse(name, args=[org.slug, *args])


def months(client, org, *limits):
    names = ("short_months", "medium_months", "long_months")
    return client.post(at(org, "plazos"), dict(zip(names, limits, strict=True)))


# ── Terms ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_own_terms_are_read_in_the_map_the_plan_and_the_forms(as_editor, org):
    row = make.make_outcome_row(org)
    make.make_marker(row)
    make.make_activity(row)
    make.make_next_step(org)
    assert months(as_editor, org, 3, 12, 24).status_code == 302
    for name, args in (
        ("mapa-de-resultados", ()),
        ("plan-documento", ()),
        ("renglon", (row.pk,)),
        ("registro", ("6",)),
    ):
        assert "plazo (0–3 meses)" in as_editor.get(at(org, name, *args)).content.decode(), name
    for key in ("mapa-de-resultados", "plan-de-alianzas"):
        content = as_editor.get(at(org, "entregable", key, "xlsx")).content
        assert "Corto plazo (0–3 meses)" in READERS["xlsx"](content), key


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ((-3, 18, 36), "mayor que cero"),
        ((0, 18, 36), "mayor que cero"),
        ((18, 6, 36), "Cada plazo termina después del anterior"),
        ((6, 6, 36), "Cada plazo termina después del anterior"),
        ((6, 18, 600), "Son demasiados meses"),
        (("seis", 18, 36), "número entero"),
        (("", 18, 36), "obligatorio"),
    ],
)
def test_terms_that_cannot_be_are_refused_and_stay_on_the_page(as_editor, org, limits, said):
    answer = months(as_editor, org, *limits)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert f'value="{limits[0]}"' in answer.content.decode() or limits[0] == ""
    org.refresh_from_db()
    assert (org.short_months, org.medium_months, org.long_months) == (6, 18, 36)


def test_the_database_keeps_terms_in_order(org):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.filter(pk=org.pk).update(medium_months=2)


@given(st.tuples(*[st.integers(-5, 300)] * 3))
def test_terms_follow_each_other_or_are_refused(limits):
    fine = 0 < limits[0] < limits[1] < limits[2] <= 240
    assert follow_each_other(limits) == fine
    if fine:
        said = list(labels({"a": "A", "b": "B", "c": "C"}, limits).values())
        assert said[1] == f"B ({limits[0]}–{limits[1]} meses)"


# ── Who does what differently ───────────────────────────────────────────────────────────────────────────────────────


def whole_row(row, **data):
    blank = {
        "actividades-TOTAL_FORMS": "0",
        "actividades-INITIAL_FORMS": "0",
        "objective": row.objective,
        "short": "Hubo un primer contacto",
    }
    return blank | data


def test_who_does_differently_is_kept_and_is_in_the_documents(as_editor, org):
    row = make.make_outcome_row(org)
    marker = make.make_marker(row)
    data = whole_row(row, **{f"quien-{marker.pk}": "La directora nos recibe cada mes"})
    assert as_editor.post(at(org, "renglon", row.pk), data).status_code == 302
    with scope(organization=org):
        assert OutcomeMarker.objects.get().who_changes == "La directora nos recibe cada mes"
    for key in ("mapa-de-resultados", "plan-de-alianzas"):
        said = READERS["xlsx"](as_editor.get(at(org, "entregable", key, "xlsx")).content)
        assert "La directora nos recibe cada mes" in said


def test_who_that_is_too_long_is_refused_and_nothing_is_lost(as_editor, org):
    row = make.make_outcome_row(org)
    marker = make.make_marker(row)
    data = whole_row(row, objective="Un objetivo nuevo", **{f"quien-{marker.pk}": "x" * 700})
    answer = as_editor.post(at(org, "renglon", row.pk), data)
    assert answer.status_code == 422
    assert "x" * 700 in answer.content.decode()
    assert "Un objetivo nuevo" in answer.content.decode()
    assert "Acórtalo" in answer.content.decode()


# ── Wording ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "La directora nos invita a su junta mensual",
        "Firmamos carta de intención",
        "Doce negocios firman un compromiso de buen trato",
        "Orientación escolar avisa en menos de una semana",
        "",
    ],
)
def test_a_clear_marker_has_no_hint(text):
    assert hints(text) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Fortalecer la relación con la fundación", ["No dice quién", "«Fortalecer» no se ve desde fuera"]),
        (
            "Se mejora la comunicación constantemente",
            ["No dice quién", "«mejora» no se ve", "«constantemente» no dice"],
        ),
        ("El comité sensibiliza a las familias", ["«sensibiliza» no se ve desde fuera"]),
        ("Alianza con la universidad", ["Falta un verbo que se pueda observar"]),
        ("Las familias asisten con mayor frecuencia", ["«mayor» no dice cuánto"]),
    ],
)
def test_a_vague_marker_says_why(text, said):
    found = hints(text)
    assert len(found) == len(said)
    assert all(one.startswith(start) for one, start in zip(found, said, strict=True))


@given(st.text(max_size=200))
def test_hints_never_fail(text):
    assert all(hints(text)) or hints(text) == ()


def test_a_hint_is_shown_and_never_stops_anything(as_editor, org):
    row = make.make_outcome_row(org)
    answer = as_editor.post(at(org, "renglon", row.pk), whole_row(row, short="Fortalecer lazos"))
    assert answer.status_code == 302
    assert "no se ve desde fuera" in as_editor.get(at(org, "renglon", row.pk)).content.decode()


# ── Documents ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_outcome_map_says_everything_on_paper_in_excel_and_on_the_wall(as_editor, org):
    org.mission = "Acompañar a jóvenes"
    org.save()
    row = make.make_outcome_row(org, make.make_strategy(org, text="Radio propia", priority=1))
    make.make_marker(row, "medium", "Otras emisoras piden la serie")
    make.make_activity(row, "short", "Presentar un piloto", responsible="Comunicación")
    facts = ["Acompañar a jóvenes", "Radio propia", str(row.ally), row.objective, "Otras emisoras piden la serie"]
    for key, fmt, more in (
        ("mapa-de-resultados", "pdf", ["Presentar un piloto", "Comunicación"]),
        ("mapa-de-resultados", "xlsx", ["Presentar un piloto", "Comunicación"]),
        ("mapa-de-resultados-cartel", "pdf", []),
    ):
        said = squeezed(READERS[fmt](as_editor.get(at(org, "entregable", key, fmt)).content))
        assert [fact for fact in facts + more if squeezed(fact) not in said] == [], (key, fmt)


def test_an_empty_outcome_map_still_comes_out(as_editor, org):
    for key, fmt in (("mapa-de-resultados", "pdf"), ("mapa-de-resultados-cartel", "pdf")):
        said = READERS[fmt](as_editor.get(at(org, "entregable", key, fmt)).content)
        assert "todavía no elige" in said
