"""The moments of the map in the browser: frozen once, withdrawn and put back, compared, explained."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from alianzas.models import Event
from sysmap import moments, queries
from sysmap.models import Actor, MapSnapshot, MoveReason
from tests import factories as make

SCRIPT = {"X-Requested-With": "fetch"}


@pytest.fixture
def church(org):
    return make.make_actor(org, "Iglesia local", relation="weak", result="positive")


def freeze(org, cast, kind="baseline", days_ago=0, **facts):
    day = timezone.localdate() - timedelta(days=days_ago)
    with scope(organization=org):
        return moments.freeze(organization=org, by=cast.editor, kind=kind, taken_on=day, **facts)


def change(org, actor, **facts):
    with scope(organization=org):
        Actor.objects.filter(pk=actor.pk).update(**facts)


def test_freezing_keeps_the_map_and_nothing_changes_it_any_more(as_editor, org, church):
    address = reverse("momentos", args=[org.slug])
    today = timezone.localdate().isoformat()
    as_editor.post(address, {"kind": "baseline", "taken_on": today, "people": "Dirección\nEquipo"})
    change(org, church, relation="strong", name="Parroquia")
    with scope(organization=org):
        row = MapSnapshot.objects.get()
        [actor] = queries.state_at(row).actors
    assert (actor.name, actor.relation, row.people) == ("Iglesia local", "weak", "Dirección\nEquipo")
    page = as_editor.get(reverse("momento", args=[org.slug, row.pk])).content.decode()
    assert "Iglesia local" in page
    assert 'data-relation="weak"' in page


@pytest.mark.parametrize("day", ["2100-01-01", "ayer", ""])
def test_a_moment_has_a_day_that_has_come(as_editor, org, church, day):
    answer = as_editor.post(reverse("momentos", args=[org.slug]), {"kind": "baseline", "taken_on": day})
    assert answer.status_code == 422
    with scope(organization=org):
        assert not MapSnapshot.objects.exists()


def test_an_empty_map_is_not_frozen(as_editor, org, cast):
    make.make_actor(org, relation="")
    answer = as_editor.post(
        reverse("momentos", args=[org.slug]), {"kind": "baseline", "taken_on": timezone.localdate().isoformat()}
    )
    assert answer.status_code == 422
    assert "no hay actores con lugar en el mapa" in answer.content.decode()
    make.make_actor(org)
    with pytest.raises(ValidationError, match="todavía no llega"):
        freeze(org, cast, days_ago=-1)


def test_the_next_moment_is_proposed(org, cast, church):
    with scope(organization=org):
        assert moments.next_kind() == "baseline"
        for kind, then in [("baseline", "midterm"), ("midterm", "final"), ("final", "final")]:
            freeze(org, cast, kind)
            assert moments.next_kind() == then


def test_a_move_is_told_in_words_and_its_reason_is_kept(as_editor, org, cast, church):
    before = freeze(org, cast, days_ago=300)
    change(org, church, relation="collaborative")
    address = reverse("comparar", args=[org.slug])
    assert "Iglesia local pasó de débil a colaborativa" in as_editor.get(address).content.decode()
    [(ref, _, _, _)] = as_editor.get(address).context["rows"]
    explain = reverse("razon-de-un-cambio", args=[org.slug, before.pk])
    as_editor.post(explain, {"change": ref, "text": "Llegó otro párroco"})
    assert "Llegó otro párroco" in as_editor.get(address).content.decode()
    as_editor.post(explain, {"change": ref, "text": "  "})
    with scope(organization=org):
        assert not MoveReason.objects.exists()


def test_a_reason_too_long_is_refused_and_said(as_editor, org, cast, church):
    before = freeze(org, cast)
    explain = reverse("razon-de-un-cambio", args=[org.slug, before.pk])
    page = as_editor.post(explain, {"change": "x", "text": "a" * 601}, follow=True).content.decode()
    assert "hasta 600 caracteres" in page
    answer = as_editor.post(explain, {"change": "x", "text": "a" * 601}, headers=SCRIPT)
    assert answer.status_code == 422
    assert "hasta 600 caracteres" in answer.json()["message"]


def test_a_reason_that_somebody_else_changed_is_not_overwritten(as_editor, org, cast, church):
    before = freeze(org, cast)
    explain = reverse("razon-de-un-cambio", args=[org.slug, before.pk])
    as_editor.post(explain, {"change": "x", "text": "Llegó otro párroco", "was": ""})
    late = {"change": "x", "text": "Cambió el obispo", "was": ""}
    answer = as_editor.post(explain, late, headers=SCRIPT)
    assert answer.status_code == 409
    assert answer.json()["now"] == "Llegó otro párroco"
    page = as_editor.post(explain, late, follow=True).content.decode()
    assert "La tuya era: «Cambió el obispo»" in page
    again = as_editor.post(explain, {**late, "text": "Llegó otro párroco"}, headers=SCRIPT)
    assert again.json()["said"] == "Llegó otro párroco"
    assert as_editor.post(explain, {**late, "was": "Llegó otro párroco"}, headers=SCRIPT).status_code == 200
    with scope(organization=org):
        assert MoveReason.objects.get().text == "Cambió el obispo"


def test_a_reason_read_under_an_alias_keeps_the_name_behind_it(as_editor, org, cast, church):
    change(org, church, is_sensitive=True, alias="Actor A")
    before = freeze(org, cast)
    explain = reverse("razon-de-un-cambio", args=[org.slug, before.pk])
    as_editor.post(explain, {"change": "x", "text": "Habló la Iglesia local", "was": ""})
    read = "Habló la Actor A"
    as_editor.post(explain, {"change": "x", "text": read, "was": read})
    with scope(organization=org):
        assert MoveReason.objects.get().text == "Habló la Iglesia local"
    answer = as_editor.post(explain, {"change": "x", "text": "Otra", "was": "Vieja"}, headers=SCRIPT)
    assert answer.json()["now"] == read
    assert as_editor.post(explain, {"change": "x", "text": "Otra", "was": read}, headers=SCRIPT).status_code == 200


def test_any_two_moments_are_compared_and_taken_out(as_editor, org, cast, church):
    first = freeze(org, cast, days_ago=300)
    change(org, church, relation="collaborative")
    second = freeze(org, cast, "midterm", days_ago=100)
    change(org, church, relation="strong")
    query = {"antes": first.pk, "despues": second.pk}
    page = as_editor.get(reverse("comparar", args=[org.slug]), query).content.decode()
    assert "pasó de débil a colaborativa" in page
    for fmt in ("pdf", "docx"):
        answer = as_editor.get(reverse("comparacion-documento", args=[org.slug, fmt]), query)
        assert answer.status_code == 200
        assert f"comparacion.{fmt}" in answer["Content-Disposition"]
    assert as_editor.get(reverse("comparacion-documento", args=[org.slug, "xlsx"]), query).status_code == 404


def test_there_is_nothing_to_compare_before_the_baseline(as_editor, org, church):
    assert "primero la línea base" in as_editor.get(reverse("comparar", args=[org.slug])).content.decode()
    assert as_editor.get(reverse("comparacion-documento", args=[org.slug, "pdf"])).status_code == 404


def test_moments_of_another_organisation_are_not_compared(as_editor, org, other_org, cast, church):
    make.make_actor(other_org, "Ajeno")
    theirs = freeze(other_org, cast)
    mine = freeze(org, cast)
    page = as_editor.get(reverse("comparar", args=[org.slug]), {"antes": theirs.pk})
    assert page.context["before"] == mine
    for name in ("momento", "retirar-momento", "razon-de-un-cambio"):
        assert as_editor.post(reverse(name, args=[org.slug, theirs.pk])).status_code in (403, 404, 405)
        assert as_editor.get(reverse(name, args=[org.slug, theirs.pk])).status_code in (404, 302)


def test_whoever_facilitates_withdraws_a_moment_and_puts_it_back(login, cast, org, church):
    row = freeze(org, cast)
    client = login(cast.facilitator)
    client.post(reverse("retirar-momento", args=[org.slug, row.pk]))
    with scope(organization=org):
        assert queries.moments() == []
    client.post(reverse("reponer-momento", args=[org.slug, row.pk]))
    with scope(organization=org):
        assert [one.pk for one in queries.moments()] == [row.pk]
        verbs = list(Event.objects.filter(verb__startswith="map.").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["map.frozen", "map.withdrawn", "map.put_back"]
    assert login(cast.editor).post(reverse("retirar-momento", args=[org.slug, row.pk])).status_code == 403
