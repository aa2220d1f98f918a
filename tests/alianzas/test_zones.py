"""Which clocks a place has, how an organisation gets them, and that nothing in the product looks at others."""

import re
import unicodedata
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from alianzas import zones
from alianzas.models import Organization, ProgramRole
from alianzas.tenancy import inside
from alianzas.zones import BORDER, LABELS, STATES, zone_for
from tests import factories as make

from .test_organizations import ficha

PRODUCT = ("alianzas", "sessions_app", "sysmap", "ruta_critica", "plans")
ROOT = Path(__file__).parents[2]


def found(place):
    proposal = zone_for(place)
    return proposal and proposal.zone.removeprefix("America/")


def bare(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


# ── The words of a place ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("state", "zone"), STATES.items())
def test_every_state_has_a_zone_however_it_is_written(state, zone):
    assert zone in LABELS
    for text in (state, state.upper(), bare(state).lower(), f"Un pueblo, {state}", f"({state}, México)", f"En {state}"):
        assert zone_for(text).zone == zone
        assert zone_for(text).because == state


def test_there_are_thirty_two_states():
    assert len(STATES) == 32


@pytest.mark.parametrize(
    ("name", "state", "zone"),
    [(name, state, zone) for (state, zone), names in BORDER.items() for name in names],
)
def test_municipalities_of_the_border_come_before_their_state(name, state, zone):
    for text in (f"{name}, {state}", f"{name} {state}".upper(), bare(f"municipio de {name} ({state})")):
        assert zone_for(text).zone == zone
    other = "Puebla"
    assert zone_for(f"{name}, {other}").zone == zones.CENTRE


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ("Tijuana, Baja California", "Tijuana"),
        ("Tijuana, B.C., México", "Tijuana"),
        ("Cd. Juárez, Chih.", "Ciudad_Juarez"),
        ("cd juarez chih", "Ciudad_Juarez"),
        ("Ciudad Juárez", "Ciudad_Juarez"),
        ("Juárez, N.L.", "Mexico_City"),
        ("Colonia Juárez, CDMX", "Mexico_City"),
        ("Hidalgo del Parral, Chih.", "Chihuahua"),
        ("Guadalupe y Calvo, Chihuahua", "Chihuahua"),
        ("Guadalupe, Nuevo León", "Mexico_City"),
        ("Matamoros, Tamps.", "Matamoros"),
        ("Matamoros, Coahuila", "Mexico_City"),
        ("Izúcar de Matamoros, Pue.", "Mexico_City"),
        ("Guerrero", "Mexico_City"),
        ("Reynosa", "Matamoros"),
        ("Puerto Morelos, Q. Roo", "Cancun"),
        ("Bucerías, Nayarit", "Bahia_Banderas"),
        ("Tepic, Nay.", "Mazatlan"),
        ("La Paz, B.C.S.", "Mazatlan"),
        ("San Luis Río Colorado", "Hermosillo"),
        ("Valles del norte de Sinaloa", "Mazatlan"),
    ],
)
def test_places_as_people_write_them(place, zone):
    assert found(place) == zone


@pytest.mark.parametrize(
    "place",
    [
        "",
        "México",
        "En línea",
        "sin lugar fijo",
        "Sonora y Sinaloa",
        "Tijuana y Ciudad Juárez",
        "Frontera de Chihuahua",
    ],
)
def test_where_there_is_a_doubt_nothing_is_proposed(place):
    assert zone_for(place) is None


@pytest.mark.parametrize(
    ("zone", "winter", "summer"),
    [
        ("America/Mexico_City", -6, -6),
        ("America/Tijuana", -8, -7),
        ("America/Ciudad_Juarez", -7, -6),
        ("America/Ojinaga", -6, -5),
        ("America/Matamoros", -6, -5),
        ("America/Chihuahua", -6, -6),
        ("America/Hermosillo", -7, -7),
        ("America/Mazatlan", -7, -7),
        ("America/Bahia_Banderas", -6, -6),
        ("America/Cancun", -5, -5),
    ],
)
def test_only_the_border_changes_its_clocks(zone, winter, summer):
    hours = [datetime(2026, month, 15, tzinfo=ZoneInfo(zone)).utcoffset().total_seconds() / 3600 for month in (1, 7)]
    assert hours == [winter, summer]
    assert zone in LABELS


# ── The ficha ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_registering_takes_the_zone_of_the_place_and_says_so(client, db, login):
    program = make.make_program()
    login(make.make_program_member(program, ProgramRole.FACILITATOR))
    page = client.get(reverse("registrar")).content.decode()
    assert "La que corresponda al lugar" in page
    data = ficha(place="Tijuana, Baja California", program=program.pk, lines="Una")
    answer = client.post(reverse("registrar"), data | {"time_zone": "lugar"}, follow=True)
    assert Organization.objects.get().time_zone == "America/Tijuana"
    assert "Proponemos la zona horaria «Baja California» por «Tijuana»" in answer.content.decode()


