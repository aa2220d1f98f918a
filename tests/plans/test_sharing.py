"""Shared links: a secret that opens its own deliverables, in their shareable version, until it ends."""

import re
import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from django_scopes import scope
from pypdf import PdfReader

from alianzas.models import Event, SharedLink
from alianzas.tenancy import digest_of
from plans.sharing import services
from plans.sharing.products import PRODUCTS
from tests import factories as make
from tests.alianzas.test_tenancy import every_route
from tests.ruta_critica.rows import adapt

ALL = tuple(PRODUCTS)


def address(org, name="compartir", *args):
    return reverse(name, args=[org.slug, *args])


def shared(token, name="compartido", *args):
    return reverse(name, args=[token, *args])


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


@pytest.fixture
def share(org, cast):
    """`share()` makes a link of organisation A; gives the row and its token."""

    def _share(organization=org, by=cast.editor, shows=ALL, last_day=None, **facts):
        with scope(organization=organization):
            facts |= {"key": uuid.uuid4(), "label": "Consejo", "shows": shows, "last_day": last_day or in_days(30)}
            return services.share(organization=organization, by=by, **facts)

    return _share


def public_addresses(token):
    """One address for every route under a shared link, and for each of its products."""
    for route, pattern in every_route():
        if "<str:link>" not in route or not isinstance(pattern, URLPattern):
            continue
        if "<slug:key>" in route:
            yield from (shared(token, pattern.name, key) for key in (*ALL, "matriz-5rs", "compromisos"))
        else:
            yield shared(token, pattern.name)


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


# ── Made, shown once, revoked ───────────────────────────────────────────────────────────────────────────────────────


def asked(**facts):
    return {
        "key": str(uuid.uuid4()), "label": "Fundación", "shows": ["plan", "mapa"], "last_day": in_days(30).isoformat(),
    } | facts  # fmt: skip


def test_a_link_is_made_and_its_address_is_shown_once(as_editor, org):
    answer = as_editor.post(address(org), asked())
    [token] = set(re.findall(r"/c/([\w-]+)/", answer.content.decode()))
    assert len(token) >= 43  # 256 bits
    assert "no-store" in answer["Cache-Control"]
    assert token not in as_editor.get(address(org)).content.decode()
    with scope(organization=org):
        row = SharedLink.objects.get()
        assert row.digest == digest_of(token)
        assert token not in repr([row.__dict__, [event.detail for event in Event.objects.all()]])
        assert (row.shows, row.last_day) == (["plan", "mapa"], in_days(30))
        assert Event.objects.get().verb == "link.shared"


def test_sent_twice_it_is_made_once(as_editor, org):
    said = asked()
    as_editor.post(address(org), said)
    answer = as_editor.post(address(org), said)
    assert answer.status_code == 422
    assert "Ese enlace ya se creó" in answer.content.decode()
    with scope(organization=org):
        assert SharedLink.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"last_day": in_days(367).isoformat()}, "Un enlace dura un año a lo más"),
        ({"last_day": in_days(-1).isoformat()}, "todavía no pasa"),
        ({"last_day": "nunca"}, "fecha válida"),
        ({"shows": []}, "Elige al menos una cosa"),
        ({"shows": ["matriz-5rs"]}, "Seleccione una opción válida"),
        ({"label": ""}, "obligatorio"),
        ({"label": "x" * 201}, "200"),
    ],
)
def test_what_cannot_be_is_refused(as_editor, org, facts, said):
    answer = as_editor.post(address(org), asked(**facts))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    with scope(organization=org):
        assert not SharedLink.objects.exists()


def test_there_is_a_limit_of_open_links(as_editor, org, monkeypatch):
    monkeypatch.setattr(services, "MOST_OPEN", 1)
    as_editor.post(address(org), asked())
    assert "revoca alguno" in as_editor.post(address(org), asked()).content.decode()


def test_who_only_reads_neither_sees_nor_makes_links(login, cast, org, share):
    share()
    for who in ("viewer", "manager"):
        client = login(getattr(cast, who))
        assert client.get(address(org)).status_code == 403
        assert client.post(address(org), asked()).status_code == 403


