"""Answers of many people: written alone or for a room, joined when they are equal, cross-cutting by consensus."""

import pytest
from django.core.exceptions import ValidationError
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st

from alianzas.exports.blocks import Bullets, Heading
from alianzas.models import Event
from plans import queries, services
from plans.ballots import services as ballots
from plans.completeness import missing
from plans.deliverables import plan_document, section_blocks
from plans.diagnosis import queries as own_queries
from plans.diagnosis import services as own_services
from plans.diagnosis.alike import VERY_ALIKE, likenesses
from plans.diagnosis.quick import QuickError, Said, answers_in
from plans.models import Agreement, Strategy, StrategyLine, ToldApart
from tests import factories as make

from .rows import address, candidates

# ── Pure ────────────────────────────────────────────────────────────────────────────────────────────────────


def alike(one, other):
    return next(iter(likenesses({"one": one, "other": other})), None)


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("Campaña de radio", "campanas de RADIO", ("campaña", "radio")),
        ("Huertos escolares con familias", "Huerto escolar y sus familias", ("huertos", "escolares", "familias")),
        ("Talleres de lectura", "Taller de lectura para jóvenes", ("talleres", "lectura")),
        ("Mediación vecinal en la colonia", "Mediacion vecinal", ("mediación", "vecinal")),
    ],
)
def test_accents_plurals_and_small_words_do_not_hide_a_likeness(one, other, shared):
    assert alike(one, other).shared == shared


def test_the_reason_is_said_in_words():
    assert alike("Campaña de radio", "Campaña de radio local").why == "Muy parecidas: comparten «campaña» y «radio»."
    said = alike("Campaña de radio con la escuela del barrio", "Radio y campaña para convencer a la alcaldía").why
    assert said.startswith("Parecidas: comparten")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Campaña de radio", "Mesas de diálogo con la policía"),
        ("Trabajo con jóvenes en el barrio", "Bolsa de empleo para jóvenes"),
        ("de la con los", "para el que las"),
        ("", ""),
    ],
)
def test_one_common_word_is_no_likeness(one, other):
    assert alike(one, other) is None


words = st.lists(st.sampled_from(["radio", "escuela", "jóvenes", "campaña", "mesa", "taller", "red"]), max_size=6)


@given(words.map(" ".join), words.map(" ".join))
def test_likeness_does_not_depend_on_who_comes_first(one, other):
    there, back = alike(one, other), alike(other, one)
    assert (there and there.score) == (back and back.score)
    assert there is None or 0 < there.score <= 100


@given(words.filter(bool).map(" ".join))
def test_the_same_text_is_very_alike(text):
    assert alike(text, text.upper()).score >= VERY_ALIKE


@given(st.lists(words.map(" ".join), min_size=2, max_size=5))
def test_pairs_told_apart_are_not_suggested(texts):
    named = dict(enumerate(texts))
    every = [(one.other, one.one) for one in likenesses(named)]
    assert likenesses(named, apart=every) == []


def test_lines_typed_for_a_room_are_taken_apart():
    typed = "Radio | la oyen | Ana\n\n  Taller de  oficios\t\tPromotoría\r\n| \nMesa|| Consejo | asesor"
    assert answers_in(typed) == [
        Said("Radio", "la oyen", "Ana"),
        Said("Taller de oficios", "", "Promotoría"),
        Said("Mesa", "", "Consejo | asesor"),
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Radio\n| sin estrategia | Ana", "Renglón 2: falta la estrategia"),
        ("a" * 40_000, "Renglón 1: la estrategia tiene 40000 caracteres y caben 600"),
        ("Radio | " + "b" * 700, "el porqué tiene 700"),
        ("Radio | x | " + "c" * 201, "quién lo dice tiene 201"),
        ("Radio\n" * 101, "Son 101 renglones"),
    ],
)
def test_lines_that_cannot_be_kept_are_said_by_number(typed, said):
    with pytest.raises(QuickError, match=said):
        answers_in(typed)


# ── Many voices ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def scoped(org):
    with scope(organization=org):
        yield org


@pytest.fixture
def line(scoped):
    return make.make_line(scoped, "Prevención")


def test_a_room_is_typed_in_one_go(as_editor, scoped, line):
    data = {"line": line.pk, "author": "Equipo 2", "works": "Radio | la oyen | Ana\nRadio", "could": "Podcast"}
    answer = as_editor.post(address(scoped, "captura-de-respuestas"), data)
    assert answer.status_code == 302
    assert answer.url.endswith(f"?linea={line.pk}")
    kept = [(one.text, one.status, one.author, one.origin) for one in Strategy.objects.all()]
    assert kept == [
        ("Radio", "works", "Ana", "room"),
        ("Radio", "works", "Equipo 2", "room"),
        ("Podcast", "could", "Equipo 2", "room"),
    ]
    assert all(one.said_on and one.by is None for one in Strategy.objects.all())