@pytest.mark.parametrize(("chosen", "kept"), [("America/Cancun", "America/Cancun"), ("", "")])
def test_who_registers_may_choose_another(client, db, login, chosen, kept):
    program = make.make_program()
    login(make.make_program_member(program, ProgramRole.FACILITATOR))
    data = ficha(place="Tijuana, Baja California", program=program.pk, lines="Una", time_zone=chosen)
    client.post(reverse("registrar"), data)
    assert Organization.objects.get().time_zone == kept


def test_the_ficha_proposes_what_the_place_says_and_takes_it_with_one_button(staff, org):
    address = reverse("organizacion", args=[org.slug])
    assert "Proponemos" not in staff.get(address).content.decode()
    staff.post(address, ficha(place="Cd. Juárez, Chih.", time_zone=""))
    page = staff.get(address).content.decode()
    assert "por «Juárez»" in page
    assert 'name="usar_zona" value="America/Ciudad_Juarez"' in page
    staff.post(address, ficha(place="Cd. Juárez, Chih.", time_zone="", usar_zona="America/Ciudad_Juarez"))
    org.refresh_from_db()
    assert org.time_zone == "America/Ciudad_Juarez"
    assert "Proponemos" not in staff.get(address).content.decode()


def test_a_zone_that_is_not_in_the_list_is_refused_and_one_that_is_not_sent_stays(staff, org):
    address = reverse("organizacion", args=[org.slug])
    assert staff.post(address, ficha(time_zone="Europe/Paris")).status_code == 422
    assert staff.post(address, ficha(time_zone="America/Cancun")).status_code == 302
    assert staff.post(address, ficha()).status_code == 302
    org.refresh_from_db()
    assert org.time_zone == "America/Cancun"


def test_without_one_it_has_that_of_its_programme_and_else_the_servers(org, capsys):
    assert org.zone.key == "America/Mexico_City"
    call_command("programa", org.program.name, "--coordina", "alguien@prueba.test", "--zona", "America/Hermosillo")
    assert Organization.objects.select_related("program").get().zone.key == "America/Hermosillo"
    org.time_zone = "America/Cancun"
    assert org.zone.key == "America/Cancun"


def test_whoever_migrates_gets_what_the_place_says_without_a_doubt(db):
    sure, unsure, own = (
        make.make_organization(place="Mexicali, B.C."),
        make.make_organization(place="Sonora y Sinaloa"),
        make.make_organization(place="Mexicali, B.C.", time_zone="America/Cancun"),
    )
    central = make.make_organization(place="Puebla")
    import_module("alianzas.migrations.0008_places_say_their_time_zone").take_what_places_say(apps, connection)
    kept = dict(Organization.objects.values_list("pk", "time_zone"))
    assert kept == {sure.pk: "America/Tijuana", unsure.pk: "", own.pk: "America/Cancun", central.pk: ""}


# ── Whose clocks ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_clocks_are_put_back_after_an_error(org):
    org.time_zone, seen = "America/Tijuana", []

    def fail():
        with inside(org):
            seen.append(timezone.get_current_timezone_name())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert seen == ["America/Tijuana"]
    assert timezone.get_current_timezone_name() == "America/Mexico_City"


def _product_code():
    for app in PRODUCT:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


SERVER_CLOCK = re.compile(
    r"date\.today\(|datetime\.today\(|datetime\.now\((?!UTC\))|utcnow\(|fromtimestamp\(|time\.(?:localtime|strftime)\("
    r"|(?:_at|\.at)\.(?:date|time|strftime|hour|day)\b|\{[a-z_.]*(?:_at|\.at):%"
)


def test_no_code_looks_at_the_clock_of_the_server():
    """`timezone.localdate()` and `localtime()` follow the organisation; what these find does not."""
    assert [(name, hit) for name, text in _product_code() for hit in SERVER_CLOCK.findall(text)] == []


def test_who_goes_into_an_organisation_takes_its_clocks_too():
    """`tenancy.inside` opens the scope; alone it is only opened for many organisations, and to delete."""
    alone = {name: hits for name, text in _product_code() if (hits := re.findall(r"\bscope\(organization=\w+", text))}
    assert alone == {
        "alianzas/tenancy.py": ["scope(organization=organization"],
        "plans/plan_views.py": ["scope(organization=organizations", "scope(organization=organizations"],
        "plans/demo/load.py": ["scope(organization=organization"],
    }


def test_no_script_says_the_hour_of_the_phone():
    of_the_phone = re.compile(r"toLocale(?:Time|Date)?String|getHours|getMinutes|Intl\.DateTime")
    scripts = list((ROOT / "static" / "js").rglob("*.js"))
    assert scripts
    assert not [path.name for path in scripts if of_the_phone.search(path.read_text("utf-8"))]


def test_the_same_moment_is_another_day_elsewhere(org):
    moment = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
    days = {}
    for zone in ("America/Tijuana", "America/Cancun"):
        org.time_zone = zone
        with inside(org), scope(organization=org):
            days[zone] = timezone.localdate(moment).day
    assert days == {"America/Tijuana": 30, "America/Cancun": 1}
