"""What may be an answer of each kind: anything that arrives becomes a value to keep or a message."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sessions_app import curriculum
from sessions_app.worksheets import controls, kinds, wire
from sessions_app.worksheets.frames import frame_of
from sessions_app.worksheets.merging import merge
from sessions_app.worksheets.text import Invalid
from sessions_app.worksheets.trust import trust, trust_of

from .samples import sample, written_prompts

PROMPTS = written_prompts()
LIST = curriculum.prompt("S1.3.q1")
TEXT = curriculum.prompt("S1.3.reflexion")
TABLE = curriculum.prompt("S4.1.alianzas")
CONCEPTS = curriculum.prompt("S1.2.conceptos")
PITCH = curriculum.prompt("S4.6.pitch")
TRUST = curriculum.prompt("S4.8.confianza")

anything = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text() | some.sampled_from(["yes", "own"]),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def clean(prompt, raw):
    return kinds.clean(prompt, raw, frame_of(prompt))


def keys_of(prompt):
    names = ["id", "text", "author", "group", "what", "responsible", "due_date", "choice", "choices", "note", "answer"]
    return [*names, "items", *(c.key for c in prompt.columns), *(o.key for o in prompt.options)]


def test_every_kind_of_the_method_has_a_sample():
    assert {prompt.kind for prompt in PROMPTS} == kinds.WRITTEN


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: prompt.key)
def test_a_value_cleaned_twice_stays_the_same(prompt):
    kept = clean(prompt, sample(prompt))
    assert kept is not None
    assert clean(prompt, json.loads(json.dumps(kept))) == kept


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: prompt.key)
def test_what_a_form_shows_comes_back_the_same(prompt):
    """Controls drawn from a value and read again give that value: an untouched field is never a change."""
    frame = frame_of(prompt)
    kept = clean(prompt, sample(prompt))
    form = Form(drawn(prompt, controls.controls_of(prompt, kept, frame)))
    assert kinds.clean(prompt, wire.read(prompt, form, wire.field_name(prompt)), frame) == kept


class Form(dict):
    def get(self, name, default=None):
        return self[name][-1] if self.get_list(name) else default

    def getlist(self, name):
        return self.get_list(name)

    def get_list(self, name):
        return super().get(name, [])


def drawn(prompt, shown):
    """The names and values that a browser would send of those controls."""
    name, pairs = wire.field_name(prompt), {}

    def put(key, value):
        pairs.setdefault(key, []).append(value)

    def put_control(control):
        if control.type == "select":
            put(control.name, next((pick.key for pick in control.picks if pick.is_on), ""))
        elif control.type != "fixed":
            put(control.name, control.text.replace("\n", "\r\n"))

    if prompt.kind in kinds.ROWS:
        for row in shown.rows:
            put(f"{name}-id", row.id)
            for control in row.controls:
                put_control(control)
    elif prompt.kind == "check":
        for item in shown.items:
            put_control(item)
            put(f"{item.name}-note", item.text)
    elif prompt.kind in ("pitch", "trust"):
        for control in [*shown.items, *(control for _, group in shown.groups for control in group)]:
            put_control(control)
    elif prompt.kind in ("text", "long"):
        put(name, shown.text.replace("\n", "\r\n"))
    else:
        for pick in shown.picks:
            if pick.is_on:
                put(name, pick.key)
        if shown.is_open and prompt.kind == "choice":
            pairs[name] = [shown.text]
        put(f"{name}-otras", shown.others)
        put(f"{name}-note", shown.note)
    return pairs


@settings(max_examples=300, deadline=None)
@given(some.data())
def test_nothing_that_arrives_breaks_the_cleaning(data):
    prompt = data.draw(some.sampled_from(PROMPTS))
    cells = some.dictionaries(some.sampled_from(keys_of(prompt)), anything, max_size=6)
    raw = data.draw(anything | cells | some.lists(cells, max_size=5))
    try:
        kept = clean(prompt, raw)
    except Invalid:
        return
    assert clean(prompt, json.loads(json.dumps(kept))) == kept


@settings(max_examples=150, deadline=None)
@given(some.data())
def test_joining_loses_no_text_and_is_a_valid_value(data):
    prompt = data.draw(some.sampled_from([LIST, TEXT, TABLE, curriculum.prompt("S5.5.c_borrador")]))
    words = some.text("abc ñ", max_size=12)
    if prompt.kind == "long":
        one = words
    else:
        names = {"list": ["text"], "commitment": ["what"]}.get(prompt.kind, [c.key for c in prompt.columns])
        row = some.fixed_dictionaries({"id": some.sampled_from("abcd"), **dict.fromkeys(names, words)})
        one = some.lists(row, max_size=1 if prompt.kind == "commitment" else 3)
    theirs, mine = clean(prompt, data.draw(one)), clean(prompt, data.draw(one))
    joined = merge(prompt, theirs, mine, frame_of(prompt))
    said = json.dumps(joined, ensure_ascii=False)
    for value in (theirs, mine):
        for text in texts(value):
            assert json.dumps(text, ensure_ascii=False)[1:-1] in said
    if prompt.kind != "commitment":  # two of them may be more than the prompt takes: then it says so
        assert clean(prompt, joined) is not None or joined is None


def texts(value):
    if isinstance(value, str):
        return [value]
    rows = value or []
    return [cell for row in rows for key, cell in row.items() if key != "id" and isinstance(cell, str) and cell]


@settings(max_examples=60, deadline=None)
@given(some.integers(1, 10), some.integers(1, 10), some.integers(1, 10), some.integers(1, 10))
def test_self_interest_divides_the_whole_sum(c, r, i, s):
    assert trust(c, r, i, s) == round((c + r + i) / s, 1)


def test_the_example_of_the_method_gives_six():
    assert trust(8, 8, 8, 4) == 6
    assert trust_of({"credibility": 8, "reliability": 8, "intimacy": 8, "self_orientation": 4}) == 6
    assert trust_of({"credibility": 8, "reliability": None, "intimacy": 8, "self_orientation": 4}) is None
    with pytest.raises(ValueError, match="1 to 10"):
        trust(8, 8, 8, 0)


def test_forty_thousand_characters_are_refused_with_the_numbers():
    with pytest.raises(Invalid, match=r"tiene 40,000 caracteres y caben 6,000"):
        clean(TEXT, "x" * 40_000)


def test_a_table_of_five_hundred_rows_is_refused():
    with pytest.raises(Invalid, match=r"Son 500 renglones y caben 100"):
        clean(TABLE, [{"alliance": "x"}] * 500)


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("S1.3.q1", "texto"),
        ("S1.3.q1", [["lista"]]),
        ("S1.3.reflexion", {"text": "x"}),
        ("S1.1.prioridad", "high"),
        ("S1.1.prioridad", {"choice": "altísima"}),
        ("S4.4.tarjetas", {"answer": "quizá"}),
        ("S4.4.voceria", {"choices": "Dirección"}),
        ("S5.5.e", {"items": {"no_existe": {"state": "present"}}}),
        ("S5.5.e", {"items": {"staff": {"state": "a veces"}}}),
        ("S4.6.pitch", {"take_seconds": "mucho"}),
        ("S4.6.pitch", {"take_seconds": -1}),
        ("S4.8.confianza", {"credibility": 11}),
        ("S4.8.confianza", {"credibility": 7.5}),
        ("S5.5.c_borrador", [{"what": "x", "due_date": "31/02/2027"}]),
        ("S3.1.ejemplos", [{"step": "otro_paso", "example": "x"}]),
    ],
)
def test_a_wrong_shape_or_unknown_option_is_refused(key, raw):
    with pytest.raises(Invalid):
        clean(curriculum.prompt(key), raw)


def test_a_list_takes_no_more_than_its_prompt_says():
    actors = curriculum.prompt("S2.2.actores")
    with pytest.raises(Invalid, match="Son 11 notas y aquí caben 10"):
        clean(actors, [{"text": f"Actor {n}"} for n in range(11)])


def test_empty_notes_and_rows_are_left_out():
    assert clean(LIST, [{"text": "  "}, {"text": "una"}])[0]["text"] == "una"
    assert clean(TABLE, [{"alliance": "", "why": " "}]) is None


def test_control_characters_and_lone_surrogates_are_dropped():
    assert clean(TEXT, "a\x00b\ud800c\r\nd") == "abc\nd"


def test_a_row_without_id_always_gets_the_same_one():
    assert clean(LIST, [{"text": "una"}]) == clean(LIST, [{"text": "una"}])
    ids = [note["id"] for note in clean(LIST, [{"id": "x", "text": "una"}, {"id": "x", "text": "una"}])]
    assert len(set(ids)) == 2


def test_the_concepts_of_the_method_cannot_be_rewritten():
    row = {"id": "alianza", "base_definition": "Otra cosa", "agreed_org_version": "La nuestra"}
    kept = clean(CONCEPTS, [row])[0]
    assert kept["agreed_org_version"] == "La nuestra"
    assert kept["base_definition"] == curriculum.concept("alianza").definition


def test_a_table_that_only_says_what_the_method_says_is_unanswered():
    assert clean(CONCEPTS, [dict(seed) for seed in frame_of(CONCEPTS).seeds]) is None


def test_the_due_diligence_starts_from_the_four_criteria():
    seeds = frame_of(curriculum.prompt("S4.2.criterios")).seeds
    assert [seed["origin"] for seed in seeds] == ["toolkit"] * 4
    assert [seed["step"] for seed in frame_of(curriculum.prompt("S3.2.pasos")).seeds][2] == "due_diligence"


def test_an_open_list_takes_what_is_not_on_it_and_a_label_becomes_its_key():
    route = curriculum.prompt("S3.1.ejemplos")
    assert clean(route, [{"step": "Implementación", "example": "x"}])[0]["step"] == "implementacion"
    assert clean(curriculum.prompt("S4.4.voceria"), {"choices": ["Dirección"]})["choices"] == ["Dirección"]


def test_two_different_picks_are_joined_in_the_note():
    priority = curriculum.prompt("S1.1.prioridad")
    joined = merge(priority, {"choice": "low", "note": ""}, {"choice": "high", "note": ""}, frame_of(priority))
    assert joined == {"choice": "low", "note": "También se respondió: Alta"}


def test_rows_changed_by_two_people_are_both_kept():
    route = curriculum.prompt("S5.5.b_canales")
    theirs = [{"id": "a", "channel": "Boletín", "state": route.columns[1].options[0].key}]
    mine = [{"id": "a", "channel": "Radio", "state": route.columns[1].options[1].key}]
    joined = clean(route, merge(route, theirs, mine, frame_of(route)))
    assert [row["channel"] for row in joined] == ["Boletín", "Radio"]


def test_what_only_one_of_two_changed_is_taken_from_that_one():
    """I correct the second note and take the third away; somebody else corrected the first one and added a fourth."""
    base, theirs, mine = (
        clean(LIST, [{"id": key, "text": text} for key, text in said.items()])
        for said in (
            {"a": "uno", "b": "dos", "c": "tres"},
            {"a": "UNO", "b": "dos", "c": "tres", "d": "cuatro"},
            {"a": "uno", "b": "DOS"},
        )
    )
    joined = merge(LIST, theirs, mine, frame_of(LIST), base)
    assert [note["text"] for note in joined] == ["UNO", "DOS", "cuatro"]
    assert merge(TEXT, "suyo", "igual", frame_of(TEXT), "igual") == "suyo"


@pytest.mark.parametrize(
    ("move", "order"),
    [("q1:subir:1", "bac"), ("q1:bajar:0", "bac"), ("q1:quitar:1", "ac"), ("q1:subir:0", "abc"), ("q1:bajar:9", "abc")],
)
def test_buttons_rearrange_without_javascript(move, order):
    notes = clean(LIST, [{"id": key, "text": key} for key in "abc"])
    assert "".join(note["text"] for note in wire.rearranged(LIST, notes, move)) == order


def test_joining_two_notes_keeps_both_texts_and_authors():
    notes = clean(LIST, [{"text": "una", "author": "Ana", "group": "Voz"}, {"text": "dos", "author": "Luz"}])
    assert wire.rearranged(LIST, notes, "q1:juntar:1") == [{**notes[0], "text": "una\ndos", "author": "Ana, Luz"}]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"q1": 1}', '{"q1": [1]}', "[" * 100_000, "null"])
def test_packed_rubbish_is_refused(text):
    with pytest.raises(Invalid):
        wire.unpack(text)


def test_the_names_of_fields_never_collide():
    for activity in curriculum.activities():
        names = [wire.field_name(prompt) for prompt in activity.prompts]
        assert len(set(names)) == len(names)
        assert not {"mover", "campos", "decision", "equipo", "version", "completo"} & set(names)