@pytest.mark.parametrize(
    ("typed", "said"), [({"works": "a" * 40_000}, "40000 caracteres"), ({}, "al menos una respuesta")]
)
def test_a_room_typed_wrong_loses_nothing(as_editor, scoped, line, typed, said):
    data = {"line": line.pk, "author": "Equipo 2", "could": "Una que sí cabe" if typed else ""} | typed
    answer = as_editor.post(address(scoped, "captura-de-respuestas"), data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert all(text in page for text in data.values() if isinstance(text, str))
    assert not Strategy.objects.exists()


@pytest.mark.parametrize(("author", "is_signed"), [("Luz", True), ("luz", True), ("Una vecina", False), ("", False)])
def test_only_a_signed_answer_stays_with_its_account(login, scoped, line, author, is_signed):
    person = make.make_member(scoped, user=make.make_user(name="Luz"))
    data = {"line": line.pk, "status": "did_not", "text": "Volantes", "why": "Nadie los lee", "author": author}
    assert login(person).post(address(scoped, "aportar-estrategia"), data).status_code == 302
    kept = Strategy.objects.get()
    assert kept.by == (person if is_signed else None)
    assert kept.origin == "own"
    assert not Event.objects.filter(user=person).exists()


def test_where_an_answer_came_from_is_told(as_editor, scoped, line):
    as_editor.post(address(scoped, "captura-de-respuestas"), {"line": line.pk, "works": "Radio"})
    page = as_editor.get(address(scoped, "estrategia", Strategy.objects.get().pk)).content.decode()
    assert "Sesión 6, diagnóstico (S6.3): dictada en la sesión, el " in page


def test_readers_get_no_form_and_no_protected_name(login, cast, scoped, line):
    make.make_actor(scoped, "Zutano Perengano", is_sensitive=True, alias="Actor Z")
    said = "Hablar con Zutano Perengano"
    strategy = make.make_strategy(scoped, line, said, why=said, author="Zutano Perengano")
    other = make.make_strategy(scoped, line, "Otra con Zutano Perengano")
    own_services.merge(kept=strategy, gone=other, by=cast.editor, note=said)
    services.serve_lines(strategy=strategy, more=[make.make_line(scoped).pk])
    own_services.agree(strategy=strategy, by=cast.editor, note=said)
    client = login(cast.viewer)
    for name in ("resultados", "transversales", "prioridades"):
        page = client.get(address(scoped, name)).content.decode()
        assert "Actor Z" in page, name
        assert "Zutano" not in page, name
    for name in ("captura-de-respuestas", "aportar-estrategia", "estrategias-parecidas"):
        assert client.get(address(scoped, name)).status_code == 403
    assert client.get(address(scoped, "estrategia", strategy.pk)).status_code == 403


# ── Equal ones ──────────────────────────────────────────────────────────────────────────────────────────────


def test_equal_answers_are_joined_with_every_why_and_author(as_editor, scoped, line):
    kept = make.make_strategy(scoped, line, "Campaña de radio", why="La oyen", author="Ana")
    gone = make.make_strategy(scoped, line, "Campañas en la radio", why="Es barata", author="")
    [pair] = as_editor.get(address(scoped, "estrategias-parecidas")).context["pairs"]
    assert (pair.one, pair.other) == (kept, gone)
    as_editor.post(address(scoped, "unir-estrategias", kept.pk, gone.pk), {"kept": kept.pk})
    [found] = queries.strategies()
    assert found == kept
    assert found.whys == ["La oyen", "Es barata"]
    assert [(voice.text, voice.author) for voice in found.voices] == [
        ("Campaña de radio", "Ana"),
        ("Campañas en la radio", ""),
    ]
    assert not found.is_cross_cutting
    assert not Agreement.objects.exists()
    assert not own_queries.look_alikes(queries.strategies(), across=False)


def test_answers_that_are_equal_in_other_words_are_joined_by_choice(as_editor, scoped, line):
    kept, gone = (make.make_strategy(scoped, line, text) for text in ("Pódcast", "Programa grabado"))
    page = as_editor.get(address(scoped, "estrategia", kept.pk)).content.decode()
    assert "Prevención: Programa grabado" in page
    there = as_editor.get(address(scoped, "elegir-igual", kept.pk), {"other": gone.pk})
    assert there.url == address(scoped, "unir-estrategias", kept.pk, gone.pk)
    page = as_editor.get(address(scoped, "elegir-igual", kept.pk), {"other": kept.pk}, follow=True).content.decode()
    assert "Elige con cuál se une." in page
    as_editor.post(there.url, {"kept": gone.pk})
    assert [one.text for one in queries.strategies()] == ["Programa grabado"]


def test_a_merge_is_undone(as_editor, scoped, line):
    kept, gone = (make.make_strategy(scoped, line, text) for text in ("Campaña de radio", "Radio en campaña"))
    own_services.merge(kept=kept, gone=gone, by=None)
    page = as_editor.get(address(scoped, "estrategia", kept.pk)).content.decode()
    assert "Radio en campaña" in page
    as_editor.post(address(scoped, "separar-estrategia", gone.pk))
    assert [one.text for one in queries.strategies()] == ["Campaña de radio", "Radio en campaña"]
    with pytest.raises(ValidationError, match="ya estaba separada"):
        own_services.separate(strategy=Strategy.said.get(pk=gone.pk), by=None)


def test_a_merge_inside_a_merge_keeps_all_and_is_undone_by_parts(scoped, line):
    one, two, three = (make.make_strategy(scoped, line, text, why=text) for text in "abc")
    own_services.merge(kept=two, gone=three, by=None)
    own_services.merge(kept=one, gone=two, by=None)
    assert queries.strategies()[0].whys == ["a", "b", "c"]
    own_services.separate(strategy=Strategy.said.get(pk=two.pk), by=None)
    assert [found.whys for found in queries.strategies()] == [["a"], ["b", "c"]]


def test_views_of_different_states_are_not_suggested_as_equal(scoped, line):
    make.make_strategy(scoped, line, "Campaña de radio", status="works")
    make.make_strategy(scoped, line, "Campaña de radio", status="did_not")
    assert own_queries.look_alikes(queries.strategies(), across=False) == []


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda org, gone: Strategy.objects.filter(pk=gone.pk).update(priority=1), "tiene lugar en las prioridades"),
        (lambda org, gone: make.make_outcome_row(org, gone), "aliados en el mapa de resultados"),
        (lambda org, gone: ballots.open_round(organization=org, by=None), "una votación que no ha terminado"),
    ],
)
def test_what_others_stand_on_is_what_stays(scoped, line, prepare, said):
    gone, kept = candidates(scoped, 2)
    prepare(scoped, gone)
    gone.refresh_from_db()
    with pytest.raises(ValidationError, match=said):
        own_services.merge(kept=kept, gone=gone, by=None)
    assert Strategy.objects.count() == 2


