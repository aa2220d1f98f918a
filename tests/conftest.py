"""The cast: two organisations and everybody who may or may not see them; and the demonstration, loaded once."""

import os
import shutil
from types import SimpleNamespace

import hypothesis
import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import connection, transaction
from django.test import override_settings
from django_scopes import scopes_disabled

from alianzas.models import OrgRole, ProgramRole

from . import factories as make

# How fast an example is made or runs says something about the machine only. An example that failed is in the report.
hypothesis.settings.register_profile(
    "alianzas",
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.data_too_large],
)
hypothesis.settings.load_profile("alianzas")

USES_THE_DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "live_server", "database"}


def pytest_collection_modifyitems(config, items):
    """Browsers last: Playwright leaves an event loop running, in which the synchronous test client cannot work.

    On another database than the usual one, only what touches a database.
    """
    items.sort(key=lambda item: "e2e" in item.keywords)
    if "TEST_DATABASE_URL" in os.environ:
        others = [item for item in items if not _depends_on_the_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in set(others)]


def _depends_on_the_database(item):
    if "e2e" in item.keywords:
        return "postgresql" in item.keywords
    marked = {"django_db", "postgresql"} & set(item.keywords)
    return bool(marked or USES_THE_DATABASE & set(getattr(item, "fixturenames", ())))


@pytest.fixture(autouse=True)
def _scratch(settings, tmp_path):
    """Every test has its own uploads and starts with empty caches."""
    settings.MEDIA_ROOT = tmp_path / "media"
    for cache in caches.all(initialized_only=True):
        if cache is not caches["exports"]:
            cache.clear()


@pytest.fixture(scope="module", autouse=True)
def _no_document_yet():
    """Documents already written are kept through one file of tests, by what they say, as they are among requests."""
    caches["exports"].clear()


@pytest.fixture(scope="session")
def _kept_demonstration(django_db_setup, django_db_blocker, tmp_path_factory):
    """Rows by table, and the folder of the files, of a demonstration that was loaded once and undone."""
    from plans.demo.load import load

    folder = tmp_path_factory.mktemp("demostracion")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        before = _rows_by_table()
        load()
        rows = {table: [row for row in found if row not in before[table]] for table, found in _rows_by_table().items()}
        transaction.set_rollback(True)
    return {table: found for table, found in rows.items() if found}, folder


def _rows_by_table():
    """Values as they go into the database, by (table, columns)."""
    found = {}
    with scopes_disabled():
        for model in apps.get_models(include_auto_created=True):
            fields = model._meta.concrete_fields
            columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
            rows = model._base_manager.values_list(*[field.attname for field in fields])
            found[model._meta.db_table, columns] = [
                tuple(field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True))
                for row in rows
            ]
    return found


@pytest.fixture
def demonstration(db, _scratch, _kept_demonstration, settings):
    """What `manage.py demo` loads: a copy of the rows and files of one that was loaded once, for this test alone.

    References need no order: they are checked at the end of the transaction.
    """
    rows, folder = _kept_demonstration
    shutil.copytree(folder, settings.MEDIA_ROOT, dirs_exist_ok=True)
    with connection.cursor() as cursor:
        for (table, columns), found in rows.items():
            places = ", ".join(["%s"] * len(found[0]))
            cursor.executemany(f"INSERT INTO {connection.ops.quote_name(table)} ({columns}) VALUES ({places})", found)


@pytest.fixture
def org(db):
    """Organisation A."""
    return make.make_organization("manos-abiertas", make.make_program("programa-a"), name="Manos Abiertas")


@pytest.fixture
def other_org(db):
    """Organisation B, of another programme."""
    return make.make_organization("rio-ajeno", make.make_program("programa-b"), name="Río Ajeno")


@pytest.fixture
def cast(org, other_org):
    """People by what they are to organisation A; `stranger` belongs to B, `outsider` to nothing."""
    return SimpleNamespace(
        facilitator=make.make_member(
            org, OrgRole.FACILITATOR, make.make_program_member(org.program, ProgramRole.FACILITATOR)
        ),
        editor=make.make_member(org, OrgRole.EDITOR),
        viewer=make.make_member(org, OrgRole.VIEWER),
        manager=make.make_program_member(org.program, ProgramRole.MANAGER),
        stranger=make.make_member(other_org, OrgRole.FACILITATOR),
        other_manager=make.make_program_member(other_org.program, ProgramRole.MANAGER),
        outsider=make.make_user(),
    )


@pytest.fixture
def login(client):
    """`login(person)` gives the client with that person's session."""

    def _login(person):
        client.force_login(person)
        return client

    return _login


@pytest.fixture
def staff(login, cast):
    """The browser of whoever facilitates."""
    return login(cast.facilitator)


@pytest.fixture
def as_editor(login, cast):
    return login(cast.editor)