def test_a_link_is_revoked_by_its_own_organisation(login, cast, client, org, share):
    row, token = share()
    assert login(cast.stranger).post(address(org, "revocar-enlace", row.pk)).status_code == 404
    assert client.get(shared(token)).status_code == 200
    login(cast.editor).post(address(org, "revocar-enlace", row.pk))
    client.logout()
    assert client.get(shared(token)).status_code == 404
    with scope(organization=org):
        assert Event.objects.first().verb == "link.revoked"


def test_the_link_of_others_cannot_be_revoked(as_editor, org, other_org, cast, share):
    row, token = share(other_org, cast.stranger)
    assert as_editor.post(address(org, "revocar-enlace", row.pk)).status_code == 404
    assert as_editor.get(shared(token)).status_code == 200


# ── What it opens ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_it_opens_without_an_account_or_a_cookie_and_is_not_kept(client, org, share):
    make.make_strategy(org, text="Radio comunitaria", priority=1)
    _, token = share(plan_state="draft")
    page = client.get(shared(token))
    assert page.status_code == 200
    assert org.name in page.content.decode()
    for product in PRODUCTS.values():
        assert product.title in page.content.decode()
    for answer in (page, client.get(shared(token, "compartido-producto", "plan"))):
        assert not answer.cookies
        assert answer["Cache-Control"] == "no-store"
        assert "noindex" in answer["X-Robots-Tag"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "<form" not in answer.content.decode()
    assert "Radio comunitaria" in client.get(shared(token, "compartido-producto", "plan")).content.decode()
    with scope(organization=org):
        assert SharedLink.objects.get().last_used_on == timezone.localdate()


def test_its_documents_are_taken_and_that_is_recorded(client, org, share):
    _, token = share(shows=("pasos",))
    make.make_next_step(org, "Llamar a la red")
    answer = client.get(shared(token, "compartido-pdf", "pasos"))
    assert answer["Content-Type"] == "application/pdf"
    assert "attachment" in answer["Content-Disposition"]
    assert "Llamar a la red" in text_of(answer.content)
    with scope(organization=org):
        event = Event.objects.first()
    assert (event.verb, event.user, event.detail["product"]) == ("link.taken", None, "pasos")


@pytest.mark.parametrize("chosen", [("plan",), ("mapa", "pasos")])
def test_it_opens_what_was_chosen_and_nothing_else(client, share, chosen):
    _, token = share(shows=chosen)
    for key in (*ALL, "compromisos", "matriz-5rs", "mou", "no-hay"):
        expected = 200 if key in chosen else 404
        assert client.get(shared(token, "compartido-producto", key)).status_code == expected, key
        if key not in chosen:
            assert client.get(shared(token, "compartido-pdf", key)).status_code == 404, key


def test_the_token_opens_no_address_of_the_organisation(client, org, share):
    _, token = share()
    client.get(shared(token))
    for where in (f"/o/{org.slug}/", f"/o/{org.slug}/entregables/plan-de-alianzas.pdf", f"/o/{token}/plan/"):
        assert client.get(where).status_code == 302
    assert client.get(f"/calendario/{token}.ics").status_code == 404


def test_a_token_shows_its_own_organisation_alone(client, org, other_org, cast, share):
    make.make_next_step(org, "Propio")
    make.make_next_step(other_org, "Ajeno")
    _, mine = share()
    _, theirs = share(other_org, cast.stranger)
    page = client.get(shared(mine, "compartido-producto", "pasos")).content.decode()
    assert "Propio" in page
    assert "Ajeno" not in page
    assert "Ajeno" in client.get(shared(theirs, "compartido-producto", "pasos")).content.decode()


# ── What it does not open ───────────────────────────────────────────────────────────────────────────────────────────


def dead(share, org):
    """Tokens that open nothing: revoked, over, never made, cut, with more, in other letters."""
    revoked, token = share()
    with scope(organization=org):
        services.revoke(link=revoked, by=None)
    yield token
    row, token = share()
    with scope(organization=org):
        SharedLink.objects.filter(pk=row.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    yield token
    _, token = share()
    yield from (token[:-1], f"{token}A", token.swapcase(), digest_of(token), "x", "%00", "ñ" * 400)


def test_every_address_under_a_dead_token_is_the_404_of_what_does_not_exist(client, org, share):
    nothing = client.get("/no-hay-nada-aqui/")
    walked = 0
    for token in dead(share, org):
        for where in public_addresses(token):
            answer = client.get(where)
            assert answer.status_code == 404, where
            assert answer.content == nothing.content
            assert dict(answer.headers) == dict(nothing.headers)
            walked += 1
    assert walked >= 9 * 35


def test_what_was_not_chosen_looks_like_what_does_not_exist(client, share):
    _, token = share(shows=("plan",))
    nothing, other = client.get("/no-hay-nada-aqui/"), client.get(shared(token, "compartido-producto", "mapa"))
    assert other.content == nothing.content
    assert dict(other.headers) == dict(nothing.headers)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_it_can_only_be_read(client, share, method):
    _, token = share()
    for where in public_addresses(token):
        assert getattr(client, method)(where).status_code == 404


def test_every_public_route_hands_over_only_what_the_lock_opened():
    """An address that names no organisation, link or door of a workshop is one of these, or one nobody looked at."""
    known = {"", "organizaciones/nueva/", "calendario/<str:token>.ics", "t/", "t/^(?P<typed>[A-Za-z0-9-]{4,10})/$"}
    known |= {r"^invitaciones/(?P<pk>\d{1,18})/(?P<what>aceptar|rechazar)/$"}
    locked = ("<slug:org>", "<str:link>", "(?P<door>")
    names = (route for route, _ in every_route(get_resolver().url_patterns))
    loose = {one for one in names if not any(key in one for key in locked) and "cuenta/" not in one}
    assert {one for one in loose if not one.startswith("portafolio/")} == known


# ── Names ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("key", ALL)
def test_protected_names_and_names_of_people_stay_in_the_house(client, org, share, key):
    secret, person = "Comandante Rojas", "Lucía Robles"
    actor = make.make_actor(org, secret, is_sensitive=True, alias="Actor 7", rules=f"Pregunten a {person}")
    said = f"Hablar con {secret.upper()} y con {person.lower()}"
    row = make.make_outcome_row(
        org, make.make_strategy(org, text=said, why=said, priority=1), make.make_ally(org, actor=actor)
    )
    make.make_check(make.make_marker(row, text=said), evidence=said, lesson=said, checked_on=in_days(0))
    make.make_activity(row, title=said, responsible=person)
    make.make_next_step(org, said, responsible=person, due_date=in_days(9))
    adapt(
        org, None, [{"id": "uno", "own_name": said, "active": True, "order": 1, "people": [person], "contacts": secret}]
    )
    make.make_attendance(org, post="Enlace comunitario", name=person)
    make.make_attendance(org, post="enlace comunitario", name="Otra Persona")
    _, token = share(plan_state="draft")
    page = client.get(shared(token, "compartido-producto", key)).content.decode()
    paper = text_of(client.get(shared(token, "compartido-pdf", key)).content)
    for said in (page, paper):
        assert not re.search(r"rojas|luc[ií]a|robles|otra persona", re.sub(r"data:[^\"]+", "", said), re.IGNORECASE)
    if key == "plan":
        assert "Actor 7" in page
        assert page.lower().count("<li>enlace comunitario") == 1


def test_the_front_page_veils_the_mission(client, org, share):
    make.make_actor(org, "Comandante Rojas", is_sensitive=True, alias="Actor 7")
    org.mission = "Resistir al Comandante Rojas"
    org.save()
    page = client.get(shared(share()[1])).content.decode()
    assert "Resistir al Actor 7" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_pages(as_editor, client, org, share, django_assert_num_queries, rows):
    for _ in range(rows):
        _, token = share()
        make.make_next_step(org)
    as_editor.get(address(org))
    with django_assert_num_queries(4):
        as_editor.get(address(org))
    client.get(shared(token))
    with django_assert_num_queries(5):
        client.get(shared(token))


def test_the_last_day_is_the_last_on_which_it_opens(share, org):
    row, _ = share(last_day=in_days(0))
    assert timezone.localdate(row.expires_at) == in_days(1)
    assert row.is_open
    assert row.last_day == in_days(0)