def test_two_people_joining_the_same_pair_are_told(scoped, line):
    kept, gone = (make.make_strategy(scoped, line, text) for text in ("Radio", "La radio"))
    own_services.merge(kept=kept, gone=gone, by=None)
    with pytest.raises(ValidationError, match="Alguien ya unió"):
        own_services.merge(kept=gone, gone=kept, by=None)


def test_a_strategy_goes_with_the_answers_joined_in_it(as_editor, scoped, line):
    kept, gone = (make.make_strategy(scoped, line, text) for text in ("Radio", "La radio"))
    own_services.merge(kept=kept, gone=gone, by=None)
    as_editor.post(address(scoped, "borrar-estrategia", kept.pk))
    assert not Strategy.said.exists()


def test_strategies_of_another_organization_are_404(as_editor, scoped, line, other_org):
    mine, theirs = make.make_strategy(scoped, line), make.make_strategy(other_org)
    for name in ("unir-estrategias", "distinguir-estrategias"):
        assert as_editor.post(address(scoped, name, mine.pk, theirs.pk), {"kept": mine.pk}).status_code == 404


# ── Across lines ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def across(scoped, line):
    second = make.make_line(scoped, "Justicia")
    one = make.make_strategy(scoped, line, "Campaña de radio", status="works", why="La oyen")
    other = make.make_strategy(scoped, second, "Campañas en radio", status="could", why="Falta")
    return one, other


def test_a_likeness_across_lines_becomes_cross_cutting_by_consensus(as_editor, cast, scoped, across):
    one, other = across
    [pair] = as_editor.get(address(scoped, "transversales")).context["pairs"]
    assert pair.why == "Muy parecidas: comparten «campaña» y «radio»."
    data = {"kept": other.pk, "note": "Todo el grupo", "agreed_on": "2026-11-20"}
    as_editor.post(address(scoped, "unir-estrategias", one.pk, other.pk), data)
    [found] = queries.strategies()
    assert (found, found.status) == (other, "could")  # the state that people chose is kept
    assert [line.name for line in found.served] == ["Justicia", "Prevención"]
    agreement = Agreement.objects.get()
    assert (agreement.note, f"{agreement.agreed_on}", agreement.by) == ("Todo el grupo", "2026-11-20", cast.editor)
    assert "Acuerdo: Todo el grupo" in as_editor.get(address(scoped, "transversales")).content.decode()


