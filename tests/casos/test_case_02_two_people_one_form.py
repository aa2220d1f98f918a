"""Two people with the same form open: what one saves is never erased by the other without a word."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django_scopes import scope

from alianzas.concurrency import SEEN
from alianzas.models import Commitment, OrgRole
from plans.models import OutcomeRow
from tests import factories as make
from tests.alianzas.test_tenancy import every_route
from tests.casos.pages import form_of, forms_of
from tests.casos.whole import everything

TYPED = ("textarea", "text")


@pytest.fixture
def pages(org):
    return everything(org)


@pytest.fixture
def two(org):
    """E and A: two people who facilitate, each with a browser."""
    browsers = []
    for _ in range(2):
        browser = Client()
        browser.force_login(make.make_member(org, OrgRole.FACILITATOR))
        browsers.append(browser)
    return browsers


NUMBERS = ("posibilidad-en-el-salon",)  # lists of numbers in a text
CLOSES = "/cierre/cerrar/"  # what is sent ends it: there is no second time


def seen_forms(answer):
    return [form for form in forms_of(answer) if any(re.search(rf"(^|-){SEEN}$", name) for name in form.hidden)]


def edited(answer):
    """The forms of a page with something to be typed over, that say as what it was read."""
    found = [form for form in seen_forms(answer) if not form.action.endswith(CLOSES)]
    return [form for form in found if len(typed_in(form))]


def same(form, answer):
    found = [one for one in seen_forms(answer) if one.action == form.action]
    assert len(found) == 1, f"{len(found)} forms that go to {form.action}"
    return found[0]


def value(form, name):
    return next(one.value for one in form.controls if one.name == name)


def typed_in(form):
    """The names of the texts that can be typed over, those of one line first."""
    return [
        one.name
        for one in form.controls
        if one.kind in TYPED and "disabled" not in one.attrs and one.attrs.get("type") != "color"
    ]


def words(pages):
    return [(page, address) for page, address in pages.items() if page not in NUMBERS]


def more(text, said):
    """What somebody makes of a text, on its first line: lists of lines stay lists."""
    first, *rest = text.split("\n")
    return "\n".join([f"{first} {said}".strip(), *rest])


def test_two_people_change_two_fields_and_both_stay(pages, two, org):
    """Every form of every page that edits something: E saves one field, A another on an older page."""
    e, a = two
    tried = {}
    for page, address in words(pages):
        for number, form in enumerate(edited(e.get(address))):
            names = typed_in(form)
            if len(names) < 2:
                continue
            first, last = names[:2]
            older = same(form, a.get(address))
            mine, theirs = more(value(form, first), "de E"), more(value(form, last), "de A")
            assert e.post(form.action, form.data(**{first: mine})).status_code == 302, (page, first)
            sent = a.post(older.action, older.data(**{last: theirs}))
            assert sent.status_code == 302, (page, last, said_of(sent))
            now = same(form, a.get(address))
            assert (value(now, first).strip(), value(now, last).strip()) == (mine, theirs), page
            tried[page, number] = names
    assert len(tried) >= 18, sorted(tried)


def said_of(answer):
    found = re.findall(r"invalid-feedback[^>]*>(.*?)<|alert[^>]*>(.*?)</", answer.content.decode(), re.S)
    return [re.sub(r"<[^>]*>|\s+", " ", "".join(one)).strip() for one in found]


def test_two_people_change_one_field_and_the_second_sees_both_texts(pages, two, org):
    e, a = two
    tried = 0
    for page, address in words(pages):
        for form in edited(e.get(address)):
            for name in typed_in(form)[:1]:
                older = same(form, a.get(address))
                theirs, mine = more(value(form, name), "de E"), more(value(form, name), "de A")
                assert e.post(form.action, form.data(**{name: theirs})).status_code == 302, (page, name)
                sent = a.post(older.action, older.data(**{name: mine}))
                assert sent.status_code == 409, (page, name)
                shown = sent.content.decode()
                assert theirs.split("\n")[0] in shown, (page, name)
                again = same(form, sent)
                assert value(again, name).strip() == mine, (page, name)
                assert a.post(again.action, again.data()).status_code == 302, (page, name, "sent again")
                assert value(same(form, a.get(address)), name).strip() == mine, (page, name)
                tried += 1
    assert tried >= 23


def test_every_text_that_a_page_offers_to_change_says_as_what_it_was_read(pages, client, cast):
    """A form with a text already in it must carry `seen` (or `was`, or a version): a new page that forgets it fails."""
    client.force_login(cast.facilitator)
    careless = []
    for page, address in pages.items():
        for form in forms_of(client.get(address)):
            kept = [one.name for one in form.controls if one.kind in TYPED and str(one.value).strip()]
            knows = any(re.search(r"(^|-)(seen|was|version|base)$", name) for name in form.names)
            if kept and not knows:
                careless.append((page, form.action, kept))
    assert careless == []


def test_every_address_that_takes_a_form_is_on_one_of_the_pages(pages):
    """The walk leaves nothing out: each name of the resolver that edits by a key of its own is among `pages`."""
    edits = {
        pattern.name
        for route, pattern in every_route(get_resolver().url_patterns)
        if "<slug:org>" in route and re.search(r"<(int:pk|uuid:entry|str:block|int:number)>/$", route)
    }
    others = {
        "momento", "ficha-de-actor", "planilla-archivo",  # to read
        "fase-de-la-matriz",  # cells, with a `was` of theirs
        "lineas-de-estrategia",  # one tick each (case 03)
        "nuevo-renglon",  # one more
        "desempatar",  # one more decision: the earlier ones stay beside it
    }  # fmt: skip
    assert edits - set(pages) - others == set()


@pytest.mark.parametrize(
    ("page", "theirs", "mine"),
    [
        ("plazos", "5", "40"),
        ("nivel", "15", None),
        ("posibilidad-en-el-salon", "2", "3"),
    ],
)
def test_two_people_change_two_numbers_and_both_stay(pages, two, page, theirs, mine):
    e, a = two
    older = next(one for one in seen_forms(a.get(pages[page])) if one.names)
    numbers = [one.name for one in older.controls if one.kind in ("number", "textarea")]
    first, last = numbers[0], numbers[-1]
    theirs, mine = {first: theirs}, {last: mine} if mine else {}
    if page == "nivel":  # they add up to a hundred: two of them change together
        theirs = {first: "15", numbers[1]: str(int(value(older, first)) + int(value(older, numbers[1])) - 15)}
    form = same(older, e.get(pages[page]))
    assert e.post(form.action, form.data(**theirs)).status_code == 302
    sent = a.post(older.action, older.data(**mine))
    assert sent.status_code == 302, said_of(sent)
    now = same(older, a.get(pages[page]))
    assert {name: value(now, name) for name in (*theirs, *mine)} == theirs | mine


# ── The addresses of the case ───────────────────────────────────────────────────────────────────────────────────────


def test_a_commitment_keeps_the_title_of_one_and_the_responsible_of_the_other(two, org):
    e, a = two
    with scope(organization=org):
        row = Commitment.objects.create(organization=org, source="manual", title="Pedir la sala", responsible="Enlace")
    address = reverse("compromiso", args=[org.slug, row.pk])
    older = form_of(a.get(address), "title")
    page = form_of(e.get(address), "title")
    e.post(address, page.data(title="Pedir la sala grande"))
    assert a.post(address, older.data(responsible="Dirección")).status_code == 302
    with scope(organization=org):
        row.refresh_from_db()
    assert (row.title, row.responsible) == ("Pedir la sala grande", "Dirección")


def test_an_activity_that_was_deleted_meanwhile_does_not_stop_the_rest_of_the_row(two, org):
    e, a = two
    row = make.make_outcome_row(org)
    make.make_activity(row, title="Pedir una reunión")
    make.make_activity(row, title="Mandar la carta")
    address = reverse("renglon", args=[org.slug, row.pk])
    older = form_of(a.get(address), "objective")
    page = form_of(e.get(address), "objective")
    assert e.post(address, page.data(**{"actividades-0-delete": "on"})).status_code == 302
    assert a.post(address, older.data(objective="Otro objetivo")).status_code == 302
    with scope(organization=org):
        now = OutcomeRow.objects.get()
        assert now.objective == "Otro objetivo"
        assert [one.commitment.title for one in now.activities.all()] == ["Mandar la carta"]


def test_words_for_a_marker_that_was_worded_anew_are_shown(two, org):
    e, a = two
    row = make.make_outcome_row(org)
    marker = make.make_marker(row)
    address = reverse("renglon", args=[org.slug, row.pk])
    older = form_of(a.get(address), "objective")
    e.post(address, form_of(e.get(address), "objective").data(short="Firmamos carta de intención"))
    sent = a.post(address, older.data(**{f"quien-{marker.pk}": "La radio nos llama"}))
    assert sent.status_code == 409
    assert "La radio nos llama" in sent.content.decode()


def test_two_people_on_the_minutes_of_a_block_are_told(two, org):
    e, a = two
    page = reverse("carta", args=[org.slug, "1"])
    address = reverse("carta-minutos", args=[org.slug, "1", "S1.2"])
    older, form = form_of(a.get(page), action=address), form_of(e.get(page), action=address)
    assert e.post(address, form.data(minutes="41")).status_code == 302
    sent = a.post(address, older.data(minutes="42"))
    assert sent.status_code == 409
    assert "lo guardado dice «41»" in sent.content.decode()
    again = form_of(sent, action=address)
    assert again.data()["minutes"] == "42"
    assert a.post(address, again.data()).status_code == 302
