"""What a form says it was read as, and what becomes of each field when somebody else wrote meanwhile."""

from django import forms

from alianzas.concurrency import SEEN, SeenMixin, answer_status, digest_of


class Card(SeenMixin, forms.Form):
    title = forms.CharField(required=False)
    day = forms.DateField(required=False)
    is_public = forms.BooleanField(required=False)
    kind = forms.ChoiceField(choices=[("a", "Primera"), ("b", "Segunda")], required=False)
    lines = forms.MultipleChoiceField(choices=[(str(n), str(n)) for n in range(1, 6)], required=False)


KEPT = {"title": "Uno", "day": None, "is_public": True, "kind": "a", "lines": ["1", "2"]}


def sent(changes, read=KEPT):
    """What a browser sends of the page that showed `read`, with some of it changed."""
    form = Card(initial=read)
    data = {"title": read["title"], "is_public": "on", "kind": read["kind"], "lines": read["lines"]}
    found = data | changes | {SEEN: form[SEEN].value()}
    return {name: value for name, value in found.items() if value != ""}


def test_what_nobody_else_changed_is_taken_as_it_was_sent():
    form = Card(sent({"title": "Dos", "is_public": ""}), initial=KEPT)
    assert form.is_valid()
    assert form.cleaned_data == {"title": "Dos", "day": None, "is_public": False, "kind": "a", "lines": ["1", "2"]}


def test_what_others_changed_and_this_person_did_not_touch_stays():
    now = KEPT | {"kind": "b", "is_public": False, "title": "De otra persona"}
    form = Card(sent({"day": "2026-03-05"}), initial=now)
    assert form.is_valid()
    assert (form.cleaned_data["title"], form.cleaned_data["kind"]) == ("De otra persona", "b")
    assert (form.cleaned_data["is_public"], str(form.cleaned_data["day"])) == (False, "2026-03-05")
    assert answer_status(form) == 200


def test_of_a_set_the_differences_are_taken():
    form = Card(sent({"lines": ["2", "5"]}), initial=KEPT | {"lines": ["1", "2", "3"]})
    assert form.is_valid()
    assert sorted(form.cleaned_data["lines"]) == ["2", "3", "5"]


def test_where_both_wrote_the_page_shows_both_and_may_be_sent_again():
    now = KEPT | {"title": "De otra persona", "kind": "b"}
    form = Card(sent({"title": "Mío"}), initial=now)
    assert not form.is_valid()
    assert answer_status(form) == 409
    page = form.as_p()
    assert "«De otra persona»" in page
    assert 'value="Mío"' in page
    again = Card(
        {"title": "Mío", "is_public": "on", "kind": form["kind"].value(), SEEN: form[SEEN].value()}, initial=now
    )
    assert again.is_valid()
    assert (again.cleaned_data["title"], again.cleaned_data["kind"]) == ("Mío", "b")


def test_the_same_words_are_no_conflict():
    form = Card(sent({"title": "Igual"}), initial=KEPT | {"title": "Igual"})
    assert form.is_valid()


def test_a_form_that_says_nothing_of_what_it_was_read_as_is_taken_whole():
    form = Card({"title": "Mío"}, initial=KEPT | {"title": "De otra persona"})
    assert form.is_valid()
    assert form.cleaned_data["title"] == "Mío"


def test_line_ends_and_outer_blanks_are_no_change():
    read = KEPT | {"title": "Uno\nDos "}
    form = Card(sent({"title": "Uno\r\nDos"}, read), initial=read | {"title": "Otra"})
    assert form.is_valid()
    assert form.cleaned_data["title"] == "Otra"


def test_words_for_what_is_no_longer_there_are_shown():
    class Small(SeenMixin, forms.Form):
        title = forms.CharField(required=False)

    data = sent({"title": "Uno", "kind": "b"})
    form = Small(data, initial={"title": "Uno"})
    assert not form.is_valid()
    assert answer_status(form) == 409
    assert "«b»" in " ".join(form.non_field_errors())


def test_controls_that_say_what_they_were_read_as_are_not_filled_in_by_browsers():
    assert 'autocomplete="off"' in str(Card(initial=KEPT)["title"])


def test_a_digest_depends_on_nothing_but_the_values():
    assert digest_of(["a", 1]) == digest_of(["a", 1]) != digest_of(["a", 2])
