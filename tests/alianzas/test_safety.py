"""What holds for every answer and for the project's own files."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from alianzas import checks
from alianzas.models import ProgramMembership, User
from tests import factories as make

ROOT = Path(settings.BASE_DIR)


def test_pages_carry_a_strict_content_security_policy(client, db):
    policy = client.get(reverse("account_login")).headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_templates_hold_no_inline_style_or_script():
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r'\sstyle=|<style|\son\w+="|javascript:', text), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), path


def test_lock_files_hold_no_address():
    for name in ("requirements.lock", "package-lock.json", ".npmrc"):
        assert not re.search(r"https?://|file:", (ROOT / name).read_text("utf-8")), name


def test_nobody_signs_up_by_themselves(client, db):
    client.post(reverse("account_signup"), {"email": "x@prueba.test", "password1": "una-clave-larga-9"})
    assert not User.objects.exists()


def test_login_is_by_email_in_any_case(client, db):
    make.make_user("equipo@prueba.test")
    answer = client.post(reverse("account_login"), {"login": "Equipo@Prueba.test", "password": "una-clave-larga"})
    assert answer.status_code == 302


def test_login_does_not_lead_elsewhere(client, db):
    make.make_user("equipo@prueba.test")
    credentials = {"login": "equipo@prueba.test", "password": "una-clave-larga", "next": "https://mal.test/"}
    assert client.post(reverse("account_login"), credentials).url == "/"


def test_a_sixth_wrong_password_is_refused(client, db):
    make.make_user("equipo@prueba.test")
    wrong = {"login": "equipo@prueba.test", "password": "equivocada"}
    for _ in range(5):
        client.post(reverse("account_login"), wrong)
    right = wrong | {"password": "una-clave-larga"}
    assert client.post(reverse("account_login"), right).status_code != 302


def test_sqlite_is_set_up_for_many_writers(db, tmp_path):
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        pytest.skip("Esto es de SQLite; aquí las pruebas corren sobre otra base de datos")
    from django.db.backends.sqlite3.base import DatabaseWrapper

    wrapper = DatabaseWrapper({**connection.settings_dict, "NAME": str(tmp_path / "prueba.sqlite3")}, alias="prueba")
    try:
        with wrapper.cursor() as cursor:
            found = {
                name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
            }
    finally:
        wrapper.close()
    assert found == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 20_000, "foreign_keys": 1}
    assert wrapper.transaction_mode == "IMMEDIATE"


@pytest.mark.parametrize(
    ("version", "workers", "refused"),
    [((3, 40, 1), 2, True), ((3, 40, 1), 1, False), ((3, 51, 2), 2, True), ((3, 51, 3), 2, False)],
)
def test_several_writer_processes_on_a_defective_sqlite_are_refused(monkeypatch, settings, version, workers, refused):
    settings.WEB_WORKERS = workers
    monkeypatch.setattr(checks.sqlite3, "sqlite_version_info", version)
    assert [error.id for error in checks.sqlite_has_one_writer_process(None)] == ["alianzas.E001"] * refused


def test_the_first_programme_of_a_new_server(db):
    call_command("programa", "Tejido del Sur", coordina="jefa@prueba.test", stdout=StringIO())
    call_command("programa", "Tejido del Sur", coordina="jefa@prueba.test", stdout=StringIO())
    membership = ProgramMembership.objects.get()
    assert (membership.program.slug, membership.role) == ("tejido-del-sur", "manager")
    with pytest.raises(CommandError, match="no es un correo"):
        call_command("programa", "Otro", coordina="nadie")


def test_the_content_command_prints_the_whole_method(capsys):
    call_command("content", json=True)
    sessions = json.loads(capsys.readouterr().out)["sessions"]
    assert [session["key"] for session in sessions] == ["1", "2", "3", "4", "5", "6", "M"]
    assert sum(session["hours"] for session in sessions) == 36