def test_undoing_it_takes_the_line_and_the_agreement_along(scoped, across):
    one, other = across
    own_services.merge(kept=one, gone=other, by=None, note="Todo el grupo")
    own_services.separate(strategy=Strategy.said.get(pk=other.pk), by=None)
    assert [found.is_cross_cutting for found in queries.strategies()] == [False, False]
    assert not StrategyLine.objects.exists()
    assert not Agreement.objects.exists()


def test_a_suggestion_that_was_discarded_stays_so_until_somebody_asks(as_editor, scoped, across):
    one, other = across
    for _ in range(2):
        as_editor.post(address(scoped, "distinguir-estrategias", other.pk, one.pk))
    assert ToldApart.objects.count() == 1
    assert as_editor.get(address(scoped, "transversales")).context["pairs"] == []
    [(row, *_)] = as_editor.get(address(scoped, "estrategias-parecidas")).context["apart"]
    as_editor.post(address(scoped, "volver-a-sugerir", row.pk))
    assert len(as_editor.get(address(scoped, "transversales")).context["pairs"]) == 1


def test_nothing_is_joined_by_looking(as_editor, scoped, across):
    as_editor.get(address(scoped, "transversales"))
    assert Strategy.objects.count() == 2


def test_an_agreement_is_written_and_corrected(as_editor, scoped, across):
    for note in ("Coordinaciones", "Todo el grupo"):
        as_editor.post(address(scoped, "acuerdo", across[0].pk), {"note": note})
    assert [one.note for one in Agreement.objects.all()] == ["Todo el grupo"]
    answer = as_editor.post(address(scoped, "acuerdo", across[0].pk), {"note": "a" * 40_000})
    assert answer.status_code == 422
    assert "a" * 40_000 in answer.content.decode()


def test_the_plan_says_every_why_of_what_was_joined(scoped, line):
    kept = make.make_strategy(scoped, line, "Radio", status="works", why="La oyen")
    gone = make.make_strategy(scoped, line, "La radio", status="works", why="Es barata")
    own_services.merge(kept=kept, gone=gone, by=None)
    assert "Es barata" in repr(plan_document(scoped).blocks)


# ── What the Plan says of it ────────────────────────────────────────────────────────────────────────────────


def _section(scoped):
    """The blocks about lines of action, by the heading over them: line, state."""
    found, place = {}, ["", ""]
    for block in section_blocks(queries.plan_data(scoped), "lines"):
        if isinstance(block, Heading):
            place = [block.text, ""] if block.level == 2 else [place[0], block.text]
        else:
            found.setdefault(tuple(place), []).append(block)
    return found


def test_each_line_keeps_the_state_that_it_gave_and_its_own_reasons(scoped, across):
    """«podría sumarse» in one line is not printed there as «mejor ha funcionado», which another line said."""
    one, other = across
    own_services.merge(kept=one, gone=other, by=None)
    found = _section(scoped)
    assert ("Justicia", "Estrategias que mejor han funcionado") not in found
    [here] = found["Prevención", "Estrategias que mejor han funcionado"]
    [there] = found["Justicia", "Estrategias que podrían sumarse"]
    assert [row.cells for row in here.rows] == [("Campaña de radio (transversal)", ("La oyen",))]
    assert [row.cells for row in there.rows] == [
        ("Campaña de radio (transversal: se cuenta en «Prevención»)", ("Falta",))
    ]


def test_a_cross_cutting_one_is_told_once_and_referred_to(scoped, line):
    second = make.make_line(scoped, "Justicia")
    strategy = make.make_strategy(scoped, line, "Radio", status="works", why="La oyen")
    make._make(StrategyLine, scoped, strategy=strategy, line=second)
    found = _section(scoped)
    [told] = found["Justicia", "Estrategias que mejor han funcionado"]
    assert told == Bullets(("Radio (transversal: se cuenta en «Prevención»)",))
    assert repr(found).count("La oyen") == 1


def test_a_reason_stands_beside_its_strategy(scoped, line):
    for text, why in (("Radio", "La oyen"), ("Murales", ""), ("Ferias", "Llegan familias")):
        make.make_strategy(scoped, line, text, status="works", why=why)
    [table] = _section(scoped)[line.name, "Estrategias que mejor han funcionado"]
    assert [column.title for column in table.columns] == ["Estrategia", "Qué las hace funcionar"]
    expected = [("Radio", ("La oyen",)), ("Murales", ()), ("Ferias", ("Llegan familias",))]
    assert [row.cells for row in table.rows] == expected


def test_what_a_reference_lacks_is_asked_of_its_own_line_only(scoped, line):
    second = make.make_line(scoped, "Justicia")
    strategy = make.make_strategy(scoped, line, "Radio", status="works", why="")
    make._make(StrategyLine, scoped, strategy=strategy, line=second)
    asked = [one.text for one in missing(queries.plan_data(scoped)) if "sin su porqué" in one.text]
    assert asked == [f"En «{line}» hay estrategias sin su porqué: 1."]
