"""The cast: two organisations and everybody who may or may not see them."""

from types import SimpleNamespace

import pytest
from django.core.cache import caches

from alianzas.models import OrgRole, ProgramRole

from . import factories as make


def pytest_collection_modifyitems(items):
    """Browsers last: Playwright leaves an event loop running, in which the synchronous test client cannot work."""
    items.sort(key=lambda item: "e2e" in item.keywords)


@pytest.fixture(autouse=True)
def _scratch(settings, tmp_path):
    """Every test has its own uploads and starts with empty caches."""
    settings.MEDIA_ROOT = tmp_path / "media"
    for cache in caches.all(initialized_only=True):
        cache.clear()


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
