"""A room without internet: other devices participate and do nothing else; the QR leads them to the laptop."""

import importlib.util
import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.test import Client

from alianzas.room import is_here, own_address
from tests.apart import ROOT
from tests.live.rows import open_run, phone_in
from tests.waiting import PATIENCE

LAPTOP = "192.168.44.1"
CLOSED = [
    "/",
    "/cuenta/login/",
    "/o/manos-abiertas/",
    "/portafolio/",
    "/c/algo/",
    "/calendario/x.ics",
    "/tt/",
    "/o/x/vivo/",
]


@pytest.fixture
def room(settings):
    settings.ROOM_ADDRESS = f"{LAPTOP}:8000"
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, LAPTOP]


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("192.168.44.7", False),
        ("::ffff:192.168.44.7", False),
        ("", False),
        ("localhost", False),
        ("unix:", False),
    ],
)
def test_only_the_laptop_itself_is_here(address, here):
    assert is_here(address) is here


@pytest.mark.parametrize("path", CLOSED)
def test_from_another_device_nothing_but_participating_is_there(db, room, path):
    answer = Client(REMOTE_ADDR="192.168.44.7").get(path)
    assert answer.status_code == 403
    assert "Desde aquí solo se participa" in answer.content.decode()


def test_who_has_an_account_is_not_let_in_from_another_device_whatever_it_says(room, org, cast):
    client = Client(REMOTE_ADDR="192.168.44.7", HTTP_X_FORWARDED_FOR="127.0.0.1", HTTP_X_REAL_IP="127.0.0.1")
    client.force_login(cast.facilitator)
    assert client.get(f"/o/{org.slug}/").status_code == 403
    assert client.post("/cuenta/login/", {"login": "x"}).status_code == 403
    client = Client(REMOTE_ADDR="127.0.0.1")
    client.force_login(cast.facilitator)
    assert client.get(f"/o/{org.slug}/").status_code == 200


def test_the_qr_and_the_written_address_lead_phones_to_the_laptop(room, org, login, cast):
    run = open_run(org)
    client = Client(REMOTE_ADDR="127.0.0.1", HTTP_HOST="127.0.0.1")
    client.force_login(cast.facilitator)
    answer = client.get(f"/o/{org.slug}/sesiones/1/taller/")
    assert answer.context["address"] == f"http://{LAPTOP}:8000/t/{run.token}/"
    assert answer.context["typed_at"] == f"{LAPTOP}:8000/t/"
    assert f"{LAPTOP}:8000/t/" in client.get(f"/o/{org.slug}/sesiones/1/taller/pared/").content.decode()


def test_a_phone_of_the_room_comes_in_over_plain_http(room, org, monkeypatch):
    run = open_run(org)
    monkeypatch.setattr("tests.live.rows.Client", lambda: Client(REMOTE_ADDR="192.168.44.7", HTTP_HOST=LAPTOP))
    phone = phone_in(run)
    assert all(not cookie["secure"] for cookie in phone.cookies.values())
    assert "Ya estás dentro" in phone.get(f"/t/{run.token}/").content.decode()


def test_without_a_room_everything_is_as_ever(db, settings):
    assert settings.ROOM_ADDRESS == ""
    assert Client(REMOTE_ADDR="203.0.113.7").get("/cuenta/login/").status_code == 200


def test_the_settings_of_a_room_show_no_errors_and_ask_for_no_https(tmp_path):
    told = "import json; from alianzas import settings as s; " + (
        "print(json.dumps([s.DEBUG, s.DEVELOPMENT, s.HTTPS, s.SESSION_COOKIE_SECURE, s.ALLOWED_HOSTS[-1]]))"
    )
    own = {"DATA_DIR": str(tmp_path), "DEBUG": "true", "ROOM_ADDRESS": f"{LAPTOP}:8000"}
    done = subprocess.run(
        [sys.executable, "-c", told], env=os.environ | own, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE
    )
    assert json.loads(done.stdout) == [False, True, False, False, LAPTOP]


@pytest.fixture
def serve(monkeypatch):
    monkeypatch.delenv("ROOM_ADDRESS", raising=False)
    monkeypatch.delenv("BEHIND_PROXY", raising=False)
    spec = importlib.util.spec_from_file_location("serve", ROOT / "scripts" / "serve.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def opened(host, room="", **environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        module._open_the_room(SimpleNamespace(host=host, port=8000, room=room))
        return os.environ.get("ROOM_ADDRESS", "")

    yield opened
    os.environ.pop("ROOM_ADDRESS", None)


def test_serving_the_network_is_the_reduced_mode_and_serving_oneself_is_not(serve):
    assert serve("127.0.0.1") == serve("localhost") == ""
    assert serve("0.0.0.0", room=LAPTOP) == f"{LAPTOP}:8000"


def test_behind_a_proxy_it_is_a_server_and_no_room(serve):
    assert serve("0.0.0.0", BEHIND_PROXY="true") == ""


def test_an_address_at_which_the_laptop_itself_is_not_served_is_refused(serve):
    with pytest.raises(SystemExit, match=r"HOST=0\.0\.0\.0"):
        serve(LAPTOP)


def test_its_own_address_is_none_of_its_own_loopback():
    assert not is_here(own_address())
